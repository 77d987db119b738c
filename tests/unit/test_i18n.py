"""Language: choice, dates and numbers, and the tool that keeps the catalogue."""

import gettext
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import i18n as tool
from wajo_studio import i18n


@pytest.fixture(autouse=True)
def _indonesian_afterwards() -> Iterator[None]:
    yield
    i18n.set_language("id")


class TestLanguage:
    def test_indonesian_is_the_default(self) -> None:
        assert i18n.set_language() == "id"
        assert i18n.language() == "id"

    def test_environment_chooses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WAJO_LANG", "en")
        assert i18n.set_language() == "en"

    def test_argument_beats_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WAJO_LANG", "en")
        assert i18n.set_language("id") == "id"

    def test_unknown_language_is_refused_and_changes_nothing(self) -> None:
        i18n.set_language("en")
        with pytest.raises(ValueError, match="jv"):
            i18n.set_language("jv")
        assert i18n.language() == "en"


class TestFormats:
    def test_dates_and_times(self) -> None:
        i18n.set_language("id")
        assert i18n.format_date(date(2026, 12, 1)) == "1 Desember 2026"
        assert i18n.format_date(date(2026, 12, 1), weekday=True) == "Selasa, 1 Desember 2026"
        moment = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)
        assert i18n.format_datetime(moment) == "Selasa, 1 Desember 2026 01.05 WITA"

    @pytest.mark.parametrize(
        ("value", "digits", "indonesian", "english"),
        [(1234.5, 1, "1.234,5", "1,234.5"), (65, 0, "65", "65"), (2.0, 1, "2", "2")],
    )
    def test_numbers(self, value: float, digits: int, indonesian: str, english: str) -> None:
        i18n.set_language("id")
        assert i18n.format_number(value, digits) == indonesian
        i18n.set_language("en")
        assert i18n.format_number(value, digits) == english

    @pytest.mark.parametrize(
        ("size_bytes", "text"),
        [(0, "0 B"), (999, "999 B"), (412_300, "412 KB"), (12_430_000, "12,4 MB")],
    )
    def test_sizes(self, size_bytes: int, text: str) -> None:
        i18n.set_language("id")
        assert i18n.format_bytes(size_bytes) == text


class TestStretchedTexts:
    def test_texts_grow_and_placeholders_stay(self, stretched_texts: None) -> None:
        text = i18n._("{path} may not be written. Choose another folder.")
        assert "{path}" in text
        assert i18n._("Qwx") == "Qwx l"
        assert i18n.ngettext("{n} qwx", "{n} qwxs", 3).startswith("{n} qwxs")
        assert i18n.pgettext("verb", "Qwx").startswith("Qwx")


def _catalogue(**strings: str) -> Catalog:
    catalogue = tool.PlainCatalog()
    for english, indonesian in strings.items():
        catalogue.add(english, indonesian)
    return catalogue


class TestExtraction:
    def test_finds_texts_in_code_and_reports_only(self, tmp_path: Path) -> None:
        files = {
            "wajo_studio/a.py": 'N_("Choose {file}.")\nngettext("{n} file", "{n} files", 2)\n',
            "wajo_studio/report.html.j2": "{{ _('Report') }}{% trans %}Made\n  here{% endtrans %}",
            "ui/deep/b.py": 'pgettext("verb", "Open")\n_(name)\n',
            "templates/t/4x5.html.j2": "{{ _('not ours') }}",
            "tests/test_a.py": '_("not ours either")\n',
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        found = {(m.id, m.context) for m in tool.texts(tool.extracted(tmp_path))}
        assert found == {
            ("Choose {file}.", None),
            (("{n} file", "{n} files"), None),
            ("Report", None),
            ("Made here", None),
            ("Open", "verb"),
        }

    def test_a_broken_report_template_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "assets").mkdir()
        (tmp_path / "assets" / "x.j2").write_text("{{ _('a' }}", encoding="utf-8")
        with pytest.raises(Exception, match="unexpected"):
            tool.extracted(tmp_path)


class TestUpdate:
    def test_keeps_what_is_the_same_and_guesses_nothing(self) -> None:
        old = _catalogue(**{"Save file": "Simpan berkas", "Quit": "Keluar"})
        source = _catalogue(**{"Save file": "", "Save files": ""})
        fresh = tool.updated(source, old)
        assert {m.id: m.string or "" for m in tool.texts(fresh)} == {
            "Save file": "Simpan berkas",
            "Save files": "",
        }

    def test_a_text_that_became_countable_is_new(self) -> None:
        source = tool.PlainCatalog()
        source.add(("one file", "{n} files"))
        fresh = tool.updated(source, _catalogue(**{"one file": "satu berkas"}))
        assert not any(tool.is_complete(message) for message in tool.texts(fresh))

    def test_same_catalogue_same_bytes(self, tmp_path: Path) -> None:
        catalogue = _catalogue(**{"b {x}": "be {x}", "a": "a " * 80})
        catalogue.add(("{n} file", "{n} files"), ("{n} berkas",))
        catalogue.add("Open", "Buka", context="verb")
        path = tmp_path / "x.po"
        path.write_bytes(tool.po_bytes(catalogue))
        again = tool.read(path)
        assert tool.po_bytes(again) == path.read_bytes()
        assert tool.mo_bytes(again) == tool.mo_bytes(catalogue)
        assert not any(str(year) in path.read_text(encoding="utf-8") for year in range(2020, 2040))

    def test_compiled_file_is_read_by_gettext(self) -> None:
        catalogue = _catalogue(**{"a {x}": "b {x}"})
        catalogue.add(("{n} file", "{n} files"), ("{n} berkas",))
        catalogue.add("Open", "Buka", context="verb")
        catalogue.add("Maybe", "Mungkin", flags=("fuzzy",))
        read = gettext.GNUTranslations(io.BytesIO(tool.mo_bytes(catalogue)))
        assert read.gettext("a {x}") == "b {x}"
        assert {read.ngettext("{n} file", "{n} files", n) for n in (1, 2)} == {"{n} berkas"}
        assert read.pgettext("verb", "Open") == "Buka"
        assert read.gettext("Maybe") == "Maybe"


@pytest.mark.parametrize(
    ("english", "indonesian", "same"),
    [
        ("{file} is {size}.", "{file}: {size}.", True),
        ("{file} is {size}.", "{size}: {file}.", True),
        ("{file} is big.", "Berkas besar.", False),
        ("{n:.1f} MB", "{n:.2f} MB", False),
        ("%(count)s items", "%(count)s butir", True),
        ("%(count)s items", "%(jumlah)s butir", False),
        ("<b>Stop</b> now", "<b>Berhenti</b> sekarang", True),
        ("<b>Stop</b> now", "Berhenti sekarang", False),
        ("a { b", "sebuah { b", True),
        ("100% done", "100% selesai", True),
    ],
)
def test_placeholders(english: str, indonesian: str, same: bool) -> None:
    catalogue = _catalogue(**{english: indonesian})
    assert [tool.same_placeholders(message) for message in tool.texts(catalogue)] == [same]
