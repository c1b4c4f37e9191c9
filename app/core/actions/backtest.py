"""Ask past rulings again under the law of their days, and write how the answers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.checks.reduction.backtest import backtest as ask_again
from app.core.checks.reduction.review import READ
from app.core.errors import UserError
from app.core.findings.asked_again import Agreement, Backtested
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.reports.backtest import backtest_workbook
from app.core.store.database import Rooms


def backtest(store: Rooms, law: LawBook, day: date, *, ticket: Ticket) -> Done:
    """Ask all past rulings in the store again; its value is a tuple of Backtested. UserError without any.

    Nothing in the store changes.
    """
    records = (each for table in READ for each in store.batches.records(table))
    tested = tuple(ask_again(records, law, day, ticket))
    if not tested:
        raise UserError("没有可以回测的裁定", do="请导入有裁定日期、裁定结果的案件表，或者历次减刑表")
    counts = Counter(each.agreement for each in tested)
    parts = "，".join(f"{each} {counts[each]} 件" for each in Agreement if counts[each])
    return Done(f"回测 {len(tested)} 件裁定：{parts}", value=tested)


def save_backtest(tested: Sequence[Backtested], path: Path) -> Done:
    """Write the workbook of what was asked again; its value is the file."""
    hand_out(path, backtest_workbook(tested))
    return Done(f"回测结果已保存：{path.name}（{len(tested)} 件裁定）", value=path)
