"""Seeing that the files a post names are there, ordinary, and inside its folder."""

import difflib
from pathlib import Path

from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.store import file_names
from wajo_studio.store.post_file import named_files

LEAVES = N_("{file}: {key} is {value}, which leads out of the post folder; copy the file into it.")
NO_FILE = N_("{file}: {key} is {value}, which does not exist; add the file or correct the path.")
NO_FILE_NEAR = N_(
    '{file}: {key} is {value}, which does not exist; write "{nearest}" instead, or add the file.'
)
NOT_A_FILE = N_("{file}: {key} is {value}, which is no ordinary file; give a file.")


def check_files(post: Post, root: Path, *, file: str) -> None:
    """See that every file a post names is an ordinary file inside its folder.

    Raises:
        InputError: names key and path of the first that is not.
    """
    for key, name in named_files(post):
        check_inside(root, file_names.simplified(name), key=key, file=file)


def check_inside(root: Path, name: str, *, key: str, file: str) -> None:
    """See that one file is an ordinary file inside ``root``, links followed.

    Args:
        root: the post folder.
        name: path below it.
        key: the key of post.toml that names the file.
        file: how the person knows the post.toml.

    Raises:
        InputError: it is not there, no ordinary file, or outside the folder.
    """
    params = {"file": file, "key": key, "value": f'"{name}"'}
    try:
        real = (root / name).resolve(strict=True)
        is_file = real.is_file()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        near = _nearest_file(root, name)
        if near is not None:
            raise InputError(NO_FILE_NEAR, detail=str(error), nearest=near, **params) from error
        raise InputError(NO_FILE, detail=str(error), **params) from error
    if not real.is_relative_to(root.resolve()):
        raise InputError(LEAVES, **params)
    if not is_file:
        raise InputError(NOT_A_FILE, **params)


def _nearest_file(root: Path, name: str) -> str | None:
    """The file in the same folder whose name is most like the one asked for."""
    folder = (root / name).parent
    try:
        names = [entry.name for entry in folder.iterdir() if entry.is_file()][:1000]
    except OSError:
        return None
    wanted = Path(name).name
    by_fold = {entry.casefold(): entry for entry in names}
    matches = difflib.get_close_matches(wanted.casefold(), by_fold, n=1, cutoff=0.7)
    return (folder / by_fold[matches[0]]).relative_to(root).as_posix() if matches else None
