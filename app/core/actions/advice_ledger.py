"""The ledger of procuratorial advice: one uniform line each, and what share was answered and adopted, by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.actions.dues import reply_due
from app.core.actions.law import law_in_force
from app.core.actions.paper_list import PaperLine, paper_lines
from app.core.actions.statistics import LEAST
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.life import ADOPTED, APPROVAL, CLOSED, LOOKED_BACK, NAME, RANK, RECEIVER, RECTIFIED, REPLY, SERVED, WAY
from app.core.life import life as table
from app.core.reports.shares import Share, share
from app.core.reports.tables import Sheet
from app.core.store.database import Rooms
from app.core.store.life_rows import PaperStep
from app.core.store.rows import PaperState

ADVICE = frozenset({"advice", "class_advice"})
YES, PARTLY, NO = "采纳", "部分采纳", "未采纳"
ALL_UNITS, UNKNOWN = "合计", "（未写明）"
LINE_COLUMNS = {
    "序号": 5,
    "文号": 24,
    "文书": 14,
    "受文单位": 20,
    "涉及人员": 12,
    "主要问题": 40,
    **{f"{each}审批": 18 for each in table().lists[RANK]},
    "制发日期": 11,
    "送达日期": 11,
    "送达方式": 9,
    "签收人": 10,
    "回复期满": 11,
    "回复日期": 11,
    "是否按期": 8,
    "采纳情况": 9,
    "回复内容": 30,
    "整改日期": 11,
    "整改情况": 30,
    "回头看日期": 11,
    "回头看情况": 30,
    "办结日期": 11,
    "状态": 9,
    "备注": 26,
}
UNIT_COLUMNS = {
    "单位": 24,
    "制发": 6,
    "送达": 6,
    "应回复": 7,
    "已回复": 7,
    "其中按期": 8,
    "采纳": 6,
    "部分采纳": 8,
    "未采纳": 7,
    "已整改": 7,
    "已回头看": 8,
    "已办结": 7,
    "回复率（95%区间）": 22,
    "采纳率（95%区间）": 22,
}


@dataclass(frozen=True, slots=True)
class Advice:
    """One document of advice with the last day for its answer; None while nothing runs."""

    line: PaperLine
    due: date | None

    def day_of(self, name: str) -> str:
        """The day of the last entry of a name, "" when there is none."""
        step = self.line.life.last(name)
        return step.day if step is not None else ""

    @property
    def adopted(self) -> str:
        """What the last answer says of it."""
        step = self.line.life.last(REPLY)
        return step.told.get(ADOPTED, "") if step is not None else ""

    @property
    def in_time(self) -> bool:
        """Whether the first answer came in time, as far as there was a time."""
        first = next((each for each in self.line.life.standing if each.name == REPLY), None)
        return first is not None and (self.due is None or first.day <= self.due.isoformat())

    def expected(self, day: date) -> bool:
        """Whether an answer came, or should have come by a day."""
        return bool(self.day_of(REPLY)) or (self.due is not None and self.due < day)


@dataclass(frozen=True, slots=True)
class UnitAdvice:
    """The advice to one unit: counts, and shares where there are enough to compute any (else None).

    `counts` are in the order of the columns: made, served, answer due, answered, of these in time, adopted, partly,
    refused, put right, looked back at, closed.
    """

    unit: str
    counts: tuple[int, ...]
    replied: Share | None
    adopted: Share | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All advice, the void ones too, oldest first; by unit with all together last; the least number for shares."""

    advice: tuple[Advice, ...]
    units: tuple[UnitAdvice, ...]
    least: int
    day: date


def advice_ledger(store: Rooms, day: date, papers: Sequence[PaperLine] | None = None, *, ticket: Ticket) -> Ledger:
    """The ledger as it stands on a day; `papers` are all documents, if they are at hand."""
    law = law_in_force(store)
    advice = tuple(each for each in register(store, papers, ticket=ticket) if each.line.paper.kind in ADVICE)
    least = _least(law, day)
    by_unit: dict[str, list[Advice]] = defaultdict(list)
    for each in advice:
        if not each.line.void:
            by_unit[each.line.to or UNKNOWN].append(each)
    units = [_unit(unit, by_unit[unit], least, day) for unit in sorted(by_unit)]
    units.append(_unit(ALL_UNITS, [each for some in by_unit.values() for each in some], least, day))
    return Ledger(advice, tuple(units), least, day)


def register(store: Rooms, papers: Sequence[PaperLine] | None = None, *, ticket: Ticket) -> list[Advice]:
    """Every document that went out, the void ones too, oldest first, with the last day for its answer."""
    law = law_in_force(store)
    if papers is None:
        papers = paper_lines(store, ticket=ticket, states=tuple(PaperState))
    made = sorted(
        (each for each in papers if each.paper.state is not PaperState.RESERVED), key=lambda each: each.paper.id
    )
    return [_advice(each, law) for each in made]


def register_sheet(found: Sequence[Advice], title: str = "文书台账") -> Sheet:
    """Documents in the uniform form, one line each."""
    return Sheet(title, LINE_COLUMNS, [(str(number), *_texts(each)) for number, each in enumerate(found, 1)], ("序号",))


def ledger_sheets(found: Ledger) -> list[Sheet]:
    """The ledger line by line, and by unit."""
    few = f"不足{found.least}件，不计算"
    units = [
        (
            each.unit,
            *map(str, each.counts),
            each.replied.words if each.replied else few,
            each.adopted.words if each.adopted else few,
        )
        for each in found.units
    ]
    return [register_sheet(found.advice, "检察建议台账"), Sheet("检察建议统计", UNIT_COLUMNS, units, UNIT_COLUMNS)]


def _least(law: LawBook, day: date) -> int:
    """Below how many no share is told."""
    return int(law.parameter(LEAST, day).value)


def _advice(line: PaperLine, law: LawBook) -> Advice:
    found = reply_due(line, law)
    return Advice(line, found.last if found is not None else None)


def _unit(unit: str, some: Sequence[Advice], least: int, day: date) -> UnitAdvice:
    expected, replied = _many(each.expected(day) for each in some), _many(each.day_of(REPLY) for each in some)
    words = [each.adopted for each in some]
    counts = (
        len(some),
        _many(each.day_of(SERVED) for each in some),
        expected,
        replied,
        _many(each.in_time for each in some),
        *(words.count(each) for each in (YES, PARTLY, NO)),
        *(_many(each.day_of(name) for each in some) for name in (RECTIFIED, LOOKED_BACK, CLOSED)),
    )
    taken = words.count(YES) + words.count(PARTLY)
    return UnitAdvice(
        unit,
        counts,
        share(replied, expected) if expected >= least else None,
        share(taken, replied) if replied >= least else None,
    )


def _many(found: Iterable[object]) -> int:
    return sum(map(bool, found))


def _texts(each: Advice) -> tuple[str, ...]:
    line, life = each.line, each.line.life
    reply, served = life.last(REPLY), life.last(SERVED)
    late = "" if reply is None else "是" if each.in_time else "否"
    return (
        line.paper.number,
        line.name,
        line.to,
        line.person,
        line.summary,
        *(_approval(life.standing, rank) for rank in table().lists[RANK]),
        line.day.isoformat() if line.day is not None else "",
        each.day_of(SERVED),
        _told(served, WAY),
        _told(served, RECEIVER),
        each.due.isoformat() if each.due is not None else "",
        each.day_of(REPLY),
        late,
        each.adopted,
        _said(reply),
        each.day_of(RECTIFIED),
        _said(life.last(RECTIFIED)),
        each.day_of(LOOKED_BACK),
        _said(life.last(LOOKED_BACK)),
        each.day_of(CLOSED),
        line.stage,
        remarks(line),
    )


def remarks(line: PaperLine) -> str:
    """What else was done about a document, and why it is void if it is."""
    other = [each for each in life_notes(line) if each]
    return "；".join([*other, *([f"作废：{line.paper.void_why}"] if line.void else [])])


def life_notes(line: PaperLine) -> list[str]:
    """The entries that did not move it, a few words each; approvals stand in columns of their own."""
    kept = [each for each in line.life.standing if each.before is each.after and each.name not in (APPROVAL, REPLY)]
    return [f"{each.day}{each.name}：{each.said}" for each in kept]


def _approval(steps: Iterable[PaperStep], rank: str) -> str:
    found = [each for each in steps if each.name == APPROVAL and each.told.get(RANK) == rank]
    return f"{found[-1].told.get(NAME, '')} {found[-1].day} {found[-1].said}".strip() if found else ""


def _told(step: PaperStep | None, name: str) -> str:
    return step.told.get(name, "") if step is not None else ""


def _said(step: PaperStep | None) -> str:
    return step.said if step is not None else ""
