"""The texts of every placement: the post's own, else the template's drafts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wajo_studio.artwork.drafts import draft
from wajo_studio.artwork.template import Template
from wajo_studio.domain.facts import TextFact, TextPart
from wajo_studio.domain.post import Post
from wajo_studio.specs.model import PlacementSpec, TextSpec
from wajo_studio.text import count

DRAFT = "draft"
"""Key of a text that comes from the template, not from the post."""


@dataclass(frozen=True)
class PlacementTexts:
    """All texts of one post: one fact per placement and part, and what no placement owns.

    Attributes:
        artwork_alt: alternative text of the artwork.
        base: the text of every network that has none of its own.
    """

    facts: tuple[TextFact, ...]
    artwork_alt: str
    base: str = ""

    def of(self, placement: str) -> dict[TextPart, TextFact]:
        """The placement's texts by part."""
        return {fact.part: fact for fact in self.facts if fact.placement == placement}

    def published(self, placement: str) -> dict[TextPart, TextFact]:
        """What is written for the placement: all parts but a title nobody gave or demands."""
        return {
            part: fact
            for part, fact in self.of(placement).items()
            if part != "title" or fact.text or placement.startswith("youtube.")
        }


DraftContext = Callable[[str], Mapping[str, object]]
"""What a placement's drafts may use, by placement id; "" for what suits every network."""


def resolve_texts(
    post: Post,
    template: Template,
    context: DraftContext,
    specs: Mapping[str, PlacementSpec],
) -> PlacementTexts:
    """Find the text of every part of every placement and measure it.

    Args:
        post: the post.
        template: its template, for the drafts.
        context: what the drafts may use.
        specs: the placements asked for.

    Raises:
        TemplateError: a draft of the template is broken.
    """
    facts = [
        _fact(spec.id, part, text_spec, *_text(post, template, context, spec.id, part))
        for spec in specs.values()
        for part, text_spec in spec.texts.items()
    ]
    alt, base = (_own_or_draft(post, template, context, key) for key in ("alt", "base"))
    return PlacementTexts(tuple(facts), alt, base)


def _own_or_draft(post: Post, template: Template, context: DraftContext, key: str) -> str:
    """A text that belongs to no single placement."""
    if key in post.captions:
        return post.captions[key]
    drafted = draft(template, (key,), context(""))
    return drafted[1] if drafted else ""


def _text(
    post: Post, template: Template, context: DraftContext, placement: str, part: TextPart
) -> tuple[str, str]:
    """Key and text of one part."""
    network = placement.partition(".")[0]
    if part in ("caption", "description"):
        for key in (placement, network, "base"):
            if key in post.captions:
                return key, post.captions[key]
        drafted = draft(template, (placement, network, "base"), context(placement))
        return (DRAFT, drafted[1]) if drafted else (DRAFT, "")
    option = post.option(placement, part)
    if option is not None:
        text = ", ".join(option) if part == "tags" else str(option)
        return f"options.{network}.{part}", text
    if network != "youtube":
        return DRAFT, ""
    drafted = draft(template, (f"{placement}.{part}", f"{network}.{part}"), context(placement))
    if drafted:
        return DRAFT, _tag_line(drafted[1]) if part == "tags" else " ".join(drafted[1].split())
    if part == "title":
        heading = post.fields.get("judul")
        one_line = " ".join(heading.split()) if isinstance(heading, str) else ""
        return ("fields.judul", one_line) if one_line else ("name", post.name)
    return DRAFT, ""


def _tag_line(text: str) -> str:
    """Tags of a draft, one a line or separated by commas, as one line."""
    tags = [tag.strip() for line in text.splitlines() for tag in line.split(",")]
    return ", ".join(tag for tag in tags if tag)


def _fact(placement: str, part: TextPart, spec: TextSpec, key: str, text: str) -> TextFact:
    length = count(text, spec.unit)
    return TextFact(placement, part, key, text, length, spec.limit, spec.unit)
