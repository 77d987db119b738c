"""Single pictures of a clip, upright, in sRGB: for cover frames and previews."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_, format_number
from wajo_studio.paths import cache_dir
from wajo_studio.video import source
from wajo_studio.video.picture import RGB_FORMATS, WIDE_PRIMARIES, turned
from wajo_studio.video.reframe import stored_size
from wajo_studio.video.seek import seek_points
from wajo_studio.video.timing import clip_zero_s
from wajo_studio.video.tonemap import lut_name, write_lut

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.filter import Graph
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL.Image import Image

_TOLERANCE_S = Fraction(2, 1000)
"""Times rounded to milliseconds still find their own frame."""


def frame_at(path: Path, time_s: float, *, max_side: int | None = None) -> "Image":
    """The picture that is on screen at ``time_s``.

    Args:
        path: the clip.
        time_s: seconds of the clip; behind its end the last picture.
        max_side: longest side of the result in pixels; None: the clip's own size.

    Returns:
        An upright RGB picture in sRGB; high dynamic range is tone mapped as in the export.

    Raises:
        MediaError: the file is no readable clip, or holds no picture there.
    """
    clip = source.read_source(path)
    # The average rate is near enough here: it only rounds a lead of the sound to frames.
    zero_s = clip_zero_s(
        clip.video.start_s, clip.audio.start_s if clip.audio else None, clip.video.average_rate
    )
    moment_s = zero_s + Fraction(time_s)
    (seek_s,) = seek_points(path, [moment_s])
    with source.open_media(path) as container:
        stream = cast("VideoStream", container.streams[clip.video.stream_index])
        stream.thread_type = "AUTO"
        if seek_s is not None:
            start_s = Fraction(container.start_time or 0, 1_000_000)
            container.seek(int((start_s + Fraction(seek_s)) * 1_000_000), backward=True)
        frame = _shown_frame(container, stream, moment_s)
    if frame is None:
        raise MediaError(
            N_("{file} shows no picture at {time} s. Choose another moment."),
            file=path.name,
            time=format_number(time_s, 2),
        )
    return _upright(frame, clip.video, _size(clip.video.upright, max_side))


def _size(upright: PixelSize, max_side: int | None) -> PixelSize:
    longest = max(upright.width, upright.height)
    if max_side is None or longest <= max_side:
        return upright
    scale = max_side / longest
    return PixelSize(max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))


def _shown_frame(
    container: "InputContainer", stream: "VideoStream", moment_s: Fraction
) -> "VideoFrame | None":
    """The last picture that starts at or before ``moment_s``, else the first one."""
    base = Fraction(stream.time_base or Fraction(1, 90_000))
    shown = None
    for frame in _decoded(container, stream):
        if frame.pts is None:
            continue
        if shown is not None and frame.pts * base > moment_s + _TOLERANCE_S:
            break
        shown = frame
    return shown


def _decoded(container: "InputContainer", stream: "VideoStream") -> Iterator["VideoFrame"]:
    import av

    try:
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except av.error.FFmpegError:
                # A damaged picture: the next whole one serves.
                continue
    except (av.error.FFmpegError, OSError):
        return


def _upright(frame: "VideoFrame", track: source.VideoTrack, size: PixelSize) -> "Image":
    from av.filter import Graph

    graph = Graph()
    last = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=track.time_base,
    )
    for name, options in _filters(track, size):
        following = graph.add(name, **options)
        last.link_to(following)
        last = following
    last.link_to(graph.add("buffersink"))
    graph.configure()
    return _through(graph, frame)


def _through(graph: "Graph", frame: "VideoFrame") -> "Image":
    graph.push(frame)
    graph.push(None)
    # The library leaves this method without type hints.
    picture: Image = graph.vpull().to_image()  # type: ignore[no-untyped-call]
    return picture


def _filters(track: source.VideoTrack, size: PixelSize) -> list[tuple[str, dict[str, str]]]:
    colour = track.colour
    stored = stored_size(size, track.rotation)
    scale = {
        "w": str(stored.width),
        "h": str(stored.height),
        "flags": "bicubic+accurate_rnd+full_chroma_int",
    }
    filters: list[tuple[str, dict[str, str]]] = []
    if track.interlaced:
        filters.append(("bwdif", {"mode": "send_frame"}))
    matrix = {"bt2020nc": "bt2020"}.get(colour.matrix, colour.matrix)
    yuv = {
        "in_color_matrix": matrix,
        "in_range": "full" if colour.full_range else "limited",
        "out_range": "full",
    }
    scale |= {} if track.pixel_format.startswith(RGB_FORMATS) else yuv
    if colour.primaries in WIDE_PRIMARIES and not colour.is_hdr:
        filters += _narrowed(colour)
        yuv["in_color_matrix"], yuv["in_range"] = "bt709", "limited"
        scale |= yuv
    filters.append(("scale", scale))
    if colour.is_hdr:
        filters += [
            ("format", {"pix_fmts": "gbrp10le"}),
            ("lut3d", {"file": str(_lut_file(colour.transfer)), "interp": "tetrahedral"}),
        ]
    filters.append(("format", {"pix_fmts": "rgb24"}))
    for turn in turned(track.rotation, track.mirrored):
        name, _sign, direction = turn.partition("=")
        filters.append((name, {"dir": direction} if direction else {}))
    return filters


def _narrowed(colour: source.Colour) -> list[tuple[str, dict[str, str]]]:
    """Wide primaries of a standard-range clip to those of BT.709."""
    conversion = {
        "space": "bt709",
        "primaries": "bt709",
        "trc": "bt709",
        "range": "tv",
        "ispace": {"bt2020nc": "bt2020ncl"}.get(colour.matrix, colour.matrix),
        "iprimaries": colour.primaries,
        "itrc": "bt709",
        "irange": "pc" if colour.full_range else "tv",
        "format": "yuv420p10",
    }
    return [("format", {"pix_fmts": "yuv420p10le"}), ("colorspace", conversion)]


def _lut_file(transfer: str) -> Path:
    folder = cache_dir() / "tone"
    path = folder / lut_name(transfer)
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write_lut(transfer, folder)
    return path
