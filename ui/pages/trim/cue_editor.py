"""The list of subtitles: read them over, correct words and times, add and remove some."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import font, set_role
from ui.widgets.basic import button, column, label, row
from wajo_studio.errors import InputError
from wajo_studio.i18n import _
from wajo_studio.services.cue_edit import CueRow, RowError, cues_of_rows
from wajo_studio.services.trim_edit import clock, parse_clock

if TYPE_CHECKING:
    from wajo_studio.services.clip_view import CueView
    from wajo_studio.video.subtitles import Cue

START, END, TEXT = range(3)
_SIZE = QSize(640, 520)
_DIGITS = 3
_NEW_S = 2.0
_ROW_PX = 34


class CueEditor(QDialog):
    """Edits the subtitles of the clip; they are saved as a new file of the post.

    The file used before stays as it is, so that an undo brings it back.

    Args:
        trim: the clip.
        cues: what the list begins with.
        parent: the window over which it stands.
    """

    def __init__(
        self, trim: TrimSession, cues: "Sequence[CueView | Cue]", parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._trim = trim
        self.setObjectName("cueEditor")
        self.setWindowTitle(_("Correct the words"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self.table = self._table()
        self._problem = label("", "small", "danger", wrap=True)
        self._problem.setObjectName("cueProblem")
        self._problem.hide()
        body = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        body.addWidget(label(_("Correct the words"), "title"))
        body.addWidget(
            label(
                _("Names and numbers are often misheard. A chosen line is shown in the player."),
                "body",
                "muted",
                wrap=True,
            )
        )
        body.addWidget(self.table, 1)
        body.addWidget(self._problem)
        body.addLayout(self._foot())
        self.setLayout(body)
        for cue in cues:
            self._append(float(cue.start_s), float(cue.end_s), cue.text)
        self.table.currentCellChanged.connect(self._show_chosen)
        self.table.selectRow(0)
        self.table.setFocus()

    def accept(self) -> None:
        """Save and close, or say what is wrong and stay."""
        try:
            cues = cues_of_rows(self._rows())
        except InputError as error:
            self._problem.setText(str(error))
            self._problem.show()
            if isinstance(error, RowError):
                self.table.setCurrentCell(error.row, TEXT)
            return
        self._trim.words.save(cues)
        super().accept()

    def add_line(self) -> None:
        """One more line at the play position, to be written."""
        start_s = self._trim.position_s
        self.table.blockSignals(True)
        place = self._append(start_s, min(start_s + _NEW_S, self._trim.duration_s), "")
        self.table.blockSignals(False)
        self.table.setCurrentCell(place, TEXT)
        entry = self.table.item(place, TEXT)
        if entry is not None:
            self.table.editItem(entry)

    def remove_line(self) -> None:
        """Take the chosen line away."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())

    def _table(self) -> QTableWidget:
        table = set_role(QTableWidget(0, 3), "body")
        table.setObjectName("cueList")
        table.setAccessibleName(_("Subtitles"))
        table.setHorizontalHeaderLabels([_("From"), _("To"), _("Words")])
        table.verticalHeader().hide()
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(True)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setFont(font("small-strong"))
        head.setFixedHeight(_ROW_PX)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        width = QFontMetrics(font("body")).horizontalAdvance("0:00:00,000") + 24
        for place in (START, END):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            table.setColumnWidth(place, width)
        head.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setMinimumSectionSize(_ROW_PX)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _foot(self) -> QHBoxLayout:
        add = button(_("Add a line"), self.add_line, kind="small", icon_name="plus")
        add.setObjectName("addCue")
        remove = button(_("Remove the line"), self.remove_line, kind="small", icon_name="trash")
        remove.setObjectName("removeCue")
        save = button(_("Save"), self.accept, kind="primary")
        save.setObjectName("saveCues")
        foot = row(spacing=SPACE_S)
        foot.addWidget(add)
        foot.addWidget(remove)
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.reject))
        foot.addWidget(save)
        return foot

    def _append(self, start_s: float, end_s: float, text: str) -> int:
        place = self.table.rowCount()
        self.table.insertRow(place)
        values = (clock(start_s, _DIGITS), clock(end_s, _DIGITS), text)
        for column_number, value in enumerate(values):
            self.table.setItem(place, column_number, QTableWidgetItem(value))
        return place

    def _rows(self) -> list[CueRow]:
        def typed(place: int, which: int) -> str:
            entry = self.table.item(place, which)
            return entry.text() if entry is not None else ""

        return [
            CueRow(typed(place, START), typed(place, END), typed(place, TEXT))
            for place in range(self.table.rowCount())
        ]

    def _show_chosen(self, place: int, _column: int, before: int, _before_column: int) -> None:
        entry = self.table.item(place, START)
        if place == before or entry is None:
            return
        try:
            self._trim.seek(parse_clock(entry.text()))
        except InputError:
            return  # it is said when the list is saved
