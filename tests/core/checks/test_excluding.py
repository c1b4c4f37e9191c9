"""Every rule about people has innocent explanations to be excluded, and none is about a rule that is not there."""

from __future__ import annotations

import tomllib

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.excluding import PATH, questions

RULES = {rule.id for desk in PEOPLE_DESKS.values() for rule in desk.rules.all()}


def test_every_rule_has_a_question_of_its_own() -> None:
    desks = {each.partition("-")[0]: each for each in sorted(RULES)}
    general = {desk: len(questions(f"{desk}-0")) for desk in desks}
    assert {each for each in RULES if len(questions(each)) == general[each.partition("-")[0]]} == set()


def test_questions_are_about_rules_that_exist_and_stand_once() -> None:
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))["question"]
    named = [rule for each in data for rule in each["rules"] if "-" in rule]
    assert set(named) <= RULES
    assert all(len(each["rules"]) == len(set(each["rules"])) for each in data)
    assert len({each["id"] for each in data}) == len({each["ask"] for each in data}) == len(data)
    assert not questions("JX-T01")
