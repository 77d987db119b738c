"""Writing files so that nobody ever sees half of one."""

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_BUSY_WINERRORS = {5, 32, 33}
_PATIENCE_S = 2.0
_scratch: set[Path] = set()


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
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
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
    """While the block runs, ``path`` is something that :func:`remove_scratch` removes."""
    _scratch.add(path)
    try:
        yield
    finally:
        _scratch.discard(path)


def remove_scratch() -> None:
    """Remove all scratch folders there are, because the process is about to be ended."""
    for path in list(_scratch):
        shutil.rmtree(path, ignore_errors=True)


def remove_tree(path: Path) -> None:
    """Remove a folder of ours and all in it, if it is there."""
    if path.exists():
        _patiently(lambda: shutil.rmtree(path))
