"""The law in force in this office: what ships with the program, and the office's own changes laid over it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.errors import UserError
from app.core.law import duties, holidays
from app.core.law.book import LawBook, shipped
from app.core.law.catalogue import duty_id
from app.core.law.changes import Change, write_change
from app.core.law.edition import lay_on, lay_over, name_of
from app.core.law.holidays import Calendar
from app.core.store.database import Rooms, Store
from app.core.store.rows import Resting

AGAIN = "请重新运行审查（F5）"


def law_in_force(store: Rooms) -> LawBook:
    """The law every review, document and preview goes by; changes that do not fit are named in its `refused`."""
    changes = store.law.changes()
    return lay_over(shipped(), ((each.id, each.kind, each.content) for each in changes)) if changes else shipped()


@needs("law")
def change_law(store: Store, change: Change, *, why: str, now: str, who: str) -> Done:
    """Check a change against the law in force and keep it, with a line in the log; its value is the change's number.

    UserError, with the field, when it cannot be, or when no reason is given.
    """
    if not why.strip():
        raise UserError("没有填写理由", do="请写明为什么修改，例如依据的文件", where="理由")
    before = law_in_force(store)
    with store.atomic():
        kind, content = write_change(change)
        number = store.law.add(kind, content, why=why.strip(), now=now, who=who)
        after = _checked(store, before, change, number)
        name = name_of(after, change.target)
        store.audit.note("修改法律数据", {"编号": number, "内容": content, "理由": why.strip()}, at=now, who=who)
    return Done(f"已保存本院对“{name}”的修改{_rest(store, before, change.target)}", frozenset({"law"}), number)


@needs("law")
def undo_change(store: Store, number: int, *, why: str, now: str, who: str) -> Done:
    """Take a change back; it stays on record. UserError when later changes build on it."""
    before = law_in_force(store)
    change = next((each for each in store.law.changes() if each.id == number), None)
    if change is None:
        raise UserError("这处修改已经撤回", do="不必再撤")
    with store.atomic():
        store.law.undo(number, why=why, now=now, who=who)
        if set(law_in_force(store).refused) - set(before.refused):
            raise UserError("后来的修改是接着这一处做的", do="请先撤回同一数值后来的修改")
        store.audit.note("撤回法律数据的修改", {"编号": number, "内容": change.content, "理由": why}, at=now, who=who)
    target = str((change.content or {}).get("target", ""))
    return Done(f"已撤回第 {number} 处修改{_rest(store, before, target)}", frozenset({"law"}))


def affected(store: Rooms, law: LawBook, target: str) -> list[Resting]:
    """Every stored conclusion, of all desks, that rests on a number, a table row, a provision or a year's holidays.

    `target` is its id; of a number, those that read any of its rows or asked for it in vain. Lawful answers count.
    """
    return store.law.resting_on(keys_of(law, target))


def keys_of(law: LawBook, target: str) -> Collection[str]:
    """What reading something of the law is noted under."""
    if target.isdigit():
        return {holidays.year_key(int(target))}
    for duty in duties.shipped().duties:
        if target == duty_id(duty):
            return set(duty.cites)
    if target in law.provisions:
        cited = {each.key for group in law.parameters.values() for each in group if each.provision == target}
        cited |= {each.key for each in law.rows if target in each.cites.values()}
        return {target, *cited}
    rows = {each.key for each in law.rows if target in (each.key, each.name)}
    return rows or law.keys_of_parameter(target)


def _checked(store: Store, before: LawBook, change: Change, number: int) -> LawBook:
    """The whole law with the new change, loaded as every review will load it."""
    lay_on(before, change, number)  # says what is wrong, with the field
    after = law_in_force(store)
    if set(after.refused) - set(before.refused):
        raise UserError("同一数值以前的修改没有采用，不能接着改", do="请先撤回以前的修改")
    return after


def _rest(store: Rooms, before: LawBook, target: str) -> str:
    resting = affected(store, before, target)
    return f"。已有 {len(resting)} 件结论以它为依据，{AGAIN}" if resting else "。还没有以它为依据的结论"


@dataclass(frozen=True, slots=True)
class YearCompared:
    """A year beside a second source: days off only here, days worked only here; None where one lacks the year."""

    year: int
    only_off_here: tuple[date, ...] | None
    only_work_here: tuple[date, ...] | None
    says: str


def compare_year(calendar: Calendar, year: int) -> YearCompared:
    """The holidays of a year compared with the package chinesecalendar, in words."""
    other = holidays.second_source(year)
    if year not in calendar.off:
        known = "第二来源有这一年" if other is not None else "第二来源也没有这一年"
        return YearCompared(year, None, None, f"法律数据里没有 {year} 年的节假日，{known}")
    if other is None:
        return YearCompared(year, None, None, f"第二来源没有 {year} 年，没有比较")
    days = [date.fromordinal(each) for each in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)]
    there = Calendar({year: other[0]}, {year: other[1]})
    differ = [each for each in days if calendar.is_workday(each) is not there.is_workday(each)]
    off = tuple(each for each in differ if there.is_workday(each))
    work = tuple(each for each in differ if not there.is_workday(each))
    if not differ:
        return YearCompared(year, off, work, "与第二来源一致")
    parts = [f"{_days(off)}这里放假，第二来源上班"] if off else []
    parts += [f"{_days(work)}这里上班，第二来源放假"] if work else []
    return YearCompared(year, off, work, "；".join(parts))


def _days(days: Collection[date]) -> str:
    return "、".join(f"{each.month}月{each.day}日" for each in days)
