"""The templates as the gallery shows them, and which of them the person likes best."""

import logging
from dataclasses import dataclass

from wajo_studio.artwork.template import Template, find_template, usable_templates
from wajo_studio.services.remembered import recall_texts, remember

_FAVOURITES = "favourites.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TemplateCard:
    """A template in the gallery.

    Attributes:
        pillars: ids of what it is for, the main one first.
        words: everything a search looks at, in lower case.
    """

    id: str
    name: str
    description: str
    has_artwork: bool
    pillars: tuple[str, ...]
    words: str


def template_cards() -> list[TemplateCard]:
    """Every template that can be used, by name; a broken one is left out and logged."""
    templates, errors = usable_templates()
    for error in errors:
        _log.warning("gallery: %s", error)
    return [_card(template) for template in templates]


def _card(template: Template) -> TemplateCard:
    from wajo_studio.artwork.views import PILLAR_LABELS

    labels = [spec.label for spec in template.fields]
    pillars = [PILLAR_LABELS[pillar] for pillar in template.pillars]
    parts = (template.id, template.name, template.description, *labels, *pillars)
    return TemplateCard(
        template.id,
        template.name,
        template.description,
        template.has_artwork,
        tuple(pillar.value for pillar in template.pillars),
        " ".join(parts).lower(),
    )


def favourites() -> tuple[str, ...]:
    """Ids of the templates the person marked; a damaged file counts as none."""
    return tuple(recall_texts(_FAVOURITES, "templates"))


def set_favourite(template_id: str, *, on: bool) -> None:
    """Mark a template, or take the mark away.

    Raises:
        TemplateError: there is no such template.
        DiskError: the data folder cannot be written.
    """
    find_template(template_id)
    others = [name for name in favourites() if name != template_id]
    remember(_FAVOURITES, {"templates": [*others, template_id] if on else others})
