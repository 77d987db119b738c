"""The log file: what went wrong, with tracebacks; never a word of it on the screen."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from wajo_studio.paths import data_dir

_MAX_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class _Quiet(RotatingFileHandler):
    """Says nothing on the screen when the disk is full."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Let the record go."""


class LogFile(logging.Handler):
    """Writes into ``logs/wajo.log`` of the data folder, which is made only when it is needed."""

    written_to: Path | None = None
    """Where the last record went; None when it could not be written."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a folder that cannot be written changes nothing else."""
        path = data_dir() / "logs" / "wajo.log"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = _Quiet(
                path,
                maxBytes=_MAX_BYTES,
                backupCount=2,
                encoding="utf-8",
                errors="backslashreplace",  # the name of a file may hold what is no text
            )
        except OSError:
            self.written_to = None
            return
        file.setFormatter(logging.Formatter(_FORMAT))
        file.emit(record)
        file.close()
        self.written_to = path


_handler = LogFile(logging.WARNING)


def start_log() -> None:
    """Send the program's warnings and errors to the log file instead of standard error."""
    logger = logging.getLogger("wajo_studio")
    if _handler not in logger.handlers:
        logger.addHandler(_handler)


def log_error(error: BaseException) -> Path | None:
    """Write an error with its traceback and return the log file, None if it was not possible."""
    logging.getLogger("wajo_studio").error(str(error), exc_info=error)
    return _handler.written_to
