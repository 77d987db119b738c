"""A date as Indonesians write it: Selasa, 1 Desember 2026."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit

from wajo_studio.i18n import _, language

_NONE = QDate(1999, 12, 31)


class DateEdit(QDateEdit):
    """A date or none. The keyboard changes day, month and year; a calendar opens by Alt+Down."""

    edited = Signal(object)
    """The person chose a :class:`datetime.date`, or None."""

    def __init__(self) -> None:
        super().__init__()
        speaks = QLocale.Language.Indonesian if language() == "id" else QLocale.Language.English
        self.setLocale(QLocale(speaks))
        self.setMinimumDate(_NONE)
        self.setSpecialValueText(_("No date yet"))
        self.setDisplayFormat("dddd, d MMMM yyyy")
        self.setCalendarPopup(True)
        self.calendarWidget().setLocale(self.locale())
        self.calendarWidget().setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDate(_NONE)
        self._quiet = False
        self.dateChanged.connect(self._on_date_changed)

    def set_value(self, value: date | None) -> None:
        """Show a date without telling of a change."""
        shown = QDate(value.year, value.month, value.day) if value else _NONE
        if shown != self.date():
            self._quiet = True
            self.setDate(shown)
            self._quiet = False

    def value(self) -> date | None:
        """The date shown."""
        shown = self.date()
        return None if shown == _NONE else date(shown.year(), shown.month(), shown.day())

    def stepBy(self, steps: int) -> None:
        if self.date() == _NONE:
            self.setDate(QDate.currentDate())
        else:
            super().stepBy(steps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the form must not change a date

    def _on_date_changed(self, _date: QDate) -> None:
        if not self._quiet:
            self.edited.emit(self.value())
