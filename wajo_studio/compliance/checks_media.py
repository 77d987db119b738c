"""Checks of photos, clips and the files made from them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from wajo_studio.compliance.check import Hit, Unmeasured, check
from wajo_studio.compliance.facts import AltFact, PostFacts
from wajo_studio.domain.finding import Where
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, PhotoInfo
from wajo_studio.i18n import _, format_bytes, format_number

ALT_SHORT, ALT_LONG = 15, 250
"""Characters under and over which an alternative text helps little (rules.md, alt-text-poor)."""

_FILE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".avif")


@check("media-damaged")
def media_damaged(facts: PostFacts) -> Iterator[Hit]:
    """A damaged clip is used only within the part that can be read."""
    for item in facts.used_media():
        info = facts.media.get(item.id)
        if not isinstance(info, ClipInfo) or info.readable_until_s is None:
            continue
        end_s = item.keep[-1][1] if item.keep else item.out_s
        if end_s is None or end_s > info.readable_until_s:
            yield Hit(
                _("{file} is damaged after second {until}. Let it end before, or replace it."),
                Where("media", item.id, time=(0.0, info.readable_until_s)),
                {
                    "file": PurePosixPath(item.path).name,
                    "until": format_number(info.readable_until_s, 1),
                },
                placements=facts.uses[item.id],
            )


@check("media-duration")
def media_duration(facts: PostFacts) -> Iterator[Hit]:
    """The planned length of a clip, opener and closer included, fits the placement."""
    for clip in facts.clips:
        if clip.planned_s > clip.max_s:
            message = _("The clip lasts {planned} s, at most {limit} s are taken. Shorten it.")
            limit_s, excess_s = clip.max_s, clip.planned_s - clip.max_s
        elif clip.planned_s < clip.min_s:
            message = _("The clip lasts {planned} s, at least {limit} s are needed. Lengthen it.")
            limit_s, excess_s = clip.min_s, clip.min_s - clip.planned_s
        else:
            continue
        yield Hit(
            message,
            Where("media", clip.media_id),
            {
                "planned": format_number(clip.planned_s, 2),
                "limit": format_number(limit_s, 2),
                "excess": format_number(excess_s, 2),
            },
            placements=clip.placements,
            detail=_("Difference: {excess} s."),
        )


@check("media-bytes")
def media_bytes(facts: PostFacts) -> Iterator[Hit]:
    """A finished file is within the bytes the network takes."""
    if facts.images is None:
        raise Unmeasured(_("The pictures have not been made yet."))
    message = _("The file has {size}, at most {limit} are taken. Use another picture or crop it.")
    for image in facts.images:
        if not image.within_budget:
            yield Hit(
                message,
                Where("media", image.media_id)
                if image.media_id
                else Where("artwork", image.placements[0]),
                {"size": format_bytes(image.size_bytes), "limit": format_bytes(image.max_bytes)},
                placements=image.placements,
            )
    for clip in facts.clips:
        if clip.size_bytes and clip.max_bytes and clip.size_bytes > clip.max_bytes:
            yield Hit(
                _("The clip has {size}, at most {limit} are taken. Shorten it."),
                Where("media", clip.media_id),
                {"size": format_bytes(clip.size_bytes), "limit": format_bytes(clip.max_bytes)},
                placements=clip.placements,
            )


@check("media-too-small")
def media_too_small(facts: PostFacts) -> Iterator[Hit]:
    """A source is large enough for its slot. One finding a medium, for its largest slot."""
    slots = sorted(facts.slots, key=lambda s: s.slot.width / s.source.width, reverse=True)
    worst = {slot.media_id: slot for slot in reversed(slots)}
    for media_id, slot in worst.items():
        placements = {p for other in slots if other.media_id == media_id for p in other.placements}
        yield Hit(
            _("“{media}” offers {source} pixels where {slot} are needed. Use a larger file."),
            Where("media", media_id),
            {"media": media_id, "source": _pixels(slot.source), "slot": _pixels(slot.slot)},
            placements=tuple(placements),
        )


def _pixels(size: PixelSize) -> str:
    return f"{size.width}\u00a0×\u00a0{size.height}"


@check("audio-silence-added")
def audio_silence_added(facts: PostFacts) -> Iterator[Hit]:
    """A silent track that was put in is mentioned."""
    for clip in facts.clips:
        if clip.silence_added:
            yield Hit(
                _("“{media}” has no sound; a silent track is added."),
                Where("media", clip.media_id),
                {"media": clip.media_id},
                placements=clip.placements,
            )


@check("exif-gps")
def exif_gps(facts: PostFacts) -> Iterator[Hit]:
    """A file that tells where it was made is mentioned; every output is clean of it."""
    for item in facts.used_media():
        info, origin = facts.media.get(item.id), facts.looks.origins.get(item.id)
        told = origin is not None and (origin.location or origin.device)
        if told or (isinstance(info, PhotoInfo) and info.has_gps):
            yield Hit(
                _("{file} stores its location or data of the device. The export removes them."),
                Where("media", item.id),
                {"file": PurePosixPath(item.path).name},
                placements=facts.uses[item.id],
            )


@check("alt-text-missing")
def alt_text_missing(facts: PostFacts) -> Iterator[Hit]:
    """Every picture of the result has an alternative text."""
    for alt in facts.alts:
        if not alt.text.strip():
            message = (
                _("Write an alternative text for the picture “{media}”.")
                if alt.media_id
                else _("Write an alternative text for the artwork.")
            )
            yield Hit(message, _alt_place(alt), {"media": alt.media_id}, placements=alt.placements)


@check("alt-text-poor")
def alt_text_poor(facts: PostFacts) -> Iterator[Hit]:
    """An alternative text that a person wrote says what the picture shows."""
    captions = {text.text.strip().casefold() for text in facts.texts if text.part == "caption"}
    for alt in facts.alts:
        text = alt.text.strip()
        if text and not alt.drafted and (message := _alt_fault(text, captions)):
            yield Hit(
                message,
                _alt_place(alt),
                {"length": len(text), "short": ALT_SHORT, "long": ALT_LONG},
                placements=alt.placements,
            )


def _alt_fault(text: str, captions: set[str]) -> str | None:
    lowered = text.casefold()
    if lowered.endswith(_FILE_ENDINGS):
        return _("The alternative text is a file name. Describe what the picture shows.")
    if lowered.startswith(("gambar ", "foto ", "gambar:", "foto:")) or lowered in {
        "gambar",
        "foto",
    }:
        return _("Describe the content; “picture” or “photo” need not be said.")
    if lowered in captions:
        return _("The alternative text repeats the caption. Describe what the picture shows.")
    if len(text) < ALT_SHORT:
        return _("The alternative text has {length} characters. Say more about the content.")
    if len(text) > ALT_LONG:
        return _("The alternative text has {length} characters. {long} are enough.")
    return None


def _alt_place(alt: AltFact) -> Where:
    return Where("media", f"{alt.media_id}.alt") if alt.media_id else Where("caption", "alt")
