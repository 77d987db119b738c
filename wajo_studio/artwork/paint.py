"""One painter for preview and export."""

from wajo_studio.artwork.canvas import Painted, render
from wajo_studio.artwork.layout import Page, compose
from wajo_studio.artwork.request import ArtworkRequest

__all__ = ["Painted", "paint", "paint_page"]


def paint(request: ArtworkRequest) -> Painted:
    """Paint an artwork. May be called from several threads at a time.

    Raises:
        TemplateError: the layout is wrong or asks for something it may not load.
        IndexError: there is no such slide.
    """
    return paint_page(request, compose(request))


def paint_page(request: ArtworkRequest, page: Page, user_style: str = "") -> Painted:
    """Paint a composed page; ``user_style`` changes how it looks, for checks."""
    painted = render(page.html, request.design_size, request.size, page.door, user_style=user_style)
    page.door.check(request.template.id, page.file)
    return painted
