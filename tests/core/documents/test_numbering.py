"""Document numbers printed and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.documents.numbering import Number, all_series, format_number, parse_number, pattern_faults, series

PATTERN = "{院}检{部门}减意〔{年}〕{n}号"


def test_number_has_hexagonal_brackets_and_no_padding() -> None:
    assert format_number(PATTERN, "豫东", "刑执", 2026, 7) == "豫东检刑执减意〔2026〕7号"


def test_what_the_office_has_not_said_is_visible() -> None:
    assert format_number(PATTERN, "", "", 2026, 7) == "【待填】检【待填】减意〔2026〕7号"
    assert parse_number(PATTERN, "【待填】检【待填】减意〔2026〕7号") == Number("", "", 2026, 7)


@pytest.mark.parametrize("each", all_series(), ids=lambda each: each.id)
def test_shipped_patterns_are_sound(each: object) -> None:
    pattern = series(getattr(each, "id")).pattern  # noqa: B009
    assert pattern_faults(pattern) == []
    assert parse_number(pattern, format_number(pattern, "豫东", "刑执", 2026, 12)) == Number("豫东", "刑执", 2026, 12)


def test_series_do_not_read_each_other() -> None:
    printed = {each.id: format_number(each.pattern, "豫东", "刑执", 2026, 1) for each in all_series()}
    for each in all_series():
        assert [name for name, text in printed.items() if parse_number(each.pattern, text)] == [each.id]


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("{院}检减意〔{年}〕号", "缺少“{n}”"),
        ("{院}检减意{n}号", "缺少“{年}”"),
        ("{院}检{处}〔{年}〕{n}号", "不认识的“{处}”"),
        ("{院}检〔{年}〕{n}{n}号", "只能出现一次"),
        ("{院}检({年}){n}号", "六角括号"),
        ("{院}检〔{年}〕第{n}号", "不加“第”"),
        ("{院检〔{年}〕{n}号", "不成对"),
        ("{院}检\n〔{年}〕{n}号", "不可见字符"),
        ("{}〔{年}〕{n}号", "不认识的“{}”"),
    ],
)
def test_faults_are_named(pattern: str, word: str) -> None:
    assert any(word in each for each in pattern_faults(pattern))
    with pytest.raises(ValueError, match=r"."):
        format_number(pattern, "豫东", "刑执", 2026, 1)


@pytest.mark.parametrize(("year", "n"), [(2026, 0), (26, 1), (20260, 1)])
def test_impossible_numbers_are_refused(year: int, n: int) -> None:
    with pytest.raises(ValueError, match="no number"):
        format_number(PATTERN, "豫东", "刑执", year, n)


@pytest.mark.parametrize(
    "text",
    [
        "豫东检刑执减意[2026]007号",
        "豫东检刑执减意（2026）第7号",
        " 豫东检刑执减意〔2026〕 7 号",
        "豫东检刑执减意［2026］7号",
    ],
)
def test_other_ways_of_writing_are_read(text: str) -> None:
    assert parse_number(PATTERN, text) == Number("豫东", "刑执", 2026, 7)


@pytest.mark.parametrize(
    "text", ["", "豫东检刑执假意〔2026〕7号", "豫东检刑执减意〔26〕7号", "豫东检刑执减意〔2026〕号"]
)
def test_other_numbers_are_not_read(text: str) -> None:
    assert parse_number(PATTERN, text) is None


SHORT_NAMES = st.text("豫东西南北京沪广", min_size=1, max_size=6)


@given(SHORT_NAMES, st.text("刑执监五部", max_size=4), st.integers(1900, 9999), st.integers(1, 10**9))
def test_what_is_printed_is_read_back(office: str, department: str, year: int, n: int) -> None:
    printed = format_number(PATTERN, office, department, year, n)
    assert parse_number(PATTERN, printed) == Number(office, department, year, n)
