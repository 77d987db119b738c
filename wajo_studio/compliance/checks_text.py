"""Checks of one text against what its network takes."""

from collections.abc import Iterator

from wajo_studio.compliance.check import Hit, TextSubject, text_check
from wajo_studio.i18n import N_, _, format_date, format_number
from wajo_studio.specs.model import Source

_PARTS = {
    "caption": N_("The caption"),
    "title": N_("The title"),
    "description": N_("The description"),
    "tags": N_("The tags"),
    "alt": N_("The alternative text"),
}
_UNITS = {
    "utf8_bytes": N_("{part} has {length} of {limit} bytes. Cut at least {excess}."),
    "x_weighted": N_(
        "{part} has {length} of {limit} characters by X's count. Cut at least {excess}."
    ),
}
_ANY_UNIT = N_("{part} has {length} of {limit} characters. Cut at least {excess}.")


@text_check("platform-text-limit")
def platform_text_limit(subject: TextSubject) -> Iterator[Hit]:
    """A text is no longer than its network takes, counted as the network counts."""
    if subject.length <= subject.limit:
        return
    yield Hit(
        _(_UNITS.get(subject.unit, _ANY_UNIT)),
        params={
            "part": _(_PARTS[subject.part]),
            "length": format_number(subject.length),
            "limit": format_number(subject.limit),
            "excess": format_number(subject.length - subject.limit),
        },
        source=_page(subject),
    )


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
