"""The process that listens to speech: faster-whisper, with a model from a folder, offline.

It is a process of its own so that it can be ended at once, and so that the memory of a model goes
with it. It prints one JSON array for each line: ``["word", start_s, end_s, text]``, ``["at",
second]`` when it has come so far, ``["refused", reason]`` when it cannot work.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

DONE, CRASHED, REFUSED = 0, 1, 2
RATE_HZ = 16_000

NO_PACKAGE, BAD_MODEL, NO_LANGUAGE, NO_MEMORY = "package", "model", "language", "memory"

_MOST_WORDS = 4000
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    " from wajo_studio.video.speech_worker import main; sys.exit(main(*sys.argv[2:]))"
)


def worker_command(sound: Path, model: Path, language: str) -> list[str]:
    """The command that listens to ``sound`` (raw, mono, 16 bit) with the model of a folder."""
    path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
    words = [str(sound), str(model), language]
    return [sys.executable, "-X", "utf8", "-W", "ignore", "-c", _START, path, *words]


def main(sound: str, model: str, language: str) -> int:
    """Listen and print; returns the exit status."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl+C reaches the whole group; our parent ends us
    os.environ["HF_HUB_OFFLINE"] = "1"  # nothing is ever fetched
    try:
        return _listen(Path(sound), Path(model), language)
    except MemoryError:
        return _refuse(NO_MEMORY)
    except Exception:  # told to the parent process, which puts it into words
        sys.stderr.write(traceback.format_exc()[-_MOST_WORDS:])
        return CRASHED


def _listen(sound: Path, model: Path, language: str) -> int:
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        return _refuse(NO_PACKAGE)
    import numpy

    try:
        listener = WhisperModel(
            str(model),
            device="cpu",
            compute_type="int8",
            cpu_threads=os.cpu_count() or 1,
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError) as error:
        sys.stderr.write(str(error))
        return _refuse(NO_MEMORY if "alloc" in str(error) else BAD_MODEL)
    if language not in listener.supported_languages:
        return _refuse(NO_LANGUAGE)
    samples = numpy.fromfile(sound, numpy.int16).astype(numpy.float32)
    samples /= 32768  # in place: an hour is 230 MB
    segments, _info = listener.transcribe(
        samples,
        language=language,
        vad_filter=True,
        word_timestamps=True,
        condition_on_previous_text=False,  # one mistake must not breed the next
    )
    for segment in segments:
        for word in segment.words or ():
            _tell("word", round(float(word.start), 3), round(float(word.end), 3), word.word)
        _tell("at", round(float(segment.end), 3))
    return DONE


def _tell(*values: Any) -> None:
    print(json.dumps(values), flush=True)  # noqa: T201 - the parent process reads it


def _refuse(reason: str) -> int:
    _tell("refused", reason)
    return REFUSED
