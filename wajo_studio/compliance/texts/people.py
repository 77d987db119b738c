"""Rules on people in cases: children, victims of sexual violence, people not yet judged."""

import re
from collections.abc import Iterator

from wajo_studio.compliance.check import EVERYWHERE, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Lexicon, Match, outside
from wajo_studio.compliance.texts.reading import Reading, Stretch


def _words(key: str) -> Lexicon:
    return data.lexicon("people", key)


_AGE = re.compile(
    r"\(\d{1,2}(?: (?:tahun|thn|th))?\)|\b(?:usia|umur|berusia|berumur)\s\d{1,2}\b"
    r"|\b\d{1,2} (?:tahun|thn)\b"
)
_MINOR = re.compile(
    r"\((\d{1,2})(?: (?:tahun|thn|th))?\)|\b(\d{1,2})[- ](?:tahun|thn)\b(?! (?:penjara"
    r"|lalu|silam|terakhir|anggaran|ke depan))"
)
_SCHOOL = re.compile(
    r"\b(?:SD|SMP|SMA|SMK|MI|MTs|MA|TK|SDN|SMPN|SMAN|SMKN|SDIT|SMPIT|MIN|MTsN|MAN"
    r"|[Pp]esantren|[Pp]ondok [Pp]esantren)\b\.?"
    r" ?(?:Negeri|Swasta|Islam|N|\d|[A-Z][a-z])"
)
_SCHOOL_DIGIT = re.compile(r"\b(?:sdn|smpn|sman|smkn|sd|smp|sma|smk) ?(?:negeri )?\d{1,3}\b")
_NAME_WITH_AGE = re.compile(
    r"\b(?:[A-Z][a-z]{2,20}(?: [A-Z][a-z'’]{1,20}){0,2}|[A-Z]{1,3}|(?:[A-Z]\.){1,3})"
    r" \(\d{1,2}(?: (?:tahun|thn|th))?\)"
)
_NAMED = re.compile(
    r"\b(?:[Bb]ernama|[Aa]tas nama|[Bb]erinisial|[Ii]nisial|alias)\b:? [\"'(]?(?:[A-Z]"
    r"|[a-z]{2,3}\b(?=[ ,.(]))"
)
_CHILD_OF = re.compile(r"\b[Aa]nak(?: dari)? (?:Pak|Bapak|Ibu|Bu|Haji|H\.|Hj\.) [A-Z][a-z]")
_CLASS = re.compile(r"\bkelas (?:[ivx]{1,4}|\d{1,2})\b")
_STREET = re.compile(
    r"\b(?:jalan|jl\.?|dusun|lorong|btn|kompleks|perumahan|lingkungan|kampung) [A-Z]", re.IGNORECASE
)


@text_check("child-victim-identity", EVERYWHERE)
def child_victim_identity(subject: TextSubject) -> Iterator[Hit]:
    """Nothing tells who a child in a case is: no initials, no school, no parents."""
    reading = subject.reading
    if not (reading.find(_words("cases")) or reading.find(_words("case_topics"))):
        return
    for part in reading.paragraphs:
        child = _child(reading, part)
        if child is None:
            continue
        cases = _cases(reading, part)
        topics = reading.within(_words("case_topics"), part.start, part.end)
        if not cases and not topics:
            continue
        named = list(_NAMED.finditer(reading.plain, part.start, part.end))
        clue = _identity(reading, part, named, cases, topics)
        if clue is not None:
            yield Hit(span=clue, replacement="seorang anak")


def _identity(
    reading: Reading,
    part: Stretch,
    named: list[re.Match[str]],
    cases: list[Match],
    topics: list[Match],
) -> tuple[int, int] | None:
    """Where the words stand that tell who the child is; None when nothing does."""
    prevention = reading.has(_words("prevention"), part)
    individual = _is_individual(reading, part)
    named = [match for match in named if not _is_of_helper(reading, part, match)]
    if (child := _CHILD_OF.search(reading.plain, part.start, part.end)) and cases:
        return child.span()
    if named and (cases or not prevention):
        return named[0].span()
    parents = reading.within(_words("parents"), part.start, part.end)
    if parents and (cases or (topics and not prevention)):
        return parents[0].span
    aged = _NAME_WITH_AGE.search(reading.plain, part.start, part.end)
    if aged and cases and not prevention:
        return aged.span()
    if (
        not individual
        or not cases
        or (prevention and not _AGE.search(reading.folded, part.start, part.end))
    ):
        return None
    for pattern in (_SCHOOL, _STREET):
        if place := pattern.search(reading.plain, part.start, part.end):
            return place.span()
    if digit := _SCHOOL_DIGIT.search(reading.folded, part.start, part.end):
        return digit.span()
    return None


def _child(reading: Reading, part: Stretch) -> Match | re.Match[str] | None:
    """A word for a child, or an age under 18."""
    others = reading.within(_words("not_children"), part.start, part.end)
    found = outside(reading.within(_words("children"), part.start, part.end), others)
    if found:
        return found[0]
    for age in _MINOR.finditer(reading.folded, part.start, part.end):
        if int(age[1] or age[2]) < 18:
            return age
    return None


def _cases(reading: Reading, part: Stretch) -> list[Match]:
    others = reading.within(_words("no_cases"), part.start, part.end)
    return outside(reading.within(_words("cases"), part.start, part.end), others)


def _is_individual(reading: Reading, part: Stretch) -> bool:
    return reading.has(_words("individuals"), part) or any(
        pattern.search(reading.folded, part.start, part.end) for pattern in (_AGE, _CLASS)
    )


_APPOSITION = re.compile(
    r"\b[Kk]orban(?:nya)?(?: [a-z]{4,12}){0,2}(?:,| adalah| yakni| yaitu|:)? "
    r"((?:Ibu|Ny\.?|Nn\.?|Sdri\.?|Saudari) )?([A-Z][a-z'’]{2,20}) [A-Z][a-z'’]{1,20}"
)
_NOT_A_NAME = {
    "kekerasan",
    "dapat",
    "unit",
    "dinas",
    "segera",
    "silakan",
    "kabupaten",
    "kecamatan",
    "perempuan",
    "anak",
    "satgas",
    "polres",
}


@text_check("sexual-victim-identity", EVERYWHERE)
def sexual_victim_identity(subject: TextSubject) -> Iterator[Hit]:
    """No name, initials or mark of a victim of sexual violence."""
    reading = subject.reading
    last = -1
    for match in reading.find(_words("sexual")):
        part = reading.paragraph(match.start)
        if part.start == last:
            continue
        last = part.start
        body = reading.folded[part.start : part.end]
        if not re.search(
            r"\bkorban(?:nya)?\b|\bdiperkosa\b|\bdilecehkan\b|\bdicabuli\b|\bpenyintas\b", body
        ):
            continue
        names = [
            *_NAMED.finditer(reading.plain, part.start, part.end),
            *_NAME_WITH_AGE.finditer(reading.plain, part.start, part.end),
            *(
                m
                for m in _APPOSITION.finditer(reading.plain, part.start, part.end)
                if m[2].lower() not in _NOT_A_NAME
            ),
        ]
        if names and not _is_of_helper(reading, part, names[0]):
            yield Hit(span=names[0].span(), replacement="korban")


def _is_of_helper(reading: Reading, part: Stretch, name: re.Match[str]) -> bool:
    """The name belongs to a service, an app or a contact, not to a victim."""
    before = reading.folded[max(part.start, name.start() - 30) : name.start()]
    return bool(
        re.search(
            r"\b(?:layanan|aplikasi|program|posko|konselor|kontak|hubungi|ketua|kepala"
            r"|psikolog|petugas|pendamping)\b",
            before,
        )
    )


_GUILT_NAMED = re.compile(
    r"\b(?:[Bb]ernama|[Aa]tas nama|[Bb]erinisial|[Ii]nisial|alias|a\.n\.)\b:? [\"']?[A-Z]"
)
_TWO_NAMES = re.compile(
    r",? ([A-Z][a-z'’]{2,20}) ([A-Z][a-z'’]{2,20})\b(?! (?:Sejahtera|Makmur|Mandiri))"
)
_IN_COMMAS = re.compile(r"[a-z ]{0,30}, ([A-Z][a-z'’]{2,20}) [A-Z][a-z'’]{2,20}(?=[,(]| \()")
_AFTER_GUILT = 45
_PROPER = {
    "kabupaten",
    "kecamatan",
    "desa",
    "kelurahan",
    "dinas",
    "kepolisian",
    "polres",
    "pasar",
    "kota",
    "jalan",
    "unit",
    "satuan",
    "tindak",
    "usaha",
    "seni",
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "sabtu",
    "minggu",
    "sulawesi",
    "indonesia",
    "badan",
    "kantor",
    "komisi",
    "mari",
    "ayo",
    "rumah",
    "kapolres",
    "bupati",
}


@text_check("suspect-identity", EVERYWHERE)
def suspect_identity(subject: TextSubject) -> Iterator[Hit]:
    """Nobody is called guilty by name before a verdict."""
    reading = subject.reading
    for noun in reading.find(_words("guilty")):
        others = reading.within(_words("no_cases"), noun.start, noun.end)
        sentence = reading.sentence(noun.start)
        if others or reading.has(_words("convicted"), sentence):
            continue
        before = reading.folded[max(0, noun.start - 9) : noun.start]
        end = min(sentence.end, noun.end + _AFTER_GUILT)
        named = _GUILT_NAMED.search(reading.plain, noun.end, end)
        if named and before.endswith("terduga ") and "inisial" in named[0].lower():
            continue
        if named is None:
            direct = _TWO_NAMES.match(reading.plain, noun.end) or _IN_COMMAS.match(
                reading.plain, noun.end
            )
            if direct and direct[1].lower() not in _PROPER:
                named = direct
        if named:
            yield Hit(
                params={"word": noun.entry},
                span=(noun.start, named.end()),
                replacement="terduga pelaku",
            )
