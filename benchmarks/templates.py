"""Many posts from a table: images per second, against bare painting and encoding of the same pages.

``uv run python -m benchmarks.templates [--rows 100]`` makes that many posts in four formats. The
bare counterpart paints pages that were laid out before and encodes them, on as many threads, with
the same libraries; so the ratio is what fitting texts, checking and writing posts costs. Goal: 1.3.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from openpyxl import Workbook  # type: ignore[import-untyped]

from benchmarks.common import Row, show
from wajo_studio.artwork.canvas import render
from wajo_studio.artwork.layout import Page, compose
from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.artwork.template import find_template
from wajo_studio.bootstrap import build
from wajo_studio.photo.save import save_jpeg
from wajo_studio.progress import Job
from wajo_studio.services.batch import make_batch, requests
from wajo_studio.services.batch_columns import map_columns
from wajo_studio.services.batch_rows import BatchPlan, plan_batch
from wajo_studio.services.studio import Studio
from wajo_studio.store.table_file import read_table

GOAL = 1.3
TEMPLATE = "pengumuman-layanan"
_PLACES = ("Tempe", "Belawa", "Sabbangparu", "Pitumpanua", "Majauleng", "Takkalalla", "Penrang")
_SERVICES = ("Perekaman KTP-el", "Cetak Kartu Keluarga", "Akta Kelahiran", "Kartu Identitas Anak")


def main() -> int:
    """Measure and return 1 when the goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as home:
        os.environ["WAJO_HOME"] = home
        folder = Path(home)
        studio = build()
        _make(studio, _plan(_table(folder / "warm.xlsx", 2, day=300)), folder / "warm")
        plan = _plan(_table(folder / "table.xlsx", rows, day=0))
        began = time.perf_counter()
        count = _make(studio, plan, folder / "out")
        ours = time.perf_counter() - began
        pages = _pages(studio, plan, folder)
        began = time.perf_counter()
        _parallel([partial(_paint, request, page) for request, page in pages])
        bare = time.perf_counter() - began
    print(f"{count} images in {ours:.1f} s: {count / ours:.1f} images per second")
    row = Row(f"batch of {rows} rows, {count} images", ours, bare, "s", GOAL)
    return 0 if show("Many posts from a table", [row]) else 1


def _table(path: Path, rows: int, *, day: int) -> Path:
    """A table whose texts all differ, as in real life."""
    book = Workbook()
    sheet = book.active
    sheet.append(("Judul", "Isi", "Tanggal", "Waktu", "Tempat"))
    for number in range(rows):
        place, service = _PLACES[number % 7], _SERVICES[number % 4]
        sheet.append(
            (
                f"{service} Keliling {number + 1 + day} di Kecamatan {place}",
                f"{service} untuk warga Kecamatan {place}. Gratis, loket nomor {number + day}.",
                date(2026, 12, 1) + timedelta(days=number + day),
                f"08.{number % 60:02}–14.00 WITA",
                f"Kantor Kecamatan {place}",
            )
        )
    book.save(path)
    return path


def _plan(table: Path) -> BatchPlan:
    template, read = find_template(TEMPLATE), read_table(table)
    plan = plan_batch(template, read, map_columns(template, read.columns), table.parent)
    assert not plan.problems, plan.problems[0].sentence()
    return plan


def _make(studio: Studio, plan: BatchPlan, out: Path) -> int:
    done = make_batch(studio, plan, out, Job(), pictures=True)
    assert done.is_written, done.problems
    return done.pictures


def _pages(studio: Studio, plan: BatchPlan, folder: Path) -> list[tuple[ArtworkRequest, Page]]:
    return [
        (request, compose(request))
        for post in plan.posts
        for request in requests(studio, plan.template, post.post, folder)
    ]


def _paint(request: ArtworkRequest, page: Page) -> int:
    picture = render(page.html, request.design_size, request.size, page.door).to_pil()
    return len(save_jpeg(picture, max_bytes=8_000_000, quality_floor=60, full_colour=True).content)


def _parallel(works: Sequence[Callable[[], int]]) -> None:
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for future in [pool.submit(work) for work in works]:
            future.result()


if __name__ == "__main__":
    sys.exit(main())
