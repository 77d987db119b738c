"""What Facebook and Instagram share: errors, limits, tokens, Pages."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.contract.publishing.cases_facebook import ACCOUNT, bench
from tests.contract.publishing.fakes.facebook_clips import PAGE
from tests.contract.publishing.fakes.graph import USER_TOKEN
from tests.contract.publishing.material import clip, parcel
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
from wajo_studio.networks.wire import Wire

TEXT = parcel("facebook.feed")


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


@pytest.mark.parametrize(
    ("code", "subcode", "verdict", "kind"),
    [
        (-2, 2207003, "busy", UnavailableError),
        (-2, 2207020, "refused", UnavailableError),
        (-1, 2207001, "unclear", None),
        (-1, 2207032, "refused", UnavailableError),
        (-1, 2207053, "refused", UnavailableError),
        (1, 2207057, "refused", RejectedError),
        (4, 2207051, "refused", NotAllowedError),
        (4, None, "busy", RateLimitedError),
        (9, 2207042, "refused", RateLimitedError),
        (24, 2207006, "refused", UnavailableError),
        (24, 2207008, "busy", UnavailableError),
        (25, 2207050, "refused", NotAllowedError),
        (100, 33, "refused", RejectedError),
        (100, 2207028, "refused", RejectedError),
        (352, 2207026, "refused", RejectedError),
        (9004, 2207052, "busy", RejectedError),
        (9007, 2207027, "busy", UnavailableError),
        (36000, 2207004, "refused", RejectedError),
        (36003, 2207009, "refused", RejectedError),
        (36004, 2207010, "refused", RejectedError),
        (80002, None, "busy", RateLimitedError),
        (1, None, "unclear", None),
        (2, None, "unclear", None),
    ],
)
def test_what_instagrams_codes_mean(
    code: int, subcode: int | None, verdict: str, kind: type[PublishError] | None
) -> None:
    content = json.dumps({"error": problem(code, subcode)}).encode()
    found = graph_judge("Instagram")(Answer(400, {}, content))
    assert found.kind == verdict
    assert (type(found.error) if found.error else None) is kind
    if found.error is not None:
        assert "Instagram" in str(found.error)
