"""What can be published on TikTok."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from tests.contract.publishing.cases_instagram import media_host
from tests.contract.publishing.driver import Bench
from tests.contract.publishing.fakes.media_host import FakeMediaHost
from tests.contract.publishing.fakes.tiktok import OPEN_ID, FakeTikTok
from tests.contract.publishing.parcels import clip, content, picture
from tests.contract.publishing.serving import serving
from tests.contract.publishing.suite import Case, Scene
from wajo_studio.domain.account import Account, AccountMode
from wajo_studio.domain.placement import Network
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.parcel import Parcel

CAPTION = "Layanan keliling 🌅 #wajo"
OPTIONS = {
    "privacy_level": "PUBLIC_TO_EVERYONE",
    "music_usage_confirmed": True,
    "allow_comment": True,
    "ai_generated": True,
    "cover_s": 1.5,
}
SIZE = 12_000_000
PIECES = {"chunk_bytes": 5_000_000}


def account(mode: AccountMode = "direct") -> Account:
    return Account("tiktok-1", Network.TIKTOK, "Diskominfotik", OPEN_ID, mode=mode)


def video(folder: Path, size: int = SIZE) -> Parcel:
    return Parcel("tiktok.video", (clip(folder, size),), {"caption": CAPTION}, OPTIONS)


def small(folder: Path) -> Parcel:
    options = OPTIONS | {"privacy_level": "SELF_ONLY", "ai_generated": False}
    return Parcel("tiktok.video", (clip(folder, 300_000),), {"caption": CAPTION}, options)


def draft(folder: Path) -> Parcel:
    return Parcel("tiktok.video", (clip(folder, 300_000),), {"caption": CAPTION})


def _open(
    make: Callable[[Path], Parcel], mode: AccountMode = "direct"
) -> Callable[[Path], AbstractContextManager[Scene]]:
    @contextmanager
    def scene(folder: Path) -> Iterator[Scene]:
        with serving(FakeTikTok()) as served:
            yield Scene(Bench(served, account(mode), make(folder), settings=PIECES))

    return scene


@contextmanager
def _photo_scene(folder: Path, mode: AccountMode) -> Iterator[Scene]:
    fake, host = FakeTikTok(), FakeMediaHost()
    with serving(fake) as served, serving(host) as hosting:
        fake.fetch = lambda address: host.objects.get(address.rpartition("/")[2])
        credentials = Credentials("token-1", media_host=media_host(hosting.origin, "webdav"))
        yield Scene(Bench(served, account(mode), photos(folder), credentials), (hosting,))


def photos(folder: Path) -> Parcel:
    pictures = tuple(picture(folder, number) for number in (1, 2))
    texts = {"title": "Layanan", "caption": CAPTION}
    options = OPTIONS | {"ai_generated": False}
    return Parcel("tiktok.photo", pictures, texts, options)


def _open_photos(mode: AccountMode) -> Callable[[Path], AbstractContextManager[Scene]]:
    return lambda folder: _photo_scene(folder, mode)


def _check_video(_scene: Scene, post: dict[str, Any]) -> None:
    assert [len(piece) for piece in post["pieces"]] == [5_000_000, 7_000_000]
    assert b"".join(post["pieces"]) == content("01.mp4", SIZE)
    assert post["info"] == {
        "title": CAPTION,
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "disable_comment": False,
        "disable_duet": True,
        "disable_stitch": True,
        "brand_content_toggle": False,
        "brand_organic_toggle": False,
        "is_aigc": True,
        "video_cover_timestamp_ms": 1500,
    }


def _check_small(_scene: Scene, post: dict[str, Any]) -> None:
    assert b"".join(post["pieces"]) == content("01.mp4", 300_000)
    assert post["info"]["privacy_level"] == "SELF_ONLY"
    assert not post["info"]["is_aigc"]


def _check_draft(_scene: Scene, post: dict[str, Any]) -> None:
    assert (post["direct"], post["info"]) == (False, None)
    assert b"".join(post["pieces"]) == content("01.mp4", 300_000)


def _check_photos(scene: Scene, post: dict[str, Any]) -> None:
    assert post["pictures"] == [content("01.jpg", 2000), content("02.jpg", 2000)]
    assert post["info"] == {
        "title": "Layanan",
        "description": CAPTION,
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "disable_comment": False,
        "brand_content_toggle": False,
        "brand_organic_toggle": False,
        "auto_add_music": False,
    }


def _check_photo_draft(_scene: Scene, post: dict[str, Any]) -> None:
    assert not post["direct"]
    assert post["info"] == {"title": "Layanan", "description": CAPTION}


CASES = [
    Case("tiktok.video", _open(video), _check_video),
    Case("tiktok.video small, private", _open(small), _check_small),
    Case("tiktok.video draft", _open(draft, "inbox"), _check_draft, remarks=1),
    Case("tiktok.photo", _open_photos("direct"), _check_photos, decisive=False),
    Case(
        "tiktok.photo draft",
        _open_photos("inbox"),
        _check_photo_draft,
        decisive=False,
        remarks=1,
    ),
]
