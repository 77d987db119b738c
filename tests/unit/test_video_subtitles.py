"""Subtitles: read with repair, shifted, written, burned."""

from fractions import Fraction
from pathlib import Path

import pytest

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.errors import MediaError
from wajo_studio.video.burn import ass_script
from wajo_studio.video.ranges import TimeRange
from wajo_studio.video.subtitles import (
    Cue,
    as_srt,
    as_vtt,
    decoded,
    parse,
    read_subtitles,
    shifted,
)


def texts(content: str) -> list[str]:
    return [cue.text for cue in parse(content)[0]]


def test_plain_srt_needs_no_repair() -> None:
    cues, repairs = parse(
        "1\n00:00:01,500 --> 00:00:02,000\nHalo.\nDua baris.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nYa.\n"
    )
    assert cues[0] == Cue(Fraction(3, 2), Fraction(2), "Halo.\nDua baris.")
    assert repairs == set()


def test_broken_numbers_and_missing_blank_lines() -> None:
    content = (
        "7\n00:00:01,0 --> 00:00:02,0\nSatu\n9\n00:00:02,0 --> 00:00:03,0\nTahun\n2026\n\n"
        "3\n00:00:04,0 --> 00:00:05,0\n2027\n\n\n00:00:06 --> 00:00:07\nTanpa nomor"
    )
    cues, repairs = parse(content)
    assert "numbering" in repairs
    assert [cue.text for cue in cues][1:] == ["Tahun\n2026", "2027", "Tanpa nomor"]


def test_web_vtt_with_names_notes_and_short_times() -> None:
    content = (
        "WEBVTT - judul\n\nNOTE catatan\n00:99\n\nintro\n00:01.000 --> 00:02.500 align:start\n"
        "<v Ibu>Tom &amp; <i>Jerry</i></v>\n\nNOTE lagi\n\n01:00:00.000 --> 01:00:01.000\nAkhir\n"
    )
    cues, repairs = parse(content)
    assert [cue.text for cue in cues] == ["Tom & Jerry", "Akhir"]
    assert cues[1].start_s == 3600
    assert repairs == set()


def test_ass_dialogue() -> None:
    content = (
        "[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR,"
        " MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.50,0:00:03.00,Default,,0,0,0,,{\\an8\\b1}Halo, dunia\\NBaris dua\n"
        "Comment: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,bukan\n"
    )
    assert parse(content)[0] == [Cue(Fraction(3, 2), Fraction(3), "Halo, dunia\nBaris dua")]


def test_encodings() -> None:
    assert decoded("Bugis — “Wajo”".encode()) == ("Bugis — “Wajo”", "utf-8")
    assert decoded(b"\xef\xbb\xbfHalo") == ("Halo", "utf-8")
    assert decoded("Halo".encode("utf-16")) == ("Halo", "utf-16")
    assert decoded("préparación “x”".encode("cp1252")) == ("préparación “x”", "cp1252")


def test_disorder_and_overlaps_are_repaired_and_said(tmp_path: Path) -> None:
    path = tmp_path / "kacau.srt"
    path.write_bytes(
        b"1\r\n00:00:05,000 --> 00:00:06,000\r\nB\r\n\r\n"
        b"2\r\n00:00:01,000 --> 00:00:05,500\r\nA\xe9\r\n\r\n"
        b"3\r\n00:00:09,000 --> 00:00:08,000\r\nC\r\n"
    )
    read = read_subtitles(path)
    assert [(float(c.start_s), float(c.end_s), c.text) for c in read.cues] == [
        (1.0, 5.0, "Aé"),
        (5.0, 6.0, "B"),
        (9.0, 11.0, "C"),
    ]
    assert read.repairs == {"encoding", "order", "overlap", "times"}


@pytest.mark.parametrize(
    "content", [b"", b"hanya teks", b"WEBVTT\n\nNOTE kosong\n", b"\x00\x01\xff"]
)
def test_a_file_without_subtitles_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kosong.srt"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=r"kosong\.srt"):
        read_subtitles(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        read_subtitles(tmp_path / "tidak ada.srt")


def test_cues_move_with_the_trim() -> None:
    cues = [
        Cue(Fraction(1), Fraction(3), "terpotong"),
        Cue(Fraction(4), Fraction(9), "melintasi"),
        Cue(Fraction(6), Fraction(7), "hilang"),
    ]
    kept = [TimeRange(Fraction(2), Fraction(5)), TimeRange(Fraction(8), Fraction(10))]
    assert shifted(cues, kept, Fraction(1)) == (
        Cue(Fraction(1), Fraction(2), "terpotong"),
        Cue(Fraction(3), Fraction(5), "melintasi"),
    )


def test_written_files_are_read_again() -> None:
    cues = [
        Cue(Fraction(1, 2), Fraction(2), "Tom & Jerry <3"),
        Cue(Fraction(3725), Fraction(3726), "Dua\nbaris"),
    ]
    srt = as_srt(cues)
    assert srt.startswith("1\n00:00:00,500 --> 00:00:02,000\n")
    assert "01:02:05,000" in srt
    assert parse(srt)[0] == cues
    assert parse(as_vtt(cues))[0] == cues


def test_the_script_draws_text_and_obeys_none_of_it() -> None:
    cue = Cue(Fraction(1), Fraction("2.345"), "a{\\b1}b\\Nc\nd")
    script = ass_script([cue], PixelSize(1080, 1920), SafeZone(270, 670, 65, 65))
    event = script.strip().splitlines()[-1]
    assert event.startswith("Dialogue: 0,0:00:01.00,0:00:02.34")
    text = event.split(",,0,0,0,,")[1]
    assert "{" not in text.replace("\\{", "")
    assert text.count("\\N") == 1 + 0
    assert "PlayResX: 1080" in script
    assert ",65,65,737,1" in script  # margins: the zone's sides, its bottom and 3.5 % more
