"""The log: only added to, and every kind of tampering is found with its place."""

from __future__ import annotations

import pytest

from app.core.store.database import Store
from tests.core.store.samples import NOW, WHO

LINES = 6


@pytest.fixture
def logged(store: Store) -> Store:
    """A store with a log of a few lines."""
    for number in range(1, LINES + 1):
        store.audit.note("导入", {"batch": number, "file": "示例.xlsx"}, at=NOW, who=WHO)
    return store


def without_guards(store: Store) -> None:
    """Take off the guards, as somebody would who knows the key."""
    store._link.change("DROP TRIGGER audit_stays")
    store._link.change("DROP TRIGGER audit_stands")


def test_an_untouched_log_is_whole(logged: Store) -> None:
    assert logged.audit.verify() == []
    entries = logged.audit.entries()
    assert [each.id for each in entries] == list(range(1, LINES + 1))
    assert (entries[2].who, entries[2].act, entries[2].what) == (WHO, "导入", {"batch": 3, "file": "示例.xlsx"})
    assert [each.id for each in logged.audit.entries(newest=2)] == [LINES - 1, LINES]
    assert len({each.hash for each in entries}) == LINES


def test_an_empty_log_is_whole(store: Store) -> None:
    assert store.audit.verify() == []


@pytest.mark.parametrize("sql", ["DELETE FROM audit WHERE id = 2", "UPDATE audit SET who = '他人' WHERE id = 2"])
def test_the_database_refuses_to_change_it(logged: Store, sql: str) -> None:
    with pytest.raises(Exception, match="only added to"):
        logged._link.change(sql)
    assert logged.audit.verify() == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM audit WHERE id = 1", "缺少第 1 条至第 1 条"),
        ("DELETE FROM audit WHERE id IN (3, 4)", "缺少第 3 条至第 4 条"),
        (f"DELETE FROM audit WHERE id = {LINES}", f"末尾缺少第 {LINES} 条至第 {LINES} 条"),
        ("DELETE FROM audit", f"末尾缺少第 1 条至第 {LINES} 条"),
        ("UPDATE audit SET who = '他人' WHERE id = 3", "第 3 条被改动过"),
        ("UPDATE audit SET what = '{\"batch\":9}' WHERE id = 1", "第 1 条被改动过"),
        ("UPDATE audit SET at = '2026-01-01T00:00:00' WHERE id = 6", "第 6 条被改动过"),
        ("UPDATE audit SET act = '审查' WHERE id = 5", "第 5 条被改动过"),
        ("UPDATE audit SET hash = 'ff' WHERE id = 2", "第 2 条被改动过"),
    ],
)
def test_tampering_is_named_with_its_place(logged: Store, sql: str, said: str) -> None:
    without_guards(logged)
    logged._link.change(sql)
    assert said in logged.audit.verify()[0]


def test_two_lines_that_changed_places_are_found(logged: Store) -> None:
    without_guards(logged)
    for sql in (
        "UPDATE audit SET id = 100 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 100",
    ):
        logged._link.change(sql)
    said = "；".join(logged.audit.verify())
    assert "第 2 条" in said
    assert "第 3 条" in said


def test_a_line_put_in_is_found(logged: Store) -> None:
    logged._link.change(
        f"INSERT INTO audit (id, at, who, act, what, hash) VALUES ({LINES + 1}, '{NOW}', '他人', '核查', '{{}}', 'ff')"
    )
    assert logged.audit.verify() == [f"日志第 {LINES + 1} 条被改动过"]
