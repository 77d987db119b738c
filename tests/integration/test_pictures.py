"""The shelf of pictures: the same pixels whatever else is asked for, and in whatever order."""

from pathlib import Path

from tests.integration.photo_files import smooth_photo
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import MediaItem
from wajo_studio.photo.load import inspect_photo
from wajo_studio.services.pictures import PictureShelf

LARGE, SMALL = PixelSize(900, 600), PixelSize(90, 160)


def shelf(path: Path) -> PictureShelf:
    item = MediaItem(id="foto", path="media/foto.jpg")
    return PictureShelf({"foto": item}, {"foto": inspect_photo(path)}, lambda _: path, "#0E4D3A")


def test_a_use_gets_the_same_pixels_whatever_came_before(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    smooth_photo(1200, 800).save(path, quality=95)
    alone = shelf(path).picture("foto", SMALL).tobytes()
    after = shelf(path)
    after.picture("foto", LARGE)
    assert after.picture("foto", SMALL).tobytes() == alone
    assert after.picture("foto", LARGE).size == (900, 600)


def test_a_small_use_decodes_few_pixels(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    smooth_photo(1200, 800).save(path, quality=95)
    used = shelf(path)
    used.picture("foto", SMALL, "fit-blur")
    ((_key, base),) = used._decoded.items()
    assert base.size == (150, 100)  # an eighth, still larger than the 90 x 60 that are shown
