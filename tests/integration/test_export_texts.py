"""Which text goes where, byte for byte, and what is said when one is too long."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import (
    CLIP,
    FIELDS,
    NOW,
    PHOTO,
    call,
    clip,
    finding,
    jpeg,
    make_post,
    rules,
)

BLOCKED = 'information_class = "dikecualikan"\n'
"""An export that is refused tells all texts in its JSON and makes no clip."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short clip."""
    return clip(tmp_path_factory.mktemp("clips"))


def captions(folder: Path, film: Path, body: str, *placements: str, **more: Any) -> dict[str, Any]:
    """The manifest's texts of a post with a picture and a clip."""
    files = {"media/foto1.jpg": jpeg(400, 300), "media/klip1.mp4": film}
    post = make_post(
        folder / "post", placements, top=BLOCKED, body=body + PHOTO + CLIP, files=files, **more
    )
    outcome = call("export", post, "--out", folder / "out", "--now", NOW, "--json")
    assert outcome.status == 1, outcome.err
    return dict(outcome.json["captions"])


def test_first_that_exists(tmp_path: Path, film: Path) -> None:
    body = """
[fields]
judul = "Judul"
isi = "Isi"
[captions]
base = "dasar"
instagram = "jaringan"
"instagram.reel" = "penempatan"
youtube = "deskripsi"
facebook = ""
"""
    found = captions(
        tmp_path,
        film,
        body,
        "instagram.reel",
        "instagram.feed",
        "x.post",
        "youtube.video",
        "facebook.feed",
        "instagram.story",
        "tiktok.photo",
    )
    assert "instagram.story" not in found
    assert {key: list(parts) for key, parts in found.items()} == {
        "facebook.feed": ["caption"],
        "instagram.feed": ["caption"],
        "instagram.reel": ["caption"],
        "x.post": ["caption"],
        "youtube.video": ["title", "description", "tags"],
        "tiktok.photo": ["caption"],
    }
    assert found["instagram.reel"]["caption"]["text"] == "penempatan"
    assert found["instagram.feed"]["caption"]["text"] == "jaringan"
    assert found["x.post"]["caption"]["text"] == "dasar"
    assert found["youtube.video"]["description"]["text"] == "deskripsi"
    assert found["facebook.feed"]["caption"]["text"] == ""  # written, and empty


def test_drafts_of_the_template(tmp_path: Path, film: Path) -> None:
    found = captions(
        tmp_path,
        film,
        FIELDS.replace("Layanan Keliling", "Layanan {{ 7 * 7 }} & <Keliling>"),
        "instagram.feed",
        "x.post",
        "youtube.short",
        template="pengumuman-layanan",
    )
    long, short = found["instagram.feed"]["caption"], found["x.post"]["caption"]
    for text in (long["text"], short["text"], found["youtube.short"]["title"]["text"]):
        assert "Layanan {{ 7 * 7 }} & <Keliling>" in text
    assert "1 Desember 2026" in long["text"]
    assert "Kantor Kecamatan Tempe" in long["text"]
    assert long["length"] > short["length"]
    assert "Informasi: " in found["youtube.short"]["description"]["text"]
    assert "Informasi: " not in long["text"]  # no link can be followed there
    tags = found["youtube.short"]["tags"]["text"].split(", ")
    assert "Kabupaten Wajo" in tags
    assert "Diskominfotik" in tags


@pytest.mark.parametrize(
    ("body", "title", "tags"),
    [
        ('[options.youtube]\ntitle = "Opsi"\ntags = ["a", "b c"]', "Opsi", "a, b c"),
        ('[options."youtube.video"]\ntitle = "Sendiri"\n[options.youtube]\ntitle = "Opsi"',
         "Sendiri", ""),
        ('[fields]\njudul = "Dari isian"\nisi = "x"', "Dari isian", ""),
        ('[fields]\njudul = "   "\nisi = "x"', "Uji", ""),
        ('[fields]\njudul = ""\nisi = "x"', "Uji", ""),
        ('[fields]\nisi = "x"', "Uji", ""),
        ('[fields]\njudul = "Dua\\nbaris"\nisi = "x"', "Dua baris", ""),
    ],
)  # fmt: skip
def test_titles_and_tags_of_youtube(
    tmp_path: Path, film: Path, body: str, title: str, tags: str
) -> None:
    found = captions(tmp_path, film, body + "\n", "youtube.video")["youtube.video"]
    assert (found["title"]["text"], found["tags"]["text"]) == (title, tags)
    assert found["title"]["unit"] == "utf16_units"
    assert (found["description"]["limit"], found["description"]["unit"]) == (5000, "utf8_bytes")


def test_title_of_a_tiktok_photo(tmp_path: Path, film: Path) -> None:
    for name, option, parts in (
        ("none", "", {"caption"}),
        ("some", '[options.tiktok]\ntitle = "Judul foto"\n', {"caption", "title"}),
    ):
        body = f'[fields]\njudul = "Judul"\n[captions]\nbase = "x"\n{option}'
        found = captions(tmp_path / name, film, body, "tiktok.photo")["tiktok.photo"]
        assert set(found) == parts
        assert found["caption"]["limit"] == 4000
    assert found["title"]["text"] == "Judul foto"
    assert found["title"]["limit"] == 90


TEXT = "  Baris satu \r\nBaris dua\n\n👩‍👩‍👧 é e\u0301 ﷽ “kutip” \\t\n\t#Wajo  "


def test_files_hold_the_very_text(tmp_path: Path) -> None:
    written = TEXT.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")
    written = written.replace("\t", "\\t")
    post = make_post(
        tmp_path / "post",
        ("x.post", "facebook.feed"),
        body=f'[captions]\nbase = "{written}"\nx = """\r\nSatu\r\nDua\r\n"""\n' + PHOTO,
    )
    outcome = call("export", post, "--out", tmp_path / "out", "--now", NOW, "--json")
    assert outcome.status == 0, outcome.err
    assert outcome.json["captions"]["facebook.feed"]["caption"]["text"] == TEXT
    assert (tmp_path / "out/facebook.feed/caption.txt").read_bytes() == TEXT.encode()
    assert (tmp_path / "out/x.post/caption.txt").read_bytes() == b"Satu\nDua\n"


def test_alt_texts_are_one_line_each(tmp_path: Path) -> None:
    alt = 'alt = "Warga\\nmengantre\\tdi  loket 🎉"'
    post = make_post(
        tmp_path / "post",
        ("x.post",),
        body=PHOTO.replace('alt = "Warga mengantre di loket layanan"', alt)
        + PHOTO.replace("foto1", "foto2").replace('alt = "Warga', '# alt = "'),
        files={"media/foto1.jpg": jpeg(400, 300), "media/foto2.jpg": jpeg(300, 400)},
    )
    outcome = call("export", post, "--out", tmp_path / "out", "--now", NOW, "--json")
    content = (tmp_path / "out/x.post/alt.txt").read_bytes().decode()
    assert content == "01.jpg\tWarga mengantre di loket 🎉\n02.jpg\t\n"
    assert finding(outcome.json, "alt-text-missing")["where"]["id"] == "foto2.alt"


def test_alt_of_the_artwork(tmp_path: Path) -> None:
    for name, more, expected in (
        ("draft", "", "Foto: Warga mengantre di loket layanan."),
        ("own", '\n[captions]\nalt = "Ditulis sendiri oleh admin"\n', "Ditulis sendiri oleh admin"),
    ):
        post = make_post(
            tmp_path / name,
            ("x.post",),
            template="pengumuman-layanan",
            body=FIELDS + more + PHOTO,
        )
        out = tmp_path / f"out-{name}"
        assert call("export", post, "--out", out, "--now", NOW).status == 0
        lines = (out / "x.post/alt.txt").read_text("utf-8").splitlines()
        assert len(lines) == 1
        assert lines[0].endswith(expected)


@pytest.mark.parametrize(
    ("placement", "key", "text", "excess"),
    [
        ("x.post", "base", "a" * 281, 1),
        ("x.post", "x", "漢" * 150, 10),
        ("instagram.feed", "base", "a" * 2203, 3),
        ("instagram.feed", "instagram", "🎉" * 1101, 1),
        ("facebook.feed", "base", "a" * 63_300, 94),
        ("tiktok.photo", "tiktok.photo", "a" * 4005, 5),
    ],
)
def test_a_text_too_long_is_told_and_never_cut(
    tmp_path: Path, placement: str, key: str, text: str, excess: int
) -> None:
    body = f'[captions]\n"{key}" = "{text}"\n' + PHOTO
    post = make_post(tmp_path / "post", (placement,), body=body)
    blocked = call("export", post, "--out", tmp_path / "out", "--now", NOW, "--json")
    assert blocked.status == 1
    found = finding(blocked.json, "platform-text-limit")
    assert found["severity"] == "block"
    assert found["placements"] == [placement]
    assert found["where"]["kind"] == "caption"
    assert found["where"]["id"] == key
    start, end = found["where"]["span"]
    assert (end, end - start) == (len(text), excess)
    assert str(excess) in found["message"]
    assert blocked.json["captions"][placement]["caption"]["text"] == text
    assert not (tmp_path / "out").exists()
    forced = call("export", post, "--out", tmp_path / "out", "--now", NOW, "--json", "--force")
    assert forced.status == 0
    assert (tmp_path / "out" / placement / "caption.txt").read_text("utf-8") == text


def test_bytes_of_a_youtube_description(tmp_path: Path, film: Path) -> None:
    files = {"media/klip1.mp4": film}
    body = f'[captions]\nbase = "{"é" * 2501}"\n[options.youtube]\ntitle = "<Judul>"\n' + CLIP
    post = make_post(tmp_path / "post", ("youtube.video",), body=body, files=files)
    document = call("check", post, "--now", NOW, "--json").json
    assert rules(document, "block") == ["platform-text-limit", *["text-forbidden-character"] * 2]
    assert finding(document, "platform-text-limit")["where"]["span"] == [2500, 2501]
    titles = [f for f in document["findings"] if f["rule"] == "text-forbidden-character"]
    assert {f["where"]["id"] for f in titles} == {"options.youtube.title"}


def test_limits_that_are_met_are_silent(tmp_path: Path) -> None:
    link = "https://wajokab.go.id/" + "x" * 300
    body = f'[captions]\nx = "{"a" * 256} {link}"\ninstagram = "{"🎉" * 1100}"\n' + PHOTO
    post = make_post(tmp_path / "post", ("x.post", "instagram.feed"), body=body)
    document = call("check", post, "--now", NOW, "--json").json
    assert document["result"] == "pass"
    assert not rules(document, "block")


def test_too_many_hashtags_and_mentions(tmp_path: Path) -> None:
    tags = " ".join(f"#tagar{n}" for n in range(6))
    people = " ".join(f"@warga{n}" for n in range(21))
    body = f'[captions]\nbase = "{tags} {people}"\n' + PHOTO
    post = make_post(tmp_path / "post", ("instagram.feed",), body=body)
    blocks = rules(call("check", post, "--now", NOW, "--json").json, "block")
    assert sorted(blocks) == ["mention-limit", "platform-hashtag-limit"]


def test_empty_texts(tmp_path: Path) -> None:
    post = make_post(
        tmp_path / "post", ("x.post", "instagram.feed"), body='[captions]\nbase = ""\n' + PHOTO
    )
    outcome = call("export", post, "--out", tmp_path / "out", "--now", NOW, "--json")
    assert outcome.status == 0, outcome.err
    assert (tmp_path / "out/x.post/caption.txt").read_bytes() == b""
