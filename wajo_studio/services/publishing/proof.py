"""Proof of what was published: made when it was, kept as it was then."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.services.published import PublishedPicture
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import proofs
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.proofs import Proof


def keep(desk: Desk, entry: QueueEntry) -> Proof:
    """Keep the proof of a published delivery; one that is there already stays as it is.

    Its pictures are listed as published, but for practice.

    Raises:
        StoreError: the parcel is no longer there.
    """
    packed = parcels.open_parcel(desk.folder, entry.id)
    made = Proof(entry.id, entry.delivery.updated_at, document(entry, packed.parcel, packed.record))
    proofs.keep(desk.database, made)
    likenesses = packed.record.get("pictures", ())
    if entry.delivery.mode != "practice" and likenesses:
        at, name = entry.delivery.updated_at, entry.delivery.post_name
        with suppress(OSError):  # a reminder for later; the proof itself is kept
            desk.published.add(PublishedPicture(likeness, name, at) for likeness in likenesses)
    return made


def document(entry: QueueEntry, parcel: Parcel, record: Mapping[str, Any]) -> dict[str, Any]:
    """The proof as JSON: where it is, what it says, which files, what was checked, who approved."""
    delivery = entry.delivery
    return {
        "schema": 1,
        "delivery": delivery.id,
        "mode": delivery.mode,
        "placement": delivery.placement,
        "account": {"id": delivery.account_id, "name": entry.account_name},
        "link": delivery.link,
        "remote_id": delivery.remote_id,
        "published_at": delivery.updated_at.isoformat(),
        "scheduled_for": delivery.due.isoformat() if delivery.due else None,
        "by_network": entry.native,
        "remarks": list(delivery.remarks),
        "texts": dict(parcel.texts),
        "files": [_file(file) for file in _files(parcel)],
        **{key: value for key, value in record.items() if key != "pictures"},
    }


def _files(parcel: Parcel) -> list[ParcelFile]:
    return [*parcel.items, *(f for f in (parcel.cover, parcel.subtitles) if f is not None)]


def _file(file: ParcelFile) -> dict[str, Any]:
    return {
        "name": file.path.name,
        "bytes": file.size_bytes,
        "sha256": file.sha256,
        "alt": file.alt,
    }
