"""A template folder: manifest, layouts, style sheet, caption drafts, sample."""

import contextlib
import hashlib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wajo_studio.artwork.manifest import (
    FILE,
    ArtworkFormat,
    ClipSpec,
    FieldSpec,
    SlidesSpec,
    read_manifest,
)
from wajo_studio.domain.post import Pillar
from wajo_studio.errors import TemplateError
from wajo_studio.i18n import N_
from wajo_studio.paths import templates_dir, user_templates_dir

SHARED = "_shared"
_MAX_FILES = 200
_MAX_BYTES = 32_000_000


def layout_file(artwork_format: ArtworkFormat) -> str:
    """``4x5.html.j2`` for ``4:5``."""
    return artwork_format.replace(":", "x") + ".html.j2"


@dataclass(frozen=True)
class Template:
    """A template, wholly in memory: what was checked is what is painted.

    Attributes:
        formats: artwork shapes it has layouts for; empty for ``polos``.
        folder: where it was read.
        files: content by path inside the folder, with ``/``; ``_shared/…`` included.
        sample: ``sample.toml`` as read: a post without schema, template and placements.
        content_hash: SHA-256 over all files that may change a pixel or a text.
    """

    id: str
    name: str
    description: str
    pillars: tuple[Pillar, ...]
    formats: tuple[ArtworkFormat, ...]
    fields: tuple[FieldSpec, ...]
    slides: SlidesSpec | None
    clip: ClipSpec
    folder: Path
    content_hash: str
    files: Mapping[str, bytes] = field(repr=False, compare=False)
    sample: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def has_artwork(self) -> bool:
        """False for ``polos``: media alone, nothing drawn."""
        return bool(self.formats)

    @property
    def draft_keys(self) -> tuple[str, ...]:
        """Keys of the caption drafts it has, such as ``base``, ``x``, ``youtube.title``."""
        prefix, suffix = "captions/", ".txt.j2"
        return tuple(
            sorted(
                name[len(prefix) : -len(suffix)]
                for name in self.files
                if name.startswith(prefix) and name.endswith(suffix)
            )
        )

    def field(self, field_id: str) -> FieldSpec | None:
        """The field with this id, if the template asks for it."""
        return next((spec for spec in self.fields if spec.id == field_id), None)

    def text(self, name: str) -> str:
        """A file's text, empty where it does not exist."""
        return self.files.get(name, b"").decode("utf-8", "replace")


def load_template(folder: Path) -> Template:
    """Read and check a template folder; read again only when a file in it changed.

    Raises:
        TemplateError: names the folder, the file and the key or line that is wrong.
    """
    stamp = (_stamp(folder), _stamp(templates_dir() / SHARED))
    known = _loaded.get(folder)
    if known is not None and known[0] == stamp:
        return known[1]
    template = _load(folder)
    _loaded[folder] = (stamp, template)
    return template


_Stamp = tuple[tuple[str, int, int], ...]
_loaded: dict[Path, tuple[tuple[_Stamp, _Stamp], Template]] = {}


def _stamp(folder: Path) -> _Stamp:
    """Path, time and size of everything below a folder; links count as what they lead to."""
    found: list[tuple[str, int, int]] = []
    for parent, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = os.path.join(parent, name)  # noqa: PTH118 - run at every keystroke
            with contextlib.suppress(OSError):
                status = os.stat(path)  # noqa: PTH116
                found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _load(folder: Path) -> Template:
    files = _read_files(folder)
    name = folder.resolve().name
    if FILE not in files:
        raise TemplateError(
            N_("{folder} is no template: {file} is missing in it."), folder=folder, file=FILE
        )
    manifest = read_manifest(files[FILE], name)
    if manifest.id != name:
        raise TemplateError(
            N_("Template {template}: its id is {id}. Give the folder and the id the same name."),
            template=name,
            id=manifest.id,
        )
    for artwork_format in manifest.formats:
        if layout_file(artwork_format) not in files:
            raise TemplateError(
                N_("Template {template}: {file} is missing, the layout for {format}."),
                template=name,
                file=layout_file(artwork_format),
                format=artwork_format,
            )
    everything = dict(files)
    if manifest.formats:
        everything |= {f"{SHARED}/{path}": content for path, content in shared_files().items()}
    return Template(
        id=manifest.id,
        name=manifest.name,
        description=manifest.description,
        pillars=manifest.pillars,
        formats=manifest.formats,
        fields=manifest.fields,
        slides=manifest.slides,
        clip=manifest.clip,
        folder=folder,
        content_hash=content_hash(everything),
        files=MappingProxyType(everything),
        sample=MappingProxyType(_read_sample(files, name)),
    )


def find_template(template_id: str, extra_dirs: Iterable[Path] = ()) -> Template:
    """The template with this id.

    Looks in ``extra_dirs``, then among the office's own templates, then among the program's:
    an office can replace a template that came with the program.

    Raises:
        InputError: there is none (``TemplateError``), or it is broken.
    """
    for parent in (*extra_dirs, user_templates_dir(), templates_dir()):
        folder = parent / template_id
        if template_id and folder.name == template_id and (folder / FILE).is_file():
            return load_template(folder)
    known = ", ".join(folder.name for folder in _folders())
    raise TemplateError(
        N_("There is no template {template}. Choose one of: {known}."),
        template=template_id,
        known=known,
        code="template.unknown",
    )


def list_templates() -> list[Template]:
    """Every template, by name; those of the office stand before those of the program.

    Raises:
        TemplateError: one of them is broken.
    """
    return sorted((load_template(folder) for folder in _folders()), key=lambda t: t.name)


def usable_templates() -> tuple[list[Template], list[TemplateError]]:
    """Every template that can be read, by name, and what is wrong with the others."""
    templates, errors = [], []
    for folder in _folders():
        try:
            templates.append(load_template(folder))
        except TemplateError as error:
            errors.append(error)
    return sorted(templates, key=lambda t: t.name), errors


def _folders() -> list[Path]:
    found: dict[str, Path] = {}
    for parent in (user_templates_dir(), templates_dir()):
        if parent.is_dir():
            for folder in sorted(parent.iterdir()):
                if (folder / FILE).is_file():
                    found.setdefault(folder.name, folder)
    return list(found.values())


@lru_cache(maxsize=1)
def _cached_shared(stamp: tuple[tuple[str, int, int], ...]) -> Mapping[str, bytes]:
    return MappingProxyType(_read_files(templates_dir() / SHARED))


def shared_files() -> Mapping[str, bytes]:
    """Macros and base style that every layout may use, by path below ``_shared``."""
    folder = templates_dir() / SHARED
    stamps = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return _cached_shared(
        tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stamps)
    )


def _read_files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``; links that lead out of it and huge folders are refused."""
    if not folder.is_dir():
        raise TemplateError(N_("The template folder {folder} does not exist."), folder=folder)
    root = folder.resolve()
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") or part == "__pycache__" for part in relative.parts):
            continue
        if not path.resolve().is_relative_to(root):
            raise TemplateError(
                N_("Template {template}: {file} is a link that leads out of the folder."),
                template=root.name,
                file=relative.as_posix(),
            )
        if not path.is_file():
            continue
        total += path.stat().st_size
        if total > _MAX_BYTES or len(files) >= _MAX_FILES:
            raise TemplateError(
                N_("Template {template} is too large: at most {files} files and {megabytes} MB."),
                template=root.name,
                files=_MAX_FILES,
                megabytes=_MAX_BYTES // 1_000_000,
            )
        files[relative.as_posix()] = path.read_bytes()
    return files


def content_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents; the preview picture changes nothing and is left out."""
    digest = hashlib.sha256()
    for name in sorted(files):
        if name == "preview.png":
            continue
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _read_sample(files: Mapping[str, bytes], template_id: str) -> dict[str, Any]:
    if "sample.toml" not in files:
        return {}
    try:
        return tomllib.loads(files["sample.toml"].decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateError(
            N_("Template {template}: {file} cannot be read: {reason}. Correct the file."),
            template=template_id,
            file="sample.toml",
            reason=str(error),
        ) from error
