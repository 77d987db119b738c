"""The settings page: who works here, the office's lists, packs, proposals."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton

from tests.gui.conftest import WAIT_MS, Said
from ui.jobs import JobRunner
from ui.pages.settings.page import SettingsPage
from ui.queue_runner import QueueRunner
from ui.widgets.choice import Choice
from wajo_studio.bootstrap import build, build_desk
from wajo_studio.compliance.office import load_office
from wajo_studio.services.person import load_person
from wajo_studio.services.proposals import propose

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def told() -> list[str]:
    """How often the checks were said to judge differently."""
    return []


@pytest.fixture
def settings(
    themed: "QApplication", qtbot: "QtBot", said: Said, told: list[str]
) -> Iterator[SettingsPage]:
    jobs = JobRunner()
    runner = QueueRunner(jobs, build_desk, jobs)
    made = SettingsPage(build(), said, runner, lambda: told.append("rules"))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1186, 740)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=WAIT_MS)
    runner.close()


def test_the_person_is_kept_at_once(settings: SettingsPage) -> None:
    settings.you.name.setText("Andi Rahmat")
    settings.you.name.editingFinished.emit()
    settings.you.agency.set_value("disdukcapil")
    settings.you.agency.chosen.emit("disdukcapil")
    person = load_person()
    assert (person.name, person.agency, person.named) == ("Andi Rahmat", "disdukcapil", True)


def test_lists_are_kept_and_a_half_typed_entry_is_said(
    settings: SettingsPage, told: list[str]
) -> None:
    phones = settings.lists.edits["phone_allow"]
    phones.set_value(["0812-3456-7890"])
    phones.edited.emit(["0812-3456-7890"])
    assert load_office().phone_allow == ("0812-3456-7890",)
    assert told == ["rules"]
    officials = settings.lists.edits["officials"]
    officials.set_value([["Siti Aminah", "Camat Tempe", "31-31-2026", ""]])
    officials.edited.emit([])
    assert "31-31-2026" in settings.lists.state.text()
    assert load_office().officials == ()
    officials.set_value([["Siti Aminah", "Camat Tempe", "1-7-2026", ""]])
    officials.edited.emit([])
    assert settings.lists.state.text() == ""
    assert load_office().officials[0].name == "Siti Aminah"
    settings.refresh()
    assert officials.value() == [["Siti Aminah", "Camat Tempe", "01-07-2026", ""]]


def test_a_broken_list_file_is_said(settings: SettingsPage) -> None:
    from wajo_studio.compliance.office import office_file

    office_file().write_text("= kacau", encoding="utf-8")
    settings.refresh()
    assert "compliance.toml" in settings.lists.state.text()


def test_proposals_are_listed_and_written(
    settings: SettingsPage, said: Said, tmp_path: Path
) -> None:
    save = settings.findChild(QPushButton, "saveProposals")
    assert isinstance(save, QPushButton)
    assert not save.isEnabled()
    now = datetime(2026, 11, 24, tzinfo=UTC)
    propose(now, "Andi", "dinkes", "pii-phone-personal", "Nomor pribadi", "0812", "loket")
    settings.refresh()
    assert save.isEnabled()
    settings.proposals.write(tmp_path / "usulan.csv")
    assert "loket" in (tmp_path / "usulan.csv").read_text(encoding="utf-8-sig")
    assert len(said.toasts) == 1


def test_a_rule_is_made_graver_and_switched_off(
    settings: SettingsPage, told: list[str], said: Said
) -> None:
    from wajo_studio.compliance.rules import load_rules
    from wajo_studio.domain.finding import Severity

    settings.refresh()
    severity = settings.findChild(Choice, "severity-pii-phone-personal")
    assert isinstance(severity, Choice)
    severity.chosen.emit("block")
    assert load_rules().rules["pii-phone-personal"].severity is Severity.BLOCK
    assert told == ["rules"]
    switch = settings.findChild(QCheckBox, "switch-pii-phone-personal")
    assert isinstance(switch, QCheckBox)
    switch.click()
    assert not load_rules().rules["pii-phone-personal"].enabled
    must_stay = settings.findChild(QCheckBox, "switch-pii-nik")
    assert isinstance(must_stay, QCheckBox)
    assert must_stay.isEnabled() == load_rules().rules["pii-nik"].switchable
    assert said.errors == []
