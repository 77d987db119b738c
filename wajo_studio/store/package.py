"""A small folder as one file, for a flash disk or a chat message: brand kits and templates.

The file is a zip. What comes from elsewhere is read into memory, as harmless as a post from
elsewhere (see :mod:`wajo_studio.store.archive_entries`), before anything of it is written.
"""

import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from wajo_studio import atomic
from wajo_studio.errors import ArchiveError, InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.store import archive_entries, file_names

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)

WRONG_SUFFIX = N_("{file} must end in {kind}; choose such a name.")
EXISTS = N_("{file} is there already; choose another name or remove it first.")
TOO_LARGE = N_("{file} is refused because it unpacks to more than {limit} MB.")


def write_package(
    files: Mapping[str, bytes], target: Path, kind: str, *, overwrite: bool = False
) -> None:
    """Write files as one package; the same files always give the same bytes.

    Args:
        files: content by path below the folder.
        target: the file to make.
        kind: its suffix, such as ``.wajobrand``.
        overwrite: whether a file that is there may be replaced.

    Raises:
        InputError: ``target`` has another suffix or is there already.
        DiskError: ``target`` cannot be written.
    """
    if target.suffix.lower() != kind:
        raise InputError(WRONG_SUFFIX, file=target.name, kind=kind)
    if target.is_dir() or (target.exists() and not overwrite):
        raise InputError(EXISTS, file=target)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            container.writestr(entry, files[name])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(target, stream.getvalue())
    except OSError as error:
        raise disk_error(error, target) from error


def read_package(archive: Path, kind: str, marker: str, most_bytes: int) -> dict[str, bytes]:
    """The files of a package by path below its folder, in memory.

    Args:
        archive: the file; it is only read.
        kind: what it should be, for sentences.
        marker: the file it must hold.
        most_bytes: more than this unpacked is refused.

    Raises:
        ArchiveError: no zip file, damaged, hostile, too large, or without ``marker``.
    """
    with archive_entries.opened(archive, kind) as container:
        entries = archive_entries.checked(container, file=archive.name, marker=marker, kind=kind)
        if sum(entry.file_size for entry in entries.values()) > most_bytes:
            raise ArchiveError(TOO_LARGE, file=archive.name, limit=most_bytes // 1_000_000)
        return {
            name: b"".join(archive_entries.content_chunks(container, entry, file=archive.name))
            for name, entry in entries.items()
            if not _is_clutter(name)
        }


def _is_clutter(name: str) -> bool:
    last = PurePosixPath(name).name.lower()
    return last in ("thumbs.db", "desktop.ini", ".ds_store") or last.startswith("._")


def place_folder(files: Mapping[str, bytes], target: Path) -> None:
    """Write files as the folder ``target``, wholly or not at all; an old one is replaced.

    Raises:
        DiskError: the folder cannot be written; the old one is unchanged.
    """
    for name in files:
        assert file_names.trouble(name) is None, name
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    try:
        atomic.remove_tree(part)
        part.mkdir(parents=True)
        for name, content in files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.exists():
            atomic.remove_tree(old)
            atomic.replace(target, old)
        try:
            atomic.replace(part, target)
        except OSError:
            if old.exists():
                atomic.replace(old, target)
            raise
    except OSError as error:
        raise disk_error(error, target) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
