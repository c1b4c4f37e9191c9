"""The artificial people: number, name, birth date, identity number and ward given to every case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from installer.samples.case import Case, all_cases
from installer.samples.days import id_number

# Names of the sixty-year cycle behind the surnames 例 and 样: nobody is called that.
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = 60
WARDS = ("一监区", "二监区", "三监区", "四监区", "五监区")
FIRST_NUMBER = 9_926_040_001
# Spreads the cases over the wards, so that no ward holds only one kind.
STRIDE = 3


@dataclass(frozen=True)
class Person:
    """A case with the artificial person it is about."""

    number: str
    name: str
    born: date
    id_number: str
    ward: str
    case: Case


def people(cases: Sequence[Case] = ()) -> list[Person]:
    """Every case (of the shipped ones when none are given) with its person."""
    found: list[Person] = []
    for index, case in enumerate(cases or all_cases()):
        number, ward = str(FIRST_NUMBER + index), WARDS[index * STRIDE % len(WARDS)]
        if case.again:
            found.append(replace(found[-1], number=number, ward=ward, case=case))
            continue
        born = case.born or _born(index)
        found.append(Person(number, _name(index), born, id_number(born, index), ward, case))
    return found


def _name(index: int) -> str:
    surname = "例" if index < CYCLE else "样"
    return surname + STEMS[index % len(STEMS)] + BRANCHES[index % len(BRANCHES)]


def _born(index: int) -> date:
    """Between 1965 and 1987: of age at every crime of the batch, and below sixty-five."""
    return date(1965 + index * 7 % 23, index * 5 % 12 + 1, index * 11 % 28 + 1)
