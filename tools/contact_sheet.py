#!/usr/bin/env python3
"""Draw the contact sheets of docs/templates: every template in every format and length of text.

``uv run tools/contact_sheet.py [NAME…]`` writes ``docs/images/templates/<id>.jpg``: rows for short,
sample and longest text and for each other look, a column for each format; carousels show their
slides below. ``looks-4x5.jpg`` and its like hold all templates of one format in every look.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from wajo_studio.artwork.looks import default_look, load_looks  # noqa: E402
from wajo_studio.artwork.manifest import FORMATS, ArtworkFormat  # noqa: E402
from wajo_studio.artwork.paint import paint  # noqa: E402
from wajo_studio.artwork.template import list_templates, load_template  # noqa: E402
from wajo_studio.bootstrap import build  # noqa: E402
from wajo_studio.services.template_check import template_folder  # noqa: E402
from wajo_studio.services.template_paintings import paintings  # noqa: E402
from wajo_studio.services.template_samples import LENGTHS  # noqa: E402

TARGET = ROOT / "docs" / "images" / "templates"
ROW_PX = 470
SLIDE_ROW_PX = 230
PAGE_PX = 2040
GAP_PX = 18
LABEL_PX = 26
QUALITY = 76
LOOK_ROW_PX = {"16:9": 180}
"""Pixels of a row of the looks' sheets; 330 for the shapes that are not so wide."""
ACROSS = 6
MAX_BYTES = 950_000


def sheet(template_id: str) -> Path:
    """Draw one template's sheet and return its file."""
    studio = build()
    template = load_template(template_folder(template_id))
    row_px = ROW_PX if template.slides is None else SLIDE_ROW_PX
    looks = load_looks()
    usual = default_look(studio.brand)
    parts = [(usual, length) for length in LENGTHS]
    parts += [(look, "sample") for look in looks.values() if look != usual]
    rows: list[list[tuple[str, Image.Image]]] = []
    for look, length in parts:
        row: list[tuple[str, Image.Image]] = []
        for painting in paintings(studio, template, [length], look):
            request = painting.request
            if look != usual and request.slide_index > 1:
                continue  # the first two slides of a carousel show a look
            picture = paint(request).to_pil()
            width = round(picture.width * row_px / picture.height)
            label = f"{request.format}  {look.name}, {length}"
            if template.slides is not None:
                label = f"{request.format}  {look.name}  {request.slide_index + 1}"
            row.append((label, picture.resize((width, row_px), Image.Resampling.LANCZOS)))
        rows += wrapped(row)
    return _saved(_pasted(rows, row_px), TARGET / f"{template_id}.jpg")


def looks_sheet(artwork_format: ArtworkFormat) -> Path:
    """Draw every template's sample in one format: a column for each template, a row per look."""
    studio = build()
    rows: list[list[tuple[str, Image.Image]]] = []
    row_px = LOOK_ROW_PX.get(artwork_format, 330)
    templates = [t for t in list_templates() if artwork_format in t.formats]
    for start in range(0, len(templates), ACROSS):
        for look in load_looks().values():
            row: list[tuple[str, Image.Image]] = []
            for template in templates[start : start + ACROSS]:
                painting = next(
                    painting
                    for painting in paintings(studio, template, ["sample"], look)
                    if painting.request.format == artwork_format
                )
                picture = paint(painting.request).to_pil()
                size = (round(picture.width * row_px / picture.height), row_px)
                label = f"{template.id}  {look.name}"
                row.append((label, picture.resize(size, Image.Resampling.LANCZOS)))
            rows.append(row)
    name = artwork_format.replace(":", "x")
    return _saved(_pasted(rows, row_px), TARGET / f"looks-{name}.jpg")


def _pasted(rows: list[list[tuple[str, Image.Image]]], row_px: int) -> Image.Image:
    width = max(sum(p.width + GAP_PX for _, p in row) for row in rows) + GAP_PX
    height = len(rows) * (row_px + LABEL_PX + GAP_PX) + GAP_PX
    page = Image.new("RGB", (width, height), "#ECEFEC")
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(16)
    y = GAP_PX
    for row in rows:
        x = GAP_PX
        for label, picture in row:
            pen.text((x, y), label, fill="#12261E", font=font)
            page.paste(picture, (x, y + LABEL_PX))
            x += picture.width + GAP_PX
        y += row_px + LABEL_PX + GAP_PX
    return page


def _saved(page: Image.Image, file: Path) -> Path:
    """Save as JPEG, as good as stays under the size of files in this repository."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for quality in (QUALITY, QUALITY - 10, QUALITY - 20):
        page.save(file, quality=quality, optimize=True)
        if file.stat().st_size < MAX_BYTES:
            break
    return file


def wrapped(row: list[tuple[str, Image.Image]]) -> list[list[tuple[str, Image.Image]]]:
    """The pictures in lines that are no wider than a sheet."""
    lines: list[list[tuple[str, Image.Image]]] = [[]]
    used = 0
    for label, picture in row:
        if lines[-1] and used + picture.width > PAGE_PX:
            lines.append([])
            used = 0
        lines[-1].append((label, picture))
        used += picture.width + GAP_PX
    return lines


def main() -> None:
    """Draw the sheets asked for, or all."""
    wanted = sys.argv[1:] or [*(f"looks-{f}" for f in FORMATS), *_drawn_templates()]
    for name in wanted:
        shape = name.removeprefix("looks-").replace("x", ":")
        file = looks_sheet(shape) if name.startswith("looks-") else sheet(name)  # type: ignore[arg-type]
        print(file.relative_to(ROOT))


def _drawn_templates() -> list[str]:
    return [template.id for template in list_templates() if template.has_artwork]


if __name__ == "__main__":
    main()
