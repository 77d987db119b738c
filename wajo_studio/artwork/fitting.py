"""The ``fit`` block of layouts: text sized to its box while the page is written."""

import hashlib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from wajo_studio.artwork.canvas import measure
from wajo_studio.artwork.document import Document
from wajo_studio.artwork.door import Door
from wajo_studio.artwork.excess import find_excess, holds_only_blocks
from wajo_studio.artwork.fit import Fitted, Size, SizeCache, balanced, largest_fit
from wajo_studio.artwork.hyphens import parted
from wajo_studio.artwork.sandbox import off_the_clock
from wajo_studio.artwork.views import View

_KNOWN = SizeCache()
_HEADLINE = re.compile(r'\bclass="(?:[^"]* )?headline[" ]')


@dataclass(frozen=True)
class FitRecord:
    """One fitted block of a page.

    Attributes:
        fields: the fields whose texts it holds; empty for fixed text.
        excess: counts the characters that have to go where it does not fit; for checks only.
    """

    name: str
    fields: tuple[str, ...]
    fitted: Fitted
    height: int
    excess: Callable[[], int]


class Fitter:
    """Fits the blocks of one page and remembers how they fitted.

    Args:
        document: fonts and styles the blocks are measured with.
        door: answers what they ask for.
        fields: names that count as fields of the post.
        headline_scale: factor on the largest size of blocks that hold a headline.
    """

    def __init__(
        self, document: Document, door: Door, fields: Collection[str], headline_scale: float = 1.0
    ) -> None:
        self._document = document
        self._door = door
        self._fields = fields
        self._headline_scale = headline_scale
        whole = f"{document.family}\0{document.styles}\0{document.body_class}"
        self._styles = hashlib.blake2b(whole.encode(), digest_size=16).digest()
        self.records: list[FitRecord] = []

    def fit(
        self,
        fields: str | tuple[str, ...] | list[str],
        w: float,
        h: float,
        *,
        min: int,
        max: int,
        balance: bool = False,
        align: Literal["left", "center"] = "left",
        name: str = "",
        fill: bool = False,
        hug: bool = False,
        scaled: bool = True,
        caller: Callable[[], Markup],
    ) -> Markup:
        """Size the enclosed HTML to its box; layouts use it as a call block (see the docs)."""
        names = (fields,) if isinstance(fields, str) else tuple(fields)
        width, height = round(w), round(h)
        body = caller()
        largest = max
        if scaled and min < max and _HEADLINE.search(body):
            largest = self._scaled(min, max)
        with off_the_clock():
            fitted = self._find_fit(body, width, height, min, largest, balance)
            shorter = None if fitted.fits else self._parted(body, min, width)
            if shorter is not None:
                body = shorter
                fitted = self._find_fit(body, width, height, min, largest, balance)
        own = tuple(item for item in names if item in self._fields)

        def excess() -> int:
            return find_excess(
                body, lambda shorter: self._find_fit(shorter, width, height, min, min, False).fits
            )

        self.records.append(FitRecord(name or "+".join(names), own, fitted, height, excess))
        style = f"height:{height}px;" if fill or not fitted.fits else ""
        if not fitted.fits:
            style += "overflow:hidden;"
        if hug:
            style += f"width:auto;max-width:{fitted.width}px;"
            return _block(body, fitted.px, width, width, align, style)
        return _block(body, fitted.px, width, fitted.width, align, style)

    def _parted(self, body: Markup, px: int, width: int) -> Markup | None:
        """The block with words that are too long at the smallest size parted, if there are any."""
        only_blocks = holds_only_blocks(body)
        return parted(
            body, lambda alone: self._measure(alone, px, width, only_blocks)[0] / max(width, 1)
        )

    def _scaled(self, smallest: int, largest: int) -> int:
        return max(smallest, round(largest * self._headline_scale))

    def _measure(self, body: Markup, px: int, width: int, only_blocks: bool) -> Size:
        block = _block(body, px, width, width, "left", "")
        return measure(self._document.alone(block, only_blocks), width, self._door)

    def _key(self, *parts: Any) -> bytes:
        digest = hashlib.blake2b(self._styles, digest_size=16)
        for part in parts:
            digest.update(b"\0" + str(part).encode())
        return digest.digest()

    def _find_fit(
        self, body: Markup, width: int, height: int, smallest: int, largest: int, balance: bool
    ) -> Fitted:
        key, only_blocks = self._key(body), holds_only_blocks(body)

        def measure_block(px: int, at_width: int) -> Size:
            return _KNOWN.get(
                (key, px, at_width), lambda: self._measure(body, px, at_width, only_blocks)
            )

        fitted = largest_fit(measure_block, width, height, smallest, largest)
        return balanced(measure_block, fitted) if balance and fitted.fits else fitted

    def measured(self, name: str) -> View:
        """``measured('judul').height`` and ``.px`` after the block was fitted."""
        record = next(record for record in reversed(self.records) if record.name == name)
        return View(
            px=record.fitted.px,
            height=min(record.height, record.fitted.height)
            if record.fitted.fits
            else record.height,
            fits=record.fitted.fits,
        )


def _block(body: Markup, px: int, width: int, text_width: int, align: str, style: str) -> Markup:
    spare = width - text_width
    left = spare // 2 if align == "center" else 0
    padding = f"padding-left:{left}px;padding-right:{spare - left}px;" if spare else ""
    return Markup(  # noqa: S704 - the body is the layout's, escaped already; the rest is ours
        f'<div class="fit" style="width:{width}px;--fit:{px}px;{padding}{style}">{body}</div>'
    )
