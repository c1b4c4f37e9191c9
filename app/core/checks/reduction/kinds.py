"""Family D, the story of the penalty: its kinds agree, and every day of it has one status."""

from __future__ import annotations

from app.core.checks.reduction.arithmetic import changed_start
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.crediting import FIELD
from app.core.checks.reduction.day_faults import in_penalty, tell
from app.core.checks.reduction.history import CHANGE_TO_TERM
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.values import Sentence, SentenceKind

CITES = ("CL-80", "CL-51")
SPAN = ("sentence_start", "sentence_end", "delivered_on")


@RULES.rule("JX-D10", "刑种与刑期冲突", *CITES)
def kinds_agree(case: ReductionCase, why: Why) -> list[Verdict]:
    """The kind of penalty, its term and the rulings that changed it must tell one story, day by day."""
    found = [_agree(case, why)]
    for each in in_penalty(case):
        apart = why.apart()
        apart.cite(*CITES)
        apart.see(case.proposal, FIELD, "detained_on", "effective_on", "suspension_ended_on", *SPAN, "deprivation")
        for ruling in case.history:
            apart.see(ruling, "ruled_on", "reduced", "term_after")
        found.append(tell(each, apart))
    return found


def _agree(case: ReductionCase, why: Why) -> Verdict:
    why.see(case.proposal, "sentence_kind", "sentence", "sentence_start", "sentence_end", "proposed")
    sentence = case.proposal["sentence"]
    kind = case.original_kind
    if kind is None:
        raise Missing("原判刑种")
    faults = []
    if isinstance(sentence, Sentence) and _clash(kind, sentence):
        faults.append(f"刑种为{kind}，刑期为{sentence}")
    start, end = case.day("sentence_start"), case.day("sentence_end")
    heavy = kind in (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
    if heavy and CHANGE_TO_TERM not in case.changes and end is not None:
        faults.append(f"原判{kind}而有刑期止日 {end}，但没有减为有期徒刑的裁定")
    change = case.changes.get(CHANGE_TO_TERM)
    if change is not None and start is not None:
        due = changed_start(case, change)
        if due is not None and start != due:
            why.see(change, "ruled_on")
            faults.append(f"刑期起日 {start} 与减为有期徒刑后应起算之日 {due} 不一致")
    if not heavy and case.changes:
        faults.append(f"原判{kind}而有{'、'.join(case.changes)}的裁定")
    if not faults:
        return why.lawful()
    for each in faults:
        why.step(each)
    return why.data("；".join(faults))


def _clash(kind: SentenceKind, sentence: Sentence) -> bool:
    heavy = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
    if kind in heavy or sentence.kind in heavy:
        return kind is not sentence.kind and not (kind in heavy and sentence.term is None)
    return False
