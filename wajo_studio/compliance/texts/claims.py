"""Rules on claims and promotion: sensation, rumours, cures, advertising, goods, donations."""

from collections.abc import Iterator

from wajo_studio.compliance.check import (
    PUBLISHED,
    WRITTEN,
    WRITTEN_OR_SHOWN,
    Hit,
    TextSubject,
    text_check,
)
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Lexicon, outside

_NEAR = 140
"""Code points between a business and what it promotes."""


def _words(key: str) -> Lexicon:
    return data.lexicon("speech", key)


@text_check("clickbait-words", PUBLISHED)
def clickbait_words(subject: TextSubject) -> Iterator[Hit]:
    """No sensational wording; posts that explain hoaxes may quote it."""
    reading = subject.reading
    if reading.has(_words("no_rumours")):
        return
    for match in reading.find(_words("clickbait")):
        if reading.in_words_only(match.start):
            yield Hit(
                params={"words": reading.text[slice(*match.span)]}, span=match.span, replacement=""
            )


@text_check("unverified-claim", PUBLISHED)
def unverified_claim(subject: TextSubject) -> Iterator[Hit]:
    """No hearsay; clarifications, legends and "katanya" behind a quotation are none."""
    reading = subject.reading
    if reading.has(_words("no_rumours")):
        return
    told = reading.has(_words("tales"))
    for match in reading.find(_words("rumours")):
        before = reading.folded[max(0, match.start - 14) : match.start].rstrip()
        if match.entry == "katanya" and before.endswith(('"', "'", ',"', '",')):
            continue
        if match.entry in ("konon", "katanya", "kata orang") and told:
            continue
        if match.entry == "kabarnya" and before.split(" ")[-1] in data.words(
            "speech", "greetings_before"
        ):
            continue
        yield Hit(params={"words": reading.text[slice(*match.span)]}, span=match.span)


@text_check("health-claim", PUBLISHED)
def health_claim(subject: TextSubject) -> Iterator[Hit]:
    """No absolute promises of a cure."""
    reading = subject.reading
    for match in reading.find(_words("cures")):
        part = reading.sentence(match.start)
        if not reading.has(_words("no_cures"), part):
            yield Hit(
                params={"words": reading.text[slice(*match.span)]}, span=match.span, replacement=""
            )


@text_check("commercial-endorsement", WRITTEN)
def commercial_endorsement(subject: TextSubject) -> Iterator[Hit]:
    """An agency's account advertises no private business."""
    reading = subject.reading
    promotions = reading.find(_words("promotion"))
    if not promotions or reading.has(_words("no_promotion")):
        return
    for match in outside(reading.find(_words("shops")), reading.find(_words("not_shops"))):
        if (
            match.entry in data.words("speech", "capital_shops")
            and not reading.plain[match.start : match.end].isupper()
        ):
            continue
        for promotion in promotions:
            gap = max(promotion.start - match.end, match.start - promotion.end)
            if gap <= _NEAR:
                span = (min(match.start, promotion.start), max(match.end, promotion.end))
                yield Hit(span=span)
                return


@text_check("prohibited-product", WRITTEN_OR_SHOWN)
def prohibited_product(subject: TextSubject) -> Iterator[Hit]:
    """No promotion of tobacco, formula milk, gambling, alcohol or illegal loans."""
    reading = subject.reading
    products = reading.find(_words("products"))
    if not products or reading.has(_words("no_offers")):
        return
    for product in products:
        part = reading.sentence(product.start)
        offers = reading.within(_words("offers"), part.start, part.end)
        if offers:
            start, end = min(product.start, offers[0].start), max(product.end, offers[0].end)
            yield Hit(params={"product": product.entry}, span=(start, end))
            return


@text_check("fundraising-permit", WRITTEN)
def fundraising_permit(subject: TextSubject) -> Iterator[Hit]:
    """Money is collected with a permit, or through BAZNAS."""
    reading = subject.reading
    donations = reading.find(_words("donations"))
    payments = reading.find(_words("real_payments"))
    if donations and payments and not reading.has(_words("permitted")):
        start, end = (
            min(donations[0].start, payments[0].start),
            max(donations[0].end, payments[0].end),
        )
        yield Hit(span=(start, end))
