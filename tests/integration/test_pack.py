"""Packs: signed, tried out before they count, replaced as a whole, refused when changed."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from wajo_studio import paths
from wajo_studio.compliance.office import load_office
from wajo_studio.compliance.rules import load_rules
from wajo_studio.domain.finding import Severity
from wajo_studio.errors import InputError
from wajo_studio.services.pack import install_pack, installed, is_trusted, make_pack, read_pack

DAY = date(2026, 11, 24)
RULES = """schema = 1
title = "Aturan kabupaten"
version = "2026.2"
set_by = "Diskominfotik"
date = 2026-11-20

[rules.caption-caps]
severity = "warn"
"""


class InMemory(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def _keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield
    keyring.set_keyring(before)


def office(lists: str = 'phone_allow = ["0812-3456-7890"]') -> Path:
    home = paths.data_dir()
    (home / "rules").mkdir(parents=True, exist_ok=True)
    (home / "compliance.toml").write_text(f"schema = 1\n{lists}\n", encoding="utf-8")
    return home


def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the program runs at another office."""
    monkeypatch.setenv("WAJO_HOME", str(tmp_path / "kantor-lain"))


def test_a_pack_reaches_another_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule_id = next(iter(load_rules().rules))
    home = office()
    text = RULES.replace("caption-caps", rule_id)
    (home / "rules" / "kabupaten.toml").write_text(text, encoding="utf-8")
    file = tmp_path / "wajo.wajopack"
    made = make_pack(home, file, "Diskominfotik", "2026.2", DAY)
    assert sorted(made.files) == ["compliance.toml", "rules/kabupaten.toml"]
    moved(tmp_path, monkeypatch)
    assert not is_trusted(read_pack(file))
    with pytest.raises(InputError) as caught:
        install_pack(file)
    assert caught.value.code == "input.pack_signer"
    assert not (paths.data_dir() / "compliance.toml").exists()
    install_pack(file, trust=True)
    assert load_office().phone_allow == ("0812-3456-7890",)
    assert load_rules().rules[rule_id].severity is Severity.WARN
    current = installed()
    assert current is not None
    assert current["version"] == "2026.2"
    assert is_trusted(read_pack(file))


def test_a_new_pack_replaces_the_old_one_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule_id = next(iter(load_rules().rules))
    home = office()
    rules = home / "rules" / "kabupaten.toml"
    rules.write_text(RULES.replace("caption-caps", rule_id), encoding="utf-8")
    first, second = tmp_path / "a.wajopack", tmp_path / "b.wajopack"
    make_pack(home, first, "Diskominfotik", "1", DAY)
    rules.unlink()
    make_pack(home, second, "Diskominfotik", "2", DAY.replace(day=25))
    moved(tmp_path, monkeypatch)
    install_pack(first, trust=True)
    install_pack(second)
    assert not (paths.data_dir() / "rules" / "kabupaten.toml").exists()
    with pytest.raises(InputError) as caught:
        install_pack(first)
    assert caught.value.code == "input.pack_older"
    install_pack(first, older=True)
    assert (paths.data_dir() / "rules" / "kabupaten.toml").exists()


def test_a_changed_pack_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wajo.wajopack"
    make_pack(office(), file, "Diskominfotik", "1", DAY)
    document = json.loads(file.read_text(encoding="utf-8"))
    document["files"]["compliance.toml"] = 'schema = 1\nphone_allow = ["0899"]\n'
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        install_pack(file, trust=True)
    assert "wajo.wajopack" in str(caught.value)


@pytest.mark.parametrize("name", ["../x.toml", "rules/../../x.toml", "specs/other.toml", "a.exe"])
def test_a_pack_may_hold_nothing_strange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from wajo_studio.services import pack

    file = tmp_path / "wajo.wajopack"
    monkeypatch.setattr(pack, "_office_files", lambda _folder: {name: "schema = 1\n"})
    monkeypatch.setattr(pack, "_try_out", lambda _files: None)
    with pytest.raises(InputError) as caught:
        make_pack(paths.data_dir(), file, "X", "1", DAY)
    assert name in str(caught.value)


def test_a_pack_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    home = office("phone_allow = 5")
    with pytest.raises(InputError) as caught:
        make_pack(home, tmp_path / "wajo.wajopack", "X", "1", DAY)
    assert "phone_allow" in str(caught.value)
    assert not (tmp_path / "wajo.wajopack").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"schema":1}'])
def test_no_pack_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "wajo.wajopack"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        install_pack(file, trust=True)
    assert "wajo.wajopack" in str(caught.value)


def test_packs_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wajo_studio.cli.app import run

    office()
    file = tmp_path / "wajo.wajopack"
    made = ["pack", "export", str(file), "--set-by", "Diskominfotik", "--version", "2026.2"]
    assert run(made) == 0
    moved(tmp_path, monkeypatch)
    capsys.readouterr()
    assert run(["pack", "show", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["trusted"] is False
    assert run(["pack", "import", str(file)]) == 2
    assert "--trust" in capsys.readouterr().err
    assert run(["pack", "import", str(file), "--trust"]) == 0
    assert load_office().phone_allow == ("0812-3456-7890",)
