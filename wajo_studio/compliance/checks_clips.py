"""Checks of what clips show and let hear: flashes, speech without subtitles, loudness."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from wajo_studio.compliance.check import Hit, check
from wajo_studio.compliance.checks_pictures import wait_for_looks
from wajo_studio.compliance.facts import Cue, PostFacts
from wajo_studio.compliance.texts import data
from wajo_studio.domain.finding import Severity, Where
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.domain.seen import ClipHeard, ClipSeen
from wajo_studio.i18n import _, format_number, ngettext

LOUDEST_LUFS, QUIETEST_LUFS = -12.0, -20.0
"""Between these a clip needs no levelling (rules.md, audio-loudness)."""
_PROGRAMME_LUFS = -52.0
"""Below this the export leaves sound as it is: only noise would be raised."""
_QUIET_START_S = 3.0
_CLIPPED_SHARE = 0.1
"""Share of the fifths of a second in which the recording hit its ceiling. Loud masters do so now
and then, a microphone held too near does all the time."""
_CLIPPED_EVERY_S = 0.2
_SPEECH_S = 2.0
"""Less speech than this in a whole clip is a call or a laugh."""


def _clips(facts: PostFacts) -> Iterator[tuple[MediaItem, ClipSeen]]:
    for item in facts.used_media():
        if isinstance(facts.media.get(item.id), ClipInfo) and item.id in facts.looks.clips:
            yield item, facts.looks.clips[item.id]


def kept(item: MediaItem, until_s: float) -> tuple[tuple[float, float], ...]:
    """The seconds of the source that are published."""
    if item.keep:
        return item.keep
    return ((item.in_s or 0.0, item.out_s if item.out_s is not None else until_s),)


def _within(
    stretches: tuple[tuple[float, float], ...], ranges: tuple[tuple[float, float], ...]
) -> list[tuple[float, float]]:
    """The parts of stretches that lie in the ranges."""
    return [
        (max(start, left), min(end, right))
        for start, end in stretches
        for left, right in ranges
        if min(end, right) > max(start, left)
    ]


@check("video-flashing")
def video_flashing(facts: PostFacts) -> Iterator[Hit]:
    """No more than three flashes in any second (WCAG 2.2, 2.3.1)."""
    for item, clip in _clips(facts):
        ranges = kept(item, clip.span[1])
        for flashing in clip.flashing:
            parts = _within(((flashing.start_s, flashing.end_s),), ranges)
            if parts:
                red = flashing.kind == "red"
                yield Hit(
                    _("Saturated red flashes {count} times within a second. Cut or darken it.")
                    if red
                    else _("The picture flashes {count} times within a second. Cut or darken it."),
                    Where("media", item.id, time=parts[0]),
                    {"count": flashing.flashes},
                    placements=facts.uses[item.id],
                )
    wait_for_looks(facts)


@check("video-captions-missing")
def video_captions_missing(facts: PostFacts) -> Iterator[Hit]:
    """A clip in which people speak has subtitles, and they can be read in their time."""
    for item, clip in _clips(facts):
        ranges = kept(item, clip.span[1])
        if item.subtitles is None:
            spoken = _within(clip.sound.speech, ranges) if clip.sound else []
            if sum(end - start for start, end in spoken) >= _SPEECH_S:
                yield Hit(
                    _("Somebody speaks in “{media}”, and it has no subtitles. Add a file."),
                    Where("media", item.id, time=spoken[0]),
                    {"media": PurePosixPath(item.path).name},
                    placements=facts.uses[item.id],
                )
        elif hit := _hard_to_read(facts, item, ranges):
            yield hit
    wait_for_looks(facts)


def _hard_to_read(
    facts: PostFacts, item: MediaItem, ranges: tuple[tuple[float, float], ...]
) -> Hit | None:
    cues = [
        cue
        for cue in facts.subtitles.get(item.id, ())
        if _within(((cue.start_s, cue.end_s),), ranges)
    ]
    faults = [(cue, fault) for cue in cues if (fault := _cue_fault(cue))]
    if not faults:
        return None
    first, fault = faults[0]
    message = ngettext(
        "{count} subtitle is hard to read. {fault}",
        "{count} subtitles are hard to read. The first: {fault}",
        len(faults),
    )
    return Hit(
        message,
        Where("media", item.id, time=(first.start_s, first.end_s)),
        {"count": len(faults), "fault": fault},
        placements=facts.uses[item.id],
        severity=Severity.INFO,
    )


def _cue_fault(cue: Cue) -> str | None:
    """What makes a subtitle hard to read; None for a good one."""
    limits = data.table("pictures")["subtitles"]
    lines = cue.text.split("\n")
    shown_s = cue.end_s - cue.start_s
    longest = max(map(len, lines))
    speed = sum(map(len, lines)) / max(shown_s, 0.001)
    if longest > limits["line_characters"]:
        return _("A line has {length} characters; {limit} can be read.").format(
            length=longest, limit=limits["line_characters"]
        )
    if len(lines) > limits["lines"]:
        return _("It has {length} lines; {limit} are the most.").format(
            length=len(lines), limit=limits["lines"]
        )
    if speed > limits["characters_per_s"]:
        return _("It shows {speed} characters a second; {limit} can be read.").format(
            speed=format_number(speed, 0), limit=limits["characters_per_s"]
        )
    if not limits["shortest_s"] <= shown_s <= limits["longest_s"]:
        return _("It is shown for {seconds} s; {shortest} to {longest} s are good.").format(
            seconds=format_number(shown_s, 1),
            shortest=limits["shortest_s"],
            longest=limits["longest_s"],
        )
    return None


@check("audio-loudness")
def audio_loudness(facts: PostFacts) -> Iterator[Hit]:
    """The sound is neither distorted nor missing; its level is put right by the export."""
    for item, clip in _clips(facts):
        if clip.sound is not None:
            yield from _sound_faults(facts, item, clip, clip.sound)
    wait_for_looks(facts)


def _sound_faults(
    facts: PostFacts, item: MediaItem, clip: ClipSeen, sound: ClipHeard
) -> Iterator[Hit]:
    ranges = kept(item, clip.span[1])
    placements, name = facts.uses[item.id], PurePosixPath(item.path).name
    level = sound.loudness_lufs
    clipped = [t for t in sound.clipped if any(start <= t < end for start, end in ranges)]
    length_s = sum(end - start for start, end in ranges)
    if clipped and len(clipped) * _CLIPPED_EVERY_S >= _CLIPPED_SHARE * length_s:
        yield Hit(
            _("The sound of “{media}” was recorded too loud and is distorted. Use another take."),
            Where("media", item.id, time=(clipped[0], clipped[-1])),
            {"media": name},
            placements=placements,
        )
    if level is not None and level < _PROGRAMME_LUFS:
        yield Hit(
            _("The sound of “{media}” is hardly there ({level} LUFS). Record it again."),
            Where("media", item.id),
            {"media": name, "level": format_number(level, 1)},
            placements=placements,
        )
    elif level is not None and not QUIETEST_LUFS <= level <= LOUDEST_LUFS:
        yield Hit(
            _("“{media}” has {level} LUFS; the export levels it to about −14."),
            Where("media", item.id),
            {"media": name, "level": format_number(level, 1)},
            placements=placements,
            severity=Severity.INFO,
        )
    quiet = sound.quiet_start_s - ranges[0][0]
    if level is not None and quiet > _QUIET_START_S:
        yield Hit(
            _("“{media}” begins with {seconds} s of silence. Let it begin later."),
            Where("media", item.id, time=(ranges[0][0], sound.quiet_start_s)),
            {"media": name, "seconds": format_number(quiet, 1)},
            placements=placements,
        )
