"""The .wajo file: packed alike everywhere, unpacked wholly or not at all."""

import hashlib
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from tests.integration.wajo_files import POST, Entry, make_folder, post_entries, zip_bytes
from wajo_studio.errors import ArchiveError, DiskError, InputError
from wajo_studio.i18n import set_language
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.store import archive_entries
from wajo_studio.store.archive import pack, unpack


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_post_goes_through_an_archive_unchanged(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling", files={"media/lain": b"clip"})
    pack(folder, tmp_path / "a.wajo")
    unpack(tmp_path / "a.wajo", tmp_path / "kembali")
    assert tree(tmp_path / "kembali") == tree(folder)


def test_the_same_post_makes_the_same_bytes(tmp_path: Path) -> None:
    one = make_folder(tmp_path / "satu", files={"media/a": b"1", "media/b": b"2"})
    two = make_folder(tmp_path / "dua", files={"media/b": b"2", "media/a": b"1"})
    os.utime(two / "media" / "a", (1, 1))
    (two / "post.toml").chmod(0o600)
    digests = set()
    for folder in (one, two):
        pack(folder, tmp_path / f"{folder.name}.wajo")
        content = (tmp_path / f"{folder.name}.wajo").read_bytes()
        digests.add(hashlib.sha256(content).hexdigest())
    assert len(digests) == 1


def test_only_what_belongs_to_the_post_is_packed(tmp_path: Path) -> None:
    post = (
        f'{POST}subtitles = "takarir/foto.srt"\n[attestations]\n'
        'x = { by = "a", at = 2026-01-01T00:00:00, evidence = "izin.jpg" }\n'
    )
    others = ("takarir/foto.srt", "izin.jpg", "media/lain", "media/Thumbs.db", "ekspor/x", "y")
    folder = make_folder(tmp_path / "keliling", post, dict.fromkeys(others, b"1"))
    (folder / "media" / "luar.jpg").symlink_to("/etc/hostname")
    pack(folder, tmp_path / "a.wajo")
    with zipfile.ZipFile(tmp_path / "a.wajo") as container:
        assert container.namelist() == [
            "izin.jpg",
            "media/foto.jpg",
            "media/lain",
            "post.toml",
            "takarir/foto.srt",
        ]


def test_an_archive_is_not_overwritten_unasked(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling")
    target = tmp_path / "a.wajo"
    target.write_bytes(b"old")
    with pytest.raises(InputError, match="there already"):
        pack(folder, target)
    assert target.read_bytes() == b"old"
    pack(folder, target, overwrite=True)
    assert zipfile.is_zipfile(target)


def test_a_failed_packing_leaves_nothing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling")
    (folder / "media" / "foto.jpg").unlink()
    with pytest.raises(InputError, match="does not exist"):
        pack(folder, tmp_path / "a.wajo")
    with pytest.raises(InputError, match=r"must end in \.wajo"):
        pack(folder, tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["keliling"]


def test_a_cancelled_packing_and_unpacking_leave_nothing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling")
    pack(folder, tmp_path / "a.wajo")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        pack(folder, tmp_path / "b.wajo", job=Job(token=token))
    with pytest.raises(Cancelled):
        unpack(tmp_path / "a.wajo", tmp_path / "kembali", job=Job(token=token))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wajo", "keliling"]


def test_files_that_differ_only_in_case_are_not_packed(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling", files={"media/FOTO.JPG": b"other"})
    if (folder / "media" / "foto.jpg").read_bytes() == b"other":
        pytest.skip("this disk does not tell upper from lower case")
    with pytest.raises(InputError, match="same name on some PCs"):
        pack(folder, tmp_path / "a.wajo")


def test_a_name_windows_cannot_hold_is_not_packed(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling", files={"media/jam 8:30.jpg": b"other"})
    with pytest.raises(InputError, match=r"jam 8:30\.jpg.*rename"):
        pack(folder, tmp_path / "a.wajo")


@pytest.mark.parametrize("prefix", ["", "konten saya/"])
def test_a_zipped_folder_is_accepted_at_the_top_or_in_one_folder(
    tmp_path: Path, prefix: str
) -> None:
    entries = post_entries(prefix)
    if prefix:
        entries.insert(0, Entry(prefix, b"", mode=0o040755))
        entries.append(Entry(f"__MACOSX/{prefix}._post.toml", b"mac"))
    entries.append(Entry(f"{prefix}catatan.txt", b"not part of the post"))
    (tmp_path / "a.wajo").write_bytes(zip_bytes(entries))
    unpack(tmp_path / "a.wajo", tmp_path / "kembali")
    assert sorted(tree(tmp_path / "kembali")) == ["media/foto.jpg", "post.toml"]


def test_the_entry_writer_of_these_tests_writes_honest_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes([*post_entries(), Entry("b", b"y" * 999, method=8)]))
    with zipfile.ZipFile(path) as container:
        assert container.testzip() is None
        assert container.read("b") == b"y" * 999


HOSTILE_NAMES: dict[str, str | bytes] = {
    "absolute": "/etc/cron.d/x",
    "parent": "../x",
    "parent inside": "media/../../x",
    "parent harmless": "media/../media/x",
    "drive": "C:/x",
    "drive relative": "c:x",
    "unc": "//server/share/x",
    "backslash": "media\\x",
    "backslash parent": "..\\x",
    "backslash absolute": "\\x",
    "stream": "media/foto.jpg:evil",
    "current": "./media/x",
    "empty part": "media//x",
    "empty": "",
    "nul": b"media/x\x00.jpg",
    "newline": "media/x\n",
    "escape": "media/\x1b[2Jx",
    "con": "media/CON",
    "con extension": "media/con.jpg",
    "nul device": "nul.tar.gz",
    "com1": "COM1/x",
    "lpt9": "media/lpt9.txt",
    "superscript": "media/COM¹",
    "conout": "CONOUT$",
    "con space": "media/con .txt",
    "trailing dot": "media/x.",
    "trailing space": "media/x ",
    "folder dot": "media./x",
    "wildcard": "media/*.jpg",
    "too long": f"media/{'x' * 300}",
    "too deep": "a/" * 150 + "x",
    "not utf-8": b"media/\xff\xfe",
}


@pytest.mark.parametrize("name", HOSTILE_NAMES.values(), ids=HOSTILE_NAMES.keys())
def test_hostile_names_are_refused(tmp_path: Path, name: str | bytes) -> None:
    refused(tmp_path, zip_bytes([*post_entries(), Entry(name)]))


def refused(tmp_path: Path, content: bytes, words: str = "") -> str:
    """Unpacking fails in one sentence and leaves nothing, inside the target or beside it."""
    home = tmp_path / "dalam"
    home.mkdir()
    archive = home / "kiriman.wajo"
    archive.write_bytes(content)
    before = tree(tmp_path)
    with pytest.raises(InputError) as caught:
        unpack(archive, home / "hasil")
    sentence = str(caught.value)
    assert sentence.startswith("kiriman.wajo")
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert words in sentence, sentence
    assert tree(tmp_path) == before
    assert [path.name for path in home.iterdir()] == ["kiriman.wajo"]
    return sentence


COLLISIONS = {
    "duplicate": ("media/a.jpg", "media/a.jpg"),
    "duplicate post": ("post.toml",),
    "case": ("media/a.jpg", "media/A.JPG"),
    "case of a folder": ("media/a/b.jpg", "media/A/c.jpg"),
    "case of the media folder": ("Media/b.jpg",),
    "case of post": ("POST.TOML",),
    "unicode form": ("media/caf\u00e9.jpg", "media/cafe\u0301.jpg"),
    "sharp s": ("media/stra\u00dfe", "media/STRASSE"),
    "file and folder": ("media/a", "media/a/b"),
    "folder and file": ("media/a/b", "media/A"),
}


@pytest.mark.parametrize("names", COLLISIONS.values(), ids=COLLISIONS.keys())
def test_names_that_are_one_somewhere_are_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    content = zip_bytes([*post_entries(), *map(Entry, names)])
    refused(tmp_path, content, "same name on some PCs")


@pytest.mark.parametrize(
    "mode",
    [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFDIR],
)
def test_links_and_devices_are_refused(tmp_path: Path, mode: int) -> None:
    entry = Entry("media/x", b"/etc/passwd", mode=mode | 0o777)
    refused(tmp_path, zip_bytes([*post_entries(), entry]), "link or a device")


def test_a_link_that_windows_made_is_refused(tmp_path: Path) -> None:
    entry = Entry("media/x", b"..", mode=0, attributes=0x400)
    refused(tmp_path, zip_bytes([*post_entries(), entry]), "link or a device")


def test_a_picture_that_is_a_link_is_refused(tmp_path: Path) -> None:
    post, _photo = post_entries()
    link = Entry("media/foto.jpg", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)
    refused(tmp_path, zip_bytes([post, link]), "link or a device")


def test_a_password_is_refused(tmp_path: Path) -> None:
    entry = Entry("media/x", flags=0x801)
    refused(tmp_path, zip_bytes([*post_entries(), entry]), "password")


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 99])
def test_other_compressions_are_refused(tmp_path: Path, method: int) -> None:
    entry = Entry("media/x", method=method)
    refused(tmp_path, zip_bytes([*post_entries(), entry]), "plain zip")


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    entries = [Entry(f"media/{index}", b"") for index in range(1_000)]
    refused(tmp_path, zip_bytes([*post_entries(), *entries]), "more than 1000 files")


def test_a_directory_without_end_is_refused_unread(tmp_path: Path) -> None:
    entries = [Entry(f"media/{'x' * 150}{index}", b"") for index in range(8_000)]
    refused(tmp_path, zip_bytes([*post_entries(), *entries]), "damaged or no .wajo")


def test_a_ten_gigabyte_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    bomb = Entry("media/x.mp4", bytes(10**6), method=8, declared_bytes=2**32 - 2)
    more = Entry("media/y.mp4", bytes(10**6), method=8, declared_bytes=2**32 - 2)
    also = Entry("media/z.mp4", bytes(10**6), method=8, declared_bytes=2**32 - 2)
    refused(tmp_path, zip_bytes([*post_entries(), bomb, more, also]), "far more than it holds")


def test_a_large_archive_that_is_no_bomb_is_refused_too(tmp_path: Path) -> None:
    noise = os.urandom(1000) * 50_000
    entries = [Entry(f"{n}", noise, declared_bytes=2**31) for n in ("media/a", "media/b")]
    refused(tmp_path, zip_bytes([*post_entries(), *entries]), "more than 4 GB")


def test_a_bomb_that_lies_about_its_size_writes_no_more_than_it_said(tmp_path: Path) -> None:
    bomb = Entry("media/foto.jpg", bytes(50 * 10**6), method=8, declared_bytes=1000)
    refused(tmp_path, zip_bytes([post_entries()[0], bomb]), "damaged at")


def test_a_post_toml_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    post = Entry("post.toml", bytes(60 * 10**6), method=8)
    refused(tmp_path, zip_bytes([post, post_entries()[1]]), "larger than 1 MB")


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    post, photo = post_entries()
    inside = Entry("media/b.jpg", b"x" * 200)
    twice = Entry("media/c.jpg", b"x" * 200, at=len(zip_bytes([post, photo])) - 60)
    refused(tmp_path, zip_bytes([post, photo, inside, twice]), "overlap")


def test_an_entry_behind_the_end_is_refused(tmp_path: Path) -> None:
    entry = Entry("media/b.jpg", at=2**31)
    refused(tmp_path, zip_bytes([*post_entries(), entry]), "overlap")


def test_two_names_for_one_entry_are_refused(tmp_path: Path) -> None:
    entry = Entry("media/b.jpg", local_name=b"../../b.jpg")
    refused(tmp_path, zip_bytes([*post_entries(), entry]), '"media/b.jpg"')


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    post, _photo = post_entries()
    photo = Entry("media/foto.jpg", b"picture", checksum=1)
    refused(tmp_path, zip_bytes([post, photo]), '"media/foto.jpg"')


def test_a_content_shorter_than_said_is_refused(tmp_path: Path) -> None:
    post, _photo = post_entries()
    photo = Entry("media/foto.jpg", b"picture", method=8, declared_bytes=100)
    refused(tmp_path, zip_bytes([post, photo]), '"media/foto.jpg"')


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\3\4", b"\x7fELF" * 100, b"PK\5\6" + bytes(18)]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    refused(tmp_path, content)


def test_an_archive_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = zip_bytes(post_entries())
    for index, length in enumerate(range(1, len(whole), 37)):
        (tmp_path / str(index)).mkdir()
        refused(tmp_path / str(index), whole[:length])


def test_an_archive_damaged_anywhere_never_leaves_half_a_post(tmp_path: Path) -> None:
    whole = zip_bytes(post_entries())
    honest = {str(entry.name): entry.content for entry in post_entries()}
    for index in range(0, len(whole), 7):
        archive, target = tmp_path / "a.wajo", tmp_path / "hasil"
        archive.write_bytes(whole[:index] + bytes([whole[index] ^ 0x55]) + whole[index + 1 :])
        try:
            unpack(archive, target)
        except InputError:
            assert not target.exists()
        else:  # the flipped bit was in a time, a version or an attribute
            assert tree(target) == honest
            shutil.rmtree(target)


def test_no_post_inside_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, zip_bytes([Entry("media/a")]), "no post.toml")


@pytest.mark.parametrize("where", ["a/b/", "a/"])
def test_a_post_deep_inside_or_beside_others_is_refused(tmp_path: Path, where: str) -> None:
    entries = [*post_entries(where), Entry("lain/x")]
    refused(tmp_path, zip_bytes(entries), "no post.toml")


def test_a_post_toml_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    post = Entry("post.toml", POST.replace("name", "nama").encode())
    sentence = refused(tmp_path, zip_bytes([post, post_entries()[1]]), "nama is unknown")
    assert sentence.startswith("kiriman.wajo/post.toml: ")


def test_a_picture_that_is_missing_is_named(tmp_path: Path) -> None:
    refused(tmp_path, zip_bytes(post_entries()[:1]), '"media/foto.jpg"')


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "keliling")
    pack(folder, tmp_path / "a.wajo")
    before = tree(folder)
    with pytest.raises(InputError, match="not empty"):
        unpack(tmp_path / "a.wajo", folder)
    assert tree(folder) == before
    (tmp_path / "kosong").mkdir()
    unpack(tmp_path / "a.wajo", tmp_path / "kosong")
    assert tree(tmp_path / "kosong") == before


def test_a_full_disk_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.wajo").write_bytes(zip_bytes(post_entries()))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(DiskError, match="disk is full"):
        unpack(tmp_path / "a.wajo", tmp_path / "hasil")
    assert [path.name for path in tmp_path.iterdir()] == ["a.wajo"]


def test_the_error_has_a_code_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.wajo").write_bytes(b"no zip")
    with pytest.raises(ArchiveError) as caught:
        unpack(tmp_path / "a.wajo", tmp_path / "hasil")
    assert caught.value.code == "input.archive"
    with pytest.raises(ArchiveError):
        unpack(tmp_path / "nowhere.wajo", tmp_path / "hasil")


def test_the_bounds_hold_the_largest_honest_post() -> None:
    assert archive_entries.MAX_ENTRIES >= 35 * 3
    assert archive_entries.MAX_TOTAL_BYTES < 2**32
