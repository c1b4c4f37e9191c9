"""A blank template that is filled in comes back as it was meant: its table, every column, every row, no doubt."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.core.intake.blank import FIRST_ROW, GUIDE, HEADER_ROW, READY_ROWS, blank_workbook, example, is_guide, note
from app.core.intake.declared import tables
from app.core.intake.headers import find_header
from app.core.intake.mapping import known_words, recognise
from app.core.intake.reading import TableRead, read_table
from app.core.intake.sheets import read_sheets
from app.core.intake.wanted import absent, is_key, ranked, rules_of, useful
from app.core.jobs import Ticket
from app.core.people.id_number import check_digit
from app.core.records import Field, FieldType, TableKind, show

ALL = list(tables().values())
ROWS = 3
FORMATS = {FieldType.DATE: "yyyy-mm-dd", FieldType.INTEGER: "0", FieldType.MONEY: "0.00", FieldType.DECIMAL: "0.00"}


def opened(table: TableKind) -> Workbook:
    return load_workbook(io.BytesIO(blank_workbook(table, str)))


def values(field: Field, rnd: random.Random) -> object:
    """Something a person might write into a column."""
    day = date(2020, 1, 1) + timedelta(days=rnd.randrange(2000))
    first17 = f"990000{day:%Y%m%d}{rnd.randrange(100, 999)}"
    match field.type:
        case FieldType.NAME:
            return f"测试{rnd.choice('甲乙丙丁')}{rnd.choice('一二三四')}"
        case FieldType.ID_NUMBER:
            return first17 + check_digit(first17)
        case FieldType.DATE:
            return day
        case FieldType.MONTH:
            return f"{day:%Y-%m}"
        case FieldType.CHOICE:
            return rnd.choice(list(field.choices))
        case FieldType.BOOLEAN:
            return rnd.choice(["是", "否"])
        case FieldType.INTEGER:
            return rnd.randrange(20)
        case FieldType.DECIMAL | FieldType.MONEY:
            return rnd.randrange(1, 10_000) / 4
        case FieldType.NUMBER_TEXT:
            return str(rnd.randrange(10**9, 10**10))
    return example(field)


def filled(table: TableKind, path: Path, rows: list[list[object]]) -> TableRead:
    """The template with these rows, read as an import reads it."""
    book = opened(table)
    for number, row in enumerate(rows, FIRST_ROW + 1):
        for column, value in enumerate(row, 1):
            book.worksheets[0].cell(number, column).value = value
    book.save(path)
    sheet, guide = read_sheets(path, Ticket())
    assert is_guide(guide)
    assert not is_guide(sheet)
    header = find_header(sheet, known_words())
    assert header is not None
    mapping = recognise(header, (), sheet)
    assert mapping is not None
    assert (mapping.table.id, mapping.unmapped, header.row) == (table.id, (), HEADER_ROW + 1)
    assert [each.id for each in mapping.columns.values()] == [each.id for each in table.fields]
    return read_table(sheet, header, mapping)


@pytest.mark.parametrize("table", ALL, ids=lambda each: each.id)
def test_a_filled_template_is_read_back_whole(table: TableKind, tmp_path: Path) -> None:
    rnd = random.Random(table.id)
    rows = [[values(field, rnd) for field in table.fields] for _ in range(ROWS)]
    read = filled(table, tmp_path / "表.xlsx", rows)
    assert (read.rows, len(read.records), read.rejects) == (ROWS, ROWS, ())
    for record, row in zip(read.records, rows, strict=True):
        for field, value in zip(table.fields, row, strict=True):
            cell = record.cells[field.id]
            assert cell.value is not None, (field.name, value, cell.doubt)
            # Chance puts a life sentence beside a term of years; that they differ is told.
            assert cell.doubt == "" or cell.doubt.endswith("与本栏不一致"), (field.name, value, cell.doubt)
            if isinstance(value, date | bool) or field.type in (FieldType.CHOICE, FieldType.NAME):
                assert show(cell.value) == str(value)


@pytest.mark.parametrize("table", ALL, ids=lambda each: each.id)
def test_an_empty_template_holds_no_row(table: TableKind, tmp_path: Path) -> None:
    assert filled(table, tmp_path / "表.xlsx", []).rows == 0


@pytest.mark.parametrize("table", ALL, ids=lambda each: each.id)
def test_examples_are_read_as_what_they_stand_for(table: TableKind, tmp_path: Path) -> None:
    read = filled(table, tmp_path / "表.xlsx", [[example(field) for field in table.fields]])
    assert not read.rejects
    doubts = {key: cell.doubt for key, cell in read.records[0].cells.items() if cell.value is None or cell.doubt}
    # Each example stands for itself: the one of a whole sentence is not the one of its term.
    assert {key: doubt for key, doubt in doubts.items() if not doubt.endswith("与本栏不一致")} == {}


def lists(sheet: Worksheet) -> Iterator[tuple[int, str]]:
    """Column (from 1) and words of every drop-down list."""
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            if rule.type == "list":
                yield area.min_col, rule.formula1
            assert area.min_row == FIRST_ROW + 1
            assert area.max_row == FIRST_ROW + READY_ROWS + 1


@pytest.mark.parametrize("table", ALL, ids=lambda each: each.id)
def test_every_column_explains_itself(table: TableKind) -> None:
    book = opened(table)
    sheet, guide = book.worksheets
    offered = dict(lists(sheet))
    spans = sheet.column_dimensions.values()
    formats = {column: each.number_format for each in spans for column in range(each.min, each.max + 1)}
    assert guide.title == GUIDE
    assert sheet.freeze_panes == f"C{FIRST_ROW + 1}"
    assert sheet.print_title_rows == f"${HEADER_ROW + 1}:${HEADER_ROW + 1}"
    for column, field in enumerate(table.fields, 1):
        cell = sheet.cell(HEADER_ROW + 1, column)
        assert cell.value == field.name
        assert cell.comment.text == note(field, str)
        assert example(field) in note(field, str)
        if field.choices:
            assert offered[column] == f'"{",".join(field.choices)}"'
        assert formats[column] == FORMATS.get(field.type, "@")
    assert [guide.cell(row, 2).value for row in range(5, 5 + len(table.fields))] == [
        each.name for each in ranked(table)
    ]


def test_the_note_names_the_checks_and_not_too_many() -> None:
    field = tables()["R1"].field("filed_on")
    told = note(field, lambda rule: f"〔{rule}〕")
    assert f"等{len(field.unlocks)}项" in told
    assert field.unlocks[0] in told
    assert field.unlocks[-1] not in told
    assert "必填" in note(tables()["R1"].field("name"), str)


@pytest.mark.parametrize("table", ALL, ids=lambda each: each.id)
def test_columns_are_ranked_by_what_they_unlock(table: TableKind) -> None:
    order = ranked(table)
    assert sorted(order, key=lambda each: each.id) == sorted(table.fields, key=lambda each: each.id)
    keys = [is_key(each) for each in order]
    assert keys == sorted(keys, reverse=True)
    for group in (True, False):
        counts = [len(each.unlocks) for each in order if is_key(each) is group]
        assert counts == sorted(counts, reverse=True)
    assert {rule for each in useful(table) for rule in each.unlocks} == rules_of(table)


def test_what_a_sheet_lacks_is_what_some_rule_needs() -> None:
    table = tables()["R2"]
    given = {each.id for each in table.fields} - {"served_on", "case_no"}
    assert [each.id for each in absent(table, given)] == ["served_on"]
    assert absent(table, [each.id for each in table.fields]) == ()
