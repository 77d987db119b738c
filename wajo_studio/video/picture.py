"""ffmpeg filters that bring a decoded picture upright, to BT.709 and into a frame. Pure.

Each function returns filter descriptions; ``graph`` joins them with labels. Pictures are
scaled in the orientation the file stores and turned afterwards, and high dynamic range is
tone mapped after scaling: both then work on fewer pixels.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wajo_studio.domain.geometry import PixelBox, PixelSize
from wajo_studio.video import reframe
from wajo_studio.video.source import Colour, VideoTrack
from wajo_studio.video.tonemap import lut_name

TAGS = "setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
"""States what the pixels by then are; converts nothing."""

_SCALER = "flags=bicubic"
WIDE_PRIMARIES = ("bt2020", "smpte431", "smpte432")
RGB_FORMATS = ("rgb", "bgr", "gbr", "pal8", "argb", "abgr", "0rgb", "0bgr", "x2")
"""Beginnings of the names of formats that are not YCbCr."""
_CROP_FIRST_PX = 480
"""A source at least this high is cropped on whole pixels before scaling; below, rounding the
crop would distort the picture visibly, so it is scaled first."""

_BLUR_SHRINK = 8
_BLUR_SIGMA = 4
_BLUR_LIGHT = 0.62


@dataclass(frozen=True)
class Placed:
    """Filters that make the upright picture, and where it stands in the frame.

    Attributes:
        filters: a chain from the decoded picture.
        box: place of its result in the frame; the whole frame where nothing stays free.
    """

    filters: tuple[str, ...]
    box: PixelBox


def place(
    track: VideoTrack,
    frame: PixelSize,
    mode: str,
    focus: Sequence[reframe.FocusPoint],
) -> Placed:
    """Bring the picture into ``frame``: whole with bars around it, or filling it.

    Args:
        track: the source's video track.
        frame: size of the result.
        mode: ``fill``, ``fit-blur`` or ``fit-colour``.
        focus: focus points in the result's time, at least one.
    """
    if mode != "fill" and reframe.needs_bars(track.upright, frame):
        box = reframe.fitted(track.upright, frame)
        return Placed(_scaled_upright(track, box.size), box)
    whole = PixelBox(0, 0, frame.width, frame.height)
    if len(focus) == 1 and track.stored.height >= _CROP_FIRST_PX <= track.stored.width:
        return Placed(_cropped_then_scaled(track, frame, focus[0]), whole)
    scaled = reframe.covering(track.upright, frame)
    return Placed((*_scaled_upright(track, scaled), _crop(focus, scaled, frame)), whole)


def _cropped_then_scaled(
    track: VideoTrack, frame: PixelSize, focus: reframe.FocusPoint
) -> tuple[str, ...]:
    box = reframe.stored_box(
        reframe.cropped(track.upright, frame, focus.x, focus.y), track.rotation, track.mirrored
    )
    width = min(track.stored.width, 2 * round(box.w * track.stored.width / 2))
    height = min(track.stored.height, 2 * round(box.h * track.stored.height / 2))
    left = min(2 * round(box.x * track.stored.width / 2), track.stored.width - width)
    top = min(2 * round(box.y * track.stored.height / 2), track.stored.height - height)
    crop = f"crop={width}:{height}:{left}:{top}:exact=1"
    whole = (width, height) == (track.stored.width, track.stored.height)
    return (*(() if whole else (crop,)), *_scaled_upright(track, frame))


def _scaled_upright(track: VideoTrack, upright: PixelSize) -> tuple[str, ...]:
    stored = reframe.stored_size(upright, track.rotation)
    return (
        *_converted(track.colour, track.pixel_format, stored),
        *turned(track.rotation, track.mirrored),
        "setsar=1",
    )


def turned(rotation: int, mirrored: bool) -> tuple[str, ...]:
    """Filters that make the stored picture upright."""
    turns: dict[int, tuple[str, ...]] = {
        0: (),
        90: ("transpose=clock",),
        180: ("hflip", "vflip"),
        270: ("transpose=cclock",),
    }
    return (*(("hflip",) if mirrored else ()), *turns[rotation])


def _converted(colour: Colour, pixel_format: str, size: PixelSize) -> tuple[str, ...]:
    """Scale to ``size`` and convert to limited-range BT.709, 8 bit 4:2:0."""
    dimensions = f"{size.width}:{size.height}"
    if pixel_format.startswith(RGB_FORMATS):
        return (
            f"scale={dimensions}:{_SCALER}:out_color_matrix=bt709:out_range=limited",
            "format=yuv420p",
        )
    source_range = "full" if colour.full_range else "limited"
    tags = (
        f"setparams=range={source_range}:color_primaries={colour.primaries}"
        f":color_trc={colour.transfer}:colorspace={colour.matrix}"
    )
    if colour.is_hdr:
        return (
            tags,
            f"scale={dimensions}:{_SCALER}",
            "format=yuv420p10le",
            *_tone_mapped(colour.transfer),
        )
    if colour.primaries in WIDE_PRIMARIES:
        return (
            tags,
            f"scale={dimensions}:{_SCALER}",
            "zscale=matrix=bt709:primaries=bt709:transfer=bt709:range=limited",
            "format=yuv420p",
        )
    return (
        tags,
        f"scale={dimensions}:{_SCALER}:in_color_matrix={_swscale_matrix(colour.matrix)}"
        f":in_range={source_range}:out_color_matrix=bt709:out_range=limited",
        "format=yuv420p",
    )


def _swscale_matrix(matrix: str) -> str:
    return {"bt470bg": "bt470bg", "bt2020nc": "bt2020"}.get(matrix, matrix)


def _tone_mapped(transfer: str) -> tuple[str, ...]:
    return (
        "zscale=matrix=gbr:range=full",
        "format=gbrp10le",
        f"lut3d=file={lut_name(transfer)}:interp=tetrahedral",
        "zscale=matrixin=gbr:primariesin=bt709:transferin=bt709:rangein=full"
        ":matrix=bt709:primaries=bt709:transfer=bt709:range=limited",
        "format=yuv420p",
    )


def _crop(focus: Sequence[reframe.FocusPoint], scaled: PixelSize, frame: PixelSize) -> str:
    lefts, tops = reframe.crop_offsets(focus, scaled, frame)
    x, y = over_time(lefts), over_time(tops)
    return f"crop={frame.width}:{frame.height}:x='{x}':y='{y}':exact=1"


def over_time(points: Sequence[tuple[Fraction, int]]) -> str:
    """An expression of ``t`` that runs smoothly from point to point and rests before and after.

    Between two points it eases in and out (3u² - 2u³), so a pan starts and stops gently.
    """
    expression = str(points[-1][1])
    for (start_s, start), (end_s, end) in reversed(list(itertools.pairwise(points))):
        if start == end and expression == str(end):
            continue
        if end_s <= start_s:
            continue
        share = f"(t-{float(start_s):.6f})/{float(end_s - start_s):.6f}"
        eased = f"st(0,clip({share},0,1))*0+ld(0)*ld(0)*(3-2*ld(0))"
        moving = f"{start}+({end - start})*({eased})"
        expression = f"if(lt(t,{float(end_s):.6f}),{moving},{expression})"
    return expression


def colour_bars(placed: Placed, frame: PixelSize, colour: str) -> tuple[str, ...]:
    """Surround the picture with a flat colour."""
    box = placed.box
    if box.size == frame:
        return ()
    return (
        TAGS,
        f"pad={frame.width}:{frame.height}:{box.left}:{box.top}:color=0x{colour.lstrip('#')}",
    )


@dataclass(frozen=True)
class BlurredBars:
    """Filters for the free strips beside the picture, made of its own blurred enlargement.

    Attributes:
        backdrop: from the upright picture to a small, blurred, darkened frame.
        strips: from the backdrop to each strip: before and behind the picture.
        join: joins strip, picture, strip.
    """

    backdrop: tuple[str, ...]
    strips: tuple[tuple[str, ...], tuple[str, ...]]
    join: str


def blurred_bars(placed: Placed, frame: PixelSize) -> BlurredBars:
    """Surround the picture with itself: enlarged, blurred and darkened.

    Only the strips that show are enlarged, from a picture of an eighth of the frame's size:
    a blur needs no more, and costs a hundredth of blurring the frame.
    """
    box = placed.box
    small = PixelSize(max(2, frame.width // _BLUR_SHRINK), max(2, frame.height // _BLUR_SHRINK))
    cover = reframe.covering(box.size, small)
    luma, chroma = f"(val-16)*{_BLUR_LIGHT}+16", f"(val-128)*{_BLUR_LIGHT}+128"
    backdrop = (
        f"scale={cover.width}:{cover.height}:flags=area",
        "format=yuv444p",
        f"crop={small.width}:{small.height}",
        f"gblur=sigma={_BLUR_SIGMA}:steps=2",
        f"lutyuv=y='{luma}':u='{chroma}':v='{chroma}'",
    )
    beside = box.size.height == frame.height
    length, small_length = (frame.width, small.width) if beside else (frame.height, small.height)
    before = box.left if beside else box.top
    behind = length - (box.right if beside else box.bottom)

    def strip(width: int, at_end: bool) -> tuple[str, ...]:
        part = max(1, round(width * small_length / length))
        offset = small_length - part if at_end else 0
        if beside:
            crop = f"crop={part}:{small.height}:{offset}:0"
            return (crop, f"scale={width}:{frame.height}:{_SCALER}", "format=yuv420p", "setsar=1")
        crop = f"crop={small.width}:{part}:0:{offset}"
        return (crop, f"scale={frame.width}:{width}:{_SCALER}", "format=yuv420p", "setsar=1")

    return BlurredBars(
        backdrop,
        (strip(before, at_end=False), strip(behind, at_end=True)),
        "hstack=inputs=3" if beside else "vstack=inputs=3",
    )
