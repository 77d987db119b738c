"""Posts for the tests of the command line, and what a call of it gave."""

import contextlib
import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.integration.video_clips import make_clip, steady
from wajo_studio.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-24T09:00"


@dataclass(frozen=True)
class Outcome:
    """Exit status and both streams of one call."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output; fails on anything more or less."""
        return json.loads(self.out, parse_constant=_refuse_constant)

    @property
    def error(self) -> dict[str, str]:
        """The error of a failed call with ``--json``."""
        assert list(self.json) == ["error"]
        assert list(self.json["error"]) == ["code", "message", "detail"]
        return dict(self.json["error"])

    @property
    def sentence(self) -> str:
        """The one line that a failed call says to a person."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


def _refuse_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def call(*words: str | Path) -> Outcome:
    """Run one command in this process."""
    out, err = StringIO(), StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run([str(word) for word in words])
    return Outcome(status, out.getvalue(), err.getvalue())


def call_outside(
    *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Outcome:
    """Run one command as a process of its own."""
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *words],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@functools.cache
def jpeg(width: int = 1200, height: int = 900, colour: str = "#2277aa") -> bytes:
    """A small picture with one bright corner."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste((250, 240, 200), (0, 0, width // 3, height // 3))
    content = BytesIO()
    picture.save(content, "JPEG", quality=85)
    return content.getvalue()


@functools.cache
def clip(folder: Path, seconds: int = 4) -> Path:
    """A numbered clip of 320x180 at 12 frames a second, with a beep each second."""
    path = folder / f"clip-{seconds}.mp4"
    beeps = tuple(range(0, seconds * 12, 12))
    return make_clip(path, steady(seconds * 12, Fraction(12), beeps=beeps))


PHOTO = """
[[media]]
id = "foto1"
path = "media/foto1.jpg"
alt = "Warga mengantre di loket layanan"
credit = "Dok. Diskominfotik"
consent = true
"""

CLIP = """
[[media]]
id = "klip1"
path = "media/klip1.mp4"
alt = "Warga mengantre di loket layanan"
credit = "Dok. Diskominfotik"
consent = true
"""

FIELDS = """
[fields]
judul = "Layanan Keliling Administrasi Kependudukan"
isi = "Perekaman KTP-el dan cetak KK di kantor kecamatan."
tanggal = 2026-12-01
waktu = "08.00–14.00 WITA"
tempat = "Kantor Kecamatan Tempe"
"""


def make_post(
    folder: Path,
    placements: Iterable[str] = ("instagram.feed",),
    *,
    template: str = "polos",
    top: str = 'pillar = "layanan-publik"\ninformation_class = "berkala"\n',
    body: str = '[fields]\njudul = "Judul"\nisi = "Isi"\n' + PHOTO,
    files: Mapping[str, Any] | None = None,
) -> Path:
    """Write a post folder.

    Args:
        folder: to make.
        placements: of the post.
        template: of the post.
        top: more lines before the first table.
        body: everything after it.
        files: content, or a file to copy, by path below the folder; ``media/foto1.jpg`` unless
            given.
    """
    names = ", ".join(f'"{placement}"' for placement in placements)
    (folder / "media").mkdir(parents=True)
    text = f'schema = 1\nname = "Uji"\nagency = "diskominfotik"\ntemplate = "{template}"\n'
    (folder / "post.toml").write_text(
        f"{text}placements = [{names}]\n{top}\n{body}", encoding="utf-8", newline=""
    )
    for name, content in (files or {"media/foto1.jpg": jpeg()}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        data = content.read_bytes() if isinstance(content, Path) else content
        (folder / name).write_bytes(data)
    return folder


def tree(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones as well."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    )


def rules(document: Mapping[str, Any], severity: str | None = None) -> list[str]:
    """Rule ids of a document's findings, of one severity if asked."""
    findings = document["findings"]
    return [f["rule"] for f in findings if severity in (None, f["severity"])]


def finding(document: Mapping[str, Any], rule: str) -> dict[str, Any]:
    """The one finding of a rule."""
    (found,) = [f for f in document["findings"] if f["rule"] == rule]
    return dict(found)
