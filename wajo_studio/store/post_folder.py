"""Opening a post wherever it lies: a folder, its post.toml, or a .wajo file."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wajo_studio import atomic
from wajo_studio.domain.media import MediaItem
from wajo_studio.domain.post import Attestation, Post
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.store import archive, file_names
from wajo_studio.store.file_checks import check_files, check_inside
from wajo_studio.store.post_file import FILE_NAME, parse_post, shown_name
from wajo_studio.store.toml_text import read_text

NO_SUCH_POST = N_("{file} does not exist; give a post folder, a post.toml or a .wajo file.")
NO_POST = N_("{file} is no post; give a post folder, a post.toml or a .wajo file.")
NO_POST_TOML = N_("The folder {file} holds no post.toml; give the folder of a post.")


@dataclass(frozen=True)
class PostFolder:
    """A post and the folder its files lie in; every file it names was there when it was opened.

    Attributes:
        post: what post.toml says.
        root: the folder; for a .wajo a temporary one that ends with :func:`open_post`.
    """

    post: Post
    root: Path

    def media_path(self, item: MediaItem) -> Path:
        """The file of a media item."""
        return self._path(item.path)

    def subtitles_path(self, item: MediaItem) -> Path | None:
        """The subtitle file of a media item, if it has one."""
        return None if item.subtitles is None else self._path(item.subtitles)

    def evidence_path(self, statement: Attestation) -> Path | None:
        """The file that proves a statement, if it names one."""
        return None if statement.evidence is None else self._path(statement.evidence)

    def _path(self, name: str) -> Path:
        return self.root / file_names.simplified(name)


@contextmanager
def open_post(path: Path, *, job: JobContext | None = None) -> Iterator[PostFolder]:
    """Open a post for reading.

    Args:
        path: a post folder, its ``post.toml``, or a ``.wajo`` file. The latter is unpacked into
            a temporary folder that is removed when the block ends.
        job: told of progress and asked whether to stop while a .wajo is unpacked.

    Raises:
        InputError: it is none of these, or it, a key or a file in it cannot be used.
        DiskError: a .wajo cannot be unpacked for want of space.
    """
    if _kind(path) == "nothing":
        raise InputError(NO_SUCH_POST, file=path)
    if _kind(path) == "folder":
        yield load_folder(path)
    elif path.suffix.lower() == archive.SUFFIX:
        with _temporary_folder() as folder:
            target = folder / "post"
            archive.unpack(path, target, job=job)
            yield load_folder(target, file=f"{path.name}/{FILE_NAME}")
    elif path.name == FILE_NAME:
        yield load_folder(path.parent)
    else:
        raise InputError(NO_POST, file=path)


def _kind(path: Path) -> Literal["nothing", "folder", "file"]:
    """What stands at a path; a path no disk can hold, or that may not be seen, is nothing."""
    try:
        return "folder" if path.is_dir() else "file" if path.exists() else "nothing"
    except OSError:
        return "nothing"


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(atomic.scratch_folder("wajo-"))
        except OSError as error:
            raise disk_error(error, tempfile.gettempdir()) from error
        yield folder


def load_folder(root: Path, *, file: str | None = None) -> PostFolder:
    """Read the post in a folder and see that every file it names is there.

    Args:
        root: the post folder.
        file: how the person knows its post.toml.

    Raises:
        InputError: no post.toml, or it or a file it names cannot be used.
    """
    toml = root / FILE_NAME
    if _kind(toml) == "nothing":
        raise InputError(NO_POST_TOML, file=root)
    file = file or shown_name(toml)
    check_inside(root, FILE_NAME, key=FILE_NAME, file=file)
    post = parse_post(read_text(toml, file=file), file=file)
    check_files(post, root, file=file)
    return PostFolder(post, root)
