"""What a list that is not loaded could explain is never a breach."""

from __future__ import annotations

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.absent_lists import shipped
from app.core.findings import Level
from tests.core.checks.deskcases import Case, all_cases, verdicts_of

OF_DESK = {desk: [(case, rule) for case in all_cases(desk) for rule in case["says"]] for desk in PEOPLE_DESKS}
ASKED = [
    (desk, case, rule, each)
    for desk, pairs in OF_DESK.items()
    for case, rule in pairs
    for each in shipped()
    if case["says"][rule][0] == Level.UNLAWFUL and rule in each.rules
]


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
        assert accused == [], (case["id"], rule, each.table)
        if any(one.level is Level.DOUBT and each.says in one.message for one in given):
            lowered.add((rule, each.table))
    rules = {rule.id for rule in PEOPLE_DESKS[desk].rules.all()}
    assert lowered == {(rule, each.table) for each in shipped() for rule in each.rules if rule in rules}


def test_the_shipped_lists_name_rules_there_are() -> None:
    known = {rule.id for desk in PEOPLE_DESKS.values() for rule in desk.rules.all()}
    assert {rule for each in shipped() for rule in each.rules} <= known
