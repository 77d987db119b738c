"""The export folder: what may be replaced, and that nothing is ever half done."""

import json
from pathlib import Path

import pytest

from wajo_studio.errors import DiskError, InputError
from wajo_studio.services.export_folder import check_target, require_space, staged


def write_export(folder: Path, content: str = "one") -> None:
    (folder / "x.post").mkdir(parents=True)
    (folder / "x.post" / "01.jpg").write_text(content)
    files = ["manifest.json", "x.post/01.jpg"]
    manifest = {"schema": 1, "renditions": [], "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("kind", ["new", "empty", "export"])
def test_target_that_may_be_written(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    if kind == "empty":
        target.mkdir()
    if kind == "export":
        write_export(target)
    check_target(target)


def test_a_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("mine")
    with pytest.raises(InputError):
        check_target(target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("stranger", ["notes.txt", "x.post/extra.jpg", "deep/er/file"])
def test_a_stranger_among_an_export_is_refused_by_name(tmp_path: Path, stranger: str) -> None:
    target = tmp_path / "out"
    write_export(target)
    (target / stranger).parent.mkdir(parents=True, exist_ok=True)
    (target / stranger).write_text("mine")
    before = snapshot(target)
    with pytest.raises(InputError) as caught:
        check_target(target)
    assert stranger in str(caught.value)
    assert snapshot(target) == before


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"schema":2,"files":["manifest.json"]}', '{"schema":1}', "\xff"]
)
def test_a_manifest_that_is_not_ours_protects_nothing(tmp_path: Path, manifest: str) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "manifest.json").write_text(manifest, encoding="latin-1")
    with pytest.raises(InputError):
        check_target(target)


def test_an_empty_folder_inside_is_a_stranger(tmp_path: Path) -> None:
    target = tmp_path / "out"
    (target / "album").mkdir(parents=True)
    with pytest.raises(InputError):
        check_target(target)


def test_an_earlier_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_export(target)
    with staged(target) as scratch:
        (scratch / "new.txt").write_text("two")
    assert snapshot(target) == {"new.txt": b"two"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_export(target)
    before = snapshot(target)

    def fail() -> None:
        with staged(target) as scratch:
            (scratch / "half").write_text("x")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert snapshot(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_removes_the_parents_it_made(tmp_path: Path) -> None:
    def fail() -> None:
        with staged(tmp_path / "a" / "b" / "out"):
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_that_comes_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()

    def meanwhile() -> None:
        with staged(target) as scratch:
            (scratch / "new.txt").write_text("two")
            (target / "mine.txt").write_text("mine")

    with pytest.raises(InputError):
        meanwhile()
    assert snapshot(target) == {"mine.txt": b"mine"}


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DiskError) as caught, staged(tmp_path / "file" / "out"):
        pass
    assert "\n" not in str(caught.value)


def test_no_room_names_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(DiskError) as caught:
        require_space(tmp_path, 10**18)
    assert "GB" in str(caught.value)
    require_space(tmp_path, 1)
