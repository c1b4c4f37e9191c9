"""The back-test of a whole store: a workbook with the table of agreement and the disagreements."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.core.actions.backtest import backtest
from app.core.actions.receive import look, receive
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.checks.casefiles import spread
from tests.core.workbooks import write_book

DAY = date(2026, 11, 21)
RULED = {"裁定日期": "@报请日期+30", "裁定送达日期": "@报请日期+35", "裁定结果": "减去有期徒刑六个月"}


def test_the_workbook_counts_and_lists(tmp_path: Path) -> None:
    late = {**RULED, "罪犯编号": "9900000002", "姓名": "样例乙", "出生日期": "1981-05-06", "报请日期": "2020-07-09"}
    case = spread({"id": "x", "base": "a3", "set": RULED, "R1+": [late], "why": "two rulings"})
    book = write_book(tmp_path / "名册.xlsx", ("名册", case["tables"]["R1"]))
    with Store.temporary() as store:
        plans, _ = look([book], (), ticket=Ticket())
        receive(store, plans, now="2026-11-21T09:00:00", who="测试人", ticket=Ticket())
        done = backtest(store, shipped(), tmp_path / "回测.xlsx", DAY, ticket=Ticket())
    assert done.says == "回测 2 件裁定：一致 1 件，不一致 1 件"
    sheets = openpyxl.load_workbook(tmp_path / "回测.xlsx")
    assert sheets.sheetnames == ["对照表", "不一致", "全部"]
    counts = {row[0]: row[1] for row in sheets["对照表"].iter_rows(values_only=True)}
    assert (counts["同意提请"], counts["建议不予提请"]) == ("1", "1")
    [_, different] = list(sheets["不一致"].iter_rows(values_only=True))
    assert different[1] == "样例乙"
    assert "JX-T01" in str(different[8])
    assert sheets["全部"].max_row == 3


def test_without_rulings_there_is_nothing_to_test(tmp_path: Path) -> None:
    with Store.temporary() as store, pytest.raises(UserError, match="没有可以回测的裁定"):
        backtest(store, shipped(), tmp_path / "回测.xlsx", DAY, ticket=Ticket())
