"""The brand's colours as swatches, and what to do about pairs that are too alike."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme.theme import current
from ui.theme.tokens import RADIUS_S, SPACE_M, SPACE_S
from ui.widgets.basic import boxed, button, clear, column, icon_label, label, row
from wajo_studio.artwork.contrast import Weakness
from wajo_studio.domain.brand import Palette
from wajo_studio.i18n import N_, _

_ROLES = {
    "primary": N_("Main colour"),
    "accent": N_("Accent"),
    "paper": N_("Paper"),
    "ink": N_("Ink"),
    "alert": N_("Warning"),
    "education": N_("Education"),
}


class Swatch(QPushButton):
    """One colour; pressing it lets the person choose another."""

    def __init__(self, role: str, colour: str, changed: Callable[[str, str], object]) -> None:
        super().__init__(f"      {_(_ROLES[role])}")
        self.role, self.colour = role, colour
        self._changed = changed
        self.setProperty("kind", "small")
        self.setAutoDefault(False)
        self.setObjectName(f"swatch-{role}")
        self.setAccessibleDescription(colour)
        self.setToolTip(colour)
        self.clicked.connect(lambda _on=False: self._choose())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(current().edge))
        painter.setBrush(QColor(self.colour))
        side = self.height() - 12
        painter.drawRoundedRect(8, 6, side, side, RADIUS_S, RADIUS_S)
        painter.end()

    def _choose(self) -> None:
        title = _("Colour: {role}").format(role=_(_ROLES[self.role]))
        chosen = QColorDialog.getColor(QColor(self.colour), self, title)
        if chosen.isValid():
            self._changed(self.role, chosen.name().upper())


class PaletteBox(QWidget):
    """Six swatches and the proposals of the contrast check.

    Args:
        changed: gets role and new colour.
        repair: takes every proposal.
    """

    def __init__(self, changed: Callable[[str, str], object], repair: Callable[[], object]) -> None:
        super().__init__()
        self._changed, self._repair = changed, repair
        self._swatches = QGridLayout()
        self._swatches.setSpacing(SPACE_S)
        self._weak: QVBoxLayout = column(spacing=SPACE_S)
        body = column(spacing=SPACE_M)
        body.addLayout(self._swatches)
        body.addLayout(self._weak)
        self.setLayout(body)

    def show_palette(self, palette: Palette, weak: Sequence[Weakness]) -> None:
        """Show the colours and what is too alike among them."""
        clear(self._swatches)
        for number, (role, colour) in enumerate(palette.model_dump().items()):
            self._swatches.addWidget(Swatch(role, colour, self._changed), number // 3, number % 3)
        clear(self._weak)
        if not weak:
            line = row(spacing=SPACE_S)
            line.addWidget(icon_label("check", "good"))
            line.addWidget(label(_("All colours can be read on each other."), "small", "good"), 1)
            self._weak.addWidget(boxed(line))
            return
        for one in {weak_one.pair.role: weak_one for weak_one in weak}.values():
            line = row(spacing=SPACE_S)
            line.addWidget(icon_label("warning", "warn"))
            line.addWidget(label(_sentence(one), "small", "warn", wrap=True), 1)
            self._weak.addWidget(boxed(line))
        mend = button(_("Take over all proposals"), self._repair, kind="small")
        mend.setObjectName("repairPalette")
        line = row()
        line.addWidget(mend)
        line.addStretch(1)
        self._weak.addWidget(boxed(line))


def _sentence(weak: Weakness) -> str:
    return _(
        "{role}: contrast {ratio}:1 instead of at least {least}:1. Proposal: {proposal}."
    ).format(
        role=_(_ROLES[weak.pair.role]),
        ratio=f"{weak.ratio:.1f}".replace(".", ","),
        least=f"{weak.pair.ratio:g}".replace(".", ","),
        proposal=weak.proposal,
    )
