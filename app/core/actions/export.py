"""The ledger out: every finding and conclusion of a desk in one workbook."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.paper_list import fates, paper_lines
from app.core.findings import CaseReview
from app.core.jobs import Ticket
from app.core.reports.ledger import ledger
from app.core.store.database import Rooms


def export_ledger(store: Rooms, desk: str, path: Path, *, cases: Collection[int] | None = None, ticket: Ticket) -> Done:
    """Write the ledger of a desk, of all its cases or of some; its value is the file."""
    ids = store.views.case_ids(desk, {} if cases is None else {"id": cases})
    findings, ended = store.casebook.findings(desk=desk), store.endings.of_desk(desk)
    if cases is not None:
        kept = set(ids)
        findings = [each for each in findings if each.case_id in kept]
        ended = [each for each in ended if each.finding.case_id in kept]
    reviews: list[CaseReview] = []
    for number, case_id in enumerate(ids):
        ticket.step(number, len(ids), f"整理台账 {number + 1}/{len(ids)}")
        review = store.casebook.review_of(case_id)
        if review is not None:
            reviews.append(review)
    told = fates(paper_lines(store, ticket=ticket))
    hand_out(path, ledger(findings, reviews, ended, told))
    return Done(f"台账已保存：{path.name}（线索 {len(findings)} 条，案件 {len(reviews)} 件）", value=path)
