"""``publish``, ``queue`` and ``accounts`` on the command line, against a small network of ours."""

import json
import os
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import Outcome, call
from tests.integration.small_network import SmallNetwork, SmallPublisher, served
from wajo_studio.networks import registry
from wajo_studio.services.new_post import new_post

ACCOUNT = {"name": "Diskominfotik Wajo", "id": "12", "access_token": "token-1"}
SECRET = "tajam-rahasia-9f2c"


@pytest.fixture(autouse=True)
def _plain_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import keyring

    before = keyring.get_keyring()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.FileKeyring")
    monkeypatch.setenv("WAJO_TEST_KEYRING", str(tmp_path / "keyring.json"))
    from tests.keyrings import FileKeyring

    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallNetwork]:
    endpoints = tmp_path / "endpoints.toml"
    endpoints.write_text("[timing]\nscale = 0.01\n")
    monkeypatch.setenv("WAJO_ENDPOINTS", str(endpoints))
    with served(SmallNetwork()) as running:
        publisher = SmallPublisher(running.origin)
        monkeypatch.setattr(registry, "publisher_for", lambda *_: publisher)
        yield running


@pytest.fixture
def post(tmp_path: Path) -> Path:
    new_post("pengumuman-layanan", tmp_path / "post")
    file = tmp_path / "post" / "post.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    placements = next(n for n, line in enumerate(lines) if line.startswith("placements"))
    lines[placements] = 'placements = ["x.post"]'
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "post"


def add(document: Any, network: str = "x", *words: str) -> Outcome:
    """Call ``accounts add`` with a document on standard input."""
    text = document if isinstance(document, str) else json.dumps(document)
    before = sys.stdin
    sys.stdin = TextIOWrapper(BytesIO(text.encode()), encoding="utf-8")
    try:
        return call("accounts", "add", network, "--token-stdin", *words)
    finally:
        sys.stdin = before


def test_an_account_is_added_listed_and_removed() -> None:
    added = add(ACCOUNT)
    assert (added.status, added.out) == (0, "x-diskominfotik-wajo\n")
    again = add(ACCOUNT | {"access_token": "other"}, "x", "--json")
    assert again.json["id"] == "x-diskominfotik-wajo"
    other = add(ACCOUNT | {"id": "13"})
    assert other.out == "x-diskominfotik-wajo-2\n"
    listed = call("accounts", "list", "--json").json["accounts"]
    assert [(a["id"], a["state"]) for a in listed] == [
        ("x-diskominfotik-wajo", "connected"),
        ("x-diskominfotik-wajo-2", "connected"),
    ]
    assert call("accounts", "remove", "x-diskominfotik-wajo").status == 0
    assert len(call("accounts", "list", "--json").json["accounts"]) == 1
    assert call("accounts", "remove", "x-diskominfotik-wajo").status == 2


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (ACCOUNT | {"acess_token": SECRET}, "acess_token"),
        ({"name": "a", "id": "1"}, "access_token"),
        (ACCOUNT | {"id": ["12"]}, "id"),
        (ACCOUNT | {"access_token": 12}, "access_token"),
        (ACCOUNT | {"id": " "}, "id"),
        (ACCOUNT | {"expires_at": SECRET}, "expires_at"),
        (ACCOUNT | {"mode": SECRET}, "mode"),
        (ACCOUNT | {"reads": "yes"}, "reads"),
        (ACCOUNT | {"media_host": SECRET}, "media_host"),
        (ACCOUNT | {"media_host": {"kind": "s3", "secret": SECRET}}, "media_host.secret"),
        (
            ACCOUNT
            | {"media_host": {"kind": "s3", "endpoint": "http://a.id", "public_base": "https://b"}},
            "media_host.endpoint",
        ),
        (f'{{"name": "a", "access_token": "{SECRET}"', "line 1"),
        (f'["{SECRET}"]', "list"),
    ],
)
def test_an_account_that_cannot_be_used_names_the_key_and_no_value(
    document: Any, named: str
) -> None:
    refused = add(document, "x", "--json")
    assert refused.status == 2
    assert named in refused.error["message"]
    assert SECRET not in refused.out + refused.err
    assert call("accounts", "list", "--json").json == {"accounts": []}


def test_all_keys_of_the_contract_are_known() -> None:
    document = ACCOUNT | {
        "refresh_token": "r",
        "expires_at": "2026-12-31T00:00:00Z",
        "client_id": "c",
        "client_secret": "s",
        "user_token": "u",
        "page_id": "p",
        "mode": "inbox",
        "reads": True,
        "media_host": {
            "kind": "s3",
            "endpoint": "https://s3.example.id/",
            "bucket": "b",
            "access_key": "a",
            "secret_key": "k",
            "public_base": "https://media.example.id",
        },
    }
    kept = {name: add(document, name, "--json").json for name in ("x", "tiktok", "instagram")}
    assert (kept["x"]["reads"], kept["x"]["mode"]) == (True, "direct")
    assert (kept["tiktok"]["reads"], kept["tiktok"]["mode"]) == (False, "inbox")
    assert kept["instagram"]["page_id"] == "p"


def test_a_number_as_id_and_no_name_will_do() -> None:
    kept = add({"id": 17841400000000000, "access_token": "token-1"}, "instagram", "--json").json
    assert (kept["remote_id"], kept["name"]) == ("17841400000000000",) * 2


def test_an_unknown_network_and_a_missing_option_are_wrong_use() -> None:
    assert add(ACCOUNT, "twitter").status == 2
    assert call("accounts", "add", "x").status == 2
    assert "--token-stdin" in call("accounts", "connect", "x").sentence


def test_a_post_is_published(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    done = call("publish", post, "--json")
    assert done.status == 0
    [delivery] = done.json["deliveries"]
    assert {"id", "placement", "account", "state", "link", "remote_id", "error"} <= set(delivery)
    assert (delivery["state"], delivery["error"]) == ("published", None)
    assert len(network.published) == 1
    assert "0,02" in done.err, "what X charges: 0.015 for the post, 0.005 for the alternative text"
    [listed] = call("queue", "list", "--json").json["deliveries"]
    assert listed == delivery
    assert call("queue", "run", "--json").json == {"deliveries": []}
    again = call("publish", post)
    assert "Periksa" in again.err or "same text" in again.err


def test_a_post_is_packed_as_it_was(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    queued = call("publish", post, "--at", "2050-01-01T09:00", "--json")
    [delivery] = queued.json["deliveries"]
    assert (queued.status, delivery["state"]) == (0, "queued")
    assert delivery["due"].startswith("2050-01-01T01:00")
    home = Path(os.environ["WAJO_HOME"])
    parcel = json.loads((home / "parcels" / delivery["id"] / "parcel.json").read_text("utf-8"))
    assert parcel["parcel"]["texts"]["caption"]
    assert [item["name"] for item in parcel["parcel"]["items"]] == ["01.jpg"]
    assert parcel["record"]["checklist"]["result"]
    assert network.asked == []
    cancelled = call("queue", "cancel", delivery["id"], "--json")
    assert cancelled.json["deliveries"][0]["state"] == "cancelled"


def test_without_an_account_or_with_several(post: Path, network: SmallNetwork) -> None:
    assert call("publish", post, "--json").error["code"] == "input.account"
    add(ACCOUNT)
    add(ACCOUNT | {"id": "13"})
    assert call("publish", post).status == 2
    assert call("publish", post, "--account", "nobody").status == 2
    done = call("publish", post, "--account", "x-diskominfotik-wajo-2", "--json")
    assert done.json["deliveries"][0]["account"] == "x-diskominfotik-wajo-2"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("\n[fields]\n", '\n[captions]\nbase = "KTP 7313010101900001"\n\n[fields]\n'), None),
        (("\njudul = ", "\njudul_lama = "), "field-required"),
        (
            (
                'agency = "disdukcapil"\n',
                'agency = "disdukcapil"\nschedule = 2020-01-01T09:00:00\n',
            ),
            "schedule-past",
        ),
    ],
)
def test_what_is_refused_comes_with_findings(
    post: Path, network: SmallNetwork, change: tuple[str, str], rule: str | None
) -> None:
    add(ACCOUNT)
    file = post / "post.toml"
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    refused = call("publish", post, "--json")
    assert refused.status == 1, refused.err
    assert list(refused.json) == ["deliveries", "findings"]
    assert refused.json["deliveries"] == []
    assert rule is None or rule in {finding["rule"] for finding in refused.json["findings"]}
    assert network.asked == []
    assert call("queue", "list", "--json").json == {"deliveries": []}


def test_a_past_schedule_needs_at_now(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    refused = call("publish", post, "--at", "2020-01-01T09:00", "--json")
    assert refused.status == 1
    assert refused.json["findings"][0]["rule"] == "schedule-past"
    file = post / "post.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("\n[fields]", "\nschedule = 2020-01-01T09:00:00\n[fields]"), "utf-8"
    )
    assert call("publish", post, "--json").status == 1
    assert call("publish", post, "--at", "now", "--json").status == 0
    assert call("publish", post, "--at", "soon", "--json").status == 2


def test_failed_and_unclear_have_their_exit_statuses(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    network.faults[1] = "400"
    failed = call("publish", post, "--json")
    assert failed.status == 4
    [delivery] = failed.json["deliveries"]
    assert set(delivery["error"]) == {"code", "message", "detail"}
    retried = call("queue", "retry", delivery["id"], "--json")
    assert retried.status == 0, retried.err
    assert call("queue", "retry", delivery["id"]).status == 2
    assert call("queue", "resolve", delivery["id"], "--not-published").status == 2
    assert call("queue", "resolve", delivery["id"]).status == 2
    assert call("queue", "retry", "nothing").status == 2


def test_an_unclear_one_keeps_saying_so_until_a_person_tells(
    post: Path, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(ACCOUNT)
    publisher = SmallPublisher(network.origin, can_tell=False)
    monkeypatch.setattr(registry, "publisher_for", lambda *_: publisher)
    network.faults[1] = "cut-after"
    unclear = call("publish", post, "--json")
    assert unclear.status == 5
    [delivery] = unclear.json["deliveries"]
    assert delivery["state"] == "unknown"
    assert call("queue", "run", "--json").status == 5
    assert len(network.published) == 1
    wrong = call("queue", "resolve", delivery["id"], "--published", "https://x.com/wajo", "--json")
    assert (wrong.status, wrong.error["code"]) == (2, "input.link")
    link = "https://x.com/wajo/status/77"
    right = call("queue", "resolve", delivery["id"], "--published", link, "--json")
    assert right.status == 0
    assert right.json["deliveries"][0]["remote_id"] == "77"
    assert call("queue", "run", "--json").status == 0


def test_practice_needs_no_account_and_is_marked(post: Path, network: SmallNetwork) -> None:
    done = call("publish", post, "--practice", "--json")
    assert done.status == 0
    [delivery] = done.json["deliveries"]
    assert (delivery["mode"], delivery["state"]) == ("practice", "published")
    assert delivery["account"] == "latihan-x"
    assert delivery["remarks"]
    assert network.asked == []


def test_a_frozen_queue_keeps_what_is_published_now(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    assert call("queue", "freeze").status == 0
    waiting = call("publish", post, "--json")
    assert waiting.status == 0
    assert waiting.json["deliveries"][0]["state"] == "queued"
    assert network.asked == []
    assert call("queue", "thaw").status == 0
    assert call("queue", "run", "--json").json["deliveries"][0]["state"] == "published"


def test_the_log_of_what_was_done_is_whole(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    call("publish", post)
    told = call("queue", "audit", "--json")
    assert told.status == 0
    assert told.json["first_broken"] is None
    assert told.json["entries"] >= 4


def test_records_of_a_post_and_of_a_year(post: Path, network: SmallNetwork, tmp_path: Path) -> None:
    add(ACCOUNT)
    [delivery] = call("publish", post, "--json").json["deliveries"]
    out = tmp_path / "catatan"
    made = call("queue", "record", delivery["id"], "--out", out, "--json")
    assert made.status == 0
    assert {"catatan.html", "catatan.json", "catatan.pdf"} <= set(made.json["files"])
    pdf = (out / "catatan.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"/Image" in pdf, "the picture is in it"
    page = (out / "catatan.html").read_text(encoding="utf-8")
    assert "Layanan keliling Kecamatan Tempe" in page
    assert delivery["link"] in page
    record = json.loads((out / "catatan.json").read_text(encoding="utf-8"))
    [entry] = record["deliveries"]
    assert entry["proof"]["texts"]["caption"] in network.published
    assert [step["kind"] for step in entry["journal"]] == ["repeatable", "publish", "read"]
    assert call("queue", "record", delivery["id"], "--out", out).status == 2

    from wajo_studio.clock import SystemClock, today

    year = today(SystemClock()).year
    whole = call("queue", "record", "--year", str(year), "--out", tmp_path / "tahun", "--json")
    assert whole.status == 0
    table = (tmp_path / "tahun" / f"catatan-{year}.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbfpublished_at,")
    assert delivery["link"].encode() in table
    assert call("queue", "record", "--year", "1999", "--out", tmp_path / "n").status == 2


def test_a_damaged_database_is_told_and_put_back(post: Path, network: SmallNetwork) -> None:
    add(ACCOUNT)
    home = Path(os.environ["WAJO_HOME"])
    assert call("queue", "restore").status == 2
    (home / "wajo.db").write_bytes(b"damaged" * 1000)
    told = call("queue", "list", "--json")
    assert (told.status, told.error["code"]) == (3, "store.damaged")
    assert call("queue", "restore").status == 0
    assert call("queue", "list", "--json").status == 0
    assert list((home / "damaged").iterdir())


def test_no_secret_gets_anywhere(post: Path, network: SmallNetwork, tmp_path: Path) -> None:
    """After success, failure and wrong use, every file and every word is searched."""
    tokens = {
        "access_token": "akses-RAHASIA-1",
        "refresh_token": "segar-RAHASIA-2",
        "client_secret": "klien-RAHASIA-3",
        "user_token": "orang-RAHASIA-4",
    }
    said: list[str] = []

    def keep(outcome: Outcome) -> Outcome:
        said.append(outcome.out + outcome.err)
        return outcome

    keep(add(ACCOUNT | tokens, "x", "--json"))
    keep(call("publish", post, "--json"))  # refused by the network: an unknown token
    network.tokens = {"akses-RAHASIA-1"}
    keep(call("publish", post, "--json"))
    network.faults = {len(network.asked) + n: "500" for n in range(10)}
    keep(call("publish", post, "--json"))
    keep(call("publish", post))
    [first, *_rest] = keep(call("queue", "list", "--json")).json["deliveries"]
    keep(call("queue", "record", first["id"], "--out", tmp_path / "catatan"))
    keep(call("accounts", "list"))
    keep(call("doctor", "--json"))
    keep(add(ACCOUNT | tokens | {"wrong": "akses-RAHASIA-1"}, "x", "--json"))
    home = Path(os.environ["WAJO_HOME"])
    assert not any("RAHASIA" in text for text in said)
    searched = [p for p in (*home.rglob("*"), *(tmp_path / "catatan").rglob("*")) if p.is_file()]
    assert len(searched) > 10
    assert [p.name for p in searched if b"RAHASIA" in p.read_bytes()] == []
    assert any(p.name == "wajo.log" for p in searched)


def test_connecting_without_a_terminal_works_once_the_client_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person's browser that agrees, opened as the system opens one."""
    import threading
    import urllib.request
    import webbrowser
    from contextlib import closing
    from urllib.parse import parse_qs, urlsplit

    from tests.integration.scripted_server import Reply, scripted_server
    from wajo_studio.bootstrap import build_desk
    from wajo_studio.domain.placement import Network
    from wajo_studio.services.publishing.connecting import keep_client

    def visit(address: str) -> bool:
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        back = f"{query['redirect_uri']}?code=kode&state={query['state']}"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

        def go() -> None:
            opener.open(back, timeout=5).close()

        threading.Thread(target=go).start()
        return True

    granted = {"access_token": "a", "refresh_token": "r", "expires_in": 7200}
    user = {"data": {"id": "99", "name": "Kominfo Wajo", "username": "kominfowajo"}}
    replies = [Reply(content=json.dumps(document).encode()) for document in (granted, user)]
    with scripted_server(*replies) as server:
        endpoints = tmp_path / "endpoints.toml"
        endpoints.write_text(f'[x]\napi = "{server.origin}"\n[timing]\nscale = 0.01\n')
        monkeypatch.setenv("WAJO_ENDPOINTS", str(endpoints))
        with closing(build_desk()) as desk:
            keep_client(desk, Network.X, "klien", "")
        monkeypatch.setattr(webbrowser, "open", visit)
        done = call("accounts", "connect", "x", "--json")
    assert done.status == 0, done.err
    assert (done.json["id"], done.json["remote_id"]) == ("x-kominfo-wajo", "99")
