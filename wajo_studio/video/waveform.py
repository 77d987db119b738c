"""How loud a clip is along its length: peaks for drawing, read bit by bit."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.progress import JobContext
from wajo_studio.video import source
from wajo_studio.video.timing import clip_zero_s

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.packet import Packet

_BUCKET_S = 0.02
_MOST_BUCKETS = 24_000


class WaveReader:
    """Peaks of a clip's sound; the file is opened at the first reading.

    Args:
        path: the clip.
        duration_s: its length in seconds, above 0.

    Attributes:
        bucket_s: seconds that one peak stands for.
        peaks: one byte for each bucket: 0 silent, 255 full scale. Filled by :meth:`read_more`.
        done: the whole sound was read.
    """

    def __init__(self, path: Path, duration_s: float) -> None:
        self._path = path
        self.bucket_s = max(_BUCKET_S, duration_s / _MOST_BUCKETS)
        self.peaks = bytearray(max(1, round(duration_s / self.bucket_s)))
        self.done = False
        self._stack = ExitStack()
        self._peaks_coming: Iterator[tuple[float, float]] | None = None

    def read_more(self, budget_s: float, ctx: JobContext) -> None:
        """Read on for about ``budget_s`` seconds of work.

        Raises:
            MediaError: the file cannot be read.
        """
        if self._peaks_coming is None:
            self._peaks_coming = self._read()
        end = time.monotonic() + budget_s
        for moment_s, peak in self._peaks_coming:
            bucket = int(moment_s / self.bucket_s)
            if 0 <= bucket < len(self.peaks):
                self.peaks[bucket] = max(self.peaks[bucket], min(255, round(peak * 255)))
            if time.monotonic() > end:
                ctx.check()
                return
        self.done = True
        self.close()

    def close(self) -> None:
        """Let go of the file; what was read stays."""
        self._peaks_coming = iter(())
        self._stack.close()

    def _read(self) -> Iterator[tuple[float, float]]:
        import av

        clip = source.read_source(self._path)
        if clip.audio is None:
            return
        zero_s = clip_zero_s(clip.video.start_s, clip.audio.start_s, clip.video.average_rate)
        container = self._stack.enter_context(source.open_media(self._path))
        stream = container.streams[clip.audio.stream_index]
        try:
            for number, packet in enumerate(container.demux(stream)):
                if number % _stride(packet, self.bucket_s):
                    continue
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    continue  # a damaged piece stays silent in the drawing
                for frame in frames:
                    yield from _peaks(frame, zero_s, self.bucket_s)  # type: ignore[arg-type]
        except (av.error.FFmpegError, OSError):
            return


def _stride(packet: "Packet[Any]", bucket_s: float) -> int:
    """Of how many packets one is heard: at least two for each peak, which is enough to draw it."""
    if not packet.duration or packet.time_base is None:
        return 1
    return max(1, int(bucket_s / 2 / float(packet.duration * packet.time_base)))


def _peaks(frame: "AudioFrame", zero_s: Fraction, bucket_s: float) -> Iterator[tuple[float, float]]:
    """Peaks of one piece of sound, a bucket's length apart, as (second, 0-1)."""
    import numpy as np

    if frame.pts is None or frame.time_base is None or not frame.samples:
        return
    start_s = float(frame.pts * frame.time_base - zero_s)
    samples = frame.to_ndarray()
    kind, bits = samples.dtype.kind, 8 * samples.dtype.itemsize
    full = 1.0 if kind == "f" else float(2 ** (bits - 1))
    values = samples.astype(np.float32, copy=False)
    if kind == "u":  # unsigned samples rest at the middle of their range
        values = values - full
    values = np.abs(values).max(axis=0)
    channels = 1 if frame.format.is_planar else len(frame.layout.channels)
    step = max(1, round(bucket_s * frame.sample_rate)) * channels
    for first in range(0, len(values), step):
        second = start_s + first / channels / frame.sample_rate
        yield second, float(values[first : first + step].max()) / full
