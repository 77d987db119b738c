"""Pages for paper: a document of ours as PDF, through the same door as every artwork."""

from collections.abc import Mapping
from io import BytesIO

from plutoprint import MEDIA_TYPE_PRINT, PAGE_MARGINS_NORMAL, PAGE_SIZE_A4, Book

from wajo_studio.artwork.door import BASE_URL, Door
from wajo_studio.artwork.fonts import PRIMARY_FAMILY, font_css


def as_pdf(html: str, files: Mapping[str, bytes]) -> bytes:
    """A document on A4 pages.

    Args:
        html: the whole page; its head ends with ``</head>``.
        files: what it may show, by the address it uses; everything else stays empty.

    Returns:
        The PDF.
    """
    fonts = f"<style>{font_css(PRIMARY_FAMILY, html)}</style>"
    book = Book(PAGE_SIZE_A4, PAGE_MARGINS_NORMAL, MEDIA_TYPE_PRINT)
    book.custom_resource_fetcher = Door(files)
    book.load_html(html.replace("</head>", f"{fonts}</head>", 1), base_url=BASE_URL)
    stream = BytesIO()
    book.write_to_pdf_stream(stream)
    return stream.getvalue()
