"""(b) Export of six picture placements against a hand-written script; (e) the export again.

Goals: from one 12-megapixel photo at most 1.3 times a script that does the same decode, paint and
encode with the same libraries; a second export of the unchanged sample post at most 0.1 times
the first.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from benchmarks.common import Row, median_s, medians_s, show
from wajo_studio.artwork.canvas import render
from wajo_studio.artwork.layout import compose as compose_page
from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.bootstrap import build
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.photo.save import save_jpeg
from wajo_studio.progress import Job
from wajo_studio.services.export import export_post
from wajo_studio.services.planned import ArtworkSource
from wajo_studio.services.prepare import prepare
from wajo_studio.services.render import artwork_request
from wajo_studio.services.samples import sample_picture, sample_post_folder
from wajo_studio.store.post_folder import open_post

PLACEMENTS = (
    "facebook.feed",
    "facebook.story",
    "instagram.feed",
    "instagram.story",
    "x.post",
    "tiktok.photo",
)
POST = """schema = 1
name = "Ukur"
agency = "disdukcapil"
template = "pengumuman-layanan"
pillar = "layanan-publik"
information_class = "berkala"
placements = [{placements}]

[fields]
judul = "Layanan keliling KTP-el hadir di Kecamatan Tempe"
isi = "Perekaman KTP-el, cetak Kartu Keluarga, dan akta kelahiran. Gratis, tanpa calo."
tanggal = 2026-12-01
waktu = "08.00–14.00 WITA"
tempat = "Kantor Kecamatan Tempe"

[[media]]
id = "foto1"
path = "media/foto.jpg"
alt = "Rumah terapung di Danau Tempe saat matahari terbit"
credit = "Dok. Disdukcapil"
consent = true
focus = [0.42, 0.46]
"""


class OnePhoto:
    """The photo, decoded once and cut to each slot the plain way."""

    def __init__(self, path: Path) -> None:
        self._image = Image.open(path)
        self._image.load()

    def picture(self, media_id: str, size: PixelSize) -> Image.Image:
        """The middle of the photo at the slot's size."""
        width, height = self._image.size
        scale = max(size.width / width, size.height / height)
        across, down = size.width / scale, size.height / scale
        left, top = (width - across) / 2, (height - down) / 2
        return self._image.resize(
            (size.width, size.height),
            Image.Resampling.LANCZOS,
            (left, top, left + across, top + down),
            reducing_gap=2.0,
        )


def by_hand(post: Path, out: Path) -> Callable[[], None]:
    """A script that knows its four pages: decode, paint, encode, write six files."""
    studio = build()
    with open_post(post) as folder:
        prepared = prepare(studio, folder, (), Job())
    plans = prepared.plan.renditions()

    def run() -> None:
        photo = OnePhoto(post / "media" / "foto.jpg")
        for plan in plans:
            source = plan.source
            assert isinstance(source, ArtworkSource)
            request = artwork_request(prepared, source, photo)  # type: ignore[arg-type]
            painted = paint_plainly(request)
            content = save_jpeg(painted, max_bytes=10**9, quality_floor=90, full_colour=True)
            for _placement, name in plan.files:
                target = out / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.content)

    return run


def paint_plainly(request: ArtworkRequest) -> Image.Image:
    """The page as the engine's own render gives it."""
    page = compose_page(request)
    return render(page.html, request.design_size, request.size, page.door).to_pil()


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        post = root / "post"
        (post / "media").mkdir(parents=True)
        shutil.copyfile(sample_picture("danau-tempe.jpg"), post / "media" / "foto.jpg")
        names = ", ".join(f'"{placement}"' for placement in PLACEMENTS)
        (post / "post.toml").write_text(POST.format(placements=names), encoding="utf-8")
        studio = build()

        def first_export() -> None:
            studio.cache.clear()
            export_post(studio, post, root / "out", Job())

        ours, bare = medians_s([first_export, by_hand(post, root / "hand")], times=5)

        demo = sample_post_folder(root / "demo")

        def demo_first() -> None:
            studio.cache.clear()
            export_post(studio, demo, root / "demo-out", Job())

        def demo_again() -> None:
            export_post(studio, demo, root / "demo-out", Job())

        first = median_s(demo_first, times=1, warm_up=0)
        again = median_s(demo_again, times=3, warm_up=0)
    met = show(
        "Export",
        [
            Row("(b) six picture placements", ours * 1000, bare * 1000, goal_ratio=1.3),
            Row("(e) unchanged sample post again", again * 1000, first * 1000, goal_ratio=0.1),
        ],
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
