"""The open post: undo, redo, steps, saving, media."""

from pathlib import Path

import pytest

from wajo_studio.errors import InputError
from wajo_studio.progress import Job
from wajo_studio.services.draft import Draft, open_draft

TEXT = """# my notes
schema = 1
name = "x"
agency = "diskominfotik"
template = "polos"
placements = ["x.post"]
"""


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    (tmp_path / "post.toml").write_text(TEXT, encoding="utf-8")
    return open_draft(tmp_path, Job())


def test_undo_and_redo_reach_every_change(draft: Draft) -> None:
    draft.change("nama", name="y")
    draft.set_field("judul", "judul", "Halo")
    assert (draft.undo_name, draft.redo_name) == ("judul", None)
    draft.undo()
    draft.undo()
    assert draft.post.name == "x"
    assert draft.redo_name == "nama"
    draft.redo()
    draft.redo()
    assert (draft.post.name, draft.post.fields["judul"]) == ("y", "Halo")


def test_typing_in_one_field_is_one_step_until_it_ends(draft: Draft) -> None:
    for text in ("H", "Ha", "Hal"):
        draft.set_field("judul", "judul", text)
    draft.end_step()
    draft.set_field("judul", "judul", "Halo")
    draft.undo()
    assert draft.post.fields["judul"] == "Hal"
    draft.undo()
    assert "judul" not in draft.post.fields


def test_a_change_that_changes_nothing_is_no_step(draft: Draft) -> None:
    draft.change("nama", name="x")
    assert draft.undo_name is None


def test_an_impossible_value_changes_nothing(draft: Draft) -> None:
    with pytest.raises(InputError):
        draft.change("penempatan", placements=["nowhere.post"])
    assert draft.post.placements == ("x.post",)
    assert draft.undo_name is None


def test_saving_keeps_what_the_person_wrote(draft: Draft) -> None:
    draft.change("nama", name="y")
    assert not draft.is_saved
    draft.save()
    assert draft.is_saved
    text = (draft.root / "post.toml").read_text(encoding="utf-8")
    assert text == TEXT.replace('name = "x"', 'name = "y"')


def test_files_are_copied_and_named_apart(draft: Draft, tmp_path: Path) -> None:
    source = tmp_path / "elsewhere" / "Foto Rapat.JPG"
    source.parent.mkdir()
    source.write_bytes(b"picture")
    ids = draft.add_files("media", [source, source], inspect=lambda path: None)
    assert ids == ["foto-rapat", "foto-rapat-2"]
    paths = [item.path for item in draft.post.media]
    assert paths == ["media/Foto Rapat.jpg", "media/Foto Rapat-2.jpg"]
    assert all((draft.root / path).read_bytes() == b"picture" for path in paths)
    draft.remove_media("hapus", "foto-rapat")
    draft.undo()
    assert [item.id for item in draft.post.media] == ids


def test_a_bad_file_adds_none(draft: Draft, tmp_path: Path) -> None:
    def refuse(path: Path) -> None:
        raise InputError("no")

    with pytest.raises(InputError):
        draft.add_files("media", [tmp_path / "a.jpg"], inspect=refuse)
    assert draft.post.media == ()
    assert not (draft.root / "media").exists()


def test_a_file_changed_elsewhere_is_not_written_over_in_silence(draft: Draft) -> None:
    file = draft.root / "post.toml"
    file.write_text(TEXT.replace('"x"', '"lain"', 1), encoding="utf-8")
    draft.change("nama", name="milikku")
    with pytest.raises(InputError) as caught:
        draft.save()
    assert caught.value.code == "input.changed_elsewhere"
    assert '"lain"' in file.read_text(encoding="utf-8")
    assert not draft.is_saved
    draft.prefer_own()
    draft.save()
    assert '"milikku"' in file.read_text(encoding="utf-8")
    assert draft.is_saved
