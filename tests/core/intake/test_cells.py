"""Every kind of dirt in a single cell: read, read with a doubt, or None with the reason; the raw text always stays."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.intake.cleaning import Column, Plan
from app.core.intake.declared import tables
from app.core.intake.headers import header_at
from app.core.intake.mapping import match
from app.core.intake.marks import CARRIED, CUT, ERROR, LOSSY, UNSAVED
from app.core.intake.sheet import Sheet
from app.core.records import Cell, Field, Record, show

CASES = tomllib.loads(Path(__file__).with_name("cells.toml").read_text(encoding="utf-8"))


def field_of(name: str) -> Field:
    table, _, field = name.rpartition(".")
    return tables()[table or "R1"].field(field)


def read(name: str, text: str, label: str = "", *, coded: bool = False) -> Cell:
    [cell] = Column(0, label or field_of(name).name, [field_of(name)], coded=coded).cells(text)
    return cell


@pytest.mark.parametrize(("name", "text", "value", "doubt"), CASES["cell"])
def test_cell(name: str, text: str, value: str, doubt: str) -> None:
    cell = read(name, text)
    assert (show(cell.value), cell.raw) == (value, text)
    assert doubt in cell.doubt
    assert bool(doubt) == bool(cell.doubt)


@pytest.mark.parametrize(("name", "label", "text", "value"), CASES["with_label"])
def test_unit_of_the_label(name: str, label: str, text: str, value: str) -> None:
    assert show(read(name, text, label).value) == value


@pytest.mark.parametrize("name", ["id_number", "prisoner_no"])
def test_a_number_with_lost_digits_is_never_a_number_of_a_person(name: str) -> None:
    cell = read(name, f"{LOSSY}412829197910039850")
    assert (cell.value, cell.raw) == (None, "412829197910039850")
    assert "以数字存放" in cell.doubt


def test_an_error_value_is_told() -> None:
    cell = read("filed_on", f"{ERROR}#N/A")
    assert (cell.value, cell.raw) == (None, "#N/A")
    assert "错误值" in cell.doubt


def test_a_formula_without_result_is_told() -> None:
    assert "没有保存结果" in read("amount_due", UNSAVED).doubt


def test_a_month_whose_zero_may_be_lost_is_not_guessed() -> None:
    assert "10月" in read("R4.month", f"{CUT}2022.1").doubt
    assert read("R4.month", f"{CUT}2022.1").value is None
    assert read("R4.points", f"{CUT}2022.1").value == Decimal("2022.1")


def test_a_carried_value_is_read_and_marked() -> None:
    cell = read("ward", f"{CARRIED}一监区")
    assert (cell.value, cell.raw, cell.doubt) == ("一监区", "一监区", "取自上面的单元格")


def test_codes_that_lost_their_zero_are_not_guessed() -> None:
    assert read("recidivist", "1", coded=True).value is None
    assert "01否" in read("recidivist", "2", coded=True).doubt
    assert read("recidivist", "02", coded=True).value is True


def test_one_code_with_its_zero_makes_the_others_codes_too() -> None:
    assert column_read(["01", "1", "02"]) == [False, None, True]
    assert column_read(["1", "0", "1"]) == [True, False, True]
    assert column_read(["2", "1", "1"]) == [None, None, None]
    assert column_read(["01 否", "是", "1"]) == [False, True, True]


def column_read(texts: list[str]) -> list[object]:
    rows = [("测试甲一", each) for each in texts]
    sheet = Sheet("a.xlsx", "S", [("姓名", "是否脱管"), *rows])
    mapped = match(header_at(sheet, 1, 1), tables()["T02"], sheet)
    read = Plan(mapped, sheet, rows).read(range(2, 5), rows)
    return [each["absconded"] for each in read if isinstance(each, Record)]


def test_equal_texts_share_their_cells() -> None:
    column = Column(0, "罪名", [field_of("offence")])
    assert column.cells("盗窃罪")[0] is column.cells("盗窃罪")[0]
