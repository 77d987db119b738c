"""The texts of a post, one by one, as the checks of texts see them."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePosixPath

from wajo_studio.compliance.check import Hit, Part, TextSubject
from wajo_studio.compliance.facts import Cue, PostFacts
from wajo_studio.compliance.seen_text import SURE, SeenText
from wajo_studio.domain.finding import Where, WhereKind
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.placement import network_of

DRAFT = "draft"
"""Key of a text that the template wrote from the post's fields."""


@dataclass(frozen=True)
class LocatedSubject:
    """A text together with the place it came from.

    Attributes:
        placements: where it is published; empty for what belongs to the post as a whole.
        drafted: the template wrote it, from fields that are judged themselves.
        spans: whether a span is a place in what a person edits; not in joined lists.
        cues: the subtitles that were joined to this text, a line each.
        seen: the lines of a picture that were joined to this text.
        moment: the seconds in which the picture is shown.
    """

    subject: TextSubject
    kind: WhereKind
    id: str
    placements: tuple[str, ...] = ()
    drafted: bool = False
    spans: bool = True
    cues: tuple[Cue, ...] = ()
    seen: SeenText | None = None
    moment: tuple[float, float] | None = None

    def words(self, hit: Hit) -> str:
        """The words a hit is about, folded; the message where it has no place."""
        return self.subject.text[slice(*hit.span)].casefold() if hit.span else hit.message

    def located(self, hits: Iterable[Hit], excepted: Collection[str]) -> Iterator[Hit]:
        """``hits`` with their place, without words that this post declared no problem."""
        words = {word.casefold() for word in excepted}
        for hit in hits:
            if hit.span and self.words(hit) in words:
                continue
            span = hit.span if self.spans else None
            box = self.seen.box(hit.span) if self.seen and hit.span else None
            where = Where(self.kind, self.id, span=span, box=box, time=self._time(hit))
            yield replace(hit, where=where, placements=self.placements)

    def _time(self, hit: Hit) -> tuple[float, float] | None:
        """The seconds in which a subtitle with this hit is shown."""
        if not self.cues or not hit.span:
            return self.moment
        starts = list(accumulate((len(cue.text) + 1 for cue in self.cues), initial=0))
        first = self.cues[bisect_right(starts, hit.span[0]) - 1]
        return first.start_s, first.end_s


def subjects(facts: PostFacts) -> Iterator[LocatedSubject]:
    """Every text of a post: fields, texts of placements, alt texts, comments, subtitles, names.

    What people typed comes before what templates made of it.
    """
    yield from _fields(facts)
    for text in facts.texts:
        spec = facts.specs[text.placement].texts.get(text.part)
        # A thread takes a text of any length: it is cut into parts that each fit.
        as_thread = text.part == "caption" and facts.post.option(text.placement, "thread") is True
        subject = TextSubject(
            text=text.text,
            network=network_of(text.placement).value,
            part=text.part,
            length=text.length,
            limit=max(text.limit, text.length) if as_thread else text.limit,
            unit=text.unit,
            spec=spec,
            today=facts.today,
            settings=facts.settings,
        )
        drafted = text.key == DRAFT
        yield LocatedSubject(subject, "caption", text.key, (text.placement,), drafted)
    yield from _alts(facts)
    yield from _comments(facts)
    yield from _media(facts)
    yield from pictures(facts, SURE)


def pictures(facts: PostFacts, least_score: float) -> Iterator[LocatedSubject]:
    """Words read in photos, in scenes of clips, and in artwork.

    A person's own pictures come first: what they show may be seen again in the artwork.

    Args:
        facts: the post.
        least_score: how sure the reader has to be of a line.
    """
    for item in facts.used_media():
        placements = facts.uses[item.id]
        if picture := facts.looks.pictures.get(item.id):
            blurred = tuple(Box(*area) for area in item.blur)
            yield from _seen(
                facts, SeenText.of(picture.lines, least_score, blurred), item.id, placements
            )
        known: set[str] = set()
        clip = facts.looks.clips.get(item.id)
        for time_s, moment in clip.moments if clip else ():
            new = tuple(line for line in moment.lines if line.text.casefold() not in known)
            known.update(line.text.casefold() for line in new)
            for one in _seen(facts, SeenText.of(new, least_score), item.id, placements):
                yield replace(one, moment=(time_s, time_s))
    for artwork in facts.looks.artworks:
        seen = SeenText.of(artwork.seen.lines, least_score)
        for one in _seen(facts, seen, artwork.placements[0], artwork.placements):
            yield replace(one, kind="artwork", drafted=True)


def _seen(
    facts: PostFacts, seen: SeenText, media_id: str, placements: tuple[str, ...]
) -> Iterator[LocatedSubject]:
    if seen.text:
        subject = plain_subject(facts, seen.text, "image")
        yield LocatedSubject(subject, "media", media_id, placements, spans=False, seen=seen)


def plain_subject(
    facts: PostFacts, text: str, part: Part, network: str | None = None, limit: int | None = None
) -> TextSubject:
    """A text that no network limits."""
    return TextSubject(
        text=text,
        network=network or network_of(next(iter(facts.specs), "facebook.feed")).value,
        part=part,
        length=len(text),
        limit=len(text) if limit is None else limit,
        unit="code_points",
        spec=None,
        today=facts.today,
        settings=facts.settings,
    )


def _fields(facts: PostFacts) -> Iterator[LocatedSubject]:
    """The fields the template asks for; lists as lines."""
    for field in facts.template.fields:
        value = facts.post.fields.get(field.id)
        if isinstance(value, str):
            yield LocatedSubject(plain_subject(facts, value, "field"), "field", field.id)
        elif isinstance(value, tuple):
            lines = "\n".join(_texts(value))
            yield LocatedSubject(
                plain_subject(facts, lines, "field"), "field", field.id, spans=False
            )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)


def _alts(facts: PostFacts) -> Iterator[LocatedSubject]:
    for alt in facts.alts:
        for placement in alt.placements:
            if not (limits := facts.specs[placement].alt_text):
                continue
            network = network_of(placement).value
            subject = plain_subject(facts, alt.text, "alt", network, limits.limit)
            place: tuple[WhereKind, str] = (
                ("media", f"{alt.media_id}.alt") if alt.media_id else ("caption", "alt")
            )
            drafted = alt.media_id is None and alt.drafted
            yield LocatedSubject(subject, *place, (placement,), drafted)


def _comments(facts: PostFacts) -> Iterator[LocatedSubject]:
    """First comments, each once for the scope that holds it."""
    for scope, options in facts.post.options.items():
        text = options.get("first_comment")
        placements = tuple(p for p in facts.specs if scope in (p, network_of(p).value))
        if isinstance(text, str) and placements:
            subject = plain_subject(facts, text, "comment", network_of(placements[0]).value)
            yield LocatedSubject(subject, "post", f"options.{scope}.first_comment", placements)


def _media(facts: PostFacts) -> Iterator[LocatedSubject]:
    """Subtitles and lower thirds of clips in use, names and credits of all files in use."""
    for item in facts.used_media():
        placements = facts.uses[item.id]
        cues = facts.subtitles.get(item.id, ())
        if cues:
            spoken = "\n".join(cue.text for cue in cues)
            subject = plain_subject(facts, spoken, "subtitle")
            yield LocatedSubject(
                subject, "media", item.id, placements, spans=False, cues=tuple(cues)
            )
        if item.lower_third:
            strip = f"{item.lower_third.name}\n{item.lower_third.role}"
            subject = plain_subject(facts, strip, "subtitle")
            yield LocatedSubject(subject, "media", item.id, placements, spans=False)
        names = [PurePosixPath(path).stem for path in (item.path, item.subtitles) if path]
        for text in (*names, item.credit):
            subject = plain_subject(facts, text, "file")
            yield LocatedSubject(subject, "media", item.id, placements, spans=False)
