"""The artificial people: number, name, birth date, identity number and ward given to every case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from installer.samples.reduction.case import Case, all_cases
from installer.samples.shared.days import id_number
from installer.samples.shared.names import sample_birth, sample_name

SURNAMES = "例样"
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
        born = case.born or sample_birth(index)
        found.append(Person(number, sample_name(index, SURNAMES), born, id_number(born, index), ward, case))
    return found
