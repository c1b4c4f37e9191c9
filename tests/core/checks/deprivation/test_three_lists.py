"""The three lists side by side: every data case, in any order of rows, and the counts of the whole."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.checks.deprivation.rolls import Presence, Roll
from app.core.checks.deprivation.three_lists import Comparison, Running, compare_lists
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.people.id_number import check_digit
from app.core.records import Record
from tests.core.checks.deskcases import Case, lists_of, records_of, spread

DESK = "deprivation"
LINES = json.loads((Path(__file__).parent / "three_lists.json").read_text(encoding="utf-8"))
CASES = {line["id"]: spread(DESK, line) for line in LINES}


def compared(case: Case, rows: list[Record] | None = None) -> Comparison:
    """What is said of one data case."""
    return compare_lists(records_of(case) if rows is None else rows, shipped(), lists_of(case), Ticket())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    found = compared(case)
    if case.get("nobody"):
        assert found.lines == ()
        return
    assert len(found.lines) == case.get("several", 1)
    line = next((each for each in found.lines if each.entries[0].presence is Presence.YES), found.lines[0])
    assert [each.presence for each in line.entries] == case["lists"]
    if "texts" in case:
        assert [each.text for each in line.entries] == case["texts"]
    if "lawful" in case:
        assert [line.since, line.until] == case["lawful"]
    for each, note in zip(line.entries, case.get("notes", ["", "", ""]), strict=True):
        assert note in each.note
    assert line.running == case.get("running", line.running)
    assert line.match == case.get("match", "M1")
    assert [each.roll.value for each in line.entries if each.presence is Presence.ABSENT] == case.get(
        "absent", [roll.value for roll, _, _ in found.absent]
    )
    if "differs" in case:
        assert [each.what for each in line.differs] == case["differs"]
    assert [words for words in case["words"] if words not in [each.text for each in line.differs]] == []
    assert all(each.cells for each in (*line.differs, *line.entries) if getattr(each, "text", "") not in ABSENT)
    expected = None if "region" in case else frozenset(each.roll for each in line.entries if each.presence == "有")
    assert line.region == expected


ABSENT = ("没有", "反映不到", "未导入")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_order_of_rows_does_not_matter(case: Case) -> None:
    rows = records_of(case)
    shuffled = random.Random(7).sample(rows, len(rows))
    assert compared(case, shuffled) == compared(case, rows)


def somebody(row: Record, number: int) -> Record:
    """The same row about somebody else."""
    first = f"1101011990{number // 28 + 1:02}{number % 28 + 1:02}001"
    cells = dict(row.cells)
    for field_id, value in (("name", f"测试{chr(0x4E00 + number)}"), ("id_number", first + check_digit(first))):
        cells[field_id] = cells[field_id]._replace(value=value, raw=value)
    return replace(row, row=number + 2, cells=cells)


def test_regions_are_counted_and_an_absent_list_has_none() -> None:
    rows = records_of(CASES["all-but-correction"])
    many = []
    for number in range(30):
        wanted = {"T01", "T19", "T20"} if number < 20 else {"T01", "T19"} if number < 27 else {"T20"}
        many += [somebody(each, number) for each in rows if each.table in wanted]
    both, court, police = (
        frozenset({Roll.COURT, Roll.POLICE}),
        frozenset({Roll.COURT}),
        frozenset({Roll.POLICE}),
    )
    case = CASES["all-but-correction"]
    found = compare_lists(many, shipped(), lists_of(case), Ticket())
    counts = {each.rolls: (each.lines, each.running) for each in found.regions()}
    assert len(counts) == 8  # seven ways to stand in three lists, and what cannot be said
    assert (counts[both], counts[court], counts[police], counts[None]) == ((20, 20), (7, 7), (3, 3), (0, 0))
    assert sum(lines for lines, _ in counts.values()) == len(found.lines) == 30
    assert [found.size(roll) for roll in Roll] == [27, 0, 23]
    without = compare_lists(many, shipped(), lists_of(CASES["roster-not-loaded"]), Ticket())
    assert without.loaded == (Roll.COURT, Roll.POLICE)
    assert [each.rolls for each in without.regions()] == [court, police, both, None]
    [(roll, tables, holder)] = without.absent
    assert (roll, tables, holder) == (Roll.JUSTICE, "《社区矫正对象名册》", "社区矫正机构")
    assert {each.running for each in found.lines} == {Running.NOW}
