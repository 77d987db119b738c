"""Asks where, through which account and when a post goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.pages.compose.session import EditSession
from ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import boxed, button, column, label, row, scrolled
from ui.widgets.choice import Choice
from ui.widgets.date_edit import DateEdit
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.words import placement_name
from wajo_studio.domain.placement import network_of
from wajo_studio.i18n import WITA, _, format_datetime

if TYPE_CHECKING:
    from wajo_studio.services.publishing.accounts import ListedAccount

BY_HAND = ""
"""Stands in the choice for uploading oneself."""


@dataclass(frozen=True)
class Wish:
    """What the person wants.

    Attributes:
        ways: by placement the id of the account, or ``BY_HAND``.
        at: when; ``None``: at once.
        practice: nothing is really published.
    """

    ways: dict[str, str]
    at: datetime | None
    practice: bool


class PublishDialog(QDialog):
    """Placements, each with its way; the time; and whether it is for practice."""

    def __init__(
        self, session: EditSession, accounts: "Sequence[ListedAccount]", parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Publish"))
        self.setMinimumSize(620, 520)
        self._session = session
        self._boxes: dict[str, QCheckBox] = {}
        self._ways: dict[str, Choice] = {}
        self.practice = set_role(QCheckBox(_("Practice: the whole way, nothing goes out")), "body")
        self.practice.setObjectName("practice")
        self._note = label("", "small", "warn", wrap=True)
        self._note.setObjectName("publishNote")
        self.send = button(_("Publish"), self.accept, kind="primary")
        self.send.setObjectName("publishNow")
        self.send.setDefault(True)
        body = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        body.addWidget(label(_("Publish"), "title"))
        hint = _(
            "With a connected account the program sends it; without one it leads you through the "
            "upload, step by step, and keeps the proof."
        )
        body.addWidget(label(hint, "body", "muted", wrap=True))
        body.addWidget(scrolled(boxed(self._placements(accounts))), 1)
        body.addLayout(self._when())
        body.addWidget(self.practice)
        body.addWidget(self._note)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.reject))
        foot.addWidget(self.send)
        body.addLayout(foot)
        self.setLayout(body)
        self.practice.toggled.connect(lambda _on: self._refresh())
        self._refresh()

    @property
    def wish(self) -> Wish:
        """What the person wants."""
        chosen = {
            placement: str(self._ways[placement].value() or BY_HAND)
            for placement, box in self._boxes.items()
            if box.isChecked()
        }
        return Wish(chosen, self._moment(), self.practice.isChecked())

    def _placements(self, accounts: "Sequence[ListedAccount]") -> QVBoxLayout:
        lines = column(spacing=SPACE_S)
        missing = self._session.prepared.plan.missing if self._session.prepared else {}
        for placement in self._session.post.placements:
            own = [one for one in accounts if one.account.network is network_of(placement)]
            entries: list[tuple[object, str]] = [(one.account.id, _name(one)) for one in own]
            entries.append((BY_HAND, _("I upload it myself, step by step")))
            way = Choice(entries)
            way.setObjectName(f"way-{placement}")
            way.setAccessibleName(_("Way for {placement}").format(placement=_short(placement)))
            usable = [one.account.id for one in own if one.state != "reconnect"]
            way.set_value(usable[0] if usable else BY_HAND)
            way.chosen.connect(lambda _id: self._refresh())
            box = set_role(QCheckBox(_short(placement)), "body")
            box.setObjectName(f"publish-{placement}")
            box.setChecked(placement not in missing)
            box.setEnabled(placement not in missing)
            box.toggled.connect(lambda _on: self._refresh())
            self._boxes[placement], self._ways[placement] = box, way
            line = row(spacing=SPACE_M)
            line.addWidget(box, 1)
            line.addWidget(way, 1)
            lines.addLayout(line)
        lines.addStretch(1)
        return lines

    def _when(self) -> QHBoxLayout:
        schedule = self._session.post.schedule
        self._now = set_role(QRadioButton(_("At once")), "body")
        self._later = set_role(QRadioButton(_("At another time (WITA)")), "body")
        self._later.setObjectName("publishLater")
        group = QButtonGroup(self)
        for one in (self._now, self._later):
            group.addButton(one)
            one.toggled.connect(lambda _on: self._refresh())
        self._date, self._time = DateEdit(), LineEdit("09.00")
        self._date.setObjectName("publishDate")
        self._time.setObjectName("publishTime")
        self._date.edited.connect(lambda _day: self._later.setChecked(True))
        self._date.edited.connect(lambda _day: self._refresh())
        self._time.textEdited.connect(lambda _text: self._later.setChecked(True))
        self._time.textEdited.connect(lambda _text: self._refresh())
        if schedule is not None:
            local = schedule.astimezone(WITA)
            self._date.set_value(local.date())
            self._time.setText(f"{local:%H.%M}")
        (self._later if schedule else self._now).setChecked(True)
        line = row(spacing=SPACE_M)
        line.addWidget(self._now)
        line.addWidget(self._later)
        line.addWidget(Labelled(_("Day"), self._date), 1)
        self._time.setMaximumWidth(90)
        line.addWidget(Labelled(_("Time"), self._time))
        return line

    def _moment(self) -> datetime | None:
        """The time chosen; ``None``: at once, or not understood."""
        day, clock = self._date.value(), _clock(self._time.text())
        if self._now.isChecked() or day is None or clock is None:
            return None
        return datetime.combine(day, clock, WITA)

    def _refresh(self) -> None:
        notes, wish = [], self.wish
        moment = self._moment()
        unclear = self._later.isChecked() and moment is None
        past = moment is not None and moment <= self._session.studio.clock.now()
        if unclear:
            notes.append(_("Choose a day and write the time as 09.00."))
        elif moment is not None and past:
            notes.append(_("{time} has passed.").format(time=format_datetime(moment)))
        if wish.ways.get("x.post") and not wish.practice:
            notes.append(self._cost())
        by_hand = moment is not None and BY_HAND in wish.ways.values() and not wish.practice
        if by_hand:
            notes.append(_("What you upload yourself is put on the list for that time."))
        self._note.setText("\n".join(filter(None, notes)))
        self._note.setVisible(bool(self._note.text()))
        self.send.setEnabled(bool(wish.ways) and not unclear and not past)

    def _cost(self) -> str:
        from wajo_studio.services.publishing.cost import x_cost

        prepared = self._session.prepared
        cost = x_cost(prepared) if prepared is not None else None
        if cost is None:
            return ""
        text = _("X charges about {usd} US dollars for this ({posts} posts, {linked} with a link).")
        return text.format(usd=f"{cost.usd:.3f}", posts=cost.posts, linked=cost.with_link)


def _name(one: "ListedAccount") -> str:
    if one.state == "reconnect":
        return _("{account} (connect again)").format(account=one.account.name)
    return one.account.name


def _short(placement: str) -> str:
    return placement_name(placement)


def _clock(text: str) -> time | None:
    hours, _dot, minutes = text.strip().replace(":", ".").partition(".")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None
