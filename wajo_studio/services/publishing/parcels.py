"""Parcels: what a delivery sends, copied when it is queued, so that later edits change nothing.

A parcel is the folder ``parcels/<delivery id>`` of the data folder: the files of one placement as
the export made them, and ``parcel.json`` with texts, options, hashes and the record of the checks.
"""

import json
import os
import shutil
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio import atomic
from wajo_studio.domain.placement import network_of
from wajo_studio.errors import RenderError, StoreError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.services.cache import file_digest

if TYPE_CHECKING:
    from wajo_studio.services.prepare import Prepared  # the queue needs none of its parts

DOCUMENT = "parcel.json"
_MAKING_S = 3600.0

GONE = N_(
    "The files of this delivery are no longer in the data folder, or were changed. Publish the "
    "post again."
)


@dataclass(frozen=True)
class Packed:
    """A parcel and what the checks and people said about its post.

    Attributes:
        record: post, checklist, statements and waivers at the moment of queueing.
    """

    parcel: Parcel
    record: Mapping[str, Any]


def folder_of(data: Path, delivery_id: str) -> Path:
    """Where a delivery's parcel lies."""
    return data / "parcels" / delivery_id


def pack(
    data: Path,
    delivery_id: str,
    exported: Path,
    manifest: Mapping[str, Any],
    prepared: "Prepared",
    placement: str,
    record: Mapping[str, Any],
) -> Packed:
    """Make the parcel of one placement out of an export.

    Args:
        data: the data folder, on the same disk as ``exported``.
        delivery_id: whose parcel it is.
        exported: the export folder; the placement's files are moved out of it.
        manifest: its manifest.
        prepared: the exported post.
        placement: which one.
        record: what is kept for the proof.

    Raises:
        DiskError: the data folder cannot be written.
        RenderError: a file is not what the export made.
    """
    folder = folder_of(data, delivery_id)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        source = exported / placement
        if source.is_dir():
            atomic.replace(source, folder)
        else:
            folder.mkdir()
        parcel = _parcel(folder, manifest, prepared, placement)
        document = {"schema": 1, "parcel": _as_json(parcel, folder), "record": dict(record)}
        written = json.dumps(document, ensure_ascii=False, indent=1)
        atomic.write_text(folder / DOCUMENT, written)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise disk_error(error, folder) from error
    return Packed(parcel, record)


def open_parcel(data: Path, delivery_id: str) -> Packed:
    """Read a parcel again, after making sure that its files are the ones that were queued.

    Raises:
        StoreError: a file is missing or was changed.
    """
    folder = folder_of(data, delivery_id)
    try:
        document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
        parcel = _from_json(document["parcel"], folder)
        for file in _files(parcel):
            if file.path.stat().st_size != file.size_bytes:
                raise ValueError(f"{file.path.name} has another size")
        return Packed(parcel, document["record"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(GONE, code="store.parcel", detail=f"{type(error).__name__}") from error


def verify_content(parcel: Parcel) -> None:
    """Compare every file with the hash it had when it was queued.

    Raises:
        StoreError: one was changed.
    """
    for file in _files(parcel):
        if file_digest(file.path) != file.sha256:
            raise StoreError(GONE, code="store.parcel", detail=file.path.name)


def remove(data: Path, delivery_id: str) -> None:
    """Remove a parcel whose delivery was never queued."""
    shutil.rmtree(folder_of(data, delivery_id), ignore_errors=True)


def remove_orphans(data: Path, known: Collection[str]) -> None:
    """Remove parcels whose program was killed before it queued their deliveries.

    Args:
        data: the data folder.
        known: ids of all deliveries. A parcel of the last hour may be in the making and stays.
    """
    with suppress(OSError):
        for folder in (data / "parcels").iterdir():
            if folder.name not in known and time.time() - folder.stat().st_mtime > _MAKING_S:
                shutil.rmtree(folder, ignore_errors=True)


def scheduled(parcel: Parcel, at: datetime | None) -> Parcel:
    """The same parcel for another time at the network."""
    return replace(parcel, scheduled_at=at)


def size_bytes(parcel: Parcel) -> int:
    """How many bytes have to be sent."""
    return sum(file.size_bytes for file in _files(parcel))


def _files(parcel: Parcel) -> list[ParcelFile]:
    extra = [file for file in (parcel.cover, parcel.subtitles) if file is not None]
    return [*parcel.items, *extra]


def _parcel(
    folder: Path, manifest: Mapping[str, Any], prepared: "Prepared", placement: str
) -> Parcel:
    from wajo_studio.services.subtitles import NAME

    alts = {item.name: prepared.alt_text(item.source) for item in prepared.plan.items(placement)}
    items: list[ParcelFile] = []
    cover: ParcelFile | None = None
    for rendition in manifest["renditions"]:
        name = rendition["files"].get(placement)
        if name is None:
            continue
        path = folder / name.partition("/")[2]
        file = ParcelFile(
            path=path,
            kind=rendition["kind"],
            size_bytes=rendition["bytes"],
            sha256=rendition["sha256"],
            width=rendition["width"],
            height=rendition["height"],
            duration_s=rendition["duration"],
            alt=" ".join(alts.get(path.name, "").split()),
        )
        if file_digest(path) != file.sha256:
            raise RenderError(
                N_("{file} was not written completely. Check the disk and export again."),
                file=path.name,
            )
        if rendition["role"] == "cover":
            cover = file
        else:
            items.append(file)
    network = network_of(placement).value
    options = prepared.post.options
    texts = {part: entry["text"] for part, entry in manifest["captions"].get(placement, {}).items()}
    if "tags" in texts:
        texts["tags"] = "\n".join(tag.strip() for tag in texts["tags"].split(",") if tag.strip())
    clip_id = prepared.plan.subtitle_files.get(placement)
    item = prepared.post.media_by_id(clip_id) if clip_id else None
    return Parcel(
        placement=placement,
        items=tuple(sorted(items, key=lambda file: file.path.name)),
        texts=texts,
        options={**options.get(network, {}), **options.get(placement, {})},
        cover=cover,
        subtitles=_subtitles(folder / NAME),
        subtitles_language=(item.subtitles_language if item is not None else None) or "id",
    )


def _subtitles(path: Path) -> ParcelFile | None:
    if not path.is_file():
        return None
    return ParcelFile(path, "subtitles", path.stat().st_size, file_digest(path))


def _as_json(parcel: Parcel, folder: Path) -> dict[str, Any]:
    def of(file: ParcelFile | None) -> dict[str, Any] | None:
        if file is None:
            return None
        return {
            "name": file.path.relative_to(folder).as_posix(),
            "kind": file.kind,
            "bytes": file.size_bytes,
            "sha256": file.sha256,
            "width": file.width,
            "height": file.height,
            "duration": file.duration_s,
            "alt": file.alt,
        }

    return {
        "placement": parcel.placement,
        "items": [of(file) for file in parcel.items],
        "cover": of(parcel.cover),
        "subtitles": of(parcel.subtitles),
        "subtitles_language": parcel.subtitles_language,
        "texts": dict(parcel.texts),
        "options": dict(parcel.options),
    }


def _from_json(document: Mapping[str, Any], folder: Path) -> Parcel:
    def of(entry: Mapping[str, Any] | None) -> ParcelFile | None:
        if entry is None:
            return None
        path = folder / entry["name"]
        if os.path.commonpath([path.resolve(), folder.resolve()]) != str(folder.resolve()):
            raise ValueError("a name that leaves the folder")
        return ParcelFile(
            path=path,
            kind=entry["kind"],
            size_bytes=entry["bytes"],
            sha256=entry["sha256"],
            width=entry["width"],
            height=entry["height"],
            duration_s=entry["duration"],
            alt=entry["alt"],
        )

    return Parcel(
        placement=document["placement"],
        items=tuple(file for file in map(of, document["items"]) if file is not None),
        texts=document["texts"],
        options=document["options"],
        cover=of(document["cover"]),
        subtitles=of(document["subtitles"]),
        subtitles_language=document["subtitles_language"],
    )
