"""Facebook's own rules, beyond what holds for every adapter."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_facebook import LATER, bench
from tests.contract.publishing.driver import NOW
from tests.contract.publishing.material import CAPTION, clip, parcel, picture
from tests.contract.publishing.serving import Fault
from wajo_studio.errors import (
    RejectedError,
    UnavailableError,
)
from wajo_studio.networks.parcel import Parcel

TEXT = parcel("facebook.feed")


def problem(code: int, subcode: int | None = None, **more: Any) -> dict[str, Any]:
    found = {"message": f"(#{code})", "type": "OAuthException", "code": code, **more}
    return found if subcode is None else {**found, "error_subcode": subcode}


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


def test_cancelling_after_publishing_is_too_late(tmp_path: Path) -> None:
    given = parcel("facebook.feed", options={"first_comment": "Info: 0485-21001"})
    with bench(given, tmp_path) as (one, fake):

        def cancel(session: Any) -> None:
            if session.get("standing") == "published":
                one.token.cancel()

        one.watch = cancel
        result = one.deliver()
        assert (result.state, result.remarks) == ("published", ())
        assert len(fake.extras) == 1


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
