"""``new`` and ``templates``: what starts from them is sound, and nothing is overwritten."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import NOW, call, rules, tree
from wajo_studio.artwork.template import list_templates
from wajo_studio.paths import templates_dir

TEMPLATES = [template.id for template in list_templates()]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_post_is_sound(tmp_path: Path, template: str) -> None:
    folder = tmp_path / "konten é" / template
    made = call("new", template, folder)
    assert (made.status, made.out) == (0, "")
    assert "post.toml" in made.err
    post = tomllib.loads((folder / "post.toml").read_text("utf-8"))
    assert post["template"] == template
    assert tree(folder) == sorted({"post.toml", *(item["path"] for item in post.get("media", ()))})
    assert [entry.name for entry in folder.parent.iterdir()] == [template]
    outcome = call("check", folder, "--now", NOW, "--json")
    assert outcome.status == 0, outcome.out
    assert not rules(outcome.json, "block") + rules(outcome.json, "warn"), outcome.out
    assert outcome.json["not_checked"] == []


def test_new_in_an_empty_folder_and_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "kosong"
    empty.mkdir()
    inode = empty.stat().st_ino
    assert call("new", "pengumuman-layanan", empty).status == 0
    assert empty.stat().st_ino == inode
    here = tmp_path / "sini"
    here.mkdir()
    monkeypatch.chdir(here)
    assert call("new", "pengumuman-layanan", ".").status == 0
    assert tree(Path.cwd()) == ["post.toml"]
    (tmp_path / "tautan").symlink_to(tmp_path / "lain")
    (tmp_path / "lain").mkdir()
    assert call("new", "pengumuman-layanan", tmp_path / "tautan").status == 0
    assert tree(tmp_path / "lain") == ["post.toml"]


def test_new_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "isi").mkdir()
    (tmp_path / "isi" / "mine.txt").write_text("mine")
    (tmp_path / "berkas").write_text("mine")
    (tmp_path / "tersembunyi").mkdir()
    (tmp_path / "tersembunyi" / ".mine").write_text("mine")
    before = tree(tmp_path)
    for name in ("isi", "berkas", "tersembunyi"):
        outcome = call("new", "polos", tmp_path / name)
        assert outcome.status == 2
        assert name in outcome.sentence
    assert call("new", "tidak-ada", tmp_path / "baru").status == 2
    assert call("new", "_shared", tmp_path / "baru").status == 2
    assert tree(tmp_path) == before
    assert not (tmp_path / "baru").exists()


def test_new_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("mine")
    denied = call("new", "pengumuman-layanan", "/proc/wajo/a")
    assert denied.status == 3
    assert "/proc/wajo" in denied.err
    below_a_file = call("new", "pengumuman-layanan", tmp_path / "berkas" / "a")
    assert below_a_file.status == 2
    assert "berkas" in below_a_file.sentence


def test_new_leaves_nothing_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    (tmp_path / "ada").mkdir()
    for name in ("ada", "a/b/baru"):
        outcome = call("new", "polos", tmp_path / name)
        assert outcome.status == 3
    assert tree(tmp_path) == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["ada"]


def test_a_template_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copied, validated, shown and used; broken it is told and refused."""
    home = tmp_path / "home"
    monkeypatch.setenv("WAJO_HOME", str(home))
    own = home / "templates" / "punya-kami"
    assert call("templates", "new", own, "--from", "polos").status == 0
    assert "punya-kami" in [t["id"] for t in call("templates", "list", "--json").json]
    sound = call("templates", "validate", "punya-kami", "--json")
    assert (sound.status, sound.json["result"]) == (0, "pass")
    assert not rules(sound.json, "block")
    again = call("templates", "new", own)
    assert again.status == 2
    assert "punya-kami" in again.sentence
    (own / "captions" / "base.txt.j2").write_text("{{ fields.tidak_ada }}", encoding="utf-8")
    broken = call("templates", "validate", own, "--json")
    assert (broken.status, broken.json["result"]) == (1, "needs-fix")
    (found,) = [f for f in broken.json["findings"] if f["severity"] == "block"]
    assert "base.txt.j2" in found["message"]
    (own / "template.toml").write_text("schema = 1\n", encoding="utf-8")
    broken = call("templates", "validate", "punya-kami", "--json")
    assert broken.status == 1
    assert "template.toml" in broken.json["findings"][0]["message"]
    used = call("new", "punya-kami", tmp_path / "post")
    assert used.status == 2
    assert "template.toml" in used.sentence
    assert call("templates", "list").status in (0, 2)


def test_a_folder_of_the_same_name_is_no_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("new", "polos", "polos").status == 0
    assert call("templates", "validate", "polos").status == 0


def test_names_that_cannot_be_ids(tmp_path: Path) -> None:
    for name in ("Punya Kami", "_kami", "kami.", "é"):
        outcome = call("templates", "new", tmp_path / name)
        assert outcome.status == 2
        assert name in outcome.sentence
    assert list(tmp_path.iterdir()) == []
    assert call("templates", "new", tmp_path / "a", "--from", "tidak-ada").status == 2


def test_preview_draws_all_formats(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    shown = call("templates", "preview", "pengumuman-layanan", "--out", out)
    assert shown.status == 0
    names = [f"pengumuman-layanan-sample-{shape}-1.png" for shape in ("16x9", "1x1", "4x5", "9x16")]
    assert tree(out) == names
    from_folder = call(
        "templates", "preview", templates_dir() / "polos", "--out", tmp_path / "polos"
    )
    assert from_folder.status == 0
    denied = call("templates", "preview", "pengumuman-layanan", "--out", "/proc/wajo")
    assert denied.status == 3
    assert "/proc/wajo" in denied.err
