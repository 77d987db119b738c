"""A template large: in every format, in each look, in the person's own agency's brand."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QWidget

from ui.jobs import JobRunner
from ui.theme.theme import current
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from ui.widgets.basic import button, column, label, row
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from wajo_studio.artwork.brand import load_agencies
from wajo_studio.artwork.looks import default_look, find_look, load_looks
from wajo_studio.artwork.manifest import ArtworkFormat
from wajo_studio.artwork.template import find_template
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from wajo_studio.services.preview import Picture
    from wajo_studio.services.studio import Studio

_WIDTH_PX = {"4:5": 860, "1:1": 900, "9:16": 620, "16:9": 1280}


class LargePreview(QDialog):
    """Shows one template; accepted when the person wants to use it.

    Args:
        studio: the program's parts.
        template_id: what is shown.
        jobs: draws in the background.
    """

    drawn = Signal()
    """A picture arrived."""

    def __init__(
        self, studio: "Studio", template_id: str, jobs: JobRunner, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.template = find_template(template_id)
        self.setWindowTitle(self.template.name)
        self.resize(940, 660)
        self._studio = studio
        self._jobs = jobs
        self._asked = 0
        self._format: ArtworkFormat = (
            "4:5" if "4:5" in self.template.formats else self.template.formats[0]
        )
        self.canvas = _Canvas()
        self.canvas.setAccessibleName(
            _("Preview of {template}").format(template=self.template.name)
        )
        looks = load_looks()
        self.look = Choice([(look.id, look.name) for look in looks.values()])
        self.look.setObjectName("largeLook")
        self.look.set_value(default_look(studio.brand).id)
        self.look.chosen.connect(lambda _look: self._draw())
        agencies = [(agency.id, agency.name) for agency in load_agencies().values()]
        self.agency = Choice([("", _("As in the sample")), *agencies], searched=True)
        self.agency.setObjectName("largeAgency")
        self.agency.set_value(_own_agency())
        self.agency.chosen.connect(lambda _agency: self._draw())
        side = column(spacing=SPACE_M)
        side.addWidget(label(self.template.name, "title", wrap=True))
        side.addWidget(label(self.template.description, "body", "muted", wrap=True))
        side.addWidget(Labelled(_("Look"), self.look))
        side.addWidget(Labelled(_("Agency"), self.agency))
        side.addLayout(self._format_pills())
        side.addStretch(1)
        use = button(_("Use this template"), self.accept, kind="primary")
        use.setObjectName("useTemplate")
        use.setDefault(True)
        side.addWidget(use)
        side.addWidget(button(_("Close"), self.reject))
        body = row(spacing=SPACE_L, margins=(SPACE_XL,) * 4)
        body.addWidget(self.canvas, 1)
        holder = QWidget()
        holder.setLayout(side)
        holder.setFixedWidth(250)
        body.addWidget(holder)
        self.setLayout(body)
        self._draw()

    def _format_pills(self) -> QHBoxLayout:
        line = row(spacing=SPACE_S)
        group = QButtonGroup(self)
        group.setExclusive(True)
        for shape in self.template.formats:
            pill = button(shape, partial(self._choose_format, shape), kind="subpill")
            pill.setCheckable(True)
            pill.setChecked(shape == self._format)
            pill.setObjectName(f"large-{shape}")
            group.addButton(pill)
            line.addWidget(pill)
        line.addStretch(1)
        return line

    def _choose_format(self, shape: ArtworkFormat) -> None:
        self._format = shape
        self._draw()

    def _draw(self) -> None:
        shape, look, agency = self._format, find_look(str(self.look.value())), self.agency.value()

        def paint(_ctx: JobContext) -> "Picture | None":
            from wajo_studio.services.thumbnails import template_picture

            return template_picture(
                self._studio,
                self.template.id,
                _WIDTH_PX[shape],
                artwork_format=shape,
                look=look,
                agency=str(agency or ""),
            )

        self._asked += 1
        self._jobs.submit("media", paint, on_done=partial(self._show, self._asked), owner=self)

    def _show(self, number: int, picture: "Picture | None") -> None:
        if picture is not None and number == self._asked:
            self.canvas.show_picture(picture)
        self.drawn.emit()


class _Canvas(QWidget):
    """The picture, as large as it fits."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(320, 320)
        self.image: QImage | None = None
        self._pixels: object = None

    def show_picture(self, picture: "Picture") -> None:
        """Show another picture."""
        self._pixels = picture.pixels
        form = QImage.Format.Format_RGB32
        self.image = QImage(picture.pixels, picture.width, picture.height, picture.stride, form)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(current().canvas))
        if self.image is not None:
            room = self.size() * 0.96
            size = self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self.image)
        painter.end()


def _own_agency() -> str:
    from wajo_studio.services.person import load_person

    return load_person().agency
