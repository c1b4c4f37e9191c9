"""The office's own edition: what is refused and in which words, what a change does, and what an update leaves of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.core.checks
from app.core.errors import UserError
from app.core.law.book import LawBook, LawGap, lack, shipped
from app.core.law.changes import AddRow, AddVersion, EndRow, SetYear, Source, read_change, write_change
from app.core.law.edition import in_order, lay_on, lay_over
from app.core.law.edition_rows import numbers_of, words_of
from app.core.law.holidays import year_key
from app.core.law.local import locals_of

LAW = shipped()
CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("changes.toml").read_text(encoding="utf-8"))[
    "case"
]
OFFICE = {"law": "某规定", "article": "第三条", "from": "2026-01-01", "read": False}
SOUND = {
    "target": "life_minimum",
    "value": 180,
    "from": "2027-01-01",
    "to": None,
    "cite": OFFICE,
    "says": "无期徒刑实际执行不少于十五年",
    "closes": True,
}
LATER = date(2027, 1, 1)
DAYS = st.dates(date(1997, 10, 1), date(2035, 12, 31))
ROWS = st.builds(
    AddRow, st.sampled_from(["life_minimum", "notice_workdays"]), st.integers(100, 200), DAYS, st.none() | DAYS,
    st.just(Source("某规定", "第一条", date(1990, 1, 1), True)), st.just(""), st.booleans(),
)  # fmt: skip


def put(law: LawBook, *changes: dict[str, Any], kind: str = "add") -> LawBook:
    """The law with changes given by their contents."""
    return lay_over(law, [(number, kind, each) for number, each in enumerate(changes, 1)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_is_refused_and_why(case: dict[str, Any]) -> None:
    content = SOUND | case.get("set", {})
    if "words" not in case:
        assert put(LAW, content).refused == ()
        return
    with pytest.raises(UserError) as fault:
        lay_on(LAW, read_change("add", content), 1)
    assert case["words"] in fault.value.what
    assert fault.value.where == case["field"]


def test_a_new_row_ends_the_one_before_and_shows_whose_it_is() -> None:
    law = put(LAW, SOUND)
    assert law.edition == f"{LAW.edition}+本院修改1处"
    assert (law.number("life_minimum", LATER), law.number("life_minimum", LATER - timedelta(days=1))) == (180, 156)
    first, before, added = law.parameters["life_minimum"]
    assert (first.change, before.change, added.change) == (0, 1, 1)
    assert before.end == LATER - timedelta(days=1)
    provision = law.provision(added.provision)
    assert (provision.law, provision.article, provision.certainty, provision.office) == ("某规定", "第三条", "M", True)
    assert LAW.parameters["life_minimum"][1].end is None


def test_only_a_text_at_hand_is_more_than_remembered() -> None:
    law = put(LAW, SOUND | {"cite": OFFICE | {"read": True}})
    assert law.provision("OFFICE-1").certainty == "S"


def test_a_row_is_ended() -> None:
    law = put(LAW, {"target": "life_minimum", "from": "2011-05-01", "last": "2027-12-31"}, kind="end")
    assert law.number("life_minimum", date(2027, 12, 31)) == 156
    with pytest.raises(LawGap):
        law.number("life_minimum", date(2028, 1, 1))
    for start, last, words in (
        ("2011-05-01", "2011-04-30", "早于这一行的起日"),
        (None, "2012-01-01", "已经到"),
        ("2012-01-01", "2013-01-01", "没有这一行"),
    ):
        with pytest.raises(UserError, match=words):
            lay_on(LAW, read_change("end", {"target": "life_minimum", "from": start, "last": last}), 1)


def test_changes_build_on_each_other() -> None:
    law = put(LAW, SOUND, SOUND | {"value": 190, "from": "2030-01-01"})
    days = [date(2026, 12, 31), LATER, date(2029, 12, 31), date(2030, 1, 1)]
    assert [law.number("life_minimum", day) for day in days] == [156, 180, 180, 190]


def test_one_spoilt_change_leaves_its_number_as_shipped_and_the_others_in_force() -> None:
    local = SOUND | {"target": "spending_limit", "value": 300}
    law = lay_over(LAW, [(1, "add", SOUND), (2, "add", SOUND | {"from": "gone"}), (3, "add", local), (4, "add", None)])
    assert law.parameters["life_minimum"] == LAW.parameters["life_minimum"]
    assert law.number("spending_limit", LATER) == 300
    assert law.edition == f"{LAW.edition}+本院修改1处"
    assert len(law.refused) == 3
    assert all("没有采用" in each for each in law.refused)


def test_an_update_that_ends_the_row_itself_is_told() -> None:
    first, second = LAW.parameters["life_minimum"]
    new = replace(second, start=LATER, value=200)
    updated = replace(LAW, parameters={**LAW.parameters, "life_minimum": (first, replace(second, end=new.start), new)})
    law = put(updated, SOUND)
    assert law.number("life_minimum", date(2028, 1, 1)) == 200
    assert "日期重叠" in law.refused[0]


def test_the_year_of_the_office_counts() -> None:
    year = max(LAW.calendar.off) + 1
    day = next(each for each in (date(year, 3, number) for number in range(1, 8)) if each.weekday() == 0)
    holidays = {date(year, 1, 1), date(year, 10, 1), day}
    change = SetYear(year, frozenset(each for each in holidays if each.weekday() < 5), frozenset())
    assert LAW.calendar.workday_from(day) is None  # what was found before the change does not outlive it
    law = lay_on(LAW, change, 1)
    assert not law.calendar.is_workday(day)
    assert law.calendar.workday_from(day) == day + timedelta(days=1)
    assert law.calendar.is_workday(day + timedelta(days=1))
    assert year not in LAW.calendar.off


@pytest.mark.parametrize(
    ("off", "work", "where", "words"),
    [
        (["2027-01-01", "2027-10-01"], [], "", ""),
        (["2027-01-01"], [], "放假", "2027-10-01 是法定节日"),
        (["2027-01-01", "2027-10-01", "2027-10-02"], [], "放假", "星期六，本来就休息"),
        (["2027-01-01", "2027-10-01"], ["2027-10-08"], "上班", "星期五，本来就上班"),
        (["2027-01-01", "2027-10-01", "2028-10-02"], [], "放假", "不在 2027 年"),
    ],
)
def test_days_of_a_year_are_checked(off: list[str], work: list[str], where: str, words: str) -> None:
    change = read_change("year", {"target": "2027", "off": off, "work": work})
    if not words:
        assert lay_on(LAW, change, 1).calendar.off[2027] == {date(2027, 1, 1), date(2027, 10, 1)}
        return
    with pytest.raises(UserError, match=words) as fault:
        lay_on(LAW, change, 1)
    assert fault.value.where == where


VERSION = {"target": "A/strict/A4", "numbers": {"wait": 30}, "from": "2027-01-01", "cite": OFFICE, "says": ""}


def test_a_row_of_the_tables_gets_a_version_from_a_day_on() -> None:
    law = put(
        LAW, VERSION, VERSION | {"numbers": {"cap major": 10, "absolute_cap": 10}, "from": "2028-01-01"}, kind="version"
    )
    assert law.refused == ()
    assert law.edition == f"{LAW.edition}+本院修改2处"
    days = [date(2026, 12, 31), LATER, date(2027, 12, 31), date(2028, 1, 1)]
    rows = [law.row("A", "strict", day, 60) for day in days]
    assert [each.wait for each in rows] == [24, 30, 30, 30]
    assert [each.caps["major"] for each in rows] == [12, 12, 12, 10]
    assert [each.change for each in rows] == [1, 2, 2, 2]
    assert (rows[1].cites["wait"], rows[1].cites["cap"]) == ("OFFICE-1", "R16-7.1")
    assert (rows[3].cites["wait"], rows[3].cites["cap"]) == ("OFFICE-1", "OFFICE-2")
    assert law.provisions["OFFICE-2"].certainty == "M"
    assert len({each.key for each in law.rows}) == len(law.rows)


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"numbers": {"wait": 24}}, "起始时间", "没有改动"),
        ({"numbers": {"wait": 500}}, "起始时间", "相差太大"),
        ({"numbers": {"wait": 17}}, "起始时间", "会短于"),
        ({"numbers": {"interval": 6}}, "间隔时间", "会短于"),
        ({"numbers": {"cap repentance": 10, "cap merit": 10}}, "悔改至多", "会高于"),
        ({"numbers": {"cap repentance": 13}}, "悔改并立功至多", "不能低于"),
        ({"numbers": {"phantom": 3}}, "", "没有“phantom”这项数值"),
        ({"from": "2017-01-01", "cite": "R16-7.1"}, "自某日起", "没有可以接着改的数值"),
        ({"from": "2027-01-01", "cite": "CL-9999"}, "依据", "不在法律数据里"),
        ({"target": "A/strict/A99"}, "", "没有这一行"),
        ({"target": "A/ordinary/A2", "numbers": {"wait": 30}}, "起始时间", "会短于"),
        ({"target": "A/ordinary/A2", "numbers": {"cap major": 8}}, "重大立功至多", "不能低于"),
        ({"target": "B/strict/B2", "numbers": {"low merit": 265}}, "立功最短", "最短长于最长"),
        (
            {"target": "B/strict/B2", "numbers": {"low repentance_major": 260, "high repentance_major": 264}},
            "悔改并重大立功最短",
            "不能长于",
        ),
    ],
)
def test_a_version_is_checked(changed: dict[str, Any], where: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as fault:
        lay_on(LAW, read_change("version", VERSION | changed), 1)
    assert fault.value.where == where


def test_every_row_can_be_changed_and_ended() -> None:
    for row in LAW.rows:
        if row.end is not None:
            continue
        numbers = numbers_of(row)
        assert all(words_of(name) for name in numbers)
        name = "wait" if "wait" in numbers and row.group != "ordinary" else "cap repentance"
        less = {name: numbers[name] + 1} if name == "wait" else {"cap repentance": numbers.get(name, 264) - 1}
        if name in numbers:
            change = AddVersion(row.name, less, LATER, Source("某规定", "第一条", LATER, False), "")
            if row.group != "ordinary":
                law = lay_on(LAW, change, 1)
                assert numbers_of(law.row(row.table, row.group, LATER, row.band[0]))[name] == less[name]
        ended = lay_on(LAW, EndRow(row.name, row.start, date(2027, 12, 31)), 1)
        with pytest.raises(LawGap):
            ended.row(row.table, row.group, date(2028, 1, 1), row.band[0])


@given(st.lists(ROWS, max_size=6))
def test_no_list_of_changes_gives_a_day_two_numbers(changes: list[AddRow]) -> None:
    law = lay_over(LAW, [(number, *write_change(each)) for number, each in enumerate(changes, 1)])
    for name in ("life_minimum", "notice_workdays"):
        rows = in_order(law.parameters[name])
        spans = [(each.start or date.min, each.end or date.max) for each in rows]
        assert all(first <= last for first, last in spans)
        assert all(one[1] < other[0] for one, other in pairwise(spans))
        assert all(each.provision in law.provisions for each in rows)


@given(ROWS | st.builds(EndRow, st.just("life_minimum"), st.none() | DAYS, DAYS))
def test_a_change_is_read_back_as_it_was_written(change: AddRow | EndRow) -> None:
    assert read_change(*write_change(change)) == change


@pytest.mark.parametrize("cite", ["R16-7.1", Source("某规定", "第一条", LATER, True)])
def test_a_version_is_read_back_as_it_was_written(cite: str | Source) -> None:
    change = AddVersion("A/strict/A4", {"wait": 30, "cap major": 10}, LATER, cite, "大意")
    assert read_change(*write_change(change)) == change


@pytest.mark.parametrize("kind", ["add", "version", "end", "year", "other"])
@pytest.mark.parametrize("content", [{}, {"target": 1, "cite": 3, "value": 1}, {"target": "x", "off": 3, "work": []}])
def test_what_is_no_change_is_not_read(kind: str, content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="change"):
        read_change(kind, content)


def test_every_local_number_the_rules_ask_for_is_declared() -> None:
    source = "".join(each.read_text(encoding="utf-8") for each in Path(app.core.checks.__file__).parent.rglob("*.py"))
    asked = set(re.findall(r'\.local\(f?"(\w+(?:\{)?)', source)) | set(re.findall(r'_local\(why, "(\w+)"', source))
    known = locals_of(LAW)
    assert asked
    assert all(any(each.startswith(name.rstrip("{")) for each in known) for name in asked)
    assert not set(known) & set(LAW.parameters)
    assert {f"local_commendations_{row.id}" for row in LAW.rows} <= set(known)


def test_a_book_notes_what_is_read_and_what_is_not_there() -> None:
    for law in (
        LAW.noting(),
        LAW.noting(),
    ):  # the second finds what the first worked out, and notes it too
        law.calendar.workday_from(date(2026, 10, 1))
        assert law.read == {year_key(2026)}
    law = LAW.noting()
    law.number("life_minimum", date(2012, 1, 1))
    law.local("spending_limit", LATER)
    law.calendar.is_workday(LATER - timedelta(days=60))
    assert law.read == {"life_minimum@2011-05-01", lack("spending_limit"), year_key(2026)}
    assert law.noting().read == set()
