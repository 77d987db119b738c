"""The window's menu entries by name: made, switched on and off, and told as a list of keys."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from wajo_studio.i18n import _


class MenuEntries:
    """Every entry of the menu bar.

    Args:
        window: owner of the entries; their shortcuts work in it.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._entries: dict[str, QAction] = {}

    def add(
        self, menu: QMenu, name: str, text: str, shortcuts: str, action: Callable[[], Any]
    ) -> QAction:
        """Add an entry.

        Args:
            menu: where it stands.
            name: its name here.
            text: what it says, with ``&`` before the letter that chooses it.
            shortcuts: key sequences with blanks between them; the first one is shown.
            action: what it does.
        """
        made = QAction(text, self._window)
        made.setObjectName(f"action-{name}")
        made.setShortcuts([QKeySequence(keys) for keys in shortcuts.split()])
        made.triggered.connect(lambda _checked=False: action())
        menu.addAction(made)
        self._entries[name] = made
        return made

    def allow(self, names: Iterable[str], *, allowed: bool) -> None:
        """Switch entries on or off."""
        for name in names:
            self._entries[name].setEnabled(allowed)

    def name_steps(self, undo: str | None, redo: str | None) -> None:
        """Say what undo and redo do; ``None``: nothing to do."""
        self.allow(["undo"], allowed=undo is not None)
        self.allow(["redo"], allowed=redo is not None)
        words = _("&Undo: {step}").format(step=undo) if undo else _("&Undo")
        self._entries["undo"].setText(words)
        words = _("&Redo: {step}").format(step=redo) if redo else _("&Redo")
        self._entries["redo"].setText(words)

    def keys(self) -> str:
        """Every entry that has a shortcut: keys, a tab, what it does; a line each."""
        native = QKeySequence.SequenceFormat.NativeText
        return "\n".join(
            " / ".join(keys.toString(native) for keys in entry.shortcuts())
            + f"\t{entry.text().replace('&', '')}"
            for entry in self._entries.values()
            if entry.shortcuts()
        )
