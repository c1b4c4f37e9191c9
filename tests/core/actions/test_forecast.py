"""The forecast of a whole store: reckoned once, written to a workbook, nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.core.actions.forecast import forecast, save_forecast
from app.core.actions.receive import look, receive
from app.core.batch import main
from app.core.errors import UserError
from app.core.findings.asked_again import Chance
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.checks.casefiles import spread
from tests.core.workbooks import write_book

DAY = date(2020, 9, 20)
NOW = "2020-09-20T09:00:00"
COLUMNS = "报请日期 提请减刑幅度 考核止日 评审日期 公示起日 公示止日 检察院收到日期"
UNFILED = dict.fromkeys(COLUMNS.split(), "")


def roster(folder: Path) -> list[Path]:
    """A list with nobody proposed, the commutations before it, and who was released."""
    second = {"罪犯编号": "9900000002", "姓名": "样例乙", "身份证号码": "", "送交执行日期": "2019-07-10"}
    third = {"罪犯编号": "9900000003", "姓名": "样例丙", "身份证号码": "", "刑期止日": "2020-09-19"}
    fourth = {"罪犯编号": "9900000004", "姓名": "样例丁", "身份证号码": "", "刑期止日": "2020-09-19"}
    case = spread({"id": "x", "base": "a3", "set": UNFILED, "R1+": [second, third, fourth], "R3": [], "why": "roster"})
    released = {"罪犯编号": "9900000004", "姓名": "样例丁", "释放日期": "2020-09-19", "释放类型": "刑满"}
    awards = {"罪犯编号": "9900000005", "姓名": "样例戊", "日期": "2020-01-06", "类别": "表扬"}
    made = case["tables"]
    parts = [("名册", made["R1"]), ("历次减刑", made["R2"]), ("奖惩", [awards]), ("释放", [released])]
    return [write_book(folder / f"{name}.xlsx", (name, rows)) for name, rows in parts]


def loaded(store: Store, folder: Path) -> None:
    plans, problems = look(roster(folder), (), ticket=Ticket())
    assert not problems
    receive(store, plans, now=NOW, who="测试人", ticket=Ticket())


def test_everybody_in_the_store_is_told_of(tmp_path: Path) -> None:
    with Store.temporary() as store:
        loaded(store, tmp_path)
        done = forecast(store, shipped(), DAY, ticket=Ticket())
    told = {each.person.name: each for each in done.value if each.kind == "减刑"}
    assert {name: each.chance for name, each in told.items()} == {
        "样例甲": Chance.NOW,
        "样例乙": Chance.LATER,
        "样例丙": Chance.UNKNOWN,
        "样例丁": Chance.OVER,
        "样例戊": Chance.UNKNOWN,
        "旁人乙": Chance.UNKNOWN,
    }
    assert done.value[0].person.name == "样例丙"
    assert "超期羁押" in done.value[0].urgent
    assert done.says == "推算 6 人：可提请减刑 1 人；可能多关 1 人，请先核实"


def test_the_workbook_is_text_only(tmp_path: Path) -> None:
    path = tmp_path / "应提请未提请.xlsx"
    with Store.temporary() as store:
        loaded(store, tmp_path)
        done = forecast(store, shipped(), DAY, ticket=Ticket())
    found = done.value
    found[0] = replace(found[0], person=replace(found[0].person, name="=1+1"))
    save_forecast(found, path, ticket=Ticket())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["可能多关", "可提请未提请", "全部人员", "汇总"]
    rows = list(book["全部人员"].iter_rows())
    assert len(rows) == 1 + 2 * 6
    assert rows[1][1].value == "=1+1"
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    assert [row[1].value for row in book["可提请未提请"].iter_rows(min_row=2)] == ["样例甲"]


def test_an_empty_store_says_what_to_load() -> None:
    with Store.temporary() as store, pytest.raises(UserError, match="还没有罪犯名单"):
        forecast(store, shipped(), DAY, ticket=Ticket())


def test_headless_writes_it_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(each) for each in roster(tmp_path)]
    plain, asked = tmp_path / "果一", tmp_path / "果二"
    assert main([*files, "--out", str(plain)], today=DAY, now=NOW) == 0
    assert not (plain / "应提请未提请.xlsx").exists()
    assert main([*files, "--out", str(asked), "--documents", "应提请未提请"], today=DAY, now=NOW) == 0
    assert (asked / "应提请未提请.xlsx").exists()
    assert "应提请未提请：推算 6 人" in capsys.readouterr().out
