"""Where the imported logos of a page lie, each by itself, and whether they are drawn in shape."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wajo_studio.artwork.layout import Page
from wajo_studio.artwork.paint import Painted, paint_page
from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.domain.geometry import PixelBox, PixelSize

_LOGO = "[data-logo=imported] img"
_MOST = 4
_NOTICED = 24
"""How far a channel has to change for a pixel to count: redrawn edges differ a little."""
_STRETCHED_SHARE = 0.01
"""Share of a logo's pixels that change when it is drawn in its own ratio: more is no rounding."""


@dataclass(frozen=True)
class DrawnLogo:
    """One logo: the pixels it changes, and whether its ratio is another than its file's."""

    box: PixelBox
    stretched: bool


def find_logos(request: ArtworkRequest, page: Page, painted: Painted) -> list[DrawnLogo]:
    """The imported logos of a page in their order; none for a monogram.

    Args:
        request: as it was painted.
        page: as it was composed.
        painted: the page as it is published.
    """
    if 'data-logo="imported"' not in page.html:
        return []
    shown = _channels(painted)
    in_shape = _channels(paint_page(request, page, f"{_LOGO}{{object-fit:contain !important}}"))
    found = []
    for number in range(1, _MOST + 1):
        hidden = f"{_LOGO}:nth-of-type({number}){{visibility:hidden !important}}"
        without = _channels(paint_page(request, page, hidden))
        rows, columns = np.nonzero((without != shown).any(axis=2))
        if not rows.size:
            break
        box = PixelBox(
            int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
        )
        part = np.s_[box.top : box.bottom, box.left : box.right]
        change = np.abs(shown[part].astype(int) - in_shape[part].astype(int)).max(axis=2)
        found.append(DrawnLogo(box, float((change > _NOTICED).mean()) > _STRETCHED_SHARE))
    return found


def clear_space(box: PixelBox, others: Sequence[PixelBox], size: PixelSize) -> float:
    """Pixels from a box to the nearest other one, at most its own height.

    An edge of the picture crowds a logo less than words do: its distance counts twice.
    """
    height = box.bottom - box.top
    edges = (box.left, box.top, size.width - box.right, size.height - box.bottom)
    return float(min([height, *(2 * edge for edge in edges), *(_gap(box, o) for o in others)]))


def _gap(a: PixelBox, b: PixelBox) -> int:
    """Pixels between two boxes, in the direction in which they are furthest apart."""
    across = max(b.left - a.right, a.left - b.right)
    down = max(b.top - a.bottom, a.top - b.bottom)
    return max(0, across, down)


def _channels(painted: Painted) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Pixels, shape (height, width, 3)."""
    words = np.frombuffer(painted.pixels, dtype=np.uint8)
    return words.reshape(painted.height, -1, 4)[:, :, :3]
