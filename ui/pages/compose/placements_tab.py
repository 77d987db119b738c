"""The tab "Penempatan": where the post goes, and what single networks ask for."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.pages.compose.options import OptionControl, option_name
from ui.pages.compose.session import EditSession
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.theme.type import set_role
from ui.widgets.basic import boxed, clear, column, label, row, scrolled
from ui.words import NETWORKS, surface
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.errors import InputError, WajoError
from wajo_studio.i18n import N_, _
from wajo_studio.services.prepare import Prepared
from wajo_studio.specs.model import PlacementSpec


class PlacementsTab(QWidget):
    """A tick per placement, by network; below, the options the chosen ones demand."""

    refused = Signal(object)

    def __init__(self, session: EditSession) -> None:
        super().__init__()
        self._session = session
        self._boxes: dict[str, QCheckBox] = {}
        self._options: dict[tuple[str, str], OptionControl] = {}
        self._option_list: QVBoxLayout = column(spacing=SPACE_M)
        body = column(spacing=SPACE_S, margins=(18, SPACE_M, 18, 18))
        for network, name in NETWORKS.items():
            body.addWidget(label(name, "small-strong", "muted"))
            for placement in PLACEMENTS:
                if placement.partition(".")[0] == network:
                    body.addWidget(self._row(placement))
        self._options_head = label(_("What the networks ask for"), "head")
        body.addSpacing(SPACE_S)
        body.addWidget(self._options_head)
        body.addLayout(self._option_list)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body, "paneBody")))
        self.setLayout(outer)
        self.refresh("open")

    def refresh(self, origin: str) -> None:
        """Show the post's placements and options."""
        post = self._session.post
        for placement, box in self._boxes.items():
            box.setChecked(placement in post.placements)
        wanted = self._wanted()
        if list(self._options) != wanted:
            self._build_options(wanted)
        for (network, key), control in self._options.items():
            if origin != f"options.{network}.{key}":
                control.show(post.options.get(network, {}).get(key))

    def show_prepared(self, prepared: Prepared) -> None:
        """Say which placements lack their material."""
        for placement, box in self._boxes.items():
            lacks = prepared.plan.missing.get(placement)
            name = surface(placement)
            if lacks == "clip":
                name = _("{placement}: needs a clip").format(placement=name)
            elif lacks is not None:
                name = _("{placement}: needs a picture").format(placement=name)
            box.setText(name)

    def focus_option(self, where: str) -> None:
        """Put the keyboard on the option of a finding: ``options.tiktok.privacy_level``."""
        _word, _dot, rest = where.partition(".")
        scope, _dot, key = rest.rpartition(".")
        control = self._options.get((scope.partition(".")[0], key))
        if control is not None:
            control.focus()

    def _row(self, placement: str) -> QWidget:
        box = set_role(QCheckBox(surface(placement)), "body")
        box.setObjectName(f"use-{placement}")
        box.clicked.connect(lambda ticked: self._tick(placement, ticked))
        self._boxes[placement] = box
        line = row()
        line.addWidget(box)
        line.addStretch(1)
        line.addWidget(label(_takes(self._session.studio.specs[placement]), "small", "muted"))
        return boxed(line)

    def _wanted(self) -> list[tuple[str, str]]:
        """Network and key of every option the chosen placements demand."""
        found: dict[tuple[str, str], None] = {}
        for placement in self._session.post.placements:
            spec = self._session.studio.specs[placement]
            for key in spec.required_options:
                found[placement.partition(".")[0], key] = None
        return list(found)

    def _build_options(self, wanted: list[tuple[str, str]]) -> None:
        clear(self._option_list)
        self._options = {}
        self._options_head.setVisible(bool(wanted))
        for network, key in wanted:
            control = OptionControl(network, key, self._setter(network, key))
            self._options[network, key] = control
            self._option_list.addWidget(control.widget)

    def _setter(self, network: str, key: str) -> Callable[[object], None]:
        name = option_name(key)
        return lambda value: self._try(lambda: self._session.set_option(network, key, name, value))

    def _tick(self, placement: str, ticked: bool) -> None:
        chosen = {*self._session.post.placements} - {placement}
        if ticked:
            chosen.add(placement)
        placements = [known for known in PLACEMENTS if known in chosen]
        name = _("choice of placements")

        def change() -> None:
            if not placements:
                raise InputError(N_("A post needs at least one placement; choose another first."))
            self._session.change(
                "placements", lambda draft: draft.change(name, placements=placements)
            )

        self._session.draft.end_step()
        self._try(change)

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except WajoError as error:
            self.refused.emit(error)
            self.refresh("refused")


def _takes(spec: PlacementSpec) -> str:
    """What the placement takes, in a few words."""
    if spec.images is None:
        assert spec.video is not None
        return _("clip {format}").format(format=spec.video.sizes[0].format)
    words = _("picture {format}").format(format=spec.images.artwork.format)
    return _("{picture} or clip").format(picture=words) if spec.video else words
