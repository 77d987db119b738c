"""Small upright pictures of an open clip, fast: for film strips and for stepping on screen.

One filter graph serves every picture of a clip, so that a picture costs little more than
decoding and scaling it. ``frames`` makes single pictures of full quality.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.paths import cache_dir
from wajo_studio.video import source
from wajo_studio.video.picture import RGB_FORMATS, turned
from wajo_studio.video.reframe import stored_size
from wajo_studio.video.timing import clip_zero_s
from wajo_studio.video.tonemap import lut_name, write_lut

if TYPE_CHECKING:
    from av.filter import Graph
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_BACK_S = (0, 1, 3, 8, 20, 60)
"""How much further back to seek when a container lands behind the moment asked for."""


@dataclass(frozen=True)
class Still:
    """One picture: BGRX rows, and when it is on screen, in seconds of the clip."""

    width: int
    height: int
    stride: int
    pixels: bytes
    time_s: float


class OpenClip:
    """A clip kept open for reading many pictures; to be closed.

    Args:
        path: the clip.
        key_frames_only: decode nothing but key frames.

    Raises:
        MediaError: the file is no readable clip.
    """

    def __init__(self, path: Path, *, key_frames_only: bool = False) -> None:
        clip = source.read_source(path)
        self.track = clip.video
        self.zero_s = clip_zero_s(
            clip.video.start_s, clip.audio.start_s if clip.audio else None, clip.video.average_rate
        )
        self._stack = ExitStack()
        self._container = self._stack.enter_context(source.open_media(path))
        self._stream = cast("VideoStream", self._container.streams[clip.video.stream_index])
        if key_frames_only:
            self._stream.codec_context.skip_frame = "NONKEY"
        else:
            self._stream.thread_type = "AUTO"
        self._graph: tuple[tuple[object, ...], Graph] | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._graph = None
        self._stack.close()

    def frames_from(self, time_s: Fraction) -> "Iterator[tuple[Fraction, VideoFrame]]":
        """Pictures with their times, beginning at or before ``time_s`` where the clip can.

        Only the newest iterator may be used: the file has one position.
        """
        moment_s = self.zero_s + time_s
        start_s = Fraction(self._container.start_time or 0, 1_000_000)
        for back_s in _BACK_S:
            target_s = max(moment_s - back_s, start_s)
            frames = self._decoded_from(target_s)
            first = next(frames, None)
            if first is not None and (first[0] <= time_s or target_s == start_s):
                yield first
                yield from frames
                return
        yield from self._decoded_from(start_s)

    def _decoded_from(self, target_s: Fraction) -> "Iterator[tuple[Fraction, VideoFrame]]":
        import av

        base = Fraction(self._stream.time_base or Fraction(1, 90_000))
        try:
            self._container.seek(int(target_s * 1_000_000), backward=True)
            for packet in self._container.demux(self._stream):
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    continue  # a damaged picture: the next whole one serves
                for frame in frames:
                    if frame.pts is not None:
                        yield frame.pts * base - self.zero_s, frame
        except (av.error.FFmpegError, OSError):
            return

    def still(self, time_s: Fraction, frame: "VideoFrame", max_side: int) -> Still:
        """The picture upright in sRGB, its longest side at most ``max_side`` pixels."""
        size = _fitted(self.track.upright, max_side)
        key = (frame.width, frame.height, frame.format.name, size)
        if self._graph is None or self._graph[0] != key:
            self._graph = (key, self._new_graph(frame, size))
        graph = self._graph[1]
        graph.push(frame)
        made = cast("VideoFrame", graph.pull())
        plane = made.planes[0]
        return Still(made.width, made.height, plane.line_size, bytes(plane), float(time_s))

    def _new_graph(self, frame: "VideoFrame", size: PixelSize) -> "Graph":
        from av.filter import Graph

        graph = Graph()
        last = graph.add_buffer(
            width=frame.width,
            height=frame.height,
            format=frame.format,
            time_base=self.track.time_base,
        )
        for name, options in self._filters(size):
            following = graph.add(name, **options)
            last.link_to(following)
            last = following
        last.link_to(graph.add("buffersink"))
        graph.configure()
        return graph

    def _filters(self, size: PixelSize) -> list[tuple[str, dict[str, str]]]:
        colour, track = self.track.colour, self.track
        stored = stored_size(size, track.rotation)
        scale = {"w": str(stored.width), "h": str(stored.height), "flags": "bilinear"}
        if not track.pixel_format.startswith(RGB_FORMATS):
            scale["in_color_matrix"] = {"bt2020nc": "bt2020"}.get(colour.matrix, colour.matrix)
            scale["in_range"] = "full" if colour.full_range else "limited"
        filters = [("scale", scale)]
        if colour.is_hdr:
            lut = {"file": str(_lut_file(colour.transfer)), "interp": "tetrahedral"}
            filters += [("format", {"pix_fmts": "gbrp10le"}), ("lut3d", lut)]
        filters.append(("format", {"pix_fmts": "bgr0"}))
        for turn in turned(track.rotation, track.mirrored):
            name, _sign, direction = turn.partition("=")
            filters.append((name, {"dir": direction} if direction else {}))
        return filters


def _fitted(upright: PixelSize, max_side: int) -> PixelSize:
    scale = min(1.0, max_side / max(upright.width, upright.height))
    return PixelSize(max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))


def _lut_file(transfer: str) -> Path:
    path = cache_dir() / "tone" / lut_name(transfer)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_lut(transfer, path.parent)
    return path
