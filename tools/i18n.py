#!/usr/bin/env python3
"""Keep the catalogue of translations in step with the code.

    uv run tools/i18n.py extract   new texts in, vanished texts out, translations kept
    uv run tools/i18n.py compile   write the .mo file the program reads
    uv run tools/i18n.py check     change nothing; exit 1 and say what is missing or stale

A translator edits ``assets/locale/id/LC_MESSAGES/wajo_studio.po`` between the two. The files
carry no dates and no line numbers, so that a change shows just the texts that changed. A text
whose English was altered counts as new: a guess at an old translation is never taken over.
"""

import io
import re
import string
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "id"
PO = ROOT / "assets" / "locale" / LANGUAGE / "LC_MESSAGES" / "wajo_studio.po"
MO = PO.with_suffix(".mo")

_HEADERS = (
    ("Project-Id-Version", "wajo-studio"),
    ("Language", LANGUAGE),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=1; plural=0;\n"),
)
_COMMENT = "# Indonesian texts of Wajo Studio, kept by tools/i18n.py."
_PERCENT = re.compile(r"%(?:\((\w+)\))?[sdifr]")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


class PlainCatalog(Catalog):
    """A catalogue whose header holds no date and no version of the tool that wrote it."""

    def __init__(self) -> None:
        super().__init__(LANGUAGE, fuzzy=False)
        # Babel would give Indonesian an English plural; gettext's own tables give it none.
        self._set_mime_headers(_HEADERS)

    mime_headers = property(lambda self: list(_HEADERS))
    header_comment = property(lambda self: _COMMENT)


def main(arguments: list[str]) -> int:
    """Run the tool; 2 for wrong use."""
    match arguments:
        case ["extract"]:
            catalogue = updated(extracted(), read(PO))
            PO.parent.mkdir(parents=True, exist_ok=True)
            PO.write_bytes(po_bytes(catalogue))
            missing = sum(1 for message in texts(catalogue) if not is_complete(message))
            print(f"{len(catalogue)} texts, {missing} to translate in {PO.relative_to(ROOT)}")
            return 0
        case ["compile"]:
            MO.write_bytes(mo_bytes(read(PO)))
            print(f"{MO.relative_to(ROOT)} written")
            return 0
        case ["check"]:
            found = problems()
            print("\n".join(found) or "every text is translated")
            return 1 if found else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


def extracted(root: Path = ROOT) -> Catalog:
    """All texts for people in code and report templates, by ``[tool.babel]`` of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    methods: list[tuple[str, str]] = []
    options: dict[str, dict[str, Any]] = {}
    for mapping in settings["tool"]["babel"]["mappings"]:
        rest = {key: value for key, value in mapping.items() if key not in ("method", "pattern")}
        for pattern in mapping["pattern"]:
            methods.append((pattern, mapping["method"]))
            options[pattern] = rest
    catalogue = PlainCatalog()
    for _file, _line, message, _comments, context in extract_from_dir(root, methods, options):
        catalogue.add(message, context=context)
    return catalogue


def updated(source: Catalog, old: Catalog) -> Catalog:
    """The texts of ``source`` with the translations that ``old`` has for exactly these texts."""
    fresh = PlainCatalog()
    for message in texts(source):
        known = old.get(_key(message), message.context)
        plural = isinstance(message.id, (tuple, list))
        kept = known.string if known and isinstance(known.string, str) != plural else None
        fresh.add(message.id, kept, context=message.context, flags=known.flags if known else ())
    return fresh


def problems() -> list[str]:
    """What is wrong with the files as they stand, one English sentence each."""
    found = []
    source, catalogue = extracted(), read(PO)
    for message in texts(source):
        if catalogue.get(_key(message), message.context) is None:
            found.append(f"not in the catalogue (run extract): {message.id!r}")
    for message in texts(catalogue):
        if source.get(_key(message), message.context) is None:
            found.append(f"no longer in the code (run extract): {message.id!r}")
        elif not is_complete(message):
            found.append(f"not translated: {message.id!r}")
        elif not same_placeholders(message):
            found.append(f"other placeholders than the English: {message.id!r}")
    if not MO.is_file() or MO.read_bytes() != mo_bytes(catalogue):
        found.append(f"{MO.name} is not what {PO.name} says (run compile)")
    return found


def texts(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def is_complete(message: Message) -> bool:
    """Whether all forms are translated and no person marked the text as doubtful."""
    return all(_forms(message.string)) and not message.fuzzy


def same_placeholders(message: Message) -> bool:
    """Whether each translated form holds the placeholders and tags of the English one.

    The singular of an English plural may leave a number out ("one file"); the translation is
    measured by the last form.
    """
    wanted = placeholders(_forms(message.id)[-1])
    return all(placeholders(form) == wanted for form in _forms(message.string))


def placeholders(text: str) -> list[str]:
    """``{name}`` fields (with their format), ``%(name)s`` and mark-up tags, in sorted order."""
    found = _TAG.findall(text) + [match.group() for match in _PERCENT.finditer(text)]
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:  # a lone brace: no format string
        return sorted(found)
    for _literal, name, spec, conversion in fields:
        if name is not None:
            found.append(f"{{{name}!{conversion}:{spec}}}")
    return sorted(found)


def read(path: Path) -> Catalog:
    """The catalogue in a ``.po`` file; empty when there is none yet."""
    if not path.is_file():
        return PlainCatalog()
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, ignore_obsolete=True, abort_invalid=True)


def po_bytes(catalogue: Catalog) -> bytes:
    """The ``.po`` file for a catalogue: sorted, without dates and line numbers."""
    buffer = io.BytesIO()
    write_po(buffer, _plain(catalogue), width=100, no_location=True, sort_output=True)
    return buffer.getvalue().rstrip(b"\n") + b"\n"


def mo_bytes(catalogue: Catalog) -> bytes:
    """The ``.mo`` file for a catalogue; doubtful and empty texts are left out."""
    buffer = io.BytesIO()
    write_mo(buffer, _plain(catalogue))
    return buffer.getvalue()


def _plain(catalogue: Catalog) -> Catalog:
    plain = PlainCatalog()
    for message in texts(catalogue):
        plain[message.id] = message
    return plain


def _key(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value or "",) if value is None or isinstance(value, str) else tuple(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
