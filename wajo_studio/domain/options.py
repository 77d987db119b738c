"""The closed list of options: what only one network asks, and what any of them may be asked.

The list is part of the contract of post.toml. Values with a fixed set of choices take the
networks' own words.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from wajo_studio.domain.media import Reframe
from wajo_studio.domain.placement import PLACEMENTS, Network, network_of
from wajo_studio.domain.validation import (
    BAD_CHARACTERS,
    BELOW,
    LIST,
    NOT_A_CHOICE,
    NUMBER,
    TEXT,
    TRUE_OR_FALSE,
    excerpt,
    is_storable,
    refusal,
    unknown_key,
    wrong_type,
)
from wajo_studio.i18n import N_

OptionKind = Literal["text", "flag", "seconds", "texts", "digits", "choice"]


@dataclass(frozen=True)
class Option:
    """What values an option takes.

    Attributes:
        kind: ``text``; ``flag`` (true or false); ``seconds`` (a number from 0); ``texts`` (a
            list of texts); ``digits`` (a text of digits); ``choice`` (one of ``choices``).
        choices: the allowed texts of a ``choice``.
    """

    kind: OptionKind
    choices: tuple[str, ...] = ()


_TEXT, _FLAG, _SECONDS, _TEXTS = Option("text"), Option("flag"), Option("seconds"), Option("texts")

ANY_NETWORK: dict[str, Option] = {
    "format": Option("choice", ("4:5", "1:1", "9:16", "16:9")),
    "first_comment": _TEXT,
    "reframe": Option("choice", get_args(Reframe)),
}
"""Options that may stand under every network and placement."""

OF_NETWORK: dict[Network, dict[str, Option]] = {
    Network.YOUTUBE: {
        "title": _TEXT,
        "tags": _TEXTS,
        # Source: https://developers.google.com/youtube/v3/docs/videos (2026), privacyStatus.
        "privacy": Option("choice", ("private", "unlisted", "public")),
        "made_for_kids": _FLAG,
        # A numeric string from videoCategories.list. Source: the same page, categoryId.
        "category": Option("digits"),
        "synthetic_media": _FLAG,
        "notify_subscribers": _FLAG,
        "playlist": _TEXT,
    },
    Network.TIKTOK: {
        "title": _TEXT,
        # Source: https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info
        # (copies of 2025-2026), privacy_level_options of public and of private accounts.
        "privacy_level": Option(
            "choice",
            (
                "PUBLIC_TO_EVERYONE",
                "MUTUAL_FOLLOW_FRIENDS",
                "FOLLOWER_OF_CREATOR",
                "SELF_ONLY",
            ),
        ),
        "allow_comment": _FLAG,
        "allow_duet": _FLAG,
        "allow_stitch": _FLAG,
        "music_usage_confirmed": _FLAG,
        "brand_organic": _FLAG,
        "brand_content": _FLAG,
        "ai_generated": _FLAG,
        "cover_s": _SECONDS,
        "logo": _FLAG,
    },
    Network.X: {"confirm_cost": _FLAG, "thread": _FLAG, "ai_generated": _FLAG},
    Network.INSTAGRAM: {
        "share_to_feed": _FLAG,
        # The id of a Facebook Page with coordinates.
        "location_id": Option("digits"),
        "collaborators": _TEXTS,
        "ai_generated": _FLAG,
    },
    Network.FACEBOOK: {"link": _TEXT, "place": _TEXT},
}
"""Options by network; a placement of the network takes the same ones."""

_SCOPES = (*(network.value for network in Network), *PLACEMENTS)

UNQUOTED = N_(
    "{file}: {key} is no option; a placement stands in quotes, so write "
    '[options."{placement}"] instead.'
)
NOT_DIGITS = N_('{file}: {key} must be digits in quotes, such as "25", not {actual}.')


def options_of(scope: str) -> dict[str, Option]:
    """The options a network or placement takes, those of any network last."""
    return OF_NETWORK[network_of(scope)] | ANY_NETWORK


def check_options(options: dict[str, Any], placements: tuple[str, ...]) -> None:
    """Refuse options that are not in the list, but only of networks the post goes to.

    Raises:
        PydanticCustomError: for a validator; names the first option that cannot be used.
    """
    used = {network_of(placement) for placement in placements}
    for scope, values in options.items():
        if is_of_unused_network(scope, used):
            continue
        if scope not in _SCOPES:
            raise unknown_key(scope, _SCOPES)
        known = options_of(scope)
        for name, value in values.items():
            placement = f"{scope}.{name}"
            if name not in known and placement in PLACEMENTS:
                raise refusal(UNQUOTED, at=(scope, name), placement=placement)
            if name not in known:
                raise unknown_key(name, known, at=(scope, name))
            _check_value(known[name], value, (scope, name))


def is_of_unused_network(scope: str, used: set[Network]) -> bool:
    """Whether a scope belongs to one of the five networks that the post does not go to."""
    network = scope.partition(".")[0]
    return network in set(Network) and network not in used


def _check_text(value: object, at: tuple[int | str, ...]) -> None:
    if not isinstance(value, str):
        raise wrong_type(TEXT, value, at=at)
    if not is_storable(value):
        raise refusal(BAD_CHARACTERS, at=at)


def _check_value(option: Option, value: object, at: tuple[int | str, ...]) -> None:
    match option.kind:
        case "text":
            _check_text(value, at)
        case "flag":
            if not isinstance(value, bool):
                raise wrong_type(TRUE_OR_FALSE, value, at=at)
        case "seconds":
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise wrong_type(NUMBER, value, at=at)
            if not 0 <= value < float("inf"):
                raise refusal(BELOW, at=at, value=excerpt(value), limit="0")
        case "texts":
            if not isinstance(value, (list, tuple)):
                raise wrong_type(LIST, value, at=at)
            for index, entry in enumerate(value):
                _check_text(entry, (*at, index))
        case "digits":
            if not (isinstance(value, str) and value.isascii() and value.isdecimal()):
                raise refusal(NOT_DIGITS, at=at, actual=excerpt(value))
        case "choice":
            if value not in option.choices:
                choices = ", ".join(option.choices)
                raise refusal(NOT_A_CHOICE, at=at, value=excerpt(value), choices=choices)
