"""X's own rules, beyond what holds for every adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_x import CAPTION, LONG, account
from tests.contract.publishing.driver import NOW, Bench, Killed, Result
from tests.contract.publishing.fakes.base import Told
from tests.contract.publishing.fakes.x import USER, FakeX
from tests.contract.publishing.parcels import clip, picture, subtitles
from tests.contract.publishing.serving import Fault, serving
from wajo_studio.clock import FixedClock
from wajo_studio.errors import (
    NotAllowedError,
    PublishError,
    RateLimitedError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.networks.http import Answer, Http
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.x.errors import judge
from wajo_studio.networks.x.matching import same_text
from wajo_studio.networks.x.price import cost_of
from wajo_studio.progress import CancelToken
from wajo_studio.specs.loader import load_specs

TEXT = Parcel("x.post", (), {"caption": CAPTION})
THREAD = Parcel("x.post", (), {"caption": LONG}, {"thread": True})


@contextmanager
def bench(parcel: Parcel, *, reads: bool = False, **more: Any) -> Iterator[tuple[Bench, FakeX]]:
    fake = FakeX()
    fake.reads = reads
    with serving(fake) as served:
        yield Bench(served, account(reads=reads), parcel, **more), fake


def problem(status: int, detail: str, kind: str = "about:blank", **headers: str) -> Told:
    document = {"title": detail, "detail": detail, "type": kind, "status": status}
    return Told(
        status, document, {name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (problem(402, "CreditsDepleted"), RejectedError, "kredit"),
        (
            problem(403, "You are not allowed to create a Tweet with duplicate content."),
            RejectedError,
            "persis",
        ),
        (
            Told(403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}),
            RejectedError,
            "persis",
        ),
        (
            problem(403, "You are not permitted to perform this action."),
            NotAllowedError,
            "not permitted",
        ),
        (
            problem(403, "x", "https://api.twitter.com/2/problems/client-forbidden"),
            NotAllowedError,
            "console.x.com",
        ),
        (
            problem(404, "Not Found", "https://api.x.com/2/problems/resource-not-found"),
            RejectedError,
            "Not Found",
        ),
        (problem(400, "One or more parameters were invalid"), RejectedError, "parameters"),
        (
            problem(429, "Usage cap", "https://api.x.com/2/problems/usage-capped"),
            RateLimitedError,
            "bulan",
        ),
    ],
)
def test_a_refusal_is_told_and_nothing_is_published(
    answer: Told, error: type[PublishError], words: str
) -> None:
    with bench(TEXT) as (desk, fake):
        fake.refusing["/2/tweets"] = answer
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", error)
    assert words in str(result.error)
    assert fake.published == []
    assert desk.served.asked == ["POST /2/tweets"]


def test_a_limit_is_waited_for_when_that_is_soon_and_told_when_it_is_not() -> None:
    def verdict(wait_s: int) -> Any:
        headers = {
            "x-rate-limit-reset": str(1_795_000_000 + wait_s),
            "date": "Wed, 18 Nov 2026 11:06:40 GMT",
        }
        return judge(Answer(429, headers, b'{"title": "Too Many Requests"}'))

    assert (verdict(20).kind, verdict(20).wait_s) == ("busy", 20)
    with bench(TEXT) as (desk, fake):
        fake.refusing["/2/tweets"] = problem(429, "Too Many", x_rate_limit_reset="4000000000")
        result = desk.deliver()
    assert isinstance(result.error, RateLimitedError)
    assert desk.served.asked == ["POST /2/tweets"]


def test_reading_is_never_done_by_an_account_that_may_not() -> None:
    with bench(TEXT) as (desk, fake):
        desk.served.faults[0] = Fault.CUT_AFTER
        assert desk.deliver().state == "unknown"
    assert desk.served.asked == ["POST /2/tweets"]
    assert len(fake.published) == 1


def test_a_lost_post_is_found_by_an_account_that_may_read() -> None:
    with bench(TEXT, reads=True) as (desk, fake):
        desk.served.faults[0] = Fault.CUT_AFTER
        result = desk.deliver()
    assert result.state == "published"
    assert result.remote_id == fake.published[0]["id"]
    assert result.link == f"https://x.com/diskominfowajo/status/{result.remote_id}"


def test_a_refused_alternative_text_or_subtitle_is_a_remark(tmp_path: Path) -> None:
    parcel = Parcel("x.post", (picture(tmp_path, 1, "Loket"),), {"caption": CAPTION})
    with bench(parcel) as (desk, fake):
        fake.refusing["/2/media/metadata"] = problem(400, "bad")
        result = desk.deliver()
    assert (result.state, len(result.remarks)) == ("published", 1)
    assert "gambar 1" in result.remarks[0]
    parcel = Parcel("x.post", (clip(tmp_path, 300_000),), {}, subtitles=subtitles(tmp_path))
    with bench(parcel, settings={"chunk_bytes": 200_000}) as (desk, fake):
        fake.refusing["/2/media/subtitles"] = problem(403, "no")
        result = desk.deliver()
    assert (result.state, len(result.remarks)) == ("published", 1)


def test_a_clip_that_x_cannot_process_is_a_failure_and_so_is_endless_processing(
    tmp_path: Path,
) -> None:
    parcel = Parcel("x.post", (clip(tmp_path, 300_000),), {"caption": CAPTION})
    with bench(parcel) as (desk, fake):
        fake.processing_fails = True
        result = desk.deliver()
    assert isinstance(result.error, RejectedError)
    assert "Unsupported video" in str(result.error)
    with bench(parcel, settings={"processing_timeout_s": 20}) as (desk, fake):
        fake.looks = 1000
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", UnavailableError)
    assert fake.published == []


def test_media_that_x_may_have_dropped_is_uploaded_again(tmp_path: Path) -> None:
    parcel = Parcel("x.post", (picture(tmp_path, 1), picture(tmp_path, 2)), {"caption": CAPTION})
    with bench(parcel) as (desk, fake):
        desk.disk.kill_at = (2, "before")
        with pytest.raises(Killed):
            desk.deliver()
        desk.disk.kill_at = None
        # The process ended before the post was sent; it comes back two days later.
        desk.disk.entries.pop()
        desk.clock = FixedClock(NOW + timedelta(days=2))
        assert desk.deliver().state == "published"
    assert desk.served.asked.count("POST /2/media/upload") == 4
    assert fake.published[0]["media"] == sorted(fake.media)[2:]


def test_pieces_are_never_more_than_a_thousand(tmp_path: Path) -> None:
    parcel = Parcel("x.post", (clip(tmp_path, 250_001),), {"caption": CAPTION})
    with bench(parcel, settings={"chunk_bytes": 100}) as (desk, fake):
        desk.disk.kill_at = (4, "before")
        with pytest.raises(Killed):
            desk.deliver()
        [media] = fake.media.values()
    assert [len(piece) for piece in media["pieces"].values()] == [251] * 3


def test_an_upload_cut_in_the_middle_sends_one_piece_again(tmp_path: Path) -> None:
    parcel = Parcel("x.post", (clip(tmp_path, 1_600_000),), {"caption": CAPTION})
    with bench(parcel, settings={"chunk_bytes": 200_000}) as (desk, _fake):
        desk.served.faults[5] = Fault.CUT_HALFWAY
        assert desk.deliver().state == "published"
    assert sum(line.endswith("/append") for line in desk.served.asked) == 9


# Threads --------------------------------------------------------------------------------


def published_thread(fault: Told, at_path: str = "/2/tweets") -> tuple[Result, FakeX]:
    with bench(THREAD) as (desk, fake):

        def refuse_the_rest(_session: object) -> None:
            if fake.published:
                fake.refusing[at_path] = fault

        desk.watch = refuse_the_rest
        return desk.deliver(), fake


def test_a_refused_part_ends_the_thread_and_is_a_remark() -> None:
    words = "Reply to this conversation is not allowed because you have not been mentioned"
    result, fake = published_thread(problem(403, words))
    assert result.state == "published"
    assert len(fake.published) == 1
    assert fake.replies == []
    assert "1" in result.remarks[0]
    assert "3" in result.remarks[0]


def test_credit_that_ends_in_a_thread_is_a_remark() -> None:
    with bench(THREAD) as (desk, fake):
        fake.credit = 2
        result = desk.deliver()
    assert (result.state, len(fake.replies), len(result.remarks)) == ("published", 1, 1)
    assert "kredit" in result.remarks[0]


def test_a_part_without_answer_is_not_sent_again_and_ends_the_thread() -> None:
    with bench(THREAD) as (desk, fake):
        desk.served.faults[1] = Fault.CUT_AFTER
        result = desk.deliver()
    assert (result.state, len(fake.replies), len(result.remarks)) == ("published", 1, 1)


def test_a_part_without_answer_is_found_by_an_account_that_may_read() -> None:
    with bench(THREAD, reads=True) as (desk, fake):
        desk.served.faults[1] = Fault.CUT_AFTER
        result = desk.deliver()
    assert (result.state, len(fake.replies), result.remarks) == ("published", 2, ())


def test_a_thread_that_has_begun_goes_on() -> None:
    token = CancelToken()
    with bench(THREAD, token=token) as (desk, fake):
        desk.watch = lambda _session: token.cancel() if fake.published else None
        result = desk.deliver()
    assert (result.state, len(fake.published), len(fake.replies)) == ("published", 1, 2)
    assert result.remarks == ()


def test_a_first_comment_is_a_reply_of_our_own() -> None:
    with bench(replace(TEXT, options={"first_comment": "Tanya di sini."})) as (desk, fake):
        result = desk.deliver()
    assert result.state == "published"
    assert [(reply["to"], reply["text"]) for reply in fake.replies] == [
        (fake.published[0]["id"], "Tanya di sini.")
    ]


# Money, words, identity -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "options", "usd"),
    [
        ("Layanan keliling hari ini", {}, 0.015),
        ("Info: https://wajokab.go.id", {}, 0.2),
        ("Buka contohkab.go.id sekarang", {}, 0.2),
        (LONG, {"thread": True}, 0.045),
        (f"{LONG} wajokab.go.id", {"thread": True}, 0.23),
        ("Halo", {"first_comment": "https://wajokab.go.id"}, 0.215),
    ],
)
def test_the_price_is_that_of_the_price_list(text: str, options: Any, usd: float) -> None:
    parcel = Parcel("x.post", (), {"caption": text}, options)
    assert cost_of(parcel, load_specs()["x.post"]).usd == pytest.approx(usd)


def test_alternative_texts_cost_as_well(tmp_path: Path) -> None:
    items = (picture(tmp_path, 1, "Loket"), picture(tmp_path, 2), picture(tmp_path, 3, "Camat"))
    cost = cost_of(Parcel("x.post", items, {"caption": "Halo"}), load_specs()["x.post"])
    assert (cost.posts, cost.with_link, cost.alt_texts) == (1, 0, 2)
    assert cost.usd == pytest.approx(0.025)


@pytest.mark.parametrize(
    ("sent", "shown", "urls", "same"),
    [
        ("Halo", "Halo", [], True),
        ("Halo", "Halo dunia", [], False),
        ("A & B < C", "A &amp; B &lt; C", [], True),
        ("e\u0301", "\u00e9", [], True),
        (
            "Info contohkab.go.id",
            "Info https://t.co/a",
            [{"url": "https://t.co/a", "expanded_url": "http://contohkab.go.id"}],
            True,
        ),
        (
            "Info contohkab.go.id",
            "Info https://t.co/a",
            [{"url": "https://t.co/a", "expanded_url": "http://lain.go.id"}],
            False,
        ),
        (
            "Info https://s.id/x dan https://wajokab.go.id/",
            "Info https://t.co/a dan https://t.co/b",
            [
                {
                    "url": "https://t.co/a",
                    "expanded_url": "https://s.id/x",
                    "unwound_url": "https://lain.id",
                },
                {"url": "https://t.co/b", "expanded_url": "https://wajokab.go.id"},
            ],
            True,
        ),
        (
            "Foto",
            "Foto https://t.co/m",
            [{"url": "https://t.co/m", "expanded_url": "https://x.com/a/status/1/photo/1"}],
            True,
        ),
        ("Foto", "Foto https://t.co/m", [], True),
        ("", "https://t.co/m", [], True),
    ],
)
def test_texts_are_compared_as_x_returns_them(
    sent: str, shown: str, urls: list[dict[str, str]], same: bool
) -> None:
    post = {"text": shown, "entities": {"urls": urls}}
    if "t.co/m" in shown:
        post["attachments"] = {"media_keys": ["3_1"]}
    assert same_text(sent, post) is same


def test_who_it_is() -> None:
    with bench(TEXT) as (desk, _fake), Http() as http:
        who = desk.publisher.verify(desk.account, desk._wire(http))
    assert (who.remote_id, who.username) == (USER, "diskominfowajo")
    assert who.details == {"subscription_type": "None"}
