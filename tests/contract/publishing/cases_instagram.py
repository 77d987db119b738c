"""Everything that can be published on an Instagram account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import NOW, Bench
from tests.contract.publishing.fakes.graph import USER_TOKEN
from tests.contract.publishing.fakes.instagram import PAGE, USER, FakeInstagram
from tests.contract.publishing.fakes.media_host import ACCESS, BUCKET, SECRET, FakeMediaHost
from tests.contract.publishing.material import clip, parcel, picture
from tests.contract.publishing.serving import serving
from tests.contract.publishing.suite import Case, Scene
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.networks.credentials import Credentials, MediaHost
from wajo_studio.networks.instagram.publisher import InstagramPublisher
from wajo_studio.networks.media_host import leftovers
from wajo_studio.networks.parcel import Parcel
from wajo_studio.specs.loader import load_specs

ACCOUNT = Account(
    "instagram-diskominfotik",
    Network.INSTAGRAM,
    "Diskominfotik Wajo",
    USER,
    page_id=PAGE,
    username="diskominfotik.wajo",
)
Make = Callable[[Path], Parcel]


@contextmanager
def scene(make: Make, folder: Path, *, kind: str = "s3", **settings: Any) -> Iterator[Scene]:
    """An account, its media host (none: ``kind`` empty), and one delivery."""
    with serving(FakeInstagram()) as served, serving(FakeMediaHost()) as host:
        keys = Credentials(
            "token-1",
            user_token=USER_TOKEN,
            media_host=media_host(host.origin, kind) if kind else None,
        )
        bench = Bench(served, ACCOUNT, make(folder), keys)
        bench.keys.renewals = 1  # Meta's tokens are not renewed
        specs = load_specs()
        spec = specs[bench.parcel.placement]
        changed = spec.model_copy(update={"settings": {**spec.settings, **settings}})
        bench.publisher = InstagramPublisher({**specs, spec.id: changed}, bench.origins)
        yield Scene(bench, (host,))


def media_host(origin: str, kind: Any) -> MediaHost:
    """The fake media host, as an account knows it."""
    endpoint = f"{origin}/dav" if kind == "webdav" else origin
    return MediaHost(kind, endpoint, f"{origin}/public", BUCKET, ACCESS, SECRET)


def check(scene: Scene, got: dict[str, Any]) -> None:
    """What got public is what the parcel holds, and nothing stays on the media host unlisted."""
    sent = scene.bench.parcel
    assert got["text"] == ("" if sent.surface == "story" else sent.text("caption"))
    assert got["media"] == [item.sha256 for item in sent.items]
    if sent.surface in ("feed", "carousel"):
        assert got["alts"] == [picture.alt for picture in sent.pictures]
    host = scene.others[0].fake
    assert isinstance(host, FakeMediaHost)
    assert got["cover"] == (sent.cover.sha256 if sent.cover and host.ever else "")
    listed = leftovers.older_than(ACCOUNT.id, timedelta(-1), NOW)
    assert set(host.objects) <= set(listed)
    form = got["form"]
    for option, key in (("location_id", "location_id"), ("ai_generated", "is_ai_generated")):
        assert (key in form) == bool(sent.options.get(option))


_OPTIONS = {"location_id": "445566", "ai_generated": True, "collaborators": ["wajo.prov", "@opd"]}


def _feed(folder: Path) -> Parcel:
    options = {**_OPTIONS, "first_comment": "Nomor layanan: 0485-21001"}
    return parcel("instagram.feed", picture(folder, 1), options=options)


def _carousel(folder: Path) -> Parcel:
    pictures = [picture(folder, number) for number in (1, 2, 3)]
    return parcel("instagram.carousel", *pictures, options=_OPTIONS)


def _reel(folder: Path) -> Parcel:
    options = {"share_to_feed": True, "first_comment": "Jadwal lengkap"}
    return parcel("instagram.reel", clip(folder), cover=picture(folder, 9), options=options)


def _bare_reel(folder: Path) -> Parcel:
    return parcel("instagram.reel", clip(folder), cover_s=2.5)


def _story(folder: Path) -> Parcel:
    return parcel("instagram.story", picture(folder, 1), options={"ai_generated": True})


def _story_clip(folder: Path) -> Parcel:
    return parcel("instagram.story", clip(folder))


def _case(name: str, make: Make, *, scene_of: dict[str, Any] | None = None, **more: Any) -> Case:
    open_scene = partial(scene, make, **(scene_of or {}))
    return Case(f"instagram.{name}", open_scene, check, renews=False, **more)


CASES = [
    _case("feed", _feed),
    _case("feed by WebDAV", _feed, scene_of={"kind": "webdav"}),
    _case("feed by Page photo", _feed, scene_of={"kind": "", "still_via_page_photo": True}),
    _case("carousel", _carousel),
    _case("reel with cover", _reel),
    _case("reel without media host", _bare_reel, scene_of={"kind": ""}),
    _case("story picture", _story),
    _case("story clip", _story_clip),
]
