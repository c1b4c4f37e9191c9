"""The workbooks an office hands in, and everything the window of pending matters shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.actions.advice_ledger import Ledger, advice_ledger, ledger_sheets, register, register_sheet
from app.core.actions.checks_due import Waiting, checks_due
from app.core.actions.done import Done
from app.core.actions.due_aside import split
from app.core.actions.due_line import WORKBOOK, DueLine, due_sheet
from app.core.actions.dues import dues
from app.core.actions.four_tables import four_tables
from app.core.actions.leaving import hand_out, hand_out_all
from app.core.actions.paper_list import PaperLine, paper_lines
from app.core.actions.period_tables import period_tables
from app.core.jobs import Ticket
from app.core.reports.tables import tables_workbook
from app.core.store.database import Rooms
from app.core.store.rows import PaperState

PAPER_BOOK, ADVICE_BOOK, FOUR_BOOK, PERIOD_BOOK = "文书台账.xlsx", "检察建议台账.xlsx", "一账三表.xlsx", "月报季报.xlsx"


@dataclass(frozen=True, slots=True)
class Matters:
    """What is pending: what falls due and what was put aside, every document (void ones too), the ledger of advice.

    `checks` are the findings that wait for a second person's word.
    """

    day: date
    dues: tuple[DueLine, ...]
    aside: tuple[DueLine, ...]
    papers: tuple[PaperLine, ...]
    ledger: Ledger
    checks: tuple[Waiting, ...] = ()


def matters(store: Rooms, day: date, *, ticket: Ticket) -> Matters:
    """All of it as it stands on a day; the newest document first."""
    papers = paper_lines(store, ticket=ticket, states=tuple(PaperState))
    standing, aside = split(store, dues(store, day, papers, ticket=ticket))
    lines = tuple(reversed(papers))
    ledger = advice_ledger(store, day, papers, ticket=ticket)
    return Matters(day, tuple(standing), tuple(aside), lines, ledger, checks_due(store))


def save_ledger(found: Ledger, path: Path) -> Done:
    """Write the ledger of advice as a workbook."""
    hand_out(path, tables_workbook(ledger_sheets(found)))
    return Done(f"检察建议台账已保存：{path.name}（{len(found.advice)} 份）", value=path)


def save_register(store: Rooms, papers: Sequence[PaperLine], path: Path, *, ticket: Ticket) -> Done:
    """Write documents as a workbook, the void ones too."""
    found = register(store, papers, ticket=ticket)
    hand_out(path, tables_workbook([register_sheet(found)]))
    return Done(f"文书台账已保存：{path.name}（{len(found)} 份）", value=path)


def save_books(store: Rooms, folder: Path, day: date, *, ticket: Ticket) -> Done:
    """Write what falls due, the documents, the ledger of advice, 一账三表 and the year's months; the files."""
    papers = paper_lines(store, ticket=ticket, states=tuple(PaperState))
    sheets = {
        WORKBOOK: [due_sheet(split(store, dues(store, day, papers, ticket=ticket))[0])],
        PAPER_BOOK: [register_sheet(register(store, papers, ticket=ticket))],
        ADVICE_BOOK: ledger_sheets(advice_ledger(store, day, papers, ticket=ticket)),
        FOUR_BOOK: four_tables(store, papers, ticket=ticket),
        PERIOD_BOOK: period_tables(store, day.year, papers, ticket=ticket),
    }
    hand_out_all({folder / name: tables_workbook(some) for name, some in sheets.items()})
    return Done(f"已保存 {len(sheets)} 份报表：{'、'.join(sheets)}", value=[folder / name for name in sheets])
