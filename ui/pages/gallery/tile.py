"""A template in the gallery: its picture, its name, a star, and a way to see it large."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton

from ui.theme.icons import icon, paint_icon
from ui.theme.theme import current
from ui.theme.tokens import RADIUS_L
from ui.theme.type import font
from ui.widgets.basic import tool
from wajo_studio.i18n import _

if TYPE_CHECKING:
    from wajo_studio.services.gallery import TemplateCard
    from wajo_studio.services.preview import Picture

TILE = QSize(196, 316)
_PICTURE_HEIGHT = 218
_TOOL_PX = 30


class TemplateTile(QPushButton):
    """A template with its picture; pressing it, or Enter, begins a post.

    Signals:
        starred: the star was pressed: whether it is on now.
        large_asked: the person wants to see it large.
    """

    starred = Signal(bool)
    large_asked = Signal()

    def __init__(self, card: "TemplateCard", *, favourite: bool = False) -> None:
        super().__init__()
        self.card = card
        self._image: QImage | None = None
        self._pixels: object = None
        self.setProperty("kind", "tile")
        self.setFixedSize(TILE)
        self.setAutoDefault(False)
        self.setObjectName(f"template-{card.id}")
        self.setAccessibleName(_("New post: {template}").format(template=card.name))
        self.setAccessibleDescription(card.description)
        self.setToolTip(card.description)
        self.star = tool("star", "", self._toggle)
        self.star.setCheckable(True)
        self.star.setChecked(favourite)
        self.star.setObjectName(f"star-{card.id}")
        self.large = tool("expand", _("Look at it large"), self.large_asked.emit)
        self.large.setObjectName(f"large-{card.id}")
        for number, one in enumerate((self.large, self.star)):
            one.setParent(self)
            one.setProperty("kind", "onPicture")
            one.move(TILE.width() - 8 - (_TOOL_PX + 4) * (2 - number), 8)
        self.large.setHidden(not card.has_artwork)
        self._show_star()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the tile as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

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

    def _toggle(self) -> None:
        self._show_star()
        self.starred.emit(self.star.isChecked())

    def _show_star(self) -> None:
        on = self.star.isChecked()
        self.star.setIcon(icon("star-full" if on else "star", "muted"))
        name = _("No longer a favourite") if on else _("Make it a favourite")
        self.star.setToolTip(name)
        self.star.setAccessibleName(f"{name}: {self.card.name}")
        self.large.setAccessibleName(f"{self.large.toolTip()}: {self.card.name}")
