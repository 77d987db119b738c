"""Exit statuses, languages, JSON and the one sentence of every wrong call."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import NOW, PHOTO, call, call_outside, jpeg, make_post, rules
from wajo_studio.domain.placement import PLACEMENTS

WRONG_CALLS: list[tuple[tuple[str, ...], str]] = [
    (("chek", "x"), "check"),
    (("check",), "POST"),
    (("check", "a", "b"), "b"),
    (("check", "a", "--nope"), "--nope"),
    (("export", "a"), "--out"),
    (("export", "a", "--out"), "--out"),
    (("export", "a", "--out", "o", "--force=yes"), "--force"),
    (("export", "a", "--now"), "--now"),
    (("check", "tidak-ada"), "tidak-ada"),
    (("check", "a", "--lang"), "--lang"),
    (("--lang", "fr", "check", "a"), "fr"),
    (("check", "a", "--lang=fr"), "fr"),
    (("new", "tidak-ada", "d"), "tidak-ada"),
    (("new", "polos"), "DIR"),
    (("media",), "--help"),
    (("media", "probe"), "FILE"),
    (("media", "probe", "tidak-ada.jpg"), "tidak-ada.jpg"),
    (("media", "trim", "f", "--placement", "x.post"), "--out-file"),
    (("media", "trim", "f", "--in", "satu", "--placement", "x.post", "--out-file", "g"), "--in"),
    (("templates",), "--help"),
    (("templates", "validate", "tidak-ada"), "tidak-ada"),
    (("templates", "validate", "tidak/ada"), "tidak/ada"),
    (("templates", "preview", "polos"), "--out"),
    (("--nope",), "--nope"),
    (("placements", "satu"), "satu"),
]


@pytest.mark.parametrize(("words", "named"), WRONG_CALLS, ids=str)
def test_wrong_use_is_one_sentence_and_2(words: tuple[str, ...], named: str) -> None:
    plain = call(*words)
    assert (plain.status, plain.out) == (2, "")
    assert named in plain.sentence
    if words[0] in ("check", "export"):
        as_json = call(words[0], "--json", *words[1:])
        assert as_json.status == 2
        assert as_json.error["message"] == as_json.sentence == plain.sentence


@pytest.mark.parametrize("value", ["", "kemarin", "2026-13-01", "24-11-2026", "2026-11-24T25:00"])
def test_no_time_is_2(tmp_path: Path, value: str) -> None:
    post = make_post(tmp_path / "post")
    assert "--now" in call("check", post, "--now", value).sentence


@pytest.mark.parametrize(
    "value", ["9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00", "0001-01-01"]
)
def test_a_time_no_clock_shows_is_2(tmp_path: Path, value: str) -> None:
    post = make_post(tmp_path / "post", top="schedule = 2026-12-01T09:00:00+08:00")
    outcome = call("check", post, "--now", value, "--json")
    assert outcome.status == 2
    assert "--now" in outcome.error["message"]


SCHEDULE = 'information_class = "berkala"\nschedule = {}\n'


@pytest.mark.parametrize(
    ("schedule", "now", "past"),
    [
        ("2026-12-01T09:00:00+08:00", "2026-12-01T08:59", False),
        ("2026-12-01T09:00:00+08:00", "2026-12-01T09:01", True),
        ("2026-12-01T09:00:00+08:00", "2026-12-01T00:59:00Z", False),
        ("2026-12-01T09:00:00+08:00", "2026-12-01T01:01:00Z", True),
        ("2026-12-01T09:00:00", "2026-12-01T09:01+08:00", True),
        ("2026-12-01T09:00:00", "2026-12-01T10:01+09:00", True),
        ("2026-12-01T09:00:00", "2026-12-01", False),
        ("2026-12-01T09:00:00", "2026-12-02", True),
        ("2026-12-01T09:00:00", "20261202T000000", True),
    ],
)
def test_time_without_zone_is_wita(tmp_path: Path, schedule: str, now: str, past: bool) -> None:
    post = make_post(tmp_path / "post", top=SCHEDULE.format(schedule))
    outcome = call("check", post, "--now", now, "--json")
    assert outcome.status == 0
    found = {f["rule"]: f["severity"] for f in outcome.json["findings"]}
    assert (found.get("schedule-past") == "warn") is past


@pytest.mark.parametrize(
    ("now", "past"),
    [
        ("2026-11-24T23:59", False),
        ("2026-11-25T00:00", True),
        ("2026-11-24T15:59:59Z", False),
        ("2026-11-24T16:00Z", True),
        ("2026-11-24", False),
    ],
)
def test_today_is_the_date_in_wita(tmp_path: Path, now: str, past: bool) -> None:
    text = "Pendaftaran dibuka sampai 24 November 2026."
    post = make_post(tmp_path / "post", body=f'[captions]\nbase = "{text}"\n{PHOTO}')
    found = rules(call("check", post, "--now", now, "--json").json)
    assert ("date-past-event" in found) is past


def test_language_before_after_and_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    english = call("--lang", "en", "check", "tidak-ada").sentence
    assert english.startswith("tidak-ada does not exist")
    for words in (
        ("check", "tidak-ada", "--lang", "en"),
        ("check", "--lang=en", "tidak-ada"),
    ):
        assert call(*words).sentence == english
    default = call("check", "tidak-ada").sentence
    assert call("--lang", "id", "check", "tidak-ada").sentence == default
    monkeypatch.setenv("WAJO_LANG", "en")
    assert call("check", "tidak-ada").sentence == english
    assert call("--lang", "id", "check", "tidak-ada").sentence == default
    monkeypatch.setenv("WAJO_LANG", "xx")
    assert "xx" in call("check", "tidak-ada").sentence


def test_post_may_be_folder_file_or_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wajo_studio.store.archive import pack

    folder = make_post(tmp_path / "rapat dinas é", ("instagram.feed",))
    pack(folder, tmp_path / "kiriman.wajo")
    for where, names in (
        (tmp_path, ("rapat dinas é", "rapat dinas é/post.toml", "kiriman.wajo")),
        (folder, (".", "post.toml", "../kiriman.wajo")),
    ):
        monkeypatch.chdir(where)
        documents = [call("check", name, "--now", NOW, "--json").json for name in names]
        assert documents == [documents[0]] * 3
        assert documents[0]["result"] == "pass"
    odd = call("check", tmp_path / "kiriman.wajo" / "x", "--json")
    assert odd.status == 2
    (tmp_path / "post.txt").write_text("schema = 1")
    assert call("check", tmp_path / "post.txt").status == 2


def test_placement_must_be_one_of_the_posts(tmp_path: Path) -> None:
    post = make_post(tmp_path / "post", ("x.post", "instagram.feed", "youtube.video"))
    for command in (("check",), ("export", "--out", tmp_path / "out")):
        for wrong in ("instagram.reel", "instagram", "nope", ""):
            outcome = call(*command, post, "--placement", "x.post", "--placement", wrong, "--json")
            assert outcome.status == 2
            assert wrong in outcome.error["message"]
    assert not (tmp_path / "out").exists()
    # youtube.video has no clip; nobody asked for it
    asked = ("--placement", "x.post", "--placement", "instagram.feed", "--placement", "x.post")
    assert call("check", post, *asked, "--now", NOW).status == 0
    assert call("check", post, "--now", NOW).status == 1
    blocked = call("check", post, "--placement", "youtube.video", "--json")
    assert blocked.status == 1
    assert {p for f in blocked.json["findings"] for p in f["placements"]} <= {"youtube.video"}


def test_json_of_the_lists() -> None:
    placements = call("placements", "--json")
    assert (placements.status, placements.err) == (0, "")
    assert [spec["id"] for spec in placements.json] == list(PLACEMENTS)
    doctor = call("doctor", "--json")
    assert doctor.status == 0
    assert isinstance(doctor.json, dict)
    templates = call("templates", "list", "--json")
    assert {"polos", "pengumuman-layanan"} <= {t["id"] for t in templates.json}
    for words in (("placements",), ("doctor",), ("templates", "list")):
        plain = call(*words)
        assert (plain.status, plain.out) == (0, "")
        assert plain.err


def _help_pages() -> list[tuple[str, ...]]:
    return [
        (),
        *((name,) for name in ("demo", "new", "export", "check", "placements", "doctor")),
        *(("media", name) for name in ("probe", "trim")),
        *(("templates", name) for name in ("list", "new", "validate", "preview")),
    ]


def test_every_command_explains_itself() -> None:
    for words in _help_pages():
        for flag in ("--help", "-h"):
            page = call(*words, flag, "--lang", "en")
            assert (page.status, page.err) == (0, "")
            assert page.out.startswith("Usage: wajo")
    exported = call("export", "--help").out
    for option in ("--out", "--placement", "--now", "--json", "--force"):
        assert option in exported


def test_a_bug_ends_in_70_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wajo_studio.services import checking

    def broken(*_args: Any) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(checking, "compose", broken)
    post = make_post(tmp_path / "post")
    outcome = call("check", post, "--json")
    assert outcome.status == 70
    assert outcome.error["code"] == "unexpected"
    assert "ZeroDivisionError" in outcome.error["detail"]
    assert "Traceback" not in outcome.err
    log = re.search(r"\S+wajo\.log", outcome.error["message"])
    assert log
    assert "ZeroDivisionError" in Path(log.group()).read_text("utf-8")
    monkeypatch.setenv("WAJO_HOME", str(post / "post.toml"))
    unlogged = call("check", post)
    assert unlogged.status == 70
    assert "Traceback" not in unlogged.err


def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    outcome = call("check", make_post(tmp_path / "post"), "--json")
    monkeypatch.chdir(tmp_path)
    assert outcome.status == 2
    assert outcome.error["message"] == outcome.sentence


def test_processes_give_the_same(tmp_path: Path) -> None:
    """The statuses reach the shell, JSON stays alone, names that are no UTF-8 do no harm."""
    make_post(tmp_path / "post", files={"media/foto1.jpg": jpeg()})
    good = call_outside("check", "post", "--json", "--now", NOW, cwd=tmp_path)
    assert (good.status, good.json["result"]) == (0, "pass")
    bad = call_outside("check", b"tidak-\xff".decode("utf-8", "surrogateescape"), "--json")
    assert bad.status == 2
    assert "tidak-" in bad.error["message"]
    assert "Traceback" not in bad.err
    assert json.loads(bad.out)
