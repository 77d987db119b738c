"""The bar at the left of the window: the pages, and the program's version below them."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.theme.icons import icon
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.widgets.basic import boxed, button, column, icon_label, label, row
from wajo_studio.i18n import N_, _

WIDTH_PX = 180
PAGES = {
    "start": (N_("Home"), "home"),
    "compose": (N_("Post"), "edit"),
    "deliveries": (N_("Deliveries"), "share"),
    "settings": (N_("Settings"), "settings"),
}
"""The pages by name: what they are called, and their icon."""


class Navigation(QWidget):
    """One button for each page.

    Signals:
        page_asked: the person wants the page of this name.
    """

    page_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        body = column(spacing=SPACE_S, margins=(10, SPACE_M, 10, SPACE_M))
        brand = row(spacing=10, margins=(8, 0, 0, SPACE_M))
        brand.addWidget(icon_label("app", "text", 28))
        brand.addWidget(label("Wajo Studio", "head"), 1)
        body.addLayout(brand)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        for name, (text, icon_name) in PAGES.items():
            one = button(_(text), partial(self.page_asked.emit, name), kind="nav")
            one.setIcon(icon(icon_name, "muted"))
            one.setIconSize(QSize(20, 20))
            one.setCheckable(True)
            one.setObjectName(f"nav-{name}")
            group.addButton(one)
            self._buttons[name] = one
            body.addWidget(one)
        self._version = label("", "small", "muted")
        body.addStretch(1)
        body.addWidget(self._version)
        outer = row(spacing=0)
        outer.addWidget(boxed(body, "nav"))
        self.setLayout(outer)
        self.setFixedWidth(WIDTH_PX)
        self.mark("start")
        self.allow_post(allowed=False)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        self._buttons[name].setChecked(True)

    def allow_post(self, *, allowed: bool) -> None:
        """Whether there is a post to go to."""
        self._buttons["compose"].setEnabled(allowed)
        self._buttons["compose"].setToolTip("" if allowed else _("Open or begin a post first."))

    def show_version(self, text: str) -> None:
        """Tell the program's version."""
        self._version.setText(text)
