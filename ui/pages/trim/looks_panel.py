"""How the clip looks: its cover picture, and the name on screen."""

from PySide6.QtWidgets import QWidget

from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_S
from ui.widgets.basic import boxed, button, column, label, row
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.widgets.time_edit import TimeEdit
from wajo_studio.i18n import _
from wajo_studio.services.trim_edit import clock, lower_third


class CoverPanel(QWidget):
    """The picture that stands for the clip before it plays."""

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
        self._time = label("", "body")
        self._time.setObjectName("coverTime")
        use = button(_("Use this picture"), self._use, kind="small")
        use.setObjectName("useCover")
        self._remove = button(_("Remove"), self._take_away, kind="link")
        line = row(spacing=6)
        line.addWidget(self._time, 1)
        line.addWidget(self._remove)
        line.addWidget(use)
        self.setLayout(line)

    def refresh(self) -> None:
        """Show the post's value."""
        cover_s = self._trim.item.cover_s
        self._remove.setVisible(cover_s is not None)
        self._time.setText(_("Automatic") if cover_s is None else clock(cover_s))

    def _use(self) -> None:
        self._trim.set_values(_("cover picture"), cover_s=round(self._trim.position_s, 3))

    def _take_away(self) -> None:
        self._trim.set_values(_("cover picture"), cover_s=None)


class NamePanel(QWidget):
    """The name and role shown over the clip for a while."""

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
        self._name, self._role = LineEdit(), LineEdit()
        self._name.setObjectName("thirdName")
        self._role.setObjectName("thirdRole")
        for line_edit in (self._name, self._role):
            line_edit.textEdited.connect(lambda _text: self._changed())
        self._start = TimeEdit(_("Name appears at"), trim.frame_s, trim.duration_s)
        self._end = TimeEdit(_("Name vanishes at"), trim.frame_s, trim.duration_s)
        self._start.setObjectName("thirdFrom")
        self._end.setObjectName("thirdTo")
        self._start.time_chosen.connect(lambda time_s: self._changed(start_s=time_s))
        self._end.time_chosen.connect(lambda time_s: self._changed(end_s=time_s))
        for time_edit in (self._start, self._end):
            time_edit.refused.connect(trim.refused.emit)
        times = row(spacing=6)
        times.addWidget(label(_("Shown"), "small-strong", "muted"))
        times.addWidget(self._start)
        times.addWidget(label("–", "body", "muted"))
        times.addWidget(self._end)
        times.addStretch(1)
        self._times = boxed(times)
        body = column(spacing=SPACE_S)
        body.addWidget(Labelled(_("Name"), self._name))
        body.addWidget(Labelled(_("Position or office"), self._role))
        body.addWidget(self._times)
        self.setLayout(body)

    def refresh(self) -> None:
        """Show the post's values."""
        third = self._trim.item.lower_third
        for line, text in (
            (self._name, third.name if third else ""),
            (self._role, third.role if third else self._role.text()),
        ):
            if line.text() != text and not (line.hasFocus() and line.text().strip() == text):
                line.setText(text)
        self._times.setVisible(third is not None)
        self._start.set_time(third.start if third else None)
        self._end.set_time(third.end if third else None)

    def _changed(self, start_s: float | None = None, end_s: float | None = None) -> None:
        trim = self._trim
        third = trim.item.lower_third
        if third is not None:
            start_s = third.start if start_s is None else start_s
            end_s = third.end if end_s is None else end_s
        values = lower_third(self._name.text(), self._role.text(), start_s, end_s, trim.ranges)
        trim.set_values(_("name on screen"), lower_third=values)
