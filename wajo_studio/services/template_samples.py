"""Content that shows what a template can take: short, its own sample, and the longest allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from wajo_studio.artwork.brand import find_agency, load_agencies
from wajo_studio.artwork.drafts import draft_context
from wajo_studio.artwork.fields import assign_photos, check_fields
from wajo_studio.artwork.fonts import covers
from wajo_studio.artwork.manifest import ArtworkFormat, FieldSpec
from wajo_studio.artwork.request import PhotoSource
from wajo_studio.artwork.template import Template
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.post import Pillar
from wajo_studio.specs.model import PlacementSpec

if TYPE_CHECKING:
    from PIL.Image import Image

LENGTHS = ("short", "sample", "longest")
STRANGE = ("capitals", "long-word", "digits", "lontara", "bare")
"""Contents that real posts have now and then: all capitals, a word of 30 letters, digits alone,
Lontara letters, every optional field empty."""

MARKUP = "<s>x</s>{{ 7 }}"
"""What a field may hold without any effect on the rest of the artwork."""

LONG_WORD = "pertanggungjawabanpemerintahan"
LONTARA = "\u1a14\u1a00\u1a1a\u1a11"
"""Letters of the Bugis script, U+1A00-1A1F."""

_DEFAULT_MAX = {"text": 90, "lines": 220, "place": 80, "time": 40, "number": 12}
"""Characters of the longest content where the template sets no maximum."""

_DEFAULT_ENTRIES = 6
_FILLER = (
    "pelayanan masyarakat Kabupaten Wajo bersama seluruh perangkat daerah di Kecamatan Tempe "
    "Pitumpanua Sabbangparu untuk warga yang membutuhkan informasi persyaratan administrasi "
    "kependudukan dan pencatatan sipil secara cepat"
)


@dataclass(frozen=True)
class SampleContent:
    """Everything a template needs to be painted without a post."""

    length: str
    template: Template
    fields: Mapping[str, Any]
    agency: Agency
    pillar: Pillar | None
    photos: PhotoSource

    def draft_context(self, brand: BrandKit) -> dict[str, Any]:
        """What caption drafts may use."""
        return draft_context(self.template, self.fields, self.agency, brand, pillar=self.pillar)


def safe_zones(
    artwork_format: ArtworkFormat, specs: Mapping[str, PlacementSpec]
) -> tuple[SafeZone, ...]:
    """The different zones of the placements that show this format, the strictest first."""
    if artwork_format != "9:16":
        return (SafeZone(),)
    frame = PixelSize(1080, 1920)
    zones = {spec.safe_zone.at(frame) for spec in specs.values() if spec.safe_zone}
    order = sorted(zones, key=lambda z: (-z.top - z.bottom, -z.left - z.right, z.top, z.left))
    return tuple(order) or (SafeZone(),)


def strictest_zone(artwork_format: ArtworkFormat, specs: Mapping[str, PlacementSpec]) -> SafeZone:
    """The zone that leaves the least height."""
    return safe_zones(artwork_format, specs)[0]


SAMPLE_PICTURES = {
    "foto1": ("danau-tempe.jpg", (0.5, 0.5)),
    "foto2": ("perahu-danau-tempe.jpg", (0.58, 0.52)),
    "foto3": ("tenun-sutera.jpg", (0.5, 0.6)),
    "foto4": ("danau-tempe.jpg", (0.92, 0.5)),
}
"""The drawn picture that stands for a media id, and its focus."""


class SamplePhotos:
    """The sample pictures, one after the other, in the slots of photos."""

    def __init__(self) -> None:
        self._ready: dict[tuple[str, PixelSize], Image] = {}

    def picture(self, media_id: str, size: PixelSize) -> "Image":
        """The sample picture that stands for ``media_id``, filling ``size``."""
        from wajo_studio.photo.load import open_photo
        from wajo_studio.photo.place import fill
        from wajo_studio.services.samples import sample_picture

        if (media_id, size) not in self._ready:
            name, focus = SAMPLE_PICTURES[media_id]
            base = open_photo(sample_picture(name), at_least=size)
            self._ready[media_id, size] = fill(base, size, focus)
        return self._ready[media_id, size]


def contents_to_try(brand: BrandKit) -> tuple[str, ...]:
    """Every content a template is tried with; Lontara only where a font here can draw it."""
    strange = tuple(s for s in STRANGE if s != "lontara" or can_draw_lontara(brand))
    return (*LENGTHS, *strange)


def can_draw_lontara(brand: BrandKit) -> bool:
    """Whether this PC has a font with Lontara letters."""
    return covers(LONTARA, brand.font_family)


def sample_content(template: Template, length: str, *, photo: bool = True) -> SampleContent:
    """Content of one length.

    Args:
        template: the template.
        length: ``short`` (required fields only, a word or two), ``sample`` (the template's
            own), ``longest`` (every field at its maximum), one of :data:`STRANGE`,
            or ``markup`` (HTML and Jinja2 in every text, whatever the maximum).
        photo: whether there are pictures for photo fields that are not required.
    """
    sample = template.sample
    own = dict(sample.get("fields", {}))
    values: dict[str, Any] = {}
    for spec in template.fields:
        value = _value(spec, own.get(spec.id, spec.sample), length)
        if value is not None and spec.type not in ("photo", "photos"):
            values[spec.id] = value
    if length == "longest":
        values |= _one_after_another(template, values)
    fields = check_fields(template, values)
    pillar_name = sample.get("pillar")
    pillar = Pillar(pillar_name) if pillar_name else next(iter(template.pillars), None)
    wanted = [spec for spec in template.fields if spec.type in ("photo", "photos")]
    with_pictures = (photo and length not in ("short", "bare")) or any(
        s.is_required(pillar) for s in wanted
    )
    pictures = list(SAMPLE_PICTURES) if with_pictures else []
    fields |= assign_photos(template, fields, pictures).by_field
    agency_id = sample.get("agency")
    agencies = load_agencies()
    agency = find_agency(agency_id) if agency_id else next(iter(agencies.values()))
    if length == "longest":
        agency = max(agencies.values(), key=lambda candidate: len(candidate.name))
    return SampleContent(length, template, fields, agency, pillar, SamplePhotos())


def _value(spec: FieldSpec, sample: Any, length: str) -> Any:
    if length == "sample":
        return sample
    if length == "short":
        return _short(spec, sample) if spec.required else None
    if length == "bare":
        return sample if spec.required else None
    if length == "longest":
        return _longest(spec, sample)
    return _strange(spec, sample, length)


def _strange(spec: FieldSpec, sample: Any, kind: str) -> Any:
    """The sample with every text in it made strange; what is no free text stays."""
    if spec.type not in ("text", "lines", "place", "list"):
        return sample

    def made(value: Any, most: int) -> Any:
        if isinstance(value, list | tuple):
            return [made(cell, max(1, most // len(value))) for cell in value]
        text = _strange_text(str(value), kind)
        return text if kind == "markup" else text[:most].strip()

    if spec.type == "list":
        return [made(entry, spec.item_max or 60) for entry in sample or ()]
    return made(sample, spec.max or _DEFAULT_MAX[spec.type]) if sample else None


def _strange_text(text: str, kind: str) -> str:
    if kind == "capitals":
        return text.upper()
    if kind == "long-word":
        return LONG_WORD.capitalize()
    if kind == "markup":
        return MARKUP
    if kind == "digits":
        digits = "".join(str(number % 10) for number in range(1, len(text) + 1))
        words = text.split()
        starts = [sum(map(len, words[:number])) for number in range(len(words))]
        return ", ".join(digits[at : at + len(w)] for at, w in zip(starts, words, strict=True))
    return " ".join(LONTARA for _word in text.split())


def _one_after_another(template: Template, values: Mapping[str, Any]) -> dict[str, date]:
    """The template's dates a week apart, so that its second can be the end of a period."""
    dates = [spec.id for spec in template.fields if spec.type == "date"]
    return {name: values[name] + timedelta(weeks=n) for n, name in enumerate(dates)}


def _short(spec: FieldSpec, sample: Any) -> Any:
    if spec.type in ("text", "lines", "place"):
        return "Rapat"
    if spec.type == "list":
        entries = list(sample or ())[:2]
        return entries or ["Satu", "Dua"]
    return sample


def _longest(spec: FieldSpec, sample: Any) -> Any:
    if spec.type == "date":
        return date(2026, 9, 30)  # Rabu, 30 September 2026: the longest date of all
    if spec.type == "choice":
        return max(spec.choices, key=len)
    if spec.type == "time":
        usual = str(sample or "08.00–14.00 WITA")
        return f"{usual} dan {usual}"[: spec.max or _DEFAULT_MAX["time"]]
    if spec.type == "number":
        maximum = spec.max or _DEFAULT_MAX["number"]
        return str(sample) if sample else "98.765"[:maximum]
    if spec.type == "list":
        return _longest_list(spec, sample)
    if spec.type in ("text", "lines", "place"):
        return filler(spec.max or _DEFAULT_MAX[spec.type])
    return None


def _longest_list(spec: FieldSpec, sample: Any) -> list[Any]:
    entries = spec.max or _DEFAULT_ENTRIES
    room = spec.item_max or 60
    if not spec.columns:
        return [filler(room, start) for start in range(entries)]
    first = (sample or [None])[0]
    cells = len(first) if isinstance(first, list | tuple) else len(spec.columns)
    return [
        [filler(max(3, room // cells), start + cell) for cell in range(cells)]
        for start in range(entries)
    ]


def filler(characters: int, start: int = 0) -> str:
    """Plausible Indonesian text of exactly ``characters`` code points."""
    words: list[str] = []
    vocabulary = _FILLER.split()
    while sum(map(len, words)) + len(words) < characters + 1:
        words.append(vocabulary[(start + len(words)) % len(vocabulary)])
    text = " ".join(words)[:characters].capitalize()
    return text if not text.endswith(" ") else text[:-1] + "a"
