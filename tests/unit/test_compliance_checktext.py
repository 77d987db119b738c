"""One text on its own, against the networks' real specs."""

import datetime
import logging
from collections.abc import Iterator

import pytest

from wajo_studio.compliance import check as port
from wajo_studio.compliance import check_text
from wajo_studio.compliance.check import Hit, TextSubject
from wajo_studio.domain.finding import Finding, Severity
from wajo_studio.text import measure

DAY = datetime.date(2026, 11, 24)
NETWORKS = ("facebook", "instagram", "x", "youtube", "tiktok")


def rules(text: str, network: str, **settings: object) -> dict[str, Finding]:
    return {found.rule: found for found in check_text(text, network, DAY, settings)}


@pytest.mark.parametrize("network", NETWORKS)
def test_a_plain_text_has_no_finding(network: str) -> None:
    text = "Pasar Tempe bersih dan ramai pagi ini, Selasa 24 November 2026. #Wajo"
    assert check_text(text, network, DAY) == []


@pytest.mark.parametrize("network", NETWORKS)
def test_over_the_limit_blocks_and_the_cut_fits(network: str) -> None:
    text = "é 😀 Wajo. " * 7000
    found = rules(text, network)["platform-text-limit"]
    assert found.severity is Severity.BLOCK
    assert (found.where.kind, found.where.id) == ("caption", network)
    assert found.where.span is not None
    start, end = found.where.span
    assert end == len(text)
    limit = measure(network, text).limit
    assert (
        measure(network, text[:start]).length <= limit < measure(network, text[: start + 1]).length
    )


@pytest.mark.parametrize(("network", "limit"), [("instagram", 5), ("tiktok", 5)])
def test_one_hashtag_too_many(network: str, limit: int) -> None:
    tags = [f"#tag{number}a" for number in range(limit + 1)]
    assert "platform-hashtag-limit" not in rules(" ".join(tags[:-1]), network)
    text = " ".join(tags)
    found = rules(text, network)["platform-hashtag-limit"]
    assert found.severity is Severity.BLOCK
    assert found.where.span is not None
    assert text[slice(*found.where.span)] == tags[-1]


@pytest.mark.parametrize("network", ["facebook", "x", "youtube"])
def test_other_networks_count_no_hashtags(network: str) -> None:
    text = " ".join(f"#tag{number}" for number in range(9))
    assert "platform-hashtag-limit" not in rules(text, network)


def test_mentions_are_counted_without_addresses() -> None:
    names = [f"@akun{number}" for number in range(21)]
    assert "mention-limit" not in rules(" ".join(names[:20]) + " a@b.go.id", "instagram")
    assert rules(" ".join(names), "instagram")["mention-limit"].severity is Severity.BLOCK


@pytest.mark.parametrize("link", ["https://wajokab.go.id/layanan", "wajokab.go.id"])
def test_links_are_dead_on_two_networks(link: str) -> None:
    text = f"Daftar di {link}"
    for network in NETWORKS:
        found = rules(text, network).get("platform-link-dead")
        assert (found is not None) == (network in ("instagram", "tiktok")), network
        if found:
            assert found.severity is Severity.INFO
            assert found.where.span is not None
            assert text[slice(*found.where.span)] == link


def test_forbidden_characters() -> None:
    assert "text-forbidden-character" in rules("suhu < 30", "youtube")
    assert "text-forbidden-character" in rules("a\ufeffb", "x")
    assert "text-forbidden-character" not in rules("suhu < 30", "facebook")


def test_required_hashtags_are_a_setting() -> None:
    text = "Halo #wajomaradeka"
    assert "hashtag-required-missing" not in rules(text, "x")
    assert "hashtag-required-missing" not in rules(text, "x", required_hashtags=["WajoMaradeka"])
    found = rules(text, "x", required_hashtags=["#WajoMaradeka", "BanggaJadiOrangWajo"])
    message = found["hashtag-required-missing"].message
    assert "#BanggaJadiOrangWajo" in message
    assert "WajoMaradeka" not in message


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(ValueError, match="myspace"):
        check_text("Halo", "myspace", DAY)


def test_a_broken_rule_does_not_silence_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(subject: TextSubject) -> Iterator[Hit]:
        raise RuntimeError(subject.text)
        yield

    checks = {**port.text_checks(), "mention-limit": breaks}
    monkeypatch.setattr("wajo_studio.compliance.checktext.text_checks", lambda: checks)
    with caplog.at_level(logging.ERROR):
        assert "platform-link-dead" in rules("wajokab.go.id", "instagram")
    assert "mention-limit" in caplog.text
