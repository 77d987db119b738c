"""Choosing the look of a post in the window."""

import tomllib
from typing import TYPE_CHECKING

from tests.gui.conftest import WAIT_MS
from ui.widgets.choice import Choice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage


def _choose(page: "ComposePage", look: str | None) -> Choice:
    choice = page.findChild(Choice, "chooseLook")
    assert isinstance(choice, Choice)
    choice.set_value(look)
    choice.chosen.emit(look)
    return choice


def test_the_look_changes_the_picture_and_is_saved(page: "ComposePage", qtbot: "QtBot") -> None:
    before = page.preview.view.grab().toImage()
    with qtbot.waitSignals([page.session.drawn, page.session.saved], timeout=WAIT_MS):
        _choose(page, "tegas")
    assert page.session.prepared is not None
    assert page.session.prepared.brand.look == "tegas"
    assert page.preview.view.grab().toImage() != before
    text = (page.session.draft.root / "post.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["fields"]["gaya"] == "tegas"


def test_as_usual_takes_the_choice_out_and_undo_brings_it_back(page: "ComposePage") -> None:
    _choose(page, "segar")
    choice = _choose(page, None)
    assert "gaya" not in page.session.post.fields
    page.undo()
    assert choice.value() in ("segar", None)
    assert page.session.draft.redo_name is not None


def test_a_look_nobody_knows_is_shown_as_the_usual_one(page: "ComposePage") -> None:
    page.session.set_field("gaya", "Gaya", "neon")
    choice = page.findChild(Choice, "chooseLook")
    assert isinstance(choice, Choice)
    assert choice.value() is None


def test_a_template_without_artwork_offers_no_look(page: "ComposePage") -> None:
    page.session.change("template", lambda draft: draft.change("t", template="polos"))
    choice = page.findChild(Choice, "chooseLook")
    assert isinstance(choice, Choice)
    assert not choice.isVisible()
