"""How the clip fits the frame, and where a filled frame looks."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.trim.focus_track import CENTRE
from ui.pages.trim.long_job import LongJob
from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_S
from ui.widgets.basic import boxed, button, column, label, row, tool
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.percent_edit import PercentEdit
from wajo_studio.i18n import _, ngettext

_PERCENT = 100


class FramingPanel(QWidget):
    """Fit or fill, the focus, and the key points it runs along."""

    def __init__(self, trim: TrimSession, long: LongJob) -> None:
        super().__init__()
        self._trim, self._long = trim, long
        self.mode = Choice(
            [
                (None, _("Automatic")),
                ("fit-blur", _("Whole picture, blurred edges")),
                ("fill", _("Fill the frame")),
                ("fit-colour", _("Whole picture, coloured edges")),
            ]
        )
        self.mode.setObjectName("reframe")
        self.mode.chosen.connect(lambda mode: trim.set_values(_("framing"), reframe=mode))
        self._fill = boxed(self._fill_rows())
        body = column(spacing=SPACE_S)
        body.addWidget(Labelled(_("How it fits the frame"), self.mode))
        body.addWidget(self._fill)
        self.setLayout(body)
        trim.moved.connect(lambda _time_s: self._show_focus())
        trim.focus.held_changed.connect(self._show_focus)
        long.busy_changed.connect(lambda busy: self._follow.setEnabled(not busy))

    def refresh(self, mode_in_force: str) -> None:
        """Show the post's values; ``mode_in_force`` is what "automatic" means here."""
        self.mode.set_value(self._trim.item.reframe)
        self._fill.setVisible(mode_in_force == "fill")
        self._show_focus()

    def _fill_rows(self) -> QVBoxLayout:
        focus = self._trim.focus
        self._across = self._line(_("Focus from the left, in per cent"), "focusX")
        self._down = self._line(_("Focus from the top, in per cent"), "focusY")
        place = row(spacing=6)
        place.addWidget(label(_("Focus"), "small-strong", "muted"))
        place.addWidget(self._across)
        place.addWidget(self._down)
        place.addWidget(button(_("Centre"), lambda: focus.look_at(*CENTRE), kind="link"))
        place.addStretch(1)
        self._count = label("", "small", "muted")
        self._count.setObjectName("focusPoints")
        self._back = tool("chevron-left", _("To the key point before"), lambda: focus.go(-1))
        self._on = tool("chevron-right", _("To the next key point"), lambda: focus.go(1))
        self._add = button(_("Add key point"), focus.add_here, kind="small")
        self._add.setObjectName("addFocusPoint")
        self._add.setToolTip(_("From here on the frame looks where you drag it at this moment."))
        self._remove = button(_("Remove point"), focus.remove_here, kind="small")
        self._remove.setObjectName("removeFocusPoint")
        self._remove.setToolTip(_("Takes away the key point at this picture"))
        points = row(spacing=4)
        points.addWidget(self._count, 1)
        points.addWidget(self._back)
        points.addWidget(self._on)
        points.addWidget(self._remove)
        points.addWidget(self._add)
        self._follow = button(
            _("Follow by itself"), lambda: focus.follow(self._long.run), kind="link"
        )
        self._follow.setObjectName("followSubject")
        self._follow.setToolTip(
            _("Proposes key points from faces, or else from what moves; you can change them.")
        )
        self._fix = button(_("Keep still"), focus.fix, kind="link")
        self._fix.setObjectName("fixFocus")
        ways = row(spacing=6)
        ways.addWidget(self._follow)
        ways.addWidget(self._fix)
        ways.addStretch(1)
        body = column(spacing=SPACE_S)
        body.addLayout(place)
        body.addLayout(points)
        body.addLayout(ways)
        return body

    def _show_focus(self) -> None:
        focus = self._trim.focus
        x, y = focus.focus
        self._across.set_percent(round(x * _PERCENT))
        self._down.set_percent(round(y * _PERCENT))
        count = len(focus.path)
        text = ngettext("{count} key point", "{count} key points", count).format(count=count)
        self._count.setText(text if count else _("The focus rests"))
        here = focus.here is not None
        self._remove.setVisible(here)
        self._add.setVisible(not here)
        for widget in (self._back, self._on, self._fix):
            widget.setVisible(bool(count))

    def _line(self, name: str, object_name: str) -> PercentEdit:
        line = PercentEdit(name)
        line.setObjectName(object_name)
        line.percent_chosen.connect(
            lambda _percent: self._trim.focus.look_at(
                self._across.percent / _PERCENT, self._down.percent / _PERCENT
            )
        )
        return line
