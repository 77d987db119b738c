"""The texts of the posts that a parcel becomes on X: one, or several one under the other."""

import unicodedata

from wajo_studio.networks.parcel import Parcel
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.text import split_thread


def parts_of(parcel: Parcel, spec: PlacementSpec) -> list[str]:
    """What is posted one under the other, in NFC.

    The text, or its parts where it is too long and the option ``thread`` asks for them, then
    the first comment, which on X is a reply of one's own.
    """
    text = unicodedata.normalize("NFC", parcel.text("caption").strip())
    parts = split_thread(text, spec.texts["caption"]) if parcel.options.get("thread") else [text]
    comment = str(parcel.options.get("first_comment") or "").strip()
    return [*parts, unicodedata.normalize("NFC", comment)] if comment else parts
