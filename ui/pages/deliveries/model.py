"""The deliveries as a table."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.theme.icons import icon
from ui.words import placement_name
from wajo_studio.domain.delivery import Delivery, DeliveryState
from wajo_studio.i18n import N_, WITA, _
from wajo_studio.services.publishing.words import state_word

if TYPE_CHECKING:
    from wajo_studio.store.database.deliveries import QueueEntry

_S = DeliveryState
STATE_ICONS = {
    _S.QUEUED: ("clock", "muted"),
    _S.SENDING: ("arrow-up", "note"),
    _S.PROCESSING: ("clock", "note"),
    _S.PUBLISHED: ("check", "good"),
    _S.FAILED: ("block", "danger"),
    _S.UNKNOWN: ("warning", "warn"),
    _S.CANCELLED: ("cross", "muted"),
}
COLUMNS = (N_("State"), N_("Post"), N_("Placement"), N_("Account"), N_("Time"))
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class DeliveryModel(QAbstractTableModel):
    """One row a delivery, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[QueueEntry, ...] = ()

    def show(self, entries: "Sequence[QueueEntry]") -> None:
        """Show these deliveries; nothing happens when they are the same."""
        new = tuple(entries)
        if new == self.entries:
            return
        if [entry.id for entry in new] == [entry.id for entry in self.entries]:
            self.entries = new
            last = self.index(len(new) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.entries = new
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(entry)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return icon(*STATE_ICONS[entry.delivery.state])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(_cells(entry))
        return None


def _cells(entry: "QueueEntry") -> tuple[str, ...]:
    delivery = entry.delivery
    return (
        state_in_words(delivery),
        delivery.post_name,
        placement_name(delivery.placement),
        entry.account_name,
        short_time(delivery.due or delivery.updated_at),
    )


def state_in_words(delivery: Delivery) -> str:
    """The state, with what a person has to do where it is a person's turn."""
    if delivery.mode == "practice":
        return _("Practice: {state}").format(state=state_word(delivery.state))
    if delivery.state is _S.QUEUED and delivery.error is not None:
        return _("Missed")
    if delivery.state is _S.QUEUED and delivery.mode == "assisted":
        return _("To be uploaded by you")
    words = state_word(delivery.state)
    return words[:1].upper() + words[1:]


def short_time(moment: datetime) -> str:
    """``24-11 09.00``, WITA."""
    return f"{moment.astimezone(WITA):%d-%m %H.%M}"
