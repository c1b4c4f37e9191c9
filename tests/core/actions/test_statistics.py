"""The figures of the statistics page: small units are not named, every review keeps what its rules gave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from app.core.actions.dues import dues
from app.core.actions.figure_words import spans
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.statistics import fate, figure_sheets, figures, save_figures
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.workbooks import proposals

DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "测试员"
BIG, SMALL = "大例监狱", "小例监狱"


def people(count: int, prison: str, first: int, **words: str) -> list[dict[str, str]]:
    return [{"罪犯编号": f"{first + n}", "姓名": f"测试{n}", "监狱": prison, **words} for n in range(count)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.temporary() as opened:
        early = {"报请日期": "2022-04-13"}
        rows = [
            *people(30, BIG, 9000000100),
            *people(4, BIG, 9000000200, **early),
            *people(3, SMALL, 9000000300, **early),
        ]
        plans, _ = look([proposals(tmp_path / "a.xlsx", *rows)], ticket=Ticket())
        receive(opened, plans, now=NOW, who=WHO, ticket=Ticket())
        review(opened, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
        yield opened


def test_every_review_keeps_what_its_rules_gave(store: Store) -> None:
    review(store, shipped(), "reduction", DAY, now="2026-11-22T09:00:00", who=WHO, ticket=Ticket())
    every = store.statistics.yields()
    assert {each.made_at[:10] for each in every} == {"2026-11-21", "2026-11-22"}
    [last] = [each for each in store.statistics.yields(newest=True) if each.rule == "JX-T01"]
    assert (last.cases, last.asked, last.found, last.edition) == (37, 37, 7, shipped().edition)


def test_a_small_unit_is_counted_but_not_named(store: Store) -> None:
    shown = figures(store, DAY, ticket=Ticket())
    assert [(each.unit, each.cases, each.flagged) for each in shown.units] == [
        (BIG, 34, 4),
        ("不足 30 件的单位（合计 1 个）", 3, 3),
    ]
    big, small = shown.units
    assert big.share is not None
    assert small.share is None
    assert SMALL not in "".join(text for sheet in figure_sheets(shown) for row in sheet.rows for text in row)


def test_what_falls_due_and_the_months_of_units_are_counted(store: Store) -> None:
    shown = figures(store, DAY, ticket=Ticket())
    assert shown.trend_months == ("2026-11",)
    assert [unit for unit, _ in shown.trend] == [BIG]
    assert sum(ours + others for _, ours, others in shown.ahead) == len(dues(store, DAY, ticket=Ticket()))


def test_stretches_of_time_do_not_overlap() -> None:
    lines = [SimpleNamespace(left=left, ours=left % 2 == 0) for left in (-400, -1, 0, 7, 8, 15, 16, 30, 31, 60, 61)]
    assert [ours + others for _, ours, others in spans(lines)] == [2, 2, 2, 2, 2, 1]
    assert spans([]) == ()


def test_a_yield_is_told_from_thirty_decisions_on(store: Store) -> None:
    shown = figures(store, DAY, "reduction", ticket=Ticket())
    [line] = [each for each in shown.rules if each.rule == "JX-T01"]
    assert (line.found, line.open, line.confirmed, line.share) == (7, 7, 0, None)
    assert shipped().edition in line.version


def test_a_desk_without_cases_has_empty_figures(store: Store) -> None:
    shown = figures(store, DAY, "correction", ticket=Ticket())
    assert (shown.cases, shown.units, shown.rules, shown.months) == (0, (), (), ())


@pytest.mark.parametrize(
    ("state", "word"),
    [("待核查", "open"), ("核查中", "open"), ("排除", "excluded"), ("属实", "confirmed"), ("已制发", "confirmed")],
)
def test_every_state_has_a_fate(state: str, word: str) -> None:
    assert fate(state) == word


def test_the_workbook_has_a_table_for_every_chart(store: Store, tmp_path: Path) -> None:
    save_figures(figures(store, DAY, ticket=Ticket()), tmp_path / "统计.xlsx")
    book = openpyxl.load_workbook(tmp_path / "统计.xlsx")
    assert book.sheetnames == ["按单位", "按种类", "按月份", "规则成效", "办理状态", "待办期限", "各单位逐月"]
    assert book["按单位"]["A2"].value == BIG
