"""What a list that is not loaded could explain is no breach, and what it alone could tell is not passed over."""

from __future__ import annotations

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.absent_lists import shipped
from app.core.checks.desk import unasked
from app.core.findings import Gravity, Level, Outcome
from tests.core.checks.deskcases import Case, all_cases, line, lists_of, verdicts_of
from tests.core.checks.test_whole_people import LINES, whole

OF_DESK = {desk: [(case, rule) for case in all_cases(desk) for rule in case["says"]] for desk in PEOPLE_DESKS}
ASKED = [
    (desk, case, rule, each)
    for desk, pairs in OF_DESK.items()
    for case, rule in pairs
    for each in shipped()
    if case["says"][rule][0] == Level.UNLAWFUL and rule in each.rules
]
PREFIX = {"correction": ("SJ",), "deprivation": ("BQ",)}
OPEN = (Outcome.FOUND, Outcome.NOT_EVALUATED)
UNLAWFUL = [each for each in LINES if any(words.startswith(Level.UNLAWFUL) for words in each["says"].values())]
LAWFUL = [each for each in LINES if each not in UNLAWFUL]


def without(case: Case, table: str) -> Case:
    """The case as it stands while a list is not delivered."""
    return {**case, "tables": {key: rows for key, rows in case["tables"].items() if key != table}}


@pytest.mark.parametrize("desk", PEOPLE_DESKS)
def test_a_breach_another_list_could_explain_is_a_doubt_without_it(desk: str) -> None:
    asked = [(case, rule, each) for where, case, rule, each in ASKED if where == desk]
    lowered = set()
    for case, rule, each in asked:
        review = PEOPLE_DESKS[desk].review
        given = [one for one in verdicts_of(without(case, each.table), review) if one.rule == rule]
        accused = [one for one in given if one.level is Level.UNLAWFUL and each.harm in (None, one.harm)]
        if each.told or (each.told_slight and all(one.gravity is Gravity.SLIGHT for one in accused) and accused):
            assert all(any(each.says in step for step in one.steps) for one in accused), (case["id"], rule, each.table)
            lowered |= {(rule, each.table) for _ in accused}
            continue
        assert accused == [], (case["id"], rule, each.table)
        if any(one.level is Level.DOUBT and each.says in one.message for one in given):
            lowered.add((rule, each.table))
    rules = {rule.id for rule in PEOPLE_DESKS[desk].rules.all()}
    assert lowered == {(rule, each.table) for each in shipped() for rule in each.rules if rule in rules}


@pytest.mark.parametrize("told", LAWFUL, ids=[each["id"] for each in LAWFUL])
def test_nobody_lawful_is_accused_because_a_list_is_absent(told: Case) -> None:
    case, desk = whole(told), PEOPLE_DESKS[told["desk"]]
    for table in [each for each, rows in case["tables"].items() if rows and each in desk.tables]:
        for each in verdicts_of(without(case, table), desk.review):
            accused = each.level is Level.UNLAWFUL and each.rule not in case["may"]
            assert not accused or any("没有导入" in step for step in each.steps), (table, line(each))


@pytest.mark.parametrize("told", UNLAWFUL, ids=[each["id"] for each in UNLAWFUL])
def test_what_cannot_be_seen_without_a_list_is_said_to_be_open(told: Case) -> None:
    case, desk = whole(told), PEOPLE_DESKS[told["desk"]]
    rules = {rule for rule, words in case["says"].items() if words[0] == Level.UNLAWFUL and rule[:2] in PREFIX[desk.id]}
    for table in [each for each, rows in case["tables"].items() if rows and each in desk.tables]:
        heard = {each.rule for each in verdicts_of(without(case, table), desk.review) if each.outcome in OPEN}
        lists = lists_of(without(case, table))
        heard |= {each.rule for each in unasked(desk.rules, lists, desk.begins, desk.holder)}
        begun = {rule for rule in rules if table not in desk.rules[rule].about or len(desk.rules[rule].about) > 1}
        assert begun <= heard, (table, begun - heard)


def test_the_shipped_lists_name_rules_there_are() -> None:
    known = {rule.id for desk in PEOPLE_DESKS.values() for rule in desk.rules.all()}
    assert {rule for each in shipped() for rule in each.rules} <= known
