"""Tabs in the house style."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabBar

from ui.theme.type import font


class StrongTabBar(QTabBar):
    """Names in a strong weight; polishing takes a bar's font away, so it is set again after."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_font()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Polish:
            self._set_font()
        return handled

    def _set_font(self) -> None:
        strong = font("body-strong")
        if self.font() != strong:
            self.setFont(strong)
