"""The start page: a new post from a template, or one that was open before."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.gallery.gallery import Gallery
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import ElidedLabel, boxed, button, clear, column, label, row, scrolled
from wajo_studio.errors import DiskError
from wajo_studio.i18n import _

_log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from wajo_studio.services.gallery import TemplateCard
    from wajo_studio.services.preview import Picture
    from wajo_studio.services.recent import RecentPost


class StartPage(QWidget):
    """Gallery and recent posts."""

    template_chosen = Signal(str)
    large_asked = Signal(str)
    open_asked = Signal()
    recent_chosen = Signal(object)
    forget_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.gallery = Gallery()
        self.gallery.chosen.connect(self.template_chosen)
        self.gallery.large_asked.connect(self.large_asked)
        self.gallery.starred.connect(_keep_star)
        self._recent: QVBoxLayout = column(spacing=SPACE_S)
        self._waiting = label(_("Loading templates…"), "body", "muted")
        body = column(spacing=SPACE_L, margins=(32, SPACE_XL, 32, SPACE_XL))
        head = row(spacing=SPACE_M)
        head.addWidget(label(_("What do you want to announce?"), "title"))
        head.addStretch(1)
        open_button = button(_("Open a post…"), self.open_asked.emit, icon_name="folder")
        open_button.setObjectName("openPost")
        head.addWidget(open_button)
        body.addLayout(head)
        body.addWidget(
            label(
                _("Begin with a template; texts and pictures can be changed later."),
                "body",
                "muted",
            )
        )
        body.addWidget(self._waiting)
        body.addWidget(self.gallery)
        body.addSpacing(SPACE_S)
        body.addWidget(label(_("Recent posts"), "head"))
        body.addLayout(self._recent)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body, "paneBody")))
        self.setLayout(outer)

    def show_templates(self, cards: "Sequence[TemplateCard]") -> None:
        """Fill the gallery."""
        from wajo_studio.services.gallery import favourites

        self._waiting.hide()
        self.gallery.show_templates(cards, favourites())

    def show_picture(self, template_id: str, picture: "Picture | None") -> None:
        """A template was painted."""
        self.gallery.show_picture(template_id, picture)

    def show_recent(self, posts: "Sequence[RecentPost]") -> None:
        """List the posts that were open before."""
        clear(self._recent)
        if not posts:
            self._recent.addWidget(
                label(
                    _("None yet. Choose a template above to write your first post."),
                    "body",
                    "muted",
                )
            )
        for post in posts:
            self._recent.addWidget(self._recent_row(post))

    def _recent_row(self, post: "RecentPost") -> QWidget:
        line = row(spacing=SPACE_M, margins=(SPACE_M, 6, SPACE_S, 6))
        words = column(spacing=1)
        words.addWidget(ElidedLabel(post.name, "body-strong"))
        where = str(post.folder) if post.exists else _("Not found: {path}").format(path=post.folder)
        words.addWidget(ElidedLabel(where, "small", "muted" if post.exists else "warn"))
        line.addLayout(words, 1)
        if post.exists:
            go = button(_("Open"), lambda: self.recent_chosen.emit(post.folder), kind="small")
        else:
            go = button(
                _("Take off the list"), lambda: self.forget_asked.emit(post.folder), kind="small"
            )
        go.setAccessibleDescription(post.name)
        line.addWidget(set_role(go, "small-strong"))
        return boxed(line, "card", frame=True)


def _keep_star(template_id: str, on: bool) -> None:
    from wajo_studio.services.gallery import set_favourite

    try:
        set_favourite(template_id, on=on)
    except DiskError as error:  # the star is gone at the next start; nothing else is lost
        _log.warning("favourites could not be written: %s", error)
