"""TikTok's own rules, beyond what holds for every adapter."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_tiktok import (
    CAPTION,
    OPTIONS,
    PIECES,
    account,
    draft,
    photos,
    video,
)
from tests.contract.publishing.driver import NOW, Bench, Killed
from tests.contract.publishing.fakes.base import Told
from tests.contract.publishing.fakes.tiktok import OPEN_ID, USERNAME, FakeTikTok, error
from tests.contract.publishing.parcels import clip, content
from tests.contract.publishing.serving import Fault, serving
from wajo_studio.domain.account import AccountMode
from wajo_studio.errors import (
    AuthExpiredError,
    NotAllowedError,
    PublishError,
    RateLimitedError,
    RejectedError,
)
from wajo_studio.networks.http import Answer, Http
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.tiktok.chunks import cut
from wajo_studio.networks.tiktok.errors import judge
from wajo_studio.progress import CancelToken

CREATOR, INIT = "/v2/post/publish/creator_info/query/", "/v2/post/publish/video/init/"


@contextmanager
def bench(
    parcel: Parcel, mode: AccountMode = "direct", **more: Any
) -> Iterator[tuple[Bench, FakeTikTok]]:
    fake = FakeTikTok()
    with serving(fake) as served:
        yield Bench(served, account(mode), parcel, settings=PIECES, **more), fake


def small(folder: Path, **options: object) -> Parcel:
    clips = (clip(folder, 300_000),)
    return Parcel("tiktok.video", clips, {"caption": CAPTION}, OPTIONS | options)


@pytest.mark.parametrize(
    ("size", "piece", "count", "last"),
    [
        (3_145_728, 10_000_000, 1, 3_145_728),
        (50_000_123, 10_000_000, 5, 10_000_123),
        (64_000_001, 64_000_000, 1, 64_000_001),
        (150_000_000, 64_000_000, 2, 86_000_000),
        (4_294_967_296, 64_000_000, 67, 70_967_296),
        (4_294_967_296, 10_000_000, 429, 14_967_296),
    ],
)
def test_the_sheets_cuts(size: int, piece: int, count: int, last: int) -> None:
    made = cut(size, piece, 64_000_000)
    assert made.count == count
    assert made.count == max(size // made.piece, 1)
    assert made.span(count - 1)[1] == last
    assert sum(made.span(number)[1] for number in range(count)) == size
    assert [made.holding(made.span(number)[0]) for number in range(count)] == list(range(count))


def test_a_small_file_is_announced_as_one_piece_of_its_own_size() -> None:
    assert (cut(3_145_728, 10_000_000, 64_000_000).piece) == 3_145_728
    assert (cut(19_999_999, 10_000_000, 64_000_000).piece) == 19_999_999
    assert (cut(64_000_001, 64_000_000, 64_000_000).piece) == 64_000_000


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, {"error": {"code": "ok"}, "data": {}}), "done"),
        ((202, {"error": {"code": "ok"}, "data": {}}), "done"),
        ((200, {"error": {"code": "spam_risk_too_many_posts"}}), "refused"),
        ((200, {"error": {"code": "something_new"}}), "refused"),
        ((200, {"data": {}}), "unclear"),
        ((200, None), "unclear"),
        ((401, {"error": {"code": "access_token_invalid"}}), "token"),
        ((401, {"error": {"code": "scope_not_authorized"}}), "refused"),
        ((429, {"error": {"code": "rate_limit_exceeded"}}), "busy"),
        ((500, {"error": {"code": "internal_error"}}), "unclear"),
        ((502, None), "unclear"),
    ],
)
def test_only_the_code_ok_is_a_success(answer: tuple[int, Any], kind: str) -> None:
    status, document = answer
    content = b"not JSON" if document is None else json.dumps(document).encode()
    assert judge(Answer(status, {}, content)).kind == kind


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"privacy_level": None}, "privacy_level"),
        ({"music_usage_confirmed": False}, "music_usage_confirmed"),
        ({"brand_content": True, "privacy_level": "SELF_ONLY"}, ""),
    ],
)
def test_without_the_mandatory_choices_nothing_is_asked(
    tmp_path: Path, options: dict[str, object], words: str
) -> None:
    with bench(small(tmp_path, **options)) as (desk, _fake):
        result = desk.deliver()
    assert isinstance(result.error, RejectedError)
    assert result.error.code == "publish.options"
    assert words in str(result.error)
    assert desk.served.asked == []


def test_what_the_creator_may_not_do_is_refused_before_anything_is_begun(tmp_path: Path) -> None:
    for change in ({"longest_s": 20}, {"audiences": ["SELF_ONLY", "FOLLOWER_OF_CREATOR"]}):
        with bench(small(tmp_path)) as (desk, fake):
            vars(fake).update(change)
            assert isinstance(desk.deliver().error, RejectedError)
        assert desk.served.asked == [f"POST {CREATOR}"]


def test_what_the_creator_switched_off_stays_off_and_is_told(tmp_path: Path) -> None:
    with bench(small(tmp_path, allow_duet=True)) as (desk, fake):
        fake.off = {"comment"}
        result = desk.deliver()
    info = fake.published[0]["info"]
    assert (info["disable_comment"], info["disable_duet"]) == (True, False)
    assert len(result.remarks) == 1


@pytest.mark.parametrize(
    ("path", "answer", "kind"),
    [
        (CREATOR, error(200, "spam_risk_too_many_posts", "x"), RateLimitedError),
        (CREATOR, error(200, "spam_risk_user_banned_from_posting", "x"), NotAllowedError),
        (CREATOR, error(200, "reached_active_user_cap", "x"), RateLimitedError),
        (CREATOR, error(401, "scope_not_authorized", "x"), NotAllowedError),
        (
            INIT,
            error(403, "unaudited_client_can_only_post_to_private_accounts", "x"),
            NotAllowedError,
        ),
        (INIT, error(403, "spam_risk_too_many_pending_share", "x"), RateLimitedError),
        (INIT, error(403, "privacy_level_option_mismatch", "x"), RejectedError),
        (INIT, error(400, "invalid_params", "x"), RejectedError),
    ],
)
def test_a_refusal_is_told(
    tmp_path: Path, path: str, answer: Told, kind: type[PublishError]
) -> None:
    with bench(small(tmp_path)) as (desk, fake):
        fake.refusing[path] = answer
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", kind)
    assert fake.published == []
    assert not any(line.startswith("PUT") for line in desk.served.asked)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("file_format_check_failed", RejectedError),
        ("duration_check_failed", RejectedError),
        ("publish_cancelled", RejectedError),
        ("auth_removed", NotAllowedError),
        ("spam_risk_too_many_posts", RateLimitedError),
        ("spam_risk_text", RejectedError),
        ("something_new", RejectedError),
    ],
)
def test_a_post_that_tiktok_did_not_make_has_failed(
    tmp_path: Path, reason: str, kind: type[PublishError]
) -> None:
    with bench(small(tmp_path)) as (desk, fake):
        fake.fails = reason
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", kind)
    assert desk.served.asked.count(f"POST {INIT}") == 1


def test_tiktoks_own_fault_is_tried_again_and_ends(tmp_path: Path) -> None:
    with bench(small(tmp_path)) as (desk, fake):
        fake.fails = "internal"
        assert desk.deliver().state == "failed"
    assert desk.served.asked.count(f"POST {INIT}") == 3


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_HALFWAY, Fault.CUT_AFTER])
@pytest.mark.parametrize("number", [2, 3])
def test_an_upload_cut_anywhere_sends_at_most_one_piece_more(
    tmp_path: Path, fault: Fault, number: int
) -> None:
    with bench(video(tmp_path)) as (desk, fake):
        desk.served.faults[number] = fault
        assert desk.deliver().state == "published"
    assert fake.received <= 12_000_000 + 7_000_000
    assert b"".join(fake.published[0]["pieces"]) == content("01.mp4", 12_000_000)
    assert fake.wrongs == []


def test_a_process_ended_while_asking_asks_again(tmp_path: Path) -> None:
    with bench(video(tmp_path)) as (desk, fake):
        desk.served.faults[2] = Fault.CUT_AFTER
        desk.disk.kill_at = (3, "after")
        with pytest.raises(Killed):
            desk.deliver()
        desk.disk.kill_at = None
        assert desk.deliver().state == "published"
    assert fake.wrongs == []
    assert fake.received == 12_000_000


def test_a_status_that_does_not_tell_the_bytes_still_ends_well(tmp_path: Path) -> None:
    """The piece is sent again to the same address: at worst TikTok says 416."""
    with bench(video(tmp_path)) as (desk, fake):
        fake.tells_bytes = False
        desk.served.faults[2] = Fault.CUT_BEFORE
        assert desk.deliver().state == "published"
    assert len(fake.published) == 1


def test_an_address_that_has_ended_is_replaced_while_bytes_are_missing(tmp_path: Path) -> None:
    with bench(video(tmp_path)) as (desk, fake):

        def end_it(session: Any) -> None:
            if session.get("next") == 1 and "beginnings" not in session:
                fake.posts[session["publish_id"]]["over"] = True

        desk.watch = end_it
        assert desk.deliver().state == "published"
    assert desk.served.asked.count(f"POST {INIT}") == 2
    assert len(fake.published) == 1


def test_an_address_that_has_ended_by_the_clock_is_replaced(tmp_path: Path) -> None:
    class Clock:
        moment = NOW

        def now(self) -> datetime:
            return self.moment

    clock = Clock()
    with bench(video(tmp_path)) as (desk, fake):
        desk.clock = clock  # type: ignore[assignment]

        def pass_time(session: Any) -> None:
            if session.get("next") == 1 and "beginnings" not in session:
                clock.moment += timedelta(hours=2)

        desk.watch = pass_time
        assert desk.deliver().state == "published"
    assert desk.served.asked.count(f"POST {INIT}") == 2
    assert len(fake.published) == 1


def test_a_token_that_dies_while_tiktok_works_leaves_it_open(tmp_path: Path) -> None:
    with bench(small(tmp_path)) as (desk, fake):
        desk.keys.renewals = 1

        def die(session: Any) -> None:
            if session.get("received"):
                fake.tokens = set()

        desk.watch = die
        result = desk.deliver()
    assert (result.state, len(fake.published)) == ("unknown", 1)
    with bench(small(tmp_path)) as (desk, fake):
        desk.keys.renewals = 1
        fake.tokens = set()
        result = desk.deliver()
    assert (result.state, type(result.error)) == ("failed", AuthExpiredError)


def test_the_link_comes_from_the_public_id(tmp_path: Path) -> None:
    with bench(small(tmp_path)) as (desk, fake):
        result = desk.deliver()
        assert result.remote_id == "7300000000000000001"
        assert result.link == f"https://www.tiktok.com/@{USERNAME}/video/7300000000000000001"
        assert result.remarks == ()
    with bench(small(tmp_path)) as (desk, fake):
        fake.link_looks = 100
        result = desk.deliver()
    assert (result.state, result.link, len(result.remarks)) == ("published", None, 1)


def test_a_draft_is_finished_in_the_app(tmp_path: Path) -> None:
    with bench(draft(tmp_path), "inbox") as (desk, fake):
        result = desk.deliver()
    assert result.state == "published"
    assert "selesaikan di aplikasi" in result.remarks[0]
    assert not any(CREATOR in line for line in desk.served.asked)
    assert not fake.published[0]["direct"]


def test_photos_need_a_media_host(tmp_path: Path) -> None:
    with bench(photos(tmp_path)) as (desk, _fake):
        result = desk.deliver()
    assert isinstance(result.error, NotAllowedError)
    assert result.error.code == "publish.no_media_host"
    assert desk.served.asked == []


def test_what_tiktok_takes_from_no_program_is_told(tmp_path: Path) -> None:
    with bench(small(tmp_path, first_comment="Tanya di sini")) as (desk, _fake):
        assert len(desk.deliver().remarks) == 1


def test_stopping(tmp_path: Path) -> None:
    token = CancelToken()
    with bench(video(tmp_path), token=token) as (desk, fake):
        desk.watch = lambda session: token.cancel() if session.get("next") == 1 else None
        assert desk.deliver().state == "cancelled"
        assert fake.published == []
    token = CancelToken()
    with bench(video(tmp_path), token=token) as (desk, fake):
        desk.watch = lambda session: token.cancel() if session.get("received") else None
        assert desk.deliver().state == "published"
        assert len(fake.published) == 1


def test_who_it_is(tmp_path: Path) -> None:
    with bench(small(tmp_path)) as (desk, fake), Http() as http:
        who = desk.publisher.verify(desk.account, desk._wire(http))
        assert (who.remote_id, who.username, who.missing_scopes) == (OPEN_ID, USERNAME, ())
        fake.refusing[CREATOR] = error(401, "scope_not_authorized", "x")
        who = desk.publisher.verify(desk.account, desk._wire(http))
        assert who.missing_scopes == ("video.publish",)
        inbox = replace(desk.account, mode="inbox")
        assert desk.publisher.verify(inbox, desk._wire(http)).missing_scopes == ()
