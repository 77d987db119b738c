"""A layout and a post's fields to one HTML page, every block fitted to its box."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import jinja2
from markupsafe import Markup

from wajo_studio.artwork import brand as brand_files
from wajo_studio.artwork.canvas import measure
from wajo_studio.artwork.colours import mix, shades
from wajo_studio.artwork.door import Door
from wajo_studio.artwork.excess import find_excess
from wajo_studio.artwork.fit import FitCache, Fitted, balanced, largest_fit
from wajo_studio.artwork.fonts import font_faces, font_stack
from wajo_studio.artwork.request import (
    ArtworkRequest,
    slide_at,
    smallest_text,
)
from wajo_studio.artwork.sandbox import (
    BoundedEnvironment,
    FileLoader,
    render_bounded,
    template_errors,
)
from wajo_studio.artwork.slots import PhotoSlot, as_bitmap
from wajo_studio.artwork.template import SHARED, Template, layout_file
from wajo_studio.artwork.views import (
    FieldsView,
    View,
    agency_view,
    brand_view,
    filled,
    pillar_view,
)
from wajo_studio.artwork.words import date_text, month_text, nonbreaking, weekday_text
from wajo_studio.domain.geometry import PixelSize

MARGIN_PX = 72
_ENVIRONMENTS: OrderedDict[tuple[str, bool], jinja2.Environment] = OrderedDict()
_ENVIRONMENTS_KEPT = 24
_ENVIRONMENTS_LOCK = threading.Lock()
_FITS = FitCache()
_MEASURING = "position:static;width:auto;height:auto;overflow:visible"
"""Frees the body from the page's size, so that the document is as large as its block."""


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


@dataclass(frozen=True)
class Page:
    """A page ready to be painted: ``html`` and everything it may load."""

    html: str
    door: Door
    fits: tuple[FitRecord, ...]
    photo_slots: tuple[tuple[str, PixelSize], ...]
    file: str


def page_environment(template: Template) -> jinja2.Environment:
    """Jinja2 for the template's layouts: HTML, escaped. Compiled layouts are kept with it."""
    return _environment(template, html=True)


def text_environment(template: Template) -> jinja2.Environment:
    """Jinja2 for the template's caption drafts: plain text, nothing escaped."""
    return _environment(template, html=False)


def _environment(template: Template, *, html: bool) -> jinja2.Environment:
    key = (template.content_hash, html)
    with _ENVIRONMENTS_LOCK:
        known = _ENVIRONMENTS.get(key)
        if known is None:
            known = _ENVIRONMENTS[key] = _new_environment(template, html)
            while len(_ENVIRONMENTS) > _ENVIRONMENTS_KEPT:
                _ENVIRONMENTS.popitem(last=False)
        _ENVIRONMENTS.move_to_end(key)
        return known


def _new_environment(template: Template, html: bool) -> jinja2.Environment:
    env = BoundedEnvironment(
        loader=FileLoader(template.files.get), autoescape=html, auto_reload=False
    )
    glue = nonbreaking if html else str
    env.filters.update(
        nb=nonbreaking,
        mix=mix,
        date_long=lambda day: glue(date_text(day, weekday=True)),
        date=lambda day: glue(date_text(day)),
        weekday=weekday_text,
        month=month_text,
        paragraphs=_paragraphs,
    )
    return env


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def compose(request: ArtworkRequest) -> Page:
    """Write the page of an artwork.

    Raises:
        TemplateError: the layout is wrong; names file and line.
        IndexError: there is no such slide.
    """
    return _Composer(request).page()


class _Composer:
    """What one page needs while its layout runs; offers ``fit``, ``photo``, … to it."""

    def __init__(self, request: ArtworkRequest) -> None:
        self._request = request
        self._file = layout_file(request.format)
        self._fields = FieldsView(filled(request.template, request.fields), nonbreaking)
        self._fits: list[FitRecord] = []
        self._pictures: dict[str, Any] = {}
        self._slots: list[tuple[str, PixelSize]] = []
        self._door = Door(request.template, self._pictures)

    def page(self) -> Page:
        template = self._request.template
        with template_errors(template.id, self._file):
            layout = page_environment(template).get_template(self._file)
            body = render_bounded(layout, self._context())
        return Page(
            html=self._document(body),
            door=self._door,
            fits=tuple(self._fits),
            photo_slots=tuple(self._slots),
            file=self._file,
        )

    # -- the document ---------------------------------------------------------------------

    @cached_property
    def _head(self) -> str:
        request = self._request
        variables = "".join(
            f"--{name}:{value};" for name, value in shades(request.brand.palette).items()
        )
        size = request.design_size
        return (
            f"<style>{font_faces()}:root{{{variables}--page-w:{size.width}px;"
            f"--page-h:{size.height}px;--min-text:{smallest_text(request.format)}px}}"
            f"html,body{{font-family:{font_stack(request.brand.font_family)}}}</style>"
            f"<style>{request.template.text(f'{SHARED}/base.css')}</style>"
            f"<style>{request.template.text('style.css')}</style>"
        )

    @cached_property
    def _body_class(self) -> str:
        request = self._request
        pillar = request.pillar or request.template.pillars[0]
        slide = slide_at(request.template, request.fields, request.slide_index)
        shape = request.format.replace(":", "x")
        return f"f-{shape} p-{pillar.value} s-{slide.kind}"

    def _document(self, body: str, style: str = "") -> str:
        return (
            f"<!DOCTYPE html><html lang=id><head>{self._head}</head>"
            f'<body class="{self._body_class}" style="{style}">{body}</body></html>'
        )

    # -- what the layout sees -------------------------------------------------------------

    def _context(self) -> dict[str, Any]:
        request = self._request
        size, zone = request.design_size, request.safe_zone
        scale = request.scale
        safe = View(
            top=round(zone.top / scale),
            bottom=round(zone.bottom / scale),
            left=round(zone.left / scale),
            right=round(zone.right / scale),
            is_empty=zone.is_empty,
        )
        pillar = request.pillar or request.template.pillars[0]
        return {
            "fields": self._fields,
            "agency": agency_view(request.agency, request.brand, nonbreaking),
            "brand": brand_view(request.brand, nonbreaking),
            "pillar": pillar_view(pillar),
            "format": request.format,
            "size": View(w=size.width, h=size.height),
            "safe": safe,
            "area": self._area,
            "slide": self._slide(),
            "colours": shades(request.brand.palette),
            "min_text": smallest_text(request.format),
            "logos": self._logos(),
            "fit": self._fit,
            "measured": self._measured,
            "photo": self._photo,
        }

    def _slide(self) -> View:
        """``slide``: index (0-based), number, count, kind, and the list's entry as ``item``."""
        template = self._request.template
        slide = slide_at(template, self._request.fields, self._request.slide_index)
        item = None
        if template.slides is not None and slide.position is not None:
            item = self._fields[template.slides.each][slide.position]
        return View(
            index=slide.index, number=slide.number, count=slide.count, kind=slide.kind, item=item
        )

    def _area(self, margin: int = MARGIN_PX, margin_y: int | None = None) -> View:
        """The rectangle inside both the margins and the safe zone, in design pixels."""
        request = self._request
        scale, zone, size = request.scale, request.safe_zone, request.design_size
        vertical = margin if margin_y is None else margin_y
        left = max(margin, round(zone.left / scale))
        right = size.width - max(margin, round(zone.right / scale))
        top = max(vertical, round(zone.top / scale))
        bottom = size.height - max(vertical, round(zone.bottom / scale))
        return View(x=left, y=top, w=right - left, h=bottom - top, right=right, bottom=bottom)

    def _logos(self) -> tuple[str, ...]:
        """Addresses of the imported logos, the government's first; empty before the import."""
        found = []
        for name, path in (
            ("government", brand_files.government_logo(self._request.brand)),
            ("agency", brand_files.agency_logo(self._request.agency)),
        ):
            if path is not None:
                address = f"brand/{name}{path.suffix.lower()}"
                self._pictures[address] = path.read_bytes
                found.append(f"wajo://{address}")
        return tuple(found)

    # -- photos ---------------------------------------------------------------------------

    def _photo(self, field_id: str, w: int, h: int, index: int = 0) -> PhotoSlot:
        """``photo('foto', w, h)``: the field's picture in a slot of w x h design pixels."""
        value = self._fields.raw(field_id)
        media_id = value if isinstance(value, str) else (value or ("",))[index]
        if not media_id:
            raise ValueError(f"field {field_id} holds no picture: ask {{% if fields.{field_id} %}}")
        scale = self._request.scale
        pixels = PixelSize(max(1, round(w * scale)), max(1, round(h * scale)))
        picture = self._request.photos.picture(media_id, pixels)
        address = f"photo/{len(self._slots)}.bmp"
        self._slots.append((media_id, pixels))
        self._pictures[address] = lambda: as_bitmap(picture)
        return PhotoSlot(f"wajo://{address}", picture, w, h)

    # -- fitting --------------------------------------------------------------------------

    def _fit(
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
        caller: Callable[[], Markup],
    ) -> Markup:
        """``{% call fit('judul', w, h, min=40, max=96) %}…{% endcall %}``, see docs."""
        names = (fields,) if isinstance(fields, str) else tuple(fields)
        width, height = round(w), round(h)
        body = caller()
        fitted = _FITS.get(
            self._fit_key(body, width, height, min, max, balance),
            lambda: self._find_fit(body, width, height, min, max, balance),
        )
        own = tuple(item for item in names if self._request.template.field(item))

        def excess() -> int:
            return find_excess(
                body, lambda shorter: self._find_fit(shorter, width, height, min, min, False).fits
            )

        self._fits.append(FitRecord(name or "+".join(names), own, fitted, height, excess))
        style = f"height:{height}px;" if fill or not fitted.fits else ""
        if not fitted.fits:
            style += "overflow:hidden;"
        return _block(body, fitted.px, width, fitted.width, align, style)

    def _fit_key(self, *parts: Any) -> bytes:
        digest = hashlib.blake2b(self._head.encode(), digest_size=16)
        digest.update(self._body_class.encode())
        for part in parts:
            digest.update(b"\0" + str(part).encode())
        return digest.digest()

    def _find_fit(
        self, body: Markup, width: int, height: int, smallest: int, largest: int, balance: bool
    ) -> Fitted:
        def measured(px: int, at_width: int) -> tuple[float, float]:
            block = _block(body, px, at_width, at_width, "left", "")
            return measure(self._document(block, _MEASURING), at_width, self._door)

        fitted = largest_fit(measured, width, height, smallest, largest)
        return balanced(measured, fitted) if balance and fitted.fits else fitted

    def _measured(self, name: str) -> View:
        """``measured('judul').height`` and ``.px`` after the block was fitted."""
        record = next(record for record in reversed(self._fits) if record.name == name)
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
    return Markup('<div class="fit" style="width:{}px;--fit:{}px;{}{}">{}</div>').format(
        width, px, padding, style, body
    )
