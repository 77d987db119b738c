"""Opener and closer: where the template has them and the network takes them, counted in."""

import shutil
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from tests.integration.cli_helpers import CLIP, FIELDS, NOW, call, clip, make_post
from wajo_studio.artwork.brand import find_agency, load_brand_kit
from wajo_studio.artwork.manifest import Silk
from wajo_studio.artwork.overlay import paint_clip_still
from wajo_studio.artwork.template import find_template
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.paths import templates_dir, user_templates_dir
from wajo_studio.video.frames import frame_at

SRT = "1\n00:00:00,500 --> 00:00:01,500\nSelamat pagi\n"


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An office's own template with an opener of 0.5 s and a closer of 1 s."""
    monkeypatch.setenv("WAJO_HOME", str(tmp_path / "home"))
    folder = user_templates_dir() / "pembuka"
    shutil.copytree(templates_dir() / "pengumuman-layanan", folder)
    manifest = folder / "template.toml"
    text = manifest.read_text(encoding="utf-8").replace("pengumuman-layanan", "pembuka")
    manifest.write_text(text + "\n[clip]\nopener_s = 0.5\ncloser_s = 1.0\n", encoding="utf-8")
    return "pembuka"


def test_opener_and_closer_stand_round_the_clip(template: str, tmp_path: Path) -> None:
    film = clip(tmp_path, 4)
    post = make_post(
        tmp_path / "post",
        ("youtube.video", "tiktok.video"),
        template=template,
        body=FIELDS + CLIP + 'out = 2.0\nsubtitles = "media/klip1.srt"\n',
        files={"media/klip1.mp4": film, "media/klip1.srt": SRT.encode()},
    )
    out = tmp_path / "keluar"
    made = call("export", post, "--out", out, "--now", NOW, "--force", "--json")
    assert made.status == 0, made.err
    lengths = {
        placement: rendition["duration"]
        for rendition in made.json["renditions"]
        if rendition["kind"] == "video"
        for placement in rendition["placements"]
    }
    assert lengths["youtube.video"] == pytest.approx(3.5, abs=0.001)
    assert lengths["tiktok.video"] == pytest.approx(2.0, abs=0.001)
    video = out / "youtube.video" / "01.mp4"
    first, middle, last = (
        np.asarray(frame_at(video, moment, max_side=320), np.int16) for moment in (0.1, 1.5, 3.3)
    )
    sky = slice(0, first.shape[0] // 6)
    assert np.abs(first[sky] - last[sky]).mean() < 3  # the same silk before and behind
    assert np.abs(first[sky] - middle[sky]).mean() > 30
    assert np.abs(first - last).mean() > 3  # what it is about, and who speaks
    text = (out / "youtube.video" / "subtitles.srt").read_text(encoding="utf-8")
    assert "00:00:01,000 --> 00:00:02,000" in text


def test_an_opener_may_not_be_long(template: str) -> None:
    manifest = user_templates_dir() / template / "template.toml"
    text = manifest.read_text(encoding="utf-8").replace("opener_s = 0.5", "opener_s = 1.6")
    manifest.write_text(text, encoding="utf-8")
    refused = call("templates", "validate", template, "--json")
    assert refused.status in (1, 2)
    assert "opener_s" in refused.out + refused.err


@pytest.mark.parametrize("template_id", ["berita-kegiatan", "sampul-video"])
def test_shipped_openers_are_short_and_in_their_own_silk(template_id: str) -> None:
    clip_spec = find_template(template_id).clip
    assert clip_spec.opener_s is not None and clip_spec.opener_s <= 1.5
    assert clip_spec.closer_s is not None and clip_spec.closer_s <= 1.5
    size, free = PixelSize(540, 960), SafeZone(135, 335, 32, 32)
    brand, agency = load_brand_kit(), find_agency("dlh")
    others = set(get_args(Silk)) - {clip_spec.silk}
    stills = [
        np.asarray(paint_clip_still(size, free, brand, agency, silk=silk, title=title), np.int16)
        for silk in (clip_spec.silk, *sorted(others))
        for title in ("Danau Tempe kembali bersih", "")
    ]
    for still in stills[1:]:
        assert np.abs(stills[0] - still).max() > 60


def test_the_plate_of_a_still_keeps_inside_what_the_network_leaves_free() -> None:
    """What is neither silk nor ground lies in the zone, with a long title and a long name, too."""
    size, free = PixelSize(1080, 1920), SafeZone(270, 670, 65, 65)
    brand, agency = load_brand_kit(), find_agency("dinsos-p2kbp3a")
    for title in (
        "Warga dan aparat bersihkan eceng gondok di Danau Tempe, jalur nelayan terbuka",
        "",
    ):
        still = paint_clip_still(size, free, brand, agency, silk="makkalu", title=title)
        bare = np.asarray(still.crop((0, 0, 1080, 200)), np.int16).reshape(-1, 3)
        known = np.unique(bare, axis=0)
        pixels = np.asarray(still, np.int16)
        far = (
            np.abs(pixels[:, :, None, :] - known[:: max(1, len(known) // 24)])
            .sum(axis=3)
            .min(axis=2)
            > 60
        )
        rows, columns = np.nonzero(far)
        assert rows.size > 20_000
        assert rows.min() >= 270 and rows.max() < 1920 - 670
        assert columns.min() >= 65 - 16 and columns.max() < 1080 - 65 + 16
