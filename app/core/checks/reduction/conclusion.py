"""From the verdicts of one case to the conclusion the office is advised to reach (contract §2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.core.findings import Conclusion, Level, Outcome, Verdict

# What no smaller amount can mend, what one can, and what must have been judged before anything is agreed to.
UNMENDABLE = frozenset("TSBFJK")
MENDABLE = frozenset("MP")
MENDABLE_RULES = frozenset({"JX-D09"})
CORE_RULES = frozenset(
    {
        "JX-T01",
        "JX-T02",
        "JX-T03",
        "JX-T04",
        "JX-T12",
        "JX-M01",
        "JX-M03",
        "JX-M06",
        "JX-S01",
        "JX-S02",
        "JX-S03",
        "JX-S04",
    }
    | {"JX-J01", "JX-J02", "JX-J03", "JX-J05"}
)
MUST_INVESTIGATE = "JX-R08"


def family(rule_id: str) -> str:
    """The letter of a rule's family: T for JX-T03."""
    return rule_id.partition("-")[2][:1]


def conclude(verdicts: Sequence[Verdict]) -> tuple[Conclusion, tuple[str, ...]]:
    """The first conclusion that applies, and the rules it rests on."""
    found = [each for each in verdicts if each.outcome is Outcome.FOUND]
    unlawful = [each.rule for each in found if each.level is Level.UNLAWFUL]
    final = _some(each for each in unlawful if family(each) in UNMENDABLE)
    if final:
        return Conclusion.REFUSE, final
    mendable = _some(each for each in unlawful if family(each) in MENDABLE or each in MENDABLE_RULES)
    if mendable:
        return Conclusion.ADJUST, mendable
    unjudged = _some(
        each.rule for each in verdicts if each.outcome is Outcome.NOT_EVALUATED and each.rule in CORE_RULES
    )
    if unjudged:
        return Conclusion.UNDECIDED, unjudged
    doubts = _some(each.rule for each in found if each.level is Level.DOUBT or each.rule == MUST_INVESTIGATE)
    # Whatever else is unlawful (procedure, data) does not forbid the proposal but forbids agreeing unseen.
    doubts = _some((*unlawful, *doubts))
    return (Conclusion.INVESTIGATE, doubts) if doubts else (Conclusion.AGREE, ())


def _some(rules: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rules))
