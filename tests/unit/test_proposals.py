"""Who works here, what was read, what is proposed: small files that survive damage."""

from datetime import UTC, datetime
from pathlib import Path

from wajo_studio import paths
from wajo_studio.domain.finding import Finding, Severity, Where
from wajo_studio.services.person import Person, load_person, save_person
from wajo_studio.services.proposals import as_csv, drop, proposals, propose
from wajo_studio.services.reviewed import Reviewed

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def finding(message: str = "Nomor pribadi") -> Finding:
    return Finding("pii-phone-personal", Severity.WARN, message, Where("caption", "base"))


def test_the_person_is_remembered_and_a_damaged_file_is_none() -> None:
    assert not load_person().named
    assert load_person().name
    save_person(Person("Andi Rahmat", "kepala", "diskominfotik", named=True))
    assert load_person() == Person("Andi Rahmat", "kepala", "diskominfotik", named=True)
    (paths.data_dir() / "person.json").write_text("{", encoding="utf-8")
    assert not load_person().named


def test_an_agency_is_remembered_without_a_name() -> None:
    save_person(Person("root", agency="disdukcapil"))
    assert load_person().agency == "disdukcapil"
    assert not load_person().named


def test_a_mark_belongs_to_one_post_and_one_finding(tmp_path: Path) -> None:
    Reviewed(tmp_path / "a").mark(finding(), read=True)
    assert finding() in Reviewed(tmp_path / "a")
    assert finding("lain") not in Reviewed(tmp_path / "a")
    assert finding() not in Reviewed(tmp_path / "b")
    Reviewed(tmp_path / "a").mark(finding(), read=False)
    assert finding() not in Reviewed(tmp_path / "a")


def test_proposals_are_listed_and_handed_in_as_a_table() -> None:
    made = propose(NOW, "Andi", "dinkes", "pii-phone-personal", "Nomor", "=0812", " baru ")
    assert proposals() == [made]
    header, line = as_csv(proposals()).splitlines()
    assert header.startswith("at,by,agency,rule")
    assert ",'=0812,baru" in line  # no formula for a spreadsheet
    drop(made)
    assert proposals() == []


def test_a_new_post_speaks_for_the_remembered_agency(tmp_path: Path) -> None:
    import tomllib

    from wajo_studio.services.new_post import new_post

    for agency, expected in (("dinkes", "dinkes"), ("tidak-ada", "diskominfotik")):
        made = new_post("polos", tmp_path / agency, agency)
        assert tomllib.loads(made.read_text(encoding="utf-8"))["agency"] == expected
