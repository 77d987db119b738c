"""Whatever a text holds, no rule breaks, takes long or points outside the text."""

import datetime
import random
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wajo_studio.compliance.check import TextSubject, text_checks
from wajo_studio.compliance.checktext import subject_of
from wajo_studio.compliance.settings import ComplianceSettings

DAY = datetime.date(2026, 11, 24)
OPEN = ComplianceSettings(election=True, required_hashtags=("Wajo",))
SLOWEST_S = 2.0
LONG = 200_000
POSTS = [
    post["text"]
    for post in tomllib.loads(
        (
            Path(__file__).resolve().parents[1] / "data" / "compliance" / "development.toml"
        ).read_text(encoding="utf-8")
    )["post"]
]
SIGNS = (
    "\u0301\u0300\u200b\u200d\u202e\u2066\ufeff\u00ad\u0130\u1e9e\u00df\u1a00\u1a17\u1a1e"
    "\U0001d7d8\U0001f600\U0001f1ee\U0001f1e9\U000e0041\uff10\u0660\u0967\u06f0<>{}%\\\0\n\r\t\u2028"
)


def judge(text: str, network: str = "instagram") -> None:
    subject = subject_of(text, network, DAY, OPEN)
    for rule, check in text_checks().items():
        for hit in check(subject):
            if hit.span is not None:
                start, end = hit.span
                assert 0 <= start <= end <= len(text), (rule, hit)


def mutated(chance: random.Random) -> str:
    """A post with signs put in, taken out, doubled and swapped."""
    text = list(chance.choice(POSTS))
    for _ in range(chance.randint(1, 25)):
        place = chance.randrange(len(text)) if text else 0
        what = chance.randrange(4)
        if what == 0:
            text.insert(place, chance.choice(SIGNS))
        elif what == 1 and text:
            del text[place : place + chance.randint(1, 9)]
        elif what == 2:
            text[place:place] = text[place : place + 20]
        elif text:
            text[place] = chr(chance.choice((chance.randrange(0x250), chance.randrange(0xD800))))
    return "".join(text)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_random_texts(text: str) -> None:
    judge(text)


def test_mutated_posts() -> None:
    chance = random.Random(73_13)
    for _ in range(250):
        judge(mutated(chance), chance.choice(("facebook", "x", "youtube")))


PIECES = {
    "one letter": "a",
    "digits": "7",
    "digit groups": "7313 ",
    "dates": "Rabu, 1 Desember 2026, ",
    "day ranges": "1-",
    "dots": "a.",
    "names": "Andi Rosman ",
    "capitals": "ABCDEF ",
    "cues": "korban anak siswa pelaku bernama A ",
    "verbs": "dukung calon nomor urut pilih ",
    "suku": "usir suku ",
    "clock": "pukul 08.00-",
    "streets": "Jalan A rumah No. ",
    "rupiah": "Rp 1.",
    "mail": "a@b.",
    "links": "wajokab.go.id/a ",
    "hashtags": "#aaaaaaaaaaaaaaa ",
    "brackets": "((((RAHASIA",
    "lines": "1. Ambo Dusun\n",
    "empty lines": "\n \n",
    "lontara": "\u1a16\u1a17 ",
    "combining": "e\u0301\u0300",
    "bidi": "\u202e\u2066a",
    "flags": "\U0001f1ee\U0001f1e9",
    "affixes": "mempermempermember",
    "ordinals": "HUT RI ke-",
    "accounts": "rekening 12-",
    "phones": "0812-",
    "quotes": '"katanya" ',
    "fancy": "\U0001d5d4 ",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_no_rule_takes_long(piece: str) -> None:
    text = (piece * (LONG // len(piece) + 1))[:LONG]
    subject = subject_of(text, "facebook", DAY, OPEN)
    slow = {
        rule: taken
        for rule, check in text_checks().items()
        if (taken := _seconds(check, subject)) > SLOWEST_S
    }
    assert slow == {}


def _seconds(check, subject: TextSubject) -> float:  # type: ignore[no-untyped-def]
    started = time.process_time()
    for _ in check(subject):
        pass
    return time.process_time() - started
