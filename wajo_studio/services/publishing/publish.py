"""From a post to queued deliveries: checked, exported, packed; or refused with the reasons."""

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from wajo_studio import atomic
from wajo_studio.compliance.fingerprint import fingerprint
from wajo_studio.compliance.outcome import CheckResult
from wajo_studio.domain.account import Account
from wajo_studio.domain.delivery import Delivery, DeliveryMode, DeliveryState
from wajo_studio.domain.finding import Finding, Severity, Where
from wajo_studio.domain.placement import network_of
from wajo_studio.errors import disk_error
from wajo_studio.i18n import N_, _, format_datetime
from wajo_studio.progress import JobContext
from wajo_studio.services.checking import check_post
from wajo_studio.services.export import Exported, export_post
from wajo_studio.services.plan import specs_for
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.choosing import account_by_hand, choose_accounts
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.parcels import Packed
from wajo_studio.services.publishing.practice import practice_account
from wajo_studio.services.publishing.scheduling import network_schedules
from wajo_studio.services.publishing.warnings import Warned, warnings_for
from wajo_studio.services.studio import Studio
from wajo_studio.store.database import deliveries, posts
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.library import MediaLibrary
from wajo_studio.store.post_file import FILE_NAME
from wajo_studio.store.post_folder import PostFolder, open_post

NOW: Literal["now"] = "now"

PAST = N_("The schedule, {time}, has passed. Choose another time, or publish with --at now.")


@dataclass(frozen=True)
class Refused:
    """Nothing was queued; ``findings`` say why, the reasons first."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Queued:
    """What was queued, and what a person should know about it."""

    entries: tuple[QueueEntry, ...]
    warnings: tuple[Warned, ...] = ()


def queue_post(
    studio: Studio,
    desk: Desk,
    path: Path,
    ctx: JobContext,
    *,
    wanted: Sequence[str] = (),
    account: str | None = None,
    at: datetime | Literal["now"] | None = None,
    mode: DeliveryMode = "api",
) -> Queued | Refused:
    """Check and export a post, pack it, and queue its deliveries.

    Args:
        studio: the program's parts.
        desk: the parts of publishing.
        path: folder, post.toml or .wajo file.
        ctx: progress and cancel.
        wanted: placements named by the person; empty means all of the post's.
        account: id of the account to use on its network.
        at: when to publish; ``None``: as the post's schedule says; ``"now"``: at once.
        mode: through the network, by hand, or for practice.

    Raises:
        InputError: the post or an account cannot be used; nothing was queued.
        RenderError: a file could not be made; nothing was queued.
        DiskError: the data folder cannot be written; nothing was queued.
        Cancelled: the person cancelled; nothing was queued.
    """
    with open_post(path) as folder:
        placements = list(specs_for(folder.post, studio.specs, wanted))
        if mode == "practice":
            accounts = {p: practice_account(network_of(p)) for p in placements}
        elif mode == "assisted":
            accounts = {p: account_by_hand(desk, network_of(p)) for p in placements}
        else:
            accounts = dict(choose_accounts(desk, placements, account))
        due = None if at == NOW else at or folder.post.schedule
        checked = check_post(studio, folder.root, placements, ctx.part(0, 0.2))
        asked = accounts if mode == "api" else {}
        # By hand a person chooses the time anyway.
        refused = _refusal(desk, checked, asked, None if mode == "assisted" else due)
        if refused is not None:
            return refused
        scratch_parent = desk.folder / "packing"
        try:
            scratch_parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, scratch_parent) from error
        with atomic.scratch_folder("export-", scratch_parent) as scratch:
            target = scratch / "export"
            exported = export_post(studio, folder.root, target, ctx.part(0.2, 1), wanted=placements)
            if exported.blocked:
                return Refused(exported.composition.checked.findings)
            return _queue(desk, path, folder, exported, target, accounts, due, mode)


def _refusal(
    desk: Desk,
    checked: CheckResult,
    accounts: Mapping[str, Account],
    due: datetime | None,
) -> Refused | None:
    """Why publishing is refused, if it is."""
    reasons = [f for f in checked.findings if _stops(desk, f, accounts)]
    where = Where("post", FILE_NAME)
    reasons += [
        Finding(entry.rule, Severity.BLOCK, entry.reason, where)
        for entry in checked.not_checked
        if entry.broken
    ]
    others = [f for f in checked.findings if f not in reasons and f.rule != "schedule-past"]
    if due is not None and due < desk.clock.now():
        words = _(PAST).format(time=format_datetime(due))
        reasons.append(Finding("schedule-past", Severity.WARN, words, Where("post", "schedule")))
    return Refused((*reasons, *others)) if reasons else None


def _stops(desk: Desk, finding: Finding, accounts: Mapping[str, Account]) -> bool:
    if finding.severity in (Severity.BLOCK, Severity.ATTEST):
        return True
    if finding.rule != "option-required":
        return False
    return any(_needs_options(desk, p, accounts[p]) for p in finding.placements if p in accounts)


def _needs_options(desk: Desk, placement: str, account: Account) -> bool:
    """A draft that is finished in the network's own app takes no options."""
    needed = desk.specs[placement].settings.get("options_required_in_mode")
    return needed is None or needed == account.mode


def _queue(
    desk: Desk,
    path: Path,
    folder: PostFolder,
    exported: Exported,
    target: Path,
    accounts: Mapping[str, Account],
    due: datetime | None,
    mode: DeliveryMode,
) -> Queued:
    prepared, now = exported.composition.prepared, desk.clock.now()
    hashes = {media_id: info.sha256 for media_id, info in prepared.infos.items()}
    mark = fingerprint(prepared.post, hashes)
    text = (folder.root / FILE_NAME).read_text(encoding="utf-8")
    source = str(path.resolve())
    version = posts.keep_version(desk.database, source, prepared.post.name, mark, text, now)
    if mode != "practice":
        library = MediaLibrary(desk.database)
        kept = {
            item.id: library.add(folder.media_path(item), now).sha256
            for item in prepared.post.media
        }
        library.used(version.id, kept)
    record = _record(exported, mark, version.number)
    entries: list[QueueEntry] = []
    # In order, so that deliveries of the same moment are listed as the post names them.
    ids = sorted(secrets.token_hex(6) for _account in accounts)
    try:
        for new_id, (placement, account) in zip(ids, accounts.items(), strict=True):
            packed = parcels.pack(
                desk.folder,
                new_id,
                target,
                exported.manifest,
                prepared,
                placement,
                record,
            )
            entries.append(
                QueueEntry(
                    Delivery(
                        id=new_id,
                        post_name=prepared.post.name,
                        placement=placement,
                        account_id=account.id,
                        mode=mode,
                        state=DeliveryState.QUEUED,
                        created_at=now,
                        updated_at=now,
                        due=due,
                    ),
                    account_name=account.name,
                    post_id=version.post_id,
                    native=mode == "api" and network_schedules(desk, placement, due),
                    text_hash=text_hash(packed),
                )
            )
        warned = warnings_for(desk, entries) if mode != "practice" else ()
        deliveries.add(desk.database, entries)
    except BaseException:
        for entry in entries:
            parcels.remove(desk.folder, entry.id)
        raise
    return Queued(tuple(entries), tuple(warned))


def text_hash(packed: Packed) -> str:
    """What tells equal texts: the published words without their white space; empty without any."""
    words = " ".join(
        packed.parcel.text(part) for part in ("title", "caption", "description")
    ).split()
    if not words:
        return ""
    return hashlib.sha256(unicodedata.normalize("NFC", " ".join(words)).encode()).hexdigest()


def _record(exported: Exported, mark: str, version: int) -> dict[str, Any]:
    composition = exported.composition
    post, checked, seen = composition.prepared.post, composition.checked, composition.looks.pictures
    return {
        "post": {
            "name": post.name,
            "agency": post.agency,
            "template": post.template,
            "pillar": post.pillar,
            "information_class": post.information_class,
            "fingerprint": mark,
            "version": version,
        },
        "checklist": checked.as_json(),
        "pictures": sorted({picture.likeness for picture in seen.values()}),
        "approvals": [
            {
                "rule": rule,
                "by": given.by,
                "at": given.at.isoformat(),
                "role": given.role,
            }
            for rule, given in sorted(post.attestations.items())
        ],
        "waivers": [
            {
                "rule": rule,
                "by": waiver.by,
                "at": waiver.at.isoformat(),
                "role": waiver.role,
                "reason": waiver.reason,
            }
            for rule, waiver in sorted(post.waivers.items())
        ],
    }
