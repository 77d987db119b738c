#!/usr/bin/env python3
"""Make the README's picture of the sample post: ``readme_pictures.py [DEMO_FOLDER]``.

Run it after ``uv run main.py demo``; it puts what ``demo`` wrote side by side, unretouched.
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images" / "demo.jpg"
SHOWN = (
    "instagram.feed/01.jpg",
    "instagram.story/01.jpg",
    "x.post/01.jpg",
    "youtube.video/cover.jpg",
)
HEIGHT_PX, GAP_PX, GROUND = 520, 20, (255, 255, 255)


def main(arguments: list[str]) -> int:
    """Write the picture; 2 when there is no export to take it from."""
    folder = Path(arguments[0]) if arguments else ROOT / "wajo-demo"
    missing = [name for name in SHOWN if not (folder / name).is_file()]
    if missing:
        print(f"{folder} lacks {', '.join(missing)}; first: uv run main.py demo", file=sys.stderr)
        return 2
    feed, story, post, cover = (Image.open(folder / name) for name in SHOWN)
    wide_px = (HEIGHT_PX - GAP_PX) // 2
    columns = [
        [_at_height(feed, HEIGHT_PX)],
        [_at_height(story, HEIGHT_PX)],
        [_at_height(post, wide_px), _at_height(cover, wide_px)],
    ]
    width_px = sum(column[0].width for column in columns) + GAP_PX * (len(columns) - 1)
    sheet = Image.new("RGB", (width_px, HEIGHT_PX), GROUND)
    left = 0
    for column in columns:
        top = 0
        for picture in column:
            sheet.paste(picture, (left, top))
            top += picture.height + GAP_PX
        left += column[0].width + GAP_PX
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(TARGET, quality=88, optimize=True, progressive=True)
    print(
        f"{TARGET.relative_to(ROOT)}: {sheet.width}x{sheet.height}, {TARGET.stat().st_size} bytes"
    )
    return 0


def _at_height(picture: Image.Image, height_px: int) -> Image.Image:
    width_px = round(picture.width * height_px / picture.height)
    return picture.convert("RGB").resize((width_px, height_px), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
