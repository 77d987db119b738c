"""Looking through a .wajo and its like before anything of it is believed or written."""

import contextlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from wajo_studio.domain.validation import excerpt
from wajo_studio.errors import ArchiveError
from wajo_studio.i18n import N_, _
from wajo_studio.store import file_names
from wajo_studio.store.post_file import FILE_NAME

MAX_ENTRIES = 1_000
"""Files and folders in an archive; the largest post a network takes has 35 pictures."""
MAX_TOTAL_BYTES = 4 * 1024**3 - 1
"""Unpacked size of a post: the largest file that fits on a flash disk with FAT32.
Source: https://learn.microsoft.com/windows/win32/fileio/filesystem-functionality-comparison
(2026)."""
MAX_RATIO = 100
RATIO_FREE_BYTES = 64 * 1024**2
"""Photos, clips and sound hardly shrink. More than 100 to 1 is a bomb, except below 64 MiB,
which an empty picture without compression may have."""
_MAX_DIRECTORY_BYTES = 1024**2
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_WINDOWS_LINK = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAC_FOLDER = "__MACOSX"

NOT_A_ZIP = N_("{file} is damaged or no {kind} file; have it copied or sent again.")
DAMAGED = N_("{file} is damaged at {name}; have it copied or sent again.")
UNREADABLE = N_("{file} cannot be read; check whether you may open it and copy it here again.")
NO_POST = N_("{file} holds no post.toml; pack the folder of a post again.")
LACKS = N_("{file} holds no {marker}, so it is no {kind} file; have it made again.")
BAD_NAME = N_("{file} is refused because the name {name} in it {trouble}; have it packed again.")
TWICE = N_(
    "{file} is refused because {name} and {other} in it are the same name on some PCs; "
    "rename one of them and pack the post again."
)
SPECIAL = N_(
    "{file} is refused because {name} in it is a link or a device; "
    "put the file itself into the post and pack it again."
)
ENCRYPTED = N_("{file} is locked with a password; pack the post again without one.")
METHOD = N_("{file} is packed in a way this program does not read; pack it again as plain zip.")
TOO_MANY = N_("{file} is refused because it holds more than {limit} files; pack only the post.")
TOO_LARGE = N_("{file} is refused because it unpacks to more than {limit}; use shorter clips.")
BOMB = N_("{file} is refused because it unpacks to far more than it holds; do not use this file.")
OVERLAP = N_("{file} is refused because its parts overlap; do not use this file.")

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class _BoundedFile:
    """A file that never gives out more than a directory's worth at once.

    A zip file tells the length of its directory itself, and zipfile believes it.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell
        self.close = stream.close
        self.seekable = stream.seekable

    def read(self, count: int = -1) -> bytes:
        """Read ``count`` bytes, or all that are left; more than the bound is damage."""
        content = self._stream.read(_MAX_DIRECTORY_BYTES + 1 if count < 0 else count)
        if count > _MAX_DIRECTORY_BYTES or len(content) > _MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile("directory too long")
        return content


@contextlib.contextmanager
def opened(archive: Path, kind: str = ".wajo") -> Iterator[zipfile.ZipFile]:
    """Open an archive; whatever is wrong with it becomes one sentence.

    Args:
        archive: the file.
        kind: what it should be, for the sentence.

    Raises:
        ArchiveError: it cannot be read, is no zip file, or is damaged.
    """
    file = archive.name
    try:
        if not archive.is_file():
            raise ArchiveError(UNREADABLE, file=file)
        with archive.open("rb") as stream:
            try:
                container = zipfile.ZipFile(cast("IO[bytes]", _BoundedFile(stream)))
            except _DAMAGE as error:
                raise ArchiveError(NOT_A_ZIP, file=file, kind=kind, detail=repr(error)) from error
            with container:
                yield container
    except OSError as error:
        raise ArchiveError(UNREADABLE, file=file, detail=repr(error)) from error


def checked(
    container: zipfile.ZipFile, *, file: str, marker: str = FILE_NAME, kind: str = ".wajo"
) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by path below the post folder, all of them harmless.

    The post (or what else is told by its file ``marker``) may lie at the top of the archive or in
    its one folder, as it does when somebody zips the folder itself. What macOS adds beside it is
    left out.

    Raises:
        ArchiveError: a name, kind, size or place that an honest archive does not have, or no
            file ``marker``.
    """
    entries = container.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ArchiveError(TOO_MANY, file=file, limit=MAX_ENTRIES)
    for entry in entries:
        _check_entry(entry, file)
    _check_names(entries, file)
    _check_sizes(entries, file)
    _check_places(entries, container.start_dir, file)
    files = {entry.filename: entry for entry in entries if not entry.is_dir()}
    top = _top_folder(files, marker)
    if top is None:
        message = NO_POST if marker == FILE_NAME else LACKS
        raise ArchiveError(message, file=file, marker=marker, kind=kind)
    return {name[len(top) :]: entry for name, entry in files.items() if name.startswith(top)}


def _check_entry(entry: zipfile.ZipInfo, file: str) -> None:
    name = entry.orig_filename  # as stored; zipfile cuts it at a NUL and mends backslashes
    trouble = file_names.trouble(name.removesuffix("/"))
    if trouble is not None:
        raise ArchiveError(BAD_NAME, file=file, name=excerpt(name), trouble=_(trouble))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    is_plain = kind in (0, stat.S_IFREG) or (kind == stat.S_IFDIR and entry.is_dir())
    if not is_plain or entry.external_attr & _WINDOWS_LINK:
        raise ArchiveError(SPECIAL, file=file, name=excerpt(name))
    if entry.flag_bits & _ENCRYPTED_FLAGS:
        raise ArchiveError(ENCRYPTED, file=file)
    if entry.compress_type not in _METHODS:
        raise ArchiveError(METHOD, file=file)


def _check_names(entries: Sequence[zipfile.ZipInfo], file: str) -> None:
    """No two names, and no two spellings of a folder, that some PC takes for one."""
    spelling: dict[str, str] = {}
    kinds: dict[str, bool] = {}
    listed: set[str] = set()
    for entry in entries:
        name = entry.filename.removesuffix("/")
        key = file_names.same_file_key(name)
        if key in listed:
            raise ArchiveError(TWICE, file=file, name=excerpt(name), other=excerpt(spelling[key]))
        listed.add(key)
        parts = name.split("/")
        for count in range(1, len(parts) + 1):
            path = "/".join(parts[:count])
            is_folder = count < len(parts) or entry.is_dir()
            key = file_names.same_file_key(path)
            other = spelling.setdefault(key, path)
            if other != path or kinds.setdefault(key, is_folder) != is_folder:
                raise ArchiveError(TWICE, file=file, name=excerpt(path), other=excerpt(other))


def _check_sizes(entries: Sequence[zipfile.ZipInfo], file: str) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > RATIO_FREE_BYTES and total > MAX_RATIO * packed:
        raise ArchiveError(BOMB, file=file, detail=f"{packed} -> {total} bytes")
    if total > MAX_TOTAL_BYTES:
        raise ArchiveError(TOO_LARGE, file=file, limit="4 GB", detail=f"{total} bytes")


def _check_places(entries: Sequence[zipfile.ZipInfo], directory: int, file: str) -> None:
    """No entry may lie inside another one; that is how small files become endless ones."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for index, entry in enumerate(ordered):
        least = _LOCAL_HEADER_BYTES + len(entry.orig_filename) + entry.compress_size
        is_last = index + 1 == len(ordered)
        end = directory if is_last else ordered[index + 1].header_offset
        if entry.header_offset < 0 or entry.header_offset + least > end:
            raise ArchiveError(OVERLAP, file=file, detail=excerpt(entry.filename))


def _top_folder(files: dict[str, zipfile.ZipInfo], marker: str) -> str | None:
    """What stands before the file ``marker`` in the archive: nothing, or the one folder."""
    if marker in files:
        return ""
    folders = {name.partition("/")[0] for name in files} - {_MAC_FOLDER}
    if len(folders) == 1 and f"{(top := folders.pop())}/{marker}" in files:
        return f"{top}/"
    return None


def content_chunks(
    container: zipfile.ZipFile, entry: zipfile.ZipInfo, *, file: str
) -> Iterator[bytes]:
    """The content of an entry, piece by piece, never more than it said it would be.

    Raises:
        ArchiveError: damaged, wrong checksum, or another length than it said.
    """
    left = entry.file_size
    name = excerpt(entry.filename)
    try:
        with container.open(entry) as stream:
            while chunk := stream.read(_MAX_DIRECTORY_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise ArchiveError(BOMB, file=file, detail=name)
                yield chunk
    except (*_DAMAGE, OSError) as error:
        raise ArchiveError(DAMAGED, file=file, name=name, detail=repr(error)) from error
    if left:
        raise ArchiveError(DAMAGED, file=file, name=name, detail=f"{left} bytes missing")
