"""Checks of what is written in pictures, and of who is seen in them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from wajo_studio.compliance.check import (
    MOST_HITS,
    Hit,
    Unmeasured,
    check,
    is_personal,
    text_checks,
)
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.seen_text import LEGIBLE, SURE, SeenText, around, is_covered
from wajo_studio.compliance.subjects import LocatedSubject, pictures
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.dates import dates
from wajo_studio.compliance.texts.digits import is_nik, masked, numbers
from wajo_studio.compliance.texts.reading import Reading, read
from wajo_studio.domain.finding import Severity, Where
from wajo_studio.domain.geometry import Box
from wajo_studio.i18n import _

_LEAST_LABELS, _FIELD_WORDS = 3, 5
_FILLED_IN = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d|\d{10,}")
"""What tells a document of a person from an empty form: a date of birth, a long number."""
_LETTERS = re.compile(r"[^a-z0-9/. ]")
_PLATE = re.compile(r"([A-Z]{1,2}) ?(\d{1,4}) ?([A-Z]{1,3})")
_LANDLINE = re.compile(r"(?<![\d/.])\(?0[2-7]\d{1,2}\)?[ \-]?\d{3,4}[ \-]?\d{2,4}(?![\d/.])")
"""A mobile number in a picture is to be blurred, not repeated."""
_MARGIN, _PORTRAIT = 0.12, 0.4
"""Of the words' width and height: what of a card lies around them, and beside them."""


def wait_for_looks(facts: PostFacts) -> None:
    """End a check whose pictures are not all seen yet; what it yielded so far is kept.

    Raises:
        Unmeasured: something is still being looked at, or could not be.
    """
    if facts.looks.pending:
        raise Unmeasured(_("Still being looked at."), pending=True)
    if facts.looks.failed:
        names = ", ".join(sorted(facts.looks.failed))
        raise Unmeasured(
            _("{media} could not be looked at. Look at this point yourself.").format(media=names),
            broken=True,
        )


@check("img-id-document")
def img_id_document(facts: PostFacts) -> Iterator[Hit]:
    """No picture shows an identity document or a population number."""
    known: set[str] = set()
    for one in pictures(facts, LEGIBLE):
        seen = one.seen
        assert seen is not None
        card = card_box(seen)
        niks = {n.digits: n for n in numbers(one.subject.reading, 16) if is_nik(n.digits)}
        found = {*niks, *(("card",) if card else ())}
        if one.kind == "artwork" and found <= known:
            continue  # the photo inside it was told already
        known |= found
        if card:
            message = _("The picture shows an identity document. Blur the whole card or change it.")
            yield _at(one, card, message)
        elif niks:
            yield _at(
                one,
                around([seen.box(number.span) for number in niks.values()]),
                _("A population number ({number}) can be read in the picture. Blur it."),
                number=masked(min(niks)),
            )
    wait_for_looks(facts)


def is_personal_paper(seen: SeenText) -> bool:
    """Whether a picture shows a document of a person, or a list with population numbers."""
    if card_box(seen):
        return True
    return any(is_nik(number.digits) for number in numbers(read(seen.text), 16))


def card_box(seen: SeenText) -> Box | None:
    """Where an identity document lies in a picture, if there is one with somebody's data."""
    labels: dict[str, Box] = {}
    for line in seen.lines:
        if label := _label(line.text):
            labels.setdefault(label, line.box)
    if len(labels) < _LEAST_LABELS or not _FILLED_IN.search(seen.text):
        return None
    return _whole_card(seen, around(list(labels.values())))


def _whole_card(seen: SeenText, box: Box) -> Box:
    """The card around some of its words: all words that touch, and room for the portrait.

    Which side the portrait is on depends on the card and on how it lies, so there is room on both.
    """
    near = [line for line in seen.lines if _touches(line.box, box)]
    while True:
        grown = _grown(around([box, *(line.box for line in near)]), _MARGIN, _MARGIN)
        more = [line for line in seen.lines if _touches(line.box, grown)]
        if len(more) <= len(near):
            break
        near = more
    level = sum(line.level for line in near) * 2 > len(near)
    sideways = sum(line.box.h > line.box.w for line in near) * 2 > len(near)
    words = around([box, *(line.box for line in near)])
    if sideways:
        return _grown(words, _MARGIN, _PORTRAIT)
    return _grown(words, _PORTRAIT, _MARGIN if level else _PORTRAIT)


def _label(text: str) -> str | None:
    """The label of a form that a line begins with."""
    lowered = text.lower().replace("|", "l").replace("tgi", "tgl")
    folded = " ".join(_LETTERS.sub("", lowered).split())
    for label in data.words("pictures", "document_labels"):
        if folded.startswith(label):
            rest = folded[len(label) :].strip(" .")
            # "Kartu Keluarga asli dan fotokopi" is a sentence, "NIK : 7313..." a form
            is_field = not rest[:1].isalpha() or ":" in lowered[: len(label) + 4]
            if is_field and len(rest.split()) <= _FIELD_WORDS:
                return label
    return None


def _grown(box: Box, across: float, down: float) -> Box:
    x, y = max(0.0, box.x - box.w * across), max(0.0, box.y - box.h * down)
    right, bottom = box.x + box.w * (1 + across), box.y + box.h * (1 + down)
    return Box(x, y, min(1.0, right) - x, min(1.0, bottom) - y)


def _touches(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


@check("img-pii-text")
def img_pii_text(facts: PostFacts) -> Iterator[Hit]:
    """No personal data can be read in a picture."""
    from wajo_studio.compliance.rules import load_rules

    rules = load_rules().rules
    spared = {text.casefold() for text in facts.post.exceptions.get("img-pii-text", ())}
    typed: set[str] = set()
    for one in pictures(facts, LEGIBLE):
        assert one.seen is not None
        card = card_box(one.seen)
        for rule_id, text_check in text_checks().items():
            if not is_personal(rule_id) or not rules[rule_id].enabled:
                continue
            for hit in islice(text_check(one.subject), MOST_HITS):
                severity = hit.severity or rules[rule_id].severity
                words = one.words(hit)
                if severity is not Severity.BLOCK and (
                    words in spared or (card and _lies_on(one, hit, card))
                ):
                    continue
                if one.kind == "artwork" and words in typed:
                    continue
                typed.add(words)
                yield from _personal(one, hit, rule_id, severity)
        for text, box in _plates(one.seen):
            if text.casefold() not in spared and not (one.kind == "artwork" and text in typed):
                typed.add(text)
                yield _at(
                    one,
                    box,
                    _("A vehicle's plate ({plate}) can be read in the picture. Blur it."),
                    severity=rules["pii-plate"].severity,
                    plate=f"{text[:2]} ••••",
                )
    wait_for_looks(facts)


def _personal(one: LocatedSubject, hit: Hit, rule_id: str, severity: Severity) -> Iterator[Hit]:
    if rule_id == "pii-plate":
        return  # found line by line, with and without blanks
    message = _("{kind} can be read in the picture. Blur the marked area.")
    for located in one.located([hit], ()):
        yield replace(
            located,
            message=message,
            params={"kind": _kind(rule_id)},
            severity=severity,
            span=None,
            replacement=None,
        )


def _kind(rule_id: str) -> str:
    return {
        "pii-nik": _("A population number (NIK)"),
        "pii-kk": _("A family card's number"),
        "pii-npwp": _("A tax number"),
        "pii-phone-personal": _("A mobile number that is on no list of official ones"),
        "pii-bank-account": _("A bank account"),
        "pii-home-address": _("Somebody's address"),
        "pii-medical-status": _("Somebody's illness"),
        "pii-birthdate": _("Somebody's date of birth"),
        "pii-nip": _("A civil servant's number"),
        "pii-other-id": _("A number of an identity document"),
        "pii-email-personal": _("A private e-mail address"),
        "pii-recipient-list": _("A list of people who receive aid"),
    }.get(rule_id, _("Personal data"))


def _lies_on(one: LocatedSubject, hit: Hit, card: Box) -> bool:
    assert one.seen is not None
    return hit.span is not None and is_covered(one.seen.box(hit.span), [card])


def _plates(seen: SeenText) -> Iterator[tuple[str, Box]]:
    """Lines that are nothing but a plate."""
    for line in seen.lines:
        match = _PLATE.fullmatch(line.text.strip().replace(".", " "))
        if not match or line.score < SURE:
            continue
        area, digits, ending = match.groups()
        known = area in data.words("personal", "plate_two_letters")
        known |= area in data.words("personal", "plate_one_letter") and len(digits) == 4
        local = area in data.words("personal", "plate_local")
        if (local or (known and len(digits) >= 3)) and ending not in data.words(
            "personal", "not_plate_endings"
        ):
            yield line.text, line.box


@check("img-text-only")
def img_text_only(facts: PostFacts) -> Iterator[Hit]:
    """A date or telephone number in a picture stands in the caption or alternative text too."""
    for one in pictures(facts, SURE):
        if one.kind != "media" or one.moment is not None or not one.seen:
            continue
        if is_personal_paper(one.seen):
            continue
        for placement in one.placements:
            text = _written(facts, placement)
            if text and (place := _first_missing(one.subject.reading, read(text))):
                message = _("“{words}” stands only in the picture. Write it in the caption too.")
                words = one.subject.text[slice(*place)]
                hit = _at(one, one.seen.box(place), message, words=words)
                yield replace(hit, placements=(placement,))
    wait_for_looks(facts)


def _written(facts: PostFacts, placement: str) -> str:
    """Everything a placement says in words."""
    texts = [text.text for text in facts.texts if text.placement == placement]
    alts = [alt.text for alt in facts.alts if placement in alt.placements]
    return "\n".join(filter(str.strip, [*texts, *alts]))


def _first_missing(shown: Reading, written: Reading) -> tuple[int, int] | None:
    """Where the first date or telephone number stands that the words do not repeat."""
    days = {(day.day, day.month) for period in dates(written) for day in period.days}
    for period in dates(shown):
        if not period.figures and not any((d.day, d.month) in days for d in period.days):
            return period.start, period.end
    digits = re.sub(r"\D", "", written.plain)
    for match in _LANDLINE.finditer(shown.plain):
        if re.sub(r"\D", "", match[0]) not in digits:
            return match.span()
    return None


def _at(
    one: LocatedSubject,
    box: Box,
    message: str,
    severity: Severity | None = None,
    **params: object,
) -> Hit:
    where = Where(one.kind, one.id, box=box, time=one.moment)
    return Hit(message, where, params, placements=one.placements, severity=severity)
