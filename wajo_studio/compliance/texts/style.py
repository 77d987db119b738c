"""Rules on how words are set: capitals, fancy letters, hashtags, titles, money."""

import re
import unicodedata
from collections.abc import Iterator

from wajo_studio.compliance.check import PUBLISHED, WRITTEN, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.text import find_hashtags

_LONG_TAG = 12
"""Letters a lower-case hashtag may have before a screen reader stumbles."""
_HEADING_WORDS = 12
_FEWEST_LETTERS = 40
_CAPITAL_SHARE = 0.6
_CAPITAL_RUN = re.compile(r"\b[A-Z][A-Z\-]{2,}(?:[ \n]+(?:[A-Z]{1,2}[ \n]+)?[A-Z][A-Z\-]{2,}){5}")
_NOT_BODY = re.compile(r"[#@]\w+|https?://\S+")


@text_check("hashtag-camelcase", PUBLISHED)
def hashtag_camelcase(subject: TextSubject) -> Iterator[Hit]:
    """Long hashtags begin each word with a capital."""
    if "#" not in subject.text:
        return
    for tag in find_hashtags(subject.text, subject.network):
        letters = [sign for sign in tag.text if sign.isalpha()]
        if len(letters) > _LONG_TAG and all(sign.islower() for sign in letters):
            yield Hit(params={"tag": tag.text}, span=tag.span)


_FANCY = re.compile(
    "[\U0001d400-\U0001d7ff\u24b6-\u24e9\uff21-\uff5a]+(?:[ "
    "\\d]*[\U0001d400-\U0001d7ff\u24b6-\u24e9\uff21-\uff5a]+)*"
)


@text_check("unicode-fancy-font", WRITTEN)
def unicode_fancy_font(subject: TextSubject) -> Iterator[Hit]:
    """No mathematical or full-width letters as fake bold: screen readers skip them."""
    if subject.text.isascii():
        return
    for match in _FANCY.finditer(subject.text):
        plain = unicodedata.normalize("NFKC", match[0])
        yield Hit(params={"plain": plain}, span=match.span(), replacement=plain)


@text_check("allcaps-shouting", frozenset({"caption", "description", "comment", "field", "alt"}))
def allcaps_shouting(subject: TextSubject) -> Iterator[Hit]:
    """The body is no shout; a heading in capitals may be."""
    reading = subject.reading
    first = reading.lines[0]
    heading = reading.plain[first.start : first.end]
    start = first.end if len(heading.split()) <= _HEADING_WORDS else 0
    body = _NOT_BODY.sub(lambda match: " " * len(match[0]), reading.plain)
    letters = [sign for sign in body[start:] if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    if len(letters) >= _FEWEST_LETTERS and capitals >= _CAPITAL_SHARE * len(letters):
        yield Hit(span=(start, len(subject.text)))
        return
    for match in _CAPITAL_RUN.finditer(body, start):
        yield Hit(span=match.span(), replacement=match[0].capitalize())


_DEGREE_GLUED = re.compile(r"\b([SMD]\.[A-Z][A-Za-z.]{0,5}),(?=[SMD]\.)")
_DEGREE_OPEN = re.compile(
    r"(?<=, )([SM]\.(?:Sos|Pd|Kom|Si|Ag|Hum|Kes|Hut|Kep|STP|IP|H|E|T|M|Pi|Pt|Farm|Ak"
    r"|Psi))(?![.\w])|(?<=,)(M\.M|M\.Si|M\.Pd|M\.Kes|M\.H|M\.T)(?![.\w])"
)
_BARE_DEGREE = re.compile(r"(?<=, )([SMD][A-Za-z]{1,6})\b")


@text_check("title-degree-format", WRITTEN)
def title_degree_format(subject: TextSubject) -> Iterator[Hit]:
    """Academic titles have their dots and blanks: ``S.Sos., M.M.``."""
    reading = subject.reading
    seen: set[int] = set()
    degrees = data.table("language")["degrees"]
    for match in _DEGREE_GLUED.finditer(reading.plain):
        seen.add(match.start())
        written = match[1] if match[1].endswith(".") else f"{match[1]}."
        yield Hit(params={"proper": f"{written}, "}, span=match.span(), replacement=f"{written}, ")
    for match in _DEGREE_OPEN.finditer(reading.plain):
        if match.start() not in seen:
            seen.add(match.start())
            yield Hit(
                params={"proper": f"{match[0]}."}, span=match.span(), replacement=f"{match[0]}."
            )
    for match in _BARE_DEGREE.finditer(reading.plain):
        if match[1] in degrees and match.start() not in seen:
            proper = degrees[match[1]]
            yield Hit(params={"proper": proper}, span=match.span(1), replacement=proper)


_RUPIAH = re.compile(
    r"\b[Rr][Pp](?:\. ?|[ \u00a0])(?=\d)(\d[\d.]{0,20}(?:,\d{1,2})?)(,-|\.-)?"
    r"|\b[Rr][Pp](\d[\d.]{0,20})(?:,-|\.-)"
)


@text_check("currency-format", WRITTEN)
def currency_format(subject: TextSubject) -> Iterator[Hit]:
    """Money is written so: ``Rp10.000``."""
    for match in _RUPIAH.finditer(subject.reading.plain):
        amount = (match[1] or match[3]).rstrip(".")
        dot = "." if (match[1] or match[3]).endswith(".") and not match[2] else ""
        proper = f"Rp{amount}"
        yield Hit(params={"proper": proper}, span=match.span(), replacement=proper + dot)
