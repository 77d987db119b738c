"""(d) Peak memory of a large photo on its way into one placement, in a fresh process.

Goals: 100 megapixels at most 700 MB; 200 megapixels at most 1500 MB, in every format.

``python -m benchmarks.photo_memory`` makes and measures 100 megapixels in the common formats;
``--all`` every format and 200 megapixels too (minutes); ``FILE…`` measures pictures you have.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import common

GOALS_MB = {100: 700, 200: 1500}
SIZES = {100: (11_547, 8_660), 200: (16_000, 12_500)}
WEBP_SIZES = {100: SIZES[100], 200: (16_383, 12_207)}  # the format ends at 16383
KINDS = {
    "baseline.jpg": {"quality": 80},
    "progressive-444.jpg": {"quality": 80, "progressive": True, "subsampling": 0},
    "rgb.png": {"compress_level": 1},
    "lossy.webp": {"quality": 20, "method": 1},
    "rgba.png": {"compress_level": 1},
    "grey.png": {"compress_level": 1},
    "lossless.webp": {"lossless": True, "quality": 0, "method": 0},
    "photo.avif": {"quality": 50, "speed": 10},
    "lzw.tif": {"compression": "tiff_lzw"},
    "turned.tif": {"compression": "tiff_adobe_deflate", "tiffinfo": {274: 6}},
    "grey.gif": {},
}
COMMON = ("baseline.jpg", "progressive-444.jpg", "rgb.png", "lossy.webp")


def make(path: Path, kind: str, megapixels: int) -> None:
    """Write a test picture; run in a process of its own."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    size = WEBP_SIZES[megapixels] if kind.endswith("webp") else SIZES[megapixels]
    ramp = Image.linear_gradient("L")
    turned = ramp.transpose(Image.Transpose.ROTATE_90)
    small = Image.merge("RGB", (ramp, turned, ramp.transpose(Image.Transpose.ROTATE_180)))
    image = small.resize(size, Image.Resampling.NEAREST)
    if kind.startswith("rgba"):
        image.putalpha(200)
    elif kind.startswith("grey"):
        image = image.convert("L")
    image.save(path, **KINDS[kind])


def place(path: Path) -> None:
    """Make one placement from the photo; run in a process of its own."""
    from wajo_studio.domain.geometry import PixelSize
    from wajo_studio.photo.load import inspect_photo, open_photo
    from wajo_studio.photo.place import fill
    from wajo_studio.photo.save import save_jpeg

    frame = PixelSize(1080, 1350)
    inspect_photo(path)
    image = open_photo(path, at_least=frame)
    save_jpeg(fill(image, frame), max_bytes=8_000_000, quality_floor=60)


def measured(path: Path, megapixels: int | None = None) -> common.Row:
    """One row: the peak of a process that places ``path``."""
    command = [sys.executable, "-m", "benchmarks.photo_memory", "--place", str(path)]
    seconds, peak = common.child(command)
    goal = GOALS_MB.get(megapixels or 200)
    return common.Row(f"{path.name} ({seconds:.1f} s)", peak, unit="MB", goal=goal)


def generated(kinds: Sequence[str], sizes: Sequence[int]) -> Iterator[common.Row]:
    """Make each picture, measure it and remove it."""
    with tempfile.TemporaryDirectory() as folder:
        for megapixels in sizes:
            for kind in kinds:
                path = Path(folder) / f"{megapixels}mp-{kind}"
                script = [sys.executable, "-m", "benchmarks.photo_memory"]
                common.child([*script, "--make", str(path), kind, str(megapixels)])
                yield measured(path, megapixels)
                path.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="pictures of your own")
    parser.add_argument("--all", action="store_true", help="every format, and 200 megapixels")
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.place:
        place(arguments.place)
        return 0
    if arguments.make:
        path, kind, megapixels = arguments.make
        make(Path(path), kind, int(megapixels))
        return 0
    if arguments.files:
        rows = [measured(path) for path in arguments.files]
    elif arguments.all:
        rows = list(generated(tuple(KINDS), tuple(GOALS_MB)))
    else:
        rows = list(generated(COMMON, (100,)))
    return 0 if common.show("Peak memory of one placement", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
