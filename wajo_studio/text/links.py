"""Links in a text, as X's text rules find them: with a scheme, or a bare domain.

The rules are those of twitter-text (x.md 3.3). They are written there as one expression that
a search engine tries at every place; here each stretch of host characters is read once, so
that the time grows with the length of the text and with nothing else.
"""

import re

from wajo_studio.text.data import XRules, x_rules
from wajo_studio.text.found import Found

_INVALID = "\ufffe\ufeff\uffff"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SIGNS = r"!'#%&()*+,\\/:;<=>?@\[\]^{|}~$"
_ACCENTED = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    "\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_CYRILLIC = "\u0400-\u04ff"

_HOST = re.compile(f"[^{_SIGNS}{_SPACES}{_INVALID}{_DIRECTIONS}]+")
"""Characters of host labels, and the three that join them: dot, hyphen, underscore."""
_NO_EDGE = frozenset("-_.")
"""Of those, the ones a label neither begins nor ends with."""

_SCHEME_BEFORE = re.compile(r"https?://\Z", re.IGNORECASE | re.ASCII)
_LONGEST_SCHEME = len("https://")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_PUNYCODE = re.compile("[xX][nN]--[-0-9A-Za-z]+")
_NOT_BEHIND_ENDING = re.compile("[0-9A-Za-z@+-]")
_ASCII_STRETCH = re.compile(f"[-.A-Za-z0-9{_ACCENTED}]+")
_LABEL_DOTS = re.compile("[\u3002\uff0e\uff61]")
"""Full stops of other scripts, at which a label is split before it is encoded."""

_PORT = re.compile(":[0-9]+")
_GENERAL = f"A-Za-z0-9{_CYRILLIC}{_ACCENTED}!*';:=+,.$/%#\\[\\]\u2013_~@|&-"
_PATH_STRETCH = re.compile(f"[{_GENERAL}]*+")
_PATH_TO_ENDING = re.compile(f"[{_GENERAL}]*[A-Za-z0-9{_CYRILLIC}{_ACCENTED}+=_#/-]")
_BRACKETS = re.compile(rf"\((?:[{_GENERAL}]++|[{_GENERAL}]*+\([{_GENERAL}]++\)[{_GENERAL}]*+)\)")
_QUERY = re.compile(r"\?[A-Za-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[A-Za-z0-9_&=#/-]")
_SHORT_LINK = re.compile(
    rf"https?://t\.co/([a-z0-9]+)(?:{_QUERY.pattern})?", re.IGNORECASE | re.ASCII
)

_NOT_BEFORE = re.compile(f"[A-Za-z0-9@\uff20$#\uff03{_INVALID}]")
"""Characters directly before a link that make it none, such as the ``@`` of an address."""
_NOT_BEFORE_BARE = frozenset("-_./")
"""Characters that make a link without scheme none, and use it up."""


def find_links(text: str) -> list[Found]:
    """Every link in ``text``, first to last, with or without a scheme.

    Bare domains count when their ending is a top-level domain (``desa.id``); e-mail addresses
    do not.
    """
    found: list[Found] = []
    if "." not in text:
        return found
    rules = x_rules()
    free = 0
    for match in _HOST.finditer(text):
        if "." in match.group():
            stretch = _Stretch(text, match.start(), match.end(), rules)
            free = stretch.collect(free, found)
    return found


class _Stretch:
    """One unbroken stretch of host characters with at least one dot.

    ``_best[i]`` is the last label with which a host can end that begins with label ``i``: all
    labels between are well formed, the last has no underscore, and an ending follows. -1: none.
    """

    def __init__(self, text: str, start: int, stop: int, rules: XRules) -> None:
        self._text, self._start, self._rules = text, start, rules
        self._dots = [i for i in range(start, stop) if text[i] == "."]
        self._endings = [_ending_length(text, dot + 1, stop, rules) for dot in self._dots]
        self._best = [-1] * (len(self._dots) + 1)
        if any(self._endings):
            for i in range(len(self._dots) - 1, -1, -1):
                self._best[i] = self._last_label(i, self._label_start(i))

    def collect(self, free: int, found: list[Found]) -> int:
        """Add the links of this stretch.

        Args:
            free: where the last find ended; a find needs a character before it from there on.
            found: takes the finds.

        Returns:
            Where the last find ends now.
        """
        if not any(self._endings):
            return free
        free = self._with_scheme(free, found)
        for i in range(len(self._dots)):
            if self._best[i + 1] >= 0 or self._endings[i]:
                start = self._bare_start(i, free)
                if start >= 0:
                    free = self._bare(i, start, found)
        return free

    def _with_scheme(self, free: int, found: list[Found]) -> int:
        text, host_start = self._text, self._start
        if not text.startswith("://", max(0, host_start - 3)):
            return free
        earliest = max(free, host_start - _LONGEST_SCHEME)
        scheme = _SCHEME_BEFORE.search(text, earliest, host_start)
        if scheme is None or (
            (start := scheme.start()) > 0
            and (start - 1 < free or _NOT_BEFORE.match(text, start - 1))
        ):
            return free
        last = self._last_label(0, host_start)
        if last < 0:
            return free
        host_end = self._dots[last] + 1 + self._endings[last]
        _, end = _tail(text, host_end)
        url = text[start:end]
        if _is_sound(text[host_start:host_end], len(url), self._rules):
            short = _SHORT_LINK.match(url)
            if short is None:
                found.append(Found(url, start, end))
            elif len(short.group(1)) <= self._rules.max_tco_slug_length:
                found.append(Found(short.group(), start, start + short.end()))
        return end

    def _bare_start(self, i: int, free: int) -> int:
        """The first place in label ``i`` where a link without scheme may begin, or -1."""
        text, dot = self._text, self._dots[i]
        lowest = max(self._label_start(i), free + 1 if free else 0)
        if lowest >= dot or text[dot - 1] in _NO_EDGE:
            return -1
        if self._best[i + 1] < 0:  # this label is then the last one: it has no underscore
            lowest = max(lowest, text.rfind("_", lowest, dot) + 1)
        for start in range(lowest, dot):
            if text[start] in _NO_EDGE:
                continue
            if start == 0:
                # A first character that may stand before a link is taken as standing before
                # it, where what follows still is one.
                if dot == 1 or text[1] in _NO_EDGE or _NOT_BEFORE.match(text):
                    return 0
            elif not _NOT_BEFORE.match(text, start - 1):
                return start
        return -1

    def _bare(self, i: int, start: int, found: list[Found]) -> int:
        """Add what is a link in the host that begins in label ``i``; where the host's tail ends."""
        text, last = self._text, self._last_label(i, start)
        host_end = self._dots[last] + 1 + self._endings[last]
        path_end, end = _tail(text, host_end)
        length = len("https://") + end - start
        refused = start > 0 and text[start - 1] in _NOT_BEFORE_BARE
        if not refused and _is_sound(text[start:host_end], length, self._rules):
            spans = _ascii_hosts(text, start, host_end, self._rules)
            if spans and path_end > host_end:  # the last one takes the path along
                spans[-1] = (spans[-1][0], end)
            found += [Found(text[a:b], a, b) for a, b in spans]
        return end

    def _label_start(self, i: int) -> int:
        return self._dots[i - 1] + 1 if i else self._start

    def _last_label(self, i: int, start: int) -> int:
        """The last label of the longest host that begins at ``start`` in label ``i``, or -1."""
        dot = self._dots[i]
        if start >= dot or self._text[start] in _NO_EDGE or self._text[dot - 1] in _NO_EDGE:
            return -1
        if self._best[i + 1] >= 0:
            return self._best[i + 1]
        return i if self._endings[i] and "_" not in self._text[start:dot] else -1


def _ending_length(text: str, at: int, stop: int, rules: XRules) -> int:
    """Length of the top-level domain that begins at ``at``, or 0."""
    if at >= stop:
        return 0
    word = _ASCII_WORD.match(text, at, stop)
    if word and word.group().lower() in rules.endings and _may_end(text, word.end()):
        return len(word.group())
    for ending in rules.other_endings.get(_lower(text[at]), ()):
        end = at + len(ending)
        if end <= stop and _lower(text[at:end]) == ending and _may_end(text, end):
            return len(ending)
    punycode = _PUNYCODE.match(text, at, stop)
    return len(punycode.group()) if punycode else 0


def _may_end(text: str, at: int) -> bool:
    """Whether a top-level domain may end before ``at``."""
    return not _NOT_BEHIND_ENDING.match(text, at)


def _lower(text: str) -> str:
    """Lower case, without the signs that only then become ASCII letters (Kelvin, long s)."""
    if text.isascii():
        return text.lower()
    return "".join(c if c > "\x7f" and c.lower() <= "\x7f" else c.lower() for c in text)


def _ascii_hosts(text: str, start: int, stop: int, rules: XRules) -> list[tuple[int, int]]:
    """The parts of a bare host that are written in Latin letters throughout."""
    if _ASCII_STRETCH.fullmatch(text, start, stop):
        return [(start, stop)]
    spans = []
    for stretch in _ASCII_STRETCH.finditer(text, start, stop):
        first = stretch.start()
        if text[first] == ".":
            first += 1
        dot = stretch.end()
        while (dot := text.rfind(".", first, dot)) > first:
            length = _ending_length(text, dot + 1, stop, rules)
            if length:
                spans.append((first, dot + 1 + length))
                break
    return spans


def _is_sound(host: str, length: int, rules: XRules) -> bool:
    """Whether the labels have a possible length, and the whole link, scheme included, too."""
    if length > rules.max_url_length:
        return False
    if host.startswith("xn--") and not _ascii_hosts(host, 0, len(host), rules):
        return False
    longest = rules.max_label_length
    if len(host) <= longest and host.isascii():
        return True
    return all(0 < _encoded_length(label, longest) <= longest for label in host.split("."))


def _encoded_length(label: str, longest: int) -> int:
    """Length of a label in the form in which the name service knows it."""
    if label.isascii() or len(label) > longest:
        return len(label)
    pieces = _LABEL_DOTS.split(label)
    lengths = [
        len(p) if p.isascii() else len("xn--") + len(p.encode("punycode", "replace"))
        for p in pieces
    ]
    return sum(lengths) + len(pieces) - 1


def _tail(text: str, at: int) -> tuple[int, int]:
    """Where path and query end behind a host and its port: (end of path, end of all)."""
    port = _PORT.match(text, at)
    path_start = port.end() if port else at
    path_end = _path_end(text, path_start)
    query = _QUERY.match(text, path_end)
    return (path_end if path_end > path_start else at), (query.end() if query else path_end)


def _path_end(text: str, at: int) -> int:
    """Where the path that begins at ``at`` ends; ``at`` itself where there is none."""
    if not text.startswith("/", at):
        return at
    at += 1
    end = at
    while True:
        if ending := _PATH_TO_ENDING.match(text, at):
            end = ending.end()
        stretch = _PATH_STRETCH.match(text, at)
        assert stretch is not None
        brackets = _BRACKETS.match(text, stretch.end())
        if brackets is None:
            return end
        at = end = brackets.end()
