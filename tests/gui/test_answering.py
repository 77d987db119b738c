"""Answering for findings in the window: better words, exceptions, waivers, signed statements."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QPushButton

from tests.gui.conftest import WAIT_MS, Said
from ui.pages.compose.findings import FindingCard
from ui.pages.compose.signing import StatementDialog
from ui.widgets.choice import Choice
from ui.widgets.text_edit import GrowingTextEdit, LineEdit
from wajo_studio.services.proposals import as_csv, proposals

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage


def _check(page: "ComposePage", qtbot: "QtBot", change: Callable[[], object]) -> None:
    with qtbot.waitSignal(page.session.checked, timeout=WAIT_MS):
        change()


def _write(page: "ComposePage", qtbot: "QtBot", text: str) -> None:
    _check(page, qtbot, lambda: page.session.set_caption("base", "Teks dasar", text))


def _card(page: "ComposePage", rule: str) -> FindingCard:
    cards = page.checklist.findChildren(FindingCard)
    [card] = [card for card in cards if card.finding.rule == rule]
    return card


def _rules(page: "ComposePage") -> set[str]:
    assert page.session.composition is not None
    return {finding.rule for finding in page.session.composition.checked.findings}


def _choose(card: FindingCard, text: str) -> None:
    menu = card.menu()
    [action] = [action for action in menu.actions() if action.text() == text]
    action.trigger()


def _in_dialog(fill: Callable[[QDialog], object]) -> None:
    """Fill in the dialog that opens next, and sign."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        fill(dialog)
        sign = dialog.findChild(QPushButton, "sign")
        assert isinstance(sign, QPushButton)
        assert sign.isEnabled()
        sign.click()

    QTimer.singleShot(0, act)


def test_a_better_wording_is_put_in_with_one_click(page: "ComposePage", qtbot: "QtBot") -> None:
    _write(page, qtbot, "Layanan E-KTP dibuka Senin, 24 November 2026.")
    button = _card(page, "date-weekday-mismatch").go
    assert button is not None
    assert "Selasa" in button.text()
    _check(page, qtbot, button.click)
    assert page.session.post.captions["base"] == "Layanan E-KTP dibuka Selasa, 24 November 2026."
    assert "date-weekday-mismatch" not in _rules(page)
    page.undo()
    assert "Senin" in page.session.post.captions["base"]


def test_no_problem_in_this_post_and_a_proposal(
    page: "ComposePage", qtbot: "QtBot", said: Said
) -> None:
    _write(page, qtbot, "Hubungi loket kami di 0812-3456-7890 pada jam kerja.")
    card = _card(page, "pii-phone-personal")
    _in_dialog(lambda dialog: _text(dialog, "proposalNote").setPlainText("Nomor loket baru"))
    _choose(card, "Usulkan ke Diskominfotik…")
    [proposal] = proposals()
    assert proposal.note == "Nomor loket baru"
    assert "0812-3456-7890" in as_csv([proposal])
    _check(page, qtbot, lambda: _choose(card, "Bukan masalah di konten ini"))
    assert "pii-phone-personal" not in _rules(page)
    assert said.actions, "it can be undone"


def test_a_warning_that_was_read_moves_down(page: "ComposePage", qtbot: "QtBot") -> None:
    _write(page, qtbot, "Hubungi loket kami di 0812-3456-7890 pada jam kerja.")
    _choose(_card(page, "pii-phone-personal"), "Sudah saya periksa")
    assert page.checklist.findChild(QPushButton, "fold-read") is not None
    _choose(_card(page, "pii-phone-personal"), "Tampilkan lagi")
    assert "Tampilkan lagi" not in [
        action.text() for action in _card(page, "pii-phone-personal").menu().actions()
    ]


def test_a_waiver_needs_a_reason_and_the_right_role(
    page: "ComposePage", qtbot: "QtBot", said: Said
) -> None:
    _write(page, qtbot, "Data atas nama penerima: NIK 7313081208999955.")
    card = _card(page, "pii-nik")

    def fill(dialog: QDialog) -> None:
        sign = dialog.findChild(QPushButton, "sign")
        assert isinstance(sign, QPushButton)
        assert not sign.isEnabled()
        _text(dialog, "waiverReason").insertPlainText("Nomor contoh dari buku panduan.")

    _in_dialog(fill)
    _choose(card, "Terbitkan saja…")
    assert [error.code for error in said.errors] == ["input"]
    assert page.session.post.waivers == {}

    def as_head(dialog: QDialog) -> None:
        fill(dialog)
        role = dialog.findChild(Choice, "signerRole")
        assert isinstance(role, Choice)
        role.set_value("kepala")

    _in_dialog(as_head)
    _check(page, qtbot, lambda: _choose(card, "Terbitkan saja…"))
    assert page.session.post.waivers["pii-nik"].role == "kepala"
    assert page.session.composition is not None
    assert not page.session.composition.checked.blocked


def test_a_statement_is_signed_with_name_and_evidence(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path
) -> None:
    _check(
        page,
        qtbot,
        lambda: page.session.change("pillar", lambda draft: draft.change("x", pillar="krisis")),
    )
    form = tmp_path / "izin.pdf"
    form.write_bytes(b"%PDF-1.7 persetujuan")
    link = page.findChild(QPushButton, "sign-head-approval-attest")
    assert isinstance(link, QPushButton)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, StatementDialog)
        name = dialog.findChild(LineEdit, "signerName")
        assert isinstance(name, LineEdit)
        name.setText("Andi Rahmat")
        dialog.choose(form)

    _in_dialog(fill)
    _check(page, qtbot, link.click)
    given = page.session.post.attestations["head-approval-attest"]
    assert given.by == "Andi Rahmat"
    assert given.evidence == "media/izin.pdf"
    assert (page.session.draft.root / "media/izin.pdf").read_bytes() == form.read_bytes()
    assert page.session.signer.name == "Andi Rahmat"


def _text(dialog: QDialog, name: str) -> GrowingTextEdit:
    found = dialog.findChild(GrowingTextEdit, name)
    assert isinstance(found, GrowingTextEdit)
    return found


def test_the_keyboard_stays_on_a_statement_that_was_ticked(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    _check(
        page,
        qtbot,
        lambda: page.session.change("pillar", lambda draft: draft.change("x", pillar="krisis")),
    )
    name = "statement-head-approval-attest"
    box = page.findChild(QCheckBox, name)
    assert isinstance(box, QCheckBox)
    box.setFocus()
    _check(page, qtbot, box.click)
    again = page.findChild(QCheckBox, name)
    assert isinstance(again, QCheckBox)
    qtbot.waitUntil(again.hasFocus, timeout=WAIT_MS)
    assert again.isChecked()
