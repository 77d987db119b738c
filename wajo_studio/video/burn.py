"""Subtitles burned into the picture: the script and the font the encoder draws them with."""

import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.paths import cache_dir
from wajo_studio.video.ranges import TimeRange
from wajo_studio.video.subtitles import Cue

FONT_FAMILY = "Plus Jakarta Sans"
_FONT_WEIGHT = 600
_FONT_FILE = f"PlusJakartaSans-{_FONT_WEIGHT}.ttf"
_VARIABLE_FILE = "PlusJakartaSans[wght].ttf"

_TEXT_SHARE = 0.054
"""Height of a line in parts of the frame's shorter side: 58 px at 1080, about 42 px letters."""

_PLATE_SHARE = 0.015
_SIDE_SHARE = 0.06
_BOTTOM_SHARE = 0.035
_PLATE_TRANSPARENCY = round(0.4 * 255)
"""The plate is 60 % opaque; ASS counts the other way round."""


def ass_script(
    cues: Iterable[Cue],
    size: PixelSize,
    safe_zone: SafeZone,
    strips: Sequence[tuple[TimeRange, int]] = (),
) -> str:
    """An ASS script that shows ``cues`` on a plate at the bottom of the safe zone.

    Args:
        cues: in the result's time.
        size: of the result.
        safe_zone: margins of the result that the network's buttons cover.
        strips: what lies over the lower edge at times (a lower third): when, in the result's
            time, and its upper edge in pixels. A cue that meets one stands above it throughout.
    """
    short = min(size.width, size.height)
    left = max(safe_zone.left, round(_SIDE_SHARE * size.width))
    right = max(safe_zone.right, round(_SIDE_SHARE * size.width))
    bottom = safe_zone.bottom + round(_BOTTOM_SHARE * size.height)
    plate = f"&H{_PLATE_TRANSPARENCY:02X}000000"
    style = ",".join(
        str(value)
        for value in (
            "Takarir", FONT_FAMILY, round(_TEXT_SHARE * short), "&H00FFFFFF", "&H00FFFFFF",
            plate, plate, 0, 0, 0, 0, 100, 100, 0, 0,
            4, 0, round(_PLATE_SHARE * short), 2, left, right, bottom, 1,
        )
    )  # fmt: skip
    gap = 2 * round(_PLATE_SHARE * short)
    events = "\n".join(
        f"Dialogue: 0,{_clock(cue.start_s)},{_clock(cue.end_s)},Takarir,,0,0,"
        f"{_raised(cue, strips, size, bottom, gap)},,{_escaped(cue.text)}"
        for cue in cues
    )
    return f"""[Script Info]
ScriptType: v4.00+
PlayResX: {size.width}
PlayResY: {size.height}
WrapStyle: 0
ScaledBorderAndShadow: yes
YCbCr Matrix: TV.709

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
Style: {style}

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
{events}
"""


def _raised(
    cue: Cue, strips: Sequence[tuple[TimeRange, int]], size: PixelSize, bottom: int, gap: int
) -> int:
    """The cue's own lower margin in pixels; 0 means that of the style."""
    tops = [top for when, top in strips if cue.start_s < when.end_s and when.start_s < cue.end_s]
    margin = max((size.height - top + gap for top in tops), default=0)
    return margin if margin > bottom else 0


def _clock(time_s: Fraction) -> str:
    centiseconds = round(time_s * 100)
    seconds, centiseconds = divmod(centiseconds, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{centiseconds:02}"


def _escaped(text: str) -> str:
    """Text in which braces and backslashes are drawn, not obeyed."""
    # A word joiner behind a backslash keeps it from starting a command.
    literal = text.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
    return literal.replace("\n", "\\N")


def copy_fonts(folder: Path) -> None:
    """Put the subtitle font into ``folder``, where the encoder finds it without quoting.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FONT_FILE).write_bytes(_font_bytes())


def _font_bytes() -> bytes:
    """The font in one fixed weight, made once and kept in the cache.

    libass picks the default weight of a variable font and thickens it by drawing an outline;
    a true semi-bold is cut from the variable font instead, which takes a second or two.
    """
    cached = cache_dir() / "fonts" / _FONT_FILE
    if cached.is_file():
        return cached.read_bytes()
    import fontpkg_plus_jakarta_sans
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    variable = Path(fontpkg_plus_jakarta_sans.ROOT) / "files" / _VARIABLE_FILE
    with TTFont(variable) as font:
        # The package has no type hints.
        instantiateVariableFont(  # type: ignore[no-untyped-call]
            font, {"wght": _FONT_WEIGHT}, inplace=True
        )
        buffer = io.BytesIO()
        font.save(buffer)
    cached.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_bytes(cached, buffer.getvalue())
    return buffer.getvalue()
