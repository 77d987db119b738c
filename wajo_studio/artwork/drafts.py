"""Caption drafts: the template's words for a post, per network or placement."""

from collections.abc import Iterable, Mapping
from typing import Any

from wajo_studio.artwork.environment import text_environment
from wajo_studio.artwork.sandbox import render_bounded, template_errors
from wajo_studio.artwork.template import Template
from wajo_studio.artwork.views import FieldsView, agency_view, brand_view, filled, pillar_view
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.post import Pillar


def draft_context(
    template: Template,
    fields: Mapping[str, Any],
    agency: Agency,
    brand: BrandKit,
    *,
    pillar: Pillar | None = None,
    placement: str = "",
    photo_alts: Iterable[str] = (),
) -> dict[str, Any]:
    """What a draft may use: ``fields, agency, brand, pillar, network, placement, photo_alts``.

    Texts are as typed; nothing is glued with no-break spaces.

    Args:
        template: whose drafts will be written.
        agency: who speaks.
        brand: the regency's brand kit.
        pillar: of the post; the template's first where it has none.
        fields: values from :func:`wajo_studio.artwork.fields.check_fields`, photos assigned.
        placement: such as ``instagram.feed``; empty for a draft that suits every network.
        photo_alts: alternative texts of the pictures that stand in the artwork.
    """
    network = placement.partition(".")[0]
    handle = agency.handles.get(network, "")
    return {
        "fields": FieldsView(filled(template, fields), str),
        "agency": agency_view(agency, brand, str),
        "brand": brand_view(brand, str),
        "pillar": pillar_view(pillar or template.pillars[0]),
        "network": network,
        "placement": placement,
        "handle": handle,
        "photo_alts": tuple(alt for alt in photo_alts if alt),
    }


def draft(
    template: Template, key_candidates: Iterable[str], context: Mapping[str, Any]
) -> tuple[str, str] | None:
    """The first draft the template has among ``key_candidates``, filled in.

    Args:
        template: has the drafts.
        key_candidates: such as ``("instagram.feed", "instagram", "base")``.
        context: from :func:`draft_context`.

    Returns:
        Key and text (outer blanks removed, at most one empty line in a row), or None where the
        template has none of them.

    Raises:
        TemplateError: the draft is wrong; names file and line.
    """
    for key in key_candidates:
        file = f"captions/{key}.txt.j2"
        if file in template.files:
            with template_errors(template.id, file):
                written = render_bounded(text_environment(template).get_template(file), context)
            return key, _tidy(written)
    return None


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().split("\n")]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept)
