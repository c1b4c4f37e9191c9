"""A mapping is remembered by its header, handed on as a file, and never gives one field twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UserError
from app.core.intake.columns import assign, words_of
from app.core.intake.declared import tables
from app.core.intake.headers import Header, find_header, header_at
from app.core.intake.mapping import ColumnMap, Remembered, apply, choose, fingerprint, known_words, match, recognise
from app.core.intake.mapping_file import read_mapping_file, write_mappings
from app.core.intake.rejects import REASON
from app.core.intake.sheet import Sheet
from app.core.intake.words import WORDS, label_key


def header_of(*labels: str) -> Header:
    return header_at(Sheet("a.xlsx", "S", [labels]), 1, 1)


USUAL = header_of("序号", "罪犯编号", "姓名", "报请日期", "提请减刑幅度", "承办人")
SPELLINGS = sorted(
    {word for table in tables().values() for each in table.fields for word in (each.name, *each.synonyms)}
)


@pytest.mark.parametrize("table_id", tables())
def test_every_word_of_a_table_names_one_field(table_id: str) -> None:
    table = tables()[table_id]
    named: dict[str, str] = {}
    for field in table.fields:
        for word in (field.name, *field.synonyms):
            assert named.setdefault(label_key(word), field.id) == field.id, word


def test_the_hints_name_fields_that_are() -> None:
    for table_id, hints in WORDS["tables"].items():
        if table_id in tables():
            assert set(hints.get("signature", ())) <= {each.id for each in tables()[table_id].fields}
    known = {each.id for table in tables().values() for each in table.fields}
    assert set(WORDS["above"]) <= known
    for each in WORDS["implied"]:
        assert label_key(each["column"]) in words_of(each["table"])
        assert each["value"] in tables()[each["table"]].field(each["field"]).choices


@pytest.mark.parametrize("table_id", tables())
def test_every_field_is_found_by_each_of_its_words_alone(table_id: str) -> None:
    for field in tables()[table_id].fields:
        for word in (field.name, *field.synonyms):
            assert words_of(table_id)[label_key(word)].field == field


@given(st.lists(st.sampled_from(SPELLINGS) | st.text("罪犯姓名刑期起止日减后裁定报请编号", max_size=8), max_size=30))
def test_no_field_is_given_twice(labels: list[str]) -> None:
    header = header_of(*labels)
    for table in tables().values():
        found = assign(header, table)
        given = [each.id for match in found.values() for each in (match.field, match.until) if each is not None]
        assert len(given) == len(set(given))


@given(st.permutations([field.name for field in tables()["R1"].fields]))
def test_the_order_of_columns_does_not_matter(labels: list[str]) -> None:
    mapped = recognise(header_of(*labels))
    assert mapped is not None
    assert (mapped.table.id, mapped.unmapped) == ("R1", ())
    assert all(field.name == labels[column] for column, field in mapped.columns.items())


@pytest.mark.parametrize(
    ("table_id", "labels", "fields"),
    [
        ("R1", ["姓名", "刑期止日", "现刑期止日", "提请减刑幅度"], {"现刑期止日": "sentence_end"}),
        ("R1", ["姓名", "现刑期止日", "刑期止日", "提请减刑幅度"], {"现刑期止日": "sentence_end"}),
        ("R1", ["姓名", "刑期止日", "提请减刑幅度"], {"刑期止日": "sentence_end"}),
        ("T02", ["姓名", "身份证号", "入矫日期", "考验期起", "司法所"], {"考验期起": "correction_start"}),
        ("T02", ["姓名", "身份证号", "入矫日期", "司法所"], {"入矫日期": "correction_start"}),
    ],
)
def test_of_two_columns_for_one_field_the_plainer_one_counts(
    table_id: str, labels: list[str], fields: dict[str, str]
) -> None:
    header = Header(1, 1, tuple(labels), tuple(labels))
    by_label = match(header, tables()[table_id]).by_label()
    assert {label: each for label, each in by_label.items() if each in fields.values()} == fields


@pytest.mark.parametrize("table_id", tables())
def test_each_table_is_recognised_by_its_own_names(table_id: str) -> None:
    mapped = recognise(header_of(*(field.name for field in tables()[table_id].fields)))
    assert mapped is not None
    assert (mapped.table.id, mapped.unmapped, mapped.lacking()) == (table_id, (), ())


def test_a_fingerprint_knows_the_header_again() -> None:
    spaced = header_of("序号", "罪犯编号 ", "姓 名", "报请时间", "提请减刑幅度（月）", "承办人", REASON)
    assert fingerprint(spaced) == fingerprint(USUAL)
    assert fingerprint(header_of("姓名", "罪犯编号", "报请日期", "提请减刑幅度", "承办人")) != fingerprint(USUAL)


def test_a_remembered_mapping_goes_first_for_its_own_header_only() -> None:
    agreed = Remembered("R1", {"姓名": "name", "承办人": "remarks"}, fingerprint(USUAL))
    mapped = recognise(USUAL, [agreed])
    assert mapped is not None
    assert mapped.by_label() == {"姓名": "name", "承办人": "remarks"}
    assert mapped.confidence == 1
    wider = header_of("罪犯编号", "姓名", "报请日期", "提请减刑幅度", "承办人", "罪名")
    again = recognise(wider, [agreed])
    assert again is not None
    assert "报请日期" in again.by_label()


def test_a_remembered_mapping_that_does_not_fit_is_passed_over() -> None:
    for other in (Remembered("R9", {}), Remembered("R1", {"没有": "name"}), Remembered("R1", {"姓名": "没有"})):
        assert apply(USUAL, other) is None


def test_a_partial_mapping_leaves_the_rest_to_be_recognised() -> None:
    mapped = apply(USUAL, Remembered("R1", {"承办人": "remarks", "报请日期": ""}, partial=True))
    assert mapped is not None
    assert mapped.by_label() == {
        "罪犯编号": "prisoner_no",
        "姓名": "name",
        "提请减刑幅度": "proposed",
        "承办人": "remarks",
    }
    assert mapped.unmapped == ("报请日期",)


def test_a_mapping_set_by_hand() -> None:
    mapped = choose(USUAL, "R1", {2: "name", 3: "sentence_start,sentence_end"})
    assert mapped.by_label() == {"姓名": "name", "报请日期": "sentence_start,sentence_end"}
    assert set(mapped.how.values()) == {"人工指定"}


def test_a_range_column_keeps_both_days_when_another_column_is_mended() -> None:
    header = header_of("姓名", "刑期起止", "甲")
    assert choose(header, "R1", {0: "name", 1: "sentence_start", 2: "filed_on"}).by_label() == {
        "姓名": "name",
        "刑期起止": "sentence_start,sentence_end",
        "甲": "filed_on",
    }
    mended = choose(header, "R1", {0: "name", 1: "sentence_start", 2: "sentence_end"})
    assert mended.by_label()["刑期起止"] == "sentence_start"


def test_what_a_mapping_lacks_is_named() -> None:
    mapped = match(header_of("罪犯编号", "罪名"), tables()["R2"])
    assert mapped.lacking() == ("姓名", "裁定日期")


def remembered(mapped: ColumnMap) -> Remembered:
    return Remembered(mapped.table.id, mapped.by_label(), fingerprint(USUAL))


def test_a_mapping_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    mapped = recognise(USUAL)
    assert mapped is not None
    path = tmp_path / "映射.json"
    path.write_bytes(write_mappings([remembered(mapped)]))
    assert read_mapping_file(path) == (remembered(mapped),)


def test_a_mapping_file_by_table_and_by_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "映射.json"
    data = {"R1": {"承办人": "备注", "报请日期": "R1.filed_on"}, "abc": {"甲": "R2.name", "乙": None}}
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    by_table, by_print = read_mapping_file(path)
    assert by_table == Remembered("R1", {"承办人": "备注", "报请日期": "filed_on"}, partial=True)
    assert by_print == Remembered("R2", {"甲": "name", "乙": ""}, "abc")
    mapped = apply(USUAL, by_table)
    assert mapped is not None
    assert mapped.by_label()["承办人"] == "remarks"


@pytest.mark.parametrize(
    "data",
    [
        "不是 JSON",
        [],
        {"mappings": {}},
        {"mappings": [{"table": "R1"}]},
        {"mappings": [{"table": "R99", "columns": {"a": "b"}}]},
        {"R1": {"姓名": "没有"}},
        {"R1": {"姓名": 3}},
        {"R1": []},
        {"abc": {"姓名": "name"}},
    ],
)
def test_a_mapping_file_that_cannot_be_used_is_said(tmp_path: Path, data: Any) -> None:
    path = tmp_path / "映射.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    with pytest.raises(UserError, match=r"(映射文件无法|不能)使用"):
        read_mapping_file(path)


def test_a_missing_mapping_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开"):
        read_mapping_file(tmp_path / "没有.json")


def test_the_header_can_be_set_by_hand() -> None:
    rows = [("姓名", "报请日期"), ("甲", "乙"), ("姓名", "报请日期"), ("样一", "2022-09-20")]
    sheet = Sheet("a.xlsx", "S", rows)
    found = find_header(sheet, known_words())
    assert found is not None
    assert found.first == 1
    assert header_at(sheet, 3, 3) == replace(found, first=3, last=3, above=("姓名", "报请日期", "甲", "乙"))
