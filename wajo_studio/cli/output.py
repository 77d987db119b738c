"""What the command line prints: people's words on standard error, JSON on standard output."""

import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from wajo_studio import atomic
from wajo_studio.domain.finding import Finding, Severity
from wajo_studio.i18n import _, format_bytes, format_number
from wajo_studio.progress import CancelToken, Job

if TYPE_CHECKING:
    from rich.console import Console

_LONG_LINE = 200
"""Characters of a line in a file or a pipe, where nothing is folded."""

_PATIENCE_S = 0.7
"""How long a cancelled command may clean up by itself before it is ended."""

_STYLES = {
    Severity.BLOCK: "bold red",
    Severity.WARN: "yellow",
    Severity.ATTEST: "cyan",
    Severity.INFO: "dim",
}


def print_json(document: Any) -> None:
    """Print exactly one JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2))  # noqa: T201


def say(text: str = "") -> None:
    """Print a line for people on standard error."""
    print(text, file=sys.stderr)  # noqa: T201


def say_clip(file: Path, made: Mapping[str, Any]) -> None:
    """Tell a person what clip was made, from what was measured in it."""
    say(
        _("Made {file}: {width}x{height}, {seconds} s, {size}.").format(
            file=file,
            width=made["width"],
            height=made["height"],
            seconds=format_number(made["duration_s"], 2),
            size=format_bytes(made["size_bytes"]),
        )
    )


def severity_word(severity: Severity) -> str:
    """The severity as a person reads it."""
    return {
        Severity.BLOCK: _("must be fixed"),
        Severity.WARN: _("please check"),
        Severity.ATTEST: _("needs your statement"),
        Severity.INFO: _("for information"),
    }[severity]


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table for people on standard error."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=number == 0)
    for row in rows:
        table.add_row(*row)
    _console().print(table)


def _console() -> "Console":
    """Standard error as Rich sees it; what is no terminal gets whole lines."""
    from rich.console import Console

    width = None if sys.stderr.isatty() else _LONG_LINE
    return Console(file=sys.stderr, highlight=False, markup=False, width=width)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings, the ones that matter most first."""
    from rich.text import Text

    console = _console()
    for finding in findings:
        line = Text()
        line.append(f"[{severity_word(finding.severity)}] ", style=_STYLES[finding.severity])
        line.append(finding.message)
        where = ", ".join(finding.placements)
        line.append(f"  ({finding.rule}{': ' + where if where else ''})", style="dim")
        console.print(line, soft_wrap=not console.is_terminal)


def cancelled_sentence() -> str:
    """What a command says when it was cancelled."""
    return _("Cancelled. Nothing half done was left behind.")


@contextmanager
def job(title: str) -> Iterator[Job]:
    """A job that shows percentage and time left, and that Ctrl+C ends within a second."""
    token = CancelToken()
    with _interrupt_cancels(token), _progress_listener(title) as listener:
        try:
            yield Job(listener, token)
        except Exception:
            token.check()  # Ctrl+C ends the encoder too, which looks like a failure of its own
            raise
        token.check()


@contextmanager
def _interrupt_cancels(token: CancelToken) -> Iterator[None]:
    """Let Ctrl+C (and a polite end) cancel the token; end the process if that takes too long."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end() -> None:
        atomic.remove_scratch()
        say(cancelled_sentence())
        token.abandon()

    watchdog = threading.Timer(_PATIENCE_S, end)
    watchdog.daemon = True

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if not token.cancelled:
            watchdog.start()
            token.cancel()

    previous = {
        number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        watchdog.cancel()
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _progress_listener(title: str) -> Iterator[Callable[[float, str], None]]:
    if not sys.stderr.isatty():
        yield _PlainProgress(title)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[step]}", style="dim"),
        console=Console(file=sys.stderr),
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=1.0, step="")

        def listen(fraction: float, text: str) -> None:
            if text:
                bar.update(task, completed=fraction, step=text)
            else:
                bar.update(task, completed=fraction)

        yield listen


class _PlainProgress:
    """Progress for a stream that is no terminal: a line at most every five seconds."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = self._last = time.monotonic()
        self._step = "…"

    def __call__(self, fraction: float, text: str) -> None:
        now = time.monotonic()
        self._step = text or self._step
        if now - self._last < 5 or fraction <= 0:
            return
        self._last = now
        left = (now - self._started) * (1 - fraction) / fraction
        say(
            _("{title}: {percent} %, about {seconds} s left ({step})").format(
                title=self._title,
                percent=round(fraction * 100),
                seconds=round(left),
                step=self._step,
            )
        )
