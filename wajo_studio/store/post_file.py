"""Reading and writing post.toml."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wajo_studio import atomic
from wajo_studio.domain.post import Post
from wajo_studio.domain.validation import Location, explain, key_path
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_, _
from wajo_studio.store import file_names, toml_text, upgrade

FILE_NAME = "post.toml"

_EXAMPLES = {
    "focus": "[0.5, 0.4]",
    "blur": "[[0.10, 0.20, 0.15, 0.12]]",
    "keep": "[[3.2, 9.0], [12.0, 18.0]]",
    "focus_path": "[[3.2, 0.5, 0.5], [9.0, 0.3, 0.5]]",
}

BAD_PATH = N_('{file}: {key} is {value}, which {trouble}; write a path such as "media/foto.jpg".')
ONE_BRACKET = N_("{file}: media must be a list; write [[media]] with two brackets on each side.")


def shown_name(path: Path) -> str:
    """How a person knows a post.toml: with the name of its folder."""
    return f"{path.absolute().parent.name}/{path.name}"


def read_post(path: Path) -> Post:
    """Read a post.toml.

    Whether agency, template and the files it names exist is not looked at here.

    Raises:
        InputError: the file or a key in it cannot be used; one sentence says which and why.
    """
    file = shown_name(path)
    return parse_post(toml_text.read_text(path, file=file), file=file)


def read_post_text(path: Path) -> str:
    """The text of a post.toml as it stands, to be given back to :func:`write_post`.

    Raises:
        InputError: not there, not readable, too big, not UTF-8.
    """
    return toml_text.read_text(path, file=shown_name(path))


def parse_post(text: str, *, file: str) -> Post:
    """The post a text holds.

    Args:
        text: content of a post.toml.
        file: how the person knows the file; error messages begin with it.

    Raises:
        InputError: the text or a key in it cannot be used.
    """
    document = upgrade.upgraded(toml_text.parse(text, file=file), file=file)
    if isinstance(document.get("media"), dict):
        raise InputError(ONE_BRACKET, file=file)
    try:
        post = Post.model_validate(document)
    except ValidationError as error:
        raise explain(
            error, file=file, model=Post, document=document, examples=_EXAMPLES
        ) from error
    for key, path in named_files(post):
        check_path(path, key=key, file=file)
    return post


def named_files(post: Post) -> list[tuple[str, str]]:
    """Every file a post names, as key and path: media, subtitles, evidence of statements."""
    files: list[tuple[Location, str | None]] = []
    for index, item in enumerate(post.media):
        files.append((("media", index, "path"), item.path))
        files.append((("media", index, "subtitles"), item.subtitles))
    for rule, statement in post.attestations.items():
        files.append((("attestations", rule, "evidence"), statement.evidence))
    names = {"media": [{"id": item.id} for item in post.media]}
    return [(key_path(place, names), path) for place, path in files if path is not None]


def check_path(path: str, *, key: str, file: str) -> None:
    """Refuse a path of post.toml that leaves the folder or could not exist on every PC.

    Raises:
        InputError: names key, path and trouble.
    """
    trouble = file_names.trouble(file_names.simplified(path))
    if trouble is not None:
        raise InputError(BAD_PATH, file=file, key=key, value=f'"{path}"', trouble=_(trouble))


def write_post(path: Path, post: Post, *, previous_text: str | None) -> None:
    """Write a post.toml in one step.

    Only what differs from ``previous_text`` is written anew: comments, order, layout and what
    the program ignores stay. What was written is read again and compared before it replaces
    the old file.

    Args:
        path: the post.toml to make or replace.
        post: what it shall hold.
        previous_text: what :func:`read_post_text` gave for this post; None for a new file.

    Raises:
        InputError: ``previous_text`` is no post.toml that can be read, or ``post`` breaks a
            rule of the format (a changed copy is not checked when it is made).
        DiskError: the file cannot be written; it is then unchanged.
    """
    text = post_text(post, previous_text=previous_text, file=shown_name(path))
    try:
        atomic.write_text(path, text)
    except OSError as error:
        raise disk_error(error, path) from error


def post_text(post: Post, *, previous_text: str | None, file: str = FILE_NAME) -> str:
    """The text :func:`write_post` writes."""
    from wajo_studio.store import post_document

    new = as_document(post)
    if previous_text is not None:
        old = as_document(parse_post(previous_text, file=file))
        if post_document.same_value(old, new):
            return previous_text
        text = post_document.patched(previous_text, old, new)
        if text is not None and _is_read_as(text, new):
            return text
    text = post_document.fresh(new)
    again = as_document(parse_post(text, file=file))
    if not post_document.same_value(again, new):
        raise RuntimeError(f"{file} would not hold the post after writing it")
    return text


def _is_read_as(text: str, document: dict[str, Any]) -> bool:
    from wajo_studio.store.post_document import same_value

    try:
        return same_value(as_document(parse_post(text, file=FILE_NAME)), document)
    except InputError:
        return False


def as_document(post: Post) -> dict[str, Any]:
    """A post as plain TOML values, without what equals its default."""
    plain: dict[str, Any] = _plain(post.model_dump(by_alias=True, exclude_defaults=True))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value
