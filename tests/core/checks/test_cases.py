"""Every data case of the reduction rules answers as the law's text says, and every rule is shown from all its sides."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from app.core.checks.reduction.book import RULES
from app.core.findings import CaseReview, Conclusion, Level, Outcome
from tests.core.checks.casefiles import Case, all_cases, answers, bases, faults, review_of, spread

CASES = {case["id"]: case for case in all_cases()}
HIT, CLEAN, EDGE, BLIND = "a finding", "lawful or not concerned", "at the border", "not evaluated"
KINDS = {HIT, CLEAN, EDGE, BLIND}


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
    """The kinds of examples each rule has."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for case in CASES.values():
        for rule, word in case["says"].items():
            kinds[rule].add(HIT if isinstance(word, Level) else BLIND if word is Outcome.NOT_EVALUATED else CLEAN)
            if rule in case["edge"]:
                kinds[rule].add(EDGE)
    return kinds


@pytest.mark.parametrize("rule", [each.id for each in RULES.all()])
def test_every_rule_has_an_example_of_every_kind(rule: str) -> None:
    assert KINDS - shown()[rule] == set()


LAWFUL = [name for name in bases() if name != "common"]


@pytest.mark.parametrize("base", LAWFUL)
def test_lawful_people_stay_clean(base: str) -> None:
    review = review_of(spread({"id": base, "base": base, "why": "wholly lawful"}))
    assert [(each.rule, each.message) for each in review.verdicts if each.level is Level.UNLAWFUL] == []
    if "unjudged" in bases()[base]:
        assert review.conclusion in (Conclusion.UNDECIDED, Conclusion.INVESTIGATE)
        return
    assert [(each.rule, each.message) for each in review.verdicts if each.level is Level.DOUBT] == []
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
