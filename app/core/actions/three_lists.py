"""The three lists of deprivation compared, and the workbook of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.lists import lists_of
from app.core.actions.people import judged_of
from app.core.actions.settings import read_office
from app.core.checks.deprivation.review import TABLES as NEEDED
from app.core.checks.deprivation.rolls import TABLES, Roll
from app.core.checks.deprivation.three_lists import Comparison, Line, Region, compare_lists
from app.core.errors import UserError
from app.core.findings import Evidence, Match
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.database import Rooms

SURE = {Match.SURE: "确认", Match.LIKELY: "很可能是同一人", Match.WEAK: "可能是同一人，须核对"}
UNSURE = "不能确定，须先核对"
COLUMNS = {
    "姓名": 10, "证件号码": 20, "案号": 22, "今天": 10, **{str(roll): 30 for roll in Roll}, "依法起": 14, "依法止": 14,
    "不同之处": 40, "把握": 14, "说明": 40, "出处": 60,
}  # fmt: skip


def three_lists(store: Rooms, law: LawBook, day: date, *, ticket: Ticket) -> Done:
    """Compare the lists of court and prison, correction and police; its value is a Comparison. UserError without any.

    Nothing in the store changes.
    """
    lists = lists_of(store, day, read_office(store).places)
    if not any(lists.has(table) for each in TABLES.values() for table in each):
        raise UserError("还没有可以比对的名单", do="请先导入法院、监所、司法局或者公安机关的名单")
    records = [each for table in NEEDED if lists.has(table) for each in store.batches.records(table)]
    found = compare_lists(records, law, lists, ticket, judged_of(store))
    parts = "，".join(f"{roll} {found.size(roll)} 件" for roll in found.loaded)
    return Done(f"比对 {len(found.lines)} 件：{parts}", value=found)


def save_three_lists(found: Comparison, path: Path) -> Done:
    """Write the workbook: the counts, and every line; its value is the file."""
    counts = [(words(each, found.loaded), str(each.lines), str(each.running)) for each in found.regions()]
    absent = [(f"{roll}：{tables}未导入，请向{holder}调取", "", "") for roll, tables, holder in found.absent]
    sheets = (
        Sheet("汇总", {"在哪些名单": 46, "件数": 10, "其中应在执行": 14}, [*counts, *absent], ("件数", "其中应在执行")),
        Sheet("三方比对", COLUMNS, [_row(each) for each in found.lines]),
    )
    hand_out(path, tables_workbook(sheets))
    return Done(f"比对结果已保存：{path.name}（{len(found.lines)} 件）", value=path)


def words(region: Region, loaded: Sequence[Roll]) -> str:
    """A region in words: which of the loaded lists have the person, and which have not."""
    if region.rolls is None:
        return UNSURE
    inside = "、".join(roll for roll in loaded if roll in region.rolls)
    outside = "、".join(roll for roll in loaded if roll not in region.rolls)
    if len(region.rolls) == 1:
        return f"只在{inside}的名单里" if outside else f"在{inside}的名单里"
    return f"只缺{outside}" if outside else "各方都有"


def texts(line: Line) -> tuple[str, ...]:
    """A line as the window and the workbook show it: the columns up to how sure it is."""
    entries = (each.text for each in line.entries)
    differs = "；".join(f"{each.what}：{each.text}" for each in line.differs)
    number = line.person.id_number or line.person.prisoner_no
    own = (line.person.name, number, line.label, str(line.running))
    return *own, *entries, line.since, line.until, differs, SURE[line.match]


def notes(line: Line) -> tuple[str, ...]:
    """What explains a line: what each list leaves open, and why the rows are one person's only probably."""
    told = [f"{each.roll}：{each.note}" for each in line.entries if each.note]
    sure = [f"人员：{line.why}"] if line.why and line.match is Match.LIKELY else []
    return *told, *sure


def cells(line: Line, column: int) -> tuple[Evidence, ...]:
    """The cells behind one column of `texts`: a list's own, those that differ, else all of the line."""
    first = list(COLUMNS).index(str(next(iter(Roll))))
    if first <= column < first + len(line.entries):
        return line.entries[column - first].cells
    if column == list(COLUMNS).index("不同之处") and line.differs:
        return tuple(dict.fromkeys(cell for each in line.differs for cell in each.cells))
    return tuple(dict.fromkeys(cell for each in line.entries for cell in each.cells))


def _row(line: Line) -> tuple[str, ...]:
    return *texts(line), "；".join(notes(line)), "\n".join(_places(line))


def _places(line: Line) -> Iterator[str]:
    for each in dict.fromkeys((cell.file, cell.sheet, cell.row) for entry in line.entries for cell in entry.cells):
        yield f"{each[0]}《{each[1]}》第{each[2]}行"
