"""From the wish of the dialog to queued deliveries, in the background."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.pages.publish.dialog import BY_HAND, Wish
from wajo_studio.domain.delivery import DeliveryMode
from wajo_studio.domain.finding import Finding
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from pathlib import Path

    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.services.studio import Studio
    from wajo_studio.store.database.deliveries import QueueEntry


@dataclass(frozen=True)
class Sent:
    """What became of a wish.

    Attributes:
        entries: what was queued.
        refused: why nothing of one way was queued; empty when all was.
        warnings: sentences to read before it goes out.
    """

    entries: "tuple[QueueEntry, ...]"
    refused: tuple[Finding, ...]
    warnings: tuple[str, ...]


def queue_wish(studio: "Studio", desk: "Desk", root: "Path", wish: Wish, ctx: JobContext) -> Sent:
    """Queue everything the person wants; all of it, or nothing when something is refused.

    Raises:
        WajoError: the post or an account cannot be used; nothing stays queued.
    """
    from wajo_studio.services.publishing.publish import NOW, Refused, queue_post

    entries: list[QueueEntry] = []
    warnings: list[str] = []
    groups = _groups(wish)
    for number, ((mode, account), placements) in enumerate(groups.items()):
        part = ctx.part(number / len(groups), (number + 1) / len(groups))
        try:
            result = queue_post(
                studio,
                desk,
                root,
                part,
                wanted=placements,
                account=account or None,
                at=wish.at or NOW,
                mode=mode,
            )
        except BaseException:
            _take_back(desk, entries)
            raise
        if isinstance(result, Refused):
            _take_back(desk, entries)
            return Sent((), result.findings, ())
        entries += result.entries
        warnings += [one.message for one in result.warnings]
    return Sent(tuple(entries), (), tuple(warnings))


def take_back(desk: "Desk", sent: Sent) -> None:
    """Cancel what was queued: the person thought better of it."""
    _take_back(desk, list(sent.entries))


def _take_back(desk: "Desk", entries: "list[QueueEntry]") -> None:
    from wajo_studio.services.publishing import actions

    for entry in entries:
        actions.cancel(desk, entry.id)


def _groups(wish: Wish) -> Mapping[tuple[DeliveryMode, str], list[str]]:
    """The placements by way: one call for each account."""
    groups: dict[tuple[DeliveryMode, str], list[str]] = {}
    for placement, account in wish.ways.items():
        mode: DeliveryMode = "api"
        if wish.practice:
            mode, account = "practice", BY_HAND
        elif account == BY_HAND:
            mode = "assisted"
        groups.setdefault((mode, account), []).append(placement)
    return groups
