"""post.toml as an editable document: only what changed is written anew, comments stay."""

from datetime import datetime
from typing import Any, cast

import tomlkit
from tomlkit import TOMLDocument, items
from tomlkit.container import Container

Plain = dict[str, Any]

_ORDER = (
    "schema",
    "name",
    "agency",
    "pillar",
    "information_class",
    "template",
    "placements",
    "schedule",
    "fields",
    "captions",
    "media",
    "options",
    "attestations",
    "waivers",
    "exceptions",
)
_INLINE_ENTRIES = ("attestations", "waivers")
_MULTILINE_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\n", "\t": "\t"}


def same_value(one: Any, other: Any) -> bool:
    """Whether two TOML values are written alike: ``1``, ``1.0`` and ``true`` all differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_value(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return str(one) == str(other)
    return type(one) is type(other) and bool(one == other)


def fresh(document: Plain) -> str:
    """The text of a document written from nothing, in the order of the format's description."""
    result = tomlkit.document()
    for key in _ORDER:
        if key in document:
            result.add(key, _item(document[key], key))
    return tomlkit.dumps(result)


def patched(text: str, old: Plain, new: Plain) -> str | None:
    """A text with the differences between two documents worked in.

    Args:
        text: a TOML text that holds ``old`` and perhaps more.
        old: what ``text`` holds, as plain TOML values without defaults.
        new: what it shall hold, alike.

    Returns:
        The new text, or None where the text's layout does not allow it.
    """
    crlf = "\r\n" in text
    try:
        document = tomlkit.parse(text.replace("\r\n", "\n"))
        _patch(document, old, new, depth=0, name="")
        result = tomlkit.dumps(document)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        # The library cannot edit every layout it can read (tables torn apart, dotted keys).
        return None
    return result.replace("\n", "\r\n") if crlf else result


Table = TOMLDocument | items.AbstractTable | Container


def _patch(table: Table, old: Plain, new: Plain, *, depth: int, name: str) -> None:
    for key in old.keys() - new.keys():
        if key in table:
            table.remove(key)
    for key, value in new.items():
        if key in old and same_value(old[key], value):
            continue
        present = table.get(key)
        before = old.get(key)
        if isinstance(present, items.AoT) and isinstance(before, list) and key == "media":
            _patch_media(present, before, value)
        elif isinstance(present, (items.AbstractTable, Container)) and isinstance(value, dict):
            _patch(present, before or {}, value, depth=depth + 1, name=key)
        elif present is not None:
            table[key] = _like(present, _item(value, key, parent=name))
        elif depth == 0 and not isinstance(value, (dict, list)):
            _insert_scalar(cast("TOMLDocument", table), key, _item(value, key))
        else:
            table[key] = _item(value, key, parent=name)


def _like(present: Any, item: items.Item) -> items.Item:
    """Keep the comment that stands behind the old value."""
    if isinstance(present, items.Item) and not isinstance(
        item, (items.Table, items.AoT, items.InlineTable)
    ):
        item.trivia.comment_ws = present.trivia.comment_ws
        item.trivia.comment = present.trivia.comment
    return item


def _insert_scalar(document: TOMLDocument, key: str, item: items.Item) -> None:
    """Put a new key behind the nearest earlier one, before the first table."""
    place = _ORDER.index(key) if key in _ORDER else 0
    earlier = [name for name in _ORDER[:place] if name in document]
    anchor = next((n for n in reversed(earlier) if not _is_table(document.get(n))), None)
    if anchor is None:
        document.add(key, item)
        return
    # Container has no public insert; the two helpers exist for exactly this.
    document._insert_after(anchor, key, item)


def _is_table(value: Any) -> bool:
    return isinstance(value, (items.Table, items.AoT, Container))


def _patch_media(blocks: items.AoT, old: list[Plain], new: list[Plain]) -> None:
    """Change, add, remove and reorder media blocks; a block is known by its id."""
    by_id = {entry["id"]: (entry, blocks[index]) for index, entry in enumerate(old)}
    wanted: list[items.Table] = []
    for entry in new:
        before, block = by_id.pop(entry["id"], (None, None))
        if before is None or block is None:
            wanted.append(_table(entry))
            continue
        _patch(block, before, entry, depth=2, name="media")
        wanted.append(block)
    if [id(b) for b in wanted] == [id(b) for b in blocks]:
        return
    while len(blocks):
        del blocks[0]
    for block in wanted:
        blocks.append(block)


def _item(value: Any, key: str = "", *, parent: str = "") -> items.Item:
    """A TOML item in the layout the format's description uses."""
    if key == "media" and isinstance(value, list) and not parent:
        blocks = tomlkit.aot()
        for entry in value:
            blocks.append(_table(entry))
        return blocks
    if isinstance(value, dict):
        inline = bool(parent) and parent != "options"
        return _inline(value) if inline else _table(value, name=key)
    if isinstance(value, list):
        array = tomlkit.array()
        for entry in value:
            array.append(_item(entry, parent="list"))
        return array
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, float):
        return items.Float(value, items.Trivia(), str(value))
    if isinstance(value, datetime) and value.tzinfo is not None:
        # A fixed offset; a named zone has no place in TOML.
        value = datetime.fromisoformat(value.isoformat())
    return cast("items.Item", tomlkit.item(value))


def _table(entry: Plain, *, name: str = "media") -> items.Table:
    table = tomlkit.table(is_super_table=name == "options")
    for key, value in entry.items():
        table.add(_key(key), _item(value, key, parent=name))
    return table


def _inline(value: Plain) -> items.InlineTable:
    table = tomlkit.inline_table()
    for key, entry in value.items():
        table.add(_key(key), _item(entry, parent="list"))
    return table


def _key(key: str) -> items.Key:
    return items.SingleKey(key)


def _string(value: str) -> items.String:
    """Several lines as a text in triple quotes, everything else on one line."""
    if "\n" not in value or not all(s.isprintable() or s in "\n\t" for s in value):
        return tomlkit.string(value)
    text = "".join(_MULTILINE_ESCAPES.get(sign, sign) for sign in value)
    trivia = items.Trivia()
    # The line break behind the opening quotes belongs to the layout, not to the text.
    return items.String(items.StringType.MLB, value, f"\n{text}", trivia)
