"""What is made of flashes, speech, music and loudness of clips."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.seen_pictures import NIK, facts_of, found, picture, run
from wajo_studio.compliance.facts import Cue, PostFacts
from wajo_studio.domain.finding import Severity
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.seen import ClipHeard, ClipSeen, Flashing

SPOKEN = ClipHeard(speech=((1.0, 9.0),), loudness_lufs=-16.0, peak_dbtp=-2.0)
FACE = Box(0.4, 0.3, 0.15, 0.2)


def seen(**changes: Any) -> ClipSeen:
    return ClipSeen(**{"span": (0.0, 12.0), **changes})


def with_cues(facts: PostFacts, *cues: Cue) -> PostFacts:
    return replace(facts, subtitles={"foto1": cues})


def test_flashes_block_where_they_are_shown() -> None:
    flashing = (Flashing(2.0, 4.0, 5),)
    (finding,) = found(facts_of(seen(flashing=flashing)), "video-flashing")
    assert finding.severity is Severity.BLOCK
    assert finding.where.time == (2.0, 4.0)
    assert "5" in finding.message
    cut = facts_of(seen(flashing=flashing), item={"in": 4.0, "out": 9.0})
    assert not found(cut, "video-flashing")
    parts = facts_of(seen(flashing=flashing), item={"keep": [[0.0, 2.0], [3.5, 9.0]]})
    assert found(parts, "video-flashing")[0].where.time == (3.5, 4.0)


def test_red_flashes_are_called_so() -> None:
    red = found(facts_of(seen(flashing=(Flashing(2.0, 4.0, 5, "red"),))), "video-flashing")
    general = found(facts_of(seen(flashing=(Flashing(2.0, 4.0, 5),))), "video-flashing")
    assert red[0].message != general[0].message


def test_speech_without_subtitles_is_told() -> None:
    (finding,) = found(facts_of(seen(sound=SPOKEN)), "video-captions-missing")
    assert finding.severity is Severity.WARN
    assert finding.where.time == (1.0, 9.0)


@pytest.mark.parametrize(
    ("sound", "item"),
    [
        (None, {}),
        (ClipHeard(loudness_lufs=-16.0), {}),
        (ClipHeard(speech=((1.0, 2.0),), loudness_lufs=-16.0), {}),
        (SPOKEN, {"in": 9.5, "out": 12.0}),
        (SPOKEN, {"subtitles": "media/a.srt"}),
    ],
)
def test_no_subtitles_are_needed(sound: ClipHeard | None, item: dict[str, Any]) -> None:
    assert not found(facts_of(seen(sound=sound), item=item), "video-captions-missing")


@pytest.mark.parametrize(
    ("cue", "hard"),
    [
        (Cue(1.0, 4.0, "Selamat pagi warga Wajo."), False),
        (Cue(1.0, 4.0, "Layanan keliling hadir di\nkampung terapung."), False),
        (Cue(1.0, 4.0, "Layanan keliling hadir di kampung terapung Danau Tempe"), True),
        (Cue(1.0, 6.0, "satu\ndua\ntiga"), True),
        (Cue(1.0, 2.0, "Layanan keliling hadir di kampung"), True),
        (Cue(1.0, 1.5, "Ya."), True),
        (Cue(1.0, 11.0, "Selamat pagi warga Wajo."), True),
    ],
)
def test_subtitles_have_to_be_readable_in_their_time(cue: Cue, *, hard: bool) -> None:
    facts = facts_of(seen(sound=SPOKEN), item={"subtitles": "media/a.srt"})
    findings = found(with_cues(facts, cue), "video-captions-missing")
    assert bool(findings) is hard
    assert all(finding.severity is Severity.INFO for finding in findings)
    cut = facts_of(seen(), item={"subtitles": "media/a.srt", "in": 11.5, "out": 12.0})
    assert not found(with_cues(cut, cue), "video-captions-missing")


def test_hard_subtitles_are_one_finding() -> None:
    facts = facts_of(seen(sound=SPOKEN), item={"subtitles": "media/a.srt"})
    cues = [Cue(n, n + 0.5, "Ya.") for n in range(5)]
    (finding,) = found(with_cues(facts, *cues), "video-captions-missing")
    assert "5 " in finding.message


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({}, None),
        ({"loudness_lufs": -28.0}, "info"),
        ({"loudness_lufs": -9.0}, "info"),
        ({"loudness_lufs": -60.0}, "warn"),
        ({"loudness_lufs": None, "quiet_start_s": 12.0}, None),
        ({"quiet_start_s": 4.0}, "warn"),
        ({"quiet_start_s": 2.0}, None),
        ({"clipped": tuple(n * 0.4 for n in range(20))}, "warn"),
        ({"clipped": (1.0, 5.0)}, None),
    ],
)
def test_sound(changes: dict[str, Any], severity: str | None) -> None:
    findings = found(facts_of(seen(sound=replace(SPOKEN, **changes))), "audio-loudness")
    assert [finding.severity.value for finding in findings] == ([severity] if severity else [])


def test_silence_before_the_part_that_is_kept_does_not_count() -> None:
    facts = facts_of(seen(sound=replace(SPOKEN, quiet_start_s=5.0)), item={"in": 4.0, "out": 9.0})
    assert not found(facts, "audio-loudness")


def test_music_in_a_clip_asks_for_its_licence() -> None:
    asked = run(facts_of(seen(sound=replace(SPOKEN, music_s=6.0)))).statements
    assert "music-licence-attest" in {statement.rule for statement in asked}
    quiet = run(facts_of(seen(sound=replace(SPOKEN, music_s=0.5)))).statements
    assert "music-licence-attest" not in {statement.rule for statement in quiet}


def test_words_in_a_scene_are_told_with_their_second_and_once() -> None:
    scene = picture(f"NIK {NIK}")
    findings = found(facts_of(seen(moments=((2.0, scene), (6.0, scene)))), "img-pii-text")
    assert [finding.where.time for finding in findings] == [(2.0, 2.0)]


def test_faces_of_the_fullest_moment_count() -> None:
    moments = ((1.0, picture(faces=(FACE,))), (5.0, picture(faces=(FACE, Box(0.1, 0.1, 0.1, 0.1)))))
    asked = {s.rule: s.question for s in run(facts_of(seen(moments=moments))).statements}
    assert "2 " in asked["face-consent-attest"]
    nobody = run(facts_of(seen(moments=((1.0, picture()),)))).statements
    assert "face-consent-attest" not in {statement.rule for statement in nobody}
