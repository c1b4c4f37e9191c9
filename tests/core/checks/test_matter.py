"""What many rules ask of one matter is worked out once, and never for another one."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.checks.correction.case import Episode
from app.core.checks.matter import once
from app.core.checks.persons import Dossier, Lists
from app.core.checks.why import Missing
from app.core.law.book import shipped
from app.core.people.id_number import read_id_number
from app.core.people.identity import Identity
from app.core.people.index import Someone


def matter(name: str) -> Episode:
    someone = Someone(name, Identity(name, name, frozenset(), read_id_number(""), None, ""))
    return Episode(Dossier(someone, Lists(date(2026, 1, 1), {})), shipped())


def test_an_answer_is_kept_for_its_matter_even_if_it_is_none() -> None:
    asked: list[str] = []

    @once
    def question(case: Episode) -> str | None:
        asked.append(case.dossier.someone.key)
        return None

    first, second = matter("样一"), matter("样二")
    assert [question(each) for each in (first, second, first, second)] == [None] * 4
    assert asked == ["样一", "样二"]


def test_what_is_missing_is_missing_each_time() -> None:
    @once
    def question(case: Episode) -> str:
        raise Missing("报到时间")

    case = matter("样一")
    for _ in range(2):
        with pytest.raises(Missing, match="报到时间"):
            question(case)
