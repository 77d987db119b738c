"""The texts of the posts that a parcel becomes on X: one, or a thread."""

import unicodedata

from wajo_studio.networks.parcel import Parcel
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.text import split_thread


def parts_of(parcel: Parcel, spec: PlacementSpec) -> list[str]:
    """One text, or several where it is too long and the option ``thread`` asks for it. NFC."""
    text = unicodedata.normalize("NFC", parcel.text("caption").strip())
    if not parcel.options.get("thread"):
        return [text]
    return split_thread(text, spec.texts["caption"])
