"""Identity numbers: whether they can be used, and whether sex and birth date agree with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from app.core.checks.quality.check import CHECKS, Doubtful, Hit, Hits, Setting, SheetFacts, Watch, fields_of, unread
from app.core.people.id_number import IdState, read_id_number
from app.core.records import Cell, FieldType, Record, show

NUMBER = "id_number"
SOUND = (IdState.VALID, IdState.UPGRADED)
KINDS = {
    IdState.WRONG_DIGIT: "位数、出生日期或者校验码不符",
    IdState.DAMAGED: "以数字或者科学计数存放，末位已失真",
    IdState.MASKED: "已脱敏",
}
LOST = "以数字存放，末位可能已失真"
NO_NUMBER = "不是身份证号码"
_WHOLE = re.compile(r"[0-9]{17}[0-9X]")


@CHECKS.check(
    "DQ-01",
    "身份证号码不能用于核对",
    asks="身份证号码的位数、校验码是否相符，有无脱敏，有无变成科学计数",
    do="请按证件原件核对补正，并把该列设为文本格式后重新导出",
)
def unusable_numbers(sheet: SheetFacts, setting: Setting) -> Watch:
    """Numbers with a wrong check digit, masked ones, and ones a spreadsheet has spoilt."""
    numbers = fields_of(sheet.table, lambda each: each.type is FieldType.ID_NUMBER)
    wanted = set(sheet.any_of(numbers, "身份证号码"))

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if field in wanted and (why := _unusable(cell)):
                yield Hit(row, field, cell, why, why)

    return Watch(doubt=doubt)


def _unusable(cell: Cell) -> str:
    """Why a number cannot be used; empty when it can."""
    if cell.value is None and not unread(cell):
        return ""
    state = read_id_number(cell.raw).state
    if cell.value is None and state in SOUND:
        return LOST
    return KINDS.get(state, NO_NUMBER if cell.value is None else "")


@CHECKS.check(
    "DQ-03",
    "身份证号码与性别、出生日期不一致",
    asks="性别、出生日期两列与身份证号码所载是否一致",
    do="请按证件原件核对身份证号码、性别和出生日期，改正有误的一项",
)
def number_and_columns(sheet: SheetFacts, setting: Setting) -> Watch:
    """Sound numbers against the columns of sex and birth date."""
    sheet.any_of([NUMBER], "身份证号码")
    columns = sheet.any_of(["sex", "birth_date"], "性别、出生日期")

    def see(record: Record) -> Hits:
        told = record.cells.get(NUMBER)
        carried = None if told is None else _carried(told)
        if carried is None:
            return
        for field in columns:
            cell = record.cells.get(field)
            if cell is not None and cell.value is not None and cell.value != carried[field]:
                yield Hit(record.row, field, cell, f"身份证号码所载为{show(carried[field])}", sheet.fields[field])

    return Watch(see=see)


def _carried(cell: Cell) -> Mapping[str, str | date | None] | None:
    """What a sound number says of sex and birth date; None when there is none.

    A number read without a doubt has passed its own check already.
    """
    number = cell.value
    if not isinstance(number, str):
        return None
    if not cell.doubt and _WHOLE.fullmatch(number):
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return {"sex": "男" if int(number[16]) % 2 else "女", "birth_date": birth}
    read = read_id_number(number)
    return {"sex": read.sex, "birth_date": read.birth_date} if read.state in SOUND else None
