#!/usr/bin/env python3
"""Draw the contact sheets of docs/templates: every template in every format and length of text.

``uv run tools/contact_sheet.py [TEMPLATE…]`` writes ``docs/images/templates/<id>.jpg``: a row for
short, sample and longest text, a column for each format; carousels show their slides below.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageDraw, ImageFont  # noqa: E402

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


def sheet(template_id: str) -> Path:
    """Draw one template's sheet and return its file."""
    studio = build()
    template = load_template(template_folder(template_id))
    row_px = ROW_PX if template.slides is None else SLIDE_ROW_PX
    rows: list[list[tuple[str, Image.Image]]] = []
    for length in LENGTHS:
        row: list[tuple[str, Image.Image]] = []
        for painting in paintings(studio, template, [length]):
            request = painting.request
            picture = paint(request).to_pil()
            width = round(picture.width * row_px / picture.height)
            label = f"{request.format}  {length}"
            if template.slides is not None:
                label += f"  {request.slide_index + 1}"
            row.append((label, picture.resize((width, row_px), Image.Resampling.LANCZOS)))
        rows += wrapped(row)
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
    TARGET.mkdir(parents=True, exist_ok=True)
    file = TARGET / f"{template_id}.jpg"
    page.save(file, quality=QUALITY, optimize=True)
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
    wanted = sys.argv[1:] or [t.id for t in list_templates() if t.has_artwork]
    for template_id in wanted:
        print(sheet(template_id).relative_to(ROOT))


if __name__ == "__main__":
    main()
