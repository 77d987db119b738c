"""(f) Rules of texts: all of them over 2,200 characters, as at a pause in typing.

Goal: 50 ms on a 2-core office PC (design: rules at every pause in typing). The bare counterpart
folds and splits the same text, which any rule needs first.
"""

import datetime
import re
import sys

from benchmarks.common import Row, median_s, show
from wajo_studio.compliance import check_text

DAY = datetime.date(2026, 11, 24)
POST = (
    "Layanan keliling Disdukcapil hadir di kampung terapung Danau Tempe, Selasa, 1 Desember 2026, "
    "pukul 08.00–14.00 WITA. Warga membawa fotokopi kartu keluarga; perekaman KTP-el, cetak KK, "
    "dan akta kelahiran tidak dipungut biaya. Petugas juga melayani pengaduan melalui "
    "SP4N-LAPOR! (lapor.go.id, SMS 1708). Bupati Wajo H. Andi Rosman, S.Sos., M.M. mengajak warga "
    "mengurus dokumen sendiri, tanpa calo. Data Dinas Kesehatan menunjukkan cakupan imunisasi "
    "93,5 persen.\n#Wajo #DanauTempe\n"
)
LENGTH = 2_200
GOAL_MS = 50


def text(salt: int) -> str:
    """A text of the full length, different for each salt, so that nothing is remembered."""
    return (f"{salt}. " + POST * 8)[:LENGTH]


def main() -> int:
    salts = iter(range(1_000_000))
    check_text(text(next(salts)), "instagram", DAY)  # reads rules and word lists

    def ours() -> None:
        check_text(text(next(salts)), "instagram", DAY)

    def bare() -> None:
        words = re.findall(r"\w+", text(next(salts)).lower())
        assert words

    rows = [
        Row(
            "all text rules, 2,200 characters",
            median_s(ours, times=25) * 1e3,
            median_s(bare, times=25) * 1e3,
            goal=GOAL_MS,
        )
    ]
    same = text(next(salts))
    rows.append(
        Row(
            "the same text again",
            median_s(lambda: check_text(same, "instagram", DAY), times=25) * 1e3,
            goal=GOAL_MS,
        )
    )
    return 0 if show("Rules of texts", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
