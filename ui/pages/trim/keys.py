"""The keys of a player; they act only while the player or the time line has the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.pages.trim.trim_session import TrimSession

_FASTEST = 4.0
_KEYS = (
    Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_L, Qt.Key.Key_I, Qt.Key.Key_O,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Delete,
)  # fmt: skip


def takes(event: QEvent) -> bool:
    """Whether a shortcut elsewhere must leave this key to the player."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and Qt.Key(event.key()) in _KEYS
        and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    )


def press(trim: TrimSession, event: QKeyEvent) -> bool:
    """Do what a key stands for; False when it stands for nothing."""
    if event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    ):
        return False
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    actions: dict[Qt.Key, Callable[[], object]] = {
        Qt.Key.Key_Space: trim.toggle,
        Qt.Key.Key_K: trim.pause,
        Qt.Key.Key_J: lambda: trim.play(_faster(trim, -1.0)),
        Qt.Key.Key_L: lambda: trim.play(_faster(trim, 1.0)),
        Qt.Key.Key_I: lambda: trim.mark("start"),
        Qt.Key.Key_O: lambda: trim.mark("end"),
        Qt.Key.Key_Left: lambda: trim.skip(-1.0) if shift else trim.step(-1),
        Qt.Key.Key_Right: lambda: trim.skip(1.0) if shift else trim.step(1),
        Qt.Key.Key_Up: lambda: trim.choose(trim.chosen - 1),
        Qt.Key.Key_Down: lambda: trim.choose(trim.chosen + 1),
        Qt.Key.Key_Home: lambda: trim.seek(trim.ranges[trim.chosen][0]),
        Qt.Key.Key_End: lambda: trim.seek(trim.ranges[trim.chosen][1] - trim.frame_s),
        Qt.Key.Key_Delete: lambda: trim.remove_part(trim.chosen),
    }
    action = actions.get(Qt.Key(event.key()))
    if action is None:
        return False
    repeats = Qt.Key(event.key()) in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    if not event.isAutoRepeat() or repeats:
        action()
    return True


def _faster(trim: TrimSession, speed: float) -> float:
    """The same key again plays faster."""
    now = trim.playback.speed
    if trim.is_playing and now * speed > 0:
        return max(-_FASTEST, min(_FASTEST, now * 2))
    return speed
