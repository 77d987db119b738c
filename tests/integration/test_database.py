"""The database: form, copies, damage, the audit log, the library."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from wajo_studio.errors import StoreError
from wajo_studio.store.database import audit, backup, migrate, posts, tables
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.library import MediaLibrary

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = migrate.open_database(tmp_path, NOW)
    yield opened
    opened.close()


def _delivery(number: int, **values: object) -> dict[str, object]:
    row: dict[str, object] = {
        "id": f"d{number}",
        "post_name": "Layanan",
        "placement": "x.post",
        "account_id": "x-1",
        "account_name": "Kominfo",
        "mode": "api",
        "state": "queued",
        "created_at": NOW,
        "updated_at": NOW,
        "native": False,
        "session": {},
        "covered": 0,
        "attempts": 0,
        "waited_s": 0.0,
        "cancel_asked": False,
        "text_hash": "",
        "remarks": [],
    }
    return row | values


def test_the_migrated_form_is_the_declared_one(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


def test_the_list_of_revisions_is_alembics() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    folder = Path(migrate.__file__).parent / "migrations"
    config.set_main_option("script_location", folder.as_posix())
    found = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == migrate.REVISIONS


def test_every_connection_is_durable_and_keeps_foreign_keys(database: Database) -> None:
    with database.reading() as connection:
        pragmas = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    assert pragmas == ["wal", 1, 2]
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(
            insert(tables.proofs).values(delivery_id="none", published_at=NOW, document={})
        )


def test_a_failed_block_changes_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute(insert(tables.deliveries).values(_delivery(1)))
        raise RuntimeError
    with database.reading() as connection:
        assert connection.execute(select(tables.deliveries)).all() == []


def test_times_come_back_as_they_were_in_utc(database: Database) -> None:
    wita = datetime.fromisoformat("2026-12-01T09:00:00.000001+08:00")
    with database.writing() as connection:
        connection.execute(insert(tables.deliveries).values(_delivery(1, due=wita)))
    with database.reading() as connection:
        [due] = connection.execute(select(tables.deliveries.c.due)).scalars()
    assert due == wita
    assert due.utcoffset() == timedelta(0)


def test_a_newer_database_is_refused_and_left_alone(database: Database, tmp_path: Path) -> None:
    database.close()
    with closing(sqlite3.connect(tmp_path / "wajo.db")) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (tmp_path / "wajo.db").read_bytes()
    with pytest.raises(StoreError) as refusal:
        migrate.open_database(tmp_path, NOW)
    assert refusal.value.code == "store.newer"
    assert (tmp_path / "wajo.db").read_bytes() == before


def test_a_copy_is_made_daily_and_before_a_change_of_form(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names() -> list[str]:
        return sorted(path.name for path in (tmp_path / "backups").iterdir())

    database.close()
    migrate.open_database(tmp_path, NOW + timedelta(hours=1)).close()
    assert len(names()) == 1
    migrate.open_database(tmp_path, NOW + timedelta(days=1)).close()
    assert len(names()) == 2
    copied: list[str] = []
    monkeypatch.setattr(migrate, "REVISIONS", ("0001", "0002"))
    monkeypatch.setattr(migrate, "_upgrade", lambda _path: copied.extend(names()))
    migrate.open_database(tmp_path, NOW + timedelta(days=1)).close()
    assert any(name.endswith("-migration.db") for name in copied)


def test_old_copies_go(database: Database, tmp_path: Path) -> None:
    for day in range(20):
        backup.make(tmp_path / "wajo.db", "daily", NOW + timedelta(days=day))
    left = sorted((tmp_path / "backups").iterdir())
    assert len(left) == backup.KEPT["daily"]
    assert backup.made_at(left[-1]) == NOW + timedelta(days=19)


def test_a_copy_of_a_database_in_use_holds_what_is_committed(
    database: Database, tmp_path: Path
) -> None:
    with database.writing() as connection:
        connection.execute(insert(tables.deliveries).values(_delivery(1)))
    copy = backup.make(tmp_path / "wajo.db", "daily", NOW + timedelta(days=2))
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT id FROM deliveries").fetchall() == [("d1",)]
    assert not list((tmp_path / "backups").glob("*-wal"))


@pytest.mark.parametrize("damage", ["header", "middle"])
def test_a_damaged_database_is_kept_and_the_newest_good_copy_put_back(
    database: Database, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "wajo.db"
    with database.writing() as connection:
        connection.execute(
            insert(tables.deliveries),
            [
                _delivery(number, state=state)
                for number, state in enumerate(("queued", "sending", "published", "failed"))
            ],
        )
    good = backup.make(path, "daily", NOW + timedelta(days=1))
    bad = backup.folder_of(path) / "wajo-20261130T000000Z-daily.db"
    bad.write_bytes(b"SQLite format 3\0 broken")
    database.close()
    content = bytearray(path.read_bytes())
    start = 0 if damage == "header" else 4096
    content[start : start + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    with pytest.raises(migrate.DamagedDatabaseError) as found:
        migrate.open_database(tmp_path, NOW + timedelta(days=30))
    assert found.value.copy == good
    assert path.read_bytes() == content

    assert migrate.restore(tmp_path, NOW + timedelta(days=30)) == good
    [kept] = (tmp_path / "damaged").glob("*wajo.db")
    assert kept.read_bytes() == content
    opened = migrate.open_database(tmp_path, NOW + timedelta(days=30))
    with opened.reading() as connection:
        rows = connection.execute(select(tables.deliveries.c.id, tables.deliveries.c.state)).all()
    opened.close()
    assert {row.id: row.state for row in rows} == {
        "d0": "unknown",
        "d1": "unknown",
        "d2": "published",
        "d3": "failed",
    }


def test_without_a_good_copy_a_new_database_is_begun(tmp_path: Path) -> None:
    (tmp_path / "wajo.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(migrate.DamagedDatabaseError) as found:
        migrate.open_database(tmp_path, NOW)
    assert found.value.copy is None
    assert migrate.restore(tmp_path, NOW) is None
    migrate.open_database(tmp_path, NOW).close()
    assert len(list((tmp_path / "damaged").iterdir())) == 1


def test_many_processes_open_a_new_database_at_once(tmp_path: Path) -> None:
    body = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from wajo_studio.store.database import audit, migrate\n"
        "now = datetime.now(UTC)\n"
        "opened = migrate.open_database(Path(sys.argv[1]), now)\n"
        "for n in range(5):\n"
        "    with opened.writing() as c: audit.record(c, now, 'test', str(n))\n"
        "opened.close()"
    )
    runs = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", body, str(tmp_path)])
        for _ in range(4)
    ]
    assert [run.wait(60) for run in runs] == [0, 0, 0, 0]
    opened = migrate.open_database(tmp_path, NOW)
    with opened.reading() as connection:
        assert len(list(audit.entries(connection))) == 20
        assert audit.first_broken(connection) is None
    opened.close()


def _three_entries(database: Database) -> None:
    for number in range(1, 4):
        with database.writing() as connection:
            audit.record(connection, NOW, "delivery.queued", f"d{number}", post="Layanan é")


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("UPDATE audit SET subject = 'd9' WHERE number = 2", 2),
        ("UPDATE audit SET at = '2026-01-01T00:00:00.000000Z' WHERE number = 1", 1),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 3", 3),
        ("DELETE FROM audit", 1),
    ],
)
def test_a_changed_audit_log_shows_where(database: Database, change: str, first: int) -> None:
    _three_entries(database)
    with database.reading() as connection:
        assert audit.first_broken(connection) is None
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(text(change))
    with database.writing() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("DROP TRIGGER audit_no_delete"))
        connection.execute(text(change))
    with database.reading() as connection:
        assert audit.first_broken(connection) == first


def test_the_library_copies_an_original_once(database: Database, tmp_path: Path) -> None:
    library = MediaLibrary(database)
    first, second = tmp_path / "a.JPG", tmp_path / "b.jpg"
    first.write_bytes(b"picture")
    second.write_bytes(b"picture")
    kept = library.add(first, NOW)
    assert library.add(second, NOW) == kept
    assert kept.path.read_bytes() == b"picture"
    assert kept.name == "a.JPG"
    assert len(list((tmp_path / "library").rglob("*.jpg"))) == 1
    kept.path.write_bytes(b"pi")  # torn by a power cut
    assert library.add(first, NOW).path.read_bytes() == b"picture"
    assert library.find(kept.sha256) == kept
    assert library.find("0" * 64) is None


def test_a_version_is_kept_once_until_the_post_changes(database: Database) -> None:
    first = posts.keep_version(database, "/p", "Layanan", "f1", "a = 1", NOW)
    again = posts.keep_version(database, "/p", "Layanan", "f1", "a = 1", NOW + timedelta(days=1))
    changed = posts.keep_version(database, "/p", "Layanan", "f2", "a = 2", NOW)
    other = posts.keep_version(database, "/q", "Lain", "f1", "a = 1", NOW)
    assert again == first
    assert (changed.post_id, changed.number) == (first.post_id, 2)
    assert other.post_id != first.post_id
    assert posts.versions(database, first.post_id) == [first, changed]
