"""Instagram's own rules, beyond what holds for every adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_instagram import ACCOUNT, scene
from tests.contract.publishing.driver import NOW, Bench, Killed
from tests.contract.publishing.fakes.graph import debug
from tests.contract.publishing.fakes.instagram import USER, FakeInstagram
from tests.contract.publishing.fakes.media_host import FakeMediaHost
from tests.contract.publishing.material import CAPTION, clip, parcel, picture
from tests.contract.publishing.serving import Fault
from wajo_studio.clock import FixedClock
from wajo_studio.errors import (
    NotAllowedError,
    PublishError,
    RateLimitedError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.networks.http import Http
from wajo_studio.networks.media_host import leftovers
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.wire import Kind

PUBLISH = f"POST /v26.0/{USER}/media_publish"


@dataclass
class Set:
    """An account with its media host."""

    bench: Bench
    fake: FakeInstagram
    host: FakeMediaHost

    @property
    def asked(self) -> list[str]:
        return self.bench.served.asked


def feed(folder: Path) -> Parcel:
    return parcel("instagram.feed", picture(folder, 1))


def reel(folder: Path) -> Parcel:
    return parcel("instagram.reel", clip(folder))


@contextmanager
def opened(make: Any, folder: Path, **more: Any) -> Iterator[Set]:
    with scene(make, folder, **more) as made:
        fake, host = made.bench.fake, made.others[0].fake
        assert isinstance(fake, FakeInstagram)
        assert isinstance(host, FakeMediaHost)
        yield Set(made.bench, fake, host)


def lose_the_publishing_answer(one: Set, fault: Fault = Fault.CUT_AFTER) -> None:
    """Break the line at ``media_publish``, whenever it comes."""
    begin = one.bench.disk.begin

    def watched(step: str, kind: Kind) -> int:
        if kind is Kind.PUBLISH:
            one.bench.served.faults[len(one.asked)] = fault
        return begin(step, kind)

    one.bench.disk.begin = watched  # type: ignore[method-assign]


def test_without_a_media_host_stills_are_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with opened(feed, tmp_path, kind="") as one:
        result = one.bench.deliver()
        assert isinstance(result.error, NotAllowedError)
        assert result.error.code == "publish.no_media_host"
        assert all("POST" not in line for line in one.asked)


def test_a_media_host_without_https_is_refused(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        keys = one.bench.keys.credentials
        assert keys.media_host is not None
        bad = replace(keys.media_host, public_base="http://media.wajokab.go.id")
        one.bench.keys.credentials = replace(keys, media_host=bad)
        result = one.bench.deliver()
        assert isinstance(result.error, NotAllowedError)
        assert one.host.ever == set()


def test_a_used_up_quota_ends_it_before_anything_is_sent(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.fake.total = one.fake.usage_count
        result = one.bench.deliver()
        assert isinstance(result.error, RateLimitedError)
        assert result.error.code == "publish.rate_limited"
        assert one.asked == [f"GET /v26.0/{USER}/content_publishing_limit"]


def test_the_still_is_gone_from_the_host_afterwards(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        assert one.bench.deliver().state == "published"
        assert len(one.host.ever) == 1
        assert one.host.objects == {}
        assert leftovers.older_than(ACCOUNT.id, timedelta(-1), NOW) == ()


def test_a_still_that_cannot_be_fetched_is_tried_again_and_then_told(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.host.serves_as = "text/html"
        result = one.bench.deliver()
        assert isinstance(result.error, RejectedError)
        assert result.error.code == "publish.rejected"
        assert one.asked.count(f"POST /v26.0/{USER}/media") == 6
        assert one.host.objects == {}
        assert one.fake.published == []


def test_what_a_given_up_delivery_left_on_the_host_is_removed_a_day_later(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.bench.disk.kill_at = (1, "unsaved")
        with pytest.raises(Killed):
            one.bench.deliver()
        for hours, left in ((23, 1), (25, 0)):
            other = Bench(one.bench.served, ACCOUNT, one.bench.parcel, one.bench.keys.credentials)
            other.clock = FixedClock(NOW + timedelta(hours=hours))
            assert other.deliver().state == "published"
            assert len(one.host.objects) == left
        assert leftovers.older_than(ACCOUNT.id, timedelta(-1), NOW) == ()


def test_a_crash_while_a_still_is_put_leaves_no_second_copy(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.bench.disk.kill_at = (1, "after")
        assert one.bench.deliver_through_kills().state == "published"
        assert (len(one.host.ever), one.host.objects) == (1, {})


def test_leftovers_of_a_host_that_lets_nobody_in_hold_up_nothing(tmp_path: Path) -> None:
    leftovers.add(ACCOUNT.id, "0" * 32 + ".jpg", NOW - timedelta(days=2))
    with opened(reel, tmp_path) as one:
        one.host.lets_in = False
        assert one.bench.deliver().state == "published"
    assert len(leftovers.older_than(ACCOUNT.id, timedelta(1), NOW)) == 1


@pytest.mark.parametrize(
    ("status", "kind", "code", "containers"),
    [
        ("Error: Media upload has failed with error code 2207026", RejectedError, "rejected", 1),
        ("25/2207050", NotAllowedError, "not_allowed", 1),
        ("9/2207042", RateLimitedError, "rate_limited", 1),
        ("Error: 2207053", UnavailableError, "container", 3),
        ("Something else", RejectedError, "rejected", 1),
    ],
)
def test_a_container_that_fails_is_told_or_made_anew(
    status: str, kind: type[PublishError], code: str, containers: int, tmp_path: Path
) -> None:
    with opened(reel, tmp_path) as one:
        one.fake.fails["REELS"] = status
        result = one.bench.deliver()
        assert isinstance(result.error, kind)
        assert result.error.code == f"publish.{code}"
        assert len(one.fake.containers) == containers
        assert PUBLISH not in one.asked


def test_an_expired_container_is_made_anew_with_its_still(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.fake.working_looks = 0
        keep = one.bench.disk.keep

        def expire_once(session: Any) -> None:
            keep(session)
            if session.get("ready") == 0 or "container" not in session:
                return
            first = next(iter(one.fake.containers.values()))
            if len(one.fake.containers) == 1:
                first.state = "EXPIRED"

        one.bench.disk.keep = expire_once  # type: ignore[method-assign]
        result = one.bench.deliver()
        assert result.state == "published"
        assert len(one.fake.containers) == 2
        assert len(one.fake.published) == 1


@pytest.mark.parametrize(("looks", "requests"), [(-1, 1), (2, 3)])
def test_a_container_nobody_may_read_is_published_all_the_same(
    looks: int, requests: int, tmp_path: Path
) -> None:
    """One that is not ready says so and publishes nothing: then the same one again."""
    with opened(feed, tmp_path) as one:
        one.fake.person_reads = False
        one.fake.working_looks = looks
        result = one.bench.deliver()
        assert result.state == "published"
        assert one.asked.count(PUBLISH) == requests
        assert len(one.fake.containers) == 1
        assert one.bench.waited_s == 60


def test_a_person_whose_token_has_ended_stands_in_nobodys_way(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.fake.user_tokens.clear()
        one.fake.page_reads = True
        assert one.bench.deliver().state == "published"


@pytest.mark.parametrize("make", [feed, reel])
def test_a_lost_answer_is_settled_by_the_container(make: Any, tmp_path: Path) -> None:
    with opened(make, tmp_path) as one:
        lose_the_publishing_answer(one)
        result = one.bench.deliver()
        assert result.state == "published"
        assert result.link is not None
        assert one.asked.count(PUBLISH) == 1
    (tmp_path / "before").mkdir()
    with opened(make, tmp_path / "before") as one:
        lose_the_publishing_answer(one, Fault.CUT_BEFORE)
        assert one.bench.deliver().state == "failed"
        assert one.asked.count(PUBLISH) == 1


def test_two_posts_with_the_same_words_are_not_guessed_between(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        twin = {"timestamp": "2026-11-24T01:00:00+0000", "media_product_type": "FEED"}
        one.fake.media["999"] = {**twin, "caption": CAPTION, "permalink": "https://x.invalid"}
        lose_the_publishing_answer(one)
        result = one.bench.deliver()
        assert (result.state, result.link) == ("published", None)
        assert len(result.remarks) == 1


@pytest.mark.parametrize(("others", "state"), [(0, "published"), (1, "unknown")])
def test_a_lost_answer_and_an_unreadable_container(others: int, state: str, tmp_path: Path) -> None:
    """One post with our words and a count that moved is proof; two of them are none."""
    with opened(feed, tmp_path) as one:
        lose_the_publishing_answer(one)
        watch = one.fake._publish
        twin = {"timestamp": "2026-11-24T01:00:00+0000", "media_product_type": "FEED"}
        for number in range(others):
            one.fake.media[f"99{number}"] = {**twin, "caption": CAPTION}

        def then_hide(asked: Any) -> Any:
            told = watch(asked)
            one.fake.person_reads = False
            return told

        one.fake._publish = then_hide  # type: ignore[method-assign]
        assert one.bench.deliver().state == state
        assert len(one.fake.published) == 1


def test_an_upload_cut_halfway_goes_on_from_there(tmp_path: Path) -> None:
    with opened(reel, tmp_path, kind="") as one:
        number = _upload_request(one, tmp_path)
        one.bench.served.faults[number] = Fault.CUT_HALFWAY
        assert one.bench.deliver().state == "published"
        [upload] = one.fake.uploads.values()
        assert upload.requests == 2
        assert upload.sent_bytes == upload.size


def test_an_upload_whose_offset_cannot_be_read_begins_again(tmp_path: Path) -> None:
    with opened(reel, tmp_path, kind="") as one:
        number = _upload_request(one, tmp_path)
        one.fake.person_reads = False
        one.bench.served.faults[number + 1] = Fault.CUT_HALFWAY  # both tokens ask before it
        assert one.bench.deliver().state == "published"
        assert len(one.fake.containers) == 2


@pytest.mark.parametrize(("retriable", "state"), [(True, "published"), (False, "failed")])
def test_what_the_upload_server_says_is_heeded(retriable: bool, state: str, tmp_path: Path) -> None:
    with opened(reel, tmp_path, kind="") as one:
        take = one.fake._take
        troubles = [debug("ProcessingFailedError", "no", retriable=retriable)] * 2
        one.fake._take = lambda asked: troubles.pop() if troubles else take(asked)  # type: ignore[method-assign]
        result = one.bench.deliver()
        assert result.state == state
        assert len(one.fake.containers) == 1
        if state == "failed":
            assert isinstance(result.error, RejectedError)


def _upload_request(one: Set, folder: Path) -> int:
    """Which request the upload is, in a delivery without trouble."""
    (folder / "clean").mkdir()
    with opened(reel, folder / "clean", kind="") as clean:
        assert clean.bench.deliver().state == "published"
        return next(n for n, line in enumerate(clean.asked) if "/ig-api-upload/" in line)


def test_too_many_collaborators_are_refused_before_a_container(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        people = {"collaborators": ["a", "b", "c", "d"]}
        return parcel("instagram.feed", picture(folder, 1), options=people)

    with opened(make, tmp_path) as one:
        assert isinstance(one.bench.deliver().error, RejectedError)
        assert one.fake.containers == {}


@pytest.mark.parametrize("scheduled", [True, False])
def test_what_instagram_does_not_take(scheduled: bool, tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        items = [picture(folder, 1)] if scheduled else []
        at = NOW + timedelta(days=1) if scheduled else None
        return parcel("instagram.feed", *items, scheduled_at=at)

    with opened(make, tmp_path) as one:
        assert isinstance(one.bench.deliver().error, RejectedError)
        assert one.asked == []


def test_a_lost_comment_is_a_remark_and_never_written_twice(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        comment = {"first_comment": "Info: 0485-21001"}
        return parcel("instagram.feed", picture(folder, 1), options=comment)

    with opened(make, tmp_path) as one:
        begin = one.bench.disk.begin

        def watched(step: str, kind: Kind) -> int:
            if kind is Kind.EXTRA:
                one.bench.served.faults[len(one.asked)] = Fault.CUT_AFTER
            return begin(step, kind)

        one.bench.disk.begin = watched  # type: ignore[method-assign]
        result = one.bench.deliver()
        assert (result.state, len(result.remarks)) == ("published", 1)
        assert len(one.fake.extras) == 1


def test_a_cover_without_media_host_is_left_out_and_said(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        return parcel("instagram.reel", clip(folder), cover=picture(folder, 9))

    with opened(make, tmp_path, kind="") as one:
        result = one.bench.deliver()
        assert (result.state, len(result.remarks)) == ("published", 1)
        assert one.fake.published[0]["cover"] == ""


def test_options_of_a_reel_arrive(tmp_path: Path) -> None:
    def make(folder: Path) -> Parcel:
        options = {"share_to_feed": False, "ai_generated": True, "location_id": "445566"}
        return parcel("instagram.reel", clip(folder), cover_s=2.5, options=options)

    with opened(make, tmp_path) as one:
        assert one.bench.deliver().state == "published"
        form = one.fake.published[0]["form"]
        assert form["share_to_feed"] == "false"
        assert form["is_ai_generated"] == "true"
        assert form["thumb_offset"] == "2500"
        assert form["location_id"] == "445566"


def test_who_it_is(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one, Http() as http:
        told = one.bench.publisher.verify(ACCOUNT, one.bench._wire(http))
        assert (told.remote_id, told.username) == (USER, "diskominfotik.wajo")
        assert told.scopes == ("instagram_basic",)
        assert "instagram_content_publish" in told.missing_scopes
        assert told.details["publishing_limit"][0]["quota_usage"] == 2


def test_a_container_that_is_never_ready_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with opened(feed, tmp_path) as one:
        one.fake.working_looks = 10_000
        assert one.bench.deliver().state in ("unknown", "failed")
        assert 300 < one.bench.waited_s < 400
        assert PUBLISH not in one.asked
