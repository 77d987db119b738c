"""Every photo of the shared collection: upright, sRGB, clean, or refused in one sentence."""

from itertools import combinations
from pathlib import Path

import numpy
import pytest
from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import MediaError
from wajo_studio.photo.crop import fill_box
from wajo_studio.photo.load import inspect_photo, open_photo
from wajo_studio.photo.place import fill, fit_blur
from wajo_studio.photo.save import save_jpeg
from wajo_studio.photo.subject import find_faces, find_focus
from wajo_studio.photo.verify import verify_image

FRAME = PixelSize(540, 675)
BROKEN = {"broken-truncated-60pct.jpg", "zero-bytes.jpg"}


def _pixels(image: Image.Image) -> "numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]]":
    return numpy.asarray(image).astype(numpy.int64)


def _photos(media: Path) -> dict[str, tuple[Path, PixelSize]]:
    """Name to file and displayed size, as the collection's own list says it."""
    rows = (media / "photos" / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = {}
    for row in rows:
        name, _special, size = row.split("\t")[:3]
        if name not in BROKEN:
            width, height = map(int, size.split("x"))
            found[name] = (media / "photos" / name, PixelSize(width, height))
    return found


@pytest.mark.shared_media
def test_every_photo_is_upright_and_comes_out_clean(shared_media: Path) -> None:
    photos = _photos(shared_media)
    assert len(photos) >= 28
    for name, (path, size) in photos.items():
        info = inspect_photo(path)
        assert info.size == size, name
        assert (path.suffix in info.expected_suffixes) == (not name.startswith("wrong-")), name
        image = open_photo(path, at_least=FRAME)
        assert (image.mode, image.info, type(image)) == ("RGB", {}, Image.Image), name
        assert image.width <= size.width, name
        assert image.width >= min(FRAME.width, size.width), name
        assert image.height >= min(FRAME.height, size.height), name
        assert abs(image.width / image.height / size.ratio - 1) < 0.01, name
        for placed in (fill(image, FRAME), fit_blur(image, FRAME)):
            saved = save_jpeg(placed, max_bytes=1_000_000, quality_floor=60)
            assert saved.within_budget, name
            verify_image(saved.content, FRAME, 1_000_000)


@pytest.mark.shared_media
def test_the_eight_orientations_show_the_same_picture(shared_media: Path) -> None:
    small = {}
    for value in range(1, 9):
        path = shared_media / "photos" / f"exif-orientation-{value}-landscape.jpg"
        image = open_photo(path, at_least=PixelSize(300, 200)).resize((300, 200))
        pixels = _pixels(image)
        pixels[70:130, 110:190] = 0  # the number of the orientation is printed there
        small[value] = pixels
    for first, second in combinations(small, 2):
        assert abs(small[first] - small[second]).mean() < 3, (first, second)
        assert abs(small[first] - small[second][::-1]).mean() > 20  # a turned one would differ


@pytest.mark.shared_media
def test_a_heic_that_libheif_turned_is_not_turned_again(shared_media: Path) -> None:
    path = shared_media / "photos" / "phone-12mp-heic-p3-iphone13promax.heic"
    image = open_photo(path, at_least=PixelSize(300, 400))
    assert image.width < image.height
    # the table stands at the bottom with its dark blue cloth, the lamp hangs at the top
    pixels = _pixels(image.resize((30, 40)))
    bottom, top = pixels[36:, 10:25].mean(axis=(0, 1)), pixels[:4, 10:25].mean(axis=(0, 1))
    assert bottom[2] > bottom[0]
    assert top[2] < top[0] + 5


def _saturation(image: Image.Image) -> float:
    return float(numpy.asarray(image.convert("HSV"))[:, :, 1].mean())


@pytest.mark.shared_media
@pytest.mark.parametrize("name", ["icc-adobergb.jpg", "icc-display-p3-gps.jpg"])
def test_wide_colours_get_stronger_numbers_in_srgb(shared_media: Path, name: str) -> None:
    path = shared_media / "photos" / name
    converted = open_photo(path)
    raw = Image.open(path).convert("RGB")
    assert _saturation(converted) > 1.02 * _saturation(raw)


@pytest.mark.shared_media
def test_display_p3_heic_and_its_jpeg_copy_agree(shared_media: Path) -> None:
    photos = shared_media / "photos"
    first = open_photo(photos / "phone-12mp-heic-p3-gps-iphone7.heic").resize((504, 378))
    second = open_photo(photos / "icc-display-p3-gps.jpg").resize((504, 378))
    assert abs(_pixels(first) - _pixels(second)).mean() < 2


@pytest.mark.shared_media
def test_cmyk_goes_through_its_profile(shared_media: Path) -> None:
    path = shared_media / "photos" / "cmyk-swop-family-walk.jpg"
    naive = Image.open(path).convert("RGB")
    managed = open_photo(path)
    assert abs(_pixels(naive) - _pixels(managed)).mean() > 10
    lawn = managed.crop((40, 200, 120, 260)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(lawn, tuple)
    red, green, blue = lawn
    assert green > red > blue  # naive conversion turns it into a neon green
    assert green - blue < 130


@pytest.mark.shared_media
def test_location_is_seen_and_a_lying_name_told(shared_media: Path) -> None:
    photos = shared_media / "photos"
    assert inspect_photo(photos / "panorama-wide-9mp-gps.jpg").has_gps
    assert inspect_photo(photos / "phone-12mp-heic-p3-gps-iphone7.heic").has_gps
    assert not inspect_photo(photos / "face-one-portrait.jpg").has_gps
    # its GPS block holds a version number and no place
    assert not inspect_photo(photos / "event-lamp-orientation6-gps.jpg").has_gps
    lying = inspect_photo(photos / "wrong-extension-is-jpeg.png")
    assert lying.format == "JPEG"
    assert ".png" not in lying.expected_suffixes


@pytest.mark.shared_media
def test_the_broken_ones_are_refused_by_name(shared_media: Path) -> None:
    for name, code in (
        ("broken-truncated-60pct.jpg", "media.damaged"),
        ("zero-bytes.jpg", "media.empty"),
    ):
        with pytest.raises(MediaError) as caught:
            open_photo(shared_media / "photos" / name)
        assert caught.value.code == code
        assert name in str(caught.value)


@pytest.mark.shared_media
@pytest.mark.parametrize(
    ("name", "face"),
    [
        ("face-one-portrait.jpg", (0.20, 0.18, 0.80, 0.62)),
        ("person-face-sign-text-24mp-progressive.jpg", (0.46, 0.24, 0.55, 0.37)),
    ],
)
def test_a_face_stays_in_the_crop(
    shared_media: Path, name: str, face: tuple[float, float, float, float]
) -> None:
    image = open_photo(shared_media / "photos" / name, at_least=PixelSize(640, 640))
    size = PixelSize(*image.size)
    focus = find_focus(image)
    left, top, right, bottom = face
    for ratio in (1.0, 9 / 16):
        box = fill_box(size, ratio, focus).relative_to(size)
        assert box.x <= left, ratio
        assert right <= box.x + box.w, ratio
        assert box.y <= top, ratio
        assert bottom <= box.y + box.h, ratio


@pytest.mark.shared_media
def test_a_group_is_cropped_round_faces(shared_media: Path) -> None:
    image = open_photo(shared_media / "photos" / "faces-group-team-30.jpg")
    size = PixelSize(*image.size)
    grey = image.resize((640, 318)).convert("L")
    faces = [face.relative_to(PixelSize(640, 318)) for face in find_faces(grey)]
    assert len(faces) >= 2
    for ratio, least in ((1.0, 2), (9 / 16, 1)):
        box = fill_box(size, ratio, find_focus(image)).relative_to(size)
        inside = [f for f in faces if box.x <= f.x and f.x + f.w <= box.x + box.w]
        assert len(inside) >= least


@pytest.mark.shared_media
def test_what_is_no_face_is_not_taken_for_one(shared_media: Path) -> None:
    for name in ("wrong-extension-is-jpeg.png", "text-street-sign.jpg", "icc-adobergb.jpg"):
        image = open_photo(shared_media / "photos" / name, at_least=PixelSize(640, 480))
        assert find_faces(image.convert("L").resize((640, 480))) == [], name
        assert find_focus(image) == find_focus(image)
