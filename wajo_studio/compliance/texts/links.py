"""Rules on links: insecure, shortened, not official, imitating an official address."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from wajo_studio.compliance.check import WRITTEN, WRITTEN_OR_SHOWN, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.text import Found

_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_NETWORKS = (
    "facebook.com",
    "instagram.com",
    "x.com",
    "twitter.com",
    "youtube.com",
    "youtu.be",
    "tiktok.com",
)
"""The five networks' own addresses are where these posts appear."""
_CHATS = ("wa.me", "api.whatsapp.com", "whatsapp.com")
"""Links to a telephone are judged by their number."""


@text_check("link-http", WRITTEN)
def link_http(subject: TextSubject) -> Iterator[Hit]:
    """Links are encrypted."""
    for link in subject.reading.links:
        if link.text.lower().startswith("http://"):
            yield Hit(span=link.span, replacement=f"https{link.text[4:]}")


@text_check("link-shortener", WRITTEN_OR_SHOWN)
def link_shortener(subject: TextSubject) -> Iterator[Hit]:
    """Links show where they lead."""
    for link, host in _hosts(subject):
        if host in data.words("links", "shorteners"):
            yield Hit(params={"host": host}, span=link.span)


@text_check("link-not-official", WRITTEN)
def link_not_official(subject: TextSubject) -> Iterator[Hit]:
    """Links outside the government are pointed out."""
    for link, host in _hosts(subject):
        known = (*data.words("links", "shorteners"), *_NETWORKS, *_CHATS)
        if _is_official(subject, host) or _ends(host, known) or _imitates(host):
            continue
        yield Hit(params={"host": host}, span=link.span)


@text_check("link-lookalike", WRITTEN_OR_SHOWN)
def link_lookalike(subject: TextSubject) -> Iterator[Hit]:
    """No address that imitates an official one."""
    for link, host in _hosts(subject):
        if not _ends(host, subject.settings.link_allow) and _imitates(host):
            yield Hit(params={"host": host}, span=link.span)


def _hosts(subject: TextSubject) -> Iterator[tuple[Found, str]]:
    """Links with their host in small letters, punycode decoded."""
    for link in subject.reading.links:
        bare = not _SCHEME.match(link.text)
        address = re.split(r"[/?#]", _SCHEME.sub("", link.text), maxsplit=1)
        written = address[0].partition(":")[0]
        # "M.Si" and a sentence without a blank behind its stop look like bare domains
        if bare and len(address) == 1 and (written != written.lower() or len(written) < 4):
            continue
        host = _decoded(written.lower().rstrip("."))
        yield link, host.removeprefix("www.")


def leads_to_official(subject: TextSubject) -> bool:
    """Whether a text holds links, all of them to addresses that count as official."""
    hosts = [host for _link, host in _hosts(subject)]
    return bool(hosts) and all(_is_official(subject, host) for host in hosts)


@lru_cache(maxsize=512)
def _decoded(host: str) -> str:
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _ends(host: str, endings: tuple[str, ...]) -> bool:
    return any(host == ending or host.endswith(f".{ending}") for ending in endings)


def _is_official(subject: TextSubject, host: str) -> bool:
    endings = data.words("links", "official_endings")
    return _ends(host, endings) or _ends(host, subject.settings.link_allow)


@lru_cache(maxsize=512)
def _imitates(host: str) -> bool:
    """Whether a host borrows an official name, mixes scripts or differs by two letters."""
    if _is_mixed(host):
        return True
    government = host.endswith(".go.id")
    other_official = _ends(host, data.words("links", "official_endings")) and not government
    if other_official or _ends(host, _NETWORKS):
        return False
    if not government:
        if any(name in host for name in data.words("links", "imitated")):
            return True
        if any(
            re.search(rf"{re.escape(name)}(?!an)", host)
            for name in data.words("links", "imitated_words")
        ):
            return True
    return any(
        host != official and not host.endswith(f".{official}") and _distance(host, official) <= 2
        for official in _official_hosts()
        if not government or host.count(".") == 2
    )


@cache
def _official_hosts() -> tuple[str, ...]:
    return data.words("links", "official_hosts")


def _is_mixed(host: str) -> bool:
    """Letters of several scripts in one label, as no honest address has."""
    if host.isascii():
        return False
    for label in re.split(r"[.\-]", host):
        scripts = {
            unicodedata.name(sign, "?").partition(" ")[0] for sign in label if sign.isalpha()
        }
        if len(scripts) > 1:
            return True
    return False


def _distance(a: str, b: str) -> int:
    """Letters to insert, remove or change; 3 stands for three and more."""
    if abs(len(a) - len(b)) > 2:
        return 3
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            cost = min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
            previous, row[j] = row[j], cost
    return min(row[-1], 3)
