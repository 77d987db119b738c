"""YouTube's own rules, beyond what holds for every adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_youtube import ACCOUNT, OPTIONS, short, texts, video
from tests.contract.publishing.driver import NOW, Bench, Killed
from tests.contract.publishing.fakes.base import Told
from tests.contract.publishing.fakes.youtube import CHANNEL, FakeYouTube, error
from tests.contract.publishing.parcels import clip, content, picture, subtitles
from tests.contract.publishing.serving import Fault, serving
from wajo_studio.clock import FixedClock
from wajo_studio.errors import (
    NotAllowedError,
    PublishError,
    RateLimitedError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.networks.http import Http
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.youtube.errors import quota_reset
from wajo_studio.progress import CancelToken

BEGIN, ADDRESS = "/upload/youtube/v3/videos", "PUT /upload-session"


@contextmanager
def bench(parcel: Parcel, **more: Any) -> Iterator[tuple[Bench, FakeYouTube]]:
    fake = FakeYouTube()
    with serving(fake) as served:
        yield Bench(served, ACCOUNT, parcel, **more), fake


def plain(folder: Path, size: int = 1_000_000, **options: object) -> Parcel:
    return Parcel("youtube.video", (clip(folder, size),), texts("Rapat"), OPTIONS | options)


class Ranges:
    """Notes the ranges that come in at the upload address."""

    def __init__(self, desk: Bench) -> None:
        self.seen: list[str] = []
        handle = desk.fake.handle

        def noting(asked: Any) -> Told:
            if asked.path == "/upload-session":
                self.seen.append(asked.headers["content-range"])
            return handle(asked)

        desk.fake.handle = noting  # type: ignore[method-assign]


def test_the_sheets_example_goes_out_as_written(tmp_path: Path) -> None:
    with bench(plain(tmp_path), settings={"chunk_bytes": 524_288}) as (desk, fake):
        ranges = Ranges(desk)
        result = desk.deliver()
    assert result.state == "published"
    assert ranges.seen == ["bytes 0-524287/1000000", "bytes 524288-999999/1000000"]
    assert fake.published[0]["content"] == content("01.mp4", 1_000_000)
    assert result.link == f"https://www.youtube.com/watch?v={result.remote_id}"


def test_it_goes_on_where_youtube_says_it_stands(tmp_path: Path) -> None:
    """Of a piece that broke off YouTube keeps whole units: the next begins behind them."""
    with bench(plain(tmp_path, 2_000_000), settings={"chunk_bytes": 786_432}) as (desk, _fake):
        ranges = Ranges(desk)
        desk.served.faults[2] = Fault.CUT_HALFWAY
        assert desk.deliver().state == "published"
    # Half of 786,432 came in, one unit of 262,144 of it was kept.
    assert ranges.seen == [
        "bytes 0-786431/2000000",
        "bytes */2000000",
        "bytes 1048576-1835007/2000000",
        "bytes 1835008-1999999/2000000",
    ]


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_HALFWAY, Fault.CUT_AFTER])
def test_an_upload_cut_in_the_middle_sends_at_most_one_piece_more(
    tmp_path: Path, fault: Fault
) -> None:
    size = 262_144 * 10
    with bench(plain(tmp_path, size), settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.served.faults[6] = fault
        assert desk.deliver().state == "published"
    assert fake.received <= size + 262_144
    assert fake.published[0]["content"] == content("01.mp4", size)


def test_a_process_ended_in_the_middle_goes_on_there(tmp_path: Path) -> None:
    size = 262_144 * 10
    with bench(plain(tmp_path, size), settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.disk.kill_at = (6, "after")
        with pytest.raises(Killed):
            desk.deliver()
        desk.disk.kill_at = None
        assert desk.deliver().state == "published"
    assert fake.received == size
    assert len(fake.sessions) == 1


def test_a_process_ended_while_asking_asks_again(tmp_path: Path) -> None:
    """The question left open is about a piece that is there: sending it again would be refused."""
    with bench(plain(tmp_path), settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.served.faults[2] = Fault.CUT_AFTER
        desk.disk.kill_at = (3, "after")
        with pytest.raises(Killed):
            desk.deliver()
        desk.disk.kill_at = None
        assert desk.deliver().state == "published"
    assert fake.wrongs == []
    assert fake.received == 1_000_000


def test_a_session_that_is_gone_before_the_end_is_begun_anew(tmp_path: Path) -> None:
    with bench(plain(tmp_path), settings={"chunk_bytes": 262_144}) as (desk, fake):

        def forget_once(session: Any) -> None:
            if session.get("sent") and "sessions" not in session:
                fake.sessions.clear()
                fake.sessions["s0"] = {"total": -1, "stored": b"", "video": None}
                fake.forgets = "sessions" not in session

        desk.watch = forget_once
        handle = fake.handle

        def remember(asked: Any) -> Told:
            if asked.path == BEGIN:
                fake.forgets = False
            return handle(asked)

        fake.handle = remember  # type: ignore[method-assign]
        result = desk.deliver()
    assert result.state == "published"
    assert desk.served.asked.count(f"POST {BEGIN}") == 2


@pytest.mark.parametrize("listed", [True, False])
def test_a_session_that_is_gone_after_the_last_byte_is_looked_up(
    tmp_path: Path, listed: bool
) -> None:
    with bench(plain(tmp_path, 300_000)) as (desk, fake):
        desk.served.faults[1] = Fault.CUT_AFTER
        fake.keeps = listed
        handle = fake.handle

        def forget(asked: Any) -> Told:
            told = handle(asked)
            fake.forgets = bool(fake.published)
            return told

        fake.handle = forget  # type: ignore[method-assign]
        result = desk.deliver()
    assert len(fake.published) == 1
    assert result.state == ("published" if listed else "unknown")
    assert desk.served.asked.count(f"POST {BEGIN}") == 1
    looks = [line for line in desk.served.asked if line.endswith("/playlistItems")]
    assert len(looks) == (1 if listed else 3)


def test_another_privacy_than_asked_is_told(tmp_path: Path) -> None:
    with bench(plain(tmp_path)) as (desk, fake):
        fake.forces = "private"
        result = desk.deliver()
    assert result.state == "published"
    assert "private" in result.remarks[0]
    assert "public" in result.remarks[0]


@pytest.mark.parametrize(
    ("word", "reason"), [("rejected", "duplicate"), ("rejected", "copyright"), ("failed", "codec")]
)
def test_a_video_that_youtube_rejects_has_failed(tmp_path: Path, word: str, reason: str) -> None:
    with bench(plain(tmp_path)) as (desk, fake):
        fake.ends_as = (word, reason)
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", RejectedError)
    assert reason in str(result.error)


def test_processing_without_end_is_unknown(tmp_path: Path) -> None:
    with bench(plain(tmp_path)) as (desk, fake):
        fake.looks = 10_000
        assert desk.deliver().state == "unknown"


@pytest.mark.parametrize("missing", ["privacy", "made_for_kids"])
def test_without_the_mandatory_answers_nothing_is_sent(tmp_path: Path, missing: str) -> None:
    parcel = plain(tmp_path)
    options = {name: value for name, value in parcel.options.items() if name != missing}
    with bench(replace(parcel, options=options)) as (desk, _fake):
        result = desk.deliver()
    assert isinstance(result.error, RejectedError)
    assert missing in str(result.error)
    assert desk.served.asked == []


@pytest.mark.parametrize(
    ("privacy", "hours"), [("unlisted", 24), ("private", 24), ("public", -1), ("public", 0)]
)
def test_a_time_that_cannot_be_kept_is_refused(tmp_path: Path, privacy: str, hours: int) -> None:
    at = NOW + timedelta(hours=hours)
    with bench(replace(plain(tmp_path, privacy=privacy), scheduled_at=at)) as (desk, _fake):
        assert isinstance(desk.deliver().error, RejectedError)
    assert desk.served.asked == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(400, "invalidTitle", "x"), RejectedError),
        (error(400, "uploadLimitExceeded", "x"), RateLimitedError),
        (error(401, "youtubeSignupRequired", "x"), NotAllowedError),
        (error(403, "quotaExceeded", "x"), RateLimitedError),
        (error(403, "insufficientPermissions", "x"), NotAllowedError),
        (error(403, "forbidden", "x"), NotAllowedError),
    ],
)
def test_a_refusal_comes_before_any_byte(
    tmp_path: Path, answer: Told, kind: type[PublishError]
) -> None:
    with bench(plain(tmp_path)) as (desk, fake):
        fake.refusing[BEGIN] = answer
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", kind)
    assert desk.served.asked == [f"POST {BEGIN}"]
    if answer.document["error"]["errors"][0]["reason"] == "quotaExceeded":
        assert "WITA" in str(result.error)


def test_quotas_begin_anew_at_midnight_pacific_time() -> None:
    winter = quota_reset(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    summer = quota_reset(datetime(2026, 7, 1, 12, 0, tzinfo=UTC))
    assert winter.astimezone(UTC) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert summer.astimezone(UTC) == datetime(2026, 7, 2, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "answer", "remarks"),
    [
        ("/upload/youtube/v3/thumbnails/set", error(403, "forbidden", "not verified"), 1),
        ("/upload/youtube/v3/thumbnails/set", error(400, "imageTooWide", "x"), 1),
        ("/upload/youtube/v3/captions", error(403, "forbidden", "x"), 1),
        ("/upload/youtube/v3/captions", error(409, "captionExists", "x"), 0),
        ("/youtube/v3/playlistItems", error(404, "playlistNotFound", "x"), 1),
        ("/youtube/v3/commentThreads", error(403, "commentsDisabled", "x"), 1),
    ],
)
def test_what_fails_after_the_upload_is_a_remark(
    tmp_path: Path, path: str, answer: Told, remarks: int
) -> None:
    with bench(video(tmp_path)) as (desk, fake):
        fake.refusing[path] = answer
        result = desk.deliver()
    assert (result.state, len(fake.published), len(result.remarks)) == ("published", 1, remarks)


def test_a_comment_without_answer_is_not_written_again(tmp_path: Path) -> None:
    with bench(video(tmp_path)) as (desk, fake):
        desk.deliver()
        comment = desk.served.asked.index("POST /youtube/v3/commentThreads")
    with bench(video(tmp_path)) as (desk, fake):
        desk.served.faults[comment] = Fault.CUT_AFTER
        result = desk.deliver()
    assert (result.state, len(fake.comments), len(result.remarks)) == ("published", 1, 1)


def test_a_shorts_thumbnail_waits_for_processing(tmp_path: Path) -> None:
    with bench(short(tmp_path)) as (desk, _fake):
        result = desk.deliver()
    asked = desk.served.asked
    looks = [number for number, line in enumerate(asked) if line == "GET /youtube/v3/videos"]
    assert asked.index("POST /upload/youtube/v3/thumbnails/set") > looks[-1]
    assert result.link == f"https://www.youtube.com/shorts/{result.remote_id}"


def test_a_file_that_changed_since_is_not_sent(tmp_path: Path) -> None:
    parcel = plain(tmp_path)
    with bench(parcel, settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.disk.kill_at = (2, "after")
        with pytest.raises(Killed):
            desk.deliver()
        desk.disk.kill_at = None
        assert parcel.clip is not None
        parcel.clip.path.write_bytes(b"x" * 1_000_000)
        assert isinstance(desk.deliver().error, RejectedError)
    assert fake.published == []


def test_stopping_before_the_last_byte_publishes_nothing(tmp_path: Path) -> None:
    token = CancelToken()
    with bench(plain(tmp_path), token=token, settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.watch = lambda session: token.cancel() if session.get("sent", 0) > 300_000 else None
        assert desk.deliver().state == "cancelled"
    assert fake.published == []


def test_stopping_after_the_last_byte_is_too_late(tmp_path: Path) -> None:
    token = CancelToken()
    with bench(video(tmp_path), token=token) as (desk, fake):
        desk.watch = lambda session: token.cancel() if "video" in session else None
        result = desk.deliver()
    assert (result.state, len(fake.published), result.remarks) == ("published", 1, ())
    assert fake.published[0]["thumbnail"]


def test_the_upload_address_is_never_told(tmp_path: Path) -> None:
    with bench(plain(tmp_path, 300_000)) as (desk, _fake):
        desk.served.faults.update(dict.fromkeys(range(1, 100), Fault.CUT_BEFORE))
        result = desk.deliver()
    told = f"{result.error} {result.error!r} {vars(result.error)} {desk.disk.entries}"
    assert "upload_id" not in told
    assert "upload-session" not in told


def test_whose_channel_it_is(tmp_path: Path) -> None:
    with bench(plain(tmp_path)) as (desk, fake), Http() as http:
        who = desk.publisher.verify(desk.account, desk._wire(http))
        assert (who.remote_id, who.name, who.username) == (CHANNEL, "Pemkab Wajo", "pemkabwajo")
        assert who.details["uploads"].startswith("UU")
        fake.refusing["/youtube/v3/channels"] = Told(document={"items": []})
        with pytest.raises(NotAllowedError):
            desk.publisher.verify(desk.account, desk._wire(http))


def test_subtitles_go_out_with_their_language(tmp_path: Path) -> None:
    parcel = replace(plain(tmp_path), subtitles=subtitles(tmp_path), subtitles_language="jv")
    with bench(replace(parcel, cover=picture(tmp_path, 9))) as (desk, fake):
        assert desk.deliver().state == "published"
    assert list(fake.published[0]["captions"]) == [("jv", "Jawa")]


def test_a_network_that_cannot_tell_ends_as_unavailable_before_the_last_byte(
    tmp_path: Path,
) -> None:
    with bench(plain(tmp_path), settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.served.faults.update(dict.fromkeys(range(2, 100), Fault.BUSY))
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", UnavailableError)
    assert fake.published == []


def test_a_planned_time_that_passes_during_the_upload_is_not_made_up_for(tmp_path: Path) -> None:
    parcel = replace(plain(tmp_path), scheduled_at=NOW + timedelta(hours=1))
    with bench(parcel, settings={"chunk_bytes": 262_144}) as (desk, fake):
        desk.disk.kill_at = (2, "after")
        with pytest.raises(Killed):
            desk.deliver()
        desk.disk.kill_at = None
        desk.clock = FixedClock(NOW + timedelta(hours=2))
        result = desk.deliver()
    assert isinstance(result.error, RejectedError)
    assert result.error.code == "publish.missed"
    assert fake.published == []


def test_an_outage_at_the_last_piece_is_gone_on_with_when_it_is_over(tmp_path: Path) -> None:
    """Nobody could tell for a while; then the session tells, and the upload goes on."""
    with bench(plain(tmp_path, 300_000)) as (desk, fake):
        desk.served.faults.update(dict.fromkeys(range(1, 8), Fault.CUT_BEFORE))
        result = desk.deliver()
    assert (result.state, len(fake.published)) == ("published", 1)
