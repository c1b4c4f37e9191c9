"""Suspended death changed into a fixed term at once, without life imprisonment between (刑法第五十条)."""

from __future__ import annotations

from datetime import date

from app.core.checks.reduction.case import ReductionCase
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.book import LawGap
from app.core.sentence.terms import due
from app.core.values import Term


def straight_start(case: ReductionCase, why: Why, filed: date, end: date) -> Verdict:
    """Whether it may be proposed at all, the suspension being over: only major merit leads there."""
    if not case.changes_kind and case.proposal["proposed_term"] is None:
        raise Missing("减为无期徒刑、有期徒刑的裁定（历次减刑表）")
    why.see(case.proposal, "proposed", "proposed_term", "merit")
    if case.merit.endswith("major"):
        return why.doubt("死缓期满直接报请减为有期徒刑，须核实重大立功")
    why.step(f"以{case.proposal['merit']}报请减为有期徒刑；没有重大立功的，死缓期满只减为无期徒刑")
    try:
        least = case.law.row("C", "ordinary", filed).wait
    except LawGap:
        least = None
    # Later on the ruling that changed it to life imprisonment may only have been left out of the list.
    if least is None or filed >= due(end, least).early:
        return why.doubt("死缓没有重大立功而报请减为有期徒刑，历次减刑中没有减为无期徒刑的裁定，须核实")
    return why.unlawful("死缓没有重大立功，期满后未先减为无期徒刑即报请减为有期徒刑")


def straight_term(case: ReductionCase, why: Why, new: Term) -> Verdict:
    """Whether the term is the only one major merit leads to; before May 2011 it was another."""
    if not case.major_merit:
        return why.not_applicable("没有重大立功，见 JX-T02")
    why.see(case.proposal, "offence_date")
    border = why.law.parameter("old_law_until", why.day).value
    assert isinstance(border, date)
    exact = Term.of_months(why.number("suspension_to_term"))
    why.step(f"拟减为{new}；死缓有重大立功的，期满减为有期徒刑{exact}")
    if new == exact:
        return why.lawful()
    crime = case.day("offence_date")
    if crime is None or crime <= border:
        why.cite("T11-2")
        why.step(f"{'犯罪时间未提供，如' if crime is None else '犯罪'}在 {border} 以前，适用修正前的规定")
        return why.doubt(f"拟减为有期徒刑{new}，不是{exact}，是否适用修正前的规定须核实")
    harm = Harm.HELD_TOO_LONG if new > exact else None
    return why.unlawful(f"死缓有重大立功的应当减为有期徒刑{exact}，拟减为{new}", harm=harm)
