"""Trying a case with other facts: what is typed is read as an imported cell is, and nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.actions.done import Done
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import DESK, READ, build_cases
from app.core.checks.reduction.what_if import Fact, Key, facts, what_if
from app.core.errors import UserError
from app.core.intake.cleaning import Column
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Cell, show
from app.core.store.database import Rooms

CLEARED = "已清空"
UNREAD = "读不懂"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one fact: the cell it became, why it cannot be used, and what was taken for granted."""

    cell: Cell
    fault: str = ""
    note: str = ""

    @property
    def read_as(self) -> str:
        """The value as people read it."""
        return show(self.cell.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact as the user meets it: what it is called, which row it belongs to, and its text now."""

    fact: Fact
    name: str
    row: str


def open_case(store: Rooms, law: LawBook, case_id: int, day: date, *, ticket: Ticket) -> Done:
    """Fetch a case whole; its value is the case and the facts that may be tried. UserError when it is gone."""
    ticket.step(0, 0, "取出案件")
    by_case = {number: record for record, number in store.casebook.case_of(DESK).items()}
    records = (each for table in READ for each in store.batches.records(table))
    cases = build_cases(records, law, day)
    case = next((each for each in cases if each.proposal.id == by_case.get(case_id)), None)
    if case is None:
        raise UserError("这件案件已不在数据里", do="如果撤回过导入，请重新运行审查")
    return Done(case.person.name, value=(case, asked(case)))


def asked(case: ReductionCase) -> tuple[Asked, ...]:
    """The facts of a case that may be tried, with the words for them."""
    return tuple(_asked(each, case) for each in facts(case))


def _asked(fact: Fact, case: ReductionCase) -> Asked:
    table = tables()[fact.table]
    own = case.proposal
    row = "" if fact.place == (own.file, own.sheet, own.row) else f"{table.name} 第{fact.place[2]}行"
    return Asked(fact, table.field(fact.field).name, row)


def read_typed(fact: Fact, text: str) -> Typed:
    """Read a text as the import reads a cell of that column."""
    field = tables()[fact.table].field(fact.field)
    cell = Column(0, field.name, [field]).cells(text.strip())[0]
    if not text.strip():
        return Typed(Cell(None, "", field.name), note=CLEARED)
    if cell.value is None:
        return Typed(cell, fault=cell.doubt or f"{UNREAD}“{text.strip()}”")
    return Typed(cell, note=cell.doubt)


def try_case(case: ReductionCase, typed: Mapping[Key, Typed], *, ticket: Ticket) -> Done:
    """Review the case with what was typed; its value is a Tried. UserError when a text cannot be used."""
    ticket.step(0, 0, f"试算 {case.person.name}")
    wrong = [each.fault for each in typed.values() if each.fault]
    if wrong:
        raise UserError(f"有 {len(wrong)} 处填写不能使用：{wrong[0]}", do="请按提示改正，再试算")
    tried = what_if(case, {key: each.cell for key, each in typed.items()})
    count = len(tried.differences)
    told = f"改动 {len(typed)} 处，{count} 项答复有变化" if count else f"改动 {len(typed)} 处，没有答复因此变化"
    return Done(f"{told}；结论：{tried.before.conclusion} → {tried.after.conclusion}", value=tried)
