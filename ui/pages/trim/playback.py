"""Playing: a clock that tells the time, and the clip's sound where the PC can be heard.

The pictures come from the same reader as the single frames, upright and with the colours of
the export; the player of Qt plays the sound only, and gives the time while it does.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, QUrl, Signal

from wajo_studio.domain.media import ClipInfo

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

SoundState = Literal["unknown", "heard", "no_track", "no_device", "failed"]
_TICK_MS = 33
_log = logging.getLogger(__name__)


class Playback(QObject):
    """Runs from a moment at a speed until stopped.

    Signals:
        moved: the time now, in seconds of the clip.
        state_changed: playing began or ended, or what is known of the sound changed.
    """

    moved = Signal(float)
    state_changed = Signal()

    def __init__(self, path: Path, info: ClipInfo, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._has_sound = info.audio_codec is not None
        self._player: QMediaPlayer | None = None
        self._from_s, self.speed = 0.0, 1.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.sound: SoundState = "unknown" if self._has_sound else "no_track"

    @property
    def is_playing(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    def start(self, time_s: float, speed: float) -> None:
        """Run from ``time_s``; a speed below 0 runs backwards, without sound."""
        self.stop()
        self._from_s, self.speed = time_s, speed
        if self.sound == "unknown":
            self._make_player()
        if self._player is not None and speed > 0:
            self._player.setPlaybackRate(speed)
            self._player.setPosition(round(time_s * 1000))
            self._player.play()
        self._clock.start()
        self._timer.start()
        self.state_changed.emit()

    def stop(self) -> None:
        """Stop where it is."""
        if self._timer.isActive():
            self._timer.stop()
            if self._player is not None:
                self._player.pause()
            self.state_changed.emit()

    def _tick(self) -> None:
        now_s = self._from_s + self._clock.elapsed() / 1000 * self.speed
        player = self._player
        heard = player is not None and self.speed > 0 and player.isPlaying()
        if heard and player is not None and player.position() > self._from_s * 1000:
            now_s = player.position() / 1000
        self.moved.emit(now_s)

    def _make_player(self) -> None:
        try:
            from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer
        except ImportError as error:  # a system without Qt's sound libraries
            _log.warning("no sound: %s", error)
            self.sound = "failed"
            return
        if not QMediaDevices.audioOutputs():
            self.sound = "no_device"
            return
        player = QMediaPlayer(self)
        player.setAudioOutput(QAudioOutput(player))
        player.errorOccurred.connect(self._on_error)
        player.setSource(QUrl.fromLocalFile(str(self._path)))
        self._player = player
        self.sound = "heard"

    def _on_error(self, _error: object, text: str) -> None:
        _log.warning("no sound: %s", text)
        if self._player is not None:
            self._player.deleteLater()
            self._player = None
        self.sound = "failed"
        self.state_changed.emit()
