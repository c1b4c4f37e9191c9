"""The four files as a prison sends them: titles, merged two-line headers, subtotals and footers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from installer.samples.case import CUT, FIXED, TO_LIFE, TO_TERM, Case, Debt, Ruling
from installer.samples.days import CHINESE, DOTTED, FIGURES, ISO, WORDS, Months, last_day, later, write_day, write_term
from installer.samples.notation import COLUMNS, written
from installer.samples.people import WARDS, Person
from installer.samples.proposals import BATCH, HIGH, MIDDLE, PRISON

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
MADE = datetime(2026, 11, 18)  # stamped into the files, so that they come out the same every time
APPROVED_AFTER = timedelta(days=12)


class Page:
    """A sheet being written from the top: its cells' look and the next free row."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, formats: Mapping[str, Format]) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.formats = formats
        self.next = 0

    def line(self, cells: Sequence[object], look: str = "text") -> None:
        """Write one row of cells by their kinds; what is None or empty stays empty."""
        for column, value in enumerate(cells):
            if isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)
                self.sheet.write_datetime(self.next, column, moment, self.formats["day"])
            elif isinstance(value, int):
                self.sheet.write_number(self.next, column, value, self.formats["number"])
            elif value:
                self.sheet.write_string(self.next, column, str(value), self.formats[look])
        self.next += 1

    def title(self, text: str, width: int) -> None:
        """A merged title row."""
        self.sheet.merge_range(self.next, 0, self.next, width - 1, text, self.formats["title"])
        self.next += 1

    def merge_down(self, first: int, column: int, text: str) -> None:
        """One text for a column from a row down to the last one written."""
        if self.next - first > 1:
            self.sheet.merge_range(first, column, self.next - 1, column, text, self.formats["text"])
        else:
            self.sheet.write_string(first, column, text, self.formats["text"])


def make(folder: Path, people: Sequence[Person]) -> None:
    """Write the four files into a folder."""
    with _book(folder / LIST) as book:
        _proposals(Page(book, "名册", _formats(book)), people)
    with _book(folder / RULINGS) as book:
        _rulings(Page(book, "历次减刑", _formats(book)), people)
    (folder / AWARDS).write_bytes(_awards(people))
    with _book(folder / PROPERTY) as book:
        formats = _formats(book)
        _debts(Page(book, "财产性判项", formats), people)
        _crimes(Page(book, "狱内再犯罪和漏罪", formats), people)


def _book(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": path.stem, "author": PRISON, "created": MADE})
    return book


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    middle = {"valign": "vcenter"}
    return {
        "title": book.add_format({**middle, "bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format({**middle, "bold": True, "border": 1, "align": "center", "text_wrap": True}),
        "text": book.add_format({**middle, "num_format": "@"}),
        "number": book.add_format(middle),
        "day": book.add_format({**middle, "num_format": "yyyy-mm-dd"}),
    }


def _proposals(page: Page, people: Sequence[Person]) -> None:
    page.title(f"{PRISON}{BATCH}提请减刑、假释案件名册", len(COLUMNS))
    page.line([f"填报单位：{PRISON}（盖章）", "", "", "", "填报日期：2026年11月18日"])
    _two_line_head(page)
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


def _two_line_head(page: Page) -> None:
    top, head = page.next, page.formats["head"]
    uppers = [upper for _, upper, _ in COLUMNS]
    for column, (_, upper, lower) in enumerate(COLUMNS):
        if not lower:
            page.sheet.merge_range(top, column, top + 1, column, upper, head)
            continue
        if uppers.index(upper) == column:
            page.sheet.merge_range(top, column, top, column + uppers.count(upper) - 1, upper, head)
        page.sheet.write_string(top + 1, column, lower, head)
    page.next += 2


def _rulings(page: Page, people: Sequence[Person]) -> None:
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


def _awards(people: Sequence[Person]) -> bytes:
    stream = io.StringIO(newline="")
    out = csv.writer(stream, lineterminator="\r\n")
    out.writerow(AWARD_HEAD)
    for person in people:
        who = [person.number, person.name]
        for start, end in [] if person.case.again else [*_spent(person.case), *person.case.cycles]:
            approved = f"{end + APPROVED_AFTER:%Y/%m/%d}"
            out.writerow([*who, approved, "表扬", start, end, 600, "考核周期积分达到600分"])
        if "重大立功" in person.case.merit:
            out.writerow([*who, "2026/08/20", "重大立功", "", "", "", "检举重大犯罪活动，经查证属实"])
    return stream.getvalue().encode("gb18030")


def _spent(case: Case) -> list[tuple[date, date]]:
    """Two cycles that earlier reductions have used up; they end a month before the last assessment did."""
    if not case.history:
        return []
    after = later(case.history[-1].assessed_to.replace(day=1), -1)
    return [(start, last_day(start, 6)) for start in (later(after, -12), later(after, -6))]


def _debts(page: Page, people: Sequence[Person]) -> None:
    page.title(f"{PRISON}{BATCH}提请罪犯财产性判项履行情况表", len(DEBT_HEAD))
    page.line(DEBT_HEAD, "head")
    serial = 0
    for person in people:
        for each in person.case.debts:
            serial += 1
            page.line([serial, person.number, person.name, *_debt(person.case, each, serial)])
    page.sheet.set_column(0, len(DEBT_HEAD) - 1, 13)


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


def _crimes(page: Page, people: Sequence[Person]) -> None:
    page.title(f"{PRISON}{BATCH}提请罪犯狱内再犯罪、漏罪情况表", len(CRIME_HEAD))
    page.line(CRIME_HEAD, "head")
    found = [(person, each) for person in people for each in person.case.new_crimes]
    for serial, (person, each) in enumerate(found, 1):
        term = write_term(Months(each.months), WORDS)
        page.line([serial, person.number, person.name, each.kind, write_day(each.final, CHINESE), each.penalty, term])
    page.sheet.set_column(0, len(CRIME_HEAD) - 1, 13)
