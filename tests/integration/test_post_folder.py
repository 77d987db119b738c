"""Opening a post: a folder, its post.toml, a .wajo; files inside the folder and no others."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.integration.wajo_files import POST, make_folder, post_entries, zip_bytes
from wajo_studio.errors import InputError
from wajo_studio.i18n import set_language
from wajo_studio.store.archive import pack
from wajo_studio.store.post_folder import load_folder, open_post

WITH_ALL = (
    f'{POST}subtitles = "media/takarir.srt"\n[attestations]\n'
    'face-consent-attest = { by = "a", at = 2026-01-01T00:00:00, evidence = "izin/surat.pdf" }\n'
)
OTHER_FILES = {"media/takarir.srt": b"1", "izin/surat.pdf": b"2"}


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where archives are unpacked; empty again after every test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught, open_post(path):
        pytest.fail("it was opened")
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert ". " not in sentence
    return sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "Ünï konten", WITH_ALL, OTHER_FILES)


@pytest.mark.parametrize("kind", ["folder", "post.toml", ".wajo", ".WAJO"])
def test_a_post_is_opened_wherever_it_lies(folder: Path, scratch: Path, kind: str) -> None:
    path = {"folder": folder, "post.toml": folder / "post.toml"}.get(kind)
    if path is None:
        path = folder.parent / f"a{kind}"
        pack(folder, path)
    with open_post(path) as opened:
        (photo,) = opened.post.media
        assert opened.media_path(photo).read_bytes().startswith(b"\xff\xd8")
        subtitles = opened.subtitles_path(photo)
        evidence = opened.evidence_path(opened.post.attestations["face-consent-attest"])
        assert subtitles is not None
        assert subtitles.read_bytes() == b"1"
        assert evidence is not None
        assert evidence.read_bytes() == b"2"
    assert list(scratch.iterdir()) == []


def test_a_relative_path_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name in (".", "post.toml", "../Ünï konten"):
        with open_post(Path(name)) as opened:
            assert opened.post.name == "Kecil"


def test_the_temporary_folder_goes_when_the_work_fails(folder: Path, scratch: Path) -> None:
    archive = folder.parent / "a.wajo"
    pack(folder, archive)
    with pytest.raises(ZeroDivisionError), open_post(archive) as opened:
        assert opened.root.is_relative_to(scratch)
        raise ZeroDivisionError
    assert list(scratch.iterdir()) == []


def test_originals_are_not_touched(folder: Path) -> None:
    def stamps() -> list[tuple[str, int]]:
        return [(str(path), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))]

    before = stamps()
    with open_post(folder):
        pass
    pack(folder, folder.parent / "a.wajo")
    assert stamps() == before


def test_what_is_no_post_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    (tmp_path / "foto.jpg").write_bytes(b"1")
    (tmp_path / "a.wajo").write_bytes(b"1")
    assert "does not exist" in refused(tmp_path / "tidak-ada")
    assert "does not exist" in refused(tmp_path / "tidak-ada.wajo")
    assert "does not exist" in refused(tmp_path / "kosong" / "post.toml")
    assert "holds no post.toml" in refused(tmp_path / "kosong")
    assert "is no post" in refused(tmp_path / "foto.jpg")
    assert "does not exist" in refused(tmp_path / ("x" * 300))
    assert "does not exist" in refused(tmp_path / "foto.jpg" / "post.toml")
    assert refused(tmp_path / "a.wajo").startswith("a.wajo is damaged")


def test_a_missing_file_is_named_with_the_nearest_one(folder: Path) -> None:
    (folder / "media" / "foto.jpg").rename(folder / "media" / "Foto1.jpg")
    sentence = refused(folder)
    assert 'media[0].path (foto1) is "media/foto.jpg"' in sentence
    assert '"media/Foto1.jpg"' in sentence
    (folder / "media" / "Foto1.jpg").unlink()
    assert "add the file or correct the path" in refused(folder)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("media/foto.jpg", "media[0].path (foto1)"),
        ("media/takarir.srt", "media[0].subtitles (foto1)"),
        ("izin/surat.pdf", "attestations.face-consent-attest.evidence"),
    ],
)
def test_every_file_must_be_there_and_ordinary(folder: Path, name: str, key: str) -> None:
    path = folder / name
    path.unlink()
    assert key in refused(folder)
    path.mkdir()
    assert key in (sentence := refused(folder))
    assert "no ordinary file" in sentence
    path.rmdir()
    outside = folder.parent / "luar"
    outside.write_bytes(b"1")
    path.symlink_to(outside)
    assert key in (sentence := refused(folder))
    assert "leads out of the post folder" in sentence
    assert str(outside) not in sentence


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "media" / "foto.jpg").rename(folder / "asli.jpg")
    (folder / "media" / "foto.jpg").symlink_to("../asli.jpg")
    with open_post(folder) as opened:
        assert opened.media_path(opened.post.media[0]).read_bytes().startswith(b"\xff\xd8")


def test_a_media_folder_that_leads_away_is_refused(folder: Path) -> None:
    (folder / "media").rename(folder.parent / "media lain")
    (folder / "media").symlink_to(folder.parent / "media lain")
    assert "leads out of the post folder" in refused(folder)


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    photo = folder / "media" / "foto.jpg"
    photo.unlink()
    photo.symlink_to("foto.jpg")
    assert "media[0].path" in refused(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    for name in ("media/foto.jpg", "post.toml"):
        (folder / name).unlink()
        os.mkfifo(folder / name)
        assert "no ordinary file" in refused(folder)


def test_a_linked_post_folder_is_a_post_folder(folder: Path) -> None:
    (folder.parent / "tautan").symlink_to(folder)
    assert load_folder(folder.parent / "tautan").post.name == "Kecil"


def test_errors_in_an_archive_name_the_archive(tmp_path: Path, scratch: Path) -> None:
    archive = tmp_path / "kiriman.wajo"
    archive.write_bytes(zip_bytes(post_entries()[:1]))
    assert refused(archive).startswith("kiriman.wajo/post.toml: media[0].path (foto1)")
    archive.write_bytes(zip_bytes(post_entries()[1:]))
    assert refused(archive).startswith("kiriman.wajo holds no post.toml")
    assert list(scratch.iterdir()) == []
