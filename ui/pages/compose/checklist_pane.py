"""The right pane: what blocks, what warns, what to confirm, and what passed."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from ui.pages.compose.finding_actions import FindingActions
from ui.pages.compose.findings import FindingCard, Fold, StatementCard
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from ui.widgets.basic import boxed, clear, column, icon_label, label, row, scrolled
from wajo_studio.compliance.outcome import CheckResult
from wajo_studio.compliance.rules import Rule, load_rules
from wajo_studio.domain.finding import Finding, Severity
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, ngettext


class ChecklistPane(QWidget):
    """Shows the result of the checks."""

    finding_chosen = Signal(object)
    statement_ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._summary = label("", "small", "muted")
        self._summary.setObjectName("checkSummary")
        head = row(margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_S))
        head.addWidget(label(_("Checklist"), "head"))
        head.addStretch(1)
        head.addWidget(self._summary)
        self._list: QVBoxLayout = column(spacing=SPACE_S, margins=(SPACE_L, 0, SPACE_L, SPACE_L))
        outer = column(spacing=0)
        outer.addLayout(head)
        outer.addWidget(scrolled(boxed(self._list, "paneBody")), 1)
        self.setLayout(outer)
        self._opened = {"notes": False, "read": False, "passed": False}
        self._shown: CheckResult | None = None
        self._looking: QLabel | None = None
        self._actions: FindingActions | None = None
        self._summary.setText(_("Checking…"))

    def set_actions(self, actions: FindingActions) -> None:
        """What can be done about findings."""
        self._actions = actions

    def redraw(self) -> None:
        """Show the same result again: what people said of it has changed."""
        shown, self._shown = self._shown, None
        if shown is not None:
            self.show_result(shown)

    def show_checking(self) -> None:
        """What is shown belongs to an earlier state of the post."""
        self._summary.setText(_("Checking…"))

    def show_looking(self, fraction: float, text: str) -> None:
        """How far looking at pictures and clips is."""
        if self._looking is not None and shiboken6.isValid(self._looking):
            percent = _("{percent} %").format(percent=round(100 * fraction))
            self._looking.setText(" · ".join(filter(None, (_looking_words(), percent, text))))

    def show_unusable(self, error: WajoError) -> None:
        """The post as it is cannot be checked."""
        self._shown = None
        clear(self._list)
        self._summary.setText("")
        line = row(spacing=10, margins=(SPACE_M, 10, SPACE_M, 10))
        line.addWidget(icon_label("block", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(str(error), wrap=True), 1)
        self._list.addWidget(boxed(line, "card", frame=True))
        self._list.addStretch(1)

    def show_result(self, result: CheckResult) -> None:
        """Show findings, statements and what passed."""
        assert self._actions is not None
        urgent = [
            f
            for f in result.findings
            if f.severity in (Severity.BLOCK, Severity.WARN) and not self._actions.is_read(f)
        ]
        read = [f for f in result.findings if self._actions.is_read(f)]
        notes = [f for f in result.findings if f.severity is Severity.INFO]
        self._summary.setText(_summary(result, len(urgent)))
        if result == self._shown:
            return
        self._shown = result
        held = self._focused()
        clear(self._list)
        rules = load_rules().rules
        for finding in urgent:
            self._list.addWidget(self._card(finding, rules.get(finding.rule)))
        if not urgent:
            self._add_all_clear()
        self._add_statements(result)
        if notes:
            count = len(notes)
            fold = self._fold("notes", ngettext("{count} note", "{count} notes", count), count)
            for finding in notes:
                fold.body.addWidget(self._card(finding, rules.get(finding.rule)))
        if read:
            count = len(read)
            fold = self._fold("read", ngettext("{count} checked", "{count} checked", count), count)
            for finding in read:
                fold.body.addWidget(self._card(finding, rules.get(finding.rule)))
        self._add_looking(result)
        unchecked = [entry for entry in result.not_checked if not entry.pending]
        if unchecked:
            self._list.addWidget(self._heading(_("Not checked")))
            for entry in unchecked:
                rule = rules.get(entry.rule)
                title = str(rule.title) if rule else entry.rule
                self._list.addWidget(label(f"{title}: {entry.reason}", "small", "warn", wrap=True))
        self._add_passed([str(rules[rule].passed) for rule in result.passed if rule in rules])
        self._list.addStretch(1)
        self._focus_again(held)

    def _focused(self) -> str:
        """The name of the control here that the keyboard is on; empty when it is elsewhere."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None and self.isAncestorOf(widget) else ""

    def _focus_again(self, name: str) -> None:
        """Put the keyboard back on the control that was rebuilt under it."""
        if name and (found := self.findChild(QWidget, name)) is not None:
            QTimer.singleShot(0, found, found.setFocus)

    def first_blocking(self) -> Finding | None:
        """The finding that stands first and blocks."""
        findings = self._shown.findings if self._shown else ()
        return next((f for f in findings if f.severity is Severity.BLOCK), None)

    def _card(self, finding: Finding, rule: Rule | None) -> FindingCard:
        assert self._actions is not None
        return FindingCard(finding, rule, self.finding_chosen.emit, self._actions)

    def _add_looking(self, result: CheckResult) -> None:
        """Rules that wait for pictures and clips to be looked at: one line, never "passed"."""
        waiting = [entry for entry in result.not_checked if entry.pending]
        self._looking = None
        if not waiting:
            return
        rules = load_rules().rules
        line = row(spacing=10, margins=(SPACE_M, 10, SPACE_M, 10))
        line.addWidget(icon_label("clock", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        self._looking = label(_looking_words(), "small", "muted", wrap=True)
        self._looking.setObjectName("looking")
        line.addWidget(self._looking, 1)
        card = boxed(line, "card", frame=True)
        titles = [str(rules[entry.rule].title) for entry in waiting if entry.rule in rules]
        card.setToolTip("\n".join(titles))
        self._list.addWidget(card)

    def _add_all_clear(self) -> None:
        line = row(spacing=10, margins=(SPACE_M, 10, SPACE_M, 10))
        line.addWidget(icon_label("check", "good"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(_("Nothing stands in the way."), "body-strong", wrap=True), 1)
        self._list.addWidget(boxed(line, "card", frame=True))

    def _add_statements(self, result: CheckResult) -> None:
        if not result.statements:
            return
        assert self._actions is not None
        self._list.addWidget(self._heading(_("Needs your statement")))
        open_ones = {f.rule: f for f in result.findings if f.severity is Severity.ATTEST}
        for statement in result.statements:
            card = StatementCard(
                statement,
                open_ones.get(statement.rule),
                self.statement_ticked.emit,
                self.finding_chosen.emit,
                self._actions.sign,
                self._actions.for_statement(statement),
            )
            self._list.addWidget(card)

    def _add_passed(self, passed: Sequence[str]) -> None:
        if not passed:
            return
        text = ngettext("{count} passed", "{count} passed", len(passed))
        fold = self._fold("passed", text, len(passed))
        for words in passed:
            line = row(spacing=8)
            line.addWidget(icon_label("check", "good", 16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(words, "small", "muted", wrap=True), 1)
            fold.body.addWidget(boxed(line))

    def _fold(self, key: str, text: str, count: int) -> Fold:
        fold = Fold(text.format(count=count), opened=self._opened[key])
        fold.head.setObjectName(f"fold-{key}")
        fold.head.toggled.connect(lambda opened: self._opened.update({key: opened}))
        self._list.addWidget(fold)
        return fold

    def _heading(self, text: str) -> QWidget:
        made = label(text.upper(), "small-strong", "muted")
        made.setContentsMargins(0, SPACE_S, 0, 0)
        return made


def _looking_words() -> str:
    return _("Pictures and clips are being checked")


def _summary(result: CheckResult, urgent: int) -> str:
    passed = ngettext("{count} passed", "{count} passed", len(result.passed))
    found = ngettext("{count} finding", "{count} findings", urgent)
    return f"{passed.format(count=len(result.passed))} · {found.format(count=urgent)}"
