"""All templates: by what they are for, searched, favourites first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from ui.pages.gallery.tile import TILE, TemplateTile
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from ui.widgets.basic import boxed, button, clear, column, label, row
from ui.widgets.text_edit import LineEdit
from ui.words import pillars
from wajo_studio.i18n import _

if TYPE_CHECKING:
    from wajo_studio.services.gallery import TemplateCard
    from wajo_studio.services.preview import Picture

ALL, FAVOURITES = "", "*"
_SEARCH_PX = 240


class Gallery(QWidget):
    """The templates as tiles.

    Signals:
        chosen: id of the template a post is begun with.
        large_asked: id of the template to be shown large.
        starred: id, and whether it is a favourite now.
    """

    chosen = Signal(str)
    large_asked = Signal(str)
    starred = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._tiles: dict[str, TemplateTile] = {}
        self._cards: list[TemplateCard] = []
        self._favourites: set[str] = set()
        self._kind = ALL
        self._across = 0
        self.search = LineEdit()
        self.search.setObjectName("searchTemplates")
        self.search.setPlaceholderText(_("Search templates"))
        self.search.setAccessibleName(_("Search templates"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(_SEARCH_PX)
        self.search.textChanged.connect(lambda _text: self._rebuild())
        self._pills = QButtonGroup(self)
        self._pills.setExclusive(True)
        head = row(spacing=SPACE_S)
        head.addWidget(self.search)
        for key, name in ((ALL, _("All")), (FAVOURITES, _("Favourites")), *pillars()):
            pill = button(name, kind="subpill")
            pill.setCheckable(True)
            pill.setChecked(key == ALL)
            pill.setObjectName(f"kind-{key or 'all'}")
            pill.clicked.connect(lambda _on=False, key=key: self._choose_kind(key))
            self._pills.addButton(pill)
            head.addWidget(pill)
        head.addStretch(1)
        self._body: QVBoxLayout = column(spacing=SPACE_M)
        outer = column(spacing=SPACE_L)
        outer.addLayout(head)
        outer.addLayout(self._body)
        self.setLayout(outer)

    def show_templates(self, cards: "Sequence[TemplateCard]", favourites: Sequence[str]) -> None:
        """Fill the gallery."""
        for tile in self._tiles.values():
            tile.deleteLater()
        self._cards = list(cards)
        self._favourites = set(favourites)
        self._tiles = {card.id: self._tile(card) for card in cards}
        self._rebuild()

    def show_picture(self, template_id: str, picture: "Picture | None") -> None:
        """A template was painted."""
        if picture is not None and template_id in self._tiles:
            self._tiles[template_id].show_picture(picture)

    def shown_ids(self) -> list[str]:
        """Ids of the templates on view, in their order."""
        return [card.id for _title, cards in self._groups() for card in cards]

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._columns() != self._across:
            self._rebuild()

    def _tile(self, card: "TemplateCard") -> TemplateTile:
        tile = TemplateTile(card, favourite=card.id in self._favourites)
        tile.setParent(self)
        tile.hide()
        tile.clicked.connect(lambda _on=False: self.chosen.emit(card.id))
        tile.large_asked.connect(lambda: self.large_asked.emit(card.id))
        tile.starred.connect(lambda on: self._star(card.id, on=on))
        return tile

    def _star(self, template_id: str, *, on: bool) -> None:
        self._favourites = (
            self._favourites | {template_id} if on else self._favourites - {template_id}
        )
        self.starred.emit(template_id, on)
        if self._kind == FAVOURITES:
            self._rebuild()

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._rebuild()

    def _groups(self) -> "list[tuple[str, list[TemplateCard]]]":
        """Title and templates of each group; one without title while something is looked for."""
        words = self.search.text().lower().split()
        found = [card for card in self._cards if all(word in card.words for word in words)]
        if self._kind == FAVOURITES:
            return [("", [card for card in found if card.id in self._favourites])]
        if self._kind:
            return [("", [card for card in found if self._kind in card.pillars])]
        if words:
            return [("", found)]
        named = dict(pillars())
        groups = [
            (name, [card for card in found if card.pillars[:1] == (key,)])
            for key, name in named.items()
        ]
        rest = [card for card in found if not card.pillars or card.pillars[0] not in named]
        marked = [card for card in found if card.id in self._favourites]
        if marked:
            kept = {card.id for card in marked}
            groups = [(name, [c for c in cards if c.id not in kept]) for name, cards in groups]
            groups.insert(0, (_("Favourites"), marked))
        return [(name, cards) for name, cards in [*groups, (_("Others"), rest)] if cards]

    def _columns(self) -> int:
        return max(1, (self.width() + SPACE_L) // (TILE.width() + SPACE_L))

    def _rebuild(self) -> None:
        """Lay the tiles out anew; they themselves stay, and so does the keyboard's place."""
        self._across = self._columns()
        for tile in self._tiles.values():
            tile.setParent(self)
            tile.hide()
        clear(self._body)
        previous: QWidget = self.search
        groups = self._groups()
        for title, cards in groups:
            if title:
                self._body.addWidget(label(title, "head"))
            grid = QGridLayout()
            grid.setSpacing(SPACE_L)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            for index, card in enumerate(cards):
                tile = self._tiles[card.id]
                grid.addWidget(tile, index // self._across, index % self._across)
            self._body.addWidget(boxed(grid))
            for card in cards:
                self._tiles[card.id].show()
                QWidget.setTabOrder(previous, self._tiles[card.id])
                previous = self._tiles[card.id]
        if not any(cards for _title, cards in groups) and self._cards:
            text = (
                _("No favourites yet. Press the star on a template.")
                if self._kind == FAVOURITES and not self.search.text()
                else _("No template fits. Try another word.")
            )
            self._body.addWidget(label(text, "body", "muted"))
