"""What an office hands in: the ledger of advice with its shares, 一账三表, the months; and no cell starts a formula."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.core.actions.advice_ledger import ALL_UNITS, advice_ledger, ledger_sheets
from app.core.actions.decide import decide
from app.core.actions.export import export_ledger
from app.core.actions.four_tables import four_tables
from app.core.actions.office_books import matters, save_books
from app.core.actions.paper_life import enter, void
from app.core.actions.period_tables import period_tables
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.reports.tables import Sheet
from app.core.store.database import Store
from app.core.workbook import is_active
from tests.core.actions.test_actions import store as _store
from tests.core.actions.test_issue_people import THIRD, make, take
from tests.core.actions.test_people_desks import NOW, SECOND, WHO
from tests.core.checks.casefiles import spread
from tests.core.workbooks import write_book

store = _store
DAY = date(2026, 12, 31)
LATER = "2026-12-31T10:00:00"
TOLD = {"receiver": "收发室", "way": "直接送达", "adopted": "部分采纳", "level": "检察长", "name": "审批人甲"}


def go(store: Store, paper: int, name: str, day: str, said: str = "已写明", **more: str) -> None:
    enter(store, [paper], name, date.fromisoformat(day), said=said, told=TOLD | more, now=LATER, who=WHO)


def row(sheet: Sheet, place: int = 0) -> dict[str, str]:
    return dict(zip(sheet.columns, sheet.rows[place], strict=True))


def items(sheet: Sheet) -> dict[str, dict[str, str]]:
    return {each[0]: dict(zip(sheet.columns, each, strict=True)) for each in sheet.rows}


@pytest.fixture
def advice(store: Store, tmp_path: Path) -> int:
    """A document of advice on three people at one office, and a notice to it; the id of the advice."""
    ids = take(store, tmp_path / "名册.xlsx", {}, SECOND, THIRD)
    make(store, ids, ("class_advice", "notice"), tmp_path / "文书")
    return next(each.id for each in store.papers.all() if each.kind == "class_advice")


def test_a_document_of_advice_has_one_uniform_line(store: Store, advice: int) -> None:
    go(store, advice, "审批", "2026-06-30", "同意")
    go(store, advice, "送达", "2026-07-01")
    go(store, advice, "督促", "2026-09-02")
    go(store, advice, "回复", "2026-09-10", "已逐人核对")
    go(store, advice, "整改", "2026-09-20", "更正三人止日")
    found = advice_ledger(store, DAY, ticket=Ticket())
    lines, units = ledger_sheets(found)
    told = row(lines)
    assert told["受文单位"] == "样本县第一司法所"
    assert (told["涉及人员"], told["检察长审批"]) == ("3 人", "审批人甲 2026-06-30 同意")
    assert (told["送达日期"], told["送达方式"], told["签收人"]) == ("2026-07-01", "直接送达", "收发室")
    assert (told["回复期满"], told["回复日期"], told["是否按期"]) == ("2026-09-01", "2026-09-10", "否")
    assert (told["采纳情况"], told["整改情况"], told["状态"]) == ("部分采纳", "更正三人止日", "已整改")
    assert told["备注"] == "2026-09-02督促：已写明"
    assert told["主要问题"]
    assert [each.unit for each in found.units] == ["样本县第一司法所", ALL_UNITS]
    assert found.units[0].counts == (1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 0)
    assert row(units)["回复率（95%区间）"] == "不足30件，不计算"


def test_shares_are_told_from_the_least_number_on(store: Store, advice: int, monkeypatch: pytest.MonkeyPatch) -> None:
    go(store, advice, "送达", "2026-07-01")
    go(store, advice, "回复", "2026-08-10")
    assert advice_ledger(store, DAY, ticket=Ticket()).units[0].replied is None
    monkeypatch.setattr("app.core.actions.advice_ledger._least", lambda *_: 1)
    found = advice_ledger(store, DAY, ticket=Ticket())
    assert found.units[0].replied is not None
    assert found.units[0].replied.value == 1.0
    assert found.units[0].adopted is not None


def test_an_answer_is_expected_once_its_time_is_over(store: Store, advice: int) -> None:
    go(store, advice, "送达", "2026-07-01")
    for day, expected in (("2026-09-01", 0), ("2026-09-02", 1)):
        found = advice_ledger(store, date.fromisoformat(day), ticket=Ticket())
        assert found.units[0].counts[:4] == (1, 1, expected, 0)


def test_a_void_document_keeps_its_line_and_counts_nowhere(store: Store, advice: int) -> None:
    void(store, advice, "受文单位有误", now=LATER, who=WHO)
    found = advice_ledger(store, DAY, ticket=Ticket())
    lines, _ = ledger_sheets(found)
    assert (row(lines)["状态"], row(lines)["备注"]) == ("作废", "作废：受文单位有误")
    assert [each.unit for each in found.units] == [ALL_UNITS]
    assert found.units[0].counts[0] == 0


def test_the_four_tables(store: Store, advice: int) -> None:
    notice = next(each for each in store.papers.all() if each.kind == "notice")
    go(store, notice.id, "送达", "2026-07-01")
    go(store, notice.id, "报告上一级", "2026-08-01", "逾期未回复")
    people, corrected, serious, commuted = four_tables(store, ticket=Ticket())
    assert [each.title for each in (people, corrected, serious, commuted)] == [
        "监外执行罪犯台账",
        "检察纠正违法情况登记表",
        "严重违法情况登记表",
        "减刑情况登记表",
    ]
    first = row(people)
    assert (first["序号"], first["姓名"], first["监外执行种类"]) == ("1", "测试甲", "缓刑")
    assert first["监督考察起止"] == "2026-03-13至2028-03-13"
    assert "考验期止日错误（已制发）" in first["检察情况"]
    assert len(corrected.rows) == 3
    assert row(corrected)["检察纠正情况"] == f"《纠正违法通知书》{notice.number}"
    assert [row(serious)["报上级情况"], len(serious.rows)] == ["2026-08-01：逾期未回复", 1]
    assert commuted.rows == []


def test_the_months_and_the_quarters(store: Store, advice: int) -> None:
    [lead] = [each for each in store.casebook.findings() if each.state is State.OPEN]
    decide(store, lead.key, State.EXCLUDED, who=WHO, why="核对原件", now=NOW)
    go(store, advice, "送达", "2026-07-01")
    go(store, advice, "回复", "2026-08-10")
    months, quarters = period_tables(store, 2026, ticket=Ticket())
    told = items(months)
    assert told["制发：纠正违法通知书"]["6月"] == "3"
    assert (told["文书登记：送达"]["7月"], told["回复中：部分采纳"]["8月"]) == ("1", "1")
    assert (told["发现线索：社区矫正"]["6月"], told["发现线索：社区矫正"]["合计"]) == ("4", "4")
    assert told["线索核查排除"]["6月"] == "1"
    assert items(quarters)["制发：纠正违法通知书"]["二季度"] == "3"
    assert all(int(each["合计"]) == 0 for each in items(period_tables(store, 2025, ticket=Ticket())[0]).values())


def test_no_cell_of_any_workbook_starts_a_formula(store: Store, tmp_path: Path) -> None:
    bad = {"矫正机构": "+样本县第一司法所", "备注": "=cmd|'/c calc'!A1", "固定居住地": "@样本路1号"}
    ids = take(store, tmp_path / "名册.xlsx", bad)
    made = make(store, ids, ("notice",), tmp_path / "文书")
    paper = next((each for each in store.papers.all() if each.kind == "notice"), None)
    assert paper is not None, made.problems
    go(store, paper.id, "送达", "2026-07-01", receiver="=1+1")
    go(store, paper.id, "回复", "2026-07-02", '=HYPERLINK("x")')
    files = save_books(store, tmp_path / "报表", DAY, ticket=Ticket()).value
    files.append(export_ledger(store, "correction", tmp_path / "报表" / "线索台账.xlsx", ticket=Ticket()).value)
    active = 0
    for path in files:
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for cells in sheet.iter_rows() for cell in cells):
                assert cell.data_type != "f", (path.name, cell.coordinate)
                if isinstance(cell.value, str) and is_active(cell.value):
                    active += 1
                    assert cell.quotePrefix, (path.name, cell.coordinate)
    assert active


def test_the_ledger_of_leads_tells_what_became_of_the_documents(store: Store, advice: int, tmp_path: Path) -> None:
    notice = next(each for each in store.papers.all() if each.kind == "notice")
    go(store, notice.id, "送达", "2026-07-01")
    go(store, notice.id, "回复", "2026-07-09")
    path = export_ledger(store, "correction", tmp_path / "线索台账.xlsx", ticket=Ticket()).value
    head, *rows = openpyxl.load_workbook(path)["线索"].iter_rows(values_only=True)
    told = [dict(zip(head, each, strict=True)) for each in rows]
    lines = [each for each in told if notice.number in (each["文书文号"] or "")]
    assert [each["状态"] for each in lines] == ["已回复"]
    assert (lines[0]["送达日期"], lines[0]["回复日期"], lines[0]["采纳情况"]) == (
        "2026-07-01",
        "2026-07-09",
        "部分采纳",
    )
    assert [each["序号"] for each in told] == list(range(1, len(told) + 1))


def test_everything_pending_at_one_look(store: Store, advice: int) -> None:
    go(store, advice, "送达", "2026-07-01")
    shown = matters(store, DAY, ticket=Ticket())
    assert [each.what for each in shown.dues] == ["回复检察建议书"]
    assert len(shown.papers) == 4
    assert len(shown.ledger.advice) == 1


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, "已审查的未发现不符"),
        ({"悔改立功情形": ""}, "数据不全，有未能判断的事项"),
        ({"报请日期": "2019-06-01"}, "减刑起始时间不足"),
    ],
)
def test_the_register_of_commutations_never_calls_lawful_what_could_not_be_judged(
    tmp_path: Path, changed: dict[str, str], wanted: str
) -> None:
    proposals = spread({"id": "x", "base": "a3", "set": changed, "why": ""})["tables"]["R1"]
    book = write_book(tmp_path / "名册.xlsx", ("名册", proposals))
    with Store.temporary() as store:
        plans, _ = look([book], (), ticket=Ticket())
        receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
        review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
        [line] = [each for each in four_tables(store, ticket=Ticket()) if each.title == "减刑情况登记表"]
    assert (row(line)["种类"], row(line)["法定条件"]) == ("减刑", wanted)
