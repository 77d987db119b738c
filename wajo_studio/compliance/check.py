"""The port of a check: a small function that looks at facts and yields what it found.

A check knows its rule by a permanent id. Severity, title, reason, source, fix and switch of
the rule are data (``assets/rules``), so an office can change them without a release.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.settings import ComplianceSettings
from wajo_studio.domain.facts import TextPart
from wajo_studio.domain.finding import Severity, Where
from wajo_studio.specs.model import TextSpec

if TYPE_CHECKING:
    from wajo_studio.compliance.texts.reading import Reading

CHECK_MODULES = (
    "checks_post",
    "checks_text",
    "checks_media",
    "checks_artwork",
    "checks_pictures",
    "checks_codes",
    "checks_clips",
    "checks_logos",
    "checks_statements",
    "texts.personal_numbers",
    "texts.personal_contacts",
    "texts.personal_lives",
    "texts.people",
    "texts.dates_checks",
    "texts.anniversaries",
    "texts.names",
    "texts.politics",
    "texts.speech",
    "texts.claims",
    "texts.public_affairs",
    "texts.language",
    "texts.style",
    "texts.links",
    "texts.statements",
)
"""The modules of this package that hold checks; a new one is one line more."""

Part = TextPart | Literal["alt", "comment", "field", "subtitle", "file", "image"]
"""What a text is: a part of a placement's texts, an alternative text, a first comment, a field of
the template, the words of a subtitle file, the name of a file, words read in a picture."""

EVERYWHERE: frozenset[Part] = frozenset(
    {
        *("caption", "title", "description", "tags", "alt", "comment", "field", "subtitle"),
        *("file", "image"),
    }
)
"""Personal data and secrets are looked for in every text."""
WRITTEN: frozenset[Part] = EVERYWHERE - {"file", "image"}
"""Texts that people write in sentences; no slips of a reader of pictures."""
WRITTEN_OR_SHOWN: frozenset[Part] = WRITTEN | {"image"}
"""Written texts, and words in pictures where a slip of the reader raises no alarm."""
PUBLISHED: frozenset[Part] = WRITTEN - {"subtitle"}
"""Written texts; subtitles repeat what was said and follow speech."""
BODIES: frozenset[Part] = frozenset({"caption", "description"})
"""The post's own words on a network."""

MOST_HITS = 100
"""Finds of one rule in one text after which it need not go on: the person has enough to do."""

HEAD_ROLES = frozenset({"kepala", "diskominfotik"})
"""Roles whose waiver counts for the rules an admin may not waive."""


@dataclass(frozen=True)
class Hit:
    """What a check found.

    Attributes:
        message: what is wrong and what to do, translated, with named placeholders; empty takes
            the rule's own wording.
        where: the place; None in a check of a text, which knows only ``span``.
        params: values of the placeholders; texts among them are masked before they are shown.
        span: start and end in code points, for checks of a text.
        placements: the placements concerned; empty when it is the post as a whole.
        detail: more about this very case, translated, with the same placeholders.
        source: the very page behind this case; None takes the rule's.
        severity: milder or graver than the rule's own; None takes the rule's.
        waivable: False for what nobody may waive.
        replacement: what the words in ``span`` should read, where the program knows.
    """

    message: str = ""
    where: Where | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    placements: tuple[str, ...] = ()
    detail: str = ""
    source: str | None = None
    severity: Severity | None = None
    waivable: bool = True
    replacement: str | None = None


@dataclass(frozen=True)
class TextSubject:
    """One text as a check of texts sees it.

    Attributes:
        part: what the text is.
        length, limit: as the network counts, in ``unit`` of the spec.
        spec: the network's rules for this text; None where it has none of its own.
    """

    text: str
    network: str
    part: Part
    length: int
    limit: int
    unit: str
    spec: TextSpec | None
    today: date
    settings: ComplianceSettings

    @property
    def reading(self) -> "Reading":
        """The text's words, sentences and links, shared by all rules."""
        from wajo_studio.compliance.texts.reading import read

        return read(self.text)


class Unmeasured(Exception):  # noqa: N818 - says what the facts are, as StopIteration does
    """Raised by a check whose facts were not gathered; the text is the translated reason.

    Attributes:
        pending: they are being gathered.
        broken: gathering them failed, and a person has to look.
    """

    def __init__(self, reason: str, *, pending: bool = False, broken: bool = False) -> None:
        super().__init__(reason)
        self.pending, self.broken = pending, broken


PostCheck = Callable[[PostFacts], Iterator[Hit]]
TextCheck = Callable[[TextSubject], Iterator[Hit]]


@dataclass
class _Registry:
    post: dict[str, PostCheck] = field(default_factory=dict)
    text: dict[str, TextCheck] = field(default_factory=dict)
    parts: dict[str, frozenset[Part]] = field(default_factory=dict)
    loaded: bool = False


_registry = _Registry()


def check(rule: str) -> Callable[[PostCheck], PostCheck]:
    """Register a check of the whole post under its rule's id."""

    def register(function: PostCheck) -> PostCheck:
        if rule in _registry.post:
            raise ValueError(f"two checks of posts for the rule {rule}")
        _registry.post[rule] = function
        return function

    return register


def text_check(rule: str, parts: frozenset[Part] = EVERYWHERE) -> Callable[[TextCheck], TextCheck]:
    """Register a check that needs one text alone; it runs over every text of a post.

    Args:
        rule: id of the rule.
        parts: the kinds of texts it looks at.
    """

    def register(function: TextCheck) -> TextCheck:
        if rule in _registry.text:
            raise ValueError(f"two checks of texts for the rule {rule}")
        _registry.text[rule] = function
        _registry.parts[rule] = parts
        return function

    return register


def is_personal(rule: str) -> bool:
    """Whether a rule finds personal data; in pictures ``img-pii-text`` speaks for all of these."""
    return rule.startswith("pii-")


def looks_at(rule: str, part: Part) -> bool:
    """Whether a rule's check of texts looks at texts of this kind."""
    return part in _load().parts[rule]


def post_checks() -> Mapping[str, PostCheck]:
    """Every check of a post, by rule id."""
    return _load().post


def text_checks() -> Mapping[str, TextCheck]:
    """Every check of a text, by rule id."""
    return _load().text


def _load() -> _Registry:
    if not _registry.loaded:
        for name in CHECK_MODULES:
            import_module(f"wajo_studio.compliance.{name}")
        _registry.loaded = True
    return _registry
