"""Text as each network counts it."""

from wajo_studio.text.cut import excess
from wajo_studio.text.found import Found
from wajo_studio.text.links import find_links
from wajo_studio.text.measure import TextMeasure, count, measure, split_tags
from wajo_studio.text.tags import find_hashtags, find_mentions
from wajo_studio.text.thread import split_thread

__all__ = [
    "Found",
    "TextMeasure",
    "count",
    "excess",
    "find_hashtags",
    "find_links",
    "find_mentions",
    "measure",
    "split_tags",
    "split_thread",
]
