"""Opener and closer: where the template has them and the network takes them, counted in."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.integration.cli_helpers import CLIP, FIELDS, NOW, call, clip, make_post
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
    assert np.abs(first - last).mean() < 3  # the same silk before and behind
    assert np.abs(first - middle).mean() > 30
    text = (out / "youtube.video" / "subtitles.srt").read_text(encoding="utf-8")
    assert "00:00:01,000 --> 00:00:02,000" in text


def test_an_opener_may_not_be_long(template: str) -> None:
    manifest = user_templates_dir() / template / "template.toml"
    text = manifest.read_text(encoding="utf-8").replace("opener_s = 0.5", "opener_s = 1.6")
    manifest.write_text(text, encoding="utf-8")
    refused = call("templates", "validate", template, "--json")
    assert refused.status in (1, 2)
    assert "opener_s" in refused.out + refused.err
