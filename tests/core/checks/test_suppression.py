"""What follows from a root cause is told as a step of it, and only that."""

from __future__ import annotations

from app.core.checks.correction.book import RULES
from app.core.checks.correction.review import review  # noqa: F401  importing it enters the rules
from app.core.checks.suppression import Suppression, shipped, suppressed
from app.core.findings import Level, Outcome, Verdict

ALWAYS = (Suppression("SJ-01", ("SJ-15",), False, "没有入册"),)
SHIFTED = (Suppression("SJ-19", ("SJ-20",), True, "起日错了"),)


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


def test_the_shipped_causes_name_rules_there_are() -> None:
    known = {each.id for each in RULES.all()}
    named = {each for cause in shipped() for each in (cause.parent, *cause.children) if each.startswith("SJ-")}
    assert named <= known
