"""How long a text is for the network it goes to."""

from dataclasses import dataclass

from wajo_studio.domain.placement import Network
from wajo_studio.specs.units import TextUnit
from wajo_studio.text.limits import caption_limit
from wajo_studio.text.x_weight import weighted_length


@dataclass(frozen=True)
class TextMeasure:
    """A measured text.

    Attributes:
        length: as the network counts it.
        limit: the network's limit in the same unit.
        valid: whether the network takes it. X refuses an empty text and forbidden code
            points; elsewhere only the length counts.
    """

    length: int
    limit: int
    valid: bool


def measure(network: str, text: str) -> TextMeasure:
    """Measure a caption (on YouTube: a description).

    Args:
        network: ``facebook``, ``instagram``, ``x``, ``youtube`` or ``tiktok``.
        text: exactly as it will be sent.

    Raises:
        ValueError: ``network`` is none of the five.
        InputError: the office's own spec file cannot be used.
    """
    of = Network(network)
    rules = caption_limit(of)
    length = count(text, rules.unit, link_length=rules.link_length)
    valid = length <= rules.limit
    if of is Network.X:
        valid = valid and length > 0 and not any(sign in text for sign in rules.forbidden)
    return TextMeasure(length, rules.limit, valid)


def count(text: str, unit: TextUnit, *, link_length: int | None = None) -> int:
    """Count a text in one unit.

    Args:
        text: any text, lone surrogates included.
        unit: how to count; ``youtube_tags`` takes the tags separated by commas or line ends.
        link_length: what a link counts in ``x_weighted``; None takes X's spec.

    Raises:
        ValueError: the unit is unknown.
    """
    match unit:
        case "code_points":
            return len(text)
        case "utf16_units" | "utf16_or_code_points":
            # No text has fewer UTF-16 units than code points.
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case "utf8_bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case "x_weighted":
            if link_length is None:
                link_length = caption_limit(Network.X).link_length
                assert link_length is not None
            return weighted_length(text, link_length)
        case "youtube_tags":
            return _tags_length(text)
    raise ValueError(unit)


def split_tags(text: str) -> list[str]:
    """YouTube tags from one text: separated by commas or line ends, blanks around them gone."""
    tags = (tag.strip() for line in text.splitlines() for tag in line.split(","))
    return [tag for tag in tags if tag]


def _tags_length(text: str) -> int:
    """All tags, a separator between each two, and two quotes around each tag with a space."""
    tags = split_tags(text)
    quotes = sum(2 for tag in tags if " " in tag)
    return sum(count(tag, "utf16_units") for tag in tags) + quotes + max(0, len(tags) - 1)
