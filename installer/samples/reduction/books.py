"""The four files as a prison sends them: titles, merged two-line headers, subtotals and footers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from installer.samples.reduction.case import CUT, FIXED, TO_LIFE, TO_TERM, Case, Debt, Ruling
from installer.samples.reduction.notation import COLUMNS, written
from installer.samples.reduction.people import WARDS, Person
from installer.samples.reduction.proposals import BATCH, HIGH, MIDDLE, PRISON
from installer.samples.shared.days import (
    CHINESE,
    DOTTED,
    FIGURES,
    ISO,
    WORDS,
    Months,
    last_day,
    later,
    write_day,
    write_term,
)
from installer.samples.shared.sheets import Page, Written, formats, open_book, write_csv

LIST, RULINGS = "提请减刑假释案件名册.xlsx", "历次减刑情况表.xlsx"
AWARDS, PROPERTY = "奖惩明细.csv", "财产性判项及狱内再犯罪情况表.xlsx"
RULING_HEAD = (
    *("序号", "罪犯编号", "姓名", "减刑裁定日期", "裁定送达日期", "裁定类型", "减去刑期", "减后刑期", "减后止日"),
    *("减后剥权", "裁定法院", "考核截止日期"),
)
AWARD_HEAD = ("罪犯编号", "罪犯姓名", "批准日期", "奖惩类别", "考核周期起", "考核周期止", "分值", "事由")
DEBT_HEAD = (
    *("序号", "罪犯编号", "姓名", "财产性判项种类", "应缴金额", "已缴金额", "履行日期", "执行结论", "执行法院"),
    *("有无拒不履行情形", "情形消失日期"),
)
CRIME_HEAD = ("序号", "罪犯编号", "姓名", "类型", "判决确定日期", "新罪刑种", "新罪刑期")
APPROVED_AFTER = timedelta(days=12)


def make(folder: Path, people: Sequence[Person]) -> list[Written]:
    """Write the four files into a folder and say how many rows of data stand in each sheet."""
    with open_book(folder / LIST, PRISON) as book:
        done = [Written(LIST, "名册", "R1", _proposals(Page(book, "名册", formats(book)), people))]
    with open_book(folder / RULINGS, PRISON) as book:
        done.append(Written(RULINGS, "历次减刑", "R2", _rulings(Page(book, "历次减刑", formats(book)), people)))
    awards = _awards(people)
    (folder / AWARDS).write_bytes(write_csv([AWARD_HEAD, *awards]).encode("gb18030"))
    done.append(Written(AWARDS, Path(AWARDS).stem, "R3", len(awards)))
    with open_book(folder / PROPERTY, PRISON) as book:
        looks = formats(book)
        done.append(Written(PROPERTY, "财产性判项", "R6", _debts(Page(book, "财产性判项", looks), people)))
        done.append(Written(PROPERTY, "狱内再犯罪和漏罪", "R7", _crimes(Page(book, "狱内再犯罪和漏罪", looks), people)))
    return done


def _proposals(page: Page, people: Sequence[Person]) -> int:
    page.title(f"{PRISON}{BATCH}提请减刑、假释案件名册", len(COLUMNS))
    page.line([f"填报单位：{PRISON}（盖章）", "", "", "", "填报日期：2026年11月18日"])
    page.two_line_head([(upper, lower) for _, upper, lower in COLUMNS])
    ward_column = [column for column, _, _ in COLUMNS].index("监区")
    serial = 0
    for ward in WARDS:
        first, members = page.next, [each for each in people if each.ward == ward]
        for person in members:
            serial += 1
            cells = written(person, serial)
            cells[ward_column] = None
            page.line(cells)
        page.merge_down(first, ward_column, ward)
        page.line(["小计", "", f"{len(members)}人"])
    page.line(["合计", "", f"{len(people)}人"])
    page.line(["制表人：例一", "", "", "", "审核人：例二", "", "联系电话：无"])
    page.sheet.freeze_panes(4, 4)
    page.sheet.set_column(0, len(COLUMNS) - 1, 13)
    return serial


def _rulings(page: Page, people: Sequence[Person]) -> int:
    page.title(f"{PRISON}{BATCH}提请罪犯历次减刑情况表", len(RULING_HEAD))
    page.line(RULING_HEAD, "head")
    serial = 0
    for person in people:
        first = page.next
        for each in person.case.history if person.case.annex else ():
            serial += 1
            page.line([serial, None, None, *_ruling(person.case, each, serial)])
        if page.next > first:
            page.merge_down(first, 1, person.number)
            page.merge_down(first, 2, person.name)
    page.line(["制表人：例一", "", "", "审核人：例二"])
    page.sheet.set_column(0, len(RULING_HEAD) - 1, 13)
    return serial


def _ruling(case: Case, ruling: Ruling, serial: int) -> list[object]:
    days = (ISO, DOTTED, CHINESE)[serial % 3]
    end = case.end_after(ruling)
    months = write_term(Months(ruling.months), FIGURES if serial % 2 else WORDS) if ruling.months else "无期徒刑"
    return [
        write_day(ruling.ruled, days),
        write_day(ruling.served, days) if ruling.served else None,
        ruling.kind,
        months if ruling.kind == CUT else None,
        months if ruling.kind in (TO_LIFE, TO_TERM) else None,
        write_day(end, days) if end else None,
        ruling.deprivation,
        MIDDLE if ruling.kind == CUT else HIGH,
        write_day(ruling.assessed_to, days),
    ]


def _awards(people: Sequence[Person]) -> list[list[object]]:
    lines: list[list[object]] = []
    for person in people:
        who = [person.number, person.name]
        for start, end in [] if person.case.again else [*_spent(person.case), *person.case.cycles]:
            approved = f"{end + APPROVED_AFTER:%Y/%m/%d}"
            lines.append([*who, approved, "表扬", start, end, 600, "考核周期积分达到600分"])
        if "重大立功" in person.case.merit:
            lines.append([*who, "2026/08/20", "重大立功", "", "", "", "检举重大犯罪活动，经查证属实"])
    return lines


def _spent(case: Case) -> list[tuple[date, date]]:
    """Two cycles that earlier reductions have used up; they end a month before the last assessment did."""
    if not case.history:
        return []
    after = later(case.history[-1].assessed_to.replace(day=1), -1)
    return [(start, last_day(start, 6)) for start in (later(after, -12), later(after, -6))]


def _debts(page: Page, people: Sequence[Person]) -> int:
    page.title(f"{PRISON}{BATCH}提请罪犯财产性判项履行情况表", len(DEBT_HEAD))
    page.line(DEBT_HEAD, "head")
    serial = 0
    for person in people:
        for each in person.case.debts:
            serial += 1
            page.line([serial, person.number, person.name, *_debt(person.case, each, serial)])
    page.sheet.set_column(0, len(DEBT_HEAD) - 1, 13)
    return serial


def _debt(case: Case, debt: Debt, serial: int) -> list[object]:
    days = (ISO, DOTTED)[serial % 2]
    return [
        debt.kind,
        f"{debt.due:,}元" if debt.due and serial % 3 == 0 else debt.due,
        debt.paid,
        write_day(debt.paid_on, days) if debt.paid_on else None,
        debt.state,
        "例县人民法院" if case.kind == FIXED else MIDDLE,
        debt.refusal,
        write_day(debt.ended, days) if debt.ended else None,
    ]


def _crimes(page: Page, people: Sequence[Person]) -> int:
    page.title(f"{PRISON}{BATCH}提请罪犯狱内再犯罪、漏罪情况表", len(CRIME_HEAD))
    page.line(CRIME_HEAD, "head")
    found = [(person, each) for person in people for each in person.case.new_crimes]
    for serial, (person, each) in enumerate(found, 1):
        term = write_term(Months(each.months), WORDS)
        page.line([serial, person.number, person.name, each.kind, write_day(each.final, CHINESE), each.penalty, term])
    page.sheet.set_column(0, len(CRIME_HEAD) - 1, 13)
    return len(found)
