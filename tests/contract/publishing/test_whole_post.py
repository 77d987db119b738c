"""One post, all twelve placements, from the folder to five networks, by the command line alone."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from tests.contract.publishing.cases_instagram import media_host
from tests.contract.publishing.fakes.base import FakeNetwork
from tests.contract.publishing.fakes.facebook import FakeFacebook
from tests.contract.publishing.fakes.facebook_clips import PAGE
from tests.contract.publishing.fakes.graph import USER_TOKEN
from tests.contract.publishing.fakes.instagram import PAGE as LINKED_PAGE
from tests.contract.publishing.fakes.instagram import USER as INSTAGRAM_USER
from tests.contract.publishing.fakes.instagram import FakeInstagram
from tests.contract.publishing.fakes.media_host import SECRET, FakeMediaHost
from tests.contract.publishing.fakes.tiktok import FakeTikTok
from tests.contract.publishing.fakes.x import USER as X_USER
from tests.contract.publishing.fakes.x import FakeX
from tests.contract.publishing.fakes.youtube import CHANNEL, FakeYouTube
from tests.contract.publishing.serving import Served, serving
from tests.integration.cli_helpers import Outcome, call
from wajo_studio.clock import SystemClock, today
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.progress import Job
from wajo_studio.services.samples import sample_post_folder

OPTIONS = {
    "youtube": {"privacy": "public", "made_for_kids": False},
    "tiktok": {
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "allow_comment": True,
        "allow_duet": False,
        "allow_stitch": False,
        "music_usage_confirmed": True,
        "brand_organic": False,
        "brand_content": False,
        "ai_generated": False,
    },
}


@pytest.fixture
def networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Served]]:
    """Every network being served, and named by WAJO_ENDPOINTS."""
    host = FakeMediaHost()
    tiktok = FakeTikTok()
    tiktok.fetch = lambda address: host.objects.get(address.rpartition("/")[2])
    fakes: dict[str, FakeNetwork] = {
        "facebook": FakeFacebook(),
        "instagram": FakeInstagram(),
        "x": FakeX(),
        "youtube": FakeYouTube(),
        "tiktok": tiktok,
        "host": host,
    }
    lines = ["[timing]", "scale = 0.0"]
    with ExitStack() as stack:
        served = {name: stack.enter_context(serving(fake)) for name, fake in fakes.items()}
        for name, one in served.items():
            if name != "host":
                table = one.fake.origins(one.origin)
                lines += [f"[{name}]", *(f'{key} = "{value}"' for key, value in table.items())]
        endpoints = tmp_path / "endpoints.toml"
        endpoints.write_text("\n".join(lines) + "\n")
        monkeypatch.setenv("WAJO_ENDPOINTS", str(endpoints))
        yield served


@pytest.fixture(autouse=True)
def _plain_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import keyring

    from tests.keyrings import FileKeyring

    before = keyring.get_keyring()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.FileKeyring")
    monkeypatch.setenv("WAJO_TEST_KEYRING", str(tmp_path / "keyring.json"))
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


def _add(network: str, **document: Any) -> None:
    before, text = sys.stdin, json.dumps({"access_token": "token-1", **document})
    sys.stdin = TextIOWrapper(BytesIO(text.encode()), encoding="utf-8")
    try:
        added = call("accounts", "add", network, "--token-stdin", "--json")
    finally:
        sys.stdin = before
    assert added.status == 0, added.err


def _accounts(networks: dict[str, Served]) -> None:
    from dataclasses import asdict

    origin = networks["host"].origin
    s3 = {key: value for key, value in asdict(media_host(origin, "s3")).items() if value}
    dav = {key: value for key, value in asdict(media_host(origin, "webdav")).items() if value}
    _add("facebook", name="Pemkab Wajo", id=PAGE, user_token=USER_TOKEN)
    _add(
        "instagram",
        name="Pemkab Wajo",
        id=INSTAGRAM_USER,
        page_id=LINKED_PAGE,
        user_token=USER_TOKEN,
        media_host=s3,
    )
    _add("x", name="Pemkab Wajo", id=X_USER, username="pemkabwajo")
    _add("youtube", name="Pemkab Wajo", id=CHANNEL)
    _add("tiktok", name="Pemkab Wajo", id="open-1", mode="direct", media_host=dav)


def _post(folder: Path) -> Path:
    """The sample post with every option chosen and every statement made."""
    post = sample_post_folder(folder, today=today(SystemClock()), ctx=Job())
    root = post if post.is_dir() else post.parent
    file = root / "post.toml"
    document: Any = tomlkit.parse(file.read_text(encoding="utf-8"))
    for network, values in OPTIONS.items():
        table = document.setdefault("options", tomlkit.table()).setdefault(network, {})
        for key, value in values.items():
            table[key] = value
    file.write_text(tomlkit.dumps(document), encoding="utf-8")
    _make_statements(file, document)
    return root


def _make_statements(file: Path, document: Any) -> None:
    checked = call("check", file, "--json").json
    asked = [f["rule"] for f in checked["findings"] if f["severity"] == "attest"]
    given = {"by": "admin", "at": datetime(2026, 11, 24, tzinfo=UTC), "role": "admin"}
    table = document.setdefault("attestations", tomlkit.table())
    for rule in asked:
        table[rule] = given
    file.write_text(tomlkit.dumps(document), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_post_goes_to_all_twelve_placements(networks: dict[str, Served], tmp_path: Path) -> None:
    _accounts(networks)
    post = _post(tmp_path / "post")
    done: Outcome = call("publish", post, "--at", "now", "--json")
    assert done.status == 0, done.out + done.err
    deliveries = done.json["deliveries"]
    assert [d["placement"] for d in deliveries] == list(PLACEMENTS)
    assert {d["state"] for d in deliveries} == {"published"}
    assert all(d["remote_id"] for d in deliveries)
    for name, served in networks.items():
        assert served.fake.wrongs == [], name
    counts = {name: len(served.fake.published) for name, served in networks.items()}
    assert counts == {
        "facebook": 3,
        "instagram": 4,
        "x": 1,
        "youtube": 2,
        "tiktok": 2,
        "host": 0,
    }
    home = Path(os.environ["WAJO_HOME"])
    for delivery in deliveries:
        assert (home / "parcels" / delivery["id"] / "parcel.json").is_file()
    secrets = [b"token-1", USER_TOKEN.encode(), SECRET.encode()]
    for file in (path for path in home.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert not [secret for secret in secrets if secret in content], file
    assert not any(secret.decode() in done.out + done.err for secret in secrets)
    out = tmp_path / "catatan"
    made = call("queue", "record", deliveries[0]["id"], "--out", out, "--json")
    record = json.loads((out / "catatan.json").read_text(encoding="utf-8"))
    assert made.status == 0
    assert len(record["deliveries"]) == len(PLACEMENTS)
    assert all(entry["proof"] for entry in record["deliveries"])
