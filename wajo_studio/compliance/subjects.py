"""The texts of a post, one by one, as the checks of texts see them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from wajo_studio.compliance.check import Hit, TextSubject
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.domain.finding import Where, WhereKind
from wajo_studio.domain.placement import network_of


@dataclass(frozen=True)
class LocatedSubject:
    """A text together with the place it came from."""

    subject: TextSubject
    kind: WhereKind
    id: str
    placement: str

    def located(self, hits: Iterable[Hit], excepted: Collection[str]) -> Iterator[Hit]:
        """``hits`` with their place, without words that this post declared no problem."""
        words = {word.casefold() for word in excepted}
        for hit in hits:
            if hit.span and self.subject.text[slice(*hit.span)].casefold() in words:
                continue
            yield replace(
                hit, where=Where(self.kind, self.id, span=hit.span), placements=(self.placement,)
            )


def subjects(facts: PostFacts) -> Iterator[LocatedSubject]:
    """Every text that will be published: captions, titles, descriptions, tags, alt texts."""
    for text in facts.texts:
        spec = facts.specs[text.placement].texts.get(text.part)
        subject = TextSubject(
            text=text.text,
            network=network_of(text.placement).value,
            part=text.part,
            length=text.length,
            limit=text.limit,
            unit=text.unit,
            spec=spec,
            today=facts.today,
            settings=facts.settings,
        )
        yield LocatedSubject(subject, "caption", text.key, text.placement)
    for alt in facts.alts:
        for placement in alt.placements:
            if not (limits := facts.specs[placement].alt_text):
                continue
            subject = TextSubject(
                text=alt.text,
                network=network_of(placement).value,
                part="alt",
                length=len(alt.text),
                limit=limits.limit,
                unit="code_points",
                spec=None,
                today=facts.today,
                settings=facts.settings,
            )
            place: tuple[WhereKind, str] = (
                ("media", f"{alt.media_id}.alt") if alt.media_id else ("caption", "alt")
            )
            yield LocatedSubject(subject, *place, placement)
