"""Uploading by hand ("Unggah terpandu"): everything a person needs, and what became of it.

The delivery is queued like any other, with the same parcel and the same proof; only the sending
is a person's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wajo_studio.domain.delivery import DeliveryError, DeliveryState
from wajo_studio.domain.placement import network_of
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.actions import find
from wajo_studio.services.publishing.data import read_data
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import deliveries
from wajo_studio.store.database.deliveries import QueueEntry

FILE = "assisted.toml"

GAVE_UP = N_("You told that the upload did not work.")
NOT_BY_HAND = N_("{id} is no upload by hand that waits for you.")

_PARTS = ("title", "caption", "description", "tags")


@dataclass(frozen=True)
class Assistance:
    """What is laid out for one upload.

    Attributes:
        folder: holds the files, in publishing order by name.
        texts: by part (title, caption, description, tags, first_comment), in the order in which
            they are needed.
        alts: alternative text by file name, where there are some.
        page: the network's own page to compose on.
        steps: what to do there, in the person's language.
    """

    entry: QueueEntry
    folder: Path
    files: tuple[str, ...]
    texts: Mapping[str, str]
    alts: Mapping[str, str]
    page: str
    steps: tuple[str, ...]


def assistance(desk: Desk, delivery_id: str) -> Assistance:
    """Lay out what one upload needs.

    Raises:
        InputError: there is no such delivery, or it does not wait for a person.
        StoreError: its files are gone.
    """
    entry = _waiting(desk, delivery_id)
    placement = entry.delivery.placement
    parcel = parcels.open_parcel(desk.folder, delivery_id).parcel
    guide = guide_of(placement)
    texts = {part: parcel.text(part) for part in _PARTS if parcel.text(part)}
    comment = parcel.options.get("first_comment")
    if comment:
        texts["first_comment"] = str(comment)
    files = tuple(item.path.name for item in parcel.items)
    return Assistance(
        entry=entry,
        folder=parcels.folder_of(desk.folder, delivery_id),
        files=files,
        texts=texts,
        alts={item.path.name: item.alt for item in parcel.items if item.alt},
        page=str(guide["page"]),
        steps=tuple(str(step).format(files=len(files)) for step in guide["steps"]),
    )


def guide_of(placement: str) -> Mapping[str, Any]:
    """The page and the steps of a placement.

    Raises:
        InputError: the office's own file is broken.
    """
    surface = placement.partition(".")[2]
    guide: Mapping[str, Any] = read_data(FILE)[network_of(placement).value][surface]
    return guide


def tell_failed(desk: Desk, delivery_id: str) -> QueueEntry:
    """The person could not upload it: it has failed, and may be taken up again.

    Raises:
        InputError: there is no such delivery, or it does not wait for a person.
    """
    entry = _waiting(desk, delivery_id)
    failed = entry.delivery.moved(
        DeliveryState.FAILED,
        desk.clock.now(),
        error=DeliveryError("publish.by_hand", _(GAVE_UP)),
    )
    changed = replace(entry, delivery=failed)
    if not deliveries.save(
        desk.database, changed, before=DeliveryState.QUEUED, action="delivery.failed"
    ):
        raise InputError(NOT_BY_HAND, code="input.delivery", id=delivery_id)
    return changed


def _waiting(desk: Desk, delivery_id: str) -> QueueEntry:
    entry = find(desk, delivery_id)
    delivery = entry.delivery
    if delivery.mode != "assisted" or delivery.state is not DeliveryState.QUEUED:
        raise InputError(NOT_BY_HAND, code="input.delivery", id=delivery_id)
    return entry
