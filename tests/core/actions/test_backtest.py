"""The back-test of a whole store: a workbook with the table of agreement and the disagreements."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.core.actions.backtest import backtest, save_backtest
from app.core.actions.receive import look, receive
from app.core.batch import main
from app.core.checks.reduction.backtest import backtest as ask_again
from app.core.errors import UserError
from app.core.findings import Person
from app.core.findings.asked_again import Agreement
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.reports.backtest import backtest_workbook
from app.core.store.database import Store
from tests.core.checks.casefiles import records_of, spread
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
        done = backtest(store, shipped(), DAY, ticket=Ticket())
    assert done.says == "回测 2 件裁定：一致 1 件，不一致 1 件"
    assert [[each.rule for each in one.grounds] for one in done.value] == [[], ["JX-T01"]]
    assert save_backtest(done.value, tmp_path / "回测.xlsx").says == "回测结果已保存：回测.xlsx（2 件裁定）"
    sheets = openpyxl.load_workbook(tmp_path / "回测.xlsx")
    assert sheets.sheetnames == ["对照表", "按单位", "按法院", "按年度", "不一致", "全部"]
    counts = {row[0]: row[1] for row in sheets["对照表"].iter_rows(values_only=True)}
    assert (counts["同意提请"], counts["建议不予提请"]) == (1, 1)
    [_, different] = list(sheets["不一致"].iter_rows(values_only=True))
    assert different[1] == "样例乙"
    assert "JX-T01" in str(different[9])
    [_, year] = list(sheets["按年度"].iter_rows(values_only=True))
    assert year == ("2020年", 2, 1, 1, 0, "50%")
    assert sheets["全部"].max_row == 3


def test_without_rulings_there_is_nothing_to_test() -> None:
    with Store.temporary() as store, pytest.raises(UserError, match="没有可以回测的裁定"):
        backtest(store, shipped(), DAY, ticket=Ticket())


def test_the_headless_run_writes_it_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruled, pending = (spread({"id": "x", "base": "a3", "set": each, "why": "past"}) for each in (RULED, {}))
    for name, case in (("裁定", ruled), ("未裁定", pending)):
        book = write_book(tmp_path / f"{name}.xlsx", ("名册", case["tables"]["R1"]))
        command = [str(book), "--out", str(tmp_path / name), "--as-of", "2026-11-21", "--backtest"]
        assert main(command, today=DAY, now="2026-11-21T09:00:00") == 0
    assert openpyxl.load_workbook(tmp_path / "裁定" / "回测.xlsx")["全部"].max_row == 2
    assert not (tmp_path / "未裁定" / "回测.xlsx").exists()
    told = capsys.readouterr()
    assert "回测 1 件裁定：一致 1 件" in told.out
    assert "没有可以回测的裁定" in told.err


def test_nothing_in_the_workbook_is_a_formula() -> None:
    case = spread({"id": "x", "base": "a3", "set": RULED, "why": "past"})
    [tested] = ask_again(records_of(case), shipped(), DAY, Ticket())
    strange = replace(tested, person=Person("=1+1"), unit="@SUM(A1)", court="+1", agreement=Agreement.DIFFERENT)
    book = openpyxl.load_workbook(io.BytesIO(backtest_workbook([strange])))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {"=1+1", "@SUM(A1)", "+1"} <= {cell.value for cell in cells}
