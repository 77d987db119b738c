"""What only a person can confirm: each check asks when the post calls for the statement."""

from collections.abc import Iterator, Sequence

from wajo_studio.compliance.check import HEAD_ROLES, Hit, check
from wajo_studio.compliance.checks_pictures import wait_for_looks
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.people import faces, has_music, may_show_people, near_faces
from wajo_studio.compliance.texts.statements import (
    announces_policy,
    credits_person,
    quotes_regent,
)
from wajo_studio.domain.finding import Severity, Where
from wajo_studio.domain.media import ClipInfo, MediaItem, PhotoInfo
from wajo_studio.domain.post import InformationClass, Pillar
from wajo_studio.i18n import _, ngettext


@check("info-class-attest")
def info_class_attest(facts: PostFacts) -> Iterator[Hit]:
    """An information class is chosen, and it is none that must not be published."""
    place = Where("post", "information_class")
    if facts.post.information_class is InformationClass.EXEMPT:
        yield Hit(
            _("Exempt information must not be published. Ask the PPID, or do not publish."),
            place,
            severity=Severity.BLOCK,
            waivable=False,
        )
    elif facts.post.information_class is None:
        yield Hit(_("Choose the information class. In doubt, ask the PPID."), place)


@check("face-consent-attest")
def face_consent_attest(facts: PostFacts) -> Iterator[Hit]:
    """The people shown have agreed; a tick at every photo and clip says so as well."""
    shown = [
        item
        for item in facts.used_media()
        if isinstance(facts.media.get(item.id), PhotoInfo | ClipInfo)
        and not item.consent
        and may_show_people(facts, item)
    ]
    near = sum(len(near_faces(facts, item)) for item in shown)
    small = sum(len(faces(facts, item)) for item in shown)
    if near:
        message = ngettext(
            "{faces} face is seen from near. Did the person agree? Attach the proof, or blur it.",
            "{faces} faces are seen from near. Did the people agree? Attach the proof, or blur.",
            near,
        )
    elif small:
        message = _("People are seen from afar. Was it a public event, or did they agree?")
    else:
        message = ngettext(
            "{count} photo or clip may show people. Did they agree? Attach the proof.",
            "{count} photos or clips may show people. Did they agree? Attach the proof.",
            len(shown),
        )
    yield from _about(facts, shown, message, faces=near or small)
    wait_for_looks(facts)


@check("photo-rights-attest")
def photo_rights_attest(facts: PostFacts) -> Iterator[Hit]:
    """The photos may be used; a credit answers the question."""
    items = [
        item
        for item in facts.used_media()
        if isinstance(facts.media.get(item.id), PhotoInfo) and not item.credit.strip()
    ]
    message = ngettext(
        "Is this photo your own, licensed or permitted? Or fill in its credit.",
        "Are these {count} photos your own, licensed or permitted? Or fill in their credit.",
        len(items),
    )
    yield from _about(facts, items, message)


@check("music-licence-attest")
def music_licence_attest(facts: PostFacts) -> Iterator[Hit]:
    """The music may be used on every network where it is heard."""
    items = [item for item in facts.used_media() if item.use == "music" or has_music(facts, item)]
    licences = ", ".join(filter(None, (item.licence.strip() for item in items)))
    if licences:
        message = _("Does the licence of the music ({licence}) hold on every network chosen?")
    else:
        message = _("Which music is it, and what is its licence?")
    yield from _about(facts, items, message, licence=licences)
    wait_for_looks(facts)


def _about(
    facts: PostFacts, items: Sequence[MediaItem], message: str, **params: object
) -> Iterator[Hit]:
    """One question about several media, placed at the first of them."""
    if items:
        yield Hit(
            message,
            Where("media", items[0].id),
            {"count": len(items), "media": ", ".join(item.id for item in items), **params},
            placements=tuple(p for item in items for p in facts.uses[item.id]),
            detail=_("Concerned: {media}."),
        )


@check("head-approval-attest")
def head_approval_attest(facts: PostFacts) -> Iterator[Hit]:
    """Crises, waived blocks, new rules and the regent's words need the head."""
    waived_below = [w for w in facts.waived if w.role.strip().casefold() not in HEAD_ROLES]
    place = Where("post", "attestations")
    if facts.post.pillar is Pillar.CRISIS:
        yield Hit(_("A crisis post needs the approval of the head of the agency."), place)
    elif waived_below:
        yield Hit(
            _("A blocking finding was waived; the head of the agency has to approve."),
            Where("post", "waivers"),
        )
    elif announces_policy(facts):
        yield Hit(_("The post announces a new rule; the head of the agency has to approve."), place)
    elif quotes_regent(facts):
        yield Hit(_("The post quotes the regent; the head of the agency has to approve."), place)
    elif facts.settings.election and credits_person(facts):
        yield Hit(
            _("Election window: the post credits a person; the head of the agency has to approve."),
            place,
        )
