"""Rules as data: the shipped file, an office's changes, broken files."""

from pathlib import Path

import pytest

from wajo_studio.compliance.check import post_checks, text_checks
from wajo_studio.compliance.rules import load_rules
from wajo_studio.domain.finding import Severity
from wajo_studio.errors import InputError
from wajo_studio.i18n import set_language
from wajo_studio.paths import data_dir

HEADER = """schema = 1
title = "Kebijakan daerah"
version = "3"
set_by = "Diskominfotik"
date = 2026-12-01
"""


@pytest.fixture
def office() -> Path:
    folder = data_dir() / "rules"
    folder.mkdir(parents=True)
    return folder


def write(folder: Path, text: str, name: str = "kebijakan.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_every_check_has_its_rule_and_the_other_way_round() -> None:
    assert set(load_rules().rules) == {*post_checks(), *text_checks()}


def test_severities_are_those_of_the_contract() -> None:
    severities = {rule_id: rule.severity.value for rule_id, rule in load_rules().rules.items()}
    contract = {
        "block": "field-required fit-overflow glyph-missing media-missing media-duration "
        "media-bytes media-damaged text-forbidden-character platform-text-limit",
        "warn": "media-too-small schedule-past alt-text-missing img-contrast-low img-text-small "
        "img-text-ui-zone logo-missing",
        "info": "media-left-out audio-silence-added extension-wrong alt-text-poor exif-gps "
        "option-required",
        "attest": "info-class-attest face-consent-attest photo-rights-attest music-licence-attest "
        "head-approval-attest",
    }
    for severity, rule_ids in contract.items():
        for rule_id in rule_ids.split():
            assert severities[rule_id] == severity, rule_id


def test_an_office_changes_only_what_it_names(office: Path) -> None:
    before = load_rules()
    write(
        office,
        HEADER
        + '[rules.alt-text-missing]\nseverity = "block"\n[rules.schedule-past]\nenabled = false\n',
    )
    rules = load_rules()
    changed = rules.rules["alt-text-missing"]
    assert changed.severity is Severity.BLOCK
    assert changed.title == before.rules["alt-text-missing"].title
    assert not rules.rules["schedule-past"].enabled
    assert rules.rules["fit-overflow"] == before.rules["fit-overflow"]
    own = [edition.version for edition in before.editions]
    assert [edition.version for edition in rules.editions] == [*own, "3"]
    assert list(rules.rules) == list(before.rules)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("[rules.no-such-rule]\nenabled = false\n", "no-such-rule"),
        ('[rules.exif-gps]\nseverity = "fatal"\n', "rules.exif-gps.severity"),
        ('[rules.exif-gps]\ncolour = "red"\n', "rules.exif-gps.colour"),
        ("[rules.exif-gps]\nenabled = 'ja'\n", "rules.exif-gps.enabled"),
        ("[rules.info-class-attest]\nenabled = false\n", "info-class-attest"),
        ('[rules.pii-nik]\nmessage = "Ada {nik}"\n', "{nik}"),
        ('[rules.pii-nik]\nmessage = "Ada {number"\n', "pii-nik"),
        ("[rules]\nexif-gps = 3\n", "rules.exif-gps"),
        ("colour = 'red'\n", "colour"),
        ("[rules.exif-gps\n", "kebijakan.toml"),
    ],
)
def test_broken_data_is_refused_by_name(office: Path, body: str, named: str) -> None:
    write(office, HEADER + body)
    with pytest.raises(InputError) as caught:
        load_rules()
    assert named in str(caught.value)
    assert "kebijakan.toml" in str(caught.value)


def test_an_office_words_a_rule_its_own_way(office: Path) -> None:
    write(office, HEADER + '[rules.pii-nik]\nmessage = "Hapus {number}, ya."\n')
    assert str(load_rules().rules["pii-nik"].message) == "Hapus {number}, ya."


@pytest.mark.parametrize("missing", ["schema", "version", "set_by", "date"])
def test_a_file_without_its_header_is_refused(office: Path, missing: str) -> None:
    lines = [line for line in HEADER.splitlines() if not line.startswith(missing)]
    write(office, "\n".join(lines) + "\n")
    with pytest.raises(InputError, match=missing):
        load_rules()


def test_the_same_rule_in_two_office_files_is_refused(office: Path) -> None:
    body = HEADER + '[rules.exif-gps]\nseverity = "warn"\n'
    write(office, body, "a.toml")
    write(office, body, "b.toml")
    with pytest.raises(InputError, match="exif-gps"):
        load_rules()


def test_a_file_that_is_no_text_is_refused(office: Path) -> None:
    (office / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"x\.toml"):
        load_rules()


def test_words_follow_the_language(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: set_language("id"))
    title = load_rules().rules["schedule-past"].title
    set_language("id")
    assert str(title) == "Jadwal sudah lewat"
    set_language("en")
    assert str(title) == "The schedule has passed"
