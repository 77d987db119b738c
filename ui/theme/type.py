"""The type scale: four sizes of one bundled family, set through the font's weight axis.

Style sheets cannot reach the axis of a variable font and would smear a false bold, so fonts are
set on widgets and the style sheet leaves them alone.
"""

from typing import Literal, TypeVar

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import BODY_PX, HEAD_PX, SMALL_PX, TITLE_PX

Role = Literal["small", "small-strong", "body", "body-strong", "head", "title"]

_ROLES: dict[Role, tuple[float, int]] = {
    "small": (SMALL_PX, 450),
    "small-strong": (SMALL_PX, 650),
    "body": (BODY_PX, 450),
    "body-strong": (BODY_PX, 650),
    "head": (HEAD_PX, 700),
    "title": (TITLE_PX, 750),
}
_POINTS_PER_PX = 0.75
_W = TypeVar("_W", bound=QWidget)


def load_bundled_font() -> None:
    """Make the bundled family known to Qt."""
    from wajo_studio.artwork.fonts import bundled_fonts

    for name, path in bundled_fonts().items():
        if name == "plus-jakarta-sans-normal.ttf":
            QFontDatabase.addApplicationFont(str(path))


def font(role: Role = "body") -> QFont:
    """The font of a role."""
    size_px, weight = _ROLES[role]
    made = QFont(["Plus Jakarta Sans", "Noto Sans", "Segoe UI"])
    made.setPointSizeF(size_px * _POINTS_PER_PX)
    made.setVariableAxis(QFont.Tag("wght"), weight)
    return made


def set_role(widget: _W, role: Role) -> _W:
    """Give a widget the font of a role and return the widget."""
    widget.setFont(font(role))
    return widget
