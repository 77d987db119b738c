"""Facebook's own rules, beyond what holds for every adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_facebook import ACCOUNT, LATER, scene
from tests.contract.publishing.driver import NOW, Bench
from tests.contract.publishing.fakes.facebook import PAGE, FakeFacebook
from tests.contract.publishing.fakes.graph import USER_TOKEN
from tests.contract.publishing.material import CAPTION, clip, parcel, picture
from tests.contract.publishing.serving import Fault
from wajo_studio.errors import (
    AuthExpiredError,
    NotAllowedError,
    PublishError,
    RateLimitedError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http
from wajo_studio.networks.meta.codes import CODES
from wajo_studio.networks.meta.graph import Graph
from wajo_studio.networks.meta.identity import list_pages
from wajo_studio.networks.meta.judging import error_of, graph_judge
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.wire import Wire

TEXT = parcel("facebook.feed")


def as_is(given: Parcel) -> Any:
    return lambda _folder: given


@contextmanager
def bench(given: Any, folder: Path, **settings: Any) -> Iterator[tuple[Bench, FakeFacebook]]:
    make = given if callable(given) else as_is(given)
    with scene(make, folder, **settings) as made:
        fake = made.bench.fake
        assert isinstance(fake, FakeFacebook)
        yield made.bench, fake


def problem(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    found = {"message": f"(#{code})", "type": "OAuthException", "code": code, **more}
    return found if subcode is None else {**found, "error_subcode": subcode}


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (problem(190, 463), AuthExpiredError, "publish.auth_expired"),
        (problem(190, 460), AuthExpiredError, "publish.auth_expired"),
        (problem(190, 459), AuthExpiredError, "publish.auth_expired"),
        (problem(190, 492), AuthExpiredError, "publish.auth_expired"),
        (problem(102), AuthExpiredError, "publish.auth_expired"),
        (problem(10), NotAllowedError, "publish.not_allowed"),
        (problem(200), NotAllowedError, "publish.not_allowed"),
        (problem(283), NotAllowedError, "publish.not_allowed"),
        (problem(200, 2069030), NotAllowedError, "publish.not_allowed"),
        (problem(3), NotAllowedError, "publish.not_allowed"),
        (problem(100, 1404078), NotAllowedError, "publish.not_allowed"),
        (problem(368), NotAllowedError, "publish.not_allowed"),
        (problem(341), RateLimitedError, "publish.rate_limited"),
        (problem(100, 1390008), RateLimitedError, "publish.rate_limited"),
        (problem(506), RejectedError, "publish.rejected"),
        (problem(100, 1609005), RejectedError, "publish.rejected"),
        (problem(324), RejectedError, "publish.rejected"),
        (problem(100, 1346003), RejectedError, "publish.rejected"),
        (problem(987654), RejectedError, "publish.rejected"),
    ],
)
def test_a_refusal_is_told_by_its_code(
    error: dict[str, Any], kind: type[PublishError], code: str, tmp_path: Path
) -> None:
    words = {"error_user_msg": "Halaman ini belum terverifikasi."}
    with bench(TEXT, tmp_path, two_phase_publish=False) as (one, fake):
        fake.refuse_next["POST feed"] = {**error, **words}
        result = one.deliver()
    assert result.state == "failed"
    assert isinstance(result.error, kind)
    assert result.error.code == code
    if error["code"] not in (190, 102) or error.get("error_subcode") in (459, 492):
        assert words["error_user_msg"] in str(result.error)
        assert "Facebook" in str(result.error)
    assert fake.published == []


@pytest.mark.parametrize("code", [1, 2])
def test_an_unclear_code_is_retried_on_a_draft_and_looked_up_on_publishing(
    code: int, tmp_path: Path
) -> None:
    with bench(TEXT, tmp_path) as (one, fake):
        fake.refuse_next["POST feed"] = problem(code)
        assert one.deliver().state == "published"
        assert len(fake.published) == 1
    with bench(TEXT, tmp_path, two_phase_publish=False) as (one, fake):
        fake.refuse_next["POST feed"] = problem(code)
        assert one.deliver().state == "unknown"
        assert one.served.asked.count(f"POST /v26.0/{PAGE}/feed") == 1


def test_every_row_has_a_sentence_that_can_be_shown() -> None:
    for row in CODES.values():
        for network in ("Facebook", "Instagram"):
            text = str(error_of(row, network, "Pesan."))
            assert "{" not in text
            assert text.endswith("Pesan.")


def test_a_token_in_an_answer_is_not_repeated() -> None:
    secret = "EAAB" + "x9Zq" * 20
    answer = Answer(
        400, {}, b'{"error":{"code":190,"message":"Malformed access token %s"}}' % secret.encode()
    )
    verdict = graph_judge("Facebook")(answer)
    assert verdict.kind == "token"
    assert verdict.error is not None
    assert secret not in verdict.detail + str(verdict.error) + verdict.error.detail


def test_a_short_limit_is_waited_for_and_a_long_one_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(Wire, "pause", lambda _wire, seconds: waits.append(seconds))
    answer = Answer(400, {}, b'{"error":{"code":32,"message":"Page request limit reached"}}')
    judge = graph_judge("Facebook")
    assert judge(answer).wait_s == 60
    used = '{"%s":[{"type":"pages","estimated_time_to_regain_access":%d}]}'
    for minutes, kind in ((2, None), (30, RateLimitedError)):
        with bench(TEXT, tmp_path) as (one, fake):
            fake.refuse_next["POST feed"] = problem(32)
            fake.usage = {"X-Business-Use-Case-Usage": used % (PAGE, minutes)}
            result = one.deliver()
            assert (type(result.error) if result.error else None) is kind
            assert result.state == ("failed" if kind else "published")
    assert 120 in waits


def test_strange_usage_spoils_no_answer(tmp_path: Path) -> None:
    for header in ('{"call_count":"many"}', '{"call_count":NaN}', "[]", '{"1":[7]}', '{"1":7}'):
        with bench(TEXT, tmp_path) as (one, fake):
            fake.usage = {"X-App-Usage": header, "X-Business-Use-Case-Usage": header}
            assert one.deliver().state == "published"


@pytest.mark.parametrize(
    ("headers", "rest_s"),
    [
        ({"X-App-Usage": '{"call_count":76,"total_time":3,"total_cputime":1}'}, 5),
        ({"X-App-Usage": '{"call_count":3,"total_time":95,"total_cputime":1}'}, 60),
        ({"X-Business-Use-Case-Usage": '{"1":[{"type":"pages","call_count":80}]}'}, 5),
        ({"X-App-Usage": '{"call_count":74}'}, None),
        ({"X-App-Usage": "no json"}, None),
    ],
)
def test_it_slows_down_when_the_account_is_near_its_limit(
    headers: dict[str, str], rest_s: float | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(Wire, "pause", lambda _wire, seconds: waits.append(seconds))
    with bench(TEXT, tmp_path) as (one, fake):
        fake.usage = headers
        assert one.deliver().state == "published"
    assert waits == ([] if rest_s is None else [rest_s] * 2)


def test_what_the_page_token_may_not_read_the_persons_may(tmp_path: Path) -> None:
    with bench(lambda folder: parcel("facebook.reel", clip(folder)), tmp_path) as (one, fake):
        fake.page_reads = False
        result = one.deliver()
        assert result.state == "published"
        assert result.link is not None
        assert "/reel/" in result.link
        assert fake.wrongs == []


def test_a_list_that_shows_nothing_proves_nothing(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path, two_phase_publish=False) as (one, fake):
        fake.lists_posts = False
        one.served.faults[0] = Fault.CUT_AFTER
        assert one.deliver().state == "unknown"
        assert len(fake.published) == 1


def test_a_lost_post_is_found_by_its_words(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path, two_phase_publish=False) as (one, fake):
        one.served.faults[0] = Fault.CUT_AFTER
        result = one.deliver()
        assert (result.state, len(fake.published)) == ("published", 1)
        assert result.remote_id in fake.posts


def test_photos_of_a_lost_draft_are_sent_anew(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        return parcel("facebook.feed", picture(folder, 1), picture(folder, 2))

    with bench(make, tmp_path) as (one, fake):
        one.served.faults[2] = Fault.CUT_AFTER
        assert one.deliver().state == "published"
        assert len(fake.photos) == 4
        assert len(fake.published) == 1
        assert fake.flips == 1


@pytest.mark.parametrize("missing", ["takes_drafts", "takes_flips"])
def test_a_page_without_two_phases_gets_one(missing: str, tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        return parcel("facebook.feed", picture(folder, 1), picture(folder, 2))

    with bench(make, tmp_path) as (one, fake):
        setattr(fake, missing, False)
        assert one.deliver().state == "published"
        assert len(fake.published) == 1
        assert [post["is_published"] for post in fake.posts.values()] == [True]


def test_a_clip_that_cannot_be_processed_fails(tmp_path: Path) -> None:
    with bench(lambda folder: parcel("facebook.reel", clip(folder)), tmp_path) as (one, fake):
        fake.fails_processing = True
        result = one.deliver()
        assert result.state == "failed"
        assert isinstance(result.error, RejectedError)


@pytest.mark.parametrize("word", ["processing", "ready"])
@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER])
def test_only_a_word_about_publishing_proves_it(word: str, fault: Fault, tmp_path: Path) -> None:
    """An unfinished clip may be told to be at work or ready: that alone is no proof."""
    with bench(lambda folder: parcel("facebook.reel", clip(folder)), tmp_path) as (one, fake):
        fake.unsent_as = word
        one.served.faults[3] = fault
        result = one.deliver()
        assert result.state == ("published" if fault is Fault.CUT_AFTER else "unknown")
        assert len(fake.published) == (fault is Fault.CUT_AFTER)


def test_a_clip_that_is_never_ready_stays_unclear(tmp_path: Path) -> None:
    with bench(lambda folder: parcel("facebook.reel", clip(folder)), tmp_path) as (one, fake):
        fake.processing_looks = 10_000
        assert one.deliver().state == "unknown"
        assert 900 < one.waited_s < 930


@pytest.mark.parametrize("placement", ["facebook.reel", "facebook.story"])
def test_an_upload_cut_halfway_goes_on_from_there(placement: str, tmp_path: Path) -> None:
    with bench(lambda folder: parcel(placement, clip(folder)), tmp_path) as (one, fake):
        one.served.faults[2] = Fault.CUT_HALFWAY
        assert one.deliver().state == "published"
        [upload] = fake.uploads.values()
        assert upload.requests == 2
        assert upload.sent_bytes == upload.size == one.parcel.items[0].size_bytes


@pytest.mark.parametrize("fault", [Fault.CUT_HALFWAY, Fault.CUT_AFTER, Fault.CUT_BEFORE])
def test_a_feed_video_costs_one_more_chunk_at_most(fault: Fault, tmp_path: Path) -> None:
    make = partial(lambda folder: parcel("facebook.feed", clip(folder)))
    with bench(make, tmp_path, video_chunk_bytes=30_000) as (one, fake):
        one.served.faults[5] = fault
        assert one.deliver().state == "published"
        [upload] = fake.uploads.values()
        assert upload.sent_bytes - upload.size <= 30_000
        assert len(fake.uploads) == 1


def test_chunks_stay_within_what_the_network_asks_for(tmp_path: Path) -> None:
    with bench(lambda folder: parcel("facebook.feed", clip(folder)), tmp_path) as (one, fake):
        fake.window = 25_000
        assert one.deliver().state == "published"
        assert fake.wrongs == []
        [upload] = fake.uploads.values()
        assert upload.requests == 12


def test_an_upload_the_network_forgot_begins_again_once(tmp_path: Path) -> None:
    make = partial(lambda folder: parcel("facebook.feed", clip(folder)))
    with bench(make, tmp_path, video_chunk_bytes=100_000) as (one, fake):
        answer = fake._transfer
        forgotten: list[int] = []

        def forget(form: dict[str, str], chunk: bytes) -> Any:
            if form["start_offset"] != "0" and not forgotten:
                forgotten.append(1)
                fake.uploads.clear()
            return answer(form, chunk)

        fake._transfer = forget  # type: ignore[method-assign]
        assert one.deliver().state == "published"
        assert len(fake.published) == 1


def test_what_not_everybody_sees_is_remarked(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path) as (one, fake):
        fake.privacy = "SELF"
        result = one.deliver()
        assert result.state == "published"
        [remark] = result.remarks
        assert "semua orang" in remark


def test_a_link_beside_pictures_is_left_out_and_said(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        link = {"link": "https://wajokab.go.id"}
        return parcel("facebook.feed", picture(folder, 1), options=link)

    with bench(make, tmp_path) as (one, fake):
        result = one.deliver()
        assert (result.state, len(result.remarks)) == ("published", 1)
        assert fake.published[0]["link"] == ""


def test_a_lost_comment_is_a_remark_and_never_written_twice(tmp_path: Path) -> None:
    given = parcel("facebook.feed", options={"first_comment": "Info: 0485-21001"})
    for fault, written in ((Fault.CUT_AFTER, 1), (Fault.CUT_BEFORE, 0)):
        with bench(given, tmp_path) as (one, fake):
            one.served.faults[2] = fault
            result = one.deliver()
            assert (result.state, len(result.remarks)) == ("published", 1)
            assert len(fake.extras) == written


def test_cancelling_after_publishing_leaves_it_published(tmp_path: Path) -> None:
    given = parcel("facebook.feed", options={"first_comment": "Info: 0485-21001"})
    with bench(given, tmp_path) as (one, fake):

        def cancel(session: Any) -> None:
            if session.get("standing") == "published":
                one.token.cancel()

        one.watch = cancel
        result = one.deliver()
        assert (result.state, len(result.remarks)) == ("published", 1)
        assert fake.extras == []


def test_cancelling_before_publishing_publishes_nothing(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        return parcel("facebook.feed", picture(folder, 1), picture(folder, 2))

    with bench(make, tmp_path) as (one, fake):
        one.watch = lambda session: one.token.cancel() if session.get("photos") else None
        assert one.deliver().state == "cancelled"
        assert fake.posts == {}


@pytest.mark.parametrize(
    ("placement", "ahead", "code"),
    [
        ("facebook.feed", timedelta(minutes=5), "publish.schedule_too_near"),
        ("facebook.feed", timedelta(days=31), "publish.schedule_too_far"),
        ("facebook.story", timedelta(days=1), "publish.rejected"),
    ],
)
def test_times_that_facebook_does_not_take(
    placement: str, ahead: timedelta, code: str, tmp_path: Path
) -> None:
    def make(folder: Path) -> Parcel:
        return parcel(placement, picture(folder, 1), scheduled_at=NOW + ahead)

    with bench(make, tmp_path) as (one, _fake):
        result = one.deliver()
        assert result.error is not None
        assert (result.state, result.error.code) == ("failed", code)  # type: ignore[attr-defined]
        assert one.served.asked == []


def test_an_empty_post_is_refused(tmp_path: Path) -> None:
    with bench(parcel("facebook.feed", caption=""), tmp_path) as (one, _fake):
        assert one.deliver().state == "failed"
        assert one.served.asked == []


def test_what_it_can_do(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path) as (one, _fake):
        feed = one.publisher.capabilities("facebook.feed")
        assert (feed.schedules, feed.schedule_min_s, feed.alt_text) == (True, 900, True)
        assert feed.schedule_max_s == 28 * 86_400
        assert not one.publisher.capabilities("facebook.story").schedules


def test_who_it_is(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path) as (one, _fake), Http() as http:
        told = one.publisher.verify(ACCOUNT, one._wire(http))
        assert (told.remote_id, told.name) == (PAGE, "Diskominfotik Wajo")
        assert told.missing_scopes == ("pages_manage_posts",)
        assert told.details["instagram"]["username"] == "diskominfotik.wajo"
        assert told.details["expires_at"] == 0
        stranger = replace(ACCOUNT, remote_id="999")
        with pytest.raises(NotAllowedError):
            one.publisher.verify(stranger, one._wire(http))


def test_the_pages_of_a_token(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path) as (one, fake), Http() as http:
        graph = Graph(
            one._wire(http),
            fake.network,
            {"graph_version": "v26.0", "usage_slow_percent": 75, "usage_pause_percent": 90},
        )
        one.keys.credentials = Credentials("token-1")
        [page] = list_pages(graph)  # the token of a Page
        assert (page.id, page.access_token) == (PAGE, "token-1")
        fake.accounts = [
            {"id": str(number), "name": f"Halaman {number}", "access_token": f"page-{number}"}
            for number in range(1, 6)
        ]
        one.keys.credentials = Credentials(USER_TOKEN, user_token=USER_TOKEN)
        pages = list_pages(graph)
        assert [page.id for page in pages] == ["1", "2", "3", "4", "5", "77"]
        assert pages[0].access_token == "page-1"
        assert "page-1" not in repr(pages)
        fake.tokens, fake.user_tokens = set(), set()
        with pytest.raises(AuthExpiredError):
            list_pages(graph)


def test_there_is_nothing_to_renew(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path) as (one, _fake), Http() as http, pytest.raises(AuthExpiredError):
        one.publisher.refresh(ACCOUNT, Credentials("token-1"), http, one.clock)


def test_a_network_that_is_down_leaves_the_post_safe(tmp_path: Path) -> None:
    with bench(TEXT, tmp_path) as (one, fake):
        one.served.faults.update(dict.fromkeys(range(50), Fault.FAULT_BEFORE))
        result = one.deliver()
        assert result.state == "failed"
        assert isinstance(result.error, UnavailableError)
        assert fake.published == []


def test_a_post_for_later_is_at_the_network_and_says_when(tmp_path: Path) -> None:
    with bench(replace(TEXT, scheduled_at=LATER), tmp_path) as (one, fake):
        result = one.deliver()
        assert result.state == "published"
        [remark] = result.remarks
        assert "27-11-2026 09.00 WITA" in remark
        assert fake.published[0]["text"] == CAPTION
