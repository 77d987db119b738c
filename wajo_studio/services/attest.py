"""What a person answers for: statements with their evidence, waivers, and "no problem here"."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from wajo_studio.compliance.check import HEAD_ROLES
from wajo_studio.compliance.fingerprint import fingerprint
from wajo_studio.compliance.rules import load_rules
from wajo_studio.domain.finding import Finding
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.services.draft import Draft
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.studio import Studio

ROLES = ("admin", "kepala", "diskominfotik")
"""Who may sign, as rules.md names them; the first is the person who writes posts."""

EVIDENCE_MAX_BYTES = 50_000_000
"""Our own bound for one file of evidence; a phone's recording of a minute is smaller."""


@dataclass(frozen=True)
class Signer:
    """Who answers for something: name and one of ``ROLES``."""

    name: str
    role: str = ROLES[0]


def confirm(
    studio: Studio,
    draft: Draft,
    prepared: Prepared,
    step_name: str,
    rule: str,
    signer: Signer,
    evidence: Path | None = None,
) -> None:
    """Record a statement; it becomes void when what it covers changes.

    Args:
        studio: the program's parts.
        draft: the open post.
        prepared: the same post, prepared.
        step_name: what an undo of this change is called.
        rule: id of the rule that asks for the statement.
        signer: who confirms it.
        evidence: a file of the post's folder that proves it, from :func:`keep_evidence`.
    """
    hashes = {media_id: info.sha256 for media_id, info in prepared.infos.items()}
    entry: dict[str, Any] = {
        "by": signer.name,
        "at": studio.clock.now().replace(microsecond=0),
        "role": signer.role,
        "covers": fingerprint(draft.post, hashes, load_rules().rules[rule].covers),
    }
    if evidence is not None:
        entry["evidence"] = evidence.relative_to(draft.root).as_posix()
    draft.change(step_name, attestations={**_plain(draft.post.attestations), rule: entry})


def withdraw(draft: Draft, step_name: str, rule: str) -> None:
    """Take a statement back; its evidence stays in the post's folder, so that undo finds it."""
    given = {key: one for key, one in _plain(draft.post.attestations).items() if key != rule}
    draft.change(step_name, attestations=given)


def keep_evidence(draft: Draft, file: Path) -> Path:
    """Copy a form, photo or recording into the post's folder; it is never published.

    Returns:
        The copy.

    Raises:
        InputError: it is no file, empty, or too large.
        DiskError: the post's folder cannot be written.
    """
    try:
        size = file.stat().st_size if file.is_file() else 0
    except OSError:
        size = 0
    if not 0 < size <= EVIDENCE_MAX_BYTES:
        raise InputError(
            N_(
                "{file} cannot serve as evidence. Choose a photo, document or recording of at "
                "most {megabytes} MB."
            ),
            file=file.name,
            megabytes=EVIDENCE_MAX_BYTES // 1_000_000,
        )
    [copy] = draft.copy_files([file], lambda _file: None)
    return copy


def waive(
    studio: Studio, draft: Draft, step_name: str, finding: Finding, signer: Signer, reason: str
) -> None:
    """Take responsibility for a finding that blocks.

    Raises:
        InputError: the reason is missing, or the rule is none that this role may waive.
    """
    rule = load_rules().rules[finding.rule]
    if rule.waiver == "head" and signer.role not in HEAD_ROLES:
        raise InputError(
            N_("Only the head of the agency or Diskominfotik can waive this. Ask them, or fix it.")
        )
    if len(reason.strip()) < _REASON_MIN:
        raise InputError(N_("Say in a sentence why this may be published all the same."))
    entry = {
        "by": signer.name,
        "at": studio.clock.now().replace(microsecond=0),
        "role": signer.role,
        "reason": reason.strip(),
    }
    draft.change(step_name, waivers={**_plain(draft.post.waivers), finding.rule: entry})


_REASON_MIN = 10
"""Characters; shorter than this no reason can be understood later."""


def withdraw_waiver(draft: Draft, step_name: str, rule: str) -> None:
    """Let a waived finding block again."""
    left = {key: one for key, one in _plain(draft.post.waivers).items() if key != rule}
    draft.change(step_name, waivers=left)


def can_except(finding: Finding, words: str) -> bool:
    """Whether "no problem in this post" may be said: of words, where anybody may waive."""
    rule = load_rules().rules.get(finding.rule)
    return bool(rule and rule.waiver == "anyone" and words.strip())


def except_words(draft: Draft, step_name: str, rule: str, words: str) -> None:
    """Say that words which a rule found are no problem in this post."""
    kept = {key: list(known) for key, known in draft.post.exceptions.items()}
    known = kept.setdefault(rule, [])
    if words not in known:
        known.append(words)
    draft.change(step_name, exceptions=kept)


def _plain(entries: Mapping[str, BaseModel]) -> dict[str, Any]:
    return {key: value.model_dump() for key, value in entries.items()}
