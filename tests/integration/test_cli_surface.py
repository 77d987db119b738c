"""The Python functions that others may rely on, as the contract words them."""

import inspect
from datetime import date
from typing import Any

import pytest

from wajo_studio.compliance import check_text
from wajo_studio.text import TextMeasure, measure

TODAY = date(2026, 11, 24)
NETWORKS = ("facebook", "instagram", "x", "youtube", "tiktok")


@pytest.mark.parametrize(
    ("network", "text", "length", "limit", "valid"),
    [
        ("x", "", 0, 280, False),
        ("x", "a" * 280, 280, 280, True),
        ("x", "a" * 281, 281, 280, False),
        ("x", "漢" * 140, 280, 280, True),
        ("x", "👩‍👩‍👧", 2, 280, True),
        ("x", "https://wajokab.go.id/" + "x" * 99, 23, 280, True),
        ("x", "wajokab.go.id", 23, 280, True),
        ("x", "a\ufffe", 3, 280, False),
        ("tiktok", "🎉" * 1100, 2200, 2200, True),
        ("tiktok", "🎉" * 1101, 2202, 2200, False),
        ("tiktok", "", 0, 2200, True),
        ("youtube", "é" * 2500, 5000, 5000, True),
        ("youtube", "é" * 2501, 5002, 5000, False),
        ("instagram", "🎉", 2, 2200, True),
        ("instagram", "a" * 2201, 2201, 2200, False),
        ("facebook", "🎉" * 63_206, 63_206, 63_206, True),
        ("facebook", "", 0, 63_206, True),
    ],
)
def test_measure(network: str, text: str, length: int, limit: int, valid: bool) -> None:
    assert measure(network, text) == TextMeasure(length=length, limit=limit, valid=valid)
    assert measure(network=network, text=text).valid is valid


@pytest.mark.parametrize("network", ["", "X", "instagram.feed", "myspace"])
def test_unknown_networks(network: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        measure(network, "x")
    with pytest.raises(ValueError, match=r".*"):
        check_text("x", network, TODAY)


def test_check_text_is_called_as_promised() -> None:
    assert list(inspect.signature(check_text).parameters) == [
        "text",
        "network",
        "today",
        "settings",
    ]
    assert isinstance(check_text("", "facebook", TODAY), list)
    (found,) = [f for f in check_text("a" * 281, "x", TODAY) if f.rule == "platform-text-limit"]
    assert str(found.severity) == "block"
    assert "1" in found.message
    assert found.where.kind == "caption"
    assert found.where.span == (280, 281)


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        (None, False),
        ({}, False),
        ({"required_hashtags": ["Wajo"]}, False),
        ({"required_hashtags": ["#wajo"]}, False),
        ({"required_hashtags": ["Sengkang"]}, True),
        ({"required_hashtags": ["#Sengkang", "Wajo"]}, True),
        ({"election": False}, False),
    ],
)
def test_settings_may_be_partial(settings: dict[str, Any] | None, missing: bool) -> None:
    for network in NETWORKS:
        found = check_text("Selamat pagi #Wajo", network, TODAY, settings)
        rules = {finding.rule: finding.severity for finding in found}
        assert ("hashtag-required-missing" in rules) is missing
        if missing:
            assert str(rules["hashtag-required-missing"]) == "warn"
