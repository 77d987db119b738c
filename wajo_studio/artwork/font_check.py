"""A font file looked at before the office's brand kit takes it."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

MAX_BYTES = 20_000_000
_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_RESTRICTED = 0x0002
"""Bit of OS/2 fsType: may not be embedded without the owner's leave
(https://learn.microsoft.com/typography/opentype/spec/os2#fstype)."""

NO_FONT = N_("{file} is no font this program can use; choose a .ttf or .otf file.")


@dataclass(frozen=True)
class FontFacts:
    """What a font file says about itself.

    Attributes:
        weights: lightest and heaviest weight it has.
        licence: as the file tells it, with the address where there is one; may be empty.
        is_restricted: its owner allows no embedding without leave.
    """

    family: str
    is_italic: bool
    weights: tuple[int, int]
    licence: str
    is_restricted: bool

    def file_name(self, suffix: str) -> str:
        """The name under which a brand kit keeps it: family, style and weights can be read."""
        slug = "-".join(self.family.lower().split())
        safe = "".join(c for c in slug if c.isalnum() or c == "-") or "font"
        style = "italic" if self.is_italic else "normal"
        return f"{safe}__{style}__{self.weights[0]}-{self.weights[1]}{suffix}"


def check_font(path: Path) -> FontFacts:
    """Read family, weights and licence of a TTF or OTF file.

    Raises:
        InputError: it is no such file, damaged, or has no usable letters.
    """
    from fontTools.ttLib import TTFont

    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(NO_FONT, file=path.name, detail="> 20 MB", code="input.font")
        content = path.read_bytes()
        if not content.startswith(_STARTS):
            raise InputError(NO_FONT, file=path.name, detail=repr(content[:4]), code="input.font")
        with TTFont(BytesIO(content)) as font:
            return _facts(font, path)
    except InputError:
        raise
    except Exception as error:  # damaged tables end in whatever the reader stumbles over
        raise InputError(NO_FONT, file=path.name, detail=repr(error), code="input.font") from error


def _facts(font: object, path: Path) -> FontFacts:
    names = font["name"]  # type: ignore[index]
    os2 = font["OS/2"]  # type: ignore[index]

    def name(*ids: int) -> str:
        return next((str(text) for i in ids if (text := names.getDebugName(i))), "")

    family = name(16, 1)
    if not family or not set(range(0x41, 0x5B)) <= set(font.getBestCmap()):  # type: ignore[attr-defined]
        raise InputError(NO_FONT, file=path.name, detail="no family or letters", code="input.font")
    weights = (int(os2.usWeightClass),) * 2
    if "fvar" in font:  # type: ignore[operator]
        for axis in font["fvar"].axes:  # type: ignore[index]
            if axis.axisTag == "wght":
                weights = (int(axis.minValue), int(axis.maxValue))
    licence = " ".join(part for part in (name(13), name(14)) if part)
    return FontFacts(
        family=family,
        is_italic=bool(os2.fsSelection & 1),
        weights=weights,
        licence=" ".join(licence.split()),
        is_restricted=bool(os2.fsType & _RESTRICTED),
    )
