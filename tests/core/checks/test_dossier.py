"""Whose rows are whose: the index answers as a look at every row would, however many people share a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks import dossier
from app.core.checks.dossier import Attached, Register, place_of, text_of, usable
from app.core.checks.reduction.review import build_cases
from app.core.findings import Person
from app.core.law.book import shipped
from app.core.people.names import compare_form
from app.core.records import Cell, Record

NAMES = st.sampled_from(["", "测试甲", "测试 甲", "测试乙"])
NUMBERS = st.sampled_from(["", "0", "自报", "11", "12", "13"])
BIRTHS = st.sampled_from([None, date(1980, 5, 6), date(1981, 5, 6)])
WHO = st.tuples(NAMES, NUMBERS, NUMBERS, BIRTHS)
DAY = date(2026, 6, 30)
Who = tuple[str, str, str, date | None]


def rows(people: Sequence[Who], table: str = "R2") -> list[Record]:
    """A row for each of these people; an empty text is a cell that is not there."""
    return [
        Record(table, "样本.xlsx", "表", place, {key: Cell(value, str(value), key) for key, value in cells if value})
        for place, (name, number, id_number, birth) in enumerate(people, 2)
        for cells in [[("name", name), ("prisoner_no", number), ("id_number", id_number), ("birth_date", birth)]]
    ]


def numbers(row: Record) -> tuple[str, str]:
    return usable(text_of(row, "prisoner_no")), usable(text_of(row, "id_number"))


def by_looking_at_every_row(table: Sequence[Record], person: Person, namesakes: int) -> Attached:
    """What the register must answer, without any index."""
    name, own = compare_form(person.name), (usable(person.prisoner_no), usable(person.id_number))
    sure, loose, doubts = [], [], []
    keyed = [row for key in own if key for row in table if key in numbers(row)]
    named = [row for row in table if compare_form(text_of(row, "name")) == name]
    named.sort(key=lambda row: bool(numbers(row)[0]))
    for row in dict.fromkeys(map(place_of, [*keyed, *named])):
        [found] = [each for each in table if place_of(each) == row]
        same = [mine == theirs for mine, theirs in zip(own, numbers(found), strict=True) if mine and theirs]
        if any(same):
            if compare_form(text_of(found, "name")) in ("", name):
                sure.append(found)
            else:
                doubts.append(f"{found.sheet}第{found.row}行编号相同但姓名为{text_of(found, 'name')}")
        elif not same:
            loose.append(found)
    if loose and namesakes > 1:
        doubts.append(f"有{namesakes}名同名人员，只凭姓名对应的记录未采用")
        loose = []
    if len({first or second for first, second in map(numbers, loose)} - {""}) > 1:
        doubts.append("有同名而编号不同的记录，无法判断哪些属于本人，未采用")
        loose = []
    return Attached((*sure, *loose), frozenset(map(place_of, loose)), "；".join(doubts))


@given(st.lists(WHO, max_size=9), WHO, st.integers(0, 3))
def test_the_index_answers_as_a_look_at_every_row(people: list[Who], who: Who, namesakes: int) -> None:
    table = rows(people)
    name, number, id_number, _ = who
    person = Person(name, id_number, number)
    assert Register.of(table).of_person(person, namesakes) == by_looking_at_every_row(table, person, namesakes)


@given(st.lists(WHO, max_size=7))
def test_proposals_are_kin_by_number_or_by_name_and_birth_without_another_identity_number(people: list[Who]) -> None:
    proposals = rows(people, "R1")
    kin = {place_of(case.proposal): set(map(place_of, case.kin)) for case in build_cases(proposals, shipped(), DAY)}
    for one, other in product(proposals, proposals):
        assert (place_of(other) in kin[place_of(one)]) == (one is not other and are_kin(one, other))


def are_kin(one: Record, other: Record) -> bool:
    same = [mine and mine == theirs for mine, theirs in zip(numbers(one), numbers(other), strict=True)]
    names = [compare_form(text_of(each, "name")) for each in (one, other)]
    births = [each["birth_date"] for each in (one, other)]
    apart = numbers(one)[1] and numbers(other)[1] and not same[1]
    return any(same) or (births[0] is not None and births[0] == births[1] and names[0] == names[1] and not apart)


def test_namesakes_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Record] = []
    keys = dossier._keys
    monkeypatch.setattr(dossier, "_keys", lambda row: looks.append(row) or keys(row))
    counts = []
    for number in (50, 100):
        looks.clear()
        people = [("测试甲", "", f"9{place}", date(1980, 5, 6)) for place in range(number)]
        build_cases([*rows(people, "R1"), *rows(people, "R2")], shipped(), DAY)
        counts.append(len(looks))
    assert 0 < counts[1] <= 2 * counts[0]
