"""Rules on neutrality: support, parties, numbers and gestures of elections, campaign brands."""

import re
from collections.abc import Iterator
from functools import cache

from wajo_studio.compliance.check import (
    EVERYWHERE,
    WRITTEN,
    WRITTEN_OR_SHOWN,
    Hit,
    TextSubject,
    text_check,
)
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Lexicon, Match, outside
from wajo_studio.compliance.texts.names import officials
from wajo_studio.compliance.texts.reading import Reading, Stretch


def _words(key: str) -> Lexicon:
    return data.lexicon("politics", key)


_BALLOT = re.compile(
    r"(?<!cara )(?<!saat )(?<!hari )(?<!surat )(?<!waktu )(?<!hak )(?<!yang )(?<!tanda )"
    r"\b(?:coblos|cobloslah|contreng|contrenglah) (?!ulang\b|atau\b|dan\b|dilakukan\b|di\b)\w"
    r"|\bpilih(?:lah)? (?:nomor|no\.?) (?:urut )?(?:\d{1,2}|satu|dua|tiga|empat|lima)\b"
    r"(?! (?:antre|loket|kursi|telepon))"
)
_TAG = re.compile(r"#(\w+)")
_CALLING_TAG = re.compile(
    r"(?:menangkan|coblos|pilihnomor|pilihno)\w*|(?:dukung|pilih|lanjutkan)\w*(?:bupati|periode|paslon)\w*"
)


@text_check("political-support", EVERYWHERE)
def political_support(subject: TextSubject) -> Iterator[Hit]:
    """A call for or against a candidate, or for a second term; education on neutrality is none."""
    reading = subject.reading
    seen: set[int] = set()
    for part in _sentences_with(reading, "support"):
        if _supports(subject, part):
            seen.add(part.start)
            yield Hit(span=_trimmed(reading, part))
    for key in ("second_term", "second_term_sure"):
        for part in _sentences_with(reading, key):
            if part.start not in seen and _wants_second_term(reading, part):
                seen.add(part.start)
                yield Hit(span=_trimmed(reading, part))
    for match in _BALLOT.finditer(reading.folded):
        part = reading.sentence(match.start())
        if (
            part.start not in seen
            and not _is_contest(reading, part)
            and not _is_education(reading, part)
        ):
            seen.add(part.start)
            yield Hit(span=_trimmed(reading, part))
    for match in _TAG.finditer(reading.folded):
        listed = match[1] in data.words("politics", "slogan_tags")
        if listed or _CALLING_TAG.fullmatch(match[1]):
            yield Hit(span=match.span())


def _sentences_with(reading: Reading, key: str) -> Iterator[Stretch]:
    """Each sentence with one of the words, once."""
    last = -1
    for match in reading.find(_words(key)):
        part = reading.sentence(match.start)
        if part.start != last:
            last = part.start
            yield part


def _trimmed(reading: Reading, part: Stretch) -> tuple[int, int]:
    """A sentence's span without the blanks around it."""
    words = reading.slice(part)
    start = part.start + len(words) - len(words.lstrip())
    return start, part.end - (len(words) - len(words.rstrip()))


def _supports(subject: TextSubject, part: Stretch) -> bool:
    reading = subject.reading
    verbs = reading.within(_words("support"), part.start, part.end)
    weak = all(verb.entry in _VERBS_OF_MUCH for verb in verbs)
    target = (
        _candidate(reading, part, of_parties=not weak)
        or _person(subject, part, verbs)
        or _poll(reading, part)
    )
    if not target or _is_contest(reading, part):
        return False
    return not _is_education(reading, part)


_VERBS_OF_MUCH = {
    "dukungan",
    "dukungan penuh",
    "teruskan",
    "lanjutkan",
    "tolak",
    "menolak",
    "lawan",
}
"""Words so common that beside a party's name alone they call for nothing."""


def _candidate(reading: Reading, part: Stretch, *, of_parties: bool = True) -> bool:
    """A word for a candidate or party; other kinds of "calon" are left out."""
    found = reading.within(_words("candidates"), part.start, part.end)
    others = reading.within(_words("not_candidates"), part.start, part.end)
    found = outside(found, others)
    if any(m.entry != "calon" and (of_parties or m.entry != "partai") for m in found):
        return True
    if found and reading.has(_words("polls"), part):
        return True
    return of_parties and bool(reading.within(_words("parties"), part.start, part.end))


def _person(subject: TextSubject, part: Stretch, verbs: list[Match]) -> bool:
    """A person of politics directly behind the verb, with a word for winning or an election."""
    reading = subject.reading
    names = _people(tuple(person.name for person in officials(subject)))
    for verb in verbs:
        if verb.entry not in _VERBS_OF_PEOPLE:
            continue
        near = reading.folded[verb.end : min(part.end, verb.end + 60)]
        named = bool(reading.within(names, verb.end, min(part.end, verb.end + 45)))
        beloved = bool(_BELOVED.match(near))
        if verb.entry in _VERBS_OF_BALLOTS and (named or beloved):
            return True
        if (named or beloved) and (reading.has(_words("polls"), part) or _AGAIN.search(near)):
            return True
    return False


@cache
def _people(names: tuple[str, ...]) -> Lexicon:
    return Lexicon(names)


_VERBS_OF_BALLOTS = {"coblos", "cobloslah", "menangkan", "memenangkan", "mencoblos", "contreng"}
_VERBS_OF_PEOPLE = _VERBS_OF_BALLOTS | {
    "pilih",
    "pilihlah",
    "dukung",
    "dukunglah",
    "mendukung",
    "memilih",
}
_BELOVED = re.compile(
    r" (?:kembali |lagi |terus )?(?:beliau|(?:pak|bapak|ibu|bu|haji|h\.|andi|dr\.) \w|jagoan|idola)"
)
_AGAIN = re.compile(
    r"\b(?:jadi|menjadi|sebagai|maju|kembali memimpin|lagi|periode|di pilkada"
    r"|calon) ?(?:bupati|periode|pilkada|gubernur|lagi|kedua|memimpin)?"
)


def _poll(reading: Reading, part: Stretch) -> bool:
    """Winning an election is a call; a peaceful election is none."""
    strong = [
        m
        for m in reading.within(_words("support"), part.start, part.end)
        if m.entry in _VERBS_OF_BALLOTS
    ]
    return (
        bool(strong)
        and reading.has(_words("polls"), part)
        and not reading.has(_words("peaceful"), part)
    )


def _wants_second_term(reading: Reading, part: Stretch) -> bool:
    if reading.has(_words("not_second_term"), part) or _is_education(reading, part):
        return False
    cues = reading.within(_words("second_term_cues"), part.start, part.end)
    terms = reading.within(_words("second_term"), part.start, part.end)
    sure = reading.within(_words("second_term_sure"), part.start, part.end)
    return bool(sure) or bool(terms and outside(cues, terms))


def _is_education(reading: Reading, part: Stretch) -> bool:
    """Law, neutrality, administration of elections; a call beside it stays a call."""
    if not reading.has(_words("neutrality"), part):
        return False
    calls = reading.within(_words("calls"), part.start, part.end)
    if not calls:
        return True
    for call in calls:
        behind = Stretch(call.start, min(part.end, call.end + 30))
        verbs = [
            m
            for m in reading.within(_words("support"), behind.start, behind.end)
            if m.entry in _POSITIVE
        ]
        if verbs and _candidate(reading, Stretch(verbs[0].start, min(part.end, verbs[0].end + 40))):
            return False
    return True


_POSITIVE = {
    "pilih",
    "dukung",
    "coblos",
    "menangkan",
    "memenangkan",
    "mendukung",
    "mencoblos",
    "pilihlah",
    "dukunglah",
}


def _is_contest(reading: Reading, part: Stretch) -> bool:
    return reading.has(_words("contests"), part)


_EXPANSION = re.compile(r" ?\((?:[A-Z][a-z]+|[a-z]+ )")
_CUE_REACH = 25


@text_check("political-party", WRITTEN_OR_SHOWN)
def political_party(subject: TextSubject) -> Iterator[Hit]:
    """A party's name; abbreviations with other meanings only beside a word of parties."""
    reading = subject.reading
    for match in reading.find(_words("parties")):
        if not reading.within(_words("not_parties"), max(0, match.start - 8), match.start):
            yield Hit(params={"party": reading.text[match.start : match.end]}, span=match.span)
    for match in reading.find(data.lexicon("politics", "ambiguous_parties", exact=True)):
        cues = reading.within(_words("party_cues"), max(0, match.start - _CUE_REACH), match.start)
        if cues and not _EXPANSION.match(reading.plain, match.end):
            yield Hit(params={"party": match.entry}, span=match.span)


_NUMBER = re.compile(
    r"\b(?:nomor|no\.?|nomer) ?urut ?(?:\d{1,2}|satu|dua|tiga|empat)\b|\bsalam (?:satu"
    r"|dua|tiga|empat|lima|\d) jari\b"
)


@text_check("election-number", WRITTEN)
def election_number(subject: TextSubject) -> Iterator[Hit]:
    """In an election window no candidate's number and no hand sign, not even as a symbol."""
    if not subject.settings.election:
        return
    reading = subject.reading
    for match in _NUMBER.finditer(reading.folded):
        yield Hit(span=match.span())
    for index, sign in enumerate(subject.text):
        if sign in data.table("politics")["gestures"]:
            yield Hit(span=(index, index + 1), replacement="")


@text_check("campaign-slogan", WRITTEN_OR_SHOWN)
def campaign_slogan(subject: TextSubject) -> Iterator[Hit]:
    """The brand of a candidate's campaign; "Masjid Ar-Rahman" is none."""
    reading = subject.reading
    terms = _terms(tuple(subject.settings.campaign_terms))
    for match in reading.find(terms):
        before = Stretch(max(0, match.start - 22), match.start)
        if not reading.has(_words("not_campaign"), before):
            yield Hit(params={"term": reading.text[match.start : match.end]}, span=match.span)


@cache
def _terms(added: tuple[str, ...]) -> Lexicon:
    return Lexicon((*data.words("politics", "campaign_terms"), *added))
