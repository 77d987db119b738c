"""Checks of the post itself: fields, material, options, schedule."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from wajo_studio.compliance.check import Hit, check
from wajo_studio.compliance.facts import MissingMaterial, PostFacts
from wajo_studio.domain.finding import Where
from wajo_studio.domain.post import Pillar
from wajo_studio.i18n import N_, WITA, _, format_date, format_datetime

_OPTIONS = {
    "privacy": N_("who may see it"),
    "privacy_level": N_("who may see it"),
    "made_for_kids": N_("made for kids or not"),
    "music_usage_confirmed": N_("confirmation of the music's use"),
    "title": N_("title"),
}


@check("field-required")
def field_required(facts: PostFacts) -> Iterator[Hit]:
    """Every field the template requires holds something."""
    for field in facts.template.fields:
        if field.required and not field.filled:
            yield Hit(
                _("The field “{field}” is empty. Fill it in."),
                Where("field", field.id),
                {"field": field.label},
            )


@check("media-missing")
def media_missing(facts: PostFacts) -> Iterator[Hit]:
    """Every placement has what it is made of."""
    for missing in facts.missing:
        yield Hit(
            _missing_message(missing),
            Where("post", "media"),
            {
                "placement": facts.specs[missing.placement].label,
                "have": missing.have,
                "need": missing.need,
            },
            placements=(missing.placement,),
        )


def _missing_message(missing: MissingMaterial) -> str:
    if missing.have:
        return _("{placement} needs at least {need} pictures, there is {have}. Add some.")
    if missing.needs == "clip":
        return _("{placement} needs a clip. Add one or remove the placement.")
    if missing.needs == "picture":
        return _("{placement} needs a picture. Add one or remove the placement.")
    return _("{placement} needs a picture or a clip. Add one or remove the placement.")


@check("schedule-quiet-day")
def schedule_quiet_day(facts: PostFacts) -> Iterator[Hit]:
    """On days that the office keeps quiet, only what is urgent goes out."""
    if facts.post.pillar is Pillar.CRISIS:
        return
    day = facts.post.schedule.astimezone(WITA).date() if facts.post.schedule else facts.today
    for name, first, last in facts.settings.quiet_days:
        if (first or last or day) <= day <= (last or first or day):
            yield Hit(
                _("{day} is a quiet day ({name}). Choose another day if this is not urgent."),
                Where("post", "schedule"),
                {"day": format_date(day), "name": name},
            )


@check("schedule-past")
def schedule_past(facts: PostFacts) -> Iterator[Hit]:
    """A schedule lies in the future."""
    schedule = facts.post.schedule
    if schedule is None:
        return
    moment = schedule if schedule.tzinfo else schedule.replace(tzinfo=WITA)
    if moment < facts.now:
        yield Hit(
            _("The schedule, {time}, has passed. Choose another time."),
            Where("post", "schedule"),
            {"time": format_datetime(moment)},
        )


@check("option-required")
def option_required(facts: PostFacts) -> Iterator[Hit]:
    """What a network demands before publishing has been chosen."""
    for placement, spec in facts.specs.items():
        titled = any(
            text.placement == placement and text.part == "title" and text.text.strip()
            for text in facts.texts
        )
        for option in spec.required_options:
            if option == "title" and titled:
                continue
            if facts.post.option(placement, option) is None:
                yield Hit(
                    _("{network} asks for “{option}” before publishing. Choose it."),
                    Where("post", f"options.{spec.network}.{option}"),
                    {
                        "network": _network_name(spec.label),
                        "option": _(_OPTIONS.get(option, option)),
                    },
                    placements=(placement,),
                )


def _network_name(label: str) -> str:
    """The network's name, the first word of a placement's label such as ``TikTok Video``."""
    return label.partition(" ")[0]


@check("carousel-cover-only")
def carousel_cover_only(facts: PostFacts) -> Iterator[Hit]:
    """Placements of one item say that they got the cover slide alone."""
    if facts.cover_only:
        yield Hit(
            _("Only the cover slide goes here; the other slides appear in carousels."),
            Where("artwork", facts.cover_only[0]),
            placements=facts.cover_only,
        )


@check("media-left-out")
def media_left_out(facts: PostFacts) -> Iterator[Hit]:
    """Media beyond a placement's maximum are named."""
    for left_out in facts.left_out:
        yield Hit(
            _("{placement} takes {limit} files; left out: {media}. Change the order to choose."),
            Where("media", left_out.media_ids[0]),
            {
                "placement": facts.specs[left_out.placement].label,
                "limit": left_out.limit,
                "media": ", ".join(left_out.media_ids),
            },
            placements=(left_out.placement,),
        )


@check("extension-wrong")
def extension_wrong(facts: PostFacts) -> Iterator[Hit]:
    """A file ending that does not fit the content is mentioned."""
    for item in facts.post.media:
        info = facts.media.get(item.id)
        path = PurePosixPath(item.path)
        if info and path.suffix.lower() not in info.expected_suffixes:
            yield Hit(
                _("{file} is really {format}; it is used all the same."),
                Where("media", item.id),
                {"file": path.name, "format": info.format},
                placements=facts.uses.get(item.id, ()),
            )
