"""The folder an export writes: checked first, filled aside, put in place in one step."""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_

MANIFEST = "manifest.json"
_RESERVE_BYTES = 20_000_000
"""Room left free on the disk beside what is written; a choice, not a measured fact."""


def check_target(target: Path, *, spared: Path | None = None, ignored: Path | None = None) -> None:
    """Refuse a target that holds anything but an earlier export, or that cannot be written.

    Args:
        target: the export folder.
        spared: the post's folder or file, which an export must never replace.
        ignored: a folder inside the target that does not count.

    Raises:
        InputError: ``target`` is a file, holds files that no manifest of ours names, or holds
            ``spared``.
        DiskError: it cannot be written.
    """
    try:
        _check_place(target)
        if not target.exists():
            return
        if spared is not None and spared.resolve().is_relative_to(target.resolve()):
            raise InputError(
                N_("--out: {path} holds the post itself; choose another folder."), path=target
            )
        strange = _strange_name(target, ignored)
    except OSError as error:
        raise disk_error(error, target) from error
    if strange is not None:
        raise InputError(
            N_(
                "--out: {path} holds something that no earlier export wrote ({name}); "
                "choose an empty or new folder."
            ),
            path=target,
            name=strange,
        )


def _check_place(target: Path) -> None:
    """Refuse a place where no folder can be."""
    try:
        if target.is_symlink() and not target.exists():
            raise InputError(
                N_("--out: {path} is a link to nothing; choose another folder."), path=target
            )
        above = atomic.nearest_existing(target.absolute())
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise InputError(
                N_("--out: the path {path} is too long; choose a shorter one."), path=target
            ) from error
        raise
    if not above.is_dir():
        raise InputError(
            N_("--out: {path} is a file; name a folder that is empty or new."), path=above
        )
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(above))


def _strange_name(target: Path, ignored: Path | None) -> str | None:
    """Something in ``target`` that no earlier export wrote.

    Without a manifest of ours the first thing is enough: the folder may hold a whole disk.
    """
    entries = [entry for entry in target.iterdir() if entry != ignored]
    named = _named_by_manifest(target) if entries else set()
    if not named:
        return min((entry.name for entry in entries), default=None)
    for path in target.rglob("*"):
        if ignored is not None and (path == ignored or ignored in path.parents):
            continue
        name = path.relative_to(target).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in named:
            return name
    return None


def _named_by_manifest(target: Path) -> set[str]:
    """The files that the manifest in ``target`` names; empty when there is none of ours."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        if manifest["schema"] != 1 or not isinstance(manifest["renditions"], list):
            return set()
        return {str(name) for name in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a scratch folder; at the end of the block it becomes ``target``.

    It lies beside ``target`` and takes its place in one step, or, where ``target`` cannot be
    moved, inside it. When the block raises, the scratch folder is removed and ``target`` stays
    as it was.

    Args:
        target: the export folder, checked by :func:`check_target`.

    Raises:
        DiskError: the folder cannot be written.
    """
    target = target.resolve()  # a link stays a link: what it leads to is replaced
    stays = _must_stay(target)
    try:
        with atomic.parents(target):
            scratch = atomic.new_folder(target if stays else target.parent, ".wajo-export-")
            try:
                with atomic.scratch(scratch):
                    yield scratch
                if stays:
                    _exchange_contents(scratch, target)
                else:
                    _put_in_place(scratch, target)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise disk_error(error, target) from error


def _must_stay(target: Path) -> bool:
    """Whether ``target`` cannot be exchanged for another folder.

    The root of a flash disk cannot be moved, nor a folder in one that may not be written, and
    a shell that stands in a folder would go along with it.
    """
    if not target.exists():
        return False
    here = Path.cwd().resolve()
    return (
        os.path.ismount(target)
        or here.is_relative_to(target)
        or not os.access(target.parent, os.W_OK | os.X_OK)
    )


def _put_in_place(scratch: Path, target: Path) -> None:
    if not target.exists():
        atomic.replace(scratch, target)
        return
    check_target(target)  # somebody may have put a file there meanwhile
    old = atomic.new_folder(target.parent, ".wajo-old-")
    old.rmdir()
    atomic.replace(target, old)
    try:
        atomic.replace(scratch, target)
    except BaseException:
        os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange_contents(scratch: Path, target: Path) -> None:
    """Put what ``scratch`` holds into ``target`` instead of what is there."""
    check_target(target, ignored=scratch)
    earlier = [entry for entry in target.iterdir() if entry != scratch]
    old = atomic.new_folder(scratch, ".wajo-old-")
    moves = [(entry, old / entry.name) for entry in earlier]
    moves += [(entry, target / entry.name) for entry in scratch.iterdir() if entry != old]
    done: list[tuple[Path, Path]] = []
    try:
        for source, place in moves:
            atomic.replace(source, place)
            done.append((source, place))
    except BaseException:
        for source, place in reversed(done):
            os.replace(place, source)
        raise


def require_space(folder: Path, needed_bytes: int) -> None:
    """Check that ``folder``'s disk has room.

    Raises:
        DiskError: it has not; the message names needed and free megabytes.
    """
    from wajo_studio.errors import DiskError
    from wajo_studio.i18n import format_bytes

    with contextlib.suppress(OSError):
        free = shutil.disk_usage(atomic.nearest_existing(folder.absolute())).free
        if free < needed_bytes + _RESERVE_BYTES:
            raise DiskError(
                N_(
                    "Not enough room for {path}: {needed} are needed, {free} are free. "
                    "Free some space or choose another folder."
                ),
                path=folder,
                needed=format_bytes(needed_bytes + _RESERVE_BYTES),
                free=format_bytes(free),
            )
