"""Where the marked texts and logos of a page lie, how large they are, what lies under them.

The painter tells no element's box. So the page is painted again with the marks changed: texts
made invisible, texts in one colour each, a square of one em before each text, logos hidden.
Comparing the pictures gives boxes, sizes and the pixels under the letters exactly.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wajo_studio.artwork.layout import Page
from wajo_studio.artwork.paint import Painted, paint_page
from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.domain.geometry import PixelBox

Pixels = NDArray[np.uint32]
Core = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Rows and columns of the pixels that a text's letters fill."""

_MARK = re.compile(r'<[a-z][a-z0-9]*\b[^>]*?\sdata-text="([^"]*)"')
_COLOUR_BASE = 0xFE0100
"""Colours FE01xx tell marks apart; a page that holds one already is told by the comparison."""
_MOST_MARKS = 250
_HIDDEN = "[data-n],[data-n] *{color:transparent !important}"
_SPREAD_PX = 3
"""How far around a letter's core its ground is looked at, in output pixels."""
_CONTRAST_PERCENTILE = 10
_THIN_CORE = 0.6
"""Share of the strongest change from which on a pixel counts as filled by a thin letter."""


@dataclass(frozen=True)
class TextMark:
    """One marked text.

    Attributes:
        name: the field, or the name of a fixed text.
        box: the ink in output pixels.
        size_px: font size in output pixels; 0 where it could not be seen.
        contrast: WCAG ratio, the tenth percentile around its letters.
        lines: the ink of each of its lines, in output pixels; lines that touch count as one.
    """

    name: str
    box: PixelBox
    size_px: float
    contrast: float
    lines: tuple[PixelBox, ...] = ()


@dataclass(frozen=True)
class Marks:
    """Everything marked on one painted page."""

    texts: tuple[TextMark, ...]
    logos: tuple[PixelBox, ...]


def find_marks(request: ArtworkRequest, page: Page, painted: Painted) -> Marks:
    """Measure the marks of a page.

    Args:
        request: as it was painted.
        page: from :func:`wajo_studio.artwork.layout.compose`.
        painted: the page as it is published.
    """
    names: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        names.append(html.unescape(match.group(1)))
        whole = match.group()
        at = whole.rindex("data-text=")
        return f'{whole[:at]}data-n="{len(names) - 1}" {whole[at:]}'

    marked = Page(_MARK.sub(numbered, page.html), page.door, page.fits, page.photo_slots, page.file)
    shown = _packed(painted)
    ground = _packed(paint_page(request, marked, _HIDDEN))
    used = range(min(len(names), _MOST_MARKS))
    coloured = _packed(paint_page(request, marked, "".join(_colour_rule(n) for n in used)))
    squares = _packed(paint_page(request, marked, _HIDDEN + "".join(map(_square_rule, used))))
    cores = _by_mark(coloured, ground, used)
    sizes = _by_mark(squares, ground, used)
    texts = []
    for number in used:
        core = cores.get(number)
        if core is None and number in sizes:
            core = _alone(request, marked, shown, number)
        if core is None:
            continue
        rows, columns = core
        box = _box(rows, columns, 1, shown.shape)
        texts.append(
            TextMark(
                name=names[number],
                box=box,
                size_px=_extent(*sizes[number]) if number in sizes else 0.0,
                contrast=_contrast(shown, ground, rows, columns),
                lines=tuple(_lines(rows, columns, shown.shape)),
            )
        )
    return Marks(tuple(texts), _logos(request, marked, shown))


def _alone(request: ArtworkRequest, page: Page, shown: Pixels, number: int) -> Core | None:
    """The darkest part of a mark whose letters are too thin to fill one pixel."""
    hidden = f'[data-n="{number}"],[data-n="{number}"] *{{color:transparent !important}}'
    without = _packed(paint_page(request, page, hidden))
    change = np.abs(_luminance(shown) - _luminance(without))
    if not change.any():
        return None
    rows, columns = np.nonzero(change >= change.max() * _THIN_CORE)
    return rows, columns


def _colour_rule(number: int) -> str:
    colour = f"#{_COLOUR_BASE + number:06X}"
    return f'[data-n="{number}"],[data-n="{number}"] *{{color:{colour} !important}}'


def _square_rule(number: int) -> str:
    return (
        f'[data-n="{number}"]::before{{content:"";position:absolute;width:1em;height:1em;'
        f"background:#{_COLOUR_BASE + number:06X}}}"
    )


def _packed(painted: Painted) -> Pixels:
    """Pixels as numbers 0xRRGGBB, shape (height, width)."""
    words: Pixels = np.frombuffer(painted.pixels, dtype="<u4").reshape(painted.height, -1)
    return words & np.uint32(0xFFFFFF)


def _by_mark(coloured: Pixels, ground: Pixels, used: range) -> dict[int, Core]:
    """Rows and columns of the pixels that carry a mark's colour."""
    hit = ((coloured & np.uint32(0xFFFF00)) == _COLOUR_BASE) & (coloured != ground)
    rows, columns = np.nonzero(hit)
    labels = coloured[rows, columns] & np.uint32(0xFF)
    return {
        number: (rows[labels == number], columns[labels == number])
        for number in used
        if (labels == number).any()
    }


def _extent(rows: NDArray[np.intp], columns: NDArray[np.intp]) -> float:
    return float(max(np.ptp(rows), np.ptp(columns)) + 1)


def _lines(
    rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, ...]
) -> Iterator[PixelBox]:
    """The boxes of the ink between empty rows, from top to bottom."""
    order = np.argsort(rows, kind="stable")
    starts = np.nonzero(np.diff(rows[order]) > 1)[0] + 1
    for part in np.split(order, starts):
        yield _box(rows[part], columns[part], 1, shape)


def _box(
    rows: NDArray[np.intp], columns: NDArray[np.intp], spread: int, shape: tuple[int, ...]
) -> PixelBox:
    return PixelBox(
        left=max(0, int(columns.min()) - spread),
        top=max(0, int(rows.min()) - spread),
        right=min(shape[1], int(columns.max()) + 1 + spread),
        bottom=min(shape[0], int(rows.max()) + 1 + spread),
    )


def _contrast(
    shown: Pixels, ground: Pixels, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> float:
    """Contrast between the letters and each pixel of the ground at and around them."""
    box = _box(rows, columns, _SPREAD_PX, shown.shape)
    window = np.zeros((box.bottom - box.top, box.right - box.left), dtype=bool)
    window[rows - box.top, columns - box.left] = True
    near = window.copy()
    for _step in range(_SPREAD_PX):
        grown = near.copy()
        grown[1:] |= near[:-1]
        grown[:-1] |= near[1:]
        grown[:, 1:] |= near[:, :-1]
        grown[:, :-1] |= near[:, 1:]
        near = grown
    under = ground[box.top : box.bottom, box.left : box.right][near]
    letters = float(np.median(_luminance(shown[rows, columns])))
    values = _luminance(under)
    ratios = (np.maximum(values, letters) + 0.05) / (np.minimum(values, letters) + 0.05)
    return float(np.percentile(ratios, _CONTRAST_PERCENTILE))


def _luminance(packed: Pixels) -> NDArray[Any]:
    """WCAG relative luminance of 0xRRGGBB numbers."""
    total: NDArray[Any] = np.zeros(packed.shape)
    for shift, share in ((16, 0.2126), (8, 0.7152), (0, 0.0722)):
        value = (packed >> shift & 0xFF) / 255.0
        linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
        total += share * linear
    return total


def _logos(request: ArtworkRequest, page: Page, shown: Pixels) -> tuple[PixelBox, ...]:
    if "data-logo=" not in page.html:
        return ()
    without = _packed(paint_page(request, page, "[data-logo]{visibility:hidden !important}"))
    rows, columns = np.nonzero(without != shown)
    return (_box(rows, columns, 0, shown.shape),) if rows.size else ()
