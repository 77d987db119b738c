"""The subtitles of the clip: a file, or what is heard; where the words go; correcting them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.pages.trim.cue_editor import CueEditor
from ui.pages.trim.long_job import LongJob
from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_S
from ui.widgets.basic import ElidedLabel, button, column, row
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from wajo_studio import paths
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from wajo_studio.services.clip_view import CueView
    from wajo_studio.video.subtitles import Cue

SUBTITLE_FILES = "*.srt *.vtt *.ass"
_MODEL_KEY = "speech_model"


class SubtitlesPanel(QWidget):
    """Chooses, writes down, corrects and places the subtitles."""

    def __init__(self, trim: TrimSession, long: LongJob) -> None:
        super().__init__()
        self._trim, self._long = trim, long
        self._folder = Path.home()
        self._file = ElidedLabel("", "body")
        self._remove = button(_("Remove"), self._take_away, kind="link")
        self._remove.setObjectName("removeSubtitles")
        self._choose = button(_("Choose file…"), self._ask_file, kind="small")
        self._choose.setObjectName("chooseSubtitles")
        file = row(spacing=6)
        file.addWidget(self._file, 1)
        file.addWidget(self._remove)
        file.addWidget(self._choose)
        self._edit = button(_("Correct the words…"), self.edit, kind="link")
        self._edit.setObjectName("editSubtitles")
        self._listen = button(_("Write down the speech…"), self._ask_model, kind="link")
        self._listen.setObjectName("writeDownSpeech")
        self._listen.setToolTip(
            _("Listens to the clip on this PC, without internet, with a speech model you choose.")
        )
        ways = row(spacing=6)
        ways.addWidget(self._edit)
        ways.addWidget(self._listen)
        ways.addStretch(1)
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
        body.addLayout(file)
        body.addLayout(ways)
        body.addWidget(self._mode_row)
        self.setLayout(body)
        long.busy_changed.connect(lambda busy: self._listen.setEnabled(not busy))

    def refresh(self) -> None:
        """Show the post's values."""
        item = self._trim.item
        has_file = item.subtitles is not None
        self._file.set_text(Path(item.subtitles).name if item.subtitles else _("No file"))
        self._remove.setVisible(has_file)
        self._edit.setVisible(has_file)
        self._listen.setVisible(self._trim.info.audio_codec is not None)
        self._mode_row.setVisible(has_file)
        self.mode.set_value(item.subtitles_mode)

    def edit(self, cues: "Sequence[CueView | Cue] | None" = None) -> CueEditor:
        """Open the list of subtitles: the clip's, or those just heard."""
        self._trim.pause()
        editor = CueEditor(
            self._trim, self._trim.words.cues if cues is None else cues, self.window()
        )
        editor.open()
        return editor

    def write_down(self, model: Path) -> None:
        """Listen to what is kept of the clip and use what was heard as its subtitles."""
        from wajo_studio.services.speech import heard_cues

        trim = self._trim
        path = trim.session.draft.folder.media_path(trim.item)
        info, language = trim.info, trim.item.subtitles_language or "id"
        kept_s = trim.ranges[0][0], trim.ranges[-1][1]

        def work(ctx: JobContext) -> "tuple[Path, tuple[Cue, ...]]":
            cues = heard_cues(path, info, model, language, kept_s, ctx)
            return trim.words.write(cues), cues

        def done(made: "tuple[Path, tuple[Cue, ...]]") -> None:
            if not trim.is_closed:
                trim.words.use(made[0])
                self.edit(made[1])

        self._long.run(_("Writing down the speech"), work, done)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose a subtitle file"),
            str(self._folder),
            _("Subtitles ({patterns})").format(patterns=SUBTITLE_FILES),
        )
        if chosen:
            self._folder = Path(chosen).parent
            self._trim.words.choose_file(Path(chosen))

    def _ask_model(self) -> None:
        from wajo_studio.services.speech import require_speech_model

        file = paths.data_dir() / "window.ini"
        settings = QSettings(str(file), QSettings.Format.IniFormat)
        known = str(settings.value(_MODEL_KEY) or "")
        try:
            require_speech_model(Path(known))
        except WajoError as error:
            if error.code == "speech.package":
                self._trim.refused.emit(error)
                return
            chosen = QFileDialog.getExistingDirectory(
                self, _("Choose the folder of the speech model"), known or str(self._folder)
            )
            if not chosen:
                return
            known = chosen
            settings.setValue(_MODEL_KEY, chosen)
        self.write_down(Path(known))

    def _take_away(self) -> None:
        self._trim.session.draft.end_step()
        self._trim.set_values(_("subtitles"), subtitles=None)
