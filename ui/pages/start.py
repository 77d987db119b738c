"""The start page: a new post from a template, or one that was open before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import current
from ui.theme.tokens import RADIUS_L, SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import font, set_role
from ui.widgets.basic import ElidedLabel, boxed, button, clear, column, label, row, scrolled
from wajo_studio.i18n import _

if TYPE_CHECKING:
    from wajo_studio.services.preview import Picture
    from wajo_studio.services.recent import RecentPost

_TILE = QSize(196, 316)
_PICTURE_HEIGHT = 218


@dataclass(frozen=True)
class TemplateCard:
    """A template as the gallery shows it."""

    id: str
    name: str
    description: str
    has_artwork: bool


class TemplateTile(QPushButton):
    """A template with its picture; pressing it begins a post."""

    def __init__(self, card: TemplateCard) -> None:
        super().__init__()
        self.card = card
        self._image: QImage | None = None
        self._pixels: object = None
        self.setProperty("kind", "tile")
        self.setFixedSize(_TILE)
        self.setAutoDefault(False)
        self.setObjectName(f"template-{card.id}")
        self.setAccessibleName(_("New post: {template}").format(template=card.name))
        self.setAccessibleDescription(card.description)
        self.setToolTip(card.description)

    def show_picture(self, picture: "Picture") -> None:
        """Show the template painted with its sample text."""
        self._pixels = picture.pixels
        self._image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(3, 3, self.width() - 6, _PICTURE_HEIGHT)
        shape = QPainterPath()
        shape.addRoundedRect(place, RADIUS_L - 3, RADIUS_L - 3)
        painter.setClipPath(shape)
        painter.fillPath(shape, QColor(current().canvas))
        if self._image is not None:
            scaled = self._image.size().scaled(
                round(place.width()), 10_000, Qt.AspectRatioMode.KeepAspectRatio
            )
            painter.drawImage(
                QRectF(place.left(), place.top(), place.width(), scaled.height()), self._image
            )
        else:
            name = "template" if self.card.has_artwork else "image"
            spot = QRectF(place.center().x() - 18, place.center().y() - 18, 36, 36)
            paint_icon(painter, name, spot, current().muted)
        painter.setClipping(False)
        painter.setPen(QColor(current().text))
        painter.setFont(font("body-strong"))
        words = QRectF(12, place.bottom() + 8, self.width() - 24, 20)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self.card.name)
        painter.setPen(QColor(current().muted))
        painter.setFont(font("small"))
        words = QRectF(12, words.bottom() + 3, self.width() - 24, 48)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(words, int(flags), self.card.description)
        painter.end()


class StartPage(QWidget):
    """Gallery and recent posts."""

    template_chosen = Signal(str)
    open_asked = Signal()
    recent_chosen = Signal(object)
    forget_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tiles: dict[str, TemplateTile] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE_L)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
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
        body.addLayout(self._grid)
        body.addSpacing(SPACE_S)
        body.addWidget(label(_("Recent posts"), "head"))
        body.addLayout(self._recent)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body, "paneBody")))
        self.setLayout(outer)

    def show_templates(self, cards: Sequence[TemplateCard]) -> None:
        """Fill the gallery."""
        clear(self._grid)
        self._waiting.hide()
        self._tiles = {}
        for card in cards:
            tile = TemplateTile(card)
            tile.clicked.connect(lambda _on=False, id_=card.id: self.template_chosen.emit(id_))
            self._tiles[card.id] = tile
        self._arrange()

    def show_picture(self, template_id: str, picture: "Picture | None") -> None:
        """A template was painted."""
        if picture is not None and template_id in self._tiles:
            self._tiles[template_id].show_picture(picture)

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

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, (self.width() - 64 + SPACE_L) // (_TILE.width() + SPACE_L))
        for index, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, index // across, index % across)

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
