"""Days: unreadable, made by a spreadsheet, running backwards, ahead of today, or in an impossible order."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from app.core.checks.quality.check import (
    CHECKS,
    Absent,
    Doubtful,
    Hit,
    Hits,
    Setting,
    SheetFacts,
    Watch,
    fields_of,
    unread,
)
from app.core.checks.quality.knowledge import DAYS
from app.core.checks.quality.report import Health
from app.core.records import Record, TableKind
from app.core.values.dates import is_serial_day, is_zero_day, parse_range


def day_fields(table: TableKind) -> tuple[str, ...]:
    """Every field of a table that holds a day or a month."""
    return fields_of(table, lambda each: each.type in DAYS)


@CHECKS.check(
    "DQ-04",
    "日期读不出",
    asks="日期列的内容是否都是能读懂的日期",
    do="请改为年-月-日（如 2026-01-31）的完整日期；没有日期的请留空",
)
def unreadable_days(sheet: SheetFacts, setting: Setting) -> Watch:
    """Texts in day columns that are no day; a spreadsheet's empty day counts elsewhere."""
    wanted = set(sheet.any_of(day_fields(sheet.table), "日期"))

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if field in wanted and unread(cell) and not is_zero_day(cell.raw):
                yield Hit(row, field, cell, cell.doubt, cell.column)

    return Watch(doubt=doubt)


@CHECKS.check(
    "DQ-05",
    "止日早于起日",
    asks="每一对起日、止日的先后是否相符",
    do="请核对起日和止日，改正有误的一项",
)
def backward_spans(sheet: SheetFacts, setting: Setting) -> Watch:
    """Every beginning and end of the table, in two columns or in one text."""
    pairs = setting.knowledge.spans(sheet.table)
    texts = [each.id for each in setting.knowledge.span_texts(sheet.table)]
    given = [(first, last) for first, last in pairs if first in sheet.fields and last in sheet.fields]
    spans = [each for each in texts if each in sheet.fields]
    if not given and not spans:
        if not pairs and not texts:
            raise Absent(Health.NOT_APPLICABLE, "这种表没有成对的起止日期")
        raise Absent(Health.LACKING, "表中没有成对的起止日期列", ("成对的起止日期",))

    def see(record: Record) -> Hits:
        for first, last in given:
            start, end = record[first], record[last]
            if isinstance(start, date) and isinstance(end, date) and end < start:
                why = f"{sheet.fields[last]}{end}早于{sheet.fields[first]}{start}"
                yield Hit(record.row, last, record.cells[last], why, sheet.fields[last])
        for field in spans:
            cell = record.cells.get(field)
            if cell is not None and isinstance(cell.value, str) and _backward(cell.value):
                yield Hit(record.row, field, cell, "止日早于起日", sheet.fields[field])

    return Watch(see=see)


@lru_cache(maxsize=5_000)
def _backward(text: str) -> bool:
    try:
        span = parse_range(text).value
    except ValueError:
        return False
    return span is not None and span[1] < span[0]


@CHECKS.check(
    "DQ-06",
    "日期晚于核对日",
    asks="记录已经发生的事的日期是否晚于核对日（预计的期满日、止日等除外）",
    do="请核对该日期的年、月、日；确系预定日期的，请在备注中说明",
)
def days_ahead(sheet: SheetFacts, setting: Setting) -> Watch:
    """Days that record what happened and lie behind the day of the report."""
    wanted = sheet.any_of(setting.knowledge.past_days(sheet.table), "记录已发生事项的日期")
    today = setting.day

    def see(record: Record) -> Hits:
        cells = record.cells
        for field in wanted:
            cell = cells.get(field)
            if cell is not None and isinstance(cell.value, date) and cell.value > today:
                yield Hit(record.row, field, cell, f"{cell.value}晚于核对日{today}", sheet.fields[field])

    return Watch(see=see)


@CHECKS.check(
    "DQ-11",
    "日期成了表格的序号",
    asks="日期列里有无 45000 一类的数字（表格程序内部的日期序号）",
    do="请把该列设为日期格式后重新导出，并核对换算的日期是否正确",
)
def serial_days(sheet: SheetFacts, setting: Setting) -> Watch:
    """Days read from a spreadsheet's own count of days."""
    wanted = set(sheet.any_of(day_fields(sheet.table), "日期"))

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if field in wanted and isinstance(cell.value, date) and is_serial_day(cell.raw):
                yield Hit(row, field, cell, f"按{cell.value}读取", cell.column)

    return Watch(doubt=doubt)


@CHECKS.check(
    "DQ-12",
    "空日期写成了1900年、1899年",
    asks="日期列里有无 1900-01-00、1899-12-30 一类由空单元格变成的日期",
    do="请把没有日期的单元格留空；有日期的请补填",
)
def zero_days(sheet: SheetFacts, setting: Setting) -> Watch:
    """What a spreadsheet shows for an empty day."""
    wanted = set(sheet.any_of(day_fields(sheet.table), "日期"))

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if field in wanted and unread(cell) and is_zero_day(cell.raw):
                yield Hit(row, field, cell, "是表格的空日期，按未填处理", cell.column)

    return Watch(doubt=doubt)


@CHECKS.check(
    "DQ-20",
    "报到日期早于裁判日期",
    asks="报到日期是否早于判决、裁定的日期",
    do="请核对报到日期和裁判日期，改正有误的一项",
)
def report_before_judgment(sheet: SheetFacts, setting: Setting) -> Watch:
    """A person reports to the correction office after the judgment, not before it."""
    first, last = "judged_on", "reported_on"
    sheet.all_of(first, last)

    def see(record: Record) -> Hits:
        judged, reported = record[first], record[last]
        if isinstance(judged, date) and isinstance(reported, date) and reported < judged:
            why = f"{sheet.fields[last]}{reported}早于{sheet.fields[first]}{judged}"
            yield Hit(record.row, last, record.cells[last], why, sheet.fields[last])

    return Watch(see=see)
