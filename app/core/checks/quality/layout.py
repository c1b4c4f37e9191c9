"""How a sheet is laid out: merged cells, the header's place, rows put aside, and how far the columns are filled."""

from __future__ import annotations

from app.core.checks.quality.check import CHECKS, Doubtful, Hit, Hits, Setting, SheetFacts, Watch, unread
from app.core.checks.quality.report import Health
from app.core.people.id_number import IdState, read_id_number
from app.core.records import CARRIED_FROM, Record

UNSOUND = (IdState.WRONG_DIGIT, IdState.MASKED, IdState.DAMAGED)


@CHECKS.check(
    "DQ-13",
    "内容取自上面的单元格",
    asks="有无合并单元格和“同上”，内容要到上面的单元格去取",
    do="以后报送请不要合并单元格、不要写“同上”，每行填写完整",
    health=Health.TOLD,
)
def merged_cells(sheet: SheetFacts, setting: Setting) -> Watch:
    """Cells whose text was carried down from the first of a merged range, or from above 同上."""

    def doubt(row: int, cells: Doubtful) -> Hits:
        for field, cell in cells:
            if CARRIED_FROM in cell.doubt and cell.column:
                yield Hit(row, field, cell, CARRIED_FROM, cell.column)

    return Watch(doubt=doubt)


@CHECKS.check(
    "DQ-14",
    "表头不在第一行",
    asks="列名是否在工作表的第一行",
    do="以后报送请把列名放在第一行，标题、填报单位等写在文件名或者另一张工作表里",
    health=Health.TOLD,
)
def header_below(sheet: SheetFacts, setting: Setting) -> Watch:
    """Titles above the header; a header of several lines that begins in the first row is none."""

    def end() -> Hits:
        if sheet.header_first > 1:
            yield Hit(sheet.header_first, "", None, f"列名在第{sheet.header_first}行，以上各行按标题处理")

    return Watch(end=end)


@CHECKS.check(
    "DQ-16",
    "人员没有可用的证件号码",
    asks="每行有无可用于核对的证件号码（监狱的表为罪犯编号）；各列填写、读取的比例见填写情况表",
    do="请补填证件号码；确无证件的，请在备注中说明",
    health=Health.TOLD,
)
def unidentified_rows(sheet: SheetFacts, setting: Setting) -> Watch:
    """Rows whose person cannot be found in other tables by a number."""
    found_by = setting.knowledge.found_by(sheet.table)
    names = "、".join(each.name for each in sheet.table.fields if each.id in found_by)
    wanted = sheet.any_of(found_by, names or "证件号码")

    def see(record: Record) -> Hits:
        if not identified(record, wanted):
            cell = record.cells.get(wanted[0])
            said = "为空" if cell is None or not cell.raw.strip() else "不能用于核对"
            yield Hit(record.row, wanted[0], cell, f"{sheet.fields[wanted[0]]}{said}", said)

    return Watch(see=see)


def identified(record: Record, found_by: tuple[str, ...]) -> bool:
    """Whether a person can be found by one of these numbers."""
    for field in found_by:
        cell = record.cells.get(field)
        if cell is not None and isinstance(cell.value, str) and not unread(cell):
            doubtful = cell.doubt and read_id_number(cell.value).state in UNSOUND
            if field != "id_number" or not doubtful:
                return True
    return False


@CHECKS.check(
    "DQ-18",
    "合计等非数据行",
    asks="表中有无合计、小计、重复的表头、表尾等不是数据的行（已放在一边，未计入数据）",
    do="请核对所列各行确实不是数据；以后报送请不要在数据中插入这些行",
    health=Health.TOLD,
)
def rows_aside(sheet: SheetFacts, setting: Setting) -> Watch:
    """Rows below the header that were put aside."""

    def end() -> Hits:
        for each in sheet.aside:
            yield Hit(each.row, "", None, f"{each.why}：{each.text}" if each.text else each.why, each.why)

    return Watch(end=end)
