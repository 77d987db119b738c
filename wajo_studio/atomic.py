"""Writing files so that nobody ever sees half of one."""

import atexit
import contextlib
import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from wajo_studio import locks

_BUSY_WINERRORS = {5, 32, 33}
_PATIENCE_S = 2.0
_scratch: set[Path] = set()
_journal: IO[bytes] | None = None
_journal_lock = threading.Lock()


def _patiently(action: Callable[[], None]) -> None:
    """Run ``action``; on Windows retry while a scanner or indexer holds the file."""
    pause, waited = 0.05, 0.0
    while True:
        try:
            action()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _BUSY_WINERRORS or waited >= _PATIENCE_S:
                raise
            time.sleep(pause)
            waited += pause
            pause *= 2
        else:
            return


def replace(source: Path, target: Path) -> None:
    """Move ``source`` over ``target`` (same disk) in one step."""
    _patiently(lambda: os.replace(source, target))


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` in one step; a reader sees the old file or the new one.

    Raises:
        OSError: the folder cannot be written or the disk is full; ``path`` is then unchanged.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Write UTF-8 text to ``path`` in one step, line ends as they are."""
    write_bytes(path, content.encode("utf-8"))


def new_folder(parent: Path, prefix: str) -> Path:
    """Make a folder in ``parent`` whose name nothing else has.

    It has the rights that any new folder gets there, so that it may be moved into place;
    those of ``tempfile.mkdtemp`` are its owner's alone.
    """
    folder = parent / f"{prefix}{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


@contextmanager
def parents(path: Path) -> Iterator[None]:
    """Make the folders above ``path``; those it made go again when the block raises."""
    existing = nearest_existing(path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        folder = path.parent
        while folder != existing and existing in folder.parents:
            with suppress(OSError):
                folder.rmdir()
            folder = folder.parent
        raise


def nearest_existing(path: Path) -> Path:
    """``path``, or what there is of the way to it."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


@contextmanager
def scratch_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A folder for files in the making, the owner's alone; it goes with the block.

    Args:
        prefix: how its name begins.
        parent: where it lies; the system's folder for such things unless given.

    Raises:
        OSError: it cannot be made.
    """
    with (
        tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True) as name,
        scratch(Path(name)),
    ):
        yield Path(name)


@contextmanager
def scratch(path: Path) -> Iterator[None]:
    """While the block runs, ``path`` is a folder or file that :func:`remove_scratch` removes.

    If the process is killed meanwhile, the next :func:`keep_journal` removes it.
    """
    _note(lambda: _scratch.add(path.absolute()))
    try:
        yield
    finally:
        _note(lambda: _scratch.discard(path.absolute()))


def remove_scratch() -> None:
    """Remove all scratch folders and files there are: the process is about to be ended."""
    for path in list(_scratch):
        _remove_any(path)


def keep_journal(folder: Path) -> None:
    """Note all scratch paths in a file of ``folder``; remove those of killed processes.

    Each process keeps its own file and holds a lock on it, which ends with the process however
    that ends: a file nobody holds tells of what was left behind. Without a folder that can be
    written there is no journal, and nothing else changes.
    """
    global _journal
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob(f"*{_JOURNAL_SUFFIX}"):
            with contextlib.suppress(OSError):
                _remove_noted(file)
        if _journal is None:
            name = f"{secrets.token_hex(8)}{_JOURNAL_SUFFIX}"
            journal = (folder / name).open("x+b")
            if not locks.lock_file(journal):
                journal.close()
                return
            _journal = journal
            _note(lambda: None)
            atexit.register(_end_journal, folder / name)


_JOURNAL_SUFFIX = ".run"


def _note(change: Callable[[], None]) -> None:
    with _journal_lock:
        change()
        if _journal is not None:
            with contextlib.suppress(OSError, ValueError):
                _journal.seek(0)
                _journal.truncate()
                _journal.write(b"".join(os.fsencode(path) + b"\0" for path in _scratch))
                _journal.flush()


def _remove_noted(file: Path) -> None:
    """Remove what a journal names, and the journal, unless its process still runs."""
    with file.open("r+b") as journal:
        if not locks.lock_file(journal):
            return
        journal.seek(0)
        for name in journal.read().split(b"\0")[:-1]:
            path = Path(os.fsdecode(name))
            if path.is_absolute():
                _remove_any(path)
    file.unlink(missing_ok=True)


def _remove_any(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _end_journal(path: Path) -> None:
    with contextlib.suppress(OSError):
        if _journal is not None:
            _journal.close()
        path.unlink(missing_ok=True)


def remove_tree(path: Path) -> None:
    """Remove a folder of ours and all in it, if it is there."""
    if path.exists():
        _patiently(lambda: shutil.rmtree(path))
