"""Rules on ways to a person: mobile number, private mail, home; and on secrets of access."""

import re
from collections.abc import Iterator

from wajo_studio.compliance.check import EVERYWHERE, Hit, TextSubject, text_check
from wajo_studio.compliance.settings import plain_number
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.digits import covered, is_nik, masked, numbers
from wajo_studio.compliance.texts.lexicon import outside
from wajo_studio.compliance.texts.reading import Reading, Stretch

_MOBILE = re.compile(
    r"(?<!\d)(?:(?:\+|00)?62[ .\-]?\(?0?|\(?0)(8\d{2})\)?((?:[ .\-]{0,2}\d){5,9})(?!\d)"
)
_CHAT_LINK = re.compile(r"(?:wa\.me/|phone=)\+?$")
_LONG_RUN_BEFORE = re.compile(r"\d[ .\-]$")


@text_check("pii-phone-personal", EVERYWHERE)
def pii_phone_personal(subject: TextSubject) -> Iterator[Hit]:
    """A mobile number on no list of official numbers."""
    reading = subject.reading
    official = {
        *subject.settings.phone_allow,
        *map(plain_number, data.words("personal", "official_phones")),
    }
    long_numbers: list[tuple[int, int]] | None = None
    for match in _MOBILE.finditer(reading.plain):
        if long_numbers is None:
            long_numbers = _long_numbers(reading)
        digits = plain_number(match[0])
        before = reading.plain[max(0, match.start() - 16) : match.start()]
        if (
            "0" + match[1] not in data.words("personal", "mobile_prefixes")
            or not 10 <= len(digits) <= 13
            or digits in official
            or (before.endswith(("/", "Rp")) and not _CHAT_LINK.search(before.lower()))
            or _is_tail(before, match[0])
            or covered(long_numbers, Stretch(*match.span()))
        ):
            continue
        yield Hit(params={"number": masked(digits, 4, 2)}, span=match.span())


def _is_tail(before: str, written: str) -> bool:
    """Whether a longer number goes on into this one: digits joined by a dot, hyphen or slash."""
    return bool(re.search(r"\d[.,\-/]$", before)) and not written.startswith("+")


def _long_numbers(reading: Reading) -> list[tuple[int, int]]:
    """Spans of population numbers and of four groups of four digits, whose middle looks dialled."""
    found = []
    for number in numbers(reading, 16):
        if is_nik(number.digits, labelled=True) or number.end - number.start == 19:
            found.append(number.span)
    return found


_MAIL = re.compile(r"(?<![\w.+\-])([\w.+\-]{1,64})@([\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4})")


@text_check("pii-email-personal", EVERYWHERE)
def pii_email_personal(subject: TextSubject) -> Iterator[Hit]:
    """An address at a free mail service."""
    reading = subject.reading
    if "@" not in reading.folded:
        return
    for match in _MAIL.finditer(reading.folded):
        host = match[2].rstrip(".-")
        allowed = any(match[0].endswith(ending) for ending in subject.settings.mail_allow)
        if host in data.words("personal", "free_mail") and not allowed:
            yield Hit(params={"address": match[0]}, span=match.span())


_RT_RW = re.compile(
    r"\brt\.? ?0*\d{1,3} ?[/,]? ?(?:dan )?rw\.? ?0*\d{1,3}\b"
    r"|\brt ?/ ?rw\.? ?:? ?\d{1,3} ?/ ?\d{1,3}\b"
)
_STREET = re.compile(
    r"\b(?:jalan|jl\.?|jln\.?|lorong|lr\.?|gang|gg\.?|btn|perumahan"
    r"|kompleks)[ .]{1,2}[A-Z][^\n;:]{1,50}?"
    r"\b(?:nomor|no\.?|blok)[ .]?[A-Za-z]?\d{1,4}",
    re.IGNORECASE,
)
_SHORT_STREET = re.compile(
    r"\b(?:jalan|jl\.?|jln\.?|lorong|lr\.?)[ .]{1,2}(?:[A-Z][\w.'\-]{1,20} ){1,4}\d{1,3}[A-Za-z]?\b"
)
_BEFORE_AREA = 30


@text_check("pii-home-address", EVERYWHERE)
def pii_home_address(subject: TextSubject) -> Iterator[Hit]:
    """Somebody's home down to RT/RW or house number; offices and public places may be named."""
    reading = subject.reading
    seen: list[tuple[int, int]] = []
    for match in _RT_RW.finditer(reading.folded):
        sentence = reading.sentence(match.start())
        at_home = _is_home(reading, sentence)
        before = max(sentence.start, match.start() - _BEFORE_AREA)
        area = reading.within(data.lexicon("personal", "no_home_areas"), before, match.start())
        public = reading.has(data.lexicon("personal", "no_homes"), sentence)
        if at_home or not (area or public):
            seen.append(match.span())
            yield Hit(span=match.span())
    for pattern in (_STREET, _SHORT_STREET):
        for match in pattern.finditer(reading.plain):
            place = Stretch(*match.span())
            sentence = reading.sentence(match.start())
            if covered(seen, place) or any(abs(end - place.start) < 60 for _, end in seen):
                continue
            if any(0 <= start - place.end < 40 for start, _ in seen):
                continue
            if _is_home(reading, sentence) and not _is_public(reading, sentence):
                seen.append(place.span)
                yield Hit(span=place.span)


def _is_home(reading: Reading, sentence: Stretch) -> bool:
    """A word for a home that is no "rumah sakit", "rumah jabatan" and the like."""
    homes = reading.within(data.lexicon("personal", "homes"), sentence.start, sentence.end)
    others = reading.within(data.lexicon("personal", "no_homes"), sentence.start, sentence.end)
    return bool(outside(homes, others))


def _is_public(reading: Reading, sentence: Stretch) -> bool:
    return reading.has(data.lexicon("personal", "no_homes"), sentence)


_ACCESS = re.compile(
    r"\b(?:kata sandi|password|passwd|pwd|sandi)\b([^\n:=]{0,25})[:=] ?[\"'(]?([^\s\"',;)]{4,64})"
)
_ACCESS_SAID = re.compile(
    r"\b(?:kata sandi|password|passwd)\b[^\n.:=]{0,25}\b(?:adalah|ialah"
    r"|yaitu) [\"']?((?=\S{0,40}\d)[^\s\"',;]{4,64})"
)
_CODE = re.compile(
    r"\b(?:kode )?(?:pin|otp|token)\b(?: (?:anda|kamu|transaksi|atm|wifi|rapat|akses"
    r"|masuk|adalah|nomor|kode|akun)){0,3}"
    r" ?[:=]? ?(\d{4,8})(?![\d.,]?\d)"
)
_PRIVATE_NET = re.compile(
    r"(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d"
    r"|3[01])(?:\.\d{1,3}){2})(?![.]?\d)"
)
_VERSION = re.compile(
    r"\b(?:versi|v|ver|rilis|kode|nomor|no|pasal|butir|bab|rekening|kegiatan)[. :]{0,2}$"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


@text_check("credential-leak", EVERYWHERE)
def credential_leak(subject: TextSubject) -> Iterator[Hit]:
    """A password, PIN or one-time code with its value, or an address of the office's network."""
    reading = subject.reading
    excuses = data.words("personal", "no_credentials")
    for match in _ACCESS.finditer(reading.folded):
        value = match[2].rstrip(".!?")
        if len(value) >= 4 and value not in excuses and not _is_advice(value, reading, match.end()):
            yield Hit(span=match.span(2), replacement="")
    for match in _ACCESS_SAID.finditer(reading.folded):
        yield Hit(span=match.span(1), replacement="")
    for match in _CODE.finditer(reading.folded):
        if not (_YEAR.match(match[1]) and not re.search(r"[:=] ?\d+$", match[0])):
            yield Hit(span=match.span(1), replacement="")
    for match in _PRIVATE_NET.finditer(reading.folded):
        before = reading.folded[max(0, match.start() - 14) : match.start()]
        octets = map(int, match[0].split("."))
        if all(octet <= 255 for octet in octets) and not _VERSION.search(before):
            yield Hit(span=match.span())


def _is_advice(value: str, reading: Reading, end: int) -> bool:
    """A word without digit or sign that a sentence goes on behind: advice, not a password."""
    goes_on = re.match(r" [a-z]{2,} [a-z]{2,}", reading.folded[end : end + 60])
    return value.isalpha() and bool(goes_on)
