"""Where an export may go: what is replaced, what is refused, and that nothing else changes."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.cli_helpers import (
    NOW,
    Outcome,
    call,
    call_outside,
    jpeg,
    make_post,
    tree,
)

TREE = [
    "manifest.json",
    "report.html",
    "x.post/01.jpg",
    "x.post/alt.txt",
    "x.post/caption.txt",
]
Snapshot = dict[str, tuple[bytes, int]]


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """A small post for one placement."""
    return make_post(tmp_path / "post", ("x.post",), files={"media/foto1.jpg": jpeg(400, 300)})


def export(post: Path, out: Path | str, *words: str) -> Outcome:
    """Export without looking at the clock."""
    return call("export", post, "--out", out, "--now", NOW, *words)


def snapshot(folder: Path) -> Snapshot:
    """Content and time of change of every file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.parametrize(
    "name",
    [
        "out",
        "a/b/c/out",
        "hasil rapat é 🎉",
        "x" * 200,
        "/".join(["folder panjang sekali"] * 15),
        ".out",
        "-out",
    ],
)
def test_any_new_folder_will_do(tmp_path: Path, post: Path, name: str) -> None:
    place = tmp_path / "place"
    place.mkdir()
    outcome = export(post, place / name)
    assert outcome.status == 0, outcome.err
    assert tree(place / name) == TREE
    assert [entry.name for entry in place.iterdir()] == [name.partition("/")[0]]


def test_relative_paths_from_anywhere(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(Path("post"), "hasil").status == 0
    assert tree(tmp_path / "hasil") == TREE
    monkeypatch.chdir(post)
    assert export(Path(), "../hasil").status == 0
    assert tree(post) == ["media/foto1.jpg", "post.toml"]


def test_earlier_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    post = make_post(tmp_path / "post", ("x.post", "instagram.feed"))
    out = tmp_path / "out"
    assert export(post, out).status == 0
    assert (out / "instagram.feed").is_dir()
    (out / "x.post" / "caption.txt").write_text("changed by hand")
    assert export(post, out, "--placement", "x.post").status == 0
    assert tree(out) == TREE
    assert (out / "x.post" / "caption.txt").read_text() != "changed by hand"
    assert {entry.name for entry in tmp_path.iterdir()} == {"post", "out"}


def _file_in_export(out: Path) -> None:
    (out / "x.post" / "catatan.txt").write_text("mine")


def _link_in_export(out: Path) -> None:
    (out / "x.post" / "lama").symlink_to("/")


def _album(out: Path) -> None:
    shutil.rmtree(out)
    (out / "album").mkdir(parents=True)
    (out / "album" / "pantai.jpg").write_bytes(b"mine")


def _foreign_manifest(out: Path) -> None:
    shutil.rmtree(out)
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "app", "icons": []}')


def _deep_manifest(out: Path) -> None:
    (out / "manifest.json").write_text("[" * 200_000)


def _a_file(out: Path) -> None:
    shutil.rmtree(out)
    out.write_text("mine")


def _below_a_file(out: Path) -> None:
    shutil.rmtree(out)
    out.parent.joinpath("berkas").write_text("mine")
    out.symlink_to("berkas/out")


def _link_to_nothing(out: Path) -> None:
    shutil.rmtree(out)
    out.symlink_to("tidak-ada")


def _link_to_itself(out: Path) -> None:
    shutil.rmtree(out)
    out.symlink_to("out")


@pytest.mark.parametrize(
    "strange",
    [
        _file_in_export,
        _link_in_export,
        _album,
        _foreign_manifest,
        _deep_manifest,
        _a_file,
        _below_a_file,
        _link_to_nothing,
        _link_to_itself,
    ],
)
def test_anything_else_is_refused_untouched(
    tmp_path: Path, post: Path, strange: Callable[[Path], None]
) -> None:
    out = tmp_path / "out"
    assert export(post, out).status == 0
    strange(out)
    before, names = snapshot(tmp_path), tree(tmp_path)
    outcome = export(post, out, "--json", "--force")
    assert outcome.status == 2
    assert "--out" in outcome.error["message"]
    assert outcome.error["message"] == outcome.sentence
    assert (snapshot(tmp_path), tree(tmp_path)) == (before, names)


def test_a_file_on_the_way_is_refused(tmp_path: Path, post: Path) -> None:
    (tmp_path / "berkas").write_text("mine")
    outcome = export(post, tmp_path / "berkas" / "a" / "out")
    assert outcome.status == 2
    assert "berkas" in outcome.sentence


def test_a_whole_disk_is_refused_at_once(post: Path) -> None:
    for everything in ("/", Path.home()):
        outcome = export(post, everything)
        assert outcome.status == 2
        assert "--out" in outcome.sentence


def test_a_name_too_long_is_refused(tmp_path: Path, post: Path) -> None:
    outcome = export(post, tmp_path / ("x" * 300))
    assert outcome.status == 2
    assert "--out" in outcome.sentence


def test_the_post_is_never_replaced(tmp_path: Path, post: Path) -> None:
    """Not even where a manifest claims that its files are ours."""
    before = snapshot(post)
    for out in (post, post / "media", tmp_path):
        assert export(post, out, "--force").status == 2
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    for out in (post, tmp_path):
        files = sorted({*names, "post.toml", "media/foto1.jpg", "manifest.json"})
        claim = {"schema": 1, "renditions": [], "files": [*files, "post/manifest.json"]}
        (out / "manifest.json").write_text(json.dumps(claim))
        assert export(post, out, "--force").status == 2
        assert export(post / "post.toml", out, "--force").status == 2
    assert before.items() <= snapshot(post).items()


def test_export_may_lie_inside_the_post_folder(post: Path) -> None:
    for _ in range(2):
        assert export(post, post / "hasil").status == 0
        assert tree(post / "hasil") == TREE


def test_current_folder_stays_the_current_folder(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    inode = here.stat().st_ino
    for _ in range(2):
        assert export(post, ".").status == 0
        assert sorted(entry.name for entry in Path().iterdir()) == [
            "manifest.json",
            "report.html",
            "x.post",
        ]
        assert Path.cwd().stat().st_ino == inode
    Path("mine.txt").write_text("mine")
    assert export(post, ".").status == 2
    assert len(list(Path.cwd().iterdir())) == 4


def test_failure_in_the_current_folder_leaves_it(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wajo_studio import atomic

    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert export(post, ".").status == 0
    before = snapshot(here)
    real, moved = atomic.replace, list[Path]()

    def stumble(source: Path, place: Path) -> None:
        if place.parent == here:
            moved.append(place)
        if len(moved) == 2:
            raise OSError(errno.EIO, "no luck")
        real(source, place)

    monkeypatch.setattr(atomic, "replace", stumble)
    outcome = export(post, ".")
    assert outcome.status == 3
    assert snapshot(here) == before


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path, post: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for _ in range(2):
        assert export(post, tmp_path / "link").status == 0
        assert (tmp_path / "link").is_symlink()
        assert tree(tmp_path / "real") == TREE


def test_rights_are_those_of_any_new_folder(tmp_path: Path, post: Path) -> None:
    old = os.umask(0o002)
    try:
        assert export(post, tmp_path / "out").status == 0
    finally:
        os.umask(old)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o775
    assert (tmp_path / "out" / "x.post" / "01.jpg").stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize(
    ("number", "place"),
    [(errno.ENOSPC, "01.jpg"), (errno.EROFS, "caption.txt"), (errno.EACCES, "report.html")],
)
def test_a_disk_that_fails_midway_leaves_nothing(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch, number: int, place: str
) -> None:
    from wajo_studio.services import export as module

    def fails(real: Callable[..., object]) -> Callable[..., object]:
        def call_or_fail(*args: Path) -> object:
            if place in {path.name for path in args if isinstance(path, Path)}:
                raise OSError(number, os.strerror(number))
            return real(*args)

        return call_or_fail

    monkeypatch.setattr(module, "_write", fails(module._write))
    monkeypatch.setattr(shutil, "copyfile", fails(shutil.copyfile))
    outcome = export(post, tmp_path / "out", "--json")
    assert outcome.status == 3
    assert outcome.error["code"] == "disk"
    assert str(tmp_path / "out") in outcome.error["message"]
    assert "Traceback" not in outcome.err
    assert {entry.name for entry in tmp_path.iterdir()} == {"post"}


def test_full_disk_is_told_before_the_work(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    outcome = export(post, tmp_path / "a" / "out", "--json")
    assert outcome.status == 3
    assert "MB" in outcome.error["message"]
    assert {entry.name for entry in tmp_path.iterdir()} == {"post"}


def test_folders_that_cannot_be_written_are_3(post: Path) -> None:
    for place in ("/proc/wajo/out", "/sys/wajo-out"):
        outcome = export(post, place, "--json")
        assert outcome.status == 3
        assert place.split("/")[1] in outcome.error["message"]


@pytest.mark.parametrize("kind", ["file", "missing", "/proc/wajo"])
def test_data_folder_that_cannot_be_used(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    home = Path(kind) if kind.startswith("/") else tmp_path / "home" / "deep"
    if kind == "file":
        home.parent.write_text("mine")
    monkeypatch.setenv("WAJO_HOME", str(home))
    outcome = export(post, tmp_path / "out", "--json")
    if kind == "missing":
        assert outcome.status == 0
        return
    assert outcome.status == 3
    assert str(home) in outcome.error["message"]
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "out").exists()


def test_blocked_export_writes_nothing(tmp_path: Path) -> None:
    post = make_post(tmp_path / "post", top='information_class = "dikecualikan"')
    out = tmp_path / "out"
    blocked = export(post, out, "--json")
    assert blocked.status == 1
    assert blocked.json["renditions"] == blocked.json["files"] == []
    assert {entry.name for entry in tmp_path.iterdir()} == {"post"}
    assert call("check", post).status == 1
    assert export(post, out, "--force").status == 0
    before = snapshot(out)
    assert export(post, out).status == 1
    assert snapshot(out) == before


def test_the_program_itself_in_an_empty_folder(tmp_path: Path, post: Path) -> None:
    here = tmp_path / "sini"
    here.mkdir()
    home = tmp_path / "home"
    words = ("export", "../post", "--out", ".", "--json", "--now", NOW)
    outcome = call_outside(*words, cwd=here, env={"WAJO_HOME": str(home)})
    assert outcome.status == 0, outcome.err
    assert outcome.json["files"] == tree(here) == TREE
