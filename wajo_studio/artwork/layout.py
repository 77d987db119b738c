"""A layout and a post's fields to one HTML page, every block fitted to its box."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wajo_studio.artwork.colours import shades
from wajo_studio.artwork.document import Document, document
from wajo_studio.artwork.door import Door
from wajo_studio.artwork.environment import environment_of, page_environment
from wajo_studio.artwork.fitting import FitRecord, Fitter
from wajo_studio.artwork.logos import imported_logos
from wajo_studio.artwork.request import ArtworkRequest, slide_at, smallest_text
from wajo_studio.artwork.sandbox import off_the_clock, render_bounded, template_errors
from wajo_studio.artwork.slots import PhotoSlot, as_bitmap
from wajo_studio.artwork.template import SHARED, content_hash, layout_file, shared_files
from wajo_studio.artwork.views import (
    FieldsView,
    View,
    agency_view,
    brand_view,
    filled,
    look_view,
    pillar_view,
    transformed,
)
from wajo_studio.artwork.words import nonbreaking
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.post import Pillar

MARGIN_PX = 72


@dataclass(frozen=True)
class Page:
    """A page ready to be painted: ``html`` and everything it may load."""

    html: str
    door: Door
    fits: tuple[FitRecord, ...]
    photo_slots: tuple[tuple[str, PixelSize], ...]
    file: str


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
        self._pictures: dict[str, Any] = {}
        self._slots: list[tuple[str, PixelSize]] = []
        self._door = Door(request.template.files, self._pictures)
        known = {spec.id for spec in request.template.fields}
        self._fitter = Fitter(self._document, self._door, known, request.brand.style.headline_scale)

    def page(self) -> Page:
        template = self._request.template
        with template_errors(template.id, self._file):
            layout = page_environment(template).get_template(self._file)
            body = render_bounded(layout, self._context())
        return Page(
            html=self._document.page(body),
            door=self._door,
            fits=tuple(self._fitter.records),
            photo_slots=tuple(self._slots),
            file=self._file,
        )

    @cached_property
    def _document(self) -> Document:
        request = self._request
        template = request.template
        slide = slide_at(template, request.fields, request.slide_index)
        shape = request.format.replace(":", "x")
        return document(
            request.brand,
            request.design_size,
            smallest_text(request.format),
            (template.text(f"{SHARED}/base.css"), template.text("style.css")),
            f"f-{shape} p-{self._pillar.value} s-{slide.kind}",
        )

    @cached_property
    def _pillar(self) -> Pillar:
        return self._request.pillar or self._request.template.pillars[0]

    # -- what the layout sees -------------------------------------------------------------

    def _context(self) -> dict[str, Any]:
        request = self._request
        size, zone = request.design_size, request.safe_zone
        scale = request.scale
        logos = imported_logos(request.brand, request.agency, self._pictures)
        safe = View(
            top=round(zone.top / scale),
            bottom=round(zone.bottom / scale),
            left=round(zone.left / scale),
            right=round(zone.right / scale),
            is_empty=zone.is_empty,
        )
        return {
            "fields": self._fields,
            "agency": agency_view(request.agency, request.brand, nonbreaking),
            "brand": brand_view(request.brand, nonbreaking),
            "pillar": pillar_view(self._pillar),
            "look": look_view(request.brand),
            "format": request.format,
            "size": View(w=size.width, h=size.height),
            "safe": safe,
            "area": self._area,
            "slide": self._slide(),
            "colours": shades(request.brand.palette),
            "min_text": smallest_text(request.format),
            "logos": logos.addresses,
            "logo_width": logos.width,
            "fit": self._fitter.fit,
            "measured": self._fitter.measured,
            "photo": self._photo,
        }

    def _slide(self) -> View:
        """``slide``: index (0-based), number, count, kind, the list's ``items`` and ``item``."""
        template = self._request.template
        slide = slide_at(template, self._request.fields, self._request.slide_index)
        items: tuple[Any, ...] = ()
        if template.slides is not None and slide.position is not None:
            entries = self._fields[template.slides.each]
            items = entries[slide.position : slide.position + slide.entries]
        return View(
            index=slide.index,
            number=slide.number,
            count=slide.count,
            kind=slide.kind,
            item=items[0] if items else None,
            items=items,
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

    # -- photos ---------------------------------------------------------------------------

    def _photo(self, field_id: str, w: int, h: int, index: int = 0) -> PhotoSlot:
        """``photo('foto', w, h)``: the field's picture in a slot of w x h design pixels."""
        value = self._fields.raw(field_id)
        media_id = value if isinstance(value, str) else (value or ("",))[index]
        if not media_id:
            raise ValueError(f"field {field_id} holds no picture: ask {{% if fields.{field_id} %}}")
        scale = self._request.scale
        pixels = PixelSize(max(1, round(w * scale)), max(1, round(h * scale)))
        with off_the_clock():
            picture = self._request.photos.picture(media_id, pixels)
        address = f"photo/{len(self._slots)}.bmp"
        self._slots.append((media_id, pixels))
        self._pictures[address] = lambda: as_bitmap(picture)
        return PhotoSlot(f"wajo://{address}", picture, w, h)


def overlay_page(
    file: str, size: PixelSize, brand: BrandKit, agency: Agency, values: Mapping[str, Any]
) -> Page:
    """A page of ``_shared/<file>`` that belongs to no post, such as a lower third.

    Args:
        file: layout among the shared files.
        size: of the page; here design pixels are output pixels.
        brand: palette, fonts, logo.
        agency: who speaks.
        values: more names for the layout.
    """
    files = {f"{SHARED}/{name}": content for name, content in shared_files().items()}
    pictures: dict[str, Any] = {}
    door = Door(files, pictures)
    base = files[f"{SHARED}/base.css"].decode("utf-8")
    page_document = document(brand, size, 1, (base, "body{background:none}"))
    fitter = Fitter(page_document, door, (), brand.style.headline_scale)
    logos = imported_logos(brand, agency, pictures)
    context = {
        "agency": agency_view(agency, brand, nonbreaking),
        "brand": brand_view(brand, nonbreaking),
        "look": look_view(brand),
        "size": View(w=size.width, h=size.height),
        "colours": shades(brand.palette),
        "min_text": 1,
        "logos": logos.addresses,
        "logo_width": logos.width,
        "fit": fitter.fit,
        "measured": fitter.measured,
        **transformed(dict(values), nonbreaking),
    }
    name = f"{SHARED}/{file}"
    with template_errors(SHARED, name):
        environment = environment_of(files, content_hash(files), html=True)
        body = render_bounded(environment.get_template(name), context)
    return Page(page_document.page(body), door, tuple(fitter.records), (), name)
