"""Contents: terms that cannot be read, unknown kinds of correction, remarks the status does not bear out."""

from __future__ import annotations

from app.core.checks.quality.check import CHECKS, Doubtful, Hit, Hits, Setting, SheetFacts, Watch, fields_of, unread
from app.core.checks.quality.knowledge import StatusWord
from app.core.records import FieldType, Record

TERMS = (FieldType.TERM, FieldType.SENTENCE, FieldType.DEPRIVATION, FieldType.OFFENCE_TERMS)
KIND, STATUS, REMARKS = "correction_kind", "status", "remarks"


@CHECKS.check(
    "DQ-07",
    "刑期、期限读不出",
    asks="刑期、考验期、剥夺政治权利期限等列的内容是否都能读懂",
    do="请写明年、月、日，如“三年六个月”；只有数字的请注明单位",
)
def unreadable_terms(sheet: SheetFacts, setting: Setting) -> Watch:
    """Texts in columns of terms and sentences that are none."""
    wanted = set(sheet.any_of(fields_of(sheet.table, lambda each: each.type in TERMS), "刑期、期限"))

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if field in wanted and unread(cell):
                yield Hit(row, field, cell, cell.doubt, cell.column)

    return Watch(doubt=doubt)


@CHECKS.check(
    "DQ-10",
    "矫正类别不明",
    asks="矫正类别是否为管制、缓刑、假释、暂予监外执行之一",
    do="请填写管制、缓刑、假释或者暂予监外执行；宽管、普管、严管是管理等级，请填在管理等级列",
)
def unknown_kinds(sheet: SheetFacts, setting: Setting) -> Watch:
    """Kinds of community correction nobody knows."""
    sheet.any_of([KIND], "矫正类别")

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if field == KIND and unread(cell):
                yield Hit(row, field, cell, f"“{cell.raw.strip()}”不是矫正类别", cell.raw.strip())

    return Watch(doubt=doubt)


@CHECKS.check(
    "DQ-15",
    "备注所载与状态栏不一致",
    asks="备注中有死亡、收监、迁出、逮捕等情况的，状态栏是否已经反映",
    do="请核对人员现状；备注所载属实的，请更新状态栏",
)
def unreflected_remarks(sheet: SheetFacts, setting: Setting) -> Watch:
    """Words of a remark that the status should say too."""
    sheet.all_of(REMARKS, STATUS)
    words = setting.knowledge.status

    def see(record: Record) -> Hits:
        cell = record.cells.get(REMARKS)
        if cell is None or not isinstance(cell.value, str):
            return
        status = record.cells.get(STATUS)
        stated = "" if status is None else status.raw.strip()
        read = "" if status is None or status.value is None else str(status.value)
        for word in words:
            said = _said(cell.value, word)
            if said and read not in word.reflected and not word.word.search(stated):
                why = f"备注中有“{said}”，状态栏为“{stated or '空'}”"
                yield Hit(record.row, REMARKS, cell, why, said)

    return Watch(see=see)


def _said(text: str, word: StatusWord) -> str:
    """The first such word of a remark that means what it says; empty when there is none."""
    for found in word.word.finditer(text):
        if not word.before.search(text, 0, found.start()):
            return found[0]
    return ""
