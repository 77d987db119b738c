"""What only the person may choose for TikTok, checked before anything is sent.

Source: tiktok.md 4.2, 4.3, 4.9 (TT-guide): there is no default for who sees a post, everything
else is off until it is chosen, and what the creator has switched off stays off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wajo_studio.errors import RejectedError
from wajo_studio.i18n import N_, _
from wajo_studio.networks.answers import dig
from wajo_studio.networks.parcel import Parcel

NO_AUDIENCE = N_(
    "TikTok needs to know who may see this. Your post is safe; choose it under Options "
    "(privacy_level)."
)
NO_CONSENT = N_(
    "TikTok needs your consent to its Music Usage Confirmation. Your post is safe; give it under "
    "Options (music_usage_confirmed)."
)
BRANDED_PRIVATE = N_(
    "A paid partnership cannot be visible to yourself alone. Your post is safe; choose another "
    "audience."
)
NOT_OFFERED = N_(
    "TikTok does not offer the audience {level} to this account, only {offered}. Your post is "
    "safe; choose one of these."
)
TOO_LONG = N_(
    "This account may post clips of up to {limit} seconds, and this one has {duration}. Your post "
    "is safe; shorten it."
)
SWITCHED_OFF = N_("The account's settings on TikTok do not allow {what}; it was left out.")
COMMENTS, DUETS, STITCHES = N_("comments"), N_("duets"), N_("stitches")
NO_FIRST_COMMENT = N_("TikTok takes no first comment from programs; write it in the TikTok app.")
NO_AI_MARK = N_("TikTok takes no AI mark for photos from programs; set it in the TikTok app.")

PARTNER, SELF = "brand_content", "SELF_ONLY"


def check(parcel: Parcel) -> None:
    """Refuse what the post itself lacks.

    Raises:
        RejectedError: a choice is missing, or two exclude each other.
    """
    options = parcel.options
    if not options.get("privacy_level"):
        raise RejectedError(NO_AUDIENCE, code="publish.options")
    if options.get("music_usage_confirmed") is not True:
        raise RejectedError(NO_CONSENT, code="publish.options")
    if options.get(PARTNER) and options["privacy_level"] == SELF:
        raise RejectedError(BRANDED_PRIVATE, code="publish.options")


@dataclass(frozen=True)
class Creator:
    """What the account may do now, as ``creator_info`` tells; asked before each post."""

    username: str
    audiences: tuple[str, ...]
    off: frozenset[str]
    longest_s: float

    @classmethod
    def of(cls, document: Any) -> "Creator":
        """From TikTok's answer."""
        data = dig(document, "data") or {}
        switches = ("comment", "duet", "stitch")
        return cls(
            str(data.get("creator_username") or ""),
            tuple(map(str, data.get("privacy_level_options") or ())),
            frozenset(name for name in switches if data.get(f"{name}_disabled")),
            float(data.get("max_video_post_duration_sec") or 0.0),
        )

    def check(self, parcel: Parcel) -> None:
        """Refuse what this account may not do.

        Raises:
            RejectedError: the audience is not offered, or the clip is too long.
        """
        level = str(parcel.options["privacy_level"])
        if level not in self.audiences:
            raise RejectedError(
                NOT_OFFERED,
                code="publish.options",
                level=level,
                offered=", ".join(self.audiences),
            )
        duration_s = parcel.clip.duration_s if parcel.clip else None
        if duration_s is not None and self.longest_s and duration_s > self.longest_s:
            raise RejectedError(TOO_LONG, limit=f"{self.longest_s:g}", duration=f"{duration_s:g}")


def post_info(parcel: Parcel, creator: Creator) -> tuple[dict[str, Any], list[str]]:
    """``post_info`` of a direct post, and remarks on what had to be left out."""
    options = parcel.options
    clip = parcel.clip is not None
    remarks = standing_remarks(parcel)
    info: dict[str, Any] = {
        "privacy_level": options["privacy_level"],
        "brand_content_toggle": bool(options.get(PARTNER, False)),
        "brand_organic_toggle": bool(options.get("brand_organic", False)),
    }
    switches = {"comment": COMMENTS, "duet": DUETS, "stitch": STITCHES}
    for name, what in switches.items() if clip else (("comment", COMMENTS),):
        wanted = bool(options.get(f"allow_{name}", False))
        if wanted and name in creator.off:
            remarks.append(_(SWITCHED_OFF).format(what=_(what)))
        info[f"disable_{name}"] = not wanted or name in creator.off
    if clip:
        info |= {"title": parcel.text("caption"), "is_aigc": bool(options.get("ai_generated"))}
        cover_s = parcel.cover_s if parcel.cover_s is not None else options.get("cover_s")
        if cover_s is not None:
            info["video_cover_timestamp_ms"] = round(float(cover_s) * 1000)
    else:
        info |= {**photo_texts(parcel), "auto_add_music": False}
    return info, remarks


def photo_texts(parcel: Parcel) -> Mapping[str, str]:
    """Title and description of a photo post; empty ones are left out."""
    texts = {"title": parcel.text("title"), "description": parcel.text("caption")}
    return {name: text for name, text in texts.items() if text}


def standing_remarks(parcel: Parcel) -> list[str]:
    """What TikTok takes from no program."""
    remarks = []
    if parcel.options.get("first_comment"):
        remarks.append(_(NO_FIRST_COMMENT))
    if parcel.options.get("ai_generated") and parcel.clip is None:
        remarks.append(_(NO_AI_MARK))
    return remarks
