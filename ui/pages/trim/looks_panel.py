"""How the clip looks: framing, cover picture, subtitles, the name on screen."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_S
from ui.widgets.basic import ElidedLabel, boxed, button, column, label, row
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.percent_edit import PercentEdit
from ui.widgets.text_edit import LineEdit
from ui.widgets.time_edit import TimeEdit
from wajo_studio.i18n import _
from wajo_studio.services.trim_edit import clock, lower_third

_CENTRE = (0.5, 0.5)
_PERCENT = 100


class FramingPanel(QWidget):
    """Fit or fill, and what stays in sight."""

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
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
        self._across = self._line(_("Focus from the left, in per cent"), "focusX")
        self._down = self._line(_("Focus from the top, in per cent"), "focusY")
        line = row(spacing=6)
        line.addWidget(label(_("Focus"), "small-strong", "muted"))
        line.addWidget(self._across)
        line.addWidget(self._down)
        line.addWidget(
            button(_("Centre"), lambda: self.set_focus(*_CENTRE), kind="link"),
        )
        line.addStretch(1)
        self._focus = boxed(line)
        self._path = label("", "small", "muted", wrap=True)
        body = column(spacing=SPACE_S)
        body.addWidget(Labelled(_("How it fits the frame"), self.mode))
        body.addWidget(self._focus)
        body.addWidget(self._path)
        self.setLayout(body)

    def refresh(self, mode_in_force: str) -> None:
        """Show the post's values; ``mode_in_force`` is what "automatic" means here."""
        item = self._trim.item
        self.mode.set_value(item.reframe)
        self._focus.setVisible(mode_in_force == "fill")
        x, y = item.focus or _CENTRE
        self._across.set_percent(round(x * _PERCENT))
        self._down.set_percent(round(y * _PERCENT))
        self._path.setVisible(bool(item.focus_path) and mode_in_force == "fill")
        if item.focus_path:
            self._path.setText(_("The focus moves along; choosing a fixed one ends that."))

    def set_focus(self, x: float, y: float) -> None:
        """Keep this point in sight, all the time."""
        self._trim.set_values(_("focus point"), focus=(round(x, 3), round(y, 3)), focus_path=())

    def _line(self, name: str, object_name: str) -> PercentEdit:
        line = PercentEdit(name)
        line.setObjectName(object_name)
        line.percent_chosen.connect(
            lambda _percent: self.set_focus(
                self._across.percent / _PERCENT, self._down.percent / _PERCENT
            )
        )
        return line


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


class SubtitlesPanel(QWidget):
    """The subtitle file and where its words go.

    Signals:
        file_asked: the person wants to choose a file.
    """

    file_asked = Signal()

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
        self._file = ElidedLabel("", "body")
        self._choose = button(_("Choose file…"), self.file_asked.emit, kind="small")
        self._choose.setObjectName("chooseSubtitles")
        self._remove = button(_("Remove"), self._take_away, kind="link")
        self._remove.setObjectName("removeSubtitles")
        line = row(spacing=6)
        line.addWidget(self._file, 1)
        line.addWidget(self._remove)
        line.addWidget(self._choose)
        self.mode = Choice(
            [
                (None, _("Automatic: as a file where it is taken")),
                ("burn", _("Into the picture")),
                ("sidecar", _("As a file of its own")),
                ("both", _("Both")),
            ]
        )
        self.mode.setObjectName("subtitlesMode")
        self.mode.chosen.connect(lambda mode: trim.set_values(_("subtitles"), subtitles_mode=mode))
        self._mode_row = Labelled(_("Where the words go"), self.mode)
        body = column(spacing=SPACE_S)
        body.addLayout(line)
        body.addWidget(self._mode_row)
        self.setLayout(body)

    def refresh(self) -> None:
        """Show the post's values."""
        item = self._trim.item
        has_file = item.subtitles is not None
        self._file.set_text(Path(item.subtitles).name if item.subtitles else _("No file"))
        self._remove.setVisible(has_file)
        self._mode_row.setVisible(has_file)
        self.mode.set_value(item.subtitles_mode)

    def _take_away(self) -> None:
        self._trim.session.draft.end_step()
        self._trim.set_values(_("subtitles"), subtitles=None)


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
