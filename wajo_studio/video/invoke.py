"""Running ffmpeg: progress read, errors kept, cancelled at once, failures put into words."""

import errno
import logging
import shlex
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import IO

from wajo_studio.errors import DiskError, EncodeError, WajoError
from wajo_studio.i18n import N_
from wajo_studio.process import start, stop
from wajo_studio.progress import JobContext
from wajo_studio.video.ffmpeg import ffmpeg_path

_log = logging.getLogger(__name__)
_TAIL_LINES = 200
_NO_SPACE_STATUS = -errno.ENOSPC & 0xFF
_NO_SPACE_WORDS = "No space left on device"


class FfmpegError(Exception):
    """ffmpeg ended with an error; ``words`` are its last lines."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status, words)
        self.status = status
        self.words = words

    @property
    def disk_full(self) -> bool:
        """Whether the disk was full."""
        return self.status & 0xFF == _NO_SPACE_STATUS or _NO_SPACE_WORDS in self.words


def run_ffmpeg(
    arguments: list[str],
    ctx: JobContext,
    on_line: Callable[[str], None] | None = None,
    cwd: Path | None = None,
    stdin: IO[str] | None = None,
) -> list[str]:
    """Run ffmpeg to its end.

    Args:
        arguments: without the program's name.
        ctx: its token ends the process when cancelled.
        on_line: gets each line of standard output (``-progress pipe:1``).
        cwd: folder to run in.
        stdin: what it reads from, such as another process's output; None: nothing.

    Returns:
        The last lines of its messages.

    Raises:
        FfmpegError: it ended with an error.
        Cancelled: the job was cancelled; the process is gone by then.
    """
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", *arguments]
    _log.debug("ffmpeg: %s", shlex.join(command))
    ctx.check()
    process = start(command, cwd=cwd, stdin=stdin)
    words: deque[str] = deque(maxlen=_TAIL_LINES)
    drain = threading.Thread(target=_drain, args=(process, words), daemon=True)
    drain.start()
    try:
        # Nothing of a cancelled file is kept, so ffmpeg gets no time to close it properly.
        with ctx.token.on_cancel(process.kill):
            assert process.stdout is not None
            for line in process.stdout:
                if on_line is not None:
                    on_line(line)
            status = process.wait()
    finally:
        stop(process)
        drain.join()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
    ctx.check()
    if status != 0:
        raise FfmpegError(status, "\n".join(words))
    return list(words)


def _drain(process: "Popen[str]", words: "deque[str]") -> None:
    assert process.stderr is not None
    for line in process.stderr:
        words.append(line.rstrip())


def explained(failure: FfmpegError, target: Path) -> WajoError:
    """The failure of making ``target``, as a sentence."""
    if failure.disk_full:
        return DiskError(
            N_("The disk is full: {path} could not be written. Free some space and retry."),
            path=target,
            detail=failure.words,
        )
    last = next((line for line in reversed(failure.words.splitlines()) if line.strip()), "")
    return EncodeError(
        N_(
            "The clip {file} could not be made: the encoder stopped with an error."
            " Try again; if it stops again, save the clip anew as MP4 (H.264) and use that."
        ),
        file=target.name,
        detail=f"exit status {failure.status}: {last}\n{failure.words}",
    )
