"""Labels, buttons and rows in the house style."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme.icons import icon
from ui.theme.type import Role, font, set_role

ICON_PX = 20
_BUTTON_ROLES: dict[str, Role] = {
    "small": "small-strong",
    "drop": "body",
    "subpill": "small-strong",
}


def label(text: str = "", role: Role = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text; ``tone`` is a token role such as ``muted``."""
    made = set_role(QLabel(text), role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the colour role of a label."""
    set_state(widget, "tone", tone)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at and apply it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon_name: str = "",
) -> QPushButton:
    """A push button; ``kind`` is ``primary``, ``small``, ``link`` … of the style sheet."""
    role: Role = _BUTTON_ROLES.get(kind, "body-strong")
    made = set_role(QPushButton(text), role)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if icon_name:
        made.setIcon(icon(icon_name, "on_accent" if kind == "primary" else "text"))
        made.setIconSize(QSize(ICON_PX, ICON_PX))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def tool(
    icon_name: str, name: str, on_click: Callable[[], object] | None = None, *, role: str = "muted"
) -> QToolButton:
    """An icon button; ``name`` is its tooltip and its name for screen readers."""
    made = QToolButton()
    made.setIcon(icon(icon_name, role))
    made.setIconSize(QSize(ICON_PX, ICON_PX))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def icon_label(name: str, role: str, size_px: int = ICON_PX) -> "IconLabel":
    """An icon that follows the theme."""
    return IconLabel(icon(name, role), size_px)


class IconLabel(QWidget):
    """Shows an icon."""

    def __init__(self, shown: QIcon, size_px: int) -> None:
        super().__init__()
        self._icon = shown
        self.setFixedSize(size_px, size_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the whole text is its tooltip."""

    def __init__(self, text: str = "", role: Role = "body", tone: str = "") -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        if tone:
            self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 40)
        )
        self.setToolTip(self._whole if shown != self._whole else "")
        if shown != self.text():
            super().setText(shown)


def column(*, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout."""
    made = QVBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    return made


def row(*, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    made.setContentsMargins(*margins)
    return made


def boxed(layout: QLayout, object_name: str = "", *, frame: bool = False) -> QWidget:
    """A widget that holds a layout."""
    made: QWidget = QFrame() if frame else QWidget()
    made.setObjectName(object_name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, bool(object_name))
    made.setLayout(layout)
    return made


def scrolled(body: QWidget) -> QScrollArea:
    """A scroll area that scrolls up and down only and takes no focus of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    body.setAutoFillBackground(False)
    area.setWidget(body)
    return area


def clear(layout: QLayout) -> None:
    """Remove everything from a layout; the widgets go when control returns to Qt."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
