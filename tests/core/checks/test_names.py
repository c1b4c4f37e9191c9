"""Every check has a short name of its own, and whatever a column unlocks is a check."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from app.core.checks import names
from app.core.checks.names import rule_names, spoken
from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.findings import Gravity
from app.core.intake.declared import tables

LONGEST = 24
LISTED = set(tomllib.loads(Path(names.__file__).with_name("names.toml").read_text(encoding="utf-8")))


def test_every_check_that_a_column_unlocks_has_a_name() -> None:
    used = {rule for table in tables().values() for field in table.fields for rule in field.unlocks}
    assert used <= set(rule_names())
    assert used >= LISTED


def test_names_are_short_plain_and_told_apart() -> None:
    spoken_as = [each.name for each in rule_names().values()]
    assert len(set(spoken_as)) == len(spoken_as)
    for each in spoken_as:
        assert len(each) <= LONGEST, each
        assert not re.search(r"[A-Za-z]{2,}", each), each


def test_gravity_is_known_or_the_check_only_prompts() -> None:
    without = {each.id for each in rule_names().values() if each.gravity is None}
    assert without == {"SJ-61", "BQ-32"} | {each.id for each in BATCH_RULES.all()}
    assert rule_names()["SJ-01"].gravity is Gravity.GRAVE


def test_an_unknown_rule_is_called_by_its_id() -> None:
    assert spoken("JX-T03") == "间隔时间不足"
    assert spoken("ZZ-01") == "ZZ-01"
