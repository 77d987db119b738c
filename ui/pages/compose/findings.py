"""One card per finding and per statement."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QMenu, QWidget

from ui.pages.compose.finding_actions import Action, FindingActions
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.widgets.basic import button, column, icon_label, label, row, tool
from wajo_studio.compliance.outcome import Statement
from wajo_studio.compliance.rules import Rule
from wajo_studio.domain.finding import Finding, Severity
from wajo_studio.i18n import _, format_datetime

_ICONS = {
    Severity.BLOCK: ("block", "danger"),
    Severity.WARN: ("warning", "warn"),
    Severity.INFO: ("info", "note"),
    Severity.ATTEST: ("edit", "accent"),
}


def severity_word(severity: Severity) -> str:
    """The severity in a word, for screen readers and tooltips."""
    return {
        Severity.BLOCK: _("Blocks"),
        Severity.WARN: _("Warning"),
        Severity.INFO: _("Note"),
        Severity.ATTEST: _("Your statement"),
    }[severity]


class FindingCard(QFrame):
    """What was found, why it matters, and one button that leads to it."""

    def __init__(
        self,
        finding: Finding,
        rule: Rule | None,
        on_go: Callable[[Finding], object],
        actions: FindingActions,
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.finding = finding
        self._on_go = on_go
        icon_name, role = _ICONS[finding.severity]
        line = row(spacing=10, margins=(SPACE_M, 10, SPACE_M, 10))
        mark = icon_label(icon_name, role)
        mark.setToolTip(severity_word(finding.severity))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=3)
        title = str(rule.title) if rule else finding.rule
        words.addWidget(label(title, "body-strong", wrap=True))
        words.addWidget(label(finding.message, "small", wrap=True))
        if rule is not None and finding.severity is not Severity.INFO:
            words.addWidget(label(str(rule.why), "small", "muted", wrap=True))
        self.go = self.more = None
        fix = actions.fix(finding)
        self._more = actions.more(finding)
        if fix or self._more:
            words.addSpacing(4)
            foot = row()
            if fix:
                self.go = button(fix.text, fix.run, kind="small")
                self.go.setAccessibleDescription(f"{title}. {finding.message}")
                foot.addWidget(self.go)
            foot.addStretch(1)
            if self._more:
                self.more = tool("more", _("More about this finding"), self._open_menu)
                foot.addWidget(self.more)
            words.addLayout(foot)
        line.addLayout(words, 1)
        self.setLayout(line)
        self.setToolTip(finding.source)
        self.setAccessibleName(f"{severity_word(finding.severity)}: {title}. {finding.message}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._on_go(self.finding)
        super().mousePressEvent(event)

    def menu(self) -> QMenu:
        """What else can be done about it."""
        menu = QMenu(self)
        for action in self._more:
            menu.addAction(action.text, action.run)
        return menu

    def _open_menu(self) -> None:
        assert self.more is not None
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class StatementCard(QFrame):
    """Something only a person can confirm, to tick."""

    def __init__(
        self,
        statement: Statement,
        finding: Finding | None,
        on_tick: Callable[[Statement, bool], object],
        on_go: Callable[[Finding], object],
        on_sign: Callable[[Statement], object],
        blurs: Sequence[Action] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.statement = statement
        self._finding, self._on_go = finding, on_go
        line = row(spacing=10, margins=(SPACE_M, 10, SPACE_M, 10))
        self.box = QCheckBox()
        self.box.setChecked(not statement.is_open)
        self.box.setAccessibleName(statement.question)
        self.box.setObjectName(f"statement-{statement.rule}")
        self.box.clicked.connect(lambda ticked: on_tick(statement, ticked))
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=3)
        question = label(statement.question, "body", wrap=True)
        question.setBuddy(self.box)
        words.addWidget(question)
        words.addWidget(label(statement.source, "small", "muted", wrap=True))
        given = statement.given
        if given is not None:
            text = (
                _("Given by {by} for an earlier version; please confirm again.")
                if statement.void
                else _("Given by {by}, {time}")
            )
            tone = "warn" if statement.void else "good"
            words.addWidget(
                label(
                    text.format(by=given.by, time=format_datetime(given.at)),
                    "small",
                    tone,
                    wrap=True,
                )
            )
            if given.evidence:
                evidence = _("Evidence: {file}").format(file=PurePosixPath(given.evidence).name)
                words.addWidget(label(evidence, "small", "muted", wrap=True))
        foot = row()
        self.sign = button(_("Name and evidence…"), lambda: on_sign(statement), kind="link")
        self.sign.setObjectName(f"sign-{statement.rule}")
        self.sign.setAccessibleDescription(statement.question)
        foot.addWidget(self.sign)
        self.blur = None
        if blurs and statement.is_open:
            self.blur = button(_("Blur faces…"), self._open_blurs, kind="link")
            self.blur.setObjectName(f"blur-{statement.rule}")
            foot.addWidget(self.blur)
        self._blurs = blurs
        foot.addStretch(1)
        words.addLayout(foot)
        line.addLayout(words, 1)
        self.setLayout(line)

    def blur_menu(self) -> QMenu:
        """The faces to blur, one by one or all."""
        menu = QMenu(self)
        for action in self._blurs:
            menu.addAction(action.text, action.run)
        return menu

    def _open_blurs(self) -> None:
        assert self.blur is not None
        self.blur_menu().popup(self.blur.mapToGlobal(self.blur.rect().bottomLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._finding is not None:
            self._on_go(self._finding)
        super().mousePressEvent(event)


class Fold(QWidget):
    """A heading that opens and closes what lies under it."""

    def __init__(self, text: str, *, opened: bool = False) -> None:
        super().__init__()
        self._text = text
        self.head = button(text, kind="link", icon_name="chevron-down")
        self.head.setCheckable(True)
        self.head.setChecked(opened)
        self.head.toggled.connect(self._on_toggled)
        self.body = column(spacing=SPACE_S)
        self._holder = QWidget()
        self._holder.setLayout(self.body)
        outer = column(spacing=4)
        line = row()
        line.addWidget(self.head)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addWidget(self._holder)
        self.setLayout(outer)
        self._on_toggled(opened)

    def _on_toggled(self, opened: bool) -> None:
        from ui.theme.icons import icon

        self._holder.setVisible(opened)
        self.head.setIcon(icon("chevron-down" if opened else "chevron-right", "accent"))
        self.head.setAccessibleDescription(_("Opened") if opened else _("Closed"))
