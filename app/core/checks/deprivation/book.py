"""The rule book of this desk and what many of its rules share."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.deprivation.case import Matter
from app.core.checks.persons import day_of
from app.core.checks.rule import Book
from app.core.checks.why import Missing, Why
from app.core.records import Record
from app.core.sentence.deprivation import Ground

RULES: Book[Matter] = Book()
CORRECT, ADVISE, SPEAK, APPEAL = "纠正违法通知书", "检察建议书", "口头纠正", "抗诉（再审检察建议）线索"
POLICE, LISTED = "公安机关", "T20"


def listed(case: Matter) -> str:
    """Applies to deprivations the police list; Missing while there is no such list to look in."""
    if case.listing is None:
        case.lists.need(LISTED)
        return "不在公安列管名单"
    return "裁判没有剥夺政治权利" if case.none_imposed and case.original is not None else ""


def deprived(case: Matter) -> str:
    """Applies where some source states a deprivation."""
    return "没有剥夺政治权利" if case.none_imposed else ""


def column(row: Record, field_id: str, label: str, holder: str = POLICE) -> date | None:
    """A day of a list; None when its cell is empty, Missing when the list has no such column."""
    if field_id not in row.cells:
        raise Missing(label, holder=holder)
    return day_of(row, field_id)


def periods(case: Matter, why: Why) -> None:
    """Tell how the lawful readings come about; Missing when no reading is known."""
    if not case.known:
        raise lacking(case)
    see_sources(case, why)
    for each in case.known:
        ends = "、".join(str(end) for end in each.ends) or "终身"
        why.step(f"{each.says}：{each.start} 起{'，' + str(case.term) if case.term else ''} → 至 {ends}")
    if len(case.known) > 1:
        why.step("起算日有两种意见，都予以接受")


def lacking(case: Matter) -> Missing:
    """What is missing to say when a deprivation runs."""
    if case.deprivation is None:
        return Missing("剥夺政治权利的期限", holder="人民法院、监狱")
    if case.ground is None:
        return Missing("主刑种类或者释放情况", holder="人民法院、监狱")
    if case.ground in (Ground.RELEASE, Ground.PAROLE, Ground.OUTSIDE):
        return Missing("释放（假释）日期", holder="监狱、看守所")
    return Missing("裁判生效日期", holder="人民法院")


def see_sources(case: Matter, why: Why) -> None:
    """Take the cells on which the period rests into the evidence."""
    if case.stated is not None:
        why.see(case.stated.row, case.stated.field)
    if case.freed is not None:
        why.see(case.freed[1], case.freed[2])
    elif case.judgment is not None:
        why.see(case.judgment, "effective_on")


def wait(why: Why, parameter: str, day: date) -> date:
    """A day and the days that are waited after it, told as a step."""
    days = why.number(parameter, day)
    later = day + timedelta(days=days)
    why.step(f"{day} ＋{days}日 → {later}")
    return later
