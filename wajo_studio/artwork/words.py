"""Words on the artwork: what must not break, Indonesian dates, short names.

The artwork speaks Indonesian whatever language the program's messages are in.
"""

import re
from datetime import date
from functools import lru_cache

NBSP = "\u00a0"
WORD_JOINER = "\u2060"

_MONTHS = (
    "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
    "|Jan|Feb|Peb|Mar|Apr|Jun|Jul|Agt|Ags|Agu|Sep|Sept|Okt|Nov|Nop|Des"
)
_UNITS = (
    "kg|gram|g|mg|ton|kuintal|km|m|cm|mm|m²|km²|ha|hektare|liter|l|L|ml|mL|°C|KB|MB|GB|Mbps|kWh|MW|watt"
    "|detik|menit|jam|hari|pekan|minggu|bulan|tahun|orang|jiwa|warga|peserta|KK|unit|buah|ekor|paket"
    "|desa|kelurahan|kecamatan|rumah|sekolah|titik|kali|persen|ribu|juta|miliar|triliun|SKS|tahap"
)
_TITLES = (
    "No|Nomor|Jl|Jln|Gg|Hj|H|Dr|dr|drg|Drs|Dra|Ir|Prof|Kec|Kab|Kel|Ds|Lt|Psl|Tgl|Pkl"
    r"|s\.d|a\.n|u\.p"
)

_DASH = "[-\u2010\u2011\u2012\u2013]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # 1 Desember 2026; 28 April–2 Mei 2027
        (rf"(?<!\d)(\d{{1,2}}) (?=(?:{_MONTHS})\b)", rf"\1{NBSP}"),
        (rf"\b({_MONTHS}) (?=\d{{4}}\b)", rf"\1{NBSP}"),
        # 08.00 – 14.00, 08.00–14.00, 08.00 s.d. 14.00 WITA, pukul 08.00
        (rf"(?<=\d) ({_DASH}|s\.d\.) (?=\d)", rf"{NBSP}\1{NBSP}"),
        (r"(?<=\d) (?=(?:WIB|WITA|WIT)\b)", NBSP),
        (r"\b([Pp]ukul|[Jj]am) (?=\d)", rf"\1{NBSP}"),
        # Rp 10.000, Rp1,2 miliar, 12 kg, 40 %
        (r"\bRp (?=\d)", f"Rp{NBSP}"),
        (rf"(?<=\d) (?=(?:{_UNITS})\b|[%‰°])", NBSP),
        # Jl. Rusa, No. 5, H. Ambo, RT 01, Pasal 3
        (rf"\b({_TITLES})\. (?=\w)", rf"\1.{NBSP}"),
        (r"\b(RT|RW|KM|Km|Pasal|Lantai|Tahap|Kelas|Loket|Nomor|Perbup|Perda) (?=\d)", rf"\1{NBSP}"),
        # 0812 0000 1234 and (0485) 000112
        (r"(?<=\d{3}) (?=\d{3})", NBSP),
        (r"(?<=\d\)) (?=\d)", NBSP),
    )
)
_RANGE_DASH = re.compile(rf"(?<=\w)({_DASH})(?=\w)")
_SLASH = re.compile(r"(?<=\d)/(?=\w)|(?<=\b\w)/(?=\w)")
_SHORT = 4
"""A compound with a part this short reads badly when it breaks at its hyphen."""


@lru_cache(maxsize=2048)
def nonbreaking(text: str) -> str:
    """Join what must stay on one line: KTP-el, COVID-19, 08.00–14.00 WITA, 1 Desember 2026.

    Uses no-break spaces and word joiners; U+2011 is avoided because the bundled fonts lack it.
    Line ends stay where they are. Applying it twice changes nothing.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _RANGE_DASH.sub(lambda match: _joined_dash(text, match), text)
    return _SLASH.sub(f"{WORD_JOINER}/{WORD_JOINER}", text)


def _joined_dash(text: str, match: re.Match[str]) -> str:
    """Glue a hyphen unless both sides are ordinary long words, which may break there."""
    before = re.search(r"\w+$", text[: match.start()])
    after = re.match(r"\w+", text[match.end() :])
    sides = [side.group() for side in (before, after) if side]
    short = any(len(side) <= _SHORT for side in sides)
    special = any(any(c.isdigit() for c in side) or side.isupper() for side in sides)
    if short or special:
        return f"{WORD_JOINER}{match.group(1)}{WORD_JOINER}"
    return match.group(1)


def plain(text: str) -> str:
    """The text without what :func:`nonbreaking` put in."""
    return text.replace(NBSP, " ").replace(WORD_JOINER, "")


def date_text(day: date, *, weekday: bool = False, year: bool = True) -> str:
    """``1 Desember 2026``; ``Selasa, 1 Desember 2026`` with ``weekday``; Indonesian always."""
    from babel.dates import format_date

    pattern = "d MMMM y" if year else "d MMMM"
    return format_date(day, f"EEEE, {pattern}" if weekday else pattern, locale="id")


def weekday_text(day: date) -> str:
    """``Selasa``."""
    from babel.dates import format_date

    return format_date(day, "EEEE", locale="id")


def month_text(day: date, *, short: bool = False) -> str:
    """``Desember``, or ``Des`` with ``short``."""
    from babel.dates import format_date

    return format_date(day, "MMM" if short else "MMMM", locale="id")
