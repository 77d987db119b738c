"""A picture framed as its network shows it: account line, caption fold, the network's buttons."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import current
from ui.theme.tokens import RADIUS_L, RADIUS_S
from ui.theme.type import font
from wajo_studio.domain.geometry import Box, SafeZone
from wajo_studio.i18n import _
from wajo_studio.services.preview import Picture

_PAD, _HEAD, _CAPTION_LINES, _LEAST_WIDTH = 12, 46, 2, 300
_PAPER, _INK, _QUIET = "#FFFFFF", "#12211A", "#5A6761"
"""The frame is the network's and not ours: it stays light in the dark theme, as citizens see it."""


@dataclass(frozen=True)
class PostLook:
    """What stands around the picture.

    Attributes:
        account: handle or name of the speaker.
        caption: text under or over the picture, folded.
        title: line over the caption (YouTube), empty elsewhere.
        full_screen: story, reel, short: the network's words lie on the picture.
        safe_zone: margins in pixels of the picture that the network's buttons may cover.
        hint: said in place of a picture that is not there.
        badge: small note on the picture, such as that only a first frame is shown.
    """

    account: str = ""
    caption: str = ""
    title: str = ""
    full_screen: bool = False
    safe_zone: SafeZone = field(default_factory=SafeZone)
    hint: str = ""
    badge: str = ""


class PostView(QWidget):
    """Paints the framed picture as large as its room allows."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._pixels: object = None
        self._scaled: QImage | None = None
        self._look = PostLook()
        self._zone_shown = False
        self._marked: Box | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(280, 320)
        self.setAccessibleName(_("Preview"))

    def show_picture(self, picture: Picture | None, look: PostLook) -> None:
        """Show a picture, or the look's hint where there is none."""
        self._pixels = picture.pixels if picture else None  # the image only borrows them
        self._image = (
            QImage(
                picture.pixels,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            if picture
            else None
        )
        self._scaled = None
        self._look = look
        self.setAccessibleDescription(f"{look.account}. {look.title} {look.caption}".strip())
        self.update()

    def show_safe_zone(self, shown: bool) -> None:
        """Lay the parts that the network's buttons cover over the picture."""
        self._zone_shown = shown
        self.update()

    def mark(self, box: Box | None) -> None:
        """Outline a part of the picture."""
        self._marked = box
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 620)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._look.full_screen and self._image is not None:
            self._paint_full_screen(painter)
        else:
            self._paint_feed(painter)
        painter.end()

    def _ratio(self) -> float:
        return self._image.width() / self._image.height() if self._image else 0.8

    def _paint_feed(self, painter: QPainter) -> None:
        small, strong = font("body"), font("body-strong")
        line = QFontMetricsF(small).lineSpacing()
        title_height = QFontMetricsF(font("head")).lineSpacing() + 2 if self._look.title else 0
        caption_height = _CAPTION_LINES * line + _PAD + 6 if self._look.caption else _PAD
        around = _HEAD + 8 + caption_height + title_height
        height = self.height() - around - 4
        width = min(height * self._ratio(), self.width() - 2 * _PAD - 2)
        height = width / self._ratio()
        card_width = max(width, min(_LEAST_WIDTH, self.width() - 2 * _PAD - 2)) + 2 * _PAD
        card = QRectF(
            (self.width() - card_width) / 2,
            (self.height() - height - around) / 2,
            card_width,
            height + around,
        ).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(current().hairline), 1))
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(card, RADIUS_L, RADIUS_L)
        self._paint_account(painter, QPointF(card.left() + _PAD, card.top() + 10), strong, _INK)
        place = QRectF(card.center().x() - width / 2, card.top() + _HEAD + 6, width, height)
        self._paint_picture(painter, place, RADIUS_S)
        top = place.bottom() + 8
        words = QRectF(card.left() + _PAD, top, card.width() - 2 * _PAD, card.bottom() - top)
        if self._look.title:
            painter.setFont(font("head"))
            painter.setPen(QColor(_INK))
            title = QFontMetricsF(font("head")).elidedText(
                self._look.title, Qt.TextElideMode.ElideRight, words.width()
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft, title)
            words.setTop(words.top() + title_height)
        self._paint_caption(painter, words, _INK, _QUIET, with_account=not self._look.title)

    def _paint_full_screen(self, painter: QPainter) -> None:
        room = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        height = min(room.height(), room.width() / self._ratio())
        width = height * self._ratio()
        place = QRectF(room.center().x() - width / 2, room.top(), width, height)
        place.moveTop(room.center().y() - height / 2)
        self._paint_picture(painter, place, RADIUS_L)
        shade = QLinearGradient(place.bottomLeft(), QPointF(place.left(), place.bottom() - 130))
        shade.setColorAt(0, QColor(0, 0, 0, 170))
        shade.setColorAt(1, QColor(0, 0, 0, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(shade))
        painter.drawRoundedRect(
            QRectF(place.left(), place.bottom() - 130, place.width(), 130), RADIUS_L, RADIUS_L
        )
        right = 0.0
        if self._look.caption or self._look.title:
            right = 40.0
            for index, name in enumerate(("heart", "comment", "share")):
                top = place.bottom() - 150 + index * 42
                spot = QRectF(place.right() - 34, top, 24, 24)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(0, 0, 0, 90))
                painter.drawEllipse(spot.adjusted(-6, -6, 6, 6))
                paint_icon(painter, name, spot, "#FFFFFF")
        line = QFontMetricsF(font("body")).lineSpacing()
        lines = _CAPTION_LINES if self._look.caption else 0
        top = place.bottom() - 14 - lines * line - 32
        self._paint_account(
            painter, QPointF(place.left() + _PAD, top), font("body-strong"), "#FFFFFF"
        )
        words = QRectF(place.left() + _PAD, top + 33, place.width() - 2 * _PAD - right, 60)
        self._paint_caption(painter, words, "#FFFFFF", "#E3E6E4", with_account=False)

    def _paint_account(self, painter: QPainter, at: QPointF, strong: QFont, colour: str) -> None:
        spot = QRectF(at.x(), at.y(), 26, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#0E4D3A"))
        painter.drawEllipse(spot)
        painter.setPen(QColor("#F4C95D"))
        painter.setFont(font("small-strong"))
        initial = next((c for c in self._look.account if c.isalnum()), "W")
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, initial.upper())
        painter.setPen(QColor(colour))
        painter.setFont(strong)
        painter.drawText(
            QRectF(at.x() + 34, at.y(), 300, 26), Qt.AlignmentFlag.AlignVCenter, self._look.account
        )

    def _paint_picture(self, painter: QPainter, place: QRectF, radius: float) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(place, radius, radius)
        painter.save()
        painter.setClipPath(shape)
        if self._image is None:
            painter.fillPath(shape, QColor("#EDF1EF"))
            painter.setPen(QColor(_QUIET))
            painter.setFont(font("body"))
            inner = place.adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, int(flags), self._look.hint)
        else:
            painter.drawImage(place, self._at_size(place))
            if self._zone_shown:
                self._paint_zone(painter, place)
            if self._look.badge:
                self._paint_badge(painter, place)
        painter.restore()
        if self._marked is not None and self._image is not None:
            box = self._marked
            spot = QRectF(
                place.left() + box.x * place.width(),
                place.top() + box.y * place.height(),
                box.w * place.width(),
                box.h * place.height(),
            ).adjusted(-4, -4, 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in (("#FFFFFF", 5), ("#A3262A", 2.5)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRoundedRect(spot, 4, 4)

    def _at_size(self, place: QRectF) -> QImage:
        assert self._image is not None
        ratio = self.devicePixelRatioF()
        size = QSize(round(place.width() * ratio), round(place.height() * ratio))
        if self._scaled is None or self._scaled.size() != size:
            self._scaled = self._image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._scaled

    def _paint_zone(self, painter: QPainter, place: QRectF) -> None:
        assert self._image is not None
        zone = self._look.safe_zone
        scale = place.width() / self._image.width()
        free = place.adjusted(
            zone.left * scale, zone.top * scale, -zone.right * scale, -zone.bottom * scale
        )
        covered = QPainterPath()
        covered.addRect(place)
        inner = QPainterPath()
        inner.addRect(free)
        covered = covered.subtracted(inner)
        painter.fillPath(covered, QColor(0, 0, 0, 90))
        painter.fillPath(covered, QBrush(QColor(255, 255, 255, 110), Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in (
            ("#12211A", Qt.PenStyle.SolidLine),
            ("#FFFFFF", Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(QColor(colour), 2, style))
            painter.drawRect(free.adjusted(1, 1, -1, -1))

    def _paint_badge(self, painter: QPainter, place: QRectF) -> None:
        painter.setFont(font("small-strong"))
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(self._look.badge) + 20
        spot = QRectF(place.left() + 10, place.top() + 10, min(width, place.width() - 20), 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 175))
        painter.drawRoundedRect(spot, 13, 13)
        painter.setPen(QColor("#FFFFFF"))
        text = metrics.elidedText(self._look.badge, Qt.TextElideMode.ElideRight, spot.width() - 16)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_caption(
        self, painter: QPainter, place: QRectF, ink: str, quiet: str, *, with_account: bool
    ) -> None:
        """At most two lines; what does not fit is folded behind the network's "more"."""
        if not self._look.caption:
            return
        more = "… " + _("more")
        more_width = QFontMetricsF(font("body")).horizontalAdvance(more)
        indent = 0.0
        if with_account:
            strong = font("body-strong")
            painter.setFont(strong)
            painter.setPen(QColor(ink))
            line = QFontMetricsF(strong).lineSpacing()
            spot = QRectF(place.left(), place.top(), place.width(), line)
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, self._look.account)
            indent = QFontMetricsF(strong).horizontalAdvance(self._look.account + " ")
        text = " ".join(self._look.caption.split())
        layout = QTextLayout(text, font("body"))
        layout.beginLayout()
        painter.setFont(font("body"))
        height = QFontMetricsF(font("body")).lineSpacing()
        for number in range(_CAPTION_LINES):
            line_of_text = layout.createLine()
            if not line_of_text.isValid():
                break
            left = indent if number == 0 else 0.0
            line_of_text.setLineWidth(place.width() - left)
            start, length = line_of_text.textStart(), line_of_text.textLength()
            shown = text[start : start + length]  # no character beyond the BMP moves the cut much
            last = number == _CAPTION_LINES - 1 and start + length < len(text)
            top = place.top() + number * height
            spot = QRectF(place.left() + left, top, place.width() - left, height)
            painter.setPen(QColor(ink))
            if not last:
                painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, shown)
                continue
            metrics = QFontMetricsF(font("body"))
            while shown and metrics.horizontalAdvance(shown) > spot.width() - more_width:
                shown = shown[:-1]
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, shown.rstrip())
            spot.setLeft(spot.left() + metrics.horizontalAdvance(shown.rstrip()))
            painter.setPen(QColor(quiet))
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft, more)
        layout.endLayout()
