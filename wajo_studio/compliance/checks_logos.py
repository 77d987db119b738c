"""Checks of the logos in an artwork, and of pictures that were published before."""

from collections.abc import Iterator

from wajo_studio.compliance.check import Hit, check
from wajo_studio.compliance.checks_artwork import painted, worst
from wajo_studio.compliance.checks_pictures import wait_for_looks
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.domain.facts import LogoMark
from wajo_studio.domain.finding import Where
from wajo_studio.i18n import WITA, _, format_date, format_number

CLEAR_SPACE = 0.25
"""Free space around a logo as a share of its height (rules.md, logo-clearspace)."""
SMALLEST_LOGO_PX = 64
"""At 1080 px width (rules.md, logo-clearspace)."""
ROUNDING = 0.92
"""How much of both limits still passes: layouts of 1600 px width round the other way."""


def _fault(mark: LogoMark) -> str | None:
    if mark.stretched:
        return _("A logo is stretched. Draw it in its own ratio.")
    if mark.height_px < SMALLEST_LOGO_PX * ROUNDING:
        return _("A logo is {size} px high at 1080 px width, at least {smallest} px are needed.")
    if mark.clear < CLEAR_SPACE * ROUNDING:
        return _("A logo has too little room: a quarter of its height has to stay free around it.")
    return None


@check("logo-clearspace")
def logo_clearspace(facts: PostFacts) -> Iterator[Hit]:
    """Logos are drawn in shape, large enough and with room around them."""
    for mark, artwork, placements in worst(
        painted(facts),
        lambda a: (mark for mark in a.logo_marks if _fault(mark)),
        lambda mark: _fault(mark) or "",
        lambda mark: -min(mark.clear, mark.height_px / SMALLEST_LOGO_PX),
    ):
        yield Hit(
            _fault(mark) or "",
            Where("artwork", artwork.placements[0], box=mark.box),
            {"size": format_number(mark.height_px, 0), "smallest": SMALLEST_LOGO_PX},
            placements=placements,
        )


@check("logo-outdated")
def logo_outdated(facts: PostFacts) -> Iterator[Hit]:
    """The logos are those that are in use now."""
    for name in facts.looks.outdated_logos:
        yield Hit(
            _("The logo {name} is on the list of logos that are no longer used. Import the new."),
            Where("artwork", next(iter(facts.specs), "")),
            {"name": name},
            placements=tuple(facts.specs),
        )


@check("media-published-before")
def media_published_before(facts: PostFacts) -> Iterator[Hit]:
    """A picture that was published before is mentioned."""
    for item in facts.used_media():
        if earlier := facts.looks.earlier.get(item.id):
            yield Hit(
                _("“{media}” was published before, in “{post}” ({date})."),
                Where("media", item.id),
                {
                    "media": item.id,
                    "post": earlier.post,
                    "date": format_date(earlier.at.astimezone(WITA).date()),
                },
                placements=facts.uses[item.id],
            )
    wait_for_looks(facts)
