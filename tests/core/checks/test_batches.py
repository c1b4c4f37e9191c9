"""Every data case about a whole batch answers as it should, never accuses, and names no small unit."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.findings import Level, Outcome
from app.core.law.book import shipped
from tests.core.checks.batches import Case, all_batches, overview_of, records
from tests.core.checks.test_cases import WRONG

LEAST = shipped().number("batch_least", date(2026, 11, 21))
CASES = {case["id"]: case for case in all_batches()}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_batch(case: Case) -> None:
    overview = overview_of(records(case), case["as_of"])
    assert overview is not None
    told: dict[str, str] = {}
    for each in overview.verdicts:
        word = each.level if each.outcome is Outcome.FOUND else each.outcome
        text = "；".join((each.message, *each.steps, *each.missing))
        small = too_small(case)
        assert not small & {cell.raw for cell in each.evidence if each.rule != "JX-G01"}, each.rule
        assert [ward for ward in small if ward in text.replace("同一监区", "") and each.rule != "JX-G01"] == [], text
        told[each.rule] = told.get(each.rule, "") + text
        if each.rule in case["says"]:
            assert word is case["says"][each.rule], (each.rule, text)
        assert each.level in (None, Level.HINT) or (each.rule, each.level) == ("JX-K09", Level.DOUBT)
        if each.outcome is Outcome.FOUND:
            assert each.evidence, each.rule
            assert each.steps, each.rule
        if each.outcome is Outcome.NOT_EVALUATED:
            assert all(each.missing), each.rule
            few = each.missing[0].startswith("足够的")  # a larger number of cases can be asked of nobody
            assert each.holder or few, each.rule
            assert each.holder in {"监狱", "人民法院", "检察机关", ""}, each.holder
        bad = [pattern.pattern for pattern in WRONG if pattern.search(text.replace("测试", ""))]
        assert bad == [], text
    for rule, texts in case["words"].items():
        assert [each for each in texts if each not in told[rule]] == [], told[rule]
    for text in case["never"]:
        assert text not in "".join(told.values())


def too_small(case: Case) -> set[str]:
    """Wards with fewer proposals than may be spoken of (the rule on rates counts the prisoners held instead)."""
    sizes = Counter(row["监区"] for row in case["tables"]["R1"])
    return {ward for ward, count in sizes.items() if ward and count < LEAST}


def shown(rule: str) -> set[str]:
    """The sides a rule is shown from."""
    sides = set()
    for case in CASES.values():
        word = case["says"].get(rule)
        if word is Outcome.NOT_EVALUATED:
            sides.add("blind")
        elif word is not None:
            side = "hit" if isinstance(word, Level) else "clean"
            sides |= {side, f"edge {side}"} if rule in case["edge"] else {side}
    return sides


@pytest.mark.parametrize("rule", [each.id for each in BATCH_RULES.all()])
def test_every_rule_is_shown_from_all_sides(rule: str) -> None:
    assert shown(rule) == {"hit", "clean", "edge hit", "edge clean", "blind"}


def test_the_order_of_rows_does_not_matter() -> None:
    for case in CASES.values():
        rows = records(case)
        assert overview_of(rows[::-1], case["as_of"]) == overview_of(rows, case["as_of"]), case["id"]
