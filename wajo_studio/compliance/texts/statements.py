"""Statements that words or material call for; what pictures show is for people to say."""

from collections.abc import Iterator
from dataclasses import replace

from wajo_studio.compliance.check import Hit, check
from wajo_studio.compliance.checks_pictures import wait_for_looks
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.people import faces
from wajo_studio.compliance.subjects import subjects
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Lexicon
from wajo_studio.compliance.texts.reading import Reading, read
from wajo_studio.domain.finding import Where
from wajo_studio.domain.media import ClipInfo, MediaItem, PhotoInfo
from wajo_studio.i18n import _

_AI_OPTIONS = ("ai_generated", "synthetic_media")


def _shown(facts: PostFacts) -> list[MediaItem]:
    """Photos and clips that are published."""
    return [
        i for i in facts.used_media() if isinstance(facts.media.get(i.id), PhotoInfo | ClipInfo)
    ]


def _readings(facts: PostFacts) -> list[Reading]:
    return [read(text) for text in dict.fromkeys(one.subject.text for one in subjects(facts))]


def _says(facts: PostFacts, lexicon: Lexicon) -> bool:
    return any(reading.has(lexicon) for reading in _readings(facts))


def _about(facts: PostFacts, items: list[MediaItem], message: str) -> Iterator[Hit]:
    if items:
        yield Hit(
            message,
            Where("media", items[0].id),
            {"media": ", ".join(item.id for item in items)},
            placements=tuple(p for item in items for p in facts.uses[item.id]),
            detail=_("Concerned: {media}."),
        )


@check("child-consent-attest")
def child_consent_attest(facts: PostFacts) -> Iterator[Hit]:
    """Parents or guardians have agreed, where words and pictures speak of children."""
    if _says(facts, data.lexicon("people", "children")):
        message = _(
            "The text speaks of children. Are children shown? Their parents or guardians must have "
            "agreed, provably. In doubt, blur the faces."
        )
        yield from _about(facts, _shown(facts), message)
        return
    with_faces = [item for item in _shown(facts) if faces(facts, item)]
    message = _(
        "Are children among the people shown? Their parents or guardians must have agreed, "
        "provably. In doubt, blur the faces."
    )
    yield from _about(facts, with_faces, message)
    wait_for_looks(facts)


@check("graphic-content-attest")
def graphic_content_attest(facts: PostFacts) -> Iterator[Hit]:
    """Pictures of crises, accidents and aid humiliate nobody."""
    # The pillar alone says little: "krisis" stands for clarifications as well.
    if _says(facts, data.lexicon("people", "graphic_cues")):
        message = _("No blood, no bodies, no grieving faces, nobody humiliated?")
        yield from _about(facts, _shown(facts), message)


@check("ai-label-attest")
def ai_label_attest(facts: PostFacts) -> Iterator[Hit]:
    """Generated or heavily edited pictures, voices and translations are called so."""
    marks = data.lexicon("public", "ai_marks")
    if _says(facts, marks):
        return
    made = [
        item for item in facts.used_media() if (o := facts.looks.origins.get(item.id)) and o.making
    ]
    if made and not _ai_declared(facts):
        tools = {facts.looks.origins[item.id].tool for item in made} - {""}
        message = _("The file says it was made with AI ({tool}). Say so in the caption.")
        for hit in _about(facts, made, message):
            yield replace(
                hit, params={**hit.params, "tool": ", ".join(sorted(tools)) or "C2PA/IPTC"}
            )
        return
    if _ai_chosen(facts):
        return
    cues = data.lexicon("public", "ai_cues")
    items = [
        item
        for item in facts.used_media()
        if any(read(text).has(cues) for text in (item.credit, item.licence, item.path, item.alt))
    ]
    message = _("Was this made or strongly changed with AI? Then say so in the caption.")
    yield from _about(facts, items, message)


def _ai_declared(facts: PostFacts) -> bool:
    """Every placement has the network's own label switched on."""
    return all(
        any(facts.post.option(placement, option) is True for option in _AI_OPTIONS)
        for placement in facts.specs
    )


def _ai_chosen(facts: PostFacts) -> bool:
    """Every placement has the network's own label switched on or off."""
    return all(
        any(facts.post.option(placement, option) is not None for option in _AI_OPTIONS)
        for placement in facts.specs
    )


@check("state-symbol-attest")
def state_symbol_attest(facts: PostFacts) -> Iterator[Hit]:
    """Flag, emblem and anthem are used as the law wants."""
    if _says(facts, data.lexicon("people", "symbol_cues")):
        message = _(
            "Are flag, state emblem and anthem used as the law wants: whole, unaltered, with "
            "nothing written on them?"
        )
        yield from _about(facts, _shown(facts), message)


@check("election-gesture-attest")
def election_gesture_attest(facts: PostFacts) -> Iterator[Hit]:
    """In an election window no pictures with hand signs or party colours."""
    if facts.settings.election:
        yield from _about(
            facts,
            _shown(facts),
            _("No hand signs, party symbols or party colours in photos and clips?"),
        )


_NEAR_SPEAKER = 5
"""Words between the regent's title and the word that says he spoke."""


def quotes_regent(facts: PostFacts) -> bool:
    """Whether the post quotes the regent or the vice regent."""
    for reading in _readings(facts):
        said = reading.find(data.lexicon("public", "said"))
        for speaker in reading.find(data.lexicon("public", "speakers")):
            part = reading.sentence(speaker.start)
            near = [
                word
                for word in said
                if part.start <= word.start < part.end
                and abs(word.first_word - speaker.first_word) <= _NEAR_SPEAKER
            ]
            if near and '"' in reading.plain:
                return True
    return False


def announces_policy(facts: PostFacts) -> bool:
    """Whether the post announces a regulation, tariff or duty that comes into force."""
    policies, force = data.lexicon("public", "policies"), data.lexicon("public", "in_force")
    return any(
        reading.has(force, reading.sentence(policy.start))
        for reading in _readings(facts)
        for policy in reading.find(policies)
    )


def credits_person(facts: PostFacts) -> bool:
    """Whether the post names a person in office."""
    listed = [entry["name"] for entry in data.table("names")["official"]]
    names = Lexicon([*listed, *(name for name, _title in facts.settings.officials)])
    return _says(facts, names)
