"""The steps: each goes on, stops with a reason, or says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from app.core.models.asking import Joined, Stop, Unknown
from app.core.models.comparing import compare
from app.core.models.parts import Do, Step
from app.core.models.state import State, ref_of, said
from app.core.records import Record
from app.core.sentence.terms import add_months, due
from app.core.sentence.workdays import deadline, nth_workday

UNITS = {"days": "日", "workdays": "个工作日", "months": "个月"}
RELATIONS = {
    "over": "大于",
    "at_least": "不少于",
    "under": "小于",
    "at_most": "不超过",
    "equal": "等于",
    "not_equal": "不等于",
}
ONE_DAY = timedelta(days=1)
SAME_PERSON = "是否同一人"


def run_step(step: Step, state: State) -> None:
    """Ask one step; Stop when the row is no lead, Unknown when an input is missing."""
    if step.table and step.table != state.model.subject.table and not _there(step, state):
        return
    DOING[step.do](step, state)


def _there(step: Step, state: State) -> bool:
    """Whether a step's table can be asked; a doubt is noted for an optional one that is not loaded."""
    table = state.model.table(step.table)
    if step.table in state.setting.through:
        if step.table in state.bundle.keyless:
            names = [state.model.subject_table.kind.field(each).name for each, _ in table.ways[0].pairs]
            raise Unknown("、".join(names), state.model.subject_table.kind.holder)
        return True
    if table.optional:
        state.doubt(f"没有《{table.kind.name}》，{step.says or '不能排除其中另有说明'}，须先核对")
        return False
    raise Unknown(f"《{table.kind.name}》", table.kind.holder)


def _fitting(step: Step, state: State) -> tuple[list[Joined], Unknown | None]:
    """The joined rows that fit the step's conditions, and what was missing to say so of the others."""
    found, lack = [], None
    for each in state.bundle.rows.get(step.table, ()):
        fits = state.all(step.where, each.record, step.table)
        if fits:
            found.append(each)
        elif fits is None:
            lack = lack or state.lacking
    return found, lack


def _match(step: Step, state: State) -> None:
    if step.table == state.model.subject.table:
        _demand(state.all(step.where), state, step.says or "不属于本模型所问的情形")
        return
    kind = state.model.table(step.table).kind
    found, lack = _fitting(step, state)
    if len(found) < step.least:
        if lack is not None:
            raise lack
        raise Stop(step.says or f"《{kind.name}》中没有相应的记录", never=True)
    sure = [each for each in found if not each.weak]
    if len(sure) < step.least:
        state.weak = True
        state.doubt(f"与《{kind.name}》仅凭姓名对应，须先核实{SAME_PERSON}")
    state.bound[step.table] = sure if len(sure) >= step.least else found
    for each in state.bound[step.table][:3]:
        state.see(each.record, *(right for way in state.model.table(step.table).ways for _, right in way.pairs))
    first = state.bound[step.table][0].record
    more = f"等 {len(found)} 行" if len(found) > 1 else ""
    state.say(f"《{kind.name}》有相应记录：“{first.sheet}”第 {first.row} 行{more}")


def _demand(holds: bool | None, state: State, why: str) -> None:
    if holds is None and state.lacking is not None:
        raise state.lacking
    if not holds:
        raise Stop(why, never=True)


def _difference(step: Step, state: State) -> None:
    table = state.model.table(step.table)
    found, lack = _fitting(step, state)
    only_weak = all(each.weak for each in table.ways)
    sure = [each for each in found if only_weak or not each.weak]
    if sure:
        row = sure[0].record
        raise Stop(step.says or f"《{table.kind.name}》“{row.sheet}”第 {row.row} 行有相应记录")
    if lack is not None:
        raise lack
    through = state.setting.through[step.table]
    until = state.need(step.until) if step.until else None
    if isinstance(until, date) and through < until:
        raise Unknown(f"《{table.kind.name}》截至{through}，不能反映{until}的情况", table.kind.holder)
    if found:
        row = found[0].record
        state.see(row, *(right for way in table.ways for _, right in way.pairs))
        state.weak = True
        state.doubt(f"《{table.kind.name}》“{row.sheet}”第 {row.row} 行有同名记录，须先核实{SAME_PERSON}")
    state.say(f"《{table.kind.name}》中没有相应的记录")


def _deadline(step: Step, state: State) -> None:
    start = state.need(step.start)
    length = _length(step, state)
    early, late, sure = _last_day(step, state, start, length)
    day = state.value(step.done) if step.done else state.setting.as_of
    open_end = day is None
    day = state.setting.as_of if day is None else day
    name = step.id or f"step{step.at}"
    days = (day - late).days
    state.results |= {
        f"{name}.start": start,
        f"{name}.due": late,
        f"{name}.days": max(days, 0),
        f"{name}.length": length,
    }
    if not state.bare:
        state.say(f"{_name(step.start, state)} {start}，加 {length} {UNITS[step.counting]} → {late}")
        other = (
            f"{_name(step.done, state)}未填，算到 {day}" if open_end else f"{_name(step.done, state) or '审查日'} {day}"
        )
        state.say(f"{other}，{'晚' if days > 0 else '早'} {abs(days)} 日" if days else f"{other}，正是末日")
    if (day > late) == step.within:
        raise Stop(step.says or ("已经超过期限" if step.within else f"到 {day} 没有超过期限（末日 {late}）"))
    if not step.within and not sure:
        state.doubt("假日表缺少该年，须核对末日是否顺延")
    if step.within and day > early:
        state.doubt("期限末日有两种算法，须核对")


def _length(step: Step, state: State) -> int:
    if isinstance(step.length, int):
        return step.length
    value = state.number(ref_of(step.length))
    if value != int(value) or not 0 <= value <= 40_000:
        raise Unknown("期限的长短", "模型")
    return int(value)


def _last_day(step: Step, state: State, start: date, length: int) -> tuple[date, date, bool]:
    """The last day by both readings of a month's end, and whether the holidays are known."""
    calendar = state.setting.law.calendar
    try:
        if step.counting == "workdays":
            last = nth_workday(start, length, calendar)
            if last is None:
                raise Unknown("该年的假日表", "法规库")
            return last, last, True
        if step.counting == "months":
            both = due(start, length)
            early, late = both.early, both.late
        else:
            early = late = start + timedelta(days=length)
        if not step.roll:
            return early, late, True
        moved = deadline(late, 0, calendar).moved
        return early, moved or late, moved is not None
    except (OverflowError, ValueError) as error:
        raise Unknown("超出日历的日期", "") from error


def _overlap(step: Step, state: State) -> None:
    rows: Sequence[Record | None] = (
        [each.record for each in state.bundle.rows.get(step.table, ())] if step.table else [None]
    )
    found, days, lack = [], set[int](), None
    for row in rows:
        try:
            first, second = (_period(each, state, row, step.table) for each in (step.first, step.second))
        except Unknown as unknown:
            lack = unknown
            continue
        start, last = max(first[0], second[0]), min(first[1], second[1])
        if start <= last:
            found.append((start, last, row))
            days.update(range(start.toordinal(), min(last.toordinal(), start.toordinal() + 40_000) + 1))
    if len(days) < step.least:
        if lack is not None:
            raise lack
        raise Stop(step.says or "两段时间没有重叠")
    found.sort(key=lambda each: each[:2])
    if step.table:
        wanted = [each for _, _, each in found]
        state.bound[step.table] = [one for one in state.bundle.rows[step.table] if one.record in wanted]
        if all(one.weak for one in state.bound[step.table]):
            state.weak = True
            state.doubt(f"与《{state.model.table(step.table).kind.name}》仅凭姓名对应，须先核实{SAME_PERSON}")
    start, last = found[0][0], max(each[1] for each in found)
    name = step.id or f"step{step.at}"
    state.results |= {f"{name}.days": len(days), f"{name}.start": start, f"{name}.last": last}
    state.say(f"两段时间在 {start} 至 {last} 之间重叠 {len(days)} 日")


def _period(refs: tuple[str, str], state: State, row: Record | None, table: str) -> tuple[date, date]:
    """From a day to a day, both counted; an empty end is the day of the run."""
    start = state.need(refs[0], row, table)
    last = state.value(refs[1], row, table)
    return start, last or max(state.setting.as_of, start)


def _threshold(step: Step, state: State) -> None:
    value, limit = state.total(step.value), state.total(step.limit)
    name = step.id or f"step{step.at}"
    state.results |= {f"{name}.value": value, f"{name}.limit": limit}
    holds = compare(step.op, value.value, limit.value)
    if not state.bare:
        plain = limit._replace(money=value.money or limit.money)
        left = said(value._replace(money=plain.money))
        state.say(f"{left}{'' if holds else '没有'}{RELATIONS[step.op]}{said(plain)}")
    if not holds:
        raise Stop(step.says or "没有达到界限")


def _count(step: Step, state: State) -> None:
    name = step.id or f"step{step.at}"
    if step.by:
        key = (name, tuple(said(state.need(each)) for each in step.by))
        state.groups.append(key)
        if state.setting.groups is None:
            return
        number = state.setting.groups.get(key, 0)
        words = "、".join(key[1])
    else:
        found, lack = _fitting(step, state)
        number = _most_within(step, state, found) if step.day else len(found)
        if number < step.least and lack is not None:
            raise lack
        state.bound[step.table] = found
        words = f"《{state.model.table(step.table).kind.name}》"
    state.results[f"{name}.count"] = number
    state.say(f"{words}共 {number} 件")
    if step.only and number < step.least:
        raise Stop(step.says or f"不足 {step.least} 件")


def _most_within(step: Step, state: State, rows: Sequence[Joined]) -> int:
    """The largest number of rows within a span of days or months."""
    days = sorted(state.need(step.day, each.record, step.table) for each in rows)
    most, first = 0, 0
    for place, day in enumerate(days):
        while day > _end(days[first], step):
            first += 1
        most = max(most, place - first + 1)
    return most


def _end(day: date, step: Step) -> date:
    return add_months(day, step.span) if step.counting == "months" else day + timedelta(days=step.span) - ONE_DAY


def _exclude(step: Step, state: State) -> None:
    if step.table and step.table != state.model.subject.table:
        found, lack = _fitting(step, state)
        holds: bool | None = bool(found) or (None if lack is not None else False)
    else:
        holds, lack = state.all(step.where), state.lacking
    if holds:
        raise Stop(f"排除：{step.says}")
    if holds is None and lack is not None:
        if not step.optional:
            raise lack
        state.doubt(f"缺少{lack.what}，不能排除“{step.says}”，须先核对")
        return
    state.say(f"不属于“{step.says}”")


def _name(text: str, state: State) -> str:
    """A reference as people call it."""
    if not text:
        return ""
    ref = ref_of(text)
    if ref.kind == "step":
        return "前一步的日期"
    return state.model.table(ref.table).kind.field(ref.field).name if ref.field else "审查日"


DOING: Mapping[Do, Callable[[Step, State], None]] = {
    Do.MATCH: _match,
    Do.DIFFERENCE: _difference,
    Do.DEADLINE: _deadline,
    Do.OVERLAP: _overlap,
    Do.THRESHOLD: _threshold,
    Do.COUNT: _count,
    Do.EXCLUDE: _exclude,
}
