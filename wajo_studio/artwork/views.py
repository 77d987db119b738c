"""What layouts and drafts see: read-only values, no methods, nothing to reach further from."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from wajo_studio.artwork.template import Template
from wajo_studio.domain.brand import Agency, BrandKit, Pattern
from wajo_studio.domain.post import Pillar

PILLAR_LABELS: Mapping[Pillar, str] = {
    Pillar.PUBLIC_SERVICE: "Layanan publik",
    Pillar.GOVERNMENT_ACTIVITY: "Kegiatan pemerintah",
    Pillar.ACHIEVEMENT: "Capaian & inovasi",
    Pillar.EDUCATION: "Edukasi",
    Pillar.CRISIS: "Klarifikasi",
}


class View:
    """Read-only names for a layout; an unknown name is an error there, never empty text."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]


class FieldsView:
    """``fields.judul`` in a layout.

    Args:
        values: checked values by field id; every field the template asks for is there.
        transform: applied to every text on its way out.
    """

    def __init__(self, values: Mapping[str, Any], transform: Callable[[str], str]) -> None:
        self._values = dict(values)
        self._transform = transform

    def __getitem__(self, name: str) -> Any:
        return transformed(self._values[name], self._transform)

    def raw(self, name: str) -> Any:
        """The value as it was given; None for a field the template does not ask for."""
        return self._values.get(name)


def filled(template: Template, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A value for every field the template asks for; absent ones are empty."""
    empty = {"date": None, "list": (), "photos": ()}
    return {spec.id: fields.get(spec.id, empty.get(spec.type, "")) for spec in template.fields}


def transformed(value: Any, transform: Callable[[str], str]) -> Any:
    """Apply ``transform`` to every text inside ``value``."""
    if isinstance(value, str):
        return transform(value)
    if isinstance(value, tuple):
        return tuple(transformed(item, transform) for item in value)
    if isinstance(value, dict):
        return {key: transformed(item, transform) for key, item in value.items()}
    return value


def agency_view(agency: Agency, brand: BrandKit, transform: Callable[[str], str]) -> View:
    """``agency`` in layouts and drafts; ``website`` falls back to the regency's."""
    return View(
        id=agency.id,
        name=transform(agency.name),
        short_name=transform(agency.short_name),
        website=agency.website or brand.footer,
        hotline=transform(agency.hotline),
        handles=dict(agency.handles),
    )


def brand_view(brand: BrandKit, transform: Callable[[str], str]) -> View:
    """``brand`` in layouts and drafts."""
    return View(
        government=transform(brand.government),
        tagline=transform(brand.tagline),
        footer=brand.footer,
        hashtags=tuple(brand.required_hashtags),
    )


def look_view(brand: BrandKit) -> View:
    """``look`` in layouts: what the chosen look draws, read by the shared macros."""
    style = brand.style
    return View(
        id=brand.look,
        patterns={**{name: name for name in get_args(Pattern)}, **style.patterns},
        pattern_scale=style.pattern_scale,
        pattern_weight=style.pattern_weight,
        corner=style.corner,
        headline_scale=style.headline_scale,
    )


def pillar_view(pillar: Pillar) -> View:
    """``pillar`` in layouts and drafts: id and label."""
    return View(id=pillar.value, label=PILLAR_LABELS[pillar])
