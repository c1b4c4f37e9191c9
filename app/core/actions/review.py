"""Run the rules of a desk over what the store holds, and keep what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from app.core.actions.done import Done
from app.core.checks.desk import findings_of
from app.core.checks.reduction.review import DESK, TABLES
from app.core.checks.reduction.review import review as review_records
from app.core.errors import UserError
from app.core.findings import CaseReview, Conclusion
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.store.database import Store


def review(store: Store, law: LawBook, desk: str, day: date, *, now: str, who: str, ticket: Ticket) -> Done:
    """Review all cases of a desk on a day; findings people have decided on keep their word. UserError without cases."""
    if desk != DESK:
        raise UserError("本版本只有减刑审查可以运行", do="请选择减刑审查")
    cases = store.casebook.case_of(desk)
    if not cases:
        raise UserError("还没有提请减刑（假释）案件表", do="请先导入案件表，再运行审查")
    records = (each for table in TABLES for each in store.batches.records(table))
    counts: dict[str, int] = {}

    def reviewed() -> Iterator[tuple[int, CaseReview]]:
        for record, result in review_records(records, law, day, ticket):
            counts[result.conclusion] = counts.get(result.conclusion, 0) + 1
            yield cases[record.id], result

    with store.atomic():
        number = store.casebook.put_reviews(
            reviewed(), partial(findings_of, desk), as_of=day, law_edition=law.edition, now=now
        )
        store.audit.note("审查", {"台面": desk, "审查日": day.isoformat(), "件数": number}, at=now, who=who)
    parts = [f"{each} {counts[each]} 件" for each in Conclusion if each in counts]
    return Done(f"审查 {number} 件：{'，'.join(parts)}", frozenset({"cases", "findings"}), number)
