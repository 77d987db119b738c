"""The office's own lists: dates decide, broken files are named, the checks obey."""

from datetime import date
from pathlib import Path

import pytest

from wajo_studio import paths
from wajo_studio.compliance.checktext import check_text
from wajo_studio.compliance.office import OfficeLists, load_office, office_file, save_office
from wajo_studio.errors import InputError

DAY = date(2026, 11, 24)
FULL = """schema = 1
set_by = "Diskominfotik Kabupaten Wajo"
version = "2026.2"
date = 2026-11-01
phone_allow = ["0812-3456-7890"]
link_allow = ["silk.example"]
required_hashtags = ["#WajoMaju"]

[[officials]]
name = "Budi Hartono"
title = "Camat Tempe"
from = 2025-01-01
to = 2026-06-30

[[officials]]
name = "Siti Aminah"
title = "Camat Tempe"
from = 2026-07-01

[[election_windows]]
name = "Pemilihan"
from = 2026-11-20
to = 2026-12-01

[[quiet_days]]
name = "Hari berkabung"
from = 2026-11-30

[[glossary]]
proper = "Lapangan Merdeka"
forms = ["Lap. Merdeka"]
"""


def write(text: str) -> Path:
    file = office_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_lists_are_empty() -> None:
    assert load_office() == OfficeLists()


def test_entries_count_in_their_time() -> None:
    write(FULL)
    settings = load_office().on(DAY, ("Wajo",))
    assert settings.phone_allow == {"081234567890"}
    assert settings.required_hashtags == ("Wajo", "WajoMaju")
    assert settings.officials == (("Siti Aminah", "Camat Tempe"),)
    assert settings.former_officials == ("Budi Hartono",)
    assert settings.election
    assert not load_office().on(date(2026, 12, 2)).election
    assert settings.glossary == (("Lapangan Merdeka", ("Lap. Merdeka",)),)


def test_what_is_saved_is_read_again() -> None:
    write(FULL)
    lists = load_office()
    save_office(lists)
    assert load_office() == lists


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("phone_allow = 5", "phone_allow"),
        ("unknown = 5", "unknown"),
        ('quiet_days = [{ name = "x", from = 2026-12-02, to = 2026-12-01 }]', "quiet_days"),
        ("= broken", "compliance.toml"),
    ],
)
def test_a_broken_file_is_named(line: str, named: str) -> None:
    write(f"schema = 1\n{line}\n")
    with pytest.raises(InputError) as caught:
        load_office()
    assert named in str(caught.value)
    assert paths.data_dir().name not in str(caught.value)


def test_the_checks_of_texts_obey_the_glossary() -> None:
    text = "Upacara di Lap. Merdeka pukul 08.00 WITA."
    settings = {"glossary": {"Lapangan Merdeka": ["Lap. Merdeka"]}}
    assert "glossary-variant" not in {f.rule for f in check_text(text, "x", DAY)}
    [found] = [
        f for f in check_text(text, "x", DAY, settings=settings) if f.rule == "glossary-variant"
    ]
    assert found.replacement == "Lapangan Merdeka"
