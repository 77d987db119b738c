"""The HTML document around a layout: fonts, palette, styles."""

from collections.abc import Iterable
from dataclasses import dataclass

from wajo_studio.artwork.colours import shades
from wajo_studio.artwork.fonts import font_css
from wajo_studio.domain.brand import BrandKit
from wajo_studio.domain.geometry import PixelSize

_MEASURING = "position:static;width:auto;height:auto;overflow:visible"
"""Frees the body from the page's size, so that the document is as large as its block."""


@dataclass(frozen=True)
class Document:
    """What all pages of one layout share.

    Attributes:
        family: the brand's font family.
        styles: the rest of the head, after the fonts.
        body_class: classes of ``<body>``.
    """

    family: str
    styles: str
    body_class: str

    def page(self, body: str) -> str:
        """The whole page, as large as the artwork."""
        return self._html(body, "", font_css(self.family, body))

    def alone(self, block: str, only_blocks: bool) -> str:
        """A page that holds one fit block and is as large as it.

        Args:
            block: the fit block, its wrapper included.
            only_blocks: whether block elements alone stand inside the wrapper, so that nothing
                is set in the wrapper's own font.
        """
        fonts = font_css(self.family, block, "html>body>.fit>*" if only_blocks else "html,body")
        return self._html(block, f' style="{_MEASURING}"', fonts)

    def _html(self, body: str, style: str, fonts: str) -> str:
        return (
            f"<!DOCTYPE html><html lang=id><head><style>{fonts}</style>{self.styles}</head>"
            f'<body class="{self.body_class}"{style}>{body}</body></html>'
        )


def document(
    brand: BrandKit, size: PixelSize, min_text: int, styles: Iterable[str], body_class: str = ""
) -> Document:
    """The document for pages of ``size`` design pixels in the brand's colours and fonts."""
    variables = "".join(f"--{name}:{value};" for name, value in shades(brand.palette).items())
    style = brand.style
    variables += f"--headline-weight:{style.headline_weight};"
    variables += f"--headline-tracking:{style.headline_tracking}em;"
    root = (
        f"<style>:root{{{variables}--page-w:{size.width}px;--page-h:{size.height}px;"
        f"--min-text:{min_text}px}}</style>"
    )
    sheets = "".join(f"<style>{css}</style>" for css in styles)
    return Document(brand.font_family, root + sheets, body_class)
