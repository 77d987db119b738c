"""``placements`` and ``doctor``."""

from wajo_studio.cli.output import print_json, print_table
from wajo_studio.i18n import _, format_bytes
from wajo_studio.specs.model import PlacementSpec


def run_placements(*, as_json: bool) -> int:
    """Print every placement's spec."""
    from wajo_studio.specs.loader import load_specs, spec_as_json

    specs = load_specs()
    if as_json:
        print_json([spec_as_json(spec) for spec in specs.values()])
        return 0
    columns = (_("Placement"), _("Pictures"), _("Clips"), _("Text"), _("Safe zone"))
    print_table(_("What each placement takes"), columns, [_row(spec) for spec in specs.values()])
    return 0


def _row(spec: PlacementSpec) -> tuple[str, ...]:
    pictures = clips = "–"
    if spec.images is not None:
        images = spec.images
        count = str(images.max_items)
        if images.min_items > 1:
            count = f"{images.min_items}–{images.max_items}"
        size = f"{images.artwork.width}x{images.artwork.height}"
        pictures = f"{count} × {size}, ≤ {format_bytes(images.max_bytes)}"
    if spec.video is not None:
        video = spec.video
        sizes = " / ".join(f"{size.width}x{size.height}" for size in video.sizes)
        clips = f"{sizes}, {video.min_duration_s:g}–{video.max_duration_s:g} s"
    texts = ", ".join(f"{part} {text.limit}" for part, text in spec.texts.items()) or "–"
    zone = spec.safe_zone
    margins = f"{zone.top}/{zone.bottom}/{zone.left}/{zone.right}" if zone else "–"
    return spec.id, pictures, clips, texts, margins


def run_doctor(*, as_json: bool) -> int:
    """Print what this PC offers."""
    from wajo_studio.services.doctor import diagnose

    found = diagnose()
    if as_json:
        print_json({"schema": 1, "checks": [diagnosis.as_json() for diagnosis in found]})
        return 0
    words = {"ok": _("good"), "warn": _("note"), "fail": _("missing")}
    rows = [(d.name, words[d.state], d.text) for d in found]
    print_table(_("What this PC offers"), (_("What"), _("State"), _("Details")), rows)
    return 0
