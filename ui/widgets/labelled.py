"""A control under its label, with a counter in the label line and a hint below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.basic import column, label, row, set_state, set_tone
from wajo_studio.i18n import _, format_number

NEAR = 0.9
"""From this part of the limit on, the counter warns."""


class Counter(QWidget):
    """``48 / 90``; amber from 90 %, red and in words beyond."""

    def __init__(self) -> None:
        super().__init__()
        self._label = label("", "small", "muted")
        line = row()
        line.addWidget(self._label)
        self.setLayout(line)
        self.state = "ok"
        self._shown: tuple[int, int, str] | None = None

    def show_count(self, length: int, limit: int, prefix: str = "") -> None:
        """Show a length against its limit."""
        if (length, limit, prefix) == self._shown:
            return
        self._shown = (length, limit, prefix)
        text = f"{format_number(length)} / {format_number(limit)}"
        if length > limit:
            self.state, tone = "over", "danger"
            text = _("{count}, {excess} too many").format(
                count=text, excess=format_number(length - limit)
            )
        elif length >= NEAR * limit:
            self.state, tone = "near", "warn"
            text = _("{count}, nearly full").format(count=text)
        else:
            self.state, tone = "ok", "muted"
        self._label.setText(f"{prefix} {text}".strip())
        self._label.setAccessibleName(self._label.text())
        set_tone(self._label, tone)

    def text(self) -> str:
        """What it shows."""
        return self._label.text()


class Labelled(QWidget):
    """A control with its label, an optional counter and an optional hint."""

    def __init__(
        self, text: str, control: QWidget, *, hint: str = "", counter: Counter | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self.counter = counter
        body: QVBoxLayout = column(spacing=4)
        line = row()
        caption = label(text, "small-strong", "muted")
        caption.setBuddy(control)
        line.addWidget(caption, 1)
        if counter is not None:
            line.addWidget(counter, 0, Qt.AlignmentFlag.AlignRight)
        body.addLayout(line)
        body.addWidget(control)
        if hint:
            control.setToolTip(hint)
            control.setAccessibleDescription(hint)
        if not control.accessibleName():
            control.setAccessibleName(text)
        self.setLayout(body)

    def show_count(self, length: int, limit: int) -> None:
        """Update the counter and mark the control when the limit is passed."""
        if self.counter is not None:
            self.counter.show_count(length, limit)
            set_state(self.control, "state", "over" if length > limit else "")
