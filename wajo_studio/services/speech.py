"""Writing down what is said in a clip, as subtitles to be read over and corrected."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio import atomic
from wajo_studio.domain.media import ClipInfo
from wajo_studio.errors import InputError, MediaError, disk_error
from wajo_studio.i18n import N_, _
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from wajo_studio.video.speech import Listener
    from wajo_studio.video.subtitles import Cue

SUFFIX = ".srt"
_SOUND_SHARE = 0.05


def heard_cues(
    file: Path,
    info: ClipInfo,
    model: Path,
    language: str,
    kept_s: tuple[float, float],
    ctx: JobContext,
    *,
    listener: "Listener | None" = None,
) -> "tuple[Cue, ...]":
    """What is said in a clip, as subtitles in the clip's own time.

    Args:
        file: the clip.
        info: what it is.
        model: folder of a faster-whisper model.
        language: spoken in the clip, such as ``id``.
        kept_s: first and last second listened to.
        ctx: progress and cancel.
        listener: hears the words; faster-whisper in a process of its own unless given.

    Raises:
        InputError: package or model are not there or cannot be used.
        MediaError: the clip cannot be read, has no sound, or nothing is said in it.
        RenderError: listening broke.
        DiskError: the disk is full.
        Cancelled: the person cancelled.
    """
    from wajo_studio.video.awake import kept_awake
    from wajo_studio.video.speech import listen, take_sound
    from wajo_studio.video.speech_cues import Word, cues_of

    if listener is None:
        require_speech_model(model)
        listener = listen
    first_s, last_s = kept_s[0], min(kept_s[1], info.duration_s)
    words: list[Word] = []
    with kept_awake(), atomic.scratch_folder("wajo-speech-") as folder:
        sound = folder / "sound.raw"
        ctx.report(0, _("Reading the sound"))
        take_sound(file, (first_s, last_s), sound, ctx)
        ctx.report(_SOUND_SHARE, _("Opening the speech model"))
        with closing(listener(sound, model, language, ctx)) as hearing:
            for heard in hearing:
                ctx.check()
                if isinstance(heard, Word):
                    words.append(Word(first_s + heard.start_s, first_s + heard.end_s, heard.text))
                else:
                    share = heard / max(last_s - first_s, 0.001)
                    ctx.report(_SOUND_SHARE + (1 - _SOUND_SHARE) * share, _("Listening"))
    cues = cues_of(words)
    if not cues:
        raise MediaError(N_("No speech was heard in {file}."), file=file.name)
    ctx.report(1)
    return cues


def require_speech_model(model: Path) -> None:
    """See that speech can be written down with the model in a folder.

    Raises:
        InputError: the package is not there (``speech.package``), or the folder holds no model.
    """
    from wajo_studio.video import speech

    speech.require_speech_model(model)


def write_cues(cues: "Iterable[Cue]", target: Path) -> None:
    """Write subtitles as a new SRT file; an earlier file is never replaced.

    Raises:
        InputError: there is such a file already, or its name is no SRT file's.
        DiskError: it cannot be written.
    """
    from wajo_studio.video.subtitles import as_srt

    refuse_target(target)
    try:
        with atomic.parents(target):
            atomic.write_text(target, as_srt(cues))
    except OSError as error:
        raise disk_error(error, target) from error


def refuse_target(target: Path) -> None:
    """Raise :class:`InputError` when ``target`` cannot become a subtitle file of ours."""
    from wajo_studio.services.trimming import refuse_existing

    if target.suffix.lower() != SUFFIX:
        raise InputError(
            N_("The file to write must end in .srt; choose another name than {file}."),
            file=target.name,
        )
    refuse_existing(target)
