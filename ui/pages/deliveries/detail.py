"""One delivery: what happened, what is safe, what to do."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.deliveries.model import STATE_ICONS, state_in_words
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from ui.widgets.basic import boxed, button, clear, column, icon_label, label, row, scrolled
from ui.words import placement_name
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.i18n import _, format_datetime

if TYPE_CHECKING:
    from wajo_studio.store.database.deliveries import QueueEntry

_S = DeliveryState
Act = Callable[[str, "QueueEntry"], object]


class DeliveryDetail(QWidget):
    """The chosen delivery.

    Args:
        act: told the name of what is asked: ``retry``, ``cancel``, ``published``,
            ``not-published``, ``assist``, ``record``.
    """

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self._body: QVBoxLayout = column(spacing=SPACE_M, margins=(SPACE_L,) * 4)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(self._body, "paneBody")))
        self.setLayout(outer)
        self._shown: QueueEntry | None = None
        self.show_entry(None)

    def show_entry(self, entry: "QueueEntry | None") -> None:
        """Show a delivery, or the hint that none is chosen."""
        if entry is not None and entry == self._shown:
            return
        self._shown = entry
        clear(self._body)
        if entry is None:
            hint = _("Choose a delivery to see what happened and what you can do.")
            self._body.addWidget(label(hint, "body", "muted", wrap=True))
        else:
            self._fill(entry)
        self._body.addStretch(1)

    def _fill(self, entry: "QueueEntry") -> None:
        delivery = entry.delivery
        head = row(spacing=SPACE_S)
        head.addWidget(icon_label(*STATE_ICONS[delivery.state]), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(state_in_words(delivery), "head", wrap=True), 1)
        self._body.addLayout(head)
        self._body.addWidget(label(delivery.post_name, "body-strong", wrap=True))
        where = f"{placement_name(delivery.placement)} · {entry.account_name}"
        self._body.addWidget(label(where, "body", "muted", wrap=True))
        if delivery.due is not None:
            text = _("Scheduled: {time}").format(time=format_datetime(delivery.due))
            if entry.native:
                text += " " + _("(the network publishes it by itself)")
            self._body.addWidget(label(text, "small", wrap=True))
        changed = _("Last change: {time}").format(time=format_datetime(delivery.updated_at))
        self._body.addWidget(label(changed, "small", "muted", wrap=True))
        if delivery.error is not None:
            self._body.addWidget(label(delivery.error.message, wrap=True))
            if delivery.error.detail:
                self._body.addWidget(label(delivery.error.detail, "small", "muted", wrap=True))
        for remark in delivery.remarks:
            self._body.addWidget(label(remark, "small", "warn", wrap=True))
        for name, text, kind in _offers(entry):
            one = button(text, partial(self._do, name, entry), kind=kind)
            one.setObjectName(f"delivery-{name}")
            line = row()
            line.addWidget(one)
            line.addStretch(1)
            self._body.addLayout(line)

    def _do(self, name: str, entry: "QueueEntry") -> None:
        if name == "open":
            QDesktopServices.openUrl(QUrl(entry.delivery.link or ""))
        else:
            self._act(name, entry)


def _offers(entry: "QueueEntry") -> list[tuple[str, str, str]]:
    """What can be done, the likeliest first: name, label, kind of button."""
    delivery = entry.delivery
    state, offers = delivery.state, []
    if delivery.link:
        offers.append(("open", _("Open the post"), "primary"))
    if state is _S.QUEUED and delivery.mode == "assisted":
        offers.append(("assist", _("Upload now, step by step…"), "primary"))
    if state is _S.UNKNOWN:
        offers += [
            ("published", _("It is there: paste its address…"), "primary"),
            ("not-published", _("It is not there"), ""),
        ]
    missed = state is _S.QUEUED and delivery.error is not None
    if state is _S.FAILED or missed:
        offers.append(("retry", _("Send again now"), "primary"))
    if state in (_S.QUEUED, _S.SENDING, _S.PROCESSING):
        offers.append(("cancel", _("Cancel the delivery"), ""))
    if state is _S.PUBLISHED and delivery.mode != "practice":
        offers.append(("record", _("Save the record…"), "small"))
    return offers
