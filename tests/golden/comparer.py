"""Comparing a painted picture with the stored one: size, mean, worst tile.

A lost logo moves the mean of a whole poster hardly at all, so the worst 32 px tile counts, too.
"""

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

TILE_PX = 32
MEAN_LIMIT = 0.6
"""Mean difference of the whole picture, 0-255."""
TILE_LIMIT = 9.0
"""Mean difference of the worst tile, 0-255."""


def compare(painted: Image.Image, stored: Image.Image) -> str:
    """What is different, in one sentence; empty where the pictures agree."""
    if painted.size != stored.size:
        return f"size {painted.size} instead of {stored.size}"
    difference = ImageChops.difference(painted.convert("RGB"), stored.convert("RGB"))
    mean = max(ImageStat.Stat(difference).mean)
    tiles = [
        (max(ImageStat.Stat(difference.crop((x, y, x + TILE_PX, y + TILE_PX))).mean), x, y)
        for y in range(0, painted.height, TILE_PX)
        for x in range(0, painted.width, TILE_PX)
    ]
    worst, x, y = max(tiles)
    if mean > MEAN_LIMIT or worst > TILE_LIMIT:
        return f"mean {mean:.2f} (limit {MEAN_LIMIT}), tile at {x},{y}: {worst:.1f} ({TILE_LIMIT})"
    return ""


def check_golden(painted: Image.Image, golden: Path, *, update: bool, failed: Path) -> None:
    """Compare with ``golden``; with ``update`` store instead.

    A picture that differs is kept in the folder ``failed``, beside the stored one.
    """
    if update:
        painted.convert("RGB").save(golden, optimize=True)
        return
    assert golden.is_file(), f"{golden.name} is missing: run with --update-golden and look at it"
    with Image.open(golden) as stored:
        stored.load()
        difference = compare(painted, stored)
        if difference:
            painted.save(failed / f"{golden.stem}.painted.png")
            stored.save(failed / f"{golden.stem}.stored.png")
    assert not difference, f"{golden.name}: {difference}; both pictures are in {failed}"
