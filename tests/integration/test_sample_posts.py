"""New posts from the shipped templates: complete, paintable in every format and zone."""

from pathlib import Path

import pytest

from wajo_studio.artwork.brand import load_brand_kit
from wajo_studio.artwork.drafts import draft
from wajo_studio.artwork.inspect import inspect
from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest
from wajo_studio.artwork.template import find_template
from wajo_studio.domain.geometry import SafeZone
from wajo_studio.services.new_post import new_post
from wajo_studio.services.template_samples import sample_content
from wajo_studio.store.post_file import read_post
from wajo_studio.text import measure

WITH_ARTWORK = ("berita-kegiatan", "capaian")
OF_DAYS_AND_PEOPLE = (
    "agenda-kegiatan",
    "ucapan-hari-besar",
    "klarifikasi-hoaks",
    "duka-cita",
    "kutipan-pimpinan",
    "dokumentasi",
)
ZONES = {
    "reel": SafeZone(270, 670, 65, 65),
    "story": SafeZone(270, 384, 65, 65),
    "tiktok": SafeZone(130, 484, 60, 180),
    "short": SafeZone(120, 480, 60, 190),
}


@pytest.mark.parametrize("template_id", [*WITH_ARTWORK, *OF_DAYS_AND_PEOPLE, "polos"])
def test_new_post_can_be_read_and_has_its_media(template_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "baru"
    post = read_post(new_post(template_id, folder))
    assert post.template == template_id
    assert post.information_class is not None
    for item in post.media:
        assert (folder / item.path).is_file()
        assert 15 <= len(item.alt) <= 250
        assert not item.consent, "whether people agree is for the person to say"


@pytest.mark.parametrize("photo", [True, False], ids=["photo", "plain"])
@pytest.mark.parametrize("template_id", WITH_ARTWORK)
def test_longest_text_fits_every_zone_of_tall_pictures(template_id: str, photo: bool) -> None:
    content = sample_content(find_template(template_id), "longest", photo=photo)
    for name, zone in ZONES.items():
        facts = inspect(
            ArtworkRequest(
                template=content.template,
                format="9:16",
                size=DESIGN_SIZES["9:16"],
                agency=content.agency,
                brand=load_brand_kit(),
                fields=content.fields,
                safe_zone=zone,
                pillar=content.pillar,
                photos=content.photos,
            )
        )
        assert facts.overflows == (), name
        assert facts.small_texts == (), name
        assert facts.outside_safe_zone == (), name
        assert facts.missing_glyphs == (), name
        assert [c for c in facts.contrasts if c.ratio < c.required] == [], name


@pytest.mark.parametrize("length", ["short", "sample", "longest"])
@pytest.mark.parametrize("template_id", WITH_ARTWORK)
def test_drafts_keep_the_networks_limits(template_id: str, length: str) -> None:
    content = sample_content(find_template(template_id), length)
    context = content.draft_context(load_brand_kit())
    post = draft(content.template, ("x",), context)
    title = draft(content.template, ("youtube.title",), context)
    base = draft(content.template, ("base",), context)
    assert post is not None and measure("x", post[1]).valid
    assert title is not None and 0 < len(title[1].strip()) <= 100
    assert base is not None and base[1].count("#") <= 5
    assert "\n\n\n" not in base[1]


def test_links_are_left_out_where_nobody_can_follow_them() -> None:
    for template_id in WITH_ARTWORK:
        content = sample_content(find_template(template_id), "sample")
        context = content.draft_context(load_brand_kit())
        told = {
            network: draft(content.template, ("base",), {**context, "network": network})
            for network in ("facebook", "instagram", "tiktok")
        }
        assert told["facebook"] is not None and ".go.id" in told["facebook"][1]
        assert told["instagram"] is not None and ".go.id" not in told["instagram"][1]
        assert told["tiktok"] is not None and ".go.id" not in told["tiktok"][1]
