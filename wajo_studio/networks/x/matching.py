"""Whether a post that X shows is the one we sent. X returns ``t.co`` links: never byte by byte."""

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from wajo_studio.networks.answers import dig
from wajo_studio.text import find_links

_LINK = "\x00"
_MEDIA_LINK = re.compile(r"/(?:photo|video)/\d+$")


def same_text(sent: str, shown: Mapping[str, Any]) -> bool:
    """Whether the post ``shown`` (with its ``entities``) says what was ``sent``."""
    ours, our_links = _ours(sent)
    theirs, their_links = _theirs(shown)
    return (
        ours == theirs
        and len(our_links) == len(their_links)
        and all(link in names for link, names in zip(our_links, their_links, strict=True))
    )


def _ours(text: str) -> tuple[str, list[str]]:
    links = find_links(text)
    for found in reversed(links):
        text = text[: found.start] + _LINK + text[found.end :]
    return _clean(text), [_bare(found.text) for found in links]


def _theirs(shown: Mapping[str, Any]) -> tuple[str, list[set[str]]]:
    """The text with a mark for each link, and for each link the names it goes by."""
    text = html.unescape(str(shown.get("text", "")))
    names: list[tuple[int, set[str]]] = []
    urls = dig(shown, "entities", "urls")
    known = {entry.get("url"): entry for entry in urls or [] if isinstance(entry, dict)}
    for short, entry in known.items():
        expanded = str(entry.get("expanded_url") or "")
        if entry.get("media_key") or _MEDIA_LINK.search(expanded):
            text = text.replace(str(short), "")
    if shown.get("attachments"):
        tail = re.search(r"\s*https://t\.co/\w+\s*$", text)
        if tail and tail.group().strip() not in known:
            text = text[: tail.start()]
    pattern = "|".join(re.escape(str(short)) for short in known if short)
    for match in re.finditer(pattern, text) if pattern else ():
        entry = known[match.group()]
        fields = (entry.get(key) for key in ("expanded_url", "unwound_url", "display_url"))
        names.append((match.start(), {_bare(str(name)) for name in fields if name}))
    if pattern:
        text = re.sub(pattern, _LINK, text)
    return _clean(text), [found for _start, found in names]


def _bare(link: str) -> str:
    """A link without its scheme and closing slash."""
    return re.sub(r"^https?://", "", link, flags=re.IGNORECASE).rstrip("/").lower()


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
