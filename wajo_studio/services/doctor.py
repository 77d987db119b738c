"""What this PC offers the program: versions, fonts, encoders, keyring, disk, folders."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from wajo_studio import paths, version
from wajo_studio.i18n import _, format_bytes

LOW_DISK_BYTES = 2_000_000_000
"""Below this much free room the doctor warns; a choice, about ten exports of clips."""

_PACKAGES = (
    "pyside6-essentials",
    "pillow",
    "plutoprint",
    "pi-heif",
    "av",
    "imageio-ffmpeg",
    "moviepy",
    "opencv-python-headless",
    "jinja2",
    "pydantic",
    "keyring",
)


@dataclass(frozen=True)
class Diagnosis:
    """One thing looked at; ``state`` is a word, so that colour is never needed."""

    name: str
    state: Literal["ok", "warn", "fail"]
    text: str

    def as_json(self) -> dict[str, str]:
        """The diagnosis as ``doctor --json`` prints it."""
        return {"name": self.name, "state": self.state, "text": self.text}


def diagnose() -> list[Diagnosis]:
    """Look at everything; a look that fails is reported, the others go on."""
    looks: list[Callable[[], Iterator[Diagnosis]]] = [
        _versions,
        _fonts,
        _encoders,
        _keyring,
        _folders,
        _own_data,
    ]
    found: list[Diagnosis] = []
    for look in looks:
        try:
            found += look()
        except Exception as error:  # the doctor must never fall ill
            name = look.__name__.strip("_")
            found.append(Diagnosis(name, "fail", f"{type(error).__name__}: {error}"))
    return found


def _versions() -> Iterator[Diagnosis]:
    yield Diagnosis("wajo-studio", "ok", version())
    yield Diagnosis("python", "ok", f"{platform.python_version()} ({platform.platform()})")
    for package in _PACKAGES:
        try:
            yield Diagnosis(package, "ok", metadata.version(package))
        except metadata.PackageNotFoundError:
            yield Diagnosis(package, "fail", _("is not installed"))


def _fonts() -> Iterator[Diagnosis]:
    from wajo_studio.artwork.brand import load_brand_kit
    from wajo_studio.artwork.fonts import font_file
    from wajo_studio.artwork.glyphs import missing_characters

    for name in ("plus-jakarta-sans-normal.ttf", "noto-sans-normal.ttf"):
        there = font_file(name) is not None
        text = _("is there") if there else _("is not installed")
        yield Diagnosis(f"font {name}", "ok" if there else "fail", text)
    family = load_brand_kit().font_family
    for name, sample in {"emoji": "🙏", "Lontara": "ᨓ"}.items():
        if not missing_characters(sample, family):
            yield Diagnosis(f"font {name}", "ok", _("is there"))
        else:
            text = _("no font on this PC draws it; such characters are reported before export")
            yield Diagnosis(f"font {name}", "warn", text)


def _encoders() -> Iterator[Diagnosis]:
    from wajo_studio.video.ffmpeg import ffmpeg_path, ffmpeg_version, h264_encoders

    found = ffmpeg_version()
    text = f"{found} ({ffmpeg_path()})" if found else _("does not start")
    yield Diagnosis("ffmpeg", "ok" if found else "fail", text)
    present = h264_encoders()
    state: Literal["ok", "fail"] = "ok" if "libx264" in present else "fail"
    yield Diagnosis("encoders", state, ", ".join(present))


def _keyring() -> Iterator[Diagnosis]:
    from wajo_studio.errors import CredentialError
    from wajo_studio.vault.keyring_key import describe, read_key

    try:
        name = describe()
        read_key()
    except CredentialError as error:
        yield Diagnosis("keyring", "warn", str(error))
    else:
        yield Diagnosis("keyring", "ok", name)


def _folders() -> Iterator[Diagnosis]:
    folder = paths.data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        yield Diagnosis("data folder", "fail", _("{path} cannot be written").format(path=folder))
        return
    yield Diagnosis("data folder", "ok", str(folder))
    free = shutil.disk_usage(folder).free
    state: Literal["ok", "warn"] = "ok" if free >= LOW_DISK_BYTES else "warn"
    yield Diagnosis("disk", state, _("{size} free").format(size=format_bytes(free)))


def _own_data() -> Iterator[Diagnosis]:
    from wajo_studio.artwork.brand import load_agencies, load_brand_kit
    from wajo_studio.artwork.template import list_templates
    from wajo_studio.specs.loader import load_specs

    yield Diagnosis("placements", "ok", str(len(load_specs())))
    yield Diagnosis("templates", "ok", ", ".join(t.id for t in list_templates()))
    yield Diagnosis("brand kit", "ok", load_brand_kit().version)
    yield Diagnosis("agencies", "ok", str(len(load_agencies())))
