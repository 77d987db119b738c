"""The centre pane: the very pixels of a placement, framed as its network shows them."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.pages.compose.session import EditSession
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.widgets.basic import boxed, button, clear, column, label, row, tool
from ui.widgets.post_view import PostLook, PostView
from ui.words import NETWORKS, placement_name, surface
from wajo_studio.domain.finding import Where
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, format_bytes
from wajo_studio.services.planned import PlannedFile
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.preview import Picture


class PreviewPane(QWidget):
    """Network pills, placement pills, the framed picture, its size."""

    placement_chosen = Signal(str)

    def __init__(self, session: EditSession) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.view = PostView()
        self._networks: dict[str, QPushButton] = {}
        self._network_group = QButtonGroup(self)
        self._surface_row: QHBoxLayout = row(spacing=6)
        self._surface_group = QButtonGroup(self)
        self._placements: tuple[str, ...] = ()
        self._size_line = label("", "small-strong", "muted")
        self._size_line.setObjectName("sizeLine")
        self._zone = button(_("Safe area"), kind="link", icon_name="frame")
        self._zone.setCheckable(True)
        self._zone.setObjectName("safeArea")
        self._zone.setToolTip(_("Shows what the network's own buttons cover."))
        self._zone.toggled.connect(self.view.show_safe_zone)
        self._back = tool("chevron-left", _("Previous picture"), lambda: self._step(-1))
        self._forth = tool("chevron-right", _("Next picture"), lambda: self._step(1))
        self._count = label("", "small-strong", "muted")
        self._items = boxed(self._item_row())
        body = column(spacing=6, margins=(SPACE_M, SPACE_M, SPACE_M, SPACE_M))
        body.addLayout(self._network_row())
        self._surfaces = boxed(self._surface_row)
        body.addWidget(self._surfaces)
        body.addWidget(self.view, 1)
        body.addWidget(self._items)
        body.addLayout(self._foot_row())
        self.setLayout(body)
        self.refresh_placements()

    def refresh_placements(self) -> None:
        """Offer the post's placements."""
        placements = tuple(self._session.post.placements)
        shown = self._session.shown[0]
        network = shown.partition(".")[0]
        used = {p.partition(".")[0] for p in placements}
        for name, pill in self._networks.items():
            pill.setEnabled(name in used)
            pill.setToolTip(
                "" if name in used else _("The post has no placement there; choose one first.")
            )
            pill.setChecked(name == network)
        mine = tuple(p for p in placements if p.partition(".")[0] == network)
        if mine != self._placements:
            self._placements = mine
            self._build_surfaces(mine)
        for one in self._surface_group.buttons():
            one.setChecked(one.property("placement") == shown)
        self._surfaces.setVisible(len(mine) > 1)

    def show_drawn(self, prepared: Prepared, picture: Picture | None) -> None:
        """Show what was drawn."""
        placement, number = self._session.shown
        if placement not in prepared.specs:
            return
        items = prepared.plan.items(placement)
        self.view.mark(None)
        self.view.show_picture(picture, _look(prepared, placement, picture))
        self._items.setVisible(len(items) > 1)
        self._count.setText(f"{number + 1} / {len(items)}")
        self._back.setEnabled(number > 0)
        self._forth.setEnabled(number + 1 < len(items))
        item = items[number] if number < len(items) else None
        self._show_size(placement, item)
        zone = prepared.specs[placement].safe_zone
        self._zone.setEnabled(zone is not None)
        self._zone.setVisible(zone is not None)

    def show_checked(self) -> None:
        """Tell the size in bytes, which is known now."""
        prepared, (placement, number) = self._session.prepared, self._session.shown
        if prepared is not None and placement in prepared.specs:
            items = prepared.plan.items(placement)
            self._show_size(placement, items[number] if number < len(items) else None)

    def show_unusable(self, error: WajoError) -> None:
        """Say why there is no picture."""
        self.view.show_picture(None, PostLook(hint=str(error)))
        self._size_line.setText("")

    def show_where(self, where: Where, placements: tuple[str, ...]) -> None:
        """Go to the placement a finding is about and outline its box."""
        target = where.id if where.id in self._session.post.placements else None
        target = target or next(iter(placements), None)
        if target is not None and target != self._session.shown[0]:
            self._choose(target)
        self.view.mark(where.box)

    def _network_row(self) -> QHBoxLayout:
        line = row(spacing=2)
        line.addStretch(1)
        self._network_group.setExclusive(True)
        for name, text in NETWORKS.items():
            pill = button(text, partial(self._choose_network, name), kind="pill")
            pill.setCheckable(True)
            pill.setObjectName(f"network-{name}")
            self._network_group.addButton(pill)
            self._networks[name] = pill
            line.addWidget(pill)
        line.addStretch(1)
        return line

    def _build_surfaces(self, placements: tuple[str, ...]) -> None:
        for pill in self._surface_group.buttons():
            self._surface_group.removeButton(pill)
        clear(self._surface_row)
        self._surface_row.addStretch(1)
        for placement in placements:
            pill = button(
                surface(placement),
                partial(self._choose, placement),
                kind="subpill",
            )
            pill.setCheckable(True)
            pill.setProperty("placement", placement)
            pill.setObjectName(f"placement-{placement}")
            pill.setAccessibleName(placement_name(placement))
            self._surface_group.addButton(pill)
            self._surface_row.addWidget(pill)
        self._surface_row.addStretch(1)

    def _item_row(self) -> QHBoxLayout:
        line = row()
        line.addStretch(1)
        for widget in (self._back, self._count, self._forth):
            line.addWidget(widget)
        line.addStretch(1)
        return line

    def _foot_row(self) -> QHBoxLayout:
        line = row(spacing=SPACE_S)
        line.addStretch(1)
        line.addWidget(self._size_line)
        line.addWidget(self._zone)
        line.addStretch(1)
        return line

    def _choose_network(self, network: str) -> None:
        mine = [p for p in self._session.post.placements if p.partition(".")[0] == network]
        if mine:
            self._choose(mine[0])

    def _choose(self, placement: str, number: int = 0) -> None:
        self._session.show(placement, number)
        self.refresh_placements()
        self.placement_chosen.emit(placement)

    def _step(self, by: int) -> None:
        placement, number = self._session.shown
        self._choose(placement, number + by)

    def _show_size(self, placement: str, item: PlannedFile | None) -> None:
        if item is None:
            self._size_line.setText("")
            return
        size: PixelSize = item.source.size
        parts = [f"{surface(placement)} {_aspect(size)}", f"{size.width} × {size.height}"]
        size_bytes = self._known_bytes(placement, item)
        if size_bytes is not None:
            parts.append(format_bytes(size_bytes))
        self._size_line.setText(" · ".join(parts))

    def _known_bytes(self, placement: str, item: PlannedFile) -> int | None:
        composition = self._session.composition
        if composition is None or self._session.is_checking:
            return None
        name = (placement, f"{placement}/{item.name}")
        for image in composition.images:
            if name in image.plan.files:
                return int(image.facts["size_bytes"])
        return None


def _aspect(size: PixelSize) -> str:
    return size.aspect if len(size.aspect) <= 5 else f"{size.ratio:.2f}:1".replace(".", ",")


def _look(prepared: Prepared, placement: str, picture: Picture | None) -> PostLook:
    network = placement.partition(".")[0]
    texts = prepared.texts.of(placement)
    spec = prepared.specs[placement]
    caption = texts.get("caption") or texts.get("description")
    title = texts.get("title")
    full_screen = placement.endswith((".story", ".reel", ".short")) or network == "tiktok"
    size = PixelSize(picture.width, picture.height) if picture else PixelSize(1, 1)
    lacks = prepared.plan.missing.get(placement)
    hints = {
        "clip": _("This placement needs a clip. Add one in the tab Media."),
        "picture": _("This placement needs a picture. Add one in the tab Media."),
        "second_picture": _("A carousel needs at least two pictures. Add one in the tab Media."),
    }
    zone = spec.safe_zone.at(size) if spec.safe_zone and picture else None
    look = PostLook(
        account=prepared.agency.handles.get(network) or prepared.agency.short_name,
        caption=caption.text if caption else "",
        title=title.text if title and network == "youtube" else "",
        full_screen=full_screen,
        hint=hints.get(lacks or "", _("Nothing to show here.")),
        badge=_("First frame of the clip") if picture and picture.is_frame else "",
    )
    if zone is None:
        return look
    from dataclasses import replace

    return replace(look, safe_zone=zone)
