"""Redrawing the preview after one keystroke, beside a bare PlutoPrint render of the same HTML.

Ours is everything between the keystroke and the pixels: the changed post, its fields, plan and
texts, fitting every text by measuring, layout, painting. The bare counterpart loads the finished
HTML and paints it.
"""

import itertools
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.common import Row, medians_s, show

SHAPES = {"instagram.feed": "4:5", "x.post": "16:9", "instagram.story": "9:16"}
GOAL_MS, GOAL_RATIO = 60, 1.5


def main() -> int:
    """Measure three shapes and return 1 when a goal is missed."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["WAJO_HOME"] = str(Path(scratch) / "home")
        rows = [_measure(Path(scratch), placement) for placement in SHAPES]
    return 0 if show("Preview after one keystroke", rows) else 1


def _measure(scratch: Path, placement: str) -> Row:
    import plutoprint

    from wajo_studio.artwork.canvas import BASE_URL
    from wajo_studio.artwork.layout import compose
    from wajo_studio.bootstrap import build
    from wajo_studio.progress import Job
    from wajo_studio.services.draft import open_draft
    from wajo_studio.services.new_post import new_post
    from wajo_studio.services.pictures import SlotRecorder
    from wajo_studio.services.planned import ArtworkSource
    from wajo_studio.services.prepare import prepare
    from wajo_studio.services.preview import Preview
    from wajo_studio.services.render import artwork_request

    studio = build()
    draft = open_draft(new_post("pengumuman-layanan", scratch / placement), Job())
    preview = Preview()
    numbers = itertools.count()

    def ours() -> None:
        draft.set_field("typing", "judul", f"Layanan Keliling KTP-el Tahap {next(numbers)}")
        prepared = prepare(studio, draft.folder, (), Job())
        assert preview.draw(prepared, placement) is not None

    prepared = prepare(studio, draft.folder, (), Job())
    source = prepared.plan.items(placement)[0].source
    assert isinstance(source, ArtworkSource)
    request = artwork_request(prepared, source, SlotRecorder(prepared.shelf()))
    page, design, size = compose(request), request.design_size, source.size

    def bare() -> None:
        pixels = bytearray(size.width * 4 * size.height)
        canvas = plutoprint.ImageCanvas.create_for_data(
            memoryview(pixels),
            size.width,
            size.height,
            size.width * 4,
            plutoprint.IMAGE_FORMAT_RGB24,
        )
        canvas.clear_surface(1.0, 1.0, 1.0)
        canvas.scale(size.width / design.width, size.height / design.height)
        px = plutoprint.UNITS_PX
        book = plutoprint.Book(
            plutoprint.PageSize(design.width * px, design.height * px),
            plutoprint.PAGE_MARGINS_NONE,
            plutoprint.MEDIA_TYPE_SCREEN,
        )
        book.custom_resource_fetcher = page.door
        book.load_html(page.html, base_url=BASE_URL)
        book.render_document(canvas)
        canvas.finish()

    taken, floor = medians_s((ours, bare), times=15, warm_up=3)
    return Row(
        f"{placement} {SHAPES[placement]}",
        taken * 1e3,
        floor * 1e3,
        goal_ratio=GOAL_RATIO,
        goal=GOAL_MS,
    )


if __name__ == "__main__":
    sys.exit(main())
