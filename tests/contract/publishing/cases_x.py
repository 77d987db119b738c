"""What can be published on X."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import Bench
from tests.contract.publishing.fakes.x import USER, FakeX
from tests.contract.publishing.parcels import clip, content, picture, subtitles
from tests.contract.publishing.serving import serving
from tests.contract.publishing.suite import Case, Scene
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.networks.parcel import Parcel

CAPTION = (
    "Layanan keliling di Tempe & Sengkang 🌅\n"
    "Info: https://wajokab.go.id/berita dan contohkab.go.id"
)
LONG = "\n\n".join(
    f"Bagian {number}. " + "Warga datang ke kantor kecamatan pagi ini. " * 5 for number in (1, 2, 3)
)


def account(*, reads: bool = False) -> Account:
    return Account("x-1", Network.X, "Diskominfotik", USER, username="diskominfowajo", reads=reads)


def _open(
    make: Callable[[Path], Parcel], *, reads: bool
) -> Callable[[Path], AbstractContextManager[Scene]]:
    @contextmanager
    def scene(folder: Path) -> Iterator[Scene]:
        fake = FakeX()
        fake.reads = reads
        with serving(fake) as served:
            yield Scene(Bench(served, account(reads=reads), make(folder)))

    return scene


def _text(_folder: Path) -> Parcel:
    return Parcel("x.post", (), {"caption": CAPTION}, {"ai_generated": True})


def _pictures(folder: Path) -> Parcel:
    alts = ("Loket layanan", "", "Antrean warga", "Kantor camat")
    items = tuple(picture(folder, number, alt) for number, alt in enumerate(alts, 1))
    return Parcel("x.post", items, {"caption": CAPTION})


def _video(folder: Path) -> Parcel:
    return Parcel("x.post", (clip(folder),), {"caption": CAPTION}, subtitles=subtitles(folder))


def _thread(folder: Path) -> Parcel:
    return Parcel("x.post", (picture(folder, 1),), {"caption": LONG}, {"thread": True})


def _fake(scene: Scene) -> FakeX:
    assert isinstance(scene.bench.fake, FakeX)
    return scene.bench.fake


def _check_text(_scene: Scene, post: dict[str, Any]) -> None:
    assert (post["text"], post["media"], post["made_with_ai"]) == (CAPTION, [], True)


def _check_pictures(scene: Scene, post: dict[str, Any]) -> None:
    media = [_fake(scene).media[key] for key in post["media"]]
    assert [entry["content"] for entry in media] == [
        content(f"0{n}.jpg", 2000) for n in (1, 2, 3, 4)
    ]
    assert [entry["alt"] for entry in media] == [
        "Loket layanan",
        "",
        "Antrean warga",
        "Kantor camat",
    ]
    assert not post["made_with_ai"]


def _check_video(scene: Scene, post: dict[str, Any]) -> None:
    [media] = [_fake(scene).media[key] for key in post["media"]]
    assert media["content"] == content("01.mp4", 2_500_000)
    assert sorted(media["pieces"]) == [0, 1, 2]
    assert media["subtitles"] == ("ID", "Indonesia")


def _check_thread(scene: Scene, post: dict[str, Any]) -> None:
    """Replies hang on one another, none is there twice; what is missing is told by the state."""
    fake = _fake(scene)
    texts = [post["text"], *(reply["text"] for reply in fake.replies)]
    assert texts == [part.strip() for part in LONG.split("\n\n")][: len(texts)]
    assert [reply["to"] for reply in fake.replies] == [
        post["id"],
        *(reply["id"] for reply in fake.replies[:-1]),
    ][: len(fake.replies)]
    assert len(post["media"]) == 1


def _case(
    name: str,
    make: Callable[[Path], Parcel],
    check: Callable[[Scene, dict[str, Any]], None],
    *,
    reads: bool = False,
) -> Case:
    return Case(f"x.post {name}", _open(make, reads=reads), check, decisive=False)


CASES = [
    _case("text", _text, _check_text),
    _case("text, may read", _text, _check_text, reads=True),
    _case("pictures", _pictures, _check_pictures),
    _case("pictures, may read", _pictures, _check_pictures, reads=True),
    _case("video", _video, _check_video),
    _case("thread", _thread, _check_thread),
    _case("thread, may read", _thread, _check_thread, reads=True),
]
