"""How grave each rule is, and which are off."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from ui.messages import Messages
from ui.pages.compose.findings import severity_word
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.theme.type import set_role
from ui.widgets.basic import boxed, clear, column, label, row
from ui.widgets.choice import Choice
from ui.widgets.text_edit import LineEdit
from wajo_studio.clock import Clock, today
from wajo_studio.compliance.rules import Rule, load_rules
from wajo_studio.domain.finding import Severity
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.services.office_rules import CHOICES, change_rule, is_laid_down
from wajo_studio.services.person import load_person

NAME_PX, SEVERITY_PX = 420, 180


class RulesSection(QWidget):
    """Every rule with its severity and its switch; a search field above."""

    def __init__(self, clock: Clock, messages: Messages, on_changed: Callable[[], object]) -> None:
        super().__init__()
        self._clock, self._messages, self._on_changed = clock, messages, on_changed
        self._list = column(spacing=SPACE_S)
        self._state = label("", "small", "muted", wrap=True)
        self._search = LineEdit()
        self._search.setObjectName("ruleSearch")
        self._search.setPlaceholderText(_("Search the rules"))
        self._search.setAccessibleName(_("Search the rules"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(lambda _text: self._filter())
        self._rows: list[tuple[str, QWidget]] = []
        body = column(spacing=SPACE_M)
        body.addWidget(self._state)
        body.addWidget(self._search)
        body.addLayout(self._list)
        self.setLayout(body)

    def refresh(self) -> None:
        """Show the rules in force."""
        try:
            rules = load_rules()
        except WajoError as error:
            self._state.setText(str(error))
            return
        newest = rules.editions[-1]
        text = _("{title}, version {version}, laid down by {set_by}.").format(
            title=newest.title, version=newest.version, set_by=newest.set_by
        )
        if is_laid_down():
            text += " " + _("A rule pack is in force: propose changes to Diskominfotik.")
        self._state.setText(text)
        clear(self._list)
        self._rows = [(id_, self._row(id_, rule)) for id_, rule in rules.rules.items()]
        for _id, widget in self._rows:
            self._list.addWidget(widget)
        self._filter()

    def _row(self, rule_id: str, rule: Rule) -> QWidget:
        line = row(spacing=SPACE_M)
        words = column(spacing=2)
        words.addWidget(label(str(rule.title), "body", wrap=True))
        words.addWidget(label(f"{rule_id} · {rule.source}", "small", "muted", wrap=True))
        holder = boxed(words)
        line.addWidget(holder, 1)
        fixed = rule.severity is Severity.ATTEST or is_laid_down()
        entries = CHOICES if rule.severity is not Severity.ATTEST else (Severity.ATTEST,)
        severity = Choice([(one.value, severity_word(one)) for one in entries])
        severity.setFixedWidth(SEVERITY_PX)
        severity.setObjectName(f"severity-{rule_id}")
        severity.setAccessibleName(_("Severity of: {rule}").format(rule=rule.title))
        severity.set_value(rule.severity.value)
        severity.setEnabled(not fixed)
        severity.chosen.connect(lambda value: self._change(rule_id, severity=value))
        line.addWidget(severity)
        switch = set_role(QCheckBox(_("on")), "body")
        switch.setObjectName(f"switch-{rule_id}")
        switch.setAccessibleName(_("Switch of: {rule}").format(rule=rule.title))
        switch.setChecked(rule.enabled)
        switch.setEnabled(rule.switchable and not is_laid_down())
        switch.clicked.connect(lambda on: self._change(rule_id, enabled=bool(on)))
        line.addWidget(switch)
        return boxed(line)

    def _change(self, rule_id: str, **values: Any) -> None:
        try:
            change_rule(rule_id, load_person().name, today(self._clock), **values)
        except WajoError as error:
            self._messages.error(error)
            self.refresh()
            return
        self._on_changed()

    def _filter(self) -> None:
        wanted = self._search.text().strip().casefold()
        rules = load_rules().rules
        for rule_id, widget in self._rows:
            words = f"{rule_id} {rules[rule_id].title}".casefold() if rule_id in rules else rule_id
            widget.setVisible(wanted in words)
