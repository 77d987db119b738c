"""Templates as one file, hostile ones, and the preview that follows each save."""

import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.cli_helpers import call
from wajo_studio import paths
from wajo_studio.artwork.looks import find_look
from wajo_studio.artwork.template import find_template
from wajo_studio.bootstrap import build
from wajo_studio.errors import InputError, TemplateError
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.template_package import export_template, import_template
from wajo_studio.services.template_watch import PAGE, watch_template

MANIFEST = """schema = 1
id = "{id}"
name = "Titipan"
pillars = ["edukasi"]
formats = ["1:1"]
[fields.judul]
type = "text"
label = "Judul"
required = true
sample = "Halo"
"""
PLAIN = '<h1 data-text="judul">{{ fields.judul }}</h1>'
IMPORT = '{% import "_shared/wajo.html.j2" as w with context %}'


def _package(tmp_path: Path, layout: str = PLAIN, **others: str) -> Path:
    target = tmp_path / "titipan.wajotemplate"
    with zipfile.ZipFile(target, "w") as container:
        container.writestr("template.toml", others.pop("manifest", MANIFEST.format(id="titipan")))
        container.writestr("1x1.html.j2", layout)
        for name, content in others.items():
            container.writestr(name.replace("__", "/"), content)
    return target


def _take(package: Path, *, overwrite: bool = False) -> None:
    import_template(build(), package, Job(), overwrite=overwrite)


def test_a_template_travels_as_one_file(tmp_path: Path) -> None:
    package = tmp_path / "capaian.wajotemplate"
    export_template("capaian", package)
    shipped = find_template("capaian")
    with pytest.raises(InputError, match="capaian"):
        _take(package)
    _take(package, overwrite=True)
    own = find_template("capaian")
    assert own.folder == paths.user_templates_dir() / "capaian"
    assert own.content_hash == shipped.content_hash
    again = tmp_path / "again.wajotemplate"
    export_template("capaian", again)
    assert again.read_bytes() == package.read_bytes()


def test_what_does_not_belong_into_a_template_is_left_out(tmp_path: Path) -> None:
    _take(_package(tmp_path, **{"setup.exe": "MZ", "macro.py": "print()", "x__a.png": ""}))
    folder = paths.user_templates_dir() / "titipan"
    assert sorted(p.name for p in folder.rglob("*") if p.is_file()) == [
        "1x1.html.j2",
        "a.png",
        "template.toml",
    ]


@pytest.mark.parametrize(
    "layout",
    [
        "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        '{{ "x" * 99999999 }}',
        "{{ 9 ** 999999 }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ fields.judul.__init__.__globals__ }}",
        '{% include "/etc/passwd" %}',
        '{% include "../capaian/4x5.html.j2" %}',
        '<img src="http://wajo.invalid/a.png">',
        '<img src="file:///etc/passwd">',
        '<img src="../capaian/preview.png">',
        '<style>@import "http://wajo.invalid/a.css";</style>',
        '<div style="background:url(//wajo.invalid/a.png);width:9px;height:9px"></div>',
        "{{ fields.tidakada }}",
        "{% if %}",
    ],
)
def test_a_hostile_layout_is_refused_and_nothing_is_kept(tmp_path: Path, layout: str) -> None:
    began = time.monotonic()
    with pytest.raises(TemplateError, match=r"titipan.*1x1\.html\.j2|1x1\.html\.j2.*titipan"):
        _take(_package(tmp_path, layout))
    assert time.monotonic() - began < 15
    assert not (paths.user_templates_dir() / "titipan").exists()


def test_a_script_does_nothing(tmp_path: Path) -> None:
    """The painter knows no script; the text of one is not even drawn."""
    _take(_package(tmp_path, f"<script>document.write('x')</script>{PLAIN}"))
    assert find_template("titipan").has_artwork


@pytest.mark.parametrize("template_id", ["../jahat", "_shared", "Huruf Besar", ""])
def test_an_id_that_is_no_id_is_refused(tmp_path: Path, template_id: str) -> None:
    with pytest.raises(InputError):
        _take(_package(tmp_path, manifest=MANIFEST.format(id=template_id)))
    assert not paths.user_templates_dir().exists()


@pytest.mark.parametrize("name", ["../a.css", "/a.css", "a/../../b.css", "C:a.css", "a:b.css"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    package = _package(tmp_path)
    with zipfile.ZipFile(package, "a") as container:
        container.writestr(name, "x")
    with pytest.raises(InputError, match="titipan"):
        _take(package)


def test_a_broken_draft_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"base\.txt\.j2"):
        _take(_package(tmp_path, **{"captions__base.txt.j2": "{{ fields.tidakada }}"}))


def test_the_commands(tmp_path: Path) -> None:
    assert call("templates", "import", _package(tmp_path)).status == 0
    assert call("templates", "import", tmp_path / "titipan.wajotemplate").status == 2
    assert call("templates", "import", tmp_path / "titipan.wajotemplate", "--force").status == 0
    out = tmp_path / "keluar.wajotemplate"
    assert call("templates", "export", "titipan", out).status == 0
    assert call("templates", "export", "titipan", out).status == 2
    assert call("templates", "import", tmp_path / "nothing.wajotemplate").status == 2


def test_the_preview_follows_each_save(tmp_path: Path) -> None:
    folder = tmp_path / "titipan"
    folder.mkdir()
    (folder / "template.toml").write_text(MANIFEST.format(id="titipan"), encoding="utf-8")
    layout = folder / "1x1.html.j2"
    layout.write_text(PLAIN, encoding="utf-8")
    out = tmp_path / "out"
    seen: list[object] = []
    token = CancelToken()

    def run() -> None:
        with pytest.raises(Cancelled):
            watch_template(build(), folder, out, find_look("resmi"), Job(token=token), seen.append)

    worker = threading.Thread(target=run)
    worker.start()
    try:
        _until(lambda: len(seen) == 1)
        picture = out / "titipan-sample-1x1-1.png"
        first = picture.read_bytes()
        layout.write_text("{{ fields.tidakada }}", encoding="utf-8")
        _until(lambda: len(seen) == 2)
        assert isinstance(seen[1], TemplateError)
        assert "1x1.html.j2" in (out / PAGE).read_text(encoding="utf-8")
        layout.write_text(PLAIN + '<p style="color:red">Baru</p>', encoding="utf-8")
        _until(lambda: len(seen) == 3)
        assert picture.read_bytes() != first
        assert picture.name in (out / PAGE).read_text(encoding="utf-8")
    finally:
        token.cancel()
        worker.join(10)
    assert not worker.is_alive()


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)
