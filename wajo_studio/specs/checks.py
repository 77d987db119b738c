"""What a spec must make sense of: ranges, sizes, dates. Pure; the loader names the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.options import OF_NETWORK
from wajo_studio.i18n import N_
from wajo_studio.specs.model import (
    AltTextSpec,
    ImageSpec,
    PlacementSpec,
    SafeZoneSpec,
    SizeSpec,
    Source,
    TextSpec,
    VideoSpec,
)

MIN_FREE_SHARE = 0.25
"""A safe zone must leave at least this share of the width and of the height free."""

_RATIOS = {"4:5": 4 / 5, "1:1": 1.0, "9:16": 9 / 16, "16:9": 16 / 9}
_RATIO_TOLERANCE = 0.005

MIN_ABOVE_MAX = N_("{file}: {key} is larger than its counterpart {other}. Correct one of them.")
WRONG_SHAPE = N_("{file}: {key} is not of the shape {format}. Correct its width or height.")
TWICE = N_("{file}: {key} names {format} twice. Remove one of them.")
NOT_IN_FORMATS = N_('{file}: {key} is none of "formats". Add it there or choose one of them.')
OUTSIDE_RATIOS = N_("{file}: {key} lies outside min_ratio to max_ratio. Correct one of them.")
TOO_LARGE = N_("{file}: {key} is larger than {other} allows. Correct one of them.")
TOO_SMALL = N_("{file}: {key} is smaller than {other} demands. Correct one of them.")
ODD_SIZE = N_("{file}: {key} has an odd width or height, which no clip can have. Correct it.")
EMPTY = N_("{file}: {key} is empty. Name at least one entry.")
COVER_WITHOUT_SIZE = N_(
    '{file}: {key} is "image" without cover_size and cover_max_bytes. Add both.'
)
COVER_SIZE_WITHOUT_COVER = N_(
    '{file}: {key} has no meaning while "cover" is not "image". Remove it or correct "cover".'
)
ONE_CHARACTER = N_("{file}: {key} holds an entry that is not exactly one character. Correct it.")
LINK_LENGTH = N_(
    '{file}: {key} goes together with links = "weighted", and only with it. Correct one of them.'
)
ALT_FOR_NOTHING = N_("{file}: {key} is for pictures or clips the placement does not take.")
NOTHING_LEFT = N_("{file}: {key} leaves next to nothing of the frame free. Correct the margins.")
ZONE_OF_NO_SIZE = N_("{file}: {key} has the shape of no size made for this placement. Correct it.")
NO_MEDIA = N_('{file}: {key} has neither "images" nor "video". Add at least one of them.')
UNKNOWN_OPTION = N_("{file}: {key} names the unknown option {option}. Choose one of {options}.")
FUTURE = N_("{file}: {key} lies in the future ({value}). Correct the date.")


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be true.

    Attributes:
        key: where in the placement, such as ``video.min_fps``.
        message: message id with ``{file}``, ``{key}`` and what stands in ``params``.
    """

    key: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)


def problems(spec: PlacementSpec, newest: date) -> Iterator[Problem]:
    """Everything that cannot be true in one placement.

    Args:
        spec: the placement.
        newest: the latest day on which something can have been checked.
    """
    if spec.images is None and spec.video is None:
        yield Problem("", NO_MEDIA)
    if spec.images is not None:
        yield from _image_problems(spec.images)
    if spec.video is not None:
        yield from _video_problems(spec.video)
    for part, text in spec.texts.items():
        yield from _text_problems(f"texts.{part}", text)
    if spec.alt_text is not None:
        yield from _alt_problems(spec, spec.alt_text)
    if spec.safe_zone is not None:
        yield from _zone_problems(spec, spec.safe_zone)
    allowed = OF_NETWORK[spec.network]
    for option in spec.required_options:
        if option not in allowed:
            yield Problem(
                "required_options.names",
                UNKNOWN_OPTION,
                {"option": option, "options": ", ".join(allowed)},
            )
    for key, source in sources(spec):
        if source.checked > newest:
            yield Problem(f"{key}.checked", FUTURE, {"value": source.checked})


def sources(spec: PlacementSpec) -> Iterator[tuple[str, Source]]:
    """Key and source of every block of a placement."""
    for name in ("images", "video", "alt_text", "safe_zone"):
        block = getattr(spec, name)
        if block is not None:
            yield f"{name}.source", block.source
    for part, text in spec.texts.items():
        yield f"texts.{part}.source", text.source
    if spec.options_source is not None:
        yield "required_options.source", spec.options_source
    for name, source in spec.setting_sources.items():
        yield f"settings.{name}.source", source


def _image_problems(images: ImageSpec) -> Iterator[Problem]:
    yield from _order("images.min_items", images.min_items, "max_items", images.max_items)
    yield from _order("images.min_ratio", images.min_ratio, "max_ratio", images.max_ratio)
    yield from _sizes("images.formats", images.formats)
    if images.artwork not in images.formats:
        yield Problem("images.artwork", NOT_IN_FORMATS)
    for size in images.formats:
        key = f"images.formats ({size.format})"
        if not images.min_ratio <= size.size.ratio <= images.max_ratio:
            yield Problem(key, OUTSIDE_RATIOS)
        yield from _bounds(key, size.size, images)
        if images.width is not None and size.width != images.width:
            other = "width"
            message = TOO_LARGE if size.width > images.width else TOO_SMALL
            yield Problem(key, message, {"other": other})
    if images.width is not None:
        if images.max_width is not None:
            yield from _order("images.width", images.width, "max_width", images.max_width)
        yield from _order("images.min_width", images.min_width, "width", images.width)
    if images.max_width is not None:
        yield from _order("images.min_width", images.min_width, "max_width", images.max_width)


def _bounds(key: str, size: PixelSize, images: ImageSpec) -> Iterator[Problem]:
    if max(size.width, size.height) > images.max_long_side:
        yield Problem(key, TOO_LARGE, {"other": "max_long_side"})
    if images.max_width is not None and size.width > images.max_width:
        yield Problem(key, TOO_LARGE, {"other": "max_width"})
    if images.max_height is not None and size.height > images.max_height:
        yield Problem(key, TOO_LARGE, {"other": "max_height"})
    if size.width < images.min_width:
        yield Problem(key, TOO_SMALL, {"other": "min_width"})


def _video_problems(video: VideoSpec) -> Iterator[Problem]:
    yield from _order(
        "video.min_duration_s", video.min_duration_s, "max_duration_s", video.max_duration_s
    )
    yield from _order("video.min_fps", video.min_fps, "max_fps", video.max_fps)
    yield from _sizes("video.sizes", video.sizes)
    for size in video.sizes:
        if size.width % 2 or size.height % 2:
            yield Problem(f"video.sizes ({size.format})", ODD_SIZE)
    if video.cover == "image":
        if video.cover_size is None or video.cover_max_bytes is None:
            yield Problem("video.cover", COVER_WITHOUT_SIZE)
    elif video.cover_size is not None:
        yield Problem("video.cover_size", COVER_SIZE_WITHOUT_COVER)
    elif video.cover_max_bytes is not None:
        yield Problem("video.cover_max_bytes", COVER_SIZE_WITHOUT_COVER)
    if video.cover_size is not None:
        yield from _shape("video.cover_size", video.cover_size)


def _text_problems(key: str, text: TextSpec) -> Iterator[Problem]:
    if any(len(character) != 1 for character in text.forbidden):
        yield Problem(f"{key}.forbidden", ONE_CHARACTER)
    weighted = text.links == "weighted"
    if weighted != (text.link_length is not None) or weighted != (text.unit == "x_weighted"):
        yield Problem(f"{key}.link_length", LINK_LENGTH)


def _alt_problems(spec: PlacementSpec, alt: AltTextSpec) -> Iterator[Problem]:
    useless = not (alt.images or alt.videos)
    if useless or (alt.images and spec.images is None) or (alt.videos and spec.video is None):
        yield Problem("alt_text", ALT_FOR_NOTHING)


def _zone_problems(spec: PlacementSpec, zone: SafeZoneSpec) -> Iterator[Problem]:
    free_width = 1 - (zone.left + zone.right) / zone.width
    free_height = 1 - (zone.top + zone.bottom) / zone.height
    if min(free_width, free_height) < MIN_FREE_SHARE:
        yield Problem("safe_zone", NOTHING_LEFT)
    made = (
        *(spec.images.formats if spec.images else ()),
        *(spec.video.sizes if spec.video else ()),
    )
    if made and not any(
        abs(size.size.ratio - zone.width / zone.height) <= _RATIO_TOLERANCE for size in made
    ):
        yield Problem("safe_zone", ZONE_OF_NO_SIZE)


def _sizes(key: str, sizes: tuple[SizeSpec, ...]) -> Iterator[Problem]:
    if not sizes:
        yield Problem(key, EMPTY)
    seen: set[str] = set()
    for size in sizes:
        if size.format in seen:
            yield Problem(key, TWICE, {"format": size.format})
        seen.add(size.format)
        yield from _shape(f"{key} ({size.format})", size)


def _shape(key: str, size: SizeSpec) -> Iterator[Problem]:
    if abs(size.size.ratio / _RATIOS[size.format] - 1) > _RATIO_TOLERANCE:
        yield Problem(key, WRONG_SHAPE, {"format": size.format})


def _order(key: str, low: float, other: str, high: float) -> Iterator[Problem]:
    if low > high:
        yield Problem(key, MIN_ABOVE_MAX, {"other": other})
