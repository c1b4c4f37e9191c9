"""A sheet as it is opened and printed: whole texts, readable pages, names on each, numbers that are numbers."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from app.core.findings import Evidence, Level, Outcome, Person, State, Verdict
from app.core.reports.ledger import FINDING_COLUMNS, ledger
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.rows import StoredFinding

LONG = "送交执行日之后的十二个月才能报请减刑，" * 10
NARROW = {"姓名": 10, "说明": 40}
WIDE = {"序号": 5, "姓名": 10, **{f"第{n}栏": 40 for n in range(12)}}


def opened(sheet: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(tables_workbook([sheet]))).worksheets[0]


def test_a_row_is_as_tall_as_its_longest_text() -> None:
    sheet = opened(Sheet("表", NARROW, [("样甲", "短"), ("样乙", LONG), ("样丙", "一\n二\n三")]))
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] is None
    assert heights[1] >= 14 * len(LONG) * 2 / NARROW["说明"]
    assert heights[2] >= 3 * 14


def test_no_row_is_taller_than_a_workbook_allows() -> None:
    sheet = opened(Sheet("表", NARROW, [("样甲", LONG * 40)]))
    assert sheet.row_dimensions[2].height <= 409


@pytest.mark.parametrize(("columns", "pages"), [(NARROW, 1), (WIDE, 3), (FINDING_COLUMNS, 3)])
def test_print_stays_readable_however_many_columns_there_are(columns: dict[str, int], pages: int) -> None:
    sheet = opened(Sheet("表", columns, [["一"] * len(columns)]))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (pages, 0)
    assert sheet.page_setup.pageOrder == "overThenDown"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.center.text == "&A"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


@pytest.mark.parametrize(
    ("columns", "frozen", "repeated"),
    [
        (WIDE, "C2", "$A:$B"),
        ({"规则": 9, "说明": 60, "姓名": 10}, "B2", "$A:$A"),
        ({"单位": 24, "件数": 6}, "B2", "$A:$A"),
    ],
)
def test_who_a_line_is_about_stays_in_sight_and_on_each_page(
    columns: dict[str, int], frozen: str, repeated: str
) -> None:
    sheet = opened(Sheet("表", columns, [["一"] * len(columns)]))
    assert (sheet.freeze_panes, sheet.print_title_cols) == (frozen, repeated)


def test_figures_can_be_added_up_and_numbers_of_people_stay_texts() -> None:
    columns = {"证号": 20, "件数": 6, "比例": 12}
    sheet = opened(Sheet("表", columns, [("419999198503041034", "12", "不足30件"), ("0012", "", "")], ("件数", "比例")))
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["419999198503041034", 12, "不足30件"],
        ["0012", "", ""],
    ]


def test_the_ledger_names_a_row_of_a_list_once() -> None:
    told_of = (("刑期起", "2025.3.1"), ("累犯", ""))
    cells = [Evidence("名册.xlsx", "减刑", 5, column, "", raw, "") for column, raw in told_of]
    cells.append(Evidence("奖惩.csv", "奖惩", 9, "日期", "", "2026.1.15", ""))
    verdict = Verdict("JX-T01", "减刑起始时间不足", Outcome.FOUND, (), tuple(cells), level=Level.HINT, message="须核对")
    lead = StoredFinding(
        key="甲", desk="reduction", person=Person("样甲", "", "9900000001"), case="四", unit="例县监狱",
        verdict=verdict, case_id=1, state=State.OPEN, first_seen="2026-11-21", last_seen="", current=True,
        decided_at="", decided_by="", why="",
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(ledger([lead], [])))["线索"]
    told = dict(zip(FINDING_COLUMNS, (cell.value for cell in sheet[2]), strict=True))
    assert (
        told["来源"] == "名册.xlsx《减刑》第5行 刑期起：2025.3.1；累犯：（空）\n奖惩.csv《奖惩》第9行 日期：2026.1.15"
    )
    assert (told["序号"], told["姓名"], told["罪犯编号"]) == (1, "样甲", "9900000001")
