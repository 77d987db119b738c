"""The command line: language, commands, exit statuses, errors as one clear sentence."""

import json
import logging
import sys
from collections.abc import Sequence

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
    arguments, as_json = list(argv), "--json" in argv
    try:
        arguments = _take_language(arguments)
        return _run_command(arguments)
    except WajoError as error:
        status = UNUSABLE if isinstance(error, InputError) else FAILED
        _log(error)
        return _fail(status, error.code, str(error), error.detail, as_json=as_json)
    except (Cancelled, KeyboardInterrupt):
        print(_("Cancelled. Nothing half done was left behind."), file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception as error:  # the one place where a bug ends: logged, never shown raw
        log_file = _log(error)
        message = _(
            "An unexpected error stopped the program. Your files are unchanged. Details: {log}"
        )
        detail = f"{type(error).__name__}: {error}"
        return _fail(
            UNEXPECTED, "unexpected", message.format(log=log_file), detail, as_json=as_json
        )


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
    try:
        set_language(chosen)
    except ValueError as error:
        set_language("id")
        raise InputError(
            N_("The language {name} is not known; choose one of {languages}."),
            name=repr(str(error)),
            languages=", ".join(LANGUAGES),
        ) from None
    return rest


def _run_command(arguments: list[str]) -> int:
    from wajo_studio.cli.commands import build_command
    from wajo_studio.cli.usage import Exit, Stopped, UsageProblem, usage_sentence

    try:
        result = build_command().main(arguments, prog_name="wajo", standalone_mode=False)
    except Stopped:
        raise KeyboardInterrupt from None
    except Exit as stop:
        return int(stop.exit_code)
    except UsageProblem as error:
        raise InputError("{sentence}", code="usage", sentence=usage_sentence(error)) from None
    return int(result or DONE)


def _fail(status: int, code: str, message: str, detail: str, *, as_json: bool) -> int:
    if as_json:
        document = {"error": {"code": code, "message": message, "detail": detail}}
        print(json.dumps(document, ensure_ascii=False))  # noqa: T201
    print(message, file=sys.stderr)  # noqa: T201
    if detail and not as_json and status != UNUSABLE:
        print(_("Details: {detail}").format(detail=detail), file=sys.stderr)  # noqa: T201
    return status


def _log(error: BaseException) -> str:
    """Write the error with its traceback to the log file and return the file's path."""
    from logging.handlers import RotatingFileHandler

    from wajo_studio.paths import data_dir

    log_file = data_dir() / "logs" / "wajo.log"
    try:
        log_file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_file, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return "-"
    record = logging.LogRecord(
        "wajo",
        logging.ERROR,
        __file__,
        0,
        str(error),
        None,
        (type(error), error, error.__traceback__),
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.emit(record)
    handler.close()
    return str(log_file)
