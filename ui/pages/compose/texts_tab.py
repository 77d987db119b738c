"""The tab "Teks unggahan": the base text, the networks' own, the artwork's alternative text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.compose.session import EditSession
from ui.theme.tokens import SPACE_M, SPACE_XS
from ui.widgets.basic import boxed, button, clear, column, label, row, scrolled, set_tone
from ui.widgets.labelled import Counter, Labelled
from ui.widgets.text_edit import GrowingTextEdit
from ui.words import NETWORKS, placement_name
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.services.prepare import Prepared
from wajo_studio.text import measure


class CaptionEdit(QWidget):
    """One text: the post's own, or what stands in when it has none.

    Args:
        key: of the post's captions: ``base``, ``alt``, a network, or a placement.
        name: on screen.
    """

    edited = Signal(str, str)
    reset = Signal(str)

    def __init__(self, key: str, name: str, *, lines: int) -> None:
        super().__init__()
        self.key = key
        self.name = name
        self.editor = GrowingTextEdit(lines, 7)
        self.editor.setObjectName(f"caption-{key}")
        counted = key not in ("base", "alt")
        self._row = Labelled(name, self.editor, counter=Counter() if counted else None)
        self._origin = label("", "small", "muted")
        self._reset = button(_("Use the draft again"), lambda: self.reset.emit(key), kind="link")
        self._reset.setAccessibleDescription(name)
        self._reset.setFixedHeight(30)
        foot = row()
        foot.addWidget(self._origin)
        foot.addStretch(1)
        foot.addWidget(self._reset)
        body = column(spacing=SPACE_XS)
        body.addWidget(self._row)
        body.addLayout(foot)
        self.setLayout(body)
        self.editor.edited.connect(self._on_edited)
        self._shown: tuple[str, bool, str] | None = None

    def show_text(self, text: str, *, own: bool, stands_in: str) -> None:
        """Show the text; ``stands_in`` says where it comes from when it is not the post's own."""
        if (text, own, stands_in) == self._shown and text == self.editor.text():
            return
        self._shown = (text, own, stands_in)
        self.editor.set_text(text)
        self._origin.setText(_("Written for this post") if own else stands_in)
        set_tone(self._origin, "accent" if own else "muted")
        self._reset.setVisible(own)
        self._count(text)

    def _on_edited(self, text: str) -> None:
        self._count(text)
        self.edited.emit(self.key, text)

    def _count(self, text: str) -> None:
        if self._row.counter is not None:
            measured = measure(self.key.partition(".")[0], text)
            self._row.show_count(measured.length, measured.limit)


class TextsTab(QWidget):
    """Every text of the post, each with the counter of its network."""

    refused = Signal(object)
    pasted = Signal(object)

    def __init__(self, session: EditSession) -> None:
        super().__init__()
        self._session = session
        self._edits: dict[str, CaptionEdit] = {}
        self._list: QVBoxLayout = column(spacing=SPACE_M, margins=(18, SPACE_M, 18, 18))
        outer = column(spacing=0)
        self._area = scrolled(boxed(self._list, "paneBody"))
        outer.addWidget(self._area)
        self.setLayout(outer)
        self.refresh("open")

    def refresh(self, origin: str) -> None:
        """Show the texts of the post's networks."""
        del origin
        keys = self._keys()
        if list(self._edits) != keys:
            self._build(keys)

    def show_prepared(self, prepared: Prepared) -> None:
        """Show what each network gets; the text the person is typing in stays."""
        captions = self._session.post.captions
        for key, edit in self._edits.items():
            own = key in captions
            if own:
                edit.show_text(captions[key], own=True, stands_in="")
            elif not edit.editor.hasFocus():
                text, stands_in = self._stand_in(prepared, key)
                edit.show_text(text, own=False, stands_in=stands_in)

    def focus_text(
        self, key: str, placements: tuple[str, ...], span: tuple[int, int] | None
    ) -> None:
        """Put the keyboard on a text and select the characters a finding is about.

        What only one network finds in the base text is changed for that network, in its own
        box: the others keep what they have.
        """
        networks = {placement.partition(".")[0] for placement in placements}
        if key not in self._edits or (key == "base" and len(networks) == 1):
            network = min(networks, default="base")
            key = network if network in self._edits else "base"
        if key in self._edits:
            editor = self._edits[key].editor
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self._edits[key])
            if span:
                editor.select_span(*span)

    def _keys(self) -> list[str]:
        post = self._session.post
        networks = dict.fromkeys(
            p.partition(".")[0] for p in post.placements if not p.endswith(".story")
        )
        special = [key for key in post.captions if "." in key and key in post.placements]
        return ["base", *networks, *special, "alt"]

    def _build(self, keys: list[str]) -> None:
        clear(self._list)
        self._edits = {}
        for key in keys:
            edit = CaptionEdit(key, _name(key), lines=4 if key == "base" else 3)
            edit.edited.connect(self._on_edited)
            edit.reset.connect(self._on_reset)
            edit.editor.files_pasted.connect(self.pasted.emit)
            self._edits[key] = edit
            self._list.addWidget(edit)
        self._list.addStretch(1)
        if self._session.prepared is not None:
            self.show_prepared(self._session.prepared)

    def _stand_in(self, prepared: Prepared, key: str) -> tuple[str, str]:
        from_template = _("Draft of the template")
        if key == "alt":
            return prepared.texts.artwork_alt, from_template
        if key == "base":
            return prepared.texts.base, from_template
        for fact in prepared.texts.facts:
            network = fact.placement.partition(".")[0]
            if fact.part in ("caption", "description") and key in (network, fact.placement):
                same = _("The same as the base text")
                return fact.text, same if fact.key == "base" else from_template
        return "", from_template

    def _on_edited(self, key: str, text: str) -> None:
        self._try(lambda: self._session.set_caption(key, _name(key), text))
        if self._session.prepared is not None and key in self._edits:
            self._edits[key].show_text(text, own=True, stands_in="")

    def _on_reset(self, key: str) -> None:
        self._session.draft.end_step()
        self._edits[key].editor.clearFocus()
        self._try(lambda: self._session.set_caption(key, _name(key), None))

    def _try(self, action: object) -> None:
        try:
            action()  # type: ignore[operator]
        except WajoError as error:
            self.refused.emit(error)


def _name(key: str) -> str:
    if key == "base":
        return _("Base text, for every network")
    if key == "alt":
        return _("Alternative text of the artwork")
    return NETWORKS[key] if key in NETWORKS else placement_name(key)
