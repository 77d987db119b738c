"""Every photo of the shared collection as three networks get it."""

import hashlib
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from tests.integration.cli_helpers import NOW, PHOTO, ROOT, call, finding, make_post, rules, tree

pytestmark = pytest.mark.shared_media

PLACEMENTS = ("instagram.feed", "x.post", "facebook.story")
MAX_BYTES = {"instagram.feed": 8_000_000, "x.post": 5_000_000, "facebook.story": 4_000_000}
HOSTILE = ("broken-truncated-60pct.jpg", "zero-bytes.jpg")
HUGE = "huge-144mp-webp-bomb.webp"
LYING = "wrong-extension-is-jpeg.png"
PICTURES = {".jpg", ".png", ".webp", ".avif", ".heic", ".gif"}
BARE = {"icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


def post_of(folder: Path, photo: Path) -> Path:
    """A post without artwork that shows one photo."""
    body = PHOTO.replace("media/foto1.jpg", f"media/{photo.name}")
    return make_post(folder, PLACEMENTS, body=body, files={f"media/{photo.name}": photo})


def sound_photos(shared_media: Path) -> list[Path]:
    """All photos but the hostile and the huge one."""
    photos = sorted(p for p in (shared_media / "photos").iterdir() if p.suffix in PICTURES)
    assert len(photos) > 20
    return [photo for photo in photos if photo.name not in (*HOSTILE, HUGE)]


def test_every_photo_comes_out_clean(tmp_path: Path, shared_media: Path) -> None:
    upright: dict[str, Image.Image] = {}
    for photo in sound_photos(shared_media):
        before = hashlib.sha256(photo.read_bytes()).digest()
        out = tmp_path / f"out-{photo.stem}"
        words = ("--out", out, "--now", NOW, "--json")
        outcome = call("export", post_of(tmp_path / photo.stem, photo), *words)
        assert outcome.status == 0, (photo.name, outcome.err)
        assert hashlib.sha256(photo.read_bytes()).digest() == before
        lying = "extension-wrong" in rules(outcome.json)
        assert lying == (photo.name == LYING), photo.name
        for placement in PLACEMENTS:
            picture = _clean(out / placement / "01.jpg", MAX_BYTES[placement])
            if placement == "facebook.story":
                assert picture.size == (1080, 1920)
            if placement == "instagram.feed":
                assert picture.width == 1080
                assert 0.8 - 0.001 <= picture.width / picture.height <= 1.91 + 0.002
            if placement == "x.post":
                upright[photo.name] = picture
                assert max(picture.size) <= 2048
    _same_picture_in_all_orientations(upright)


def _clean(path: Path, max_bytes: int) -> Image.Image:
    """The picture, after a look for everything but pixels."""
    content = path.read_bytes()
    assert len(content) <= max_bytes
    assert _segments(content) <= {b"JFIF", b"ICC_PROFILE"}, path
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert set(picture.info) <= BARE
        assert not picture.getexif()
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        picture.load()
        return picture.copy()


def _segments(content: bytes) -> set[bytes]:
    """Names of the segments of a JPEG that carry anything but the picture."""
    names, at = set(), 2
    while content[at + 1] != 0xDA:
        kind, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xE0 <= kind <= 0xEF or kind == 0xFE:
            names.add(content[at + 4 : at + 2 + size].partition(b"\0")[0])
        at += 2 + size
    return names


def _same_picture_in_all_orientations(pictures: dict[str, Image.Image]) -> None:
    turned = {name: p for name, p in pictures.items() if name.startswith("exif-orientation-")}
    assert len(turned) == 8
    first = turned["exif-orientation-1-landscape.jpg"]
    for name, picture in turned.items():
        assert picture.size == first.size, name
        change = ImageChops.difference(picture.resize((90, 60)), first.resize((90, 60)))
        assert max(ImageStat.Stat(change).mean) < 6, name


def test_colours_mean_the_same_in_srgb(tmp_path: Path, shared_media: Path) -> None:
    """A wide-gamut photo looks as its own profile says, not as its bare numbers do."""
    photo = shared_media / "photos" / "icc-adobergb.jpg"
    post = post_of(tmp_path / "post", photo)
    out = tmp_path / "out"
    assert call("export", post, "--out", out, "--placement", "x.post").status == 0
    with Image.open(photo) as source, Image.open(out / "x.post" / "01.jpg") as made:
        profile = ImageCms.ImageCmsProfile(BytesIO(source.info["icc_profile"]))
        bare = source.convert("RGB").resize((100, 75))
        seen = ImageCms.profileToProfile(bare, profile, ImageCms.createProfile("sRGB"))
        assert seen is not None
        result = made.resize((100, 75))

        def distance(first: Image.Image) -> float:
            return sum(ImageStat.Stat(ImageChops.difference(first, result)).mean)

        assert distance(seen) < 6
        assert distance(seen) < distance(bare) / 2


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_photos_are_refused(tmp_path: Path, shared_media: Path, name: str) -> None:
    post = post_of(tmp_path / "post", shared_media / "photos" / name)
    outcome = call("export", post, "--out", tmp_path / "out", "--json", "--force")
    assert outcome.status == 2
    assert outcome.error["message"] == outcome.sentence
    assert name in outcome.error["message"]
    assert tree(tmp_path) == [f"post/media/{name}", "post/post.toml"]
    assert call("check", post, "--json").error == outcome.error


def test_a_lying_name_is_told(tmp_path: Path, shared_media: Path) -> None:
    post = post_of(tmp_path / "post", shared_media / "photos" / LYING)
    found = finding(call("check", post, "--json").json, "extension-wrong")
    assert found["severity"] == "info"
    assert found["where"]["id"] == "foto1"
    assert "JPEG" in found["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_a_huge_photo_stays_within_memory(tmp_path: Path, shared_media: Path) -> None:
    post_of(tmp_path / "post", shared_media / "photos" / HUGE)
    code = (
        "import sys; from pathlib import Path; from wajo_studio.cli.app import run\n"
        "status = run(sys.argv[1:])\n"
        # ru_maxrss outlives exec and would tell the peak of the test's own process.
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        "sys.exit(status)"
    )
    words = ("export", tmp_path / "post", "--out", tmp_path / "out", "--now", NOW)
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        encoding="utf-8",
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1_500_000
    assert len(tree(tmp_path / "out")) == 10
