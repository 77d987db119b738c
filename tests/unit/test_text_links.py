"""Which stretches of a text are links."""

import pytest

from wajo_studio.text import find_links
from wajo_studio.text.data import emoji_sequences, x_rules


def links(text: str) -> list[str]:
    found = find_links(text)
    assert [text[find.start : find.end] for find in found] == [find.text for find in found]
    assert [find.span for find in found] == sorted(find.span for find in found)
    return [find.text for find in found]


def test_the_data_is_complete() -> None:
    rules = x_rules()
    others = [ending for endings in rules.other_endings.values() for ending in endings]
    assert len(rules.endings) + len(others) == 315 + 1259
    assert {"id", "com", "onion", "museum"} <= rules.endings
    assert len(emoji_sequences().all) > 2800
    assert all(len(sequence) > 1 for sequence in emoji_sequences().all)


@pytest.mark.parametrize(
    "link",
    [
        "http://example.com",
        "HTTPS://www.ExaMPLE.COM/index.html",
        "https://example.com/path/to/resource?search=foo&lang=en",
        "http://twitter.com/#!/twitter",
        "http://example.com:8080/login.php",
        "http://example.com:8080",
        "http://example.com?foo=bar",
        "http://test_underscore.example.com",
        "http://☃.net/",
        "http://пример.рф/путь",
        "http://ПРИМЕР.РФ/",
        "http://例え.中国/a",
        "http://xn--80ak6aa92e.xn--p1ai/a",
        "http://a.xn--p1ai",
        "https://id.wikipedia.org/wiki/Wajo_(kabupaten)",
        "https://a.id/a_(b_(c))_d",
        "https://a.id/@pemkab/",
        "https://a.id/a-",
        "https://a.id/?a=",
        "https://a.id/%20~x;y|z",
        "https://a.id/" + "x" * 4000,
        "http://t.co/aBc9",
        "desa.id",
        "pemkab.go.id",
        "DESA.ID",
        "wajokab.go.id/berita/2026?x=1&y=2#z",
        "bücher.de",
        "a-b.my.id",
        "a.b.c.d.e.id",
        "t.co",
        "example.museum",
        "xn--80ak6aa92e.com",
        "a.xn--p1ai",
    ],
)
def test_is_a_link(link: str) -> None:
    assert links(link) == [link]
    assert links(f"Lihat {link}") == [link]
    assert links(f"({link})") == [link]
    assert links(f"“{link}”") == [link]
    assert links(f"日本{link}") == [link]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "...",
        "selesai.Ini",  # no such ending
        "a.comm",
        "a.com-b",
        "a.com@b",
        "a.com+b",
        "surat@wajokab.go.id",
        "nama.orang@desa.id",
        "@desa.id",
        "$desa.id",
        "-desa.id",
        "_desa.id",
        ".desa.id",
        "/desa.id",
        "ftp://desa.id",
        "xhttp://desa.id",
        "http://desa",
        "http://.id",
        "http://-desa.id/",
        "http://desa-.id/",
        "http://☃-.net/",
        "http://desa_ku.id",
        "☃.net",
        "пример.рф",
        "192.168.0.1",
        "3.500",
        "08.00–14.00",
        "Rp1.500.000",
        f"{'a' * 64}.id",
        f"http://{'a' * 64}.id",
        f"http://{'ü' * 60}.id",
        f"https://a.id/{'x' * 4084}",
        f"http://t.co/{'a' * 41}",
        "\ufeffdesa.id",
        "http:// desa",
    ],
)
def test_is_no_link(text: str) -> None:
    assert links(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Buka desa.id.", ["desa.id"]),
        ("desa.id, pemkab.go.id!", ["desa.id", "pemkab.go.id"]),
        ("https://desa.id/a.", ["https://desa.id/a"]),
        ("https://desa.id/a,b!?", ["https://desa.id/a,b"]),
        ("https://desa.id/a'", ["https://desa.id/a"]),
        ("(https://desa.id/a)", ["https://desa.id/a"]),
        ("https://desa.id/a(b", ["https://desa.id/a"]),
        ("https://desa.id/a?b=c!", ["https://desa.id/a?b=c"]),
        ("https://desa.id/?", ["https://desa.id/"]),
        ("https://desa.id/berita…", ["https://desa.id/berita"]),
        ("https://desa.id/–", ["https://desa.id/"]),
        ("desa.id:8080", ["desa.id"]),
        ("desa.id:8080/a", ["desa.id:8080/a"]),
        ("desa.id?a=b", ["desa.id"]),
        ("https://desa.id:/a", ["https://desa.id"]),
        ("desa.id.tidakada", ["desa.id"]),
        ("https://t.co/abc/d", ["https://t.co/abc"]),
        ("https://t.co/abc?x=1", ["https://t.co/abc?x=1"]),
        ("https://t.co/", ["https://t.co/"]),
        ("desa.idで", ["desa.id"]),
        ("desa.idでtes.jp/a", ["desa.id", "tes.jp/a"]),
        ("日本.example.com", ["example.com"]),
        ("émile.com", ["mile.com"]),  # the first letter counts as standing before it
        (" émile.com", ["émile.com"]),
        ("a_b.example.com", ["b.example.com"]),
        ("http://a.id/http://b.id", ["http://a.id/http://b.id"]),
        ("http://a.id http://b.id", ["http://a.id", "http://b.id"]),
        ("http://a.idhttp://b.id", []),
        ("http://a.id\u200ehttp://b.id", ["http://a.id", "http://b.id"]),
        ("http://user:pass@desa.id", []),
        ("http://☃.net/a 1", ["http://☃.net/a"]),
        ("https://a.id/сайт.", ["https://a.id/сайт"]),
        ("＃desa.id", ["desa.id"]),
        ("x #desa.id", []),
        ("#desa.id", []),
        ("http://%e2%98%83.net/", ["83.net/"]),
        ("👉desa.id👈", ["desa.id"]),
    ],
)
def test_where_links_begin_and_end(text: str, found: list[str]) -> None:
    assert links(text) == found


def test_long_labels_of_other_scripts_are_refused_quickly() -> None:
    assert links("http://" + "あ" * 50_000 + ".com") == []
    assert links("http://" + "あ" * 20 + ".com") == ["http://" + "あ" * 20 + ".com"]
