"""What can be published on YouTube."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import NOW, Bench
from tests.contract.publishing.fakes.youtube import CHANNEL, PLAYLIST, FakeYouTube
from tests.contract.publishing.parcels import clip, content, picture, subtitles
from tests.contract.publishing.serving import serving
from tests.contract.publishing.suite import Case, Scene
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.networks.parcel import Parcel

ACCOUNT = Account("youtube-1", Network.YOUTUBE, "Pemkab Wajo", CHANNEL)
SIZE = 700_000
PIECES = {"chunk_bytes": 262_144}
OPTIONS = {"privacy": "public", "made_for_kids": False}


def texts(title: str) -> dict[str, str]:
    return {"title": title, "description": "Jadwal & tempat 🌅", "tags": "wajo\nlayanan publik"}


def video(folder: Path, **more: Any) -> Parcel:
    """Everything that can come along with a video."""
    options = OPTIONS | {
        "playlist": PLAYLIST,
        "first_comment": "Tanya di sini.",
        "synthetic_media": True,
        "notify_subscribers": False,
        "category": "27",
    }
    return Parcel(
        "youtube.video",
        (clip(folder, SIZE),),
        texts("Layanan keliling"),
        options,
        cover=picture(folder, 99),
        subtitles=subtitles(folder),
        **more,
    )


def short(folder: Path) -> Parcel:
    return Parcel(
        "youtube.short",
        (clip(folder, 200_000),),
        texts("Short layanan"),
        OPTIONS | {"privacy": "unlisted"},
        cover=picture(folder, 99),
    )


def planned(folder: Path) -> Parcel:
    at = NOW + timedelta(days=3)
    return Parcel(
        "youtube.video", (clip(folder, 200_000),), texts("Nanti"), OPTIONS, scheduled_at=at
    )


def _open(make: Callable[[Path], Parcel]) -> Callable[[Path], AbstractContextManager[Scene]]:
    @contextmanager
    def scene(folder: Path) -> Iterator[Scene]:
        with serving(FakeYouTube()) as served:
            yield Scene(Bench(served, ACCOUNT, make(folder), settings=PIECES))

    return scene


def _check_video(scene: Scene, shown: dict[str, Any]) -> None:
    fake = scene.bench.fake
    assert isinstance(fake, FakeYouTube)
    assert shown["content"] == content("01.mp4", SIZE)
    assert shown["resource"] == {
        "snippet": {
            "title": "Layanan keliling",
            "description": "Jadwal & tempat 🌅",
            "tags": ["wajo", "layanan publik"],
            "categoryId": "27",
            "defaultLanguage": "id",
            "defaultAudioLanguage": "id",
        },
        "status": {
            "privacyStatus": "public",
            "selfDeclaredMadeForKids": False,
            "containsSyntheticMedia": True,
            "license": "youtube",
            "embeddable": True,
            "publicStatsViewable": True,
        },
    }
    assert not shown["notify"]
    assert shown["thumbnail"] == content("99.jpg", 2000)
    assert shown["captions"] == {("id", "Indonesia"): content("subtitles.srt", 300)}
    assert len(fake.listed) <= 1
    assert len(fake.comments) <= 1


def _check_short(_scene: Scene, shown: dict[str, Any]) -> None:
    assert shown["content"] == content("01.mp4", 200_000)
    assert shown["privacy"] == "unlisted"
    assert shown["notify"]
    assert shown["thumbnail"] == content("99.jpg", 2000)
    assert not shown["resource"]["status"]["containsSyntheticMedia"]


def _check_planned(_scene: Scene, shown: dict[str, Any]) -> None:
    status = shown["resource"]["status"]
    assert (status["privacyStatus"], status["publishAt"]) == ("private", "2026-11-27T01:00:00Z")


CASES = [
    Case("youtube.video", _open(video), _check_video),
    Case("youtube.short", _open(short), _check_short),
    Case("youtube.video planned", _open(planned), _check_planned, remarks=1),
]
