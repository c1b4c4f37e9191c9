"""The forecast and the rules agree: its day is the first on which the review finds the filing lawful."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.filing_days import CLOCKS, DECISIVE
from app.core.checks.reduction.forecast import forecasts, in_order
from app.core.checks.reduction.release import short_since
from app.core.checks.reduction.review import HOLDER, build_cases
from app.core.checks.rule import run_rule
from app.core.findings import Level, Outcome
from app.core.findings.asked_again import Chance, Forecast
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.records import Cell, Record
from app.core.sentence.terms import ONE_DAY, due
from tests.core.checks.casefiles import Case, bases, dated, law_of, records_of, spread

LAW = shipped()
FILE = Path(__file__).parent / "reduction" / "forecast.json"
LINES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
UNFILED = dict.fromkeys(
    ("报请日期", "提请减刑幅度", "减后刑期", "考核止日", "评审日期", "公示起日", "公示止日", "检察院收到日期"), ""
)
WORDS = {each.value: each for each in Chance}


def listed(line: dict[str, Any]) -> Case:
    """A line as a case nobody proposed."""
    more = {"R3": line.get("R3", [])} | {key: line[key] for key in ("R2", "R6", "R7", "R1+", "local") if key in line}
    told = {**UNFILED, **line.get("set", {})}
    return spread({"id": line["base"], "why": "", **more, "base": line["base"], "set": told})


def found(case: Case, kind: str, as_of: date, records: list[Record] | None = None) -> Forecast:
    """What the forecast says of the case's own person."""
    told = forecasts(records or records_of(case), law_of(case), as_of, Ticket())
    [own] = [each for each in told if each.kind == kind and each.person.name == case["persons"][0]["name"]]
    return own


def faults(line: dict[str, Any]) -> list[str]:
    own = found(listed(line), line["kind"], date.fromisoformat(line["as_of"]))
    told = " ".join((*own.lacking, *own.to_check, own.urgent, *own.steps, *(item for item, _ in own.missing)))
    found_faults = [f"{own.chance} 而非 {line['chance']}：{told}"] if own.chance is not WORDS[line["chance"]] else []
    for name in ("since", "certain"):
        if name in line and str(getattr(own, name) or "") != line[name]:
            found_faults.append(f"{name} {getattr(own, name)} 而非 {line[name]}：{told}")
    if "most" in line and own.most != line["most"]:
        found_faults.append(f"本次最多 {own.most}")
    found_faults += [f"没有说 {each}：{told}" for each in line.get("says", []) if each not in told]
    found_faults += [f"不应说 {each}" for each in line.get("never", []) if each in told]
    return found_faults


@pytest.mark.parametrize("line", LINES, ids=[each["id"] for each in LINES])
def test_written_from_the_law(line: dict[str, Any]) -> None:
    assert not faults(line), line["why"]


def test_a_wrong_expectation_is_seen() -> None:
    assert faults({**LINES[0], "certain": "1999-01-01"})


# Of whom no day can be reckoned, with the reason; everybody else is asked.
NO_DAY = {
    "common": "is nobody",
    "detention": "管制、拘役的起始时间可以适当缩短，没有数值",
    "control": "管制、拘役的起始时间可以适当缩短，没有数值",
    "death": "is asked for the change to life, whose day is the end of the suspension",
}
BASES = [each for each in bases() if each not in NO_DAY]


def lawful(case: Case, kind: str, as_of: date, filed: date) -> bool:
    """Whether every clock of the review answers lawful, or does not apply, to a filing on that day."""
    shape = {**case["tables"]["R1"][0], "报请日期": str(filed), "提请类型": kind}
    asked = {**case, "tables": {**case["tables"], "R1": [dated(shape, shape)]}}
    reduction = build_cases(records_of(asked), LAW, as_of)[0]
    fine = (Outcome.LAWFUL, Outcome.NOT_APPLICABLE)
    for rule in CLOCKS[kind]:
        for each in run_rule(RULES[rule], reduction, LAW, as_of, weak=frozenset(), holder=HOLDER):
            if each.outcome not in fine and (rule in DECISIVE or each.outcome is Outcome.FOUND):
                return False
    return True


@pytest.mark.parametrize("kind", ["减刑", "假释"])
@settings(max_examples=60)
@given(base=st.sampled_from(BASES), days=st.integers(-900, 900), shift=st.integers(0, 40))
def test_the_day_is_the_first_the_review_finds_lawful(kind: str, base: str, days: int, shift: int) -> None:
    filed = date.fromisoformat(bases()[base]["R1"]["报请日期"])
    moved = filed_moved(base, shift)
    case = listed({"base": base, "set": moved, "R3": []})
    as_of = filed + timedelta(days=days)
    own = found(case, kind, as_of)
    if own.chance not in (Chance.NOW, Chance.LATER, Chance.OPEN) or own.certain is None:
        return
    assert lawful(case, kind, as_of, own.certain)
    # The same day must come out whatever day is taken as today: no earlier one since then was lawful.
    if own.chance is Chance.NOW:
        assert own.certain <= as_of
        assert lawful(case, kind, as_of, as_of)
        earlier = [own.certain - timedelta(days=each) for each in (1, 2, 3, 30)]
    else:
        assert own.certain > as_of
        span = (own.certain - as_of).days
        earlier = [as_of + timedelta(days=each) for each in {0, span // 3, span // 2, span - 3, span - 2, span - 1}]
    begin = max(date.fromisoformat(case["tables"]["R1"][0]["送交执行日期"]), date(2017, 1, 1), _last(case))
    tried = [each for each in earlier if begin <= each < own.certain]
    assert not [each for each in tried if lawful(case, kind, as_of, each)]


def filed_moved(base: str, shift: int) -> dict[str, str]:
    """The day of delivery some days later, so that month ends are met."""
    delivered = date.fromisoformat(bases()[base]["R1"]["送交执行日期"]) + timedelta(days=shift)
    return {"送交执行日期": str(delivered)}


def _last(case: Case) -> date:
    rows = [each for each in case["tables"].get("R2", []) if each["姓名"] != "旁人乙"]
    return max((date.fromisoformat(each["送达日期"]) for each in rows), default=date.min)


MERITS = ["确有悔改表现", "立功", "确有悔改表现并有立功表现", "重大立功", "确有悔改表现并有重大立功表现"]
NEVER = date.max


@settings(max_examples=40)
@given(base=st.sampled_from(BASES), days=st.integers(-900, 400), less=st.integers(0, 4), more=st.integers(0, 4))
def test_more_merit_is_never_later(base: str, days: int, less: int, more: int) -> None:
    less, more = sorted((less, more))
    as_of = date.fromisoformat(bases()[base]["R1"]["报请日期"]) + timedelta(days=days)
    first, second = (
        found(listed({"base": base, "set": {"悔改立功情形": MERITS[each]}, "R3": []}), "减刑", as_of)
        for each in (less, more)
    )
    if first.certain is not None:
        assert (second.certain or NEVER) <= first.certain
    if first.since is not None:
        assert (second.since or NEVER) <= first.since


@settings(max_examples=40)
@given(
    base=st.sampled_from(["a1", "a1_later", "a2", "a2_later", "a3", "a3_later", "b1", "c1", "d1", "d3", "parole"]),
    days=st.integers(-900, 400),
    kind=st.sampled_from(["减刑", "假释"]),
)
def test_a_strict_class_is_never_earlier(base: str, days: int, kind: str) -> None:
    as_of = date.fromisoformat(bases()[base]["R1"]["报请日期"]) + timedelta(days=days)
    usual, strict = (
        found(listed({"base": base, "set": {"累犯": word}, "R3": []}), kind, as_of) for word in ("否", "是")
    )
    if strict.certain is not None:
        assert usual.certain is not None
        assert usual.certain <= strict.certain


def test_nothing_is_called_unlawful_and_order_puts_the_held_first() -> None:
    told = []
    for number, base in enumerate(("a1", "a3", "b1", "short")):
        case = listed(
            {
                "base": base,
                "set": {"姓名": f"样例{number}", "罪犯编号": f"99000010{number:02d}", "身份证号码": ""},
                "R3": [],
            }
        )
        told += [replace(each, file=f"{number}{each.file}") for each in records_of(case)]
    listing = in_order(forecasts(told, LAW, date(2026, 1, 20), Ticket()))
    assert str(Level.UNLAWFUL) not in "".join(str(each) for each in listing)
    assert listing[0].urgent
    ranks = [each.rank for each in listing]
    assert ranks == sorted(ranks)
    # Everybody once a kind, those who stand in other lists only too.
    assert len(listing) == 2 * (4 + 1)
    shuffled = in_order(forecasts(reversed(told), LAW, date(2026, 1, 20), Ticket()))
    assert {(each.person.name, each.kind, each.chance, each.certain) for each in shuffled} == {
        (each.person.name, each.kind, each.chance, each.certain) for each in listing
    }


@settings(max_examples=200)
@given(end=st.dates(date(2017, 1, 1), date(2050, 12, 31)), months=st.integers(1, 36))
def test_less_than_some_months_are_left_from_a_day_on_and_not_before(end: date, months: int) -> None:
    day = short_since(end, months)
    assert due(day, months).late > end + ONE_DAY
    assert due(day - ONE_DAY, months).late <= end + ONE_DAY


def test_who_stands_in_the_list_of_releases_only_is_asked_too() -> None:
    cells = {
        "name": "测试甲一", "prisoner_no": "9900000009", "current_end": date(2027, 1, 9),
        "released_on": date(2027, 1, 9),
    }  # fmt: skip
    row = Record("T19", "释放.xlsx", "表", 2, {key: Cell(value, str(value), key) for key, value in cells.items()})
    told = list(forecasts([row], LAW, date(2026, 11, 21), Ticket()))
    assert [each.chance for each in told] == [Chance.UNKNOWN, Chance.UNKNOWN]
    assert {each.end for each in told} == {date(2027, 1, 9)}
    gone = list(forecasts([row], LAW, date(2027, 1, 9), Ticket()))
    assert [each.chance for each in gone] == [Chance.OVER, Chance.OVER]
