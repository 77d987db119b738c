"""The gallery: searched, by pillar, favourites, large, by keyboard."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import WAIT_MS
from ui.pages.gallery.large import LargePreview
from ui.pages.start import StartPage
from wajo_studio import paths
from wajo_studio.bootstrap import build
from wajo_studio.services.gallery import favourites, template_cards

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ui.jobs import JobRunner


@pytest.fixture
def start(themed: "QApplication", qtbot: "QtBot") -> StartPage:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(1186, 740)
    page.show_templates(template_cards())
    page.show()
    return page


@pytest.fixture
def jobs(qtbot: "QtBot") -> Iterator["JobRunner"]:
    from ui.jobs import JobRunner

    made = JobRunner()
    yield made
    made.cancel_all()
    qtbot.waitUntil(lambda: not made.is_busy, timeout=WAIT_MS)


def _press(start: StartPage, name: str) -> None:
    found = start.findChild(QPushButton, name)
    assert found is not None
    found.click()


def test_every_template_is_there_grouped_by_what_it_is_for(start: StartPage) -> None:
    cards = template_cards()
    assert sorted(start.gallery.shown_ids()) == sorted(card.id for card in cards)
    assert start.gallery.shown_ids() != [card.id for card in cards]


def test_search_finds_words_of_name_field_and_pillar(start: StartPage) -> None:
    start.gallery.search.setText("peringatan dini")
    assert "peringatan-dini" in start.gallery.shown_ids()
    assert "capaian" not in start.gallery.shown_ids()
    start.gallery.search.setText("tidakadakata")
    assert start.gallery.shown_ids() == []


def test_a_pillar_shows_its_templates_alone(start: StartPage) -> None:
    _press(start, "kind-edukasi")
    wanted = {card.id for card in template_cards() if "edukasi" in card.pillars}
    assert set(start.gallery.shown_ids()) == wanted
    _press(start, "kind-all")
    assert len(start.gallery.shown_ids()) > len(wanted)


def test_a_star_is_kept_and_comes_first(start: StartPage, qtbot: "QtBot") -> None:
    tile = start.gallery._tiles["capaian"]
    tile.star.click()
    assert favourites() == ("capaian",)
    _press(start, "kind-*")
    assert start.gallery.shown_ids() == ["capaian"]
    again = StartPage()
    qtbot.addWidget(again)
    again.show_templates(template_cards())
    assert again.gallery.shown_ids()[0] == "capaian"
    tile.star.click()
    assert favourites() == ()
    assert start.gallery.shown_ids() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_tile_is_pressed_by_keyboard(start: StartPage, qtbot: "QtBot", key: Qt.Key) -> None:
    tile = start.gallery._tiles["capaian"]
    tile.setFocus()
    with qtbot.waitSignal(start.template_chosen, timeout=WAIT_MS) as pressed:
        qtbot.keyClick(tile, key)  # type: ignore[no-untyped-call]
    assert pressed.args == ["capaian"]


def test_a_broken_template_does_not_empty_the_gallery(themed: "QApplication") -> None:
    folder = paths.user_templates_dir() / "rusak"
    folder.mkdir(parents=True)
    (folder / "template.toml").write_text("schema = ", encoding="utf-8")
    assert "capaian" in {card.id for card in template_cards()}


def test_a_template_is_shown_large_in_each_look_and_format(
    themed: "QApplication", qtbot: "QtBot", jobs: "JobRunner"
) -> None:
    with qtbot.waitSignal(jobs.idle, timeout=WAIT_MS):
        dialog = LargePreview(build(), "capaian", jobs, None)
        qtbot.addWidget(dialog)
    first = dialog.canvas.image
    assert first is not None
    assert first.height() > first.width()
    with qtbot.waitSignal(dialog.drawn, timeout=WAIT_MS):
        dialog.look.set_value("tegas")
        dialog.look.chosen.emit("tegas")
    assert dialog.canvas.image != first
    with qtbot.waitSignal(dialog.drawn, timeout=WAIT_MS):
        wide = dialog.findChild(QPushButton, "large-16:9")
        assert wide is not None
        wide.click()
    image = dialog.canvas.image
    assert image is not None
    assert image.width() > image.height()
