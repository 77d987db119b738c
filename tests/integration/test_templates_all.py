"""Every shipped template: sound in all formats, zones and lengths; drafts within the limits."""

from pathlib import Path

import pytest
from PIL import Image

from wajo_studio.artwork.brand import load_brand_kit
from wajo_studio.artwork.drafts import draft
from wajo_studio.artwork.fields import check_fields
from wajo_studio.artwork.inspect import inspect
from wajo_studio.artwork.layout import compose
from wajo_studio.artwork.looks import default_look, find_look, load_looks
from wajo_studio.artwork.manifest import FORMATS
from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest, slide_count
from wajo_studio.artwork.template import load_template
from wajo_studio.bootstrap import build
from wajo_studio.paths import templates_dir
from wajo_studio.progress import Job
from wajo_studio.services.template_check import validate_template
from wajo_studio.services.template_paintings import paintings, trial_paintings
from wajo_studio.services.template_samples import LENGTHS, safe_zones, sample_content
from wajo_studio.text import count, find_hashtags

FOLDERS = sorted(file.parent for file in templates_dir().glob("*/template.toml"))
DRAWN = [folder for folder in FOLDERS if load_template(folder).has_artwork]
MOST_PREVIEW_BYTES = 150_000

drawn_template = pytest.mark.parametrize("folder", DRAWN, ids=lambda folder: folder.name)


@drawn_template
def test_nothing_is_wrong_with_any_picture(folder: Path) -> None:
    """No overflow, small text, weak contrast, missing glyph, nothing under a network's buttons."""
    studio = build()
    look = default_look(studio.brand)
    verdict = validate_template(studio, folder, Job(), [look])
    assert [(f.rule, f.message, f.detail) for f in verdict.findings] == []
    tried = [p.request for p in trial_paintings(studio, load_template(folder), look)]
    assert verdict.pictures == len(tried)
    assert {request.format for request in tried} == set(FORMATS)
    zones = {request.safe_zone for request in tried if request.format == "9:16"}
    assert zones == set(safe_zones("9:16", studio.specs))
    assert len(zones) >= 4


@drawn_template
@pytest.mark.parametrize("look", [look for look in load_looks() if look != "resmi"])
def test_every_look_can_be_read(folder: Path, look: str) -> None:
    """Layouts are the same in every look, so two contents do; ``templates validate`` tries all."""
    studio = build()
    template = load_template(folder)
    weak, overflowing = [], []
    for painting in paintings(studio, template, ("sample", "longest"), find_look(look)):
        request = painting.request
        if request.slide_index < 2:
            facts = inspect(request)
            case = (request.format, painting.content.length)
            weak += [(*case, f.field, f.ratio) for f in facts.contrasts if f.ratio < f.required]
            overflowing += [(*case, f.field) for f in facts.overflows]
    assert weak == []
    assert overflowing == []


@drawn_template
def test_a_post_that_was_only_begun_can_be_previewed(folder: Path) -> None:
    """Nothing is filled in yet, or a single field, while somebody types."""
    template = load_template(folder)
    content = sample_content(template, "sample", photo=False)
    for values in ({}, *({name: value} for name, value in content.fields.items() if value)):
        fields = check_fields(template, values)
        for artwork_format in template.formats:
            for slide in range(slide_count(template, fields)):
                page = compose(
                    ArtworkRequest(
                        template=template,
                        format=artwork_format,
                        size=DESIGN_SIZES[artwork_format],
                        agency=content.agency,
                        brand=load_brand_kit(),
                        fields=fields,
                        pillar=content.pillar,
                        slide_index=slide,
                        photos=content.photos,
                    )
                )
                assert 'data-text="agency"' in page.html
                assert [record.name for record in page.fits if not record.fitted.fits] == []


@drawn_template
@pytest.mark.parametrize("length", LENGTHS)
def test_drafts_keep_the_networks_limits(folder: Path, length: str) -> None:
    content = sample_content(load_template(folder), length)
    context = dict(content.draft_context(load_brand_kit()))
    written = set()
    for spec in build().specs.values():
        for part, limits in spec.texts.items():
            prefixes = [spec.id, spec.id.partition(".")[0]]
            keys = [f"{prefix}.{part}" for prefix in prefixes if part in ("title", "tags")]
            handled = {**context, "network": prefixes[1], "placement": spec.id}
            found = draft(content.template, keys or [*prefixes, "base"], handled)
            if found is None:
                continue
            written.add((prefixes[1], part))
            assert found[1]
            assert count(found[1], limits.unit) <= limits.limit, (spec.id, part)
            if limits.max_hashtags is not None:
                tags = find_hashtags(found[1], prefixes[1])
                assert len(tags) <= limits.max_hashtags, (spec.id, part)
        alt = draft(content.template, ("alt",), context)
        assert alt is not None
        if spec.alt_text is not None:
            assert 0 < len(alt[1]) <= spec.alt_text.limit, spec.id
    assert written >= {
        ("facebook", "caption"),
        ("instagram", "caption"),
        ("x", "caption"),
        ("youtube", "description"),
        ("youtube", "title"),
        ("youtube", "tags"),
    }


@drawn_template
def test_preview_is_small(folder: Path) -> None:
    file = folder / "preview.png"
    assert file.stat().st_size <= MOST_PREVIEW_BYTES
    with Image.open(file) as picture:
        assert picture.size == (540, 675)
