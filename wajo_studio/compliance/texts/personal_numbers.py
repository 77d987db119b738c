"""Rules on numbers that belong to one person: NIK, family card, NPWP, NIP, account, plate."""

import re
from collections.abc import Iterator

from wajo_studio.compliance.check import EVERYWHERE, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.digits import (
    Number,
    covered,
    is_civil_servant,
    is_family_card,
    is_nik,
    label_before,
    masked,
    numbers,
)
from wajo_studio.compliance.texts.reading import Reading

_NIK_LABEL = re.compile(
    r"\b(?:nik|(?:nomor|no)\.? ?(?:ktp(?:-el)?|nik|induk kependudukan)|ktp(?:-el)?)\b"
)
_KK_LABEL = re.compile(r"\b(?:kk|nokk|kartu keluarga)\b")
_NUPTK_LABEL = re.compile(r"\bnuptk\b")
_NPWP_LABEL = re.compile(r"\bnpwp\b")
_DIRECTLY = re.compile(
    r"[\s:=()\-.\"']*(?:(?:nomor|no|saya|anda|adalah|yaitu|beliau|nya)\b[\s:=.\-]*){0,2}"
)

_NPWP = re.compile(r"(?<![\d.])\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?![\d.]?\d)")
_BARE_NPWP = re.compile(r"\bnpwp\b[^\d\n]{0,20}(\d(?:[ .\-]?\d){14,15})(?!\d)")

_ACCOUNT = re.compile(
    r"\b(?:rekening|no\.? ?rek(?:ening)?|norek"
    r"|rek\.)[^\d\n]{0,40}(\d(?:[ .\-]?\d){9,15})(?![ .\-]?\d)"
)
_BANK = re.compile(
    r"\b(?:bri|bni|bsi|bca|btn|mandiri|bank sulselbar|bank sulsel)\b[^\d\n]{0,15}"
    r"(\d(?:[ .\-]?\d){9,15})(?![ .\-]?\d)"
)
_TRANSFER = re.compile(r"\b(?:transfer|a\.n|atas nama|norek|rekening|setor|kirim)\b")
_NO_ACCOUNT = re.compile(r"\bkode\s+$|\bkode (?:akun|belanja)\s+$")
_TREASURY = re.compile(r"\b(?:kas (?:umum )?daerah|rkud|kas negara|rekening kas)\b")

_OTHER_IDS = (
    ("NISN", re.compile(r"\bnisn\b[^\d\n]{0,15}(\d{10})(?!\d)")),
    ("NUPTK", re.compile(r"\bnuptk\b[^\d\n]{0,15}(\d(?:[ .\-]?\d){15})(?!\d)")),
    ("JKN/BPJS", re.compile(r"\b(?:jkn|bpjs|kis)\b[^\d\n]{0,25}(\d(?:[ .\-]?\d){12})(?!\d)")),
    ("SIM", re.compile(r"\bsim\b(?: ?[abcd]1?\b)?[^\d\n]{0,15}(\d(?:[ .\-]?\d){11,13})(?!\d)")),
    ("paspor", re.compile(r"\bpaspor\b[^\d\n]{0,20}\b([a-z]{1,2} ?\d{6,7})(?!\d)")),
    ("akta", re.compile(r"\bakta\b[^\d\n]{0,30}(\d{4}-(?:lt|lu|al|kw|km)-\d{8}-\d{4})(?!\d)")),
)


@text_check("pii-nik", EVERYWHERE)
def pii_nik(subject: TextSubject) -> Iterator[Hit]:
    """A population number, by its structure, or behind its label whatever the structure."""
    reading = subject.reading
    for number in numbers(reading, 16):
        nik, card = _nik_and_card_labels(reading, number)
        if card > nik and is_family_card(number.digits):
            continue  # pii-kk
        if label_before(reading, number, _NUPTK_LABEL, 30) > nik:
            continue  # pii-other-id
        directly = nik >= 0 and _is_direct(reading, nik, number)
        if directly or is_nik(number.digits, labelled=nik >= 0):
            shown = masked(number.digits)
            yield Hit(params={"number": shown}, span=number.span, replacement=shown)


@text_check("pii-kk", EVERYWHERE)
def pii_kk(subject: TextSubject) -> Iterator[Hit]:
    """A family card's number; only its label tells it from a man's NIK."""
    reading = subject.reading
    for number in numbers(reading, 16):
        nik, card = _nik_and_card_labels(reading, number)
        if card > nik and is_family_card(number.digits):
            shown = masked(number.digits)
            yield Hit(params={"number": shown}, span=number.span, replacement=shown)


def _nik_and_card_labels(reading: Reading, number: Number) -> tuple[int, int]:
    return (
        label_before(reading, number, _NIK_LABEL, 40),
        label_before(reading, number, _KK_LABEL, 32),
    )


def _is_direct(reading: Reading, label: int, number: Number) -> bool:
    found = _NIK_LABEL.match(reading.folded, label)
    return bool(found and _DIRECTLY.fullmatch(reading.folded, found.end(), number.start))


@text_check("pii-npwp", EVERYWHERE)
def pii_npwp(subject: TextSubject) -> Iterator[Hit]:
    """A tax number in its printed form, or 15 or 16 digits behind its label."""
    reading = subject.reading
    spans = [match.span() for match in _NPWP.finditer(reading.plain)]
    for match in _BARE_NPWP.finditer(reading.folded):
        if not covered(spans, Number(*match.span(1), "")):
            spans.append(match.span(1))
    for start, end in spans:
        written = reading.plain[start:end]
        if "".join(filter(str.isdigit, written)) not in subject.settings.npwp_allow:
            yield Hit(params={"number": masked(written)}, span=(start, end))


@text_check("pii-nip", EVERYWHERE)
def pii_nip(subject: TextSubject) -> Iterator[Hit]:
    """A civil servant's number, each of its parts valid."""
    for number in numbers(subject.reading, 18):
        if is_civil_servant(number.digits):
            yield Hit(params={"number": masked(number.digits)}, span=number.span, replacement="")


@text_check("pii-bank-account", EVERYWHERE)
def pii_bank_account(subject: TextSubject) -> Iterator[Hit]:
    """An account number behind the word account or a bank's name; not the treasury's."""
    reading = subject.reading
    seen: list[tuple[int, int]] = []
    for pattern in (_ACCOUNT, _BANK):
        for match in pattern.finditer(reading.folded):
            number = Number(*match.span(1), "")
            sentence = reading.sentence(match.start())
            words = reading.folded[sentence.start : sentence.end]
            if (
                covered(seen, number)
                or _NO_ACCOUNT.search(reading.folded[max(0, match.start() - 16) : match.start()])
                or _TREASURY.search(words)
                or (pattern is _BANK and not _TRANSFER.search(words))
                or _is_mobile(match[1])
            ):
                continue
            seen.append(number.span)
            yield Hit(params={"number": masked(match[1], 4, 2)}, span=number.span)


def _is_mobile(written: str) -> bool:
    digits = "".join(filter(str.isdigit, written))
    return digits[:4] in data.words("personal", "mobile_prefixes") and len(digits) <= 13


@text_check("pii-other-id", EVERYWHERE)
def pii_other_id(subject: TextSubject) -> Iterator[Hit]:
    """Numbers of pupils, teachers, insured, drivers, passports and deeds behind their label."""
    reading = subject.reading
    for name, pattern in _OTHER_IDS:
        for match in pattern.finditer(reading.folded):
            shown = masked(match[1], 2, 2)
            yield Hit(params={"kind": name, "number": shown}, span=match.span(1), replacement=shown)


_PLATE = re.compile(r"(?<![\w.\-/])([A-Z]{1,2}) (\d{1,4}) ([A-Z]{1,3})(?![\w])")
_CUE_REACH = 45


@text_check("pii-plate", EVERYWHERE)
def pii_plate(subject: TextSubject) -> Iterator[Hit]:
    """A vehicle's plate; letters that mean much else need a word such as "mobil" before them."""
    reading = subject.reading
    for match in _PLATE.finditer(reading.plain):
        area, digits, ending = match.groups()
        start = max(0, match.start() - _CUE_REACH)
        cue = bool(reading.within(data.lexicon("personal", "plate_cues"), start, match.start()))
        if area in data.words("personal", "plate_local"):
            fires = cue or ending not in data.words("personal", "not_plate_endings")
        elif area in data.words("personal", "plate_two_letters"):
            fires = cue or (
                len(digits) >= 3 and ending not in data.words("personal", "not_plate_endings")
            )
        else:
            fires = cue and area in data.words("personal", "plate_one_letter")
        if fires:
            hidden = f"{area} ••{digits[2:]} ••"
            yield Hit(params={"plate": hidden}, span=match.span(), replacement=hidden)
