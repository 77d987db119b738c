"""What the window shows while pictures are looked at, and what it offers about what was seen."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel

from tests import mock_documents as mock
from tests.gui.conftest import WAIT_MS
from ui.pages.compose.findings import FindingCard, StatementCard
from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.domain.seen import PictureSeen
from wajo_studio.photo import looking

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage

FACES = (Box(0.5, 0.3, 0.2, 0.2), Box(0.1, 0.3, 0.15, 0.15))


def blur_of(page: "ComposePage") -> list[Any]:
    return list(page.session.post.media[0].blur)


def add(page: "ComposePage", qtbot: "QtBot", file: Path) -> None:
    page.add_files([file])
    qtbot.waitUntil(lambda: bool(page.session.post.media), timeout=WAIT_MS)


def cards(page: "ComposePage", rule: str) -> list[FindingCard]:
    found = page.checklist.findChildren(FindingCard)
    return [card for card in found if card.finding.rule == rule]


def test_everything_else_is_told_while_a_picture_is_read(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()
    real = looking.look_at_picture

    def slow(*given: Any, **named: Any) -> PictureSeen:
        assert may_go_on.wait(WAIT_MS / 1000)
        return real(*given, **named)

    monkeypatch.setattr(looking, "look_at_picture", slow)
    file = tmp_path / "kartu.jpg"
    mock.ktp(mock.NIKS[10], "AMBO MISAL").save(file)
    add(page, qtbot, file)
    shown = page.checklist
    qtbot.waitUntil(lambda: shown.findChild(QLabel, "looking") is not None, timeout=WAIT_MS)
    waiting = page.session.composition
    assert waiting is not None
    assert "img-id-document" not in waiting.checked.passed
    assert "pii-nik" in waiting.checked.passed
    assert not cards(page, "img-id-document")
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(cards(page, "img-id-document")), timeout=WAIT_MS)
    assert shown.findChild(QLabel, "looking") is None


def test_one_press_blurs_a_card_and_undo_brings_it_back(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path
) -> None:
    file = tmp_path / "kartu.jpg"
    mock.ktp(mock.NIKS[11], "AMBO MISAL").save(file)
    add(page, qtbot, file)
    qtbot.waitUntil(lambda: bool(cards(page, "img-id-document")), timeout=WAIT_MS)
    (card,) = cards(page, "img-id-document")
    assert card.go is not None
    page.go_to(card.finding)
    assert page.media._focus._marked == card.finding.where.box
    card.go.click()
    qtbot.waitUntil(lambda: len(blur_of(page)) == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not cards(page, "img-id-document"), timeout=WAIT_MS)
    assert not cards(page, "img-pii-text")
    page.undo()
    qtbot.waitUntil(lambda: bool(cards(page, "img-id-document")), timeout=WAIT_MS)


def test_faces_can_be_blurred_one_by_one_or_all(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = PictureSeen(PixelSize(900, 600), faces=FACES)
    monkeypatch.setattr(looking, "look_at_picture", lambda *_given, **_named: seen)
    file = tmp_path / "rapat.png"
    mock.poster().resize((900, 600)).save(file)
    add(page, qtbot, file)

    def card() -> StatementCard | None:
        found = page.checklist.findChildren(StatementCard)
        return next((c for c in found if c.statement.rule == "face-consent-attest"), None)

    qtbot.waitUntil(lambda: card() is not None, timeout=WAIT_MS)
    shown = card()
    assert shown is not None
    assert shown.blur is not None
    names = [action.text() for action in shown.blur_menu().actions()]
    assert len(names) == 3
    shown.blur_menu().actions()[0].trigger()  # from the left
    qtbot.waitUntil(lambda: len(blur_of(page)) == 1, timeout=WAIT_MS)
    left = blur_of(page)[0]
    assert left[0] < FACES[1].x
    assert left[0] + left[2] > FACES[1].x + FACES[1].w
    page.undo()
    qtbot.waitUntil(lambda: card() is not None and not blur_of(page), timeout=WAIT_MS)
    shown = card()
    assert shown is not None
    shown.blur_menu().actions()[-1].trigger()
    qtbot.waitUntil(lambda: len(blur_of(page)) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: card() is None, timeout=WAIT_MS)


def test_typing_does_not_start_looking_anew(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    real = looking.look_at_picture

    def counted(*given: Any, **named: Any) -> PictureSeen:
        looked.append(1)
        return real(*given, **named)

    monkeypatch.setattr(looking, "look_at_picture", counted)
    file = tmp_path / "kartu.jpg"
    mock.ktp(mock.NIKS[12], "LA UMPAMA").save(file)
    add(page, qtbot, file)
    qtbot.waitUntil(lambda: bool(cards(page, "img-id-document")), timeout=WAIT_MS)
    before = len(looked)
    with qtbot.waitSignal(page.session.checked, timeout=WAIT_MS):
        page.session.set_caption("base", "Teks", "Pelayanan di kantor desa.")
    qtbot.wait(300)
    assert len(looked) == before
    assert cards(page, "img-id-document")
