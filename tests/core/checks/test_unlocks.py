"""What the tables declare of their columns' use is what the data cases of the rules show."""

from __future__ import annotations

from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.checks.reduction.book import RULES
from app.core.intake.declared import tables
from tests.core.checks.casefiles import all_cases
from tests.core.checks.unlocking import declared_uses, uses, uses_in, written

TO_MEND = "run: python -m tests.core.checks.unlocking --write"


def test_the_tables_declare_exactly_what_their_columns_unlock() -> None:
    found, said = uses().needed, declared_uses()
    wrong = {
        f"{table}.{field}": {"missing": sorted(needs - claims), "untrue": sorted(claims - needs)}
        for table, field in sorted({*found, *said})
        if (needs := set(found.get((table, field), ()))) != (claims := set(said.get((table, field), ())))
    }
    assert wrong == {}, TO_MEND


def test_every_rule_needs_something() -> None:
    needing = {rule for rules in declared_uses().values() for rule in rules}
    assert needing == {each.id for each in (*RULES.all(), *BATCH_RULES.all())}


def test_a_column_taken_away_is_noticed() -> None:
    case = next(each for each in all_cases() if each["id"] == "m01-cap")
    found = {(place, rule) for place, rule, lost in uses_in(case, {}) if lost}
    assert (("R1", "proposed"), "JX-M01") in found
    assert (("R1", "name"), "JX-M01") in found
    assert (("R1", "remarks"), "JX-M01") not in found


def test_declarations_are_written_in_their_place_and_nothing_else_changes() -> None:
    text = '[[field]]\nid = "a"\nname = "甲"\ntype = "text"\nunlocks = ["OLD"]\nsynonyms = ["x"]\n\n'
    text += '[[field]]\nid = "b"\nname = "乙"\ntype = "date"\nunlocks = [\n  "OLD",\n]\nrequired = true\n'
    made = written(text, {"a": ["JX-B", "JX-A"]})
    assert made == text.replace('"OLD"]', '"JX-A", "JX-B"]').replace('unlocks = [\n  "OLD",\n]\n', "")
    assert written(made, {"a": ["JX-A", "JX-B"]}) == made
    assert tables()["R1"].field("name").unlocks
