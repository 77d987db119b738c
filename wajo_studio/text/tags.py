"""Hashtags and mentions in a text.

On X by its own rules (x.md 3.4). The other networks publish none, so theirs are one shared
rule that rather finds one too many: a limit that stops a post must not be missed.
"""

import re
import unicodedata

from wajo_studio.domain.placement import Network
from wajo_studio.text.found import Found
from wajo_studio.text.links import find_links

_HASH = re.compile("[#\uff03]")
_AT = re.compile("[@\uff20]")
_JOINERS = frozenset(
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
)
"""Characters that a hashtag may hold beside letters, marks and digits."""
_STYLES = frozenset("\ufe0e\ufe0f")
_NEVER_BEHIND_HASH = frozenset("\ufe0f\u20e3")
"""They make an emoji of the sign."""

_X_NAME = re.compile("[A-Za-z0-9_]{1,20}")
_X_LIST = re.compile("/[A-Za-z][A-Za-z0-9_-]{0,24}")
_X_NOT_BEFORE_NAME = re.compile("[A-Za-z0-9_!#$%&*@\uff20]")
_X_RETWEET_BEFORE = re.compile(r"(?:\A|[^A-Za-z0-9_+~.-])[Rr][Tt]:?\Z")
_X_NOT_BEHIND_NAME = re.compile(
    "[@\uff20\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    "\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff]|://"
)
_NAME = re.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?")
_NOT_BEFORE_NAME = re.compile("[A-Za-z0-9_.@\uff20/]")


def find_hashtags(text: str, network: str) -> list[Found]:
    """Every hashtag, first to last; none inside a link.

    On X and Facebook a hashtag needs a letter; elsewhere ``#2026`` is one as well.

    Raises:
        ValueError: ``network`` is none of the five.
    """
    of = Network(network)
    needs_letter = of in (Network.X, Network.FACEBOOK)
    found: list[Found] = []
    previous_end = -1
    for match in _HASH.finditer(text):
        start = match.start()
        end, has_letter = _tag_end(text, start + 1)
        if end == start + 1 or text[start + 1] in _NEVER_BEHIND_HASH:
            continue
        if needs_letter and not has_letter:
            continue
        joined = start == previous_end and of is not Network.X
        if start > 0 and not joined and not _may_stand_before_hash(text[start - 1]):
            continue
        if of is Network.X and (_HASH.match(text, end) or text.startswith("://", end)):
            continue
        found.append(Found(text[start:end], start, end))
        previous_end = end
    return _outside_links(text, found)


def find_mentions(text: str, network: str) -> list[Found]:
    """Every mention of an account, first to last; none inside a link or an e-mail address.

    Raises:
        ValueError: ``network`` is none of the five.
    """
    of = Network(network)
    found = _x_mentions(text) if of is Network.X else _mentions(text)
    return _outside_links(text, found)


def _mentions(text: str) -> list[Found]:
    found = []
    for match in _AT.finditer(text):
        start = match.start()
        name = _NAME.match(text, start + 1)
        if name and not (start > 0 and _NOT_BEFORE_NAME.match(text, start - 1)):
            found.append(Found(text[start : name.end()], start, name.end()))
    return found


def _x_mentions(text: str) -> list[Found]:
    found = []
    free = 0
    for match in _AT.finditer(text):
        start = match.start()
        name = _X_NAME.match(text, start + 1)
        if name is None or not _may_stand_before_x_name(text, start, free):
            continue
        end = name.end()
        if in_list := _X_LIST.match(text, end):
            end = in_list.end()
        free = end
        if not _X_NOT_BEHIND_NAME.match(text, end):
            found.append(Found(text[start:end], start, end))
    return found


def _may_stand_before_x_name(text: str, at: int, free: int) -> bool:
    if at == 0:
        return True
    if at > free and not _X_NOT_BEFORE_NAME.match(text, at - 1):
        return True
    return bool(_X_RETWEET_BEFORE.search(text, max(free, at - 4), at))


def _tag_end(text: str, at: int) -> tuple[int, bool]:
    """Where the run of hashtag characters from ``at`` ends, and whether it holds a letter."""
    has_letter = False
    while at < len(text):
        kind = unicodedata.category(text[at])
        if kind[0] in "LM":
            has_letter = True
        elif kind != "Nd" and text[at] not in _JOINERS:
            break
        at += 1
    return at, has_letter


def _may_stand_before_hash(character: str) -> bool:
    if character in _STYLES:
        return True
    kind = unicodedata.category(character)
    return kind[0] not in "LM" and kind != "Nd" and character != "&" and character not in _JOINERS


def _outside_links(text: str, found: list[Found]) -> list[Found]:
    """Without those that begin inside a link; where two overlap, the first one counts."""
    if not found:
        return found
    wanted = set(found)
    kept, end = [], 0
    for find in sorted([*found, *find_links(text)], key=lambda find: find.start):
        if find.start < end:
            continue
        end = find.end
        if find in wanted:
            kept.append(find)
    return kept
