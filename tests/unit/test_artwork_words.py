"""What must not break on the artwork, and Indonesian dates."""

from datetime import date

import pytest

from wajo_studio import i18n
from wajo_studio.artwork.words import NBSP, WORD_JOINER, date_text, nonbreaking, plain, weekday_text

J, N = WORD_JOINER, NBSP


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Perekaman KTP-el gratis", f"Perekaman KTP{J}-{J}el gratis"),
        ("Vaksin COVID-19", f"Vaksin COVID{J}-{J}19"),
        ("pukul 08.00–14.00 WITA", f"pukul{N}08.00{J}–{J}14.00{N}WITA"),
        ("08.00 - 14.00 WITA", f"08.00{N}-{N}14.00{N}WITA"),
        ("Selasa, 1 Desember 2026", f"Selasa, 1{N}Desember{N}2026"),
        ("28 April–2 Mei 2027", f"28{N}April{J}–{J}2{N}Mei{N}2027"),
        ("Bantuan Rp 10.000 dan Rp1,2 miliar", f"Bantuan Rp{N}10.000 dan Rp1,2{N}miliar"),
        ("beras 10 kg untuk 120 KK", f"beras 10{N}kg untuk 120{N}KK"),
        ("Jl. Rusa No. 17, RT 01", f"Jl.{N}Rusa No.{N}17, RT{N}01"),
        ("0812 0000 1234", f"0812{N}0000{N}1234"),
        ("(0485) 000112", f"(0485){N}000112"),
        ("HUT ke-81", f"HUT ke{J}-{J}81"),
        ("perundang-undangan daerah", "perundang-undangan daerah"),
        ("baris satu\nbaris dua", "baris satu\nbaris dua"),
    ],
)
def test_joins_what_belongs_together_and_nothing_else(text: str, joined: str) -> None:
    assert nonbreaking(text) == joined
    assert nonbreaking(joined) == joined, "twice changes nothing"
    assert plain(joined) == text


def test_dates_are_indonesian_whatever_the_language_of_messages() -> None:
    i18n.set_language("en")
    try:
        assert date_text(date(2026, 12, 1), weekday=True) == "Selasa, 1 Desember 2026"
        assert date_text(date(2027, 8, 17)) == "17 Agustus 2027"
        assert weekday_text(date(2026, 12, 25)) == "Jumat"
    finally:
        i18n.set_language("id")
