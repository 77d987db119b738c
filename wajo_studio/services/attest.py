"""Ticking a statement: who confirms what, when, and for which version of the post."""

from typing import Any

from wajo_studio.compliance.fingerprint import fingerprint
from wajo_studio.services.draft import Draft
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.studio import Studio

ROLE = "admin"
"""The role of the person who writes posts, as rules.md names it."""


def confirm(
    studio: Studio, draft: Draft, prepared: Prepared, step_name: str, rule: str, by: str
) -> None:
    """Record a statement for the post as it is; it becomes void when the post changes.

    Args:
        studio: the program's parts.
        draft: the open post.
        prepared: the same post, prepared.
        step_name: what an undo of this change is called.
        rule: id of the rule that asks for the statement.
        by: who confirms it.
    """
    hashes = {media_id: info.sha256 for media_id, info in prepared.infos.items()}
    entry = {
        "by": by,
        "at": studio.clock.now().replace(microsecond=0),
        "role": ROLE,
        "covers": fingerprint(draft.post, hashes),
    }
    draft.change(step_name, attestations={**_given(draft), rule: entry})


def withdraw(draft: Draft, step_name: str, rule: str) -> None:
    """Take a statement back."""
    given = {key: value for key, value in _given(draft).items() if key != rule}
    draft.change(step_name, attestations=given)


def _given(draft: Draft) -> dict[str, Any]:
    return {key: value.model_dump() for key, value in draft.post.attestations.items()}
