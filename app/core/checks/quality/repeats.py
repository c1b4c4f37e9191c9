"""What stands twice, and what two rows or two sheets say differently of one case or one person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from app.core.checks.quality.check import CHECKS, Absent, Hit, Hits, Said, Setting, SheetFacts, Watch
from app.core.checks.quality.report import Health
from app.core.people.id_number import read_id_number
from app.core.people.names import compare_form
from app.core.records import Record, Value, show

NAME, NUMBER, BIRTH, CASE = "name", "id_number", "birth_date", "case_no"
_NO_WORD = re.compile(r"[\W_]+")


@CHECKS.check(
    "DQ-02",
    "疑似重复的行",
    asks="有无读入的各列完全相同的行，有无同一人的同一案件、同一事项登记两次（一人两案不算）",
    do="请核对是否重复登记，重复的请删去；确系两件事的，请在备注中说明",
)
def repeated_rows(sheet: SheetFacts, setting: Setting) -> Watch:
    """Rows equal in every column that was read, and rows of one person with the same case or day."""
    same = setting.knowledge.same.get(sheet.table.id, ())
    numbers = [NUMBER, *setting.knowledge.numbers]
    whole: dict[int, list[int]] = {}
    parts: dict[tuple[str, ...], list[int]] = {}

    def see(record: Record) -> Hits:
        cells = record.cells
        whole.setdefault(hash(tuple([cells[each].raw for each in cells])), []).append(record.row)
        found = _matter(record, same, numbers)
        if found is not None:
            parts.setdefault(found, []).append(record.row)
        return ()

    def end() -> Hits:
        told: set[int] = set()
        for rows in whole.values():
            for row, first in _again(rows):
                told.add(row)
                yield Hit(row, "", None, f"与第{first}行读入的各列相同", "读入的各列相同")
        for (by, *_), rows in parts.items():
            columns = "、".join(sheet.fields.get(each, each) for each in by.split())
            for row, first in _again(rows):
                if row not in told:
                    yield Hit(row, "", None, f"与第{first}行为同一人，{columns}相同", f"同一人且{columns}相同")

    return Watch(see=see, end=end)


def _again(rows: list[int]) -> Iterator[tuple[int, int]]:
    """The later rows of some that are the same, each with the first."""
    first, *later = sorted(rows)
    return ((row, first) for row in later)


def _matter(record: Record, same: Sequence[Sequence[str]], numbers: Sequence[str]) -> tuple[str, ...] | None:
    """Whose row it is and about what, with the fields that say so in front; None when either is not known."""
    person = next((str(each) for field in numbers if (each := record[field]) is not None), None)
    if person is None and record[BIRTH] is not None and isinstance(record[NAME], str):
        person = f"{compare_form(str(record[NAME]))} {record[BIRTH]}"
    if person is None:
        return None
    for fields in same:
        values = [_plain(record[each]) for each in fields]
        if all(values):
            return " ".join(fields), person, *values
    return None


def _plain(value: Value) -> str:
    """A value as text in which punctuation, width and blanks do not count."""
    if isinstance(value, date):
        return value.isoformat()
    text = show(value)
    return text if text.isascii() and text.isalnum() else _NO_WORD.sub("", unicodedata.normalize("NFKC", text))


@CHECKS.check(
    "DQ-17",
    "同一案号的法院不同",
    asks="案号相同的各行，所填法院是否相同（同一批核对的各表一并比较）",
    do="请按裁判文书核对案号和法院",
)
def courts_of_a_case(sheet: SheetFacts, setting: Setting) -> Watch:
    """One case number belongs to one court; a fuller and a shorter name of a court are the same."""
    sheet.any_of([CASE], "案号")
    known = setting.knowledge
    (court, *_) = sheet.any_of(known.court_fields, "法院")

    def see(record: Record) -> Hits:
        number, cell = record[CASE], record.cells.get(court)
        if isinstance(number, str) and cell is not None and isinstance(cell.value, str):
            key = _plain(number)
            if known.whole_number.search(key) and known.is_court.search(cell.value):
                name = known.court_left_out.sub("", unicodedata.normalize("NFKC", cell.value))
                setting.courts.setdefault(key, []).append(Said(sheet.number, record.row, name, court, cell))
        return ()

    return Watch(see=see, end=lambda: setting.once("DQ-17", lambda: _courts(setting)).get(sheet.number, ()))


def _courts(setting: Setting) -> Iterator[tuple[int, Hit]]:
    """Every row of a case that is given to courts of different names."""
    for entries in setting.courts.values():
        names = sorted({each.text for each in entries})
        if any(one not in other and other not in one for one, other in combinations(names, 2)):
            for each in entries:
                why = f"案号与{_other(setting, entries, each)}相同，法院不同"
                yield each.number, Hit(each.row, each.field, each.cell, why, each.cell.column)


def _other(setting: Setting, entries: Iterable[Said], mine: Said) -> str:
    """The first place that says something else: 第3行, with its sheet when that is another."""
    found = min((each[:2] for each in entries if each.text != mine.text), default=mine[:2])
    number, row = found
    return f"第{row}行" if number == mine.number else f"{setting.names[number]}第{row}行"


@CHECKS.check(
    "DQ-19",
    "两张表中同一人的身份证号码不同",
    asks="姓名和出生日期都相同的人，或者姓名和人员编号都相同的人，在不同的表中身份证号码是否一致",
    do="请按证件原件核对身份证号码；也可能是同名同日出生的两个人，确系两人的不必修改",
)
def numbers_of_a_person(sheet: SheetFacts, setting: Setting) -> Watch:
    """A person of two sheets, known by more than the name, whose numbers have nothing in common."""
    sheet.all_of(NAME, NUMBER)
    if len(setting.names) == 1:
        raise Absent(Health.NOT_APPLICABLE, "只有一张表，无从比较")
    shortest, numbers = setting.knowledge.shortest_number, setting.knowledge.numbers

    def see(record: Record) -> Hits:
        name, number = record[NAME], record[NUMBER]
        if isinstance(name, str) and isinstance(number, str):
            said = Said(sheet.number, record.row, number, NUMBER, record.cells[NUMBER])
            form = compare_form(name)
            birth = record[BIRTH] or read_id_number(number).birth_date
            if isinstance(birth, date):
                setting.people.setdefault(("出生日期", form, birth.isoformat()), []).append(said)
            for field in numbers:
                own = record[field]
                if isinstance(own, str) and len(own) >= shortest:
                    setting.people.setdefault(("编号", form, field, own), []).append(said)
        return ()

    return Watch(see=see, end=lambda: setting.once("DQ-19", lambda: _people(setting)).get(sheet.number, ()))


def _people(setting: Setting) -> Iterator[tuple[int, Hit]]:
    """Every row of a person to whom two sheets give different numbers, once."""
    told: set[tuple[int, int]] = set()
    for (by, *_), entries in sorted(setting.people.items()):
        said: dict[int, set[str]] = {}
        for each in entries:
            said.setdefault(each.number, set()).add(each.text)
        if not _apart(said):
            continue
        for each in entries:
            others = [other for other in entries if other.number != each.number]
            if (each.number, each.row) not in told and any(other.text != each.text for other in others):
                told.add((each.number, each.row))
                why = f"姓名、{by}与{_other(setting, others, each)}相同，身份证号码不同"
                yield each.number, Hit(each.row, each.field, each.cell, why, f"姓名、{by}相同")


def _apart(said: Mapping[int, set[str]]) -> bool:
    """Whether two sheets have no number of the person in common."""
    return any(one.isdisjoint(other) for one, other in combinations(said.values(), 2))
