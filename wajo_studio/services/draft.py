"""The post that is open in the window: every change is kept, can be undone, and is saved."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wajo_studio import paths
from wajo_studio.domain.media import MediaItem
from wajo_studio.domain.post import Post
from wajo_studio.domain.validation import explain
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.store import archive, file_names
from wajo_studio.store.post_file import FILE_NAME, read_post_text, write_post
from wajo_studio.store.post_folder import PostFolder, load_folder

CHANGED_ELSEWHERE = "input.changed_elsewhere"
STEPS_KEPT = 200
"""How many changes can be undone."""


@dataclass(frozen=True)
class Step:
    """One change: what it is called, and the post before and after it."""

    name: str
    before: Post
    after: Post


@dataclass
class Draft:
    """An open post.

    Attributes:
        root: its folder.
        post: as it is now; replaced as a whole by every change.
        saved: as it stands in post.toml.
    """

    root: Path
    post: Post
    saved: Post
    _text: str
    _done: list[Step] = field(default_factory=list)
    _undone: list[Step] = field(default_factory=list)
    _sealed: bool = False

    @property
    def is_saved(self) -> bool:
        """Whether post.toml holds the post as it is now."""
        return self.post == self.saved

    @property
    def folder(self) -> PostFolder:
        """The post as it is now, for the use cases that read it."""
        return PostFolder(self.post, self.root)

    @property
    def undo_name(self) -> str | None:
        """What the next undo takes back."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> str | None:
        """What the next redo brings back."""
        return self._undone[-1].name if self._undone else None

    def change(self, step_name: str, /, **values: Any) -> None:
        """Replace some of the post's values.

        Changes of the same name that follow each other (typing in one field) are one step.

        Args:
            step_name: what an undo of this change is called, translated.
            values: new values by the post's attribute names.

        Raises:
            InputError: a value is not possible; the post stays as it was.
        """
        plain = self.post.model_dump(by_alias=True)
        plain.update({"schema" if key == "schema_" else key: v for key, v in values.items()})
        try:
            changed = Post.model_validate(plain)
        except ValidationError as error:
            raise explain(error, file=FILE_NAME, model=Post, document=plain) from error
        self._record(Step(step_name, self.post, changed))

    def change_media(self, step_name: str, media_id: str, /, **values: Any) -> None:
        """Replace some values of one media item; keys as post.toml writes them.

        Raises:
            InputError: a value is not possible.
        """
        self.change(
            step_name,
            media=[
                {**item.model_dump(by_alias=True), **values} if item.id == media_id else item
                for item in self.post.media
            ],
        )

    def set_field(self, name: str, field_id: str, value: Any) -> None:
        """Set one field of the template; None removes it."""
        fields = {**self.post.fields, field_id: value}
        self.change(name, fields={key: v for key, v in fields.items() if v is not None})

    def _record(self, step: Step) -> None:
        if step.after == step.before:
            return
        goes_on = not self._sealed and not self._undone
        if goes_on and self._done and self._done[-1].name == step.name:
            step = Step(step.name, self._done.pop().before, step.after)
        self._sealed = False
        self._done.append(step)
        del self._done[:-STEPS_KEPT]
        self._undone.clear()
        self.post = step.after

    def undo(self) -> None:
        """Take back the last change, if there is one."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self.post = step.before

    def redo(self) -> None:
        """Bring back the change taken back last, if there is one."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self.post = step.after

    def end_step(self) -> None:
        """Let the next change be a step of its own even if it has the same name."""
        self._sealed = True

    def add_files(
        self, name: str, files: Sequence[Path], inspect: Callable[[Path], object]
    ) -> list[str]:
        """Copy files into the post and list them as media; the files themselves stay as they are.

        Args:
            name: what an undo of this change is called.
            files: pictures, clips or sounds, from anywhere.
            inspect: raises MediaError for a file that cannot be used.

        Returns:
            The ids of the new media items.

        Raises:
            MediaError: one of the files cannot be used; none was added.
            DiskError: the post's folder cannot be written.
        """
        return self.list_media(name, self.copy_files(files, inspect))

    def copy_files(self, files: Sequence[Path], inspect: Callable[[Path], object]) -> list[Path]:
        """Copy files into the post's media folder without listing them; may run in any thread.

        Returns:
            The copies.

        Raises:
            MediaError: one of the files cannot be used; none was copied.
            DiskError: the post's folder cannot be written.
        """
        for file in files:
            inspect(file)
        copies: list[Path] = []
        for file in files:
            target = self.free_media_path(file.name)
            try:
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(file, target)
            except OSError as error:
                raise disk_error(error, target) from error
            copies.append(target)
        return copies

    def list_media(self, name: str, copies: Sequence[Path]) -> list[str]:
        """List files of the post's folder as media at the end and return their ids."""
        added: list[MediaItem] = []
        for file in copies:
            media_id = self._free_id(file.stem, [item.id for item in added])
            path = file.relative_to(self.root).as_posix()
            added.append(MediaItem(id=media_id, path=path))
        self.change(name, media=[*self.post.media, *added])
        return [item.id for item in added]

    def remove_media(self, name: str, media_id: str) -> None:
        """Take a media item out of the post; its file stays, so that undo brings it back."""
        self.change(name, media=[item for item in self.post.media if item.id != media_id])

    def free_media_path(self, file_name: str) -> Path:
        """A path in the post's media folder that no file has yet."""
        stem, suffix = Path(file_name).stem, Path(file_name).suffix.lower()
        if file_names.trouble(f"media/{stem}{suffix}") is not None:
            stem = "media"
        folder = self.root / "media"
        candidate, number = folder / f"{stem}{suffix}", 2
        while candidate.exists():
            candidate, number = folder / f"{stem}-{number}{suffix}", number + 1
        return candidate

    def _free_id(self, stem: str, also_taken: Sequence[str]) -> str:
        taken = {*also_taken, *(item.id for item in self.post.media)}
        base = "".join(c if c.isalnum() else "-" for c in stem.lower()).strip("-") or "media"
        candidate, number = base, 2
        while candidate in taken:
            candidate, number = f"{base}-{number}", number + 1
        return candidate

    def save(self) -> None:
        """Write post.toml in one step, if anything changed.

        Raises:
            InputError: somebody else changed the file meanwhile (``input.changed_elsewhere``); it
                is unchanged and the draft stays unsaved.
            DiskError: it cannot be written; the same holds.
        """
        if self.is_saved:
            return
        path, post = self.root / FILE_NAME, self.post  # a change may come while this is written
        if path.is_file() and read_post_text(path) != self._text:
            raise InputError(
                N_(
                    "{path} was changed meanwhile, in another window or program. Choose which "
                    "version stays."
                ),
                code=CHANGED_ELSEWHERE,
                path=path,
            )
        write_post(path, post, previous_text=self._text)
        self._text, self.saved = read_post_text(path), post

    def prefer_own(self) -> None:
        """Let the draft replace what somebody else wrote: the next save goes through.

        Raises:
            InputError: the file cannot be read.
        """
        self._text = read_post_text(self.root / FILE_NAME)


def open_draft(path: Path, ctx: JobContext) -> Draft:
    """Open a post for editing.

    A .wajo file is unpacked into the person's own posts; the file itself stays as it is.

    Raises:
        InputError: the post cannot be used.
        DiskError: a .wajo cannot be unpacked.
    """
    if path.is_file() and path.suffix.lower() == archive.SUFFIX:
        target = free_post_folder(path.stem)
        target.parent.mkdir(parents=True, exist_ok=True)
        archive.unpack(path, target, job=ctx)
        path = target
    root = path.parent if path.name == FILE_NAME else path
    if not root.is_dir():
        raise InputError(N_("{path} is no folder of a post."), path=path)
    folder = load_folder(root)
    return Draft(root, folder.post, folder.post, read_post_text(root / FILE_NAME))


def free_post_folder(name: str) -> Path:
    """A folder for a new post that does not exist yet, among the person's own posts."""
    posts = paths.data_dir() / "posts"
    safe = "".join(c if c.isalnum() or c in " -_" else "-" for c in name).strip(" -.")[:60]
    base = safe or "konten"
    if file_names.trouble(base) is not None:
        base = "konten"
    candidate, number = posts / base, 2
    while candidate.exists():
        candidate, number = posts / f"{base}-{number}", number + 1
    return candidate
