"""What YouTube is told about a video before its bytes. Source: youtube.md 3, 4.1, 4.2."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wajo_studio.errors import RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.parcel import Parcel
from wajo_studio.text import split_tags

NO_CHOICE = N_(
    "YouTube needs an answer to {option}. Your post is safe; answer it under Options, then send "
    "it again."
)
NOT_PUBLIC = N_(
    "YouTube publishes a scheduled video for everybody, and this one is to be {privacy}. Your "
    "post is safe; choose public, or send it without a time."
)
TOO_LATE = N_("The time for which this was planned has passed. Your post is safe; choose another.")

_REQUIRED = ("privacy", "made_for_kids")


def check(parcel: Parcel, now: datetime) -> None:
    """Refuse what only the person can answer, before anything is sent.

    Raises:
        RejectedError: an answer is missing, or the planned time does not fit.
    """
    for option in _REQUIRED:
        if parcel.options.get(option) is None:
            raise RejectedError(NO_CHOICE, code="publish.options", option=option)
    privacy = parcel.options["privacy"]
    if parcel.scheduled_at is not None and privacy != "public":
        raise RejectedError(NOT_PUBLIC, code="publish.options", privacy=privacy)
    check_time(parcel, now)


def check_time(parcel: Parcel, now: datetime) -> None:
    """Refuse a planned time that has passed: YouTube would publish at once, silently late.

    Raises:
        RejectedError: it has passed.
    """
    if parcel.scheduled_at is not None and parcel.scheduled_at <= now:
        raise RejectedError(TOO_LATE, code="publish.missed")


def privacy_of(parcel: Parcel) -> str:
    """The privacy to ask for: a scheduled video is private until its time."""
    return "private" if parcel.scheduled_at else str(parcel.options["privacy"])


def resource(parcel: Parcel, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The video resource of ``videos.insert``."""
    options = parcel.options
    status: dict[str, Any] = {
        "privacyStatus": privacy_of(parcel),
        "selfDeclaredMadeForKids": bool(options["made_for_kids"]),
        "containsSyntheticMedia": bool(options.get("synthetic_media", False)),
        "license": "youtube",
        "embeddable": True,
        "publicStatsViewable": True,
    }
    if parcel.scheduled_at is not None:
        status["publishAt"] = parcel.scheduled_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    language = settings["default_language"]
    snippet = {
        "title": parcel.text("title"),
        "description": parcel.text("description"),
        "tags": split_tags(parcel.text("tags")),
        "categoryId": str(options.get("category") or settings["default_category"]),
        "defaultLanguage": language,
        "defaultAudioLanguage": language,
    }
    return {"snippet": snippet, "status": status}
