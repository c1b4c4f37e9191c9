"""A length of time or a day in several columns below one label is one value of its field."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core.intake.headers import Header, find_header, header_at
from app.core.intake.mapping import ColumnMap, Remembered, choose, fingerprint, known_words, recognise
from app.core.intake.mapping_file import read_mapping_file, write_mappings
from app.core.intake.marks import CARRIED, ERROR, GARBLED
from app.core.intake.reading import read_table
from app.core.intake.sheet import Sheet
from app.core.records import CARRIED_FROM, show

SHEETS: dict[str, dict[str, Any]] = {
    each["name"]: each
    for each in tomllib.loads(Path(__file__).with_name("split.toml").read_text(encoding="utf-8"))["sheet"]
}
RULING = next(iter(SHEETS))
FLAT = "一行表头，单位在括号里"


def sheet_of(case: dict[str, Any], *, merged: bool = False) -> Sheet:
    columns = [(group, unit) for group, unit, _ in case["columns"]]
    texts = [tuple(each["texts"]) for each in case["rows"]]
    if case.get("flat"):
        return Sheet("a.xlsx", "S", [tuple(group + unit for group, unit in columns), *texts])
    first = [group if at == 0 or columns[at - 1][0] != group else "" for at, (group, _) in enumerate(columns)]
    starts = [at for at, group in enumerate(first) if group]
    ranges = [
        (0, at, 0 if columns[at][1] else 1, end - 1) for at, end in zip(starts, [*starts[1:], len(first)], strict=True)
    ]
    rows = [tuple(first), tuple(unit for _, unit in columns), *texts]
    return Sheet("a.xlsx", "S", rows, merged=ranges if merged else ())


def read_header(sheet: Sheet) -> tuple[Header, ColumnMap]:
    header = find_header(sheet, known_words())
    assert header is not None
    mapped = recognise(header, (), sheet)
    assert mapped is not None
    return header, mapped


@pytest.mark.parametrize("merged", [True, False], ids=["合并", "不合并"])
@pytest.mark.parametrize("name", SHEETS)
def test_columns_are_named_with_their_field(name: str, merged: bool) -> None:
    case = SHEETS[name]
    header, mapped = read_header(sheet_of(case, merged=merged))
    labels = {group + unit: field for group, unit, field in case["columns"]}
    assert (header.first, header.last) == (1, 1 if case.get("flat") else 2)
    assert (mapped.table.id, mapped.by_label()) == (case["table"], {key: each for key, each in labels.items() if each})
    assert mapped.unmapped == tuple(label for label, field in labels.items() if not field)
    assert {field: split.label for field, split in mapped.split.items()} == case.get("labels", {})


@pytest.mark.parametrize("name", SHEETS)
def test_the_parts_are_one_value(name: str) -> None:
    case = SHEETS[name]
    sheet = sheet_of(case)
    header, mapped = read_header(sheet)
    read = read_table(sheet, header, mapped)
    assert read.rejects == read.aside == ()
    for record, row in zip(read.records, case["rows"], strict=True):
        for field, (value, raw, *reason) in ((key, each) for key, each in row.items() if key != "texts"):
            cell = record.cells[field]
            label = case.get("labels", {}).get(field, cell.column)
            assert (show(cell.value), cell.raw, cell.column) == (value, raw, label)
            assert "".join(reason) in cell.doubt
            assert bool(reason) == bool(cell.doubt), cell


@pytest.mark.parametrize("name", [RULING, FLAT])
def test_a_confirmed_mapping_holds_again(name: str, tmp_path: Path) -> None:
    header, mapped = read_header(sheet_of(SHEETS[name]))
    path = tmp_path / "映射.json"
    path.write_bytes(write_mappings([Remembered(mapped.table.id, mapped.by_label(), fingerprint(header))]))
    again = recognise(header, read_mapping_file(path))
    assert again is not None
    assert again.reason.startswith("与以前确认过的")
    assert (again.columns, again.split, again.unmapped) == (mapped.columns, mapped.split, mapped.unmapped)
    by_hand = choose(header, mapped.table.id, {column: each.id for column, each in mapped.columns.items()})
    assert (by_hand.columns, by_hand.split) == (mapped.columns, mapped.split)


def test_a_partial_mapping_leaves_the_parts_together(tmp_path: Path) -> None:
    header, mapped = read_header(sheet_of(SHEETS[FLAT]))
    path = tmp_path / "映射.json"
    path.write_text(json.dumps({"R1": {"报请日期": "filed_on"}}), encoding="utf-8")
    again = recognise(header, read_mapping_file(path))
    assert again is not None
    assert (again.by_label(), again.split) == (mapped.by_label(), mapped.split)
    path.write_text(json.dumps({"R1": {"减刑幅度（月）": "remarks"}}), encoding="utf-8")
    other = recognise(header, read_mapping_file(path))
    assert other is not None
    assert (other.by_label()["减刑幅度（月）"], other.split) == ("remarks", {})
    assert "proposed" not in other.field_ids()


def test_parts_nobody_knows_are_put_together_by_hand() -> None:
    rows = [
        ("姓名", "报请日期", "拟办", "", ""),
        ("", "", "年", "月", "承办人"),
        ("样一", "2022-09-20", "1", "六个月", "乙"),
    ]
    sheet = Sheet("a.xlsx", "S", rows)
    header = header_at(sheet, 1, 2)
    mapped = choose(header, "R1", {0: "name", 1: "filed_on", 2: "proposed", 3: "proposed"})
    [record] = read_table(sheet, header, mapped).records
    assert (show(record["proposed"]), record.cells["proposed"].column) == ("有期徒刑一年六个月", "拟办")
    alone = choose(header, "R1", {0: "name", 1: "filed_on", 3: "proposed"})
    [record] = read_table(sheet, header, alone).records
    assert show(record["proposed"]) == "有期徒刑六个月"


def test_three_header_lines() -> None:
    rows = [
        ("案号", "姓名", "裁定日", "变更前", "", "", "本次减刑", ""),
        ("", "", "", "主刑", "剥夺政治权利", "", "", ""),
        ("", "", "", "", "终身", "年", "年", "月"),
        ("甲1号", "样一", "2022-06-03", "无期徒刑", "√", "", "", "7"),
    ]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 2, 2), (0, 3, 0, 5), (1, 3, 2, 3), (1, 4, 1, 5), (0, 6, 1, 7)]
    sheet = Sheet("a.xlsx", "S", rows, merged=merged)
    header, mapped = read_header(sheet)
    assert (header.last, mapped.table.id, mapped.unmapped) == (3, "T22", ())
    [record] = read_table(sheet, header, mapped).records
    assert show(record["deprivation_before"]) == "剥夺政治权利终身"
    assert record.cells["deprivation_before"].column == "变更前剥夺政治权利"
    assert show(record["reduced"]) == "有期徒刑七个月"


def test_both_days_of_a_range_in_three_columns_each() -> None:
    rows = [
        ("姓名", "报请日期", "拟减刑期", "", "刑期起止", "", "", "", "", ""),
        ("", "", "", "", "起", "", "", "止", "", ""),
        ("", "", "年", "月", "年", "月", "日", "年", "月", "日"),
        ("样一", "2022-09-20", "", "6", "2020", "1", "2", "2025", "1", "1"),
    ]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 1, 3), (0, 4, 0, 9), (1, 4, 1, 6), (1, 7, 1, 9)]
    sheet = Sheet("a.xlsx", "S", rows, merged=merged)
    header, mapped = read_header(sheet)
    assert (header.last, mapped.table.id, mapped.unmapped) == (3, "R1", ())
    [record] = read_table(sheet, header, mapped).records
    wanted = {"proposed": "有期徒刑六个月", "sentence_start": "2020-01-02", "sentence_end": "2025-01-01"}
    assert {field: show(record[field]) for field in wanted} == wanted
    assert {record.cells[field].column for field in wanted} == {"拟减刑期", "刑期起止起", "刑期起止止"}


@pytest.mark.parametrize(
    ("texts", "value", "doubt"),
    [
        (("", f"{CARRIED}6", ""), "有期徒刑六个月", CARRIED_FROM),
        ((f"{ERROR}#REF!", "6", ""), "", "错误值"),
        (("", f"6{GARBLED}", ""), "", "乱码"),
    ],
)
def test_what_is_marked_in_a_part_is_told_of_the_whole(texts: tuple[str, ...], value: str, doubt: str) -> None:
    sheet = sheet_of(SHEETS[FLAT])
    sheet = replace(sheet, rows=[sheet.rows[0], ("样一", "2022-09-20", *texts)])
    [record] = read_table(sheet, *read_header(sheet)).records
    assert show(record["proposed"]) == value
    assert doubt in record.cells["proposed"].doubt


def test_a_required_value_in_parts_is_refused_at_a_column_of_the_sheet() -> None:
    rows = [("罪犯编号", "姓名", "裁定日期", "", "", "减刑幅度"), ("", "", "年", "月", "日", "")]
    rows += [("9000000001", "样一", "2022", "6", "3", "六个月"), ("9000000002", "样二", "2022", "6", "", "六个月")]
    sheet = Sheet("a.xlsx", "历次减刑", rows)
    read = read_table(sheet, *read_header(sheet))
    assert [show(each["ruled_on"]) for each in read.records] == ["2022-06-03"]
    assert [(each.row, each.column, each.value) for each in read.rejects] == [(4, "裁定日期年", "2022年6月")]
