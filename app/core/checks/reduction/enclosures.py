"""Families F and R: the papers that must go with a proposal."""

from __future__ import annotations

import re

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES, need_history
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.paying import LAWFUL_ENDS, PAID_UP, property_settled
from app.core.checks.reduction.property import owes
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Verdict
from app.core.law.materials import Material, shipped

COLUMN = "报请材料"
COMPLETE = re.compile(r"(?:材料)?(?:齐全|齐备|完备)")
NOT_COMPLETE = re.compile(r"不(?:齐|完)|未(?:齐|附)|欠|缺")


def _list(case: ReductionCase, why: Why) -> str:
    """The list of enclosures; Missing when it was not delivered."""
    text = text_of(case.proposal, "materials")
    why.see(case.proposal, "materials")
    if not text:
        raise Missing(COLUMN)
    return text


def _lacking(text: str, wanted: list[Material], why: Why) -> list[str]:
    """The papers a list does not name; none when it says that it is complete."""
    if COMPLETE.search(text) and not NOT_COMPLETE.search(text):
        why.step("材料清单写明齐全，没有逐项列出，请翻阅案卷核对")
        return []
    for each in wanted:
        if each.named_in(text):
            why.step(f"{each.name}：有")
    return [each.name for each in wanted if not each.named_in(text)]


def unpaid(case: ReductionCase) -> str:
    """Applies where property items were ordered and are not all performed."""
    if reason := owes(case):
        return reason
    rows = case.property_rows.records
    if rows and all(text_of(each, "enforcement") == PAID_UP for each in rows):
        return "财产性判项已履行完毕"
    return "财产性判项已履行完毕" if not rows and property_settled(case) else ""


@RULES.rule("JX-F01", "财产材料不全", "R24-5", when=unpaid)
def property_papers(case: ReductionCase, why: Why) -> Verdict:
    """While property items are not fully performed, six kinds of material are enclosed."""
    begin, filed = why.law.provision("R24-5").start, filing(case, why)
    if begin is not None and filed < begin:
        return why.not_applicable(f"报请时该规定尚未施行（{begin}起施行）")
    text = _list(case, why)
    why.see(case.proposal, "property_penalty", "property_status")
    lacking = _lacking(text, [each for each in shipped() if each.group == "unpaid"], why)
    if lacking:
        return why.data(f"财产性判项未全部履行，材料清单中没有{'、'.join(lacking)}")
    return why.lawful()


def claims_paid(case: ReductionCase) -> str:
    """Applies where property items are said to be fully performed."""
    if reason := owes(case):
        return reason
    rows = case.property_rows.records
    if rows:
        ends = [text_of(each, "enforcement") for each in rows]
        return "" if PAID_UP in ends else "没有称已履行完毕的判项"
    if not property_settled(case):
        return "没有称已履行完毕"
    status = text_of(case.proposal, "property_status")
    return "判项系依法终结，不是履行完毕" if any(each in status for each in LAWFUL_ENDS[1:]) else ""


@RULES.rule("JX-F09", "履行完毕的证明缺失", "R24-2", when=claims_paid)
def proof_of_payment(case: ReductionCase, why: Why) -> Verdict:
    """Performance is shown by the court's notice, receipts or a statement of enforcement."""
    begin, filed = why.law.provision("R24-2").start, filing(case, why)
    if begin is not None and filed < begin:
        return why.not_applicable(f"报请时该规定尚未施行（{begin}起施行）")
    text = _list(case, why)
    why.see(case.proposal, "property_status", "amount_due", "amount_paid")
    lacking = _lacking(text, [each for each in shipped() if each.group == "paid"], why)
    if lacking:
        return why.data(f"称财产性判项已履行完毕，材料清单中没有{'、'.join(lacking)}")
    return why.lawful()


@RULES.rule("JX-R10", "报请材料缺项", "R14-2")
def papers_to_court(case: ReductionCase, why: Why) -> Verdict:
    """The papers a proposal takes to court."""
    text = _list(case, why)
    wanted = [each for each in shipped() if each.group == "court"]
    if not case.parole:
        wanted = [each for each in wanted if each.when != "parole"]
    if owes(case):
        wanted = [each for each in wanted if each.when != "owing"]
    if not case.history:
        # Whether rulings had to be enclosed is not known while earlier ones may be lacking.
        need_history(case)
        wanted = [each for each in wanted if each.when != "earlier"]
    lacking = _lacking(text, wanted, why)
    if lacking:
        return why.data(f"报请材料清单中没有{'、'.join(lacking)}")
    return why.lawful()
