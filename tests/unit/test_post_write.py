"""Writing post.toml: only what changed is written anew."""

import difflib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.post_examples import FULL, SMALL, changed
from wajo_studio.domain.media import LowerThird, MediaItem
from wajo_studio.domain.post import Attestation, Pillar, Post, WrittenFloat
from wajo_studio.errors import DiskError, InputError
from wajo_studio.i18n import WITA
from wajo_studio.store.post_file import parse_post, post_text, read_post, read_post_text, write_post


def edit(text: str = FULL, **changes: Any) -> tuple[str, list[str], list[str]]:
    """The new text after changing a post, and the lines that went and came."""
    post = parse_post(text, file="post.toml").model_copy(update=changes)
    after = post_text(post, previous_text=text)
    assert parse_post(after, file="post.toml") == post
    diff = list(difflib.ndiff(text.splitlines(), after.splitlines()))
    return (
        after,
        [line[2:] for line in diff if line.startswith("- ")],
        [line[2:] for line in diff if line.startswith("+ ")],
    )


def full() -> Post:
    return parse_post(FULL, file="post.toml")


def test_an_unchanged_post_is_not_rewritten() -> None:
    assert post_text(full(), previous_text=FULL) == FULL


def test_a_new_file_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "post.toml"
    write_post(path, full(), previous_text=None)
    assert read_post(path) == full()
    assert "jumlah = 12.50" in path.read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["post.toml"]


def test_a_changed_text_leaves_its_comment_and_every_other_line() -> None:
    _text, gone, come = edit(captions={**full().captions, "base": "Datanglah"})
    assert gone == ['base = "Ayo datang"              # umum']
    assert come == ['base = "Datanglah"              # umum']


def test_a_caption_of_several_lines_is_written_readably() -> None:
    text = 'Baris satu\n\n"Kutipan" dan \\ garis\n\ttab  \n'
    after, _gone, come = edit(captions={**full().captions, "x": text})
    assert 'x = """' in after
    assert "Baris satu" in come


def test_a_removed_key_goes_and_a_new_one_stands_at_its_place() -> None:
    _text, gone, come = edit(pillar=None)
    assert gone == ['pillar = "layanan-publik"']
    assert come == []
    text, gone, come = edit(changed('pillar = "layanan-publik"\n', ""), pillar=Pillar.CRISIS)
    assert gone == []
    assert come == ['pillar = "krisis"']
    lines = text.splitlines()
    assert lines.index('pillar = "krisis"') == 1 + next(
        i for i, line in enumerate(lines) if line.startswith("agency")
    )


def test_media_are_changed_by_id() -> None:
    photo, clip, music = full().media
    new = MediaItem(id="foto2", path="media/b.jpg", alt="Perahu")
    text, _gone, _come = edit(media=(music, photo.model_copy(update={"alt": "Baru"}), new))
    assert "# wajah" in text
    assert 'alt = "Baru"' in text
    assert "klip1" not in text
    assert text.index("musik1") < text.index("foto1") < text.index("foto2")
    assert text.index("foto2") < text.index("[options")
    assert clip.id == "klip1"


def test_values_inside_a_media_block_change_alone() -> None:
    photo, clip, music = full().media
    third = LowerThird.model_validate({"name": "Lurah", "from": 5.0, "to": 8.0})
    clip = clip.model_copy(update={"out_s": 17.5, "lower_third": third, "keep": ()})
    _text, gone, come = edit(media=(photo, clip, music))
    assert [line.split(" =")[0] for line in gone] == ["out", "lower_third"]
    assert come[0] == "out = 17.5"
    assert 'name = "Lurah"' in come[1]
    assert "role" not in come[1]


def test_all_media_can_go_and_come_back() -> None:
    text, _gone, _come = edit(media=())
    assert "[[media]]" not in text
    again, _gone, _come = edit(text, media=full().media)
    assert parse_post(again, file="post.toml") == full()


def test_statements_options_and_exceptions_can_be_added() -> None:
    post = full()
    statement = Attestation(by="kadis", at=datetime(2026, 12, 1, 8, tzinfo=WITA), role="kepala")
    text, gone, come = edit(
        attestations={**post.attestations, "head-approval-attest": statement},
        options={**post.options, "tiktok": {"logo": True}, "youtube": {"tags": ["a"]}},
        exceptions={"pii-phone": ("0811-000-000", "112")},
    )
    assert any("head-approval-attest = " in line and "+08:00" in line for line in come)
    assert "[options.tiktok]" in text
    assert "apa_saja = 5" in text
    assert 'privacy = "public"' in gone


def test_what_the_program_ignores_stays() -> None:
    text = f"{SMALL}[options]  # semua\ntiktok = 5\n"
    after, gone, _come = edit(text, name="Lain")
    assert "tiktok = 5" in after
    assert gone == ['name = "Kecil"']


def test_crlf_stays_crlf() -> None:
    after, _gone, _come = edit(FULL.replace("\n", "\r\n"), name="Lain", captions={"x": "a\nb"})
    assert after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize(
    "text",
    [
        f'{SMALL}media = [{{ id = "a", path = "a.jpg" }}]\n',
        f'{SMALL}options.x.format = "1:1"\ncaptions.base = "a"\n',
        f'{SMALL}[options]\nx.format = "1:1"\n[captions]\nbase="a"\n[options.youtube]\ntitle="a"\n',
        f'{SMALL}captions = {{ base = "a" }}\noptions = {{ x = {{ format = "1:1" }} }}\n',
        f'{SMALL}[[media]]\nid = "a"\npath = "a.jpg"\n[captions]\nbase = "a"\n[[media]]\nid = "b"\n'
        'path = "b.jpg"\n',
        f'{SMALL}[[media]]\nid = "a"\npath = "a.jpg"\n[media.lower_third]\nname = "x"\nfrom = 1\n'
        "to = 2\n",
    ],
    ids=["inline media", "dotted", "half dotted", "inline tables", "torn apart", "subtable"],
)
def test_every_layout_can_be_saved(text: str) -> None:
    try:
        media = parse_post(text, file="post.toml").media
    except InputError:
        pytest.fail("the layout is meant to be valid")
    edit(
        text,
        name="Lain",
        captions={"base": "b", "x": "c"},
        options={"x": {"format": "4:5"}},
        media=(
            *(item.model_copy(update={"alt": "Baru"}) for item in media),
            MediaItem(id="baru", path="baru.jpg"),
        ),
    )


def test_numbers_keep_their_kind() -> None:
    fields = {
        "a": 1,
        "b": 1.0,
        "c": True,
        "d": WrittenFloat("3.10"),
        "e": (1, "x", (2.5,)),
        "f": "1",
    }
    text = f"{SMALL}[fields]\na = true\nb = 1\nc = 1\nd = 3.1\ne = 5\nf = 1\n"
    after, _gone, _come = edit(text, fields=fields)
    assert after.endswith('a = 1\nb = 1.0\nc = true\nd = 3.10\ne = [1, "x", [2.5]]\nf = "1"\n')


def test_not_a_number_can_be_saved() -> None:
    post = parse_post(f"{SMALL}[fields]\na = nan\n", file="post.toml")
    assert "a = nan" in post_text(post, previous_text=None)


def test_a_moment_in_another_zone_is_written_with_its_offset() -> None:
    _text, gone, come = edit(schedule=datetime(2027, 1, 1, tzinfo=UTC))
    assert len(gone) == 1
    assert come[0].startswith("schedule = 2027-01-01T00:00:00")
    assert come[0].endswith("# WITA")


def test_a_broken_previous_text_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "post.toml"
    path.write_text("schema = 1\nname = ", "utf-8")
    with pytest.raises(InputError, match="baris 2"):
        write_post(path, full(), previous_text=read_post_text(path))
    assert path.read_text("utf-8") == "schema = 1\nname = "


@pytest.mark.parametrize("previous", [None, FULL])
def test_a_post_that_breaks_a_rule_is_not_written(tmp_path: Path, previous: str | None) -> None:
    path = tmp_path / "post.toml"
    for changes in ({"name": " "}, {"placements": ("x.pots",)}, {"captions": {"threads": "a"}}):
        post = full().model_copy(update=changes)
        with pytest.raises(InputError, match=next(iter(changes))):
            write_post(path, post, previous_text=previous)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        write_post(tmp_path / "nowhere" / "post.toml", full(), previous_text=None)
