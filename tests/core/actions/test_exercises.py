"""The exercises: all twenty are answered from a review of the samples, and agree with what was known beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from app.core import manual
from app.core.actions.exercises import LEVELS, Answer, Exercise, answer_to, exercises
from app.core.actions.practice import fill
from app.core.checks.names import rule_names
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.paths import RESOURCES
from app.core.store.database import Store

NOW, WHO = "2026-11-21T09:00:00", "测试员"
FOLDERS = {"reduction": "减刑", "correction": "社区矫正", "deprivation": "剥夺政治权利"}
ALL = exercises()


@pytest.fixture(scope="module")
def samples() -> Iterator[Store]:
    """A store filled as the one to practise in is."""
    with Store.temporary() as store:
        fill(store, now=NOW, who=WHO, ticket=Ticket())
        yield store


def test_there_are_twenty_for_three_desks() -> None:
    assert len(ALL) == 20
    assert {each.desk for each in ALL} == set(FOLDERS)
    assert len({each.title for each in ALL}) == 20


@pytest.mark.parametrize("exercise", ALL, ids=lambda each: each.title)
def test_every_exercise_has_its_answer(samples: Store, exercise: Exercise) -> None:
    answer = answer_to(samples, exercise)
    assert answer.right
    assert answer.accepts(f" {answer.right} ")
    if answer.choices:
        assert answer.right in answer.choices
        assert len(set(answer.choices)) == len(answer.choices) > 2
        assert not any(answer.accepts(each) for each in answer.choices if each != answer.right)
    else:
        assert exercise.hint, "what is written needs a word on how to write it"
        assert not answer.accepts("别的")
    if exercise.name:
        assert samples.views.case_rows([answer.case_id])[0].name == exercise.name
        assert exercise.name in exercise.question


@pytest.mark.parametrize(
    "exercise", [each for each in ALL if each.ask in ("conclusion", "level")], ids=lambda e: e.title
)
def test_the_answers_are_those_written_before_the_program(samples: Store, exercise: Exercise) -> None:
    known = json.loads((RESOURCES / "samples" / FOLDERS[exercise.desk] / "answers.json").read_text(encoding="utf-8"))
    (one,) = (each for each in known.get("cases", known.get("expected_findings")) if each["name"] == exercise.name)
    right = answer_to(samples, exercise).right
    if exercise.ask == "conclusion":
        assert right in one.get("conclusion", [] if one["findings"] else ["未发现问题"])
        return
    found = one["findings"]
    told = found.items() if isinstance(found, dict) else [(each["rule"], "|".join(each["level"])) for each in found]
    levels = [level for rule, said in told if rule == exercise.rule for level in said.split("|")]
    assert right.partition("·")[0] in levels


def test_wrong_choices_are_real_and_pages_are_there() -> None:
    law = {f"{each.law}{each.article}" for each in shipped().provisions.values()}
    headings = {
        page.name: [heading for heading, _ in page.sections()] for each in manual.chapters() for page in each.pages
    }
    for each in ALL:
        if each.ask == "article":
            assert set(each.wrong) <= law, each.title
        if each.ask == "rule":
            assert all(f"{one.split()[0]} {rule_names()[one.split()[0]]}" == one for one in each.wrong)
        page, _, heading = each.page.partition("#")
        assert not heading or heading in headings[page], each.title
        assert page in headings


def test_without_samples_it_is_said() -> None:
    with Store.temporary() as store:
        for each in ALL:
            with pytest.raises(UserError, match="示例数据没有导入"):
                answer_to(store, each)


def test_how_an_answer_is_written_does_not_matter() -> None:
    assert Answer("2024.6.31").accepts("２０２４．６．３１")
    assert Answer("6").accepts(" 6 件")
    assert Answer("不超过六个月").accepts("不超过 六个月")
    assert not Answer("6").accepts("16")
    assert len(LEVELS) == len(set(LEVELS)) == 7
