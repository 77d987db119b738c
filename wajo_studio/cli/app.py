"""The command line: language, commands, exit statuses, errors as one clear sentence."""

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from wajo_studio.cli.log_file import log_error, start_log
from wajo_studio.cli.output import cancelled_sentence
from wajo_studio.errors import InputError, WajoError
from wajo_studio.i18n import LANGUAGES, N_, _, set_language
from wajo_studio.progress import Cancelled

DONE, BLOCKED, UNUSABLE, FAILED, UNEXPECTED, INTERRUPTED = 0, 1, 2, 3, 70, 130


def run(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name.

    Returns:
        The exit status of the contract: 0 done, 1 blocked by findings, 2 unusable input,
        3 rendering failed, 70 unexpected, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # the console of an office PC may be cp1252
            reconfigure(encoding="utf-8", errors="replace")
    start_log()
    arguments = list(argv)
    as_json = "--json" in takewhile(lambda word: word != "--", arguments)
    try:
        status = _run_command(_take_language(arguments))
        sys.stdout.flush()
        return status
    except WajoError as error:
        status = UNUSABLE if isinstance(error, InputError) else FAILED
        log_error(error)
        return _fail(status, error.code, str(error), error.detail, as_json=as_json)
    except (Cancelled, KeyboardInterrupt):
        print(cancelled_sentence(), file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except BrokenPipeError:  # whoever reads our output has seen enough
        _forget_output()
        return DONE
    except Exception as error:  # the one place where a bug ends: logged, never shown raw
        log_file = log_error(error)
        message = _("An unexpected error stopped the program. Your files are unchanged.")
        if log_file is not None:
            message += " " + _("Details: {detail}").format(detail=log_file)
        detail = f"{type(error).__name__}: {error}"
        return _fail(UNEXPECTED, "unexpected", message, detail, as_json=as_json)


def _take_language(arguments: list[str]) -> list[str]:
    """Take ``--lang`` out of the words, wherever it stands, and set the language."""
    rest: list[str] = []
    chosen: str | None = None
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            chosen = next(words, "")
        elif word.startswith("--lang="):
            chosen = word.partition("=")[2]
        else:
            rest.append(word)
    _set_language(chosen)
    return rest


def _set_language(chosen: str | None) -> None:
    """Set the language asked for by ``--lang``, else by ``WAJO_LANG``, else Indonesian."""
    source = "WAJO_LANG" if chosen is None else "--lang"
    try:
        if chosen == "":
            raise ValueError(chosen)
        set_language(chosen)
    except ValueError as error:
        set_language("id")
        raise InputError(
            N_('{source}: the language "{name}" is not known; choose one of {languages}.'),
            code="usage",
            source=source,
            name=error,
            languages=", ".join(LANGUAGES),
        ) from None


def _run_command(arguments: list[str]) -> int:
    from wajo_studio.cli.commands import build_command
    from wajo_studio.cli.usage import Exit, UsageProblem, usage_sentence

    try:
        Path.cwd()
    except OSError:
        message = N_("The current folder no longer exists; change to another one and try again.")
        raise InputError(message) from None
    command = build_command()
    try:
        # Not command.main(): it would answer Ctrl+C and broken pipes in its own way.
        with command.make_context("wajo", arguments) as context:
            result = command.invoke(context)
    except Exit as stop:
        return int(stop.exit_code)
    except UsageProblem as error:
        raise InputError("{sentence}", code="usage", sentence=usage_sentence(error)) from None
    return int(result or DONE)


def _forget_output() -> None:
    """Let what is still to be printed go nowhere, so that Python does not complain at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _fail(status: int, code: str, message: str, detail: str, *, as_json: bool) -> int:
    if as_json:
        document = {"error": {"code": code, "message": message, "detail": detail}}
        print(json.dumps(document, ensure_ascii=False))  # noqa: T201
    print(message, file=sys.stderr)  # noqa: T201
    if detail and not as_json and status != UNUSABLE:
        print(_("Details: {detail}").format(detail=detail), file=sys.stderr)  # noqa: T201
    return status
