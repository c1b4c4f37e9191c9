"""Every data case of the reduction rules answers as the law's text says, and every rule is shown from all its sides."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from app.core.checks.reduction.book import RULES
from app.core.findings import CaseReview, Conclusion, Level, Outcome
from tests.core.checks.casefiles import Case, all_cases, answers, bases, faults, review_of, spread

CASES = {case["id"]: case for case in all_cases()}
HIT, CLEAN, EDGE_HIT, EDGE_CLEAN, BLIND = "hit", "clean", "edge, hit", "edge, clean", "not evaluated"
SIDES = (HIT, CLEAN, EDGE_HIT, EDGE_CLEAN, BLIND)

# Sides that cannot be shown, and why.
WITHOUT = {
    "JX-D01": ({BLIND}, "what is missing is itself the finding"),
    "JX-D02": ({BLIND}, "the proposal itself is all it needs"),
    "JX-D04": ({BLIND}, "a date that cannot be read is itself the finding"),
    "JX-D05": ({BLIND}, "dates that are missing are not compared; JX-D01 names them"),
    "JX-D06": (set(), ""),
    "JX-S05": ({EDGE_HIT, EDGE_CLEAN}, "a yes or no without a number"),
    "JX-T13": ({EDGE_HIT, EDGE_CLEAN}, "a yes or no without a number"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    assert faults(case, review_of(case)) == []


def test_ids_are_unique() -> None:
    assert len(CASES) == len(all_cases())


def test_every_case_names_known_rules_and_says_why() -> None:
    known = {each.id for each in RULES.all()}
    for case in CASES.values():
        assert set(case["says"]) | set(case["words"]) <= known, case["id"]
        assert set(case["edge"]) <= set(case["says"]), case["id"]
        assert len(case["why"]) > 1


def shown() -> dict[str, set[str]]:
    """The sides each rule is shown from."""
    sides: dict[str, set[str]] = defaultdict(set)
    for case in CASES.values():
        for rule, word in case["says"].items():
            if word is Outcome.NOT_EVALUATED:
                sides[rule].add(BLIND)
                continue
            hit = isinstance(word, Level)
            sides[rule].add(HIT if hit else CLEAN)
            if rule in case["edge"]:
                sides[rule].add(EDGE_HIT if hit else EDGE_CLEAN)
    return sides


@pytest.mark.parametrize("rule", [each.id for each in RULES.all()])
def test_every_rule_is_shown_from_all_sides(rule: str) -> None:
    wanted = set(SIDES) - WITHOUT.get(rule, (set(), ""))[0]
    assert wanted - shown()[rule] == set()


def test_nothing_is_excused_that_is_shown() -> None:
    for rule, (sides, reason) in WITHOUT.items():
        assert not sides & shown()[rule], rule
        assert reason or not sides


LAWFUL = [name for name in bases() if name not in ("common", "detention")]


@pytest.mark.parametrize("base", LAWFUL)
def test_lawful_people_stay_clean(base: str) -> None:
    case = spread({"id": base, "base": base, "why": "wholly lawful"})
    review = review_of(case)
    assert faults(case, review) == []
    assert review.conclusion in (Conclusion.AGREE, Conclusion.INVESTIGATE)


WRONG = (
    re.compile(r"([\u4e00-\u9fff]{2,})\1"),  # doubled words
    re.compile(r"(?<![\d年月T])-\d+[日个]"),  # negative counts
    re.compile(r"None|\bTrue\b|\bFalse\b|[A-Za-z_]{6,}"),  # the program's own words
    re.compile(r"剥夺政治权利[^，。；]*减为剥夺政治权利"),
    re.compile(r"，，|；；|。。|、、|（）|“”"),
    re.compile(r"，的|^，|[，、；]$"),
)


def spoken(review: CaseReview) -> list[str]:
    """Every text a review says to people."""
    found = []
    for each in review.verdicts:
        found += [each.message, *each.steps, *each.missing]
    return [each for each in found if each]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sentences_are_plain(case: Case) -> None:
    bad = {text: pattern.pattern for text in spoken(review_of(case)) for pattern in WRONG if pattern.search(text)}
    assert bad == {}


def test_a_case_can_fail() -> None:
    early = {"报请日期": "2020-07-09"}
    case = spread({"id": "x", "base": "a3", "set": early, "says": {"T01": "合规"}, "why": "wrong on purpose"})
    review = review_of(case)
    assert len(faults(case, review)) == 2
    assert answers(review, "JX-T01")[0].level is Level.UNLAWFUL
