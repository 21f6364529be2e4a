"""An older file is brought up to date with everything in it; a step that fails leaves it as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from store import checking, items, migrations, stories
from store.database import open_store
from store.errors import StoreNewer

# What a file of each earlier version may hold, as that version wrote it. Never edited: these are its words.
CONTENTS = {
    1: """
    INSERT INTO publishers (id, key) VALUES (1, 'one.example'), (2, 'two.example');
    INSERT INTO feeds (id, url, polled) VALUES (1, 'https://one.example/rss', 1);
    INSERT INTO stories (id, name, created, items, publishers, shown) VALUES (1, 'Grain', 1000, 2, 2, 1);
    INSERT INTO items (id, guid, publisher, feed, story, effective, first_seen, known, title, body, keys)
        VALUES (1, 'a', 1, 1, 1, 1000, 1000, 1000, 'No grain sold', 'At all.', x'670102030405060708090a0b0c'),
               (2, 'b', 2, NULL, 1, 2000, 2000, 2000, 'Grain sold', '', x'');
    INSERT INTO item_keys (key, item) VALUES (x'670102030405060708090a0b0c', 1);
    INSERT INTO memberships (story, item, since) VALUES (1, 1, 1000), (1, 2, 2000);
    INSERT INTO story_publishers VALUES (1, 1, 1), (1, 2, 1);
    INSERT INTO decisions (id, uid, at, by, act, items) VALUES (1, 'u1', 3000, 'ada', 'star', '[1]');
    UPDATE items SET starred = 1 WHERE id = 1;
    """,
}
CONTENTS[2] = (
    CONTENTS[1]
    + """
    INSERT INTO retrievals (id, feed, at, status, sha256) VALUES (1, 1, 1000, 200, 'ab');
    UPDATE items SET retrieval = 1, published_raw = 'Mon' WHERE id = 1;
    """
)
CONTENTS[3] = (
    CONTENTS[2]
    + """
    INSERT INTO responses (id, sha256, at, packed) VALUES (1, 'ab', 1000, x'00');
    """
)
CONTENTS[4] = (
    CONTENTS[3]
    + """
    INSERT INTO articles (item, at, url) VALUES (1, 4000, 'https://one.example/a');
    """
)
CONTENTS[5] = (
    CONTENTS[4]
    + """
    INSERT INTO items_fts (rowid, title, summary, body) SELECT id, title, summary, body FROM items;
    """
)
CONTENTS[6] = (
    CONTENTS[5]
    + """
    INSERT INTO splits (story, at, of, items) VALUES (1, 4000, 2, '[]');
    INSERT INTO stories (id, name, created, watched, shown, status, because)
        VALUES (2, 'Emptied', 1000, 1, 1, 'DENIED', 'Denied by Ada');
    """
)
CONTENTS[7] = CONTENTS[6] + "UPDATE stories SET created = 1500 WHERE id = 1;"


def file_of(path: Path, version: int) -> None:
    """A file as an earlier version left it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    migrations.migrate(connection, stop_at=version)
    for statement in migrations.statements(CONTENTS[version]):
        connection.execute(statement)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == version
    connection.close()


def test_every_earlier_version_has_its_contents_to_test_with() -> None:
    assert set(CONTENTS) == set(range(1, migrations.VERSION))


@pytest.mark.parametrize("version", CONTENTS)
def test_an_older_file_is_brought_up_to_date_with_its_data(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    file_of(path, version)
    with open_store(path) as store:
        assert store.value("PRAGMA user_version") == migrations.VERSION
        recorded = store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")
        assert [name for (name,) in recorded] == [script.stem for script in migrations.SCRIPTS]
        assert [row.title for row in items.newest(store)] == ["Grain sold", "No grain sold"]
        assert items.rows(store, [1])[0].starred and stories.rows(store)[0].name == "Grain"
        assert items.count(store, items.ItemFilter(text="sold ")) == 2
        assert all(finding.ok for finding in checking.check(store))
        with open_store(tmp_path / "fresh.db", create=True) as fresh:
            assert schema(store.rows) == schema(fresh.rows)


def schema(rows: object) -> list[tuple[str, str]]:
    """Every table's columns and every index, as SQLite sees them."""
    found = rows("SELECT type, name FROM sqlite_master ORDER BY 1, 2")  # type: ignore[operator]
    return list(found)


@pytest.mark.parametrize("version", CONTENTS)
def test_a_step_that_fails_leaves_the_older_version(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    file_of(path, version)
    broken = tmp_path / "9999_broken.sql"
    broken.write_text("CREATE TABLE half_done (a);\nINSERT INTO no_such_table VALUES (1);\n")
    monkeypatch.setattr(migrations, "SCRIPTS", (*migrations.SCRIPTS[:version], broken))
    with pytest.raises(sqlite3.OperationalError, match="no_such_table"):
        open_store(path)
    monkeypatch.undo()
    with open_store(path) as store:
        assert items.count(store) == 2
        assert not store.rows("SELECT 1 FROM sqlite_master WHERE name = 'half_done'")


def test_two_programs_may_find_the_same_older_file(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    file_of(path, 1)
    with open_store(path) as first, open_store(path) as second:
        assert items.count(first) == items.count(second) == 2


def test_a_version_from_the_future_is_refused_by_every_way_in(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    open_store(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    connection.close()
    for told in ({"create": True}, {"read_only": True}, {}):
        with pytest.raises(StoreNewer):
            open_store(path, **told)
