"""Listening to what is said in a clip, offline, in a process that can be ended."""

import importlib.util
import json
import threading
from collections.abc import Callable, Generator
from fractions import Fraction
from pathlib import Path

from wajo_studio.errors import InputError, MediaError, RenderError, WajoError
from wajo_studio.i18n import N_
from wajo_studio.process import start, stop
from wajo_studio.progress import JobContext
from wajo_studio.video.command import QUIET, file_address, source_inputs
from wajo_studio.video.invoke import FfmpegError, explained, run_ffmpeg
from wajo_studio.video.seek import seek_points
from wajo_studio.video.source import ClipSource, read_source
from wajo_studio.video.speech_cues import Word
from wajo_studio.video.speech_worker import (
    BAD_MODEL,
    DONE,
    NO_LANGUAGE,
    NO_MEMORY,
    NO_PACKAGE,
    RATE_HZ,
    REFUSED,
    worker_command,
)
from wajo_studio.video.timing import clip_zero_s

Heard = Generator[Word | float, None, None]
"""Words, and seconds that were listened to."""

Listener = Callable[[Path, Path, str, JobContext], Heard]
"""Gets sound, model folder and language; gives what it hears."""

PACKAGE = "faster_whisper"
MODEL_FILES = ("config.json", "model.bin", "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
"""The model folder also holds one of these."""

_NO_PACKAGE = N_(
    "Writing down speech is not part of this installation. Install Wajo Studio with the addition"
    " “stt”, or add a subtitle file of your own."
)
_REFUSALS = {
    NO_PACKAGE: _NO_PACKAGE,
    BAD_MODEL: N_(
        "The speech model in {folder} cannot be opened: it is damaged or made for another version."
        " Copy the folder again, or choose another model."
    ),
    NO_LANGUAGE: N_(
        "The speech model in {folder} does not know the language “{language}”. Choose a model of"
        " many languages."
    ),
    NO_MEMORY: N_(
        "This PC has too little memory for the speech model in {folder}. Close other programs, or"
        " choose a smaller model."
    ),
}


def require_speech_model(model: Path) -> None:
    """See that speech can be written down with the model in a folder.

    Raises:
        InputError: the package is not there, or the folder holds no model; says what to do.
    """
    if importlib.util.find_spec(PACKAGE) is None:
        raise InputError(_NO_PACKAGE, code="speech.package")
    missing = [name for name in MODEL_FILES if not (model / name).is_file()]
    if not any((model / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    if missing:
        raise InputError(
            N_(
                "{folder} holds no speech model: it lacks {files}. Choose the folder of a"
                " faster-whisper model, copied whole."
            ),
            code="speech.model",
            folder=model,
            files=", ".join(missing),
        )


def take_sound(file: Path, kept_s: tuple[float, float], target: Path, ctx: JobContext) -> None:
    """Write a stretch of a clip's sound as the listener wants it: raw, mono, 16 kHz, 16 bit.

    Raises:
        MediaError: the clip cannot be read or has no sound.
        DiskError: the disk is full.
        EncodeError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """
    source = read_source(file)
    if source.audio is None:
        raise MediaError(
            N_("{file} has no sound, so there is nothing to write down."), file=file.name
        )
    zero_s = clip_zero_s(source.video.start_s, source.audio.start_s, source.video.average_rate)
    begin_s = zero_s + Fraction(kept_s[0])
    try:
        run_ffmpeg(_arguments(source, begin_s, kept_s[1] - kept_s[0], target), ctx)
    except FfmpegError as error:
        raise explained(error, target) from error


def _arguments(source: ClipSource, begin_s: Fraction, length_s: float, target: Path) -> list[str]:
    assert source.audio is not None
    start_s = float(begin_s)
    chain = [
        f"atrim=start={start_s:.6f}:end={start_s + length_s:.6f}",
        f"asetpts=PTS-{start_s:.6f}/TB",
        f"aresample={RATE_HZ}:async=1:first_pts=0",
        "aformat=sample_fmts=s16:channel_layouts=mono",
    ]
    graph = f"[0:{source.audio.stream_index}]{','.join(chain)}[out]"
    seeks_s = seek_points(source.path, [begin_s])
    return [
        *QUIET, "-y", *source_inputs(source, seeks_s),
        "-filter_complex", graph, "-map", "[out]", "-f", "s16le", file_address(target),
    ]  # fmt: skip


def listen(
    sound: Path, model: Path, language: str, ctx: JobContext
) -> Generator[Word | float, None, None]:
    """Words as they are heard, and seconds that were listened to; a :data:`Listener`.

    Raises:
        InputError: the package is not there, or the model cannot be used.
        RenderError: listening broke.
        Cancelled: the job was cancelled; the process is gone by then.
    """
    process = start(worker_command(sound, model, language))
    assert process.stdout is not None
    assert process.stderr is not None
    said: list[str] = []
    drain = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    drain.start()
    refused = ""
    try:
        with ctx.token.on_cancel(process.kill):
            for line in process.stdout:
                kind, *values = json.loads(line)
                if kind == "word":
                    yield Word(*values)
                elif kind == "at":
                    yield float(values[0])
                else:
                    (refused,) = values
            status = process.wait()
    finally:
        stop(process)
        drain.join()
        process.stdout.close()
        process.stderr.close()
    ctx.check()
    if status != DONE:
        raise _failure(status, refused, "".join(said).strip(), model, language)


def _failure(status: int, refused: str, words: str, model: Path, language: str) -> WajoError:
    if status == REFUSED and refused in _REFUSALS:
        return InputError(
            _REFUSALS[refused],
            code=f"speech.{refused}",
            detail=words,
            folder=model,
            language=language,
        )
    return RenderError(
        N_(
            "Listening to the clip stopped with an error. Close other programs and try again, or"
            " choose a smaller speech model."
        ),
        code="render.speech",
        detail=f"exit status {status}: {words}",
    )
