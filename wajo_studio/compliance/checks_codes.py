"""Checks of QR codes: what they say, judged as if it were written in the caption."""

from collections.abc import Iterator
from itertools import islice

from wajo_studio.compliance.check import MOST_HITS, Hit, TextSubject, check, text_checks
from wajo_studio.compliance.checks_pictures import wait_for_looks
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.seen_text import is_covered
from wajo_studio.compliance.subjects import plain_subject
from wajo_studio.compliance.texts.links import leads_to_official
from wajo_studio.domain.finding import Severity, Where
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.seen import SeenCode
from wajo_studio.i18n import _

_JUDGES = (
    *("link-lookalike", "link-shortener", "link-http"),
    *("pii-nik", "pii-kk", "pii-phone-personal", "pii-bank-account", "credential-leak"),
)
_SHOWN = 60
_PAYMENT = "000201"
"""How codes of QRIS and its relatives abroad begin (EMV QRCPS-MPM 1.1, payload format 01)."""


@check("img-qr-check")
def img_qr_check(facts: PostFacts) -> Iterator[Hit]:
    """Every QR code leads where people may be sent."""
    seen: set[str] = set()
    for item in facts.used_media():
        picture = facts.looks.pictures.get(item.id)
        blurred = [Box(*area) for area in item.blur]
        for code in picture.codes if picture else ():
            if not is_covered(code.box, blurred):
                seen.add(code.text)
                where = Where("media", item.id, box=code.box)
                yield _judged(facts, code, where, facts.uses[item.id])
        clip = facts.looks.clips.get(item.id)
        for time_s, moment in clip.moments if clip else ():
            for code in moment.codes:
                if code.text not in seen:
                    seen.add(code.text)
                    where = Where("media", item.id, box=code.box, time=(time_s, time_s))
                    yield _judged(facts, code, where, facts.uses[item.id])
    for artwork in facts.looks.artworks:
        for code in artwork.seen.codes:
            if code.text not in seen:
                seen.add(code.text)
                where = Where("artwork", artwork.placements[0], box=code.box)
                yield _judged(facts, code, where, artwork.placements)
    wait_for_looks(facts)


def _judged(facts: PostFacts, code: SeenCode, where: Where, placements: tuple[str, ...]) -> Hit:
    message, severity, target = _verdict(facts, code.text)
    return Hit(message, where, {"target": target}, placements=placements, severity=severity)


def _verdict(facts: PostFacts, text: str) -> tuple[str, Severity | None, str]:
    """Message, severity (None: the rule's own) and what to show of the code."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    if text.startswith(_PAYMENT):
        return _("The QR code asks for a payment. Is it the office's own?"), None, shown
    if text.upper().startswith("WIFI:"):
        return _("The QR code gives away access to a wireless network. Remove it."), None, "WIFI"
    subject = plain_subject(facts, text, "image")
    if gravest := _gravest(subject):
        message = _("The QR code leads to {target}: {trouble}").replace("{trouble}", gravest[1])
        return message, gravest[0], shown
    if leads_to_official(subject):
        return _("The QR code leads to {target}."), Severity.INFO, shown
    return _("The QR code leads to {target}. Make sure that is official."), None, shown


def _gravest(subject: TextSubject) -> tuple[Severity, str] | None:
    """The gravest of what the rules of texts say about a code, with that rule's title."""
    from wajo_studio.compliance.rules import load_rules

    rules = load_rules().rules
    for rule_id in sorted(_JUDGES, key=lambda r: rules[r].severity is not Severity.BLOCK):
        rule = rules[rule_id]
        if rule.enabled and list(islice(text_checks()[rule_id](subject), MOST_HITS)):
            return rule.severity, str(rule.title).replace("{", "{{").replace("}", "}}")
    return None
