"""``report.html`` of an export."""

import base64
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from wajo_studio import version
from wajo_studio.compliance.fingerprint import fingerprint
from wajo_studio.compliance.report import ReportContext, ReportFile, ReportText, render_report
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.settings import plain_number
from wajo_studio.domain.facts import TextPart
from wajo_studio.services.checking import Composition
from wajo_studio.services.manifest import rendition_entry
from wajo_studio.services.planned import ClipSource
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.render import Rendered

REPORT = "report.html"
_THUMBNAIL_PX = 240


def report_html(
    composition: Composition, renditions: Sequence[Rendered], made_at: datetime, *, forced: bool
) -> str:
    """The report of one export as a self-contained page."""
    prepared = composition.prepared
    hotline = plain_number(prepared.agency.hotline)
    return render_report(
        ReportContext(
            government=prepared.brand.government,
            agency=prepared.agency,
            palette=prepared.brand.palette,
            post=prepared.post,
            template_name=prepared.template.name,
            labels={placement: spec.label for placement, spec in prepared.specs.items()},
            made_at=made_at,
            check=composition.checked,
            rules=load_rules(),
            files=tuple(_file(rendition) for rendition in renditions),
            texts=_texts(prepared),
            fingerprint=fingerprint(
                prepared.post, {id_: info.sha256 for id_, info in prepared.infos.items()}
            ),
            official_numbers=frozenset({hotline} if hotline else ()),
            forced=forced,
            program=f"Wajo Studio {version()}",
        )
    )


def _file(rendition: Rendered) -> ReportFile:
    entry: dict[str, Any] = rendition_entry(rendition)
    return ReportFile(
        path=entry["path"],
        placements=tuple(entry["placements"]),
        kind=entry["kind"],
        role=entry["role"],
        width=entry["width"],
        height=entry["height"],
        size_bytes=entry["bytes"],
        sha256=entry["sha256"],
        duration_s=entry["duration"],
        thumbnail=_thumbnail(rendition),
    )


def _thumbnail(rendition: Rendered) -> str:
    """A small picture of the file as a data address."""
    from PIL import Image

    if isinstance(rendition.plan.source, ClipSource):
        from wajo_studio.video.frames import frame_at

        image = frame_at(rendition.path, rendition.facts["duration_s"] / 3)
    else:
        image = Image.open(rendition.path)
        image.draft("RGB", (_THUMBNAIL_PX, _THUMBNAIL_PX))
    with image:
        image.thumbnail((_THUMBNAIL_PX, _THUMBNAIL_PX))
        buffer = BytesIO()
        image.convert("RGB").save(buffer, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _texts(prepared: Prepared) -> tuple[ReportText, ...]:
    """Every different text once, with the placements that share it."""
    shared: dict[tuple[TextPart, str, int, int, str], list[str]] = {}
    for fact in prepared.texts.facts:
        if fact.text and fact.placement not in prepared.plan.missing:
            key = (fact.part, fact.text, fact.length, fact.limit, fact.unit)
            shared.setdefault(key, []).append(fact.placement)
    return tuple(
        ReportText(tuple(placements), part, text, length, limit, unit)
        for (part, text, length, limit, unit), placements in shared.items()
    )
