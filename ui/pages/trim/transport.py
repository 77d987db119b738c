"""The row between picture and time line: play, step, mark, zoom, and what time it is."""

from PySide6.QtWidgets import QWidget

from ui.pages.trim.timeline import Timeline
from ui.pages.trim.trim_session import TrimSession
from ui.theme.icons import icon
from ui.widgets.basic import button, label, row, set_tone, tool
from wajo_studio.i18n import N_, _
from wajo_studio.services.trim_edit import clock

_ZOOM = 1.6
_SILENT = {
    "no_track": N_("The clip has no sound."),
    "no_device": N_("Plays without sound: this PC has no sound output."),
    "failed": N_("Plays without sound: the sound of this clip cannot be played here."),
}


class Transport(QWidget):
    """Buttons for what the player's keys do."""

    def __init__(self, trim: TrimSession, timeline: Timeline) -> None:
        super().__init__()
        self._trim = trim
        self._play = tool(
            "play", _("Play or pause (Space; J back, K stop, L on)"), trim.toggle, role="text"
        )
        self._play.setObjectName("play")
        self._time = label("", "head")
        self._time.setObjectName("playTime")
        self._whole = label("/ " + clock(trim.duration_s), "small", "muted")
        self._sound = label("", "small", "muted")
        self._sound.setObjectName("soundState")
        line = row(spacing=2, margins=(12, 4, 12, 4))
        line.addWidget(
            tool(
                "step-back", _("One picture back (←, with Shift one second)"), lambda: trim.step(-1)
            )
        )
        line.addWidget(self._play)
        line.addWidget(
            tool("step-on", _("One picture on (→, with Shift one second)"), lambda: trim.step(1))
        )
        line.addSpacing(10)
        line.addWidget(self._time)
        line.addSpacing(4)
        line.addWidget(self._whole)
        line.addSpacing(14)
        start = button(_("Start here"), lambda: trim.mark("start"), kind="small")
        start.setObjectName("markStart")
        start.setToolTip(_("The chosen part starts at this picture (I)"))
        end = button(_("End here"), lambda: trim.mark("end"), kind="small")
        end.setObjectName("markEnd")
        end.setToolTip(_("The chosen part ends behind this picture (O)"))
        add = button(_("Add a part"), trim.add_part, kind="small")
        add.setObjectName("addPart")
        add.setToolTip(
            _("Keeps another part from the play position on; inside a part it splits that part.")
        )
        line.addWidget(start)
        line.addSpacing(6)
        line.addWidget(end)
        line.addSpacing(6)
        line.addWidget(add)
        line.addSpacing(14)
        line.addWidget(self._sound, 1)
        line.addStretch(1)
        line.addWidget(
            tool("minus", _("Show more of the clip (−)"), lambda: timeline.zoom(1 / _ZOOM))
        )
        line.addWidget(tool("plus", _("Show more detail (+)"), lambda: timeline.zoom(_ZOOM)))
        self.setLayout(line)
        trim.moved.connect(lambda time_s: self._time.setText(clock(time_s)))
        trim.playback.state_changed.connect(self._show_state)
        self._time.setText(clock(trim.position_s))
        self._show_state()

    def _show_state(self) -> None:
        playback = self._trim.playback
        self._play.setIcon(icon("pause" if playback.is_playing else "play", "text"))
        words = _SILENT.get(playback.sound, "")
        self._sound.setText(_(words) if words else "")
        set_tone(self._sound, "muted")
