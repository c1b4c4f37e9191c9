"""Who could be proposed and was not: reckoned for everybody in the store, and written to a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.checks.reduction.forecast import forecasts, in_order
from app.core.checks.reduction.prisoners import TABLES
from app.core.errors import UserError
from app.core.findings.asked_again import Chance, Forecast
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.reports.forecast import forecast_workbook
from app.core.store.database import Rooms

FORECAST = "应提请未提请"


def has_people(store: Rooms) -> bool:
    """Whether a list of this desk is loaded that tells of anybody."""
    return bool(store.batches.tables_present() & set(TABLES))


def forecast(store: Rooms, law: LawBook, day: date, *, ticket: Ticket) -> Done:
    """Reckon for everybody in the store; its value is the Forecasts in their order. UserError when nobody is there.

    Nothing in the store changes.
    """
    records = (each for table in TABLES for each in store.batches.records(table))
    found = in_order(forecasts(records, law, day, ticket))
    if not found:
        raise UserError("还没有罪犯名单", do="请先导入案件表（或者有原判、刑期起止、送交执行日期的罪犯名单），再推算")
    return Done(told(found), value=found)


def save_forecast(found: Sequence[Forecast], path: Path, *, ticket: Ticket) -> Done:
    """Write what was reckoned to a workbook; its value is the file."""
    ticket.step(0, 0, path.name)
    hand_out(path, forecast_workbook(found))
    return Done(f"已保存：{path.name}（{len(found)} 行）", value=path)


def told(found: Sequence[Forecast]) -> str:
    """What was found in one sentence."""
    people = len({(each.file, each.sheet, each.row) for each in found})
    urgent = len({(each.file, each.sheet, each.row) for each in found if each.urgent})
    counts = Counter(each.kind for each in found if each.chance is Chance.NOW)
    now = "，".join(f"可提请{kind} {number} 人" for kind, number in counts.items())
    return f"推算 {people} 人：{now or '没有人已具备时间条件'}" + (
        f"；可能多关 {urgent} 人，请先核实" if urgent else ""
    )
