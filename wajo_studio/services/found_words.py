"""The words a finding is about, and putting better ones in their place."""

from wajo_studio.compliance.subjects import DRAFT
from wajo_studio.domain.finding import Finding
from wajo_studio.domain.post import Post
from wajo_studio.services.draft import Draft
from wajo_studio.services.prepare import Prepared

_ALT = ".alt"


def found_words(prepared: Prepared, finding: Finding) -> str:
    """The words as they stand in the post; empty where a finding is about none.

    They may hold personal data: for the screen and the post itself, never for a log.
    """
    text = _text(prepared.post, prepared, finding)
    return text[slice(*finding.where.span)] if text is not None and finding.where.span else ""


def can_replace(prepared: Prepared, finding: Finding) -> bool:
    """Whether a better wording is known, for words that a person typed."""
    typed = not (finding.where.kind == "caption" and finding.where.id == DRAFT)
    return typed and finding.replacement is not None and bool(found_words(prepared, finding))


def replace_words(draft: Draft, prepared: Prepared, step_name: str, finding: Finding) -> None:
    """Put the better wording in; nothing happens when the post was changed meanwhile.

    Raises:
        InputError: the new text is not possible there.
    """
    text, span, better = (
        _text(draft.post, prepared, finding),
        finding.where.span,
        finding.replacement,
    )
    if text is None or span is None or better is None:
        return
    if text != _text(prepared.post, prepared, finding):
        return
    new = text[: span[0]] + better + text[span[1] :]
    where = finding.where
    if where.kind == "field":
        draft.set_field(step_name, where.id, new)
    elif where.kind == "caption" and where.id in draft.post.captions:
        draft.change(step_name, captions={**draft.post.captions, where.id: new})
    elif where.kind == "media" and where.id.endswith(_ALT):
        draft.change_media(step_name, where.id.removesuffix(_ALT), alt=new)


def _text(post: Post, prepared: Prepared, finding: Finding) -> str | None:
    """The whole text in which a finding has its span."""
    where = finding.where
    if where.kind == "field":
        value = post.fields.get(where.id)
        return value if isinstance(value, str) else None
    if where.kind == "media" and where.id.endswith(_ALT):
        item = post.media_by_id(where.id.removesuffix(_ALT))
        return item.alt if item else None
    if where.kind != "caption":
        return None
    if where.id in post.captions:
        return post.captions[where.id]
    if where.id == "alt":
        return prepared.texts.artwork_alt
    drafted = (
        fact.text
        for fact in prepared.texts.facts
        if fact.key == where.id and fact.placement in finding.placements
    )
    return next(drafted, None)
