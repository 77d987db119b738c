"""Every text a person reads is in the Indonesian catalogue, whole, and marked where it is made."""

import ast
import gettext
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools import i18n as catalogue_tool
from wajo_studio import i18n

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "wajo_studio").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])


def test_the_catalogue_is_complete_and_compiled() -> None:
    found = catalogue_tool.problems()
    assert len(found) == 0, f"{len(found)} problems; see them all with: tools/i18n.py check"


def test_the_program_reads_the_compiled_catalogue() -> None:
    translations = gettext.translation(i18n.DOMAIN, ROOT / "assets" / "locale", ["id"])
    i18n.set_language("id")
    sample = list(catalogue_tool.texts(catalogue_tool.read(catalogue_tool.PO)))
    assert len(sample) > 100
    for message in sample:
        if isinstance(message.id, str) and not message.context:
            assert i18n._(message.id) == translations.gettext(message.id) == message.string


def test_english_needs_no_catalogue() -> None:
    i18n.set_language("en")
    for message in catalogue_tool.texts(catalogue_tool.extracted()):
        if isinstance(message.id, str) and not message.context:
            assert i18n._(message.id) == message.id


def test_error_messages_are_marked_for_translation() -> None:
    unmarked = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:80]}"
        for path in SOURCES
        for node in _unmarked_messages(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert unmarked == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('raise MediaError(N_("No picture."))', 0),
        ('raise MediaError("No picture.")', 1),
        ('raise errors.MediaError(f"No picture in {path}.")', 1),
        ('raise MediaError(N_("No picture."), hint="Try another.")', 1),
        ('raise InputError("{sentence}", sentence=text)', 0),
        ('raise ValueError("impossible")', 0),
        ("raise MediaError(message)", 0),
    ],
)
def test_the_search_for_unmarked_messages_finds_them(code: str, count: int) -> None:
    assert len(list(_unmarked_messages(ast.parse(code)))) == count


@cache
def _error_classes() -> frozenset[str]:
    """Names of WajoError and all classes that derive from it, read from the sources."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = {"WajoError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def _unmarked_messages(tree: ast.AST) -> Iterator[ast.expr]:
    """Messages and hints of our errors that are literal texts without ``N_()``."""
    errors = _error_classes()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func).rpartition(".")[2] not in errors:
            continue
        shown = node.args[:1] + [k.value for k in node.keywords if k.arg in ("message", "hint")]
        for value in shown:
            if isinstance(value, ast.JoinedStr) or _has_words(value):
                yield value


def _has_words(node: ast.expr) -> bool:
    """Whether an expression is a literal text with more in it than placeholders."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return any(words.strip() for words, *_field in string.Formatter().parse(node.value))
