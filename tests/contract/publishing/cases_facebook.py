"""Everything that can be published on a Facebook Page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import NOW, Bench
from tests.contract.publishing.fakes.facebook import FakeFacebook
from tests.contract.publishing.fakes.facebook_clips import PAGE
from tests.contract.publishing.fakes.graph import USER_TOKEN
from tests.contract.publishing.material import clip, parcel, picture
from tests.contract.publishing.serving import serving
from tests.contract.publishing.suite import Case, Scene
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.facebook.publisher import FacebookPublisher
from wajo_studio.networks.parcel import Parcel
from wajo_studio.specs.loader import load_specs

ACCOUNT = Account("facebook-diskominfotik", Network.FACEBOOK, "Diskominfotik Wajo", PAGE)
LATER = NOW + timedelta(days=3)
Make = Callable[[Path], Parcel]


@contextmanager
def scene(make: Make, folder: Path, **settings: Any) -> Iterator[Scene]:
    """A Page and one delivery to it; ``settings`` replace those of the spec."""
    with serving(FakeFacebook()) as served:
        bench = Bench(
            served,
            ACCOUNT,
            make(folder),
            Credentials("token-1", user_token=USER_TOKEN),
        )
        bench.keys.renewals = 1  # Meta's tokens are not renewed
        with_settings(bench, settings)
        yield Scene(bench)


@contextmanager
def bench(
    given: Parcel | Make, folder: Path, **settings: Any
) -> Iterator[tuple[Bench, FakeFacebook]]:
    """A delivery to a Page, and the Page."""
    make = (lambda _folder: given) if isinstance(given, Parcel) else given
    with scene(make, folder, **settings) as made:
        fake = made.bench.fake
        assert isinstance(fake, FakeFacebook)
        yield made.bench, fake


def with_settings(bench: Bench, settings: dict[str, Any]) -> None:
    """Replace settings of the spec."""
    specs = load_specs()
    spec = specs[bench.parcel.placement]
    changed = spec.model_copy(update={"settings": {**spec.settings, **settings}})
    bench.publisher = FacebookPublisher({**specs, spec.id: changed}, bench.origins)


def check(scene: Scene, got: dict[str, Any]) -> None:
    """What got public is what the parcel holds."""
    sent = scene.bench.parcel
    story = sent.surface == "story"
    assert got["text"] == ("" if story else sent.text("caption"))
    assert got["media"] == [item.sha256 for item in sent.items]
    if got["kind"] == "feed":
        assert got["alts"] == [picture.alt for picture in sent.pictures]
        assert got["link"] == sent.options.get("link", "")
    at = sent.scheduled_at
    assert got["at"] == ("" if at is None else str(int(at.timestamp())))
    assert got.get("place", "") == sent.options.get("place", "")


def _text(_folder: Path) -> Parcel:
    return parcel("facebook.feed", options={"first_comment": "Nomor layanan: 0485-21001"})


def _link(_folder: Path) -> Parcel:
    return parcel("facebook.feed", options={"link": "https://wajokab.go.id/layanan"})


def _photos(count: int, folder: Path) -> Parcel:
    pictures = [picture(folder, number) for number in range(1, count + 1)]
    return parcel("facebook.feed", *pictures, options={"place": "445566"})


def _wordless(folder: Path) -> Parcel:
    return parcel("facebook.feed", picture(folder, 1), picture(folder, 2), caption="")


def _video(folder: Path) -> Parcel:
    return parcel("facebook.feed", clip(folder), cover=picture(folder, 9))


def _reel(folder: Path) -> Parcel:
    options = {"first_comment": "Lihat jadwal lengkap", "place": "445566"}
    return parcel("facebook.reel", clip(folder), cover=picture(folder, 9), options=options)


def _story_clip(folder: Path) -> Parcel:
    return parcel("facebook.story", clip(folder), caption="")


def _story_photo(folder: Path) -> Parcel:
    return parcel("facebook.story", picture(folder, 1), caption="")


def _later(make: Make, folder: Path) -> Parcel:
    return replace(make(folder), scheduled_at=LATER, options={})


_photos_later = partial(_later, partial(_photos, 2))


def _case(name: str, make: Make, *, settings: dict[str, Any] | None = None, **more: Any) -> Case:
    open_scene = partial(scene, make, **(settings or {}))
    return Case(f"facebook.{name}", open_scene, check, renews=False, **more)


_ONE_PHASE = {"two_phase_publish": False}
_CHUNKS = {"video_chunk_bytes": 100_000}

CASES = [
    _case("feed text", _text),
    _case("feed link", _link),
    _case("feed picture", partial(_photos, 1)),
    _case("feed pictures", partial(_photos, 3)),
    _case("feed text in one phase", _text, settings=_ONE_PHASE, decisive=False),
    _case("feed pictures in one phase", partial(_photos, 2), settings=_ONE_PHASE, decisive=False),
    _case("feed pictures without words", _wordless, settings=_ONE_PHASE, decisive=False),
    _case("feed video", _video, settings=_CHUNKS),
    _case("reel", _reel),
    _case("story picture", _story_photo, decisive=False),
    _case("story clip", _story_clip),
    _case(
        "feed pictures for later", partial(_later, partial(_photos, 2)), decisive=False, remarks=1
    ),
    _case("feed video for later", partial(_later, _video), settings=_CHUNKS, remarks=1),
    _case("reel for later", partial(_later, _reel), remarks=1),
]
