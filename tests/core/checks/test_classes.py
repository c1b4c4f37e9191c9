"""Three people with the same breach at one unit become one lead about the unit."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.checks.correction.review import review
from app.core.checks.desk import findings_of
from app.core.checks.persons import Lists
from app.core.findings import Level, Outcome
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.records import Cell, Record
from app.core.values import Sentence, SentenceKind, Term

DAY = date(2026, 6, 30)
NUMBERS = ("110101199001010015", "110101198505050012", "11010119900307889X", "110101199003071196")


def roster(place: int, end: date, unit: str = "样本县第一司法所") -> Record:
    """Somebody on probation of one year from 2026-03-13, whose right last day is 2027-03-12."""
    values = {
        "name": f"测试甲{'一二三四'[place]}",
        "id_number": NUMBERS[place],
        "correction_kind": "缓刑",
        "correction_office": unit,
        "probation": Term(1),
        "correction_start": date(2026, 3, 13),
        "correction_end": end,
        "status": "在矫",
    }
    cells = {key: Cell(value, str(value), key) for key, value in values.items()}
    return Record("T02", "名册.xlsx", "表", place + 2, cells)


def judged(place: int, court: str) -> Record:
    """The judgment of the same person, of which nobody received a document."""
    values = {
        "name": f"测试甲{'一二三四'[place]}",
        "id_number": NUMBERS[place],
        "court": court,
        "case_no": f"（2026）样0001刑初{place + 1}号",
        "judged_on": date(2026, 3, 1),
        "served_on": date(2026, 3, 2),
        "effective_on": date(2026, 3, 13),
        "sentence": Sentence(SentenceKind.FIXED_TERM, Term(1)),
        "probation": Term(1),
        "execution_place": "样本县",
    }
    cells = {key: Cell(value, str(value), key) for key, value in values.items()}
    return Record("T01", "裁判.xlsx", "表", place + 2, cells)


def leads(rows: list[Record], *lists: str, whose: str = "") -> list[tuple[str, str, str]]:
    """The leads about units: rule, unit and message; `whose` is whose list the judgments stand in."""
    loaded = Lists(DAY, dict.fromkeys(("T02", *lists), DAY), units={("裁判.xlsx", "表"): whose})
    told = review(rows, shipped(), loaded, Ticket())
    verdicts = [(one.review, each) for one in told if one.key.startswith("类案|") for each in one.review.verdicts]
    assert all(each.level is Level.HINT and each.outcome is Outcome.FOUND for _, each in verdicts)
    return [(each.rule, one.unit, each.message) for one, each in verdicts]


WRONG = date(2027, 3, 20)
RIGHT = date(2027, 3, 12)


def test_three_people_are_a_class() -> None:
    found = [each for each in leads([roster(place, WRONG) for place in range(3)]) if each[0] == "SJ-20"]
    assert len(found) == 1
    assert found[0][1] == "样本县第一司法所"
    assert "3 人" in found[0][2]
    assert all(each in found[0][2] for each in ("测试甲一", "测试甲二", "测试甲三"))


FEWER = {
    "two": [roster(0, WRONG), roster(1, WRONG)],
    "one right": [roster(0, WRONG), roster(1, WRONG), roster(2, RIGHT)],
    "one elsewhere": [roster(0, WRONG), roster(1, WRONG), roster(2, WRONG, "样本县第二司法所")],
}


@pytest.mark.parametrize("rows", FEWER.values(), ids=FEWER)
def test_fewer_or_elsewhere_is_none(rows: list[Record]) -> None:
    assert [each for each in leads(rows) if each[0] == "SJ-20"] == []


def served_by(*courts: str, whose: str = "") -> list[tuple[str, str]]:
    """Rule and unit of the leads about three people of one office, whose courts delivered nothing."""
    places = zip((0, 2, 3), courts, strict=True)  # the second number is not sound
    rows = [each for place, court in places for each in (roster(place, RIGHT), judged(place, court))]
    return [(rule, unit) for rule, unit, _ in leads(rows, "T01", "T04", "T05", whose=whose)]


def test_what_a_court_did_not_deliver_is_no_class_at_the_office_of_correction() -> None:
    assert served_by(*["样本县人民法院"] * 3) == [("SJ-07", "样本县人民法院"), ("SJ-08", "样本县人民法院")]


def test_courts_that_differ_or_are_not_named_are_no_class() -> None:
    assert served_by("样本县人民法院", "样本县人民法院", "例县人民法院") == []
    assert served_by("", "", "") == []


def test_the_court_may_be_named_by_its_list_alone() -> None:
    assert served_by("", "", "", whose="样本县人民法院") == [("SJ-07", "样本县人民法院")]  # SJ-08 asks for the column
    assert served_by("", "", "", whose="样本县司法局") == []


def test_a_finding_is_about_the_office_that_answers_for_it() -> None:
    told = review(
        [roster(0, RIGHT), judged(0, "样本县人民法院")],
        shipped(),
        Lists(DAY, dict.fromkeys(("T01", "T02", "T04", "T05"), DAY)),
        Ticket(),
    )
    units = {each.verdict.rule: each.unit for one in told for each in findings_of("correction", one.review)}
    assert units["SJ-07"] == "样本县人民法院"
