"""Stores of older and newer versions: upgraded with a checked copy, refused with a sentence, never left half-way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import StoreTooNew
from app.core.store import backup, keys, migrations
from app.core.store.database import Store
from app.core.store.link import Link
from tests.core.store.samples import LABELS, NOW, OPINIONS, SHEET, records, stored_batch

KEY = keys.random_key()
NAMES = [name for name, _ in migrations.STEPS]


def old_store(path: Path, first_lacking: str) -> None:
    """A store as an older version left it, which knew only the steps before `first_lacking`, with two records."""
    link = Link(path, KEY)
    migrations.steps().apply(link.db, stop_before=first_lacking)
    columns = (
        "file, sha256, sheet, kind, header_row, mapping, unmapped, rows, accepted, rejected, imported_at, imported_by"
    )
    mapping = "{" + ",".join(f'"{label}":"{field}"' for label, field in LABELS.items()) + "}"
    link.change(
        f"INSERT INTO batches ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        ("旧.xlsx", "aa", SHEET, "R1", 1, mapping, "[]", 2, 2, 0, NOW, ""),
    )
    cells = '["x0033000001","x赵样一",0]'
    link.change_many("INSERT INTO records (batch_id, row, cells) VALUES (1, ?, ?)", [(2, cells), (3, cells)])
    link.close()


@pytest.mark.parametrize("first_lacking", NAMES[1:])
def test_an_older_store_is_copied_checked_and_upgraded(tmp_path: Path, first_lacking: str) -> None:
    path = tmp_path / "数据.db"
    old_store(path, first_lacking)
    with Store(path, KEY) as store:
        copy = store.upgrade_copy
        assert [each["name"] for each in store.batches.records()] == ["赵样一", "赵样一"]
        stored_batch(store, 2)
        assert store.papers.reserve(OPINIONS, now=NOW) == 1
        store.audit.note("导入", {}, at=NOW, who="")
        assert store.problems() == ()
    assert copy is not None
    assert copy.name == f"数据_升级前-{NAMES[NAMES.index(first_lacking) - 1]}.db"
    assert [each.path for each in backup.listed(backup.folder_of(path), path.stem)] == [copy]
    old = Link(copy, KEY)
    assert old.rows("SELECT count(*) FROM records") == [(2,)]
    assert migrations.pending(old.db) == NAMES[NAMES.index(first_lacking) :]
    old.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([path.name, backup.FOLDER])


def test_a_store_of_today_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    Store(path, KEY).close()
    with Store(path, KEY) as store:
        assert store.upgrade_copy is None
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    with Store(path, KEY) as store:
        store._link.change(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('store', '999_next', '')"
        )
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match=r"更新版本.*请安装新版程序"):
        Store(path, KEY)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_step_that_fails_leaves_no_trace_and_the_old_program_opens_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "数据.db"
    Store(path, KEY).close()
    good = ("006_good", "CREATE TABLE good (a TEXT) STRICT;")
    bad = ("007_bad", "CREATE TABLE bad (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, good, bad))
        with pytest.raises(Exception, match="nowhere"):
            Store(path, KEY)
        link = Link(path, KEY)
        tables = {name for (name,) in link.rows("SELECT name FROM sqlite_master")}
        assert migrations.pending(link.db) == ["007_bad"]
        link.close()
    assert "good" in tables
    assert "bad" not in tables
    copy = tmp_path / backup.FOLDER / "数据_升级前-005_office.db"
    with Store(copy, KEY) as store:
        store.batches.put_records(stored_batch(store, 0), records(0))
        assert store.problems() == ()


def test_every_table_is_strict(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        loose = store._link.rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE '%sqlite%'"
        )
    assert loose == []


def test_steps_are_named_once_and_in_order() -> None:
    assert sorted(set(NAMES)) == NAMES
