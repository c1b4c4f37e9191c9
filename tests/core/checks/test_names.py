"""Every check has a short name of its own, and whatever a column unlocks is a check."""

from __future__ import annotations

import re

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.disagreement import COMPARED, NAMES
from app.core.checks.names import rule_names, spoken
from app.core.intake.declared import tables

LONGEST = 24


def test_every_check_that_a_column_unlocks_has_a_name() -> None:
    used = {rule for table in tables().values() for field in table.fields for rule in field.unlocks}
    assert used <= set(rule_names())
    assert used >= {rule.id for desk in PEOPLE_DESKS.values() for rule in desk.rules.all()}


def test_names_are_short_plain_and_told_apart() -> None:
    assert len(set(rule_names().values())) == len(rule_names())
    for each in rule_names().values():
        assert len(each) <= LONGEST, each
        assert not re.search(r"[A-Za-z]{2,}|[/()]", each), each


def test_what_the_lists_say_differently_has_names_too() -> None:
    assert {each.rule for each in COMPARED.values()} < set(NAMES) < set(rule_names())


def test_an_unknown_rule_is_called_by_its_id() -> None:
    assert spoken("JX-T03") == "间隔时间不足"
    assert spoken("SJ-39") == "未批准跨市县"
    assert spoken("ZZ-01") == "ZZ-01"
