"""One click in the checklist: a clip from photos, a long clip split into posts."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gui.conftest import POST, WAIT_MS, Said
from tests.integration.cli_helpers import jpeg
from tests.integration.video_clips import make_clip, steady
from ui.pages.compose.findings import FindingCard
from wajo_studio import paths
from wajo_studio.services.recent import recent_posts
from wajo_studio.store.post_folder import load_folder

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage


@pytest.fixture
def post_folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A post for a reel: with a photo, or with a clip of four seconds."""
    folder = tmp_path / "konten"
    (folder / "media").mkdir(parents=True)
    name = "foto.jpg" if request.param == "photo" else "klip.mp4"
    if request.param == "photo":
        (folder / "media" / name).write_bytes(jpeg(1500, 1000))
    else:
        beeps = [n for n in range(48) if abs(n - 24) > 4]
        make_clip(folder / "media" / name, steady(48, Fraction(12), beeps=beeps))
    text = POST.replace('["x.post"]', '["instagram.reel"]')
    text += f'\n[[media]]\nid = "satu"\npath = "media/{name}"\nalt = "Petugas melayani warga"\n'
    (folder / "post.toml").write_text(text, encoding="utf-8")
    return folder


def _card(page: "ComposePage", qtbot: "QtBot", rule: str) -> FindingCard:
    def cards() -> list[FindingCard]:
        found = page.checklist.findChildren(FindingCard)
        return [card for card in found if card.finding.rule == rule]

    qtbot.waitUntil(lambda: len(cards()) == 1, timeout=WAIT_MS)
    return cards()[0]


@pytest.mark.parametrize("post_folder", ["photo"], indirect=True)
def test_a_clip_is_made_from_photos_and_can_be_undone(
    page: "ComposePage", qtbot: "QtBot", said: Said
) -> None:
    card = _card(page, qtbot, "media-missing")
    assert card.go is not None
    card.go.click()
    qtbot.waitUntil(lambda: len(page.session.post.media) == 2, timeout=WAIT_MS * 2)
    made = page.session.post.media[1]
    assert (page.session.draft.root / made.path).is_file()
    assert made.alt == "Petugas melayani warga"
    assert said.errors == []
    qtbot.waitUntil(
        lambda: (
            not [
                c
                for c in page.checklist.findChildren(FindingCard)
                if c.finding.rule == "media-missing"
            ]
        ),
        timeout=WAIT_MS,
    )
    said.actions[-1]()
    assert len(page.session.post.media) == 1


@pytest.mark.parametrize("post_folder", ["clip"], indirect=True)
def test_a_long_clip_is_split_into_posts(page: "ComposePage", qtbot: "QtBot", said: Said) -> None:
    studio = page.session.studio
    spec = studio.specs["instagram.reel"]
    assert spec.video is not None
    video = spec.video.model_copy(update={"max_duration_s": 2.5, "min_duration_s": 0.5})
    specs = {**studio.specs, "instagram.reel": spec.model_copy(update={"video": video})}
    page.session.studio = replace(studio, specs=specs)
    page.session.start()
    card = _card(page, qtbot, "media-duration")
    assert card.go is not None
    card.go.click()
    qtbot.waitUntil(lambda: page.session.post.media[0].out_s is not None, timeout=WAIT_MS)
    assert page.session.post.media[0].out_s == pytest.approx(2.0, abs=0.3)
    assert said.errors == []
    (other,) = (paths.data_dir() / "posts").iterdir()
    assert load_folder(other).post.media[0].in_s == page.session.post.media[0].out_s
    assert recent_posts()[0].folder == other
    page.session.undo()
    assert page.session.post.media[0].out_s is None
    assert page.session.post.name == "Layanan keliling"
