"""The one door to the person: toast, dialog, question."""

import logging
import traceback
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QPlainTextEdit,
    QWidget,
)

from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import boxed, button, column, icon_label, label, row
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _

TOAST_MS = 8_000
_log = logging.getLogger(__name__)


class Messages(QObject):
    """Shows messages over one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: QWidget | None = None
        window.installEventFilter(self)

    def toast(
        self, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """A short note at the lower edge that goes by itself."""
        self._close_toast()
        line = row(spacing=SPACE_M, margins=(SPACE_L, SPACE_S, SPACE_S, SPACE_S))
        words = label(text)
        line.addWidget(words)
        toast = boxed(line, "toast", frame=True)
        if on_action is not None:

            def act() -> None:
                self._close_toast()
                on_action()

            line.addWidget(button(action, act, kind="small"))
        toast.setParent(self._window)
        toast.setAccessibleName(text)
        self._toast = toast
        self._place_toast()
        toast.show()
        toast.raise_()
        QTimer.singleShot(TOAST_MS, toast, self._close_toast)

    def error(self, error: WajoError) -> None:
        """What went wrong and what to do; the technical text is folded away."""
        _log.warning("%s: %s %s", error.code, error, error.detail)
        title = {"input": _("That cannot be used"), "disk": _("The disk could not be written")}
        heading = title.get(error.code.partition(".")[0], _("That did not work"))
        self._dialog("warning", "warn", heading, str(error), error.detail or error.code).exec()

    def crash(self, error: BaseException) -> None:
        """The program has a fault; the draft is safe."""
        detail = "".join(traceback.format_exception(error))
        self._dialog(
            "block",
            "danger",
            _("The program made a mistake"),
            _(
                "Your draft is safe. Copy the details and send them to whoever maintains the "
                "program, then go on working."
            ),
            detail,
        ).exec()

    def ask(self, title: str, text: str, answers: Sequence[str], *, default: int = 0) -> int:
        """One question; the index of the answer, or -1 when it was closed."""
        dialog = self._dialog("info", "note", title, text, "", answers, default)
        return dialog.exec() - 1

    def _dialog(
        self,
        icon_name: str,
        role: str,
        title: str,
        text: str,
        detail: str,
        answers: Sequence[str] = (),
        default: int = 0,
    ) -> QDialog:
        dialog = QDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setMinimumWidth(440)
        body = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        head = row(spacing=SPACE_M)
        head.addWidget(icon_label(icon_name, role, 24), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=SPACE_S)
        words.addWidget(label(title, "head", wrap=True))
        words.addWidget(label(text, wrap=True))
        head.addLayout(words, 1)
        body.addLayout(head)
        if detail:
            _fold_details(body, detail)
        line = row()
        line.addStretch(1)
        for index, answer in enumerate(answers or (_("Close"),)):
            one = button(answer, kind="primary" if index == default else "")
            one.clicked.connect(lambda _checked=False, index=index: dialog.done(index + 1))
            line.addWidget(one)
            if index == default:
                one.setDefault(True)
                one.setFocus()
        body.addLayout(line)
        dialog.setLayout(body)
        return dialog

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place_toast()
        return super().eventFilter(watched, event)

    def _place_toast(self) -> None:
        if self._toast is not None:
            self._toast.adjustSize()
            room = self._window.rect()
            left = (room.width() - self._toast.width()) // 2
            self._toast.move(left, room.height() - self._toast.height() - SPACE_XL)

    def _close_toast(self) -> None:
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None


def _fold_details(body: "object", detail: str) -> None:
    from PySide6.QtWidgets import QBoxLayout

    assert isinstance(body, QBoxLayout)
    text = set_role(QPlainTextEdit(detail), "small")
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setAccessibleName(_("Details"))
    text.setFixedHeight(140)
    text.hide()
    line = row()
    toggle = button(_("Details"), kind="link", icon_name="chevron-right")
    toggle.setCheckable(True)
    toggle.toggled.connect(text.setVisible)
    copy = button(_("Copy details"), lambda: QApplication.clipboard().setText(detail), kind="link")
    line.addWidget(toggle)
    line.addWidget(copy)
    line.addStretch(1)
    body.addLayout(line)
    body.addWidget(text)
