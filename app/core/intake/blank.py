"""Blank template workbooks: one declared table each, to be filled in by who holds the data and read back unchanged."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.core.intake.sheet import Sheet
from app.core.intake.wanted import is_key, ranked
from app.core.records import Field, FieldType, TableKind
from app.core.workbook import new_book

GUIDE = "填写说明"
TITLE_ROW, LEGEND_ROW, UNIT_ROW, HEADER_ROW, FIRST_ROW = range(5)
READY_ROWS = 2000  # rows with drop-down lists
LONGEST_LIST = 255  # letters a spreadsheet takes for a list written out
NARROWEST, WIDEST, A_LETTER = 10.0, 30.0, 2.2
PAGE_WIDTH = 190  # letters across one page that are still read without effort
FROZEN = 2  # columns that stay in sight
MOST_NAMED = 12  # rules named in a note
LEGEND = "底色为橙色的列必须填写；其余各列有则填写，没有的留空。把鼠标移到列名上可以看到怎样填写。"
UNIT = "填报单位："
AS_TEXT = "；本列已设为文本格式"
WIDTHS: Mapping[FieldType, float] = {
    FieldType.ID_NUMBER: 21,
    FieldType.DATE: 12.5,
    FieldType.SENTENCE: 16,
    FieldType.OFFENCE_TERMS: 28,
    FieldType.NUMBER_TEXT: 18,
}
GUIDE_COLUMNS = (
    ("序", 5),
    ("列名", 20),
    ("必填", 6),
    ("怎样填写", 44),
    ("示例", 26),
    ("项数", 6),
    ("用于哪些审查", 70),
)
Names = Callable[[str], str]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("blank.toml").read_text(encoding="utf-8"))


def example(field: Field) -> str:
    """An example of what a column holds; the first word of a list to choose from."""
    if field.choices:
        return next(iter(field.choices))
    words = _words()
    return words["field"].get(field.id) or words["example"][field.type]


def how(field: Field) -> str:
    """How a column is to be filled in, in one sentence without its end; words to choose from are listed."""
    return f"写下列之一：{'、'.join(field.choices)}" if field.choices else _words()["how"][field.type]


def is_guide(sheet: Sheet) -> bool:
    """Whether a sheet is the page of explanations of one of our templates, which holds no data."""
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else ""
    return sheet.name == GUIDE and first.endswith(GUIDE)


def blank_workbook(table: TableKind, name_of: Names) -> bytes:
    """The template of a table: the sheet to fill in, and a page that explains all columns, most useful first.

    `name_of` gives the short name of a rule by its id.
    """
    stream = io.BytesIO()
    with new_book(stream) as book:
        _form(book, table, name_of)
        _guide(book, table, name_of)
    return stream.getvalue()


def _form(book: Any, table: TableKind, name_of: Names) -> None:
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", "、", table.name)[:31])
    last = len(table.fields) - 1
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"valign": "vcenter"})
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, table.name, title)
    sheet.set_row(TITLE_ROW, 30)
    for row, text in ((LEGEND_ROW, LEGEND), (UNIT_ROW, UNIT)):
        sheet.merge_range(row, 0, row, last, text, plain)
        sheet.set_row(row, 20)
    sheet.set_row(HEADER_ROW, 36)
    head, must = (
        book.add_format(
            {"bold": True, "bg_color": colour, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
        )
        for colour in ("#E6EEF7", "#F8CBAD")
    )
    cells = {
        number: book.add_format({"num_format": number, "border": 1}) for number in ("@", "yyyy-mm-dd", "0", "0.00")
    }
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, _width(field), cells[_number_format(field)])
        sheet.write_string(HEADER_ROW, column, field.name, must if field.required else head)
        sheet.write_comment(HEADER_ROW, column, note(field, name_of), {"x_scale": 2.4, "y_scale": 2.2, "author": ""})
        if (rule := _validation(field)) is not None:
            sheet.data_validation(FIRST_ROW, column, FIRST_ROW + READY_ROWS, column, rule)
    sheet.freeze_panes(FIRST_ROW, FROZEN)
    _to_print(sheet, sum(map(_width, table.fields)))
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0, FROZEN - 1)


def _guide(book: Any, table: TableKind, name_of: Names) -> None:
    sheet = book.add_worksheet(GUIDE)
    title = book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E6EEF7", "border": 1, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    last = len(GUIDE_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"《{table.name}》{GUIDE}", title)
    sheet.merge_range(1, 0, 1, last, f"数据由{table.holder}提供，一人有几条的逐条填写，每条一行。{LEGEND}", plain)
    sheet.merge_range(2, 0, 2, last, "下面各列按用处大小排列；没有全部数据的，先填排在前面的。", plain)
    sheet.set_row(1, 32)
    for column, (label, width) in enumerate(GUIDE_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, label, head)
    for number, field in enumerate(ranked(table), 1):
        must = "必填" if field.required else ""
        rules = "、".join(map(name_of, field.unlocks)) or ("识别人员" if is_key(field) else "核对、备查")
        texts = (str(number), field.name, must, _how(field), example(field), str(len(field.unlocks) or ""), rules)
        for column, value in enumerate(texts):
            sheet.write_string(3 + number, column, value, text)
    sheet.freeze_panes(4, FROZEN)
    _to_print(sheet, PAGE_WIDTH)
    sheet.repeat_rows(3)


def note(field: Field, name_of: Names) -> str:
    """What stands beside a column's name: how to fill it in, an example, and the checks it serves."""
    lines = ["必填。" if field.required else "", f"{_how(field)}。", f"示例：{example(field)}"]
    if field.unlocks:
        names = [name_of(each) for each in field.unlocks[:MOST_NAMED]]
        more = f"等{len(field.unlocks)}项" if len(field.unlocks) > MOST_NAMED else ""
        lines.append(f"用于：{'、'.join(names)}{more}")
    return "\n".join(each for each in lines if each)


def _how(field: Field) -> str:
    if field.choices:
        return f"从下拉列表中选择：{'、'.join(field.choices)}"
    return how(field) + (AS_TEXT if field.type in (FieldType.NUMBER_TEXT, FieldType.ID_NUMBER) else "")


def _number_format(field: Field) -> str:
    match field.type:
        case FieldType.DATE:
            return "yyyy-mm-dd"
        case FieldType.INTEGER:
            return "0"
        case FieldType.MONEY | FieldType.DECIMAL:
            return "0.00"
    return "@"


def _width(field: Field) -> float:
    wide = max(WIDTHS.get(field.type, 0), (len(field.name) + 1) * A_LETTER, len(example(field)) * 1.6)
    return min(max(wide, NARROWEST), WIDEST)


def _validation(field: Field) -> dict[str, Any] | None:
    """What a cell may hold; a warning only, since an odd value with its reason is better than none."""
    rule: dict[str, Any] = {"error_type": "warning", "error_title": field.name[:32]}
    rule["error_message"] = f"{_words()['how'][field.type]}，如 {example(field)}。仍要这样写吗？"
    match field.type:
        case FieldType.CHOICE | FieldType.BOOLEAN:
            words = list(field.choices) or ["是", "否"]
            return rule | {"validate": "list", "source": words} if len(",".join(words)) <= LONGEST_LIST else None
        case FieldType.DATE:
            from datetime import date

            return rule | {
                "validate": "date",
                "criteria": "between",
                "minimum": date(1900, 1, 1),
                "maximum": date(2200, 1, 1),
            }
        case FieldType.INTEGER:
            return rule | {"validate": "integer", "criteria": ">=", "value": 0}
        case FieldType.MONEY | FieldType.DECIMAL:
            return rule | {"validate": "decimal", "criteria": ">=", "value": -1_000_000}
        case FieldType.ID_NUMBER:
            return rule | {"validate": "length", "criteria": "between", "minimum": 15, "maximum": 18}
        case FieldType.TERM | FieldType.SENTENCE | FieldType.DEPRIVATION | FieldType.MONTH:
            return {
                "validate": "any",
                "input_title": field.name[:32],
                "input_message": f"{how(field)}，如 {example(field)}",
            }
    return None


def _to_print(sheet: Any, width: float) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(max(1, round(width / PAGE_WIDTH)), 0)
    sheet.set_footer("&C第&P页，共&N页")
