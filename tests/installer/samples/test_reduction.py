"""The committed samples are what the script makes; their people are artificial; their answers are complete."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from installer.answers import load_answers
from installer.samples.__main__ import FOLDER as SAMPLES
from installer.samples.__main__ import REDUCTION
from installer.samples.reduction.answers import write
from installer.samples.reduction.books import AWARDS, LIST, PROPERTY, RULINGS
from installer.samples.reduction.case import all_cases, read_cases
from installer.samples.reduction.notation import COLUMNS
from installer.samples.reduction.people import people
from installer.samples.shared.days import Months, in_chinese, last_day, later, month_end, write_day, write_term
from installer.samples.shared.names import BRANCHES, STEMS

FOLDER = SAMPLES / REDUCTION
CASES = 79
WITHOUT_BREACH = 53
SEEDED = {
    "违法": [
        *("JX-T01", "JX-T02", "JX-T03", "JX-T04", "JX-T05", "JX-T11", "JX-M01", "JX-M02", "JX-M03", "JX-M06", "JX-M07"),
        *("JX-M10", "JX-S01", "JX-S02", "JX-S05", "JX-P01", "JX-P02", "JX-P03", "JX-F02", "JX-F04", "JX-K03", "JX-R01"),
        *("JX-D09", "JX-J04"),
    ],
    "存疑": ["JX-T01", "JX-T05", "JX-T10", "JX-S03", "JX-D03", "JX-D06"],
    "数据": ["JX-D01", "JX-D02", "JX-D03", "JX-D04", "JX-D05", "JX-D07", "JX-D08", "JX-D10"],
    "提示": ["JX-T06", "JX-R03", "JX-R08"],
}
CONCLUSIONS = {"同意提请", "建议不予提请", "建议调整幅度", "需调查核实", "不能判断"}
WEIGHTS = [2 ** (17 - place) % 11 for place in range(18)]


def sheets(file: Path) -> dict[str, tuple[list[list[Any]], Any]]:
    """Cells and merged ranges of every sheet."""
    book = CalamineWorkbook.from_path(str(file))
    named = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    return {name: (sheet.to_python(), sheet.merged_cell_ranges) for name, sheet in named.items()}


def number_is_sound(number: str) -> bool:
    """GB 11643: the weighted digits, the last one included, leave 1 when divided by 11."""
    digits = [10 if each == "X" else int(each) for each in number]
    return sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11 == 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("减刑")
    write(folder)
    return folder


@pytest.mark.parametrize("name", ["answers.json", AWARDS])
def test_script_makes_the_committed_texts(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", [LIST, RULINGS, PROPERTY])
def test_script_makes_the_committed_cells(made: Path, name: str) -> None:
    assert sheets(made / name) == sheets(FOLDER / name)


def test_nothing_else_can_be_taken_for_a_table() -> None:
    names = {each.name for each in FOLDER.iterdir()}
    assert names == {LIST, RULINGS, AWARDS, PROPERTY, "answers.json", "说明.md"}


def test_every_row_has_an_answer() -> None:
    rows, merged = sheets(FOLDER / LIST)["名册"]
    numbers = [str(row[2]).removesuffix(".0") for row in rows if isinstance(row[0], float)]
    answers = load_answers(FOLDER)
    assert answers.as_of == "2026-11-21"
    assert len(numbers) == CASES
    assert sorted(numbers) == sorted(case["prisoner_no"] for case in answers.cases)
    assert len(merged) > len(COLUMNS) / 2


def test_list_has_title_totals_and_footer() -> None:
    first = [row[0] for row in sheets(FOLDER / LIST)["名册"][0] if isinstance(row[0], str) and row[0]]
    assert "案件名册" in first[0]
    assert first[1].startswith("填报单位")
    assert Counter(first)["小计"] == 5
    assert first[-2:] == ["合计", "制表人：例一"]


def test_dates_stand_in_every_notation() -> None:
    rows = sheets(FOLDER / LIST)["名册"][0]
    born = [row[5] for row in rows if isinstance(row[0], float)]
    assert sum(isinstance(each, date) for each in born) > 10
    for pattern in (r"\d{4}-\d\d-\d\d", r"\d{4}\.\d{1,2}\.\d{1,2}", r"\d{4}年\d{1,2}月\d{1,2}日", r"\d{8}"):
        assert any(re.fullmatch(pattern, str(each)) for each in born if isinstance(each, str)), pattern


def test_awards_are_not_utf_8() -> None:
    data = (FOLDER / AWARDS).read_bytes()
    assert "罪犯编号" in data.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_people_are_plainly_artificial() -> None:
    for person in people():
        assert re.fullmatch(f"[例样][{STEMS}][{BRANCHES}]", person.name)
        assert person.id_number.startswith("419999")
        assert number_is_sound(person.id_number)
        assert person.id_number[6:14] == f"{person.born:%Y%m%d}"
        assert int(person.id_number[16]) % 2 == 1
        crime = person.case.crime or person.case.began
        assert 16 <= (crime - person.born).days / 365.2425 < 75
    assert len({each.number for each in people()}) == CASES
    assert len({each.id_number for each in people()}) == CASES - 1  # one person is sent in twice


def test_the_number_check_can_fail() -> None:
    number = people()[0].id_number
    assert not number_is_sound(number[:-1] + ("0" if number[-1] != "0" else "1"))
    assert not number_is_sound(number[:10] + number[11] + number[10] + number[12:])


def test_every_rule_family_is_seeded() -> None:
    found = {(rule, level) for case in all_cases() for rule, level in case.findings.items()}
    assert {(rule, level) for level, rules in SEEDED.items() for rule in rules} == found


def test_answers_agree_with_themselves() -> None:
    cases = load_answers(FOLDER).cases
    assert sum(not case["only_unlawful"] for case in cases) == WITHOUT_BREACH
    for case in cases:
        unlawful = {rule for rule, level in case["findings"].items() if level == "违法"}
        assert unlawful == set(case["only_unlawful"]), case["name"]
        assert not set(case["must_not"]) & set(case["findings"]), case["name"]
        assert case["conclusion"]
        assert set(case["conclusion"]) <= CONCLUSIONS
        assert case["why"]


def test_what_is_unlawful_is_never_agreed_to() -> None:
    for case in load_answers(FOLDER).cases:
        levels = set(case["findings"].values())
        if levels & {"违法", "存疑"}:
            assert "同意提请" not in case["conclusion"], case["name"]
        if {"建议不予提请", "建议调整幅度"} & set(case["conclusion"]):
            assert case["only_unlawful"], case["name"]


def test_an_unknown_key_in_a_case_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('[[case]]\nwhy = "x"\nmistake = 1\n', encoding="utf-8")
    with pytest.raises(TypeError, match="mistake"):
        read_cases(file)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2016, 5, 5), 126, date(2026, 11, 4)),
        (date(2021, 11, 6), 36, date(2024, 11, 5)),
        (date(2013, 4, 25), 231, date(2032, 7, 24)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
    ],
)
def test_terms_end_on_the_eve(start: date, months: int, end: date) -> None:
    assert last_day(start, months) == end


def test_small_sums_and_words() -> None:
    assert later(date(2016, 7, 19), -9) == date(2015, 10, 19)
    assert later(date(2024, 8, 31), -6) == date(2024, 2, 29)
    assert month_end(date(2026, 2, 1)) == date(2026, 2, 28)
    assert [in_chinese(each) for each in (0, 7, 10, 19, 20, 25)] == ["零", "七", "十", "十九", "二十", "二十五"]
    written = [write_term(Months(42), notation) for notation in ("words", "figures", "code")]
    assert written == ["三年六个月", "3年6个月", "03_06_00"]
    days = [write_day(date(2022, 6, 3), notation) for notation in ("iso", "dotted", "chinese", "compact")]
    assert days == ["2022-06-03", "2022.6.3", "2022年6月3日", "20220603"]


def test_answers_file_is_one_sheet_and_one_case_a_line() -> None:
    lines = (FOLDER / "answers.json").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line.removesuffix(",")) for line in lines if line.startswith('{"') and "as_of" not in line]
    assert [each["rows"] for each in entries if "table" in each] == [CASES, 52, 445, 30, 3]
    assert sum("prisoner_no" in each for each in entries) == CASES
