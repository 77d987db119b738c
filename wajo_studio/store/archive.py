"""The .wajo file: a post folder as one zip file, for a flash disk or a chat message.

Packing puts post.toml at the top of the archive, with the files it names and everything under
``media/``. Unpacking takes the same files, whether they lie at the top of the archive or in
its one folder (as they do when somebody zips the post folder itself), and leaves what else the
archive holds. An archive with anything hostile in it is refused as a whole.
"""

import os
import shutil
import zipfile
from collections.abc import Iterator
from errno import EIO, ENOSPC
from pathlib import Path
from typing import IO

from wajo_studio import atomic
from wajo_studio.domain.post import Post
from wajo_studio.domain.validation import excerpt
from wajo_studio.errors import ArchiveError, InputError, disk_error
from wajo_studio.i18n import N_, _
from wajo_studio.progress import Job, JobContext
from wajo_studio.store import archive_entries, file_names
from wajo_studio.store.archive_entries import MAX_ENTRIES, MAX_TOTAL_BYTES
from wajo_studio.store.file_checks import check_files, check_inside
from wajo_studio.store.post_file import FILE_NAME, named_files, parse_post, shown_name
from wajo_studio.store.toml_text import MAX_BYTES, TOO_BIG, UNREADABLE, decoded, read_text

SUFFIX = ".wajo"
MEDIA_FOLDER = "media"

_CHUNK_BYTES = 1024**2
_SPARE_BYTES = 64 * 1024**2
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_FIXED_MODE = 0o100644
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})

EXISTS = N_("{file} is there already; choose another name or remove it first.")
NOT_EMPTY = N_("The folder {file} is there already and not empty; choose another folder.")
NO_SUFFIX = N_("{file} must end in .wajo; choose a name such as liputan.wajo.")
BAD_NAME = N_("The file {file} cannot be packed because its name {trouble}; rename it.")
SAME_NAME = N_(
    "The files {file} and {other} cannot be packed because they are the same name on some PCs; "
    "rename one of them."
)
TOO_LARGE = N_("The post {file} has more than {limit} of media; use shorter clips.")
TOO_MANY = N_("The post {file} has more than {limit} files; keep only those it needs.")


def pack(
    folder: Path, target: Path, *, overwrite: bool = False, job: JobContext | None = None
) -> None:
    """Make a .wajo of a post folder; the same folder always gives the same bytes.

    Nothing is compressed: media hardly shrink, and every PC then makes the same file. The
    archive is opened again and its checksums compared before it stands at ``target``.

    Args:
        folder: the post folder; it is only read.
        target: the file to make, ending in ``.wajo``.
        overwrite: whether a file that is there already may be replaced.
        job: told of progress and asked whether to stop.

    Raises:
        InputError: the post, a file it names or ``target`` cannot be used.
        DiskError: ``target`` cannot be written; it is then unchanged.
    """
    if target.suffix.lower() != SUFFIX:
        raise InputError(NO_SUFFIX, file=target.name)
    try:
        if target.is_dir() or (target.exists() and not overwrite):
            raise InputError(EXISTS, file=target)
    except OSError as error:
        raise disk_error(error, target) from error
    try:
        sources = _files_to_pack(folder)
    except OSError as error:
        raise InputError(UNREADABLE, file=folder, detail=str(error)) from error
    job = job or Job()
    part = target.with_name(f".{target.stem}.{os.getpid()}{SUFFIX}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            _write_archive(stream, sources, job)
            stream.flush()
            os.fsync(stream.fileno())
        _verify(part, {name: path.stat().st_size for name, path in sources.items()})
        atomic.replace(part, target)
    except OSError as error:
        raise disk_error(error, target) from error
    finally:
        part.unlink(missing_ok=True)
    job.report(1.0)


def _files_to_pack(folder: Path) -> dict[str, Path]:
    """Every file that belongs to the post, by its name in the archive, in the order of names."""
    toml = folder / FILE_NAME
    file = shown_name(toml)
    check_inside(folder, FILE_NAME, key=FILE_NAME, file=file)
    post = parse_post(read_text(toml, file=file), file=file)
    check_files(post, folder, file=file)
    named = [FILE_NAME, *(file_names.simplified(path) for _key, path in named_files(post))]
    sources = {name: folder / name for name in named}
    by_key = {file_names.same_file_key(name): name for name in sources}
    for path in sorted((folder / MEDIA_FOLDER).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name in sources or path.is_symlink() or not path.is_file() or _is_clutter(path):
            continue
        other = by_key.setdefault(file_names.same_file_key(name), name)
        if other == name:
            sources[name] = path
        elif not path.samefile(sources[other]):  # the same file where case does not count
            raise InputError(SAME_NAME, file=name, other=other)
    for name in sources:
        trouble = file_names.trouble(name)
        if trouble is not None:
            raise InputError(BAD_NAME, file=excerpt(name), trouble=_(trouble))
    if len(sources) > MAX_ENTRIES:
        raise InputError(TOO_MANY, file=folder.name, limit=MAX_ENTRIES)
    if sum(path.stat().st_size for path in sources.values()) > MAX_TOTAL_BYTES:
        raise InputError(TOO_LARGE, file=folder.name, limit="4 GB")
    return dict(sorted(sources.items()))


def _is_clutter(path: Path) -> bool:
    return path.name.lower() in _CLUTTER or path.name.startswith(("._", "~$"))


def _write_archive(stream: IO[bytes], sources: dict[str, Path], job: JobContext) -> None:
    total = sum(path.stat().st_size for path in sources.values()) or 1
    done = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as container:
        for name, path in sources.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.create_system = 3  # or the file would differ between Windows and Linux
            entry.external_attr = _FIXED_MODE << 16
            entry.file_size = path.stat().st_size
            with container.open(entry, "w") as inside:
                for chunk in _chunks_of(path):
                    job.check()
                    inside.write(chunk)
                    done += len(chunk)
                    job.report(0.9 * done / total)


def _chunks_of(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise InputError(UNREADABLE, file=path, detail=str(error)) from error


def _verify(archive: Path, sizes: dict[str, int]) -> None:
    """Read an archive of ours again; a wrong byte is the disk's doing."""
    try:
        with archive_entries.opened(archive) as container:
            files = archive_entries.checked(container, file=archive.name)
            found = {
                name: sum(map(len, archive_entries.content_chunks(container, entry, file=name)))
                for name, entry in files.items()
            }
    except ArchiveError as error:
        raise OSError(EIO, f"the archive is damaged: {error.detail}") from error
    if found != sizes:
        raise OSError(EIO, "the archive does not hold what was put into it")


def unpack(archive: Path, target: Path, *, job: JobContext | None = None) -> None:
    """Unpack a .wajo into a new folder, wholly or not at all.

    Args:
        archive: the .wajo file; it is only read.
        target: the folder to make; it may be there if it is empty.
        job: told of progress and asked whether to stop.

    Raises:
        ArchiveError: no zip file, damaged, hostile, or no post in it.
        InputError: its post.toml or a file it names cannot be used, or ``target`` is in use.
        DiskError: ``target`` cannot be written.
    """
    job = job or Job()
    try:
        if target.is_symlink() or (target.exists() and not _is_empty_folder(target)):
            raise InputError(NOT_EMPTY, file=target)
    except OSError as error:
        raise disk_error(error, target) from error
    file = f"{archive.name}/{FILE_NAME}"
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with archive_entries.opened(archive) as container:
        files = archive_entries.checked(container, file=archive.name)
        post = _post_in(container, files, file)
        wanted = _belonging(files, post)
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            _check_space(part.parent, sum(entry.file_size for entry in wanted.values()))
            atomic.remove_tree(part)
            part.mkdir()
            _extract(container, wanted, part, file=archive.name, job=job)
            check_files(post, part, file=file)
            if target.exists():
                target.rmdir()
            atomic.replace(part, target)
        except OSError as error:
            raise disk_error(error, target) from error
        finally:
            atomic.remove_tree(part)
    job.report(1.0)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _post_in(container: zipfile.ZipFile, files: dict[str, zipfile.ZipInfo], file: str) -> Post:
    entry = files[FILE_NAME]
    if entry.file_size > MAX_BYTES:
        raise InputError(TOO_BIG, file=file, limit=f"{MAX_BYTES // 1_000_000} MB")
    content = b"".join(archive_entries.content_chunks(container, entry, file=file))
    return parse_post(decoded(content, file=file), file=file)


def _belonging(files: dict[str, zipfile.ZipInfo], post: Post) -> dict[str, zipfile.ZipInfo]:
    """The entries that belong to the post; what else lies in the archive stays there."""
    named = {file_names.same_file_key(file_names.simplified(p)) for _key, p in named_files(post)}
    named.add(FILE_NAME)
    return {
        name: entry
        for name, entry in files.items()
        if name.startswith(f"{MEDIA_FOLDER}/") or file_names.same_file_key(name) in named
    }


def _check_space(folder: Path, size_bytes: int) -> None:
    if shutil.disk_usage(folder).free < size_bytes + _SPARE_BYTES:
        raise OSError(ENOSPC, "not enough space to unpack", str(folder))


def _extract(
    container: zipfile.ZipFile,
    files: dict[str, zipfile.ZipInfo],
    folder: Path,
    *,
    file: str,
    job: JobContext,
) -> None:
    total = sum(entry.file_size for entry in files.values()) or 1
    done = 0
    for name, entry in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            for chunk in archive_entries.content_chunks(container, entry, file=file):
                job.check()
                stream.write(chunk)
                done += len(chunk)
                job.report(0.95 * done / total)
