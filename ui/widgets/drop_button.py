"""A dashed area to drop files on, which is a button as well."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from ui.theme.theme import current
from ui.theme.type import set_role


class DropButton(QPushButton):
    """Its words wrap; pressing it does what dropping does, for people without a mouse."""

    def __init__(self, text: str, on_click: Callable[[], object]) -> None:
        super().__init__(text)
        set_role(self, "body")
        self.setProperty("kind", "drop")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: on_click())

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        over = self.property("over") == "true"
        painter.setPen(current().on_soft if over else current().muted)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(12, 4, -12, -4), int(flags), self.text())
        painter.end()
