"""Hashtags and mentions."""

import pytest

from wajo_studio.text import find_hashtags, find_mentions

OTHERS = ("facebook", "instagram", "youtube", "tiktok")


def tags(text: str, network: str = "x") -> list[str]:
    found = find_hashtags(text, network)
    assert [text[find.start : find.end] for find in found] == [find.text for find in found]
    return [find.text for find in found]


def names(text: str, network: str = "x") -> list[str]:
    found = find_mentions(text, network)
    assert [text[find.start : find.end] for find in found] == [find.text for find in found]
    return [find.text for find in found]


@pytest.mark.parametrize("network", ["x", *OTHERS])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("#WajoMaradeka", ["#WajoMaradeka"]),
        ("Ayo #Wajo, #DanauTempe!", ["#Wajo", "#DanauTempe"]),
        ("#kain_sutera #HUT81RI", ["#kain_sutera", "#HUT81RI"]),
        ("#wajo-maju", ["#wajo"]),
        ("(#wajo)", ["#wajo"]),
        ("“#wajo”", ["#wajo"]),
        ("kata#wajo", []),
        ("&#wajo", []),
        ("# wajo", []),
        ("#", []),
        ("#\ufe0f\u20e3 satu", []),
        ("＃wajo", ["＃wajo"]),
        ("#ᨓᨍᨚ", ["#ᨓᨍᨚ"]),
        ("#हिन्दी", ["#हिन्दी"]),
        ("#日本語", ["#日本語"]),
        ("🌅#wajo", ["#wajo"]),
        ("☺️#wajo", ["#wajo"]),
        ("#wajo🌅", ["#wajo"]),
        ("https://desa.id/#wajo", []),
        ("https://desa.id/ #wajo", ["#wajo"]),
        ("\n#satu\n#dua", ["#satu", "#dua"]),
    ],
)
def test_hashtags(network: str, text: str, found: list[str]) -> None:
    assert tags(text, network) == found


def test_hashtags_where_the_networks_differ() -> None:
    assert tags("#2026") == tags("#2026", "facebook") == []
    assert tags("#2026", "instagram") == tags("#2026", "tiktok") == ["#2026"]
    assert tags("#satu#dua") == []
    assert tags("#satu#dua", "instagram") == ["#satu", "#dua"]
    assert tags("##wajo") == tags("##wajo", "tiktok") == ["#wajo"]
    assert tags("#wajo://x") == []


@pytest.mark.parametrize("network", ["x", *OTHERS])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("@pemkab_wajo", ["@pemkab_wajo"]),
        ("Hai @pemkab, @dinkes!", ["@pemkab", "@dinkes"]),
        ("(@pemkab)", ["@pemkab"]),
        ("surat@wajokab.go.id", []),
        ("@ pemkab", []),
        ("@@pemkab", []),
        ("＠pemkab", ["＠pemkab"]),
        ("https://www.tiktok.com/@pemkab", []),
        ("日本@pemkab", ["@pemkab"]),
        ("@pemkab.", ["@pemkab"]),
    ],
)
def test_mentions(network: str, text: str, found: list[str]) -> None:
    assert names(text, network) == found


def test_mentions_where_the_networks_differ() -> None:
    assert names("@dinkes.wajo") == ["@dinkes"]
    assert names("@dinkes.wajo", "instagram") == ["@dinkes.wajo"]
    assert names("@" + "a" * 21) == ["@" + "a" * 20]
    assert names("@pemkab/daftar") == ["@pemkab/daftar"]
    assert names("@pemkab@dinkes") == []
    assert names("@émile") == []
    assert names("@pemkabé") == []
    assert names("RT@pemkab rt:@dinkes") == ["@pemkab", "@dinkes"]
    assert names("art@pemkab") == []
    assert names("!@pemkab") == []


def test_unknown_network() -> None:
    with pytest.raises(ValueError, match="Network"):
        find_hashtags("#a", "threads")
    with pytest.raises(ValueError, match="Network"):
        find_mentions("@a", "threads")
