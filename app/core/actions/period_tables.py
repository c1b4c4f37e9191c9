"""The month and the quarter as offices report them: what came in, what was found, what went out, what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from app.core.actions.paper_list import PaperLine, paper_lines
from app.core.actions.statistics import desk_words, kind_of
from app.core.documents.kinds import kinds
from app.core.findings import Gravity, Level, State
from app.core.jobs import Ticket
from app.core.life import ADOPTED, life
from app.core.reports.tables import Sheet
from app.core.store.database import Rooms
from app.core.store.rows import PaperState

MONTHS, QUARTERS = range(1, 13), ("一季度", "二季度", "三季度", "四季度")
WIDTH, TOTAL = {"项目": 40}, "合计"
LEVELS = (*(f"{Level.UNLAWFUL}·{each}" for each in Gravity), Level.DOUBT, Level.HINT, Level.DATA)
Counts = Mapping[str, Counter[int]]


def period_tables(store: Rooms, year: int, papers: Sequence[PaperLine] | None = None, *, ticket: Ticket) -> list[Sheet]:
    """The year by months and by quarters, one line an item, nothing where the number is 0."""
    if papers is None:
        papers = paper_lines(store, ticket=ticket)
    ticket.step(0, 2, "清点案件和线索")
    rows = [*_cases(store, year), *_findings(store, year)]
    ticket.step(1, 2, "清点文书")
    rows += _papers([each for each in papers if each.paper.state is PaperState.ISSUED], year)
    months = {f"{month}月": 6 for month in MONTHS}
    by_month = [(name, *(_number(count[month]) for month in MONTHS), str(count.total())) for name, count in rows]
    by_quarter = [
        (name, *(_number(sum(count[3 * quarter + n] for n in (1, 2, 3))) for quarter in range(4)), str(count.total()))
        for name, count in rows
    ]
    return [
        Sheet(f"{year}年月报表", {**WIDTH, **months, TOTAL: 7}, by_month, (*months, TOTAL)),
        Sheet(f"{year}年季报表", {**WIDTH, **dict.fromkeys(QUARTERS, 9), TOTAL: 7}, by_quarter, (*QUARTERS, TOTAL)),
    ]


def _number(count: int) -> str:
    return str(count) if count else ""


def _cases(store: Rooms, year: int) -> list[tuple[str, Counter[int]]]:
    """The cases filed in each month, where the list says when."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for desk, filed_on, n in store.statistics.filed():
        if (month := _month(filed_on, year)) and desk == "reduction":
            found["受理减刑、假释案件（按报请日期）"][month] += n
    return list(found.items())


def _findings(store: Rooms, year: int) -> list[tuple[str, Counter[int]]]:
    """What was first found, by desk and by weight, and how many somebody confirmed or excluded."""
    counts = store.statistics.counts(f"{year}-01", f"{year + 1}-01")
    desks: dict[str, Counter[int]] = {name: Counter() for name in desk_words().values()}
    weights: dict[str, Counter[int]] = {str(each): Counter() for each in LEVELS}
    for each in counts:
        month = _month(each.month, year)
        desks[desk_words().get(each.desk, each.desk)][month] += each.n
        weights[kind_of(each)][month] += each.n
    words: dict[str, Counter[int]] = {state: Counter() for state in (State.CONFIRMED, State.EXCLUDED)}
    for state, month_text, n in store.statistics.decided():
        if state in words and (month := _month(month_text, year)):
            words[state][month] += n
    return [
        *((f"发现线索：{name}", count) for name, count in desks.items()),
        *((f"发现线索：{name}", count) for name, count in weights.items()),
        *((f"线索核查{state}", count) for state, count in words.items()),
    ]


def _papers(lines: Sequence[PaperLine], year: int) -> list[tuple[str, Counter[int]]]:
    """What went out by kind, and what was entered about it."""
    made: dict[str, Counter[int]] = {each.id: Counter() for each in kinds() if each.outgoing}
    entered: dict[str, Counter[int]] = {each: Counter() for each in life().events}
    adopted: dict[str, Counter[int]] = {each: Counter() for each in life().lists[ADOPTED]}
    for line in lines:
        if line.day is not None and (month := _month(line.day.isoformat(), year)):
            made[line.paper.kind][month] += 1
        for step in line.life.standing:
            if month := _month(step.day, year):
                entered[step.name][month] += 1
                if (word := step.told.get(ADOPTED)) in adopted:
                    adopted[word][month] += 1
    names = {each.id: each.name for each in kinds()}
    return [
        *((f"制发：{names[each]}", count) for each, count in made.items()),
        *((f"文书登记：{name}", count) for name, count in entered.items()),
        *((f"回复中：{word}", count) for word, count in adopted.items()),
    ]


def _month(text: str, year: int) -> int:
    """The month of an ISO day in a year; 0 for another year, or no day."""
    try:
        day = date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return 0
    return day.month if day.year == year else 0
