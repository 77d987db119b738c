"""Records to keep or hand over: of one post (HTML, PDF, JSON), of a year (CSV and a folder)."""

import csv
import io
import json
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from wajo_studio import atomic
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, WITA, _, format_bytes, format_datetime, language
from wajo_studio.progress import JobContext
from wajo_studio.services.export_folder import staged
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.actions import find
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import deliveries, journal, proofs
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.proofs import Proof

NOT_EMPTY = N_("--out: {path} is there already and not empty; choose a new folder.")
NOTHING = N_("Nothing was published in {year}.")

_COLUMNS = (
    "published_at",
    "post",
    "agency",
    "pillar",
    "placement",
    "account",
    "mode",
    "link",
    "remote_id",
    "text",
    "files_sha256",
    "approved_by",
    "checklist",
    "remarks",
    "delivery",
)


def write_post_record(desk: Desk, delivery_id: str, out: Path, ctx: JobContext) -> list[str]:
    """Write the record of a delivery's post: every delivery of it, published or not.

    Args:
        desk: the parts of publishing.
        delivery_id: one of the post's deliveries.
        out: a new or empty folder; gets ``catatan.html``, ``.pdf``, ``.json`` and the files sent.
        ctx: progress and cancel.

    Returns:
        The paths written, relative to ``out``.

    Raises:
        InputError: there is no such delivery, or ``out`` holds something.
        DiskError: the folder cannot be written.
    """
    entry = find(desk, delivery_id)
    same = [entry]
    if entry.post_id is not None:
        same = deliveries.of_post(desk.database, entry.post_id)
    _check_out(out)
    with staged(out) as folder:
        _write_record(desk, same, folder, ctx)
        return _listed(folder)


def write_year_record(desk: Desk, year: int, out: Path, ctx: JobContext) -> list[str]:
    """Write what was published in a WITA year: ``catatan-YEAR.csv`` and a folder per post.

    Raises:
        InputError: nothing was published, or ``out`` holds something.
        DiskError: the folder cannot be written.
    """
    start, end = datetime(year, 1, 1, tzinfo=WITA), datetime(year + 1, 1, 1, tzinfo=WITA)
    found = proofs.between(desk.database, start, end)
    found = [proof for proof in found if proof.document["mode"] != "practice"]
    if not found:
        raise InputError(NOTHING, code="input.year", year=year)
    _check_out(out)
    with staged(out) as folder:
        _write(folder / f"catatan-{year}.csv", year_csv(found))
        for number, proof in enumerate(found):
            ctx.check()
            ctx.report(number / len(found), proof.document["placement"])
            entry = deliveries.find(desk.database, proof.delivery_id)
            if entry is not None:
                day = proof.published_at.astimezone(WITA).strftime("%Y-%m-%d")
                name = f"{day}-{proof.document['placement']}-{entry.id}"
                _write_record(desk, [entry], folder / name, ctx.part(0, 0))
        return _listed(folder)


def year_csv(found: Sequence[Proof]) -> str:
    """The table of a year, with a mark that makes Excel read it as UTF-8."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for proof in found:
        table.writerow([_harmless(value) for value in _row(proof)])
    return "\ufeff" + text.getvalue()


def _row(proof: Proof) -> list[str]:
    document = proof.document
    post: dict[str, Any] = document.get("post", {})
    words = "\n".join(text for text in document["texts"].values() if text)
    by = dict.fromkeys(f"{a['by']} ({a['role']})" for a in document.get("approvals", []))
    return [
        proof.published_at.astimezone(WITA).isoformat(timespec="seconds"),
        str(post.get("name", "")),
        str(post.get("agency", "")),
        str(post.get("pillar") or ""),
        document["placement"],
        document["account"]["name"],
        document["mode"],
        document["link"] or "",
        document["remote_id"] or "",
        words,
        " ".join(file["sha256"] for file in document["files"]),
        "; ".join(by),
        str(document.get("checklist", {}).get("result", "")),
        "; ".join(document["remarks"]),
        document["delivery"],
    ]


def _harmless(value: str) -> str:
    """A cell that no table program takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _write_record(desk: Desk, entries: Sequence[QueueEntry], folder: Path, ctx: JobContext) -> None:
    from wajo_studio.artwork.paper import as_pdf

    documents = []
    known = {p.delivery_id: p for p in proofs.of_deliveries(desk.database, [e.id for e in entries])}
    for number, entry in enumerate(entries):
        ctx.check()
        ctx.report(number / len(entries), entry.delivery.placement)
        proof = known.get(entry.id)
        files = f"berkas/{entry.delivery.placement}-{entry.id}"
        documents.append(
            {
                "delivery": _delivery(entry),
                "proof": proof.document if proof is not None else None,
                "journal": _journal(desk, entry),
                "folder": files,
                "label": desk.specs[entry.delivery.placement].label,
            }
        )
        _copy_files(desk, entry, folder / files)
    made_at = desk.clock.now()
    document = {"schema": 1, "made_at": made_at.isoformat(), "deliveries": documents}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    _write(folder / "catatan.json", text)
    page = record_html(documents, made_at)
    _write(folder / "catatan.html", page)
    pictures = folder.glob("berkas/*/*.jpg")
    shown = {path.relative_to(folder).as_posix(): path.read_bytes() for path in pictures}
    atomic.write_bytes(folder / "catatan.pdf", as_pdf(page, shown))


def record_html(documents: Sequence[dict[str, Any]], made_at: datetime) -> str:
    """The record as one page that needs nothing else."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    from wajo_studio import i18n
    from wajo_studio.domain.delivery import DeliveryState
    from wajo_studio.services.publishing.words import state_word

    environment.install_gettext_callables(  # type: ignore[attr-defined]
        i18n._, i18n.ngettext, newstyle=True
    )
    environment.filters |= {
        "moment": lambda text: format_datetime(datetime.fromisoformat(text)),
        "size": format_bytes,
        "state": lambda word: state_word(DeliveryState(word)),
        "part": _part_word,
    }
    template = environment.get_template("record.html.j2")
    return template.render(
        documents=documents,
        made_at=made_at.isoformat(),
        language=language(),
        title=_("Record of publishing"),
    )


def _part_word(part: str) -> str:
    words = {
        "caption": _("Caption"),
        "title": _("Title"),
        "description": _("Description"),
        "tags": _("Tags"),
    }
    return words.get(part, part)


def _delivery(entry: QueueEntry) -> dict[str, Any]:
    delivery, error = entry.delivery, entry.delivery.error
    return {
        "id": delivery.id,
        "post": delivery.post_name,
        "placement": delivery.placement,
        "account": entry.account_name,
        "mode": delivery.mode,
        "state": delivery.state.value,
        "created_at": delivery.created_at.isoformat(),
        "updated_at": delivery.updated_at.isoformat(),
        "due": delivery.due.isoformat() if delivery.due else None,
        "link": delivery.link,
        "remote_id": delivery.remote_id,
        "attempts": delivery.attempts,
        "remarks": list(delivery.remarks),
        "error": {"code": error.code, "message": error.message} if error is not None else None,
    }


def _journal(desk: Desk, entry: QueueEntry) -> list[dict[str, Any]]:
    return [
        {
            "step": line.step,
            "kind": line.kind,
            "begun_at": line.begun_at.isoformat(),
            "ended_at": line.ended_at.isoformat() if line.ended_at else None,
            "outcome": line.outcome,
        }
        for line in journal.since(desk.database, entry.id, 0)
    ]


def _copy_files(desk: Desk, entry: QueueEntry, folder: Path) -> None:
    source = parcels.folder_of(desk.folder, entry.id)
    if source.is_dir():
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(parcels.DOCUMENT))


def _check_out(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(NOT_EMPTY, code="input.out", path=out)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_text(path, text)


def _listed(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
