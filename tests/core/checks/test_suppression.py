"""What follows from a root cause is told as a step of it, and only that."""

from __future__ import annotations

import pytest

from app.core.checks.correction.book import RULES
from app.core.checks.correction.review import review  # noqa: F401  importing it enters the rules
from app.core.checks.suppression import Suppression, shipped, suppressed
from app.core.findings import Level, Outcome, Verdict

ALWAYS = (Suppression("SJ-01", ("SJ-15",), "always", "没有入册"),)
SHIFTED = (Suppression("SJ-19", ("SJ-20",), "shifted", "起日错了"),)


def found(rule: str, message: str = "错了", level: Level = Level.UNLAWFUL) -> Verdict:
    return Verdict(rule, f"{rule}的名称", Outcome.FOUND, ("一步",), level=level, message=message)


def test_a_child_becomes_a_step_of_its_parent() -> None:
    kept = suppressed([found("SJ-01"), found("SJ-15", "逾期报到"), found("SJ-07")], ALWAYS)
    assert [each.rule for each in kept] == ["SJ-01", "SJ-07"]
    assert kept[0].steps == ("一步", "由此而来（没有入册）：SJ-15的名称，逾期报到")


def test_without_the_parent_the_child_stays() -> None:
    assert suppressed([found("SJ-15")], ALWAYS) == [found("SJ-15")]
    prompt = [found("SJ-01", level=Level.HINT), found("SJ-15")]
    assert suppressed(prompt, ALWAYS) == prompt


def test_what_was_not_found_stays() -> None:
    unjudged = Verdict("SJ-15", "名称", Outcome.NOT_EVALUATED, missing=("报到时间",))
    assert unjudged in suppressed([found("SJ-01"), unjudged], ALWAYS)


def test_a_shift_hides_only_the_same_number_of_days() -> None:
    start = found("SJ-19", "起日应为某日，晚 5 日")
    assert len(suppressed([start, found("SJ-20", "止日应为某日，多算5日")], SHIFTED)) == 1
    assert len(suppressed([start, found("SJ-20", "止日应为某日，多算6日")], SHIFTED)) == 2
    assert len(suppressed([start, found("SJ-20", "止日不对")], SHIFTED)) == 2


SAME = (Suppression("SJ-31", ("SJ-29",), "same_event", "同一次羁押", "在押"),)


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("2026-05-01 起在押", 1),
        ("2026-05-02 起在押", 1),  # the decision and the admission lie a day apart
        ("2026-05-03 起在押", 2),
        ("2026-05-01 已解除", 2),  # the same day, but another matter
        ("在押", 2),
    ],
)
def test_one_event_is_told_once_and_two_are_told_apart(told: str, left: int) -> None:
    untold = found("SJ-31", "决定日期2026-05-01，至迟应于2026-05-06通知")
    kept = suppressed([found("SJ-29", told, Level.HINT), untold], SAME)
    assert len(kept) == left
    assert any("同一次羁押" in step for step in kept[-1].steps) == (left == 1)


def test_each_finding_of_a_rule_takes_what_is_its_own() -> None:
    parents = [found("SJ-31", "决定日期2026-05-01"), found("SJ-31", "决定日期2026-06-11")]
    children = [found("SJ-29", "2026-05-02 起在押"), found("SJ-29", "2026-06-10 起在押")]
    kept = suppressed([*parents, *children], SAME)
    assert [each.steps[-1][-14:] for each in kept] == ["2026-05-02 起在押", "2026-06-10 起在押"]


def test_the_shipped_causes_name_rules_there_are() -> None:
    known = {each.id for each in RULES.all()}
    named = {each for cause in shipped() for each in (cause.parent, *cause.children) if each.startswith("SJ-")}
    assert named <= known
