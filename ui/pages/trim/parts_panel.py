"""What is kept of the clip, in times, and whether its length suits the placements."""

from PySide6.QtWidgets import QWidget

from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_S
from ui.widgets.basic import (
    boxed,
    button,
    clear,
    column,
    icon_label,
    label,
    row,
    set_tone,
    tool,
)
from ui.widgets.time_edit import TimeEdit
from ui.words import placement_name
from wajo_studio.i18n import _, format_number
from wajo_studio.services.trim_edit import Edge, Length, Range, clock, length_s, lengths

_ICON_PX = 16
_NAME_PX = 112


class _PartRow(QWidget):
    """One part: its number, start, end, length, and a button that takes it away."""

    def __init__(self, trim: TrimSession, index: int) -> None:
        super().__init__()
        self._trim, self._index = trim, index
        number = index + 1
        self._number = button(str(number), lambda: trim.choose(index), kind="subpill")
        self._number.setCheckable(True)
        self._number.setFixedWidth(34)
        self._number.setAccessibleName(_("Choose part {number}").format(number=number))
        self._start = self._line(_("Start of part {number}").format(number=number), "start")
        self._end = self._line(_("End of part {number}").format(number=number), "end")
        self._length = label("", "small", "muted")
        name = _("Remove part {number}").format(number=number)
        self._remove = tool("trash", name, lambda: trim.remove_part(index))
        line = row(spacing=5)
        line.addWidget(self._number)
        line.addWidget(self._start)
        line.addWidget(label("–", "body", "muted"))
        line.addWidget(self._end)
        line.addWidget(self._length, 1)
        line.addWidget(self._remove)
        self.setLayout(line)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the Tab key reaches, in reading order."""
        return (self._number, self._start, self._end, self._remove)

    def show_part(self, part: Range, *, chosen: bool, alone: bool) -> None:
        """Show the part as it is now."""
        self._start.set_time(part[0])
        self._end.set_time(part[1])
        self._length.setText(seconds(part[1] - part[0]))
        self._number.setChecked(chosen)
        self._remove.setVisible(not alone)

    def _line(self, name: str, edge: Edge) -> TimeEdit:
        line = TimeEdit(name, self._trim.frame_s, self._trim.duration_s)
        line.setObjectName(f"part{self._index + 1}-{edge}")
        line.refused.connect(self._trim.refused.emit)
        line.time_chosen.connect(lambda time_s: self._chosen(edge, time_s))
        return line

    def _chosen(self, edge: Edge, time_s: float | None) -> None:
        trim = self._trim
        if time_s is None:
            time_s = 0.0 if edge == "start" else trim.duration_s
        trim.choose(self._index)
        trim.set_edge(self._index, edge, time_s)
        part = trim.ranges[self._index]
        trim.seek(part[0] if edge == "start" else part[1] - trim.frame_s)


class PartsPanel(QWidget):
    """The parts kept, one row each, their whole length, and what the placements say to it."""

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
        self._rows: list[_PartRow] = []
        self._total = label("", "body-strong")
        self._total.setObjectName("keptLength")
        self._list = column(spacing=4)
        self._limits = column(spacing=4)
        body = column(spacing=SPACE_S)
        body.addWidget(self._total)
        body.addLayout(self._list)
        body.addSpacing(2)
        body.addLayout(self._limits)
        self.setLayout(body)
        self._shown: tuple[Length, ...] | None = None

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the Tab key reaches, in reading order."""
        return tuple(control for part_row in self._rows for control in part_row.controls)

    def refresh(self, placements: tuple[str, ...]) -> None:
        """Show the parts as they are now, and judge their length for ``placements``."""
        trim = self._trim
        ranges = trim.ranges
        if len(self._rows) != len(ranges):
            clear(self._list)
            self._rows = [_PartRow(trim, index) for index in range(len(ranges))]
            for part_row in self._rows:
                self._list.addWidget(part_row)
        for index, (part_row, part) in enumerate(zip(self._rows, ranges, strict=True)):
            part_row.show_part(part, chosen=index == trim.chosen, alone=len(ranges) == 1)
        kept_s = length_s(ranges)
        self._total.setText(
            _("{kept} of {whole} kept").format(kept=clock(kept_s), whole=clock(trim.duration_s))
        )
        self._show_limits(lengths(placements, trim.session.studio.specs, kept_s))

    def _show_limits(self, found: tuple[Length, ...]) -> None:
        if found == self._shown:
            return
        self._shown = found
        clear(self._limits)
        if not found:
            self._limits.addWidget(
                label(
                    _("No placement of this post uses the clip yet."), "small", "muted", wrap=True
                )
            )
        for length in found:
            self._limits.addWidget(_limit_row(length))


def seconds(time_s: float) -> str:
    """``5,8 s`` as lengths are written."""
    return _("{seconds} s").format(seconds=format_number(time_s, 1))


def _limit_row(length: Length) -> QWidget:
    words = _("{least} to {most}").format(
        least=clock(length.least_s, 0), most=clock(length.most_s, 0)
    )
    if length.least_s < 1:
        words = _("at most {most}").format(most=clock(length.most_s, 0))
    icon_name, tone = "check", "good"
    if length.verdict == "long":
        icon_name, tone = "block", "danger"
        words = _("{off} too long · max. {most}").format(
            off=seconds(length.off_s), most=clock(length.most_s, 0)
        )
    elif length.verdict == "short":
        icon_name, tone = "block", "danger"
        words = _("{off} too short · min. {least}").format(
            off=seconds(length.off_s), least=clock(length.least_s, 0)
        )
    line = row(spacing=6)
    line.addWidget(icon_label(icon_name, tone, _ICON_PX))
    name = label(placement_name(length.placement), "small-strong")
    name.setMinimumWidth(_NAME_PX)
    line.addWidget(name)
    said = label(words, "small")
    set_tone(said, "muted" if length.verdict == "ok" else "danger")
    line.addWidget(said, 1)
    made = boxed(line)
    made.setObjectName(f"limit-{length.placement}")
    made.setAccessibleName(f"{placement_name(length.placement)}: {words}")
    return made
