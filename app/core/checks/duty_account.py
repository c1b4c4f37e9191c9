"""One duty of one matter: its last day, what shows that it was done, and what a delay or a gap means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from app.core.checks.persons import Dossier, day_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Level
from app.core.law.book import LawBook
from app.core.law.duties import Duty, Spot
from app.core.records import Record, show
from app.core.sentence.terms import due as months_due
from app.core.sentence.workdays import Deadline, deadline, nth_workday


class DutyCase(Protocol):
    """What duties are asked about: one matter of one person."""

    @property
    def dossier(self) -> Dossier: ...
    @property
    def law(self) -> LawBook: ...
    @property
    def memo(self) -> dict[object, Any]: ...
    def rows(self, table: str) -> Sequence[Record]:
        """The rows of a list that belong to the matter."""


CaseT = TypeVar("CaseT", bound=DutyCase)
Start = tuple[date | None, Record | None]
Day = tuple[date | None, Record | None, str]  # a day of the case, the row and the field that say it


@dataclass(frozen=True)
class Terms(Generic[CaseT]):
    """What a desk's cases say to duties: their kind, their days by name, conditions by name, tests of rows by name.

    A condition answers "" when it holds, else why the duty does not concern the case.
    """

    kind: Callable[[CaseT], str | None]
    days: Mapping[str, Callable[[CaseT], Day]] = field(default_factory=dict)
    conditions: Mapping[str, Callable[[CaseT], str]] = field(default_factory=dict)
    fits: Mapping[str, Callable[[CaseT, Record], bool]] = field(default_factory=dict)


def unmet(case: CaseT, names: Iterable[str], terms: Terms[CaseT]) -> str:
    """The first reason why one of these conditions does not hold; "" when all do. Each is asked once a case."""
    for name in names:
        condition = terms.conditions[name]
        reason: str | None = case.memo.get(condition)
        if reason is None:
            reason = case.memo[condition] = condition(case)
        if reason:
            return reason
    return ""


class Done(NamedTuple):
    """That something was done: the day, None where only the fact is noted, and the cell that says so."""

    day: date | None
    row: Record
    field: str


class Part(NamedTuple):
    """What one duty came to: a level with its sentence, or what is missing, or neither when it was kept."""

    level: Level | None = None
    message: str = ""
    gravity: Gravity | None = None
    missing: tuple[str, ...] = ()
    holder: str = ""


def fits(row: Record, spot: Spot) -> bool:
    """Whether the words of a row are those a spot asks for."""
    if spot.has and not says(row, spot.has):
        return False
    return not spot.lacks or not any(_says(row, key, words) for key, words in spot.lacks.items())


def says(row: Record, texts: Mapping[str, Collection[str]]) -> bool:
    """Whether every one of these fields holds one of its words."""
    return all(_says(row, key, words) for key, words in texts.items())


def _says(row: Record, key: str, words: Collection[str]) -> bool:
    text = "".join([show(row[each]) for each in key.split("+")]) if "+" in key else show(row[key])
    return any(map(text.__contains__, filter(None, words))) or ("" in words and not text.strip())


def settle(duty: Duty, start: date, row: Record | None, case: CaseT, terms: Terms[CaseT], why: Why) -> Part:
    """Whether a duty that began on a day was kept; steps, cells and provisions go into `why`.

    `row` is the row that began it, None where it begins on a day of the case.
    """
    why.cite_on(start, *duty.cites)
    why.step(f"{duty.on_name} {start}")
    if row is not None and duty.row is not None:
        why.see(row, *duty.row.fields, *_fields(duty.row.has))
    if duty.on in terms.days:
        _, said, field_id = terms.days[duty.on](case)
        why.see(said, field_id)
    last = last_day(duty, start, why)
    done = find(duty, (*duty.done, *duty.also), start, row, case)
    if done is None:
        return _absent(duty, start, last, row, case, why)
    why.see(done.row, done.field)
    if done.day is None:
        if not duty.late:
            why.step(f"{duty.done_name}：已登记")
            return Part()
        return Part(missing=(duty.done_name,))
    why.step(f"{duty.done_name} {done.day}")
    return _late(duty, start, last, done, done.day, case, terms, why)


def last_day(duty: Duty, start: date, why: Why) -> Deadline:
    """The last day of a duty, by plain counting and moved to the next workday."""
    number = why.number(duty.days, start) if isinstance(duty.days, str) else duty.days
    if duty.counting == "workdays":
        nth = nth_workday(start, number, why.law.calendar)
        why.step(f"＋{number}个工作日 → {nth or '假日表缺少该年，无法推算'}")
        return Deadline(nth or date.max, nth)
    if duty.counting == "months":
        plain = months_due(start, number).late
        last = deadline(plain, 0, why.law.calendar)
        why.step(f"＋{number}个月 → {plain}")
    else:
        last = deadline(start, number, why.law.calendar)
        plain = last.plain
        why.step(f"＋{number}日 → {plain}")
    if not duty.roll:
        return Deadline(plain, plain)
    if last.moved is None:
        why.step("假日表缺少该年，末日是否节假日不能确定")
    elif last.moved != plain:
        why.step(f"末日是节假日，顺延 → {last.moved}")
    return last


def find(duty: Duty, spots: Iterable[Spot], start: date, row: Record | None, case: CaseT) -> Done | None:
    """The earliest record that a duty was done; one without a day only where no day is noted anywhere."""
    dated: list[Done] = []  # in the order of the spots
    noted: list[Done] = []
    for spot in spots:
        own = row is not None and spot.table == row.table
        for each in [row] if own and row is not None else case.rows(spot.table):
            filled = _first_filled(each, spot.fields)
            if not filled or not fits(each, spot):
                continue
            day = day_of(each, filled)
            if day is None:
                noted.append(Done(None, each, filled))
            elif own or row is None or day >= start - timedelta(days=duty.early):
                dated.append(Done(day, each, filled))
    if dated:
        return min(dated, key=lambda each: each.day or date.max)
    return noted[0] if noted else None


def _first_filled(row: Record, names: Iterable[str]) -> str:
    """The first of these fields that says something; "" for none."""
    for name in names:
        value = row[name]
        if value is not None and value is not False and str(value).strip():
            return name
    return ""


def _fields(texts: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for key in texts for name in key.split("+")]


def _late(
    duty: Duty, start: date, last: Deadline, done: Done, day: date, case: CaseT, terms: Terms[CaseT], why: Why
) -> Part:
    until = last.moved or last.plain
    if not duty.late or day <= until:
        why.step("在期限内" if duty.late else "已经办理")
        return Part()
    days = (day - until).days
    message = f"{_owed(duty, start, until)}，{duty.done_name}为{day}，逾期{days}日"
    why.step(f"{day} 比 {until} 晚 {days} 日")
    if last.moved is None:
        return Part(Level.DOUBT, f"{message}（假日表缺少该年，须核对末日是否顺延）")
    mild = duty.tolerance
    if mild and days <= mild.days and done.field == mild.field and says(done.row, mild.has):
        why.see(done.row, *_fields(mild.has))
        return Part(Level.HINT, f"{message}；登记的只有收到的日期，可能在期限内已经交邮，请核对寄出日期")
    gravity = Gravity([each for least, each in duty.late if least <= days][-1])
    moment, row, field_id = terms.days[duty.worse](case) if duty.worse else (None, None, "")
    if gravity is Gravity.SLIGHT and moment is not None and until < moment < day:
        why.see(row, field_id)
        why.step(f"{moment} 时期限已过而仍未办理")
        gravity = Gravity.SERIOUS
    return Part(Level.UNLAWFUL, message, gravity)


def _absent(duty: Duty, start: date, last: Deadline, row: Record | None, case: CaseT, why: Why) -> Part:
    lists = case.dossier.lists
    until = last.moved or last.plain
    grace = why.law.number(duty.grace, start) if duty.grace else 0
    limit = until if until == date.max else until + timedelta(days=grace)
    if grace and limit < lists.as_of:
        why.step(f"再宽限{why.number(duty.grace, start)}日 → {limit}")
    if limit >= lists.as_of:
        why.step(f"到{lists.as_of}尚未到期，不判断")
        return Part()
    hint = find(duty, duty.hints, start, row, case)
    message = _owed(duty, start, until)
    if hint is not None:
        why.see(hint.row, hint.field)
        name, _ = lists.names.get(hint.row.table, (hint.row.table, ""))
        said = f"《{name}》有相关记录{f'（{hint.day}）' if hint.day else ''}"
        return Part(Level.HINT, f"{message}，没有{duty.done_name.removesuffix('日期')}的登记，但{said}，请核对")
    if not duty.absent:
        return Part(missing=(duty.done_name,))
    denied = next((each for each in duty.denied if row is not None and row[each] is False), "")
    if denied:
        why.see(row, denied)
        why.step(f"{duty.done_name}：登记为“否”")
    else:
        _prove_absent(duty, start, limit, row, case, why)
        _tell_beside(duty, start, row, case, why)
    message += f"，没有{duty.done_name.removesuffix('日期')}的记录"
    if duty.absent in (Level.HINT, Level.DOUBT):
        return Part(Level(duty.absent), message)
    if last.moved is None:
        return Part(Level.DOUBT, f"{message}（假日表缺少该年，须核对末日是否顺延）")
    return Part(Level.UNLAWFUL, message, Gravity(duty.absent))


def _tell_beside(duty: Duty, start: date, row: Record | None, case: CaseT, why: Why) -> None:
    if (other := find(duty, duty.beside, start, row, case)) is not None:
        why.see(other.row, other.field)
        name, _ = case.dossier.lists.names.get(other.row.table, (other.row.table, ""))
        day = f"（{other.day}）" if other.day else ""
        why.step(f"《{name}》另有{other.row.cells[other.field].column}{day}，不能代替{duty.holder}{duty.owed}")


def _prove_absent(duty: Duty, start: date, limit: date, row: Record | None, case: CaseT, why: Why) -> None:
    """Rely on it that no list has what is looked for; Missing when one of them cannot tell."""
    others = [each.table for each in duty.done if row is None or each.table != row.table]
    early = start + timedelta(days=case.law.number("list_begin_slack_days", start))
    for spot in duty.done:
        case.dossier.lists.need(spot.table, limit, since=early if spot.table in others else None)
        own = [row] if row is not None and spot.table == row.table else case.rows(spot.table)
        if own and not any(name in each.cells for each in own if each is not None for name in spot.fields):
            raise Missing(duty.done_name)
    names = "、".join(f"《{case.dossier.lists.names.get(each, (each, ''))[0]}》" for each in dict.fromkeys(others))
    why.none_in(case.dossier, *dict.fromkeys(others), what=f"{names or '登记'}中没有{duty.done_name}")


def _owed(duty: Duty, start: date, until: date) -> str:
    return f"{duty.on_name}{start}，{duty.holder}至迟应于{until}{duty.owed}"
