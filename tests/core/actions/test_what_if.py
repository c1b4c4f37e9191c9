"""A trial leaves the store as it was, to the last byte of its dump."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.what_if import open_case, read_typed, try_case
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.checks.casefiles import spread
from tests.core.workbooks import write_book

DAY, NOW = date(2026, 11, 21), "2026-11-21T09:00:00"


def dump(store: Store) -> list[object]:
    """Everything the store holds, table by table."""
    tables = [name for (name,) in store._link.rows("SELECT name FROM sqlite_schema WHERE type = 'table'", ())]
    return [(name, store._link.rows(f'SELECT * FROM "{name}"', ())) for name in sorted(tables)]


def test_the_store_is_untouched(tmp_path: Path) -> None:
    made = spread({"id": "x", "base": "a2_later", "why": ""})["tables"]
    files = [write_book(tmp_path / f"{table}.xlsx", (table, rows)) for table, rows in made.items()]
    with Store.temporary() as store:
        plans, _ = look(files, (), ticket=Ticket())
        receive(store, plans, now=NOW, who="测试人", ticket=Ticket())
        review(store, shipped(), "reduction", DAY, now=NOW, who="测试人", ticket=Ticket())
        before = dump(store)
        [case_id] = store.casebook.case_of("reduction").values()
        case, asked = open_case(store, shipped(), case_id, DAY, ticket=Ticket()).value
        filed = next(each.fact for each in asked if each.name == "报请日期")
        done = try_case(case, {filed.key: read_typed(filed, "2020.12.1")}, ticket=Ticket())
        assert done.value.differences
        assert dump(store) == before
        assert any(each.row == "历次减刑表 第2行" for each in asked)
        with pytest.raises(UserError, match="已不在数据里"):
            open_case(store, shipped(), case_id + 1, DAY, ticket=Ticket())
