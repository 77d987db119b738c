"""Checks of one text against what its network takes."""

from collections.abc import Iterator

from wajo_studio.compliance.check import Hit, TextSubject, text_check
from wajo_studio.i18n import N_, _, format_date, format_number
from wajo_studio.specs.model import Source
from wajo_studio.text import Found, excess, find_hashtags, find_links, find_mentions

_PARTS = {
    "caption": N_("The caption"),
    "title": N_("The title"),
    "description": N_("The description"),
    "tags": N_("The tags"),
    "alt": N_("The alternative text"),
}
_BODIES = ("caption", "description")
"""The parts that are a post's own words; titles and tags are not asked for links or hashtags."""

_LENGTHS = {
    "utf8_bytes": N_("{part} has {length} of {limit} bytes. Cut at least {excess} characters."),
    "x_weighted": N_(
        "{part} has {length} of {limit} by X's count. Cut at least {excess} characters."
    ),
}
_CHARACTERS = N_("{part} has {length} of {limit} characters. Cut at least {excess}.")


@text_check("platform-text-limit")
def platform_text_limit(subject: TextSubject) -> Iterator[Hit]:
    """A text is no longer than its network takes, counted as the network counts."""
    if subject.length <= subject.limit:
        return
    surplus = subject.length - subject.limit
    if subject.spec:  # what it takes in characters, which in bytes or X's weight is another number
        surplus = excess(subject.text, subject.spec)
    end = len(subject.text)
    yield Hit(
        _(_LENGTHS.get(subject.unit, _CHARACTERS)),
        params={
            "part": _(_PARTS[subject.part]),
            "length": format_number(subject.length),
            "limit": format_number(subject.limit),
            "excess": format_number(surplus),
        },
        span=(end - surplus, end),
        source=_page(subject),
    )


@text_check("platform-hashtag-limit")
def platform_hashtag_limit(subject: TextSubject) -> Iterator[Hit]:
    """A text has no more hashtags than its network takes."""
    limit = subject.spec.max_hashtags if subject.spec else None
    if limit is not None:
        yield from _too_many(
            subject,
            find_hashtags(subject.text, subject.network),
            limit,
            _("{count} hashtags, at most {limit} are taken. Remove {surplus}."),
        )


@text_check("mention-limit")
def mention_limit(subject: TextSubject) -> Iterator[Hit]:
    """A text mentions no more accounts than its network takes."""
    limit = subject.spec.max_mentions if subject.spec else None
    if limit is not None:
        yield from _too_many(
            subject,
            find_mentions(subject.text, subject.network),
            limit,
            _("{count} accounts are mentioned, at most {limit} are taken. Remove {surplus}."),
        )


def _too_many(subject: TextSubject, found: list[Found], limit: int, message: str) -> Iterator[Hit]:
    surplus = found[limit:]
    if surplus:
        yield Hit(
            message,
            params={"count": len(found), "limit": limit, "surplus": len(surplus)},
            span=(surplus[0].start, surplus[-1].end),
            source=_page(subject),
        )


@text_check("platform-link-dead")
def platform_link_dead(subject: TextSubject) -> Iterator[Hit]:
    """A link in a caption can be clicked. One finding a text, at its first link."""
    if not subject.spec or subject.spec.links != "plain" or subject.part not in _BODIES:
        return
    links = find_links(subject.text)
    if links:
        yield Hit(
            _("Links cannot be clicked here. Write “link in our bio” instead."),
            params={"count": len(links)},
            span=links[0].span,
            source=_page(subject),
        )


@text_check("hashtag-required-missing")
def hashtag_required_missing(subject: TextSubject) -> Iterator[Hit]:
    """A caption carries the hashtags the regency asks for; silent where it asks for none."""
    required = subject.settings.required_hashtags
    if not required or subject.part not in _BODIES:
        return
    there = {find.text[1:].casefold() for find in find_hashtags(subject.text, subject.network)}
    lacking = [f"#{tag}" for tag in required if tag.casefold() not in there]
    if lacking:
        yield Hit(_("Add {hashtags}."), params={"hashtags": " ".join(lacking)})


@text_check("text-missing")
def text_missing(subject: TextSubject) -> Iterator[Hit]:
    """A text the network demands is there."""
    if subject.spec and subject.spec.required and not subject.text.strip():
        yield Hit(
            _("{part} is empty, and the network demands it. Write it."),
            params={"part": _(_PARTS[subject.part])},
            source=_page(subject),
        )


@text_check("text-forbidden-character")
def text_forbidden_character(subject: TextSubject) -> Iterator[Hit]:
    """A text holds no character the network refuses. One finding a character."""
    for sign in subject.spec.forbidden if subject.spec else ():
        count = subject.text.count(sign)
        if count:
            start = subject.text.index(sign)
            shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
            yield Hit(
                _("{part} holds the character {sign}, which the network refuses. Remove it."),
                params={"part": _(_PARTS[subject.part]), "sign": shown, "count": count},
                span=(start, start + len(sign)),
                detail=_("Found {count} times.") if count > 1 else "",
                source=_page(subject),
            )


def _page(subject: TextSubject) -> str | None:
    return spec_page(subject.spec.source) if subject.spec else None


def spec_page(source: Source) -> str:
    """The network's page behind a limit and the day it was checked, as findings name it."""
    return _("{page}, checked {day}").format(page=source.url, day=format_date(source.checked))
