"""Why a lead is found no more, told from the rows that came since, what was withdrawn, and what the rule now says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.findings import Evidence, Outcome, Verdict
from app.core.intake.compare import changes
from app.core.intake.declared import tables
from app.core.records import Record, show
from app.core.store.database import Store
from app.core.store.endings import Watched
from app.core.store.rows import Ended, Ending, StoredFinding

MOST_ROWS = 3
MOST_CELLS = 4
WHO = frozenset(
    {"name", "former_name", "id_number", "sex", "birth_date", "prisoner_no", "correction_no", "registered_residence"}
)


@dataclass(frozen=True, slots=True)
class Gone:
    """A lead found no more, the case it belongs to now, and what its rule answers there.

    `rows` are all rows of the person, `settled` the verdicts of the case as they were kept, `moved` says that its own
    case is no more.
    """

    lead: Watched
    case_key: str
    answers: Sequence[Verdict] = ()
    rows: Sequence[Record] = ()
    settled: Sequence[Verdict] = ()
    people: frozenset[str] = frozenset()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Reasons:
    """What reasons are drawn from: the store, law and day of the new review, and when keys were last judged."""

    store: Store
    law_edition: str
    day: date
    touched: Mapping[str, str]

    def of(self, gone: Gone, now: str) -> Ended | None:
        """Why a lead ended; None when nothing is known of the lead itself any more."""
        found = self.store.casebook.findings(key=gone.lead.key, current=None)
        if not found:
            return None
        old = found[0]
        for ask in (self._joined, self._answered, self._people, self._withdrawn, self._lacking, self._changed):
            told = ask(gone, old)
            if told is not None:
                how, says, cells, batch = told
                return Ended(old, gone.case_key, how, says, cells, batch, now)
        return Ended(old, gone.case_key, Ending.OTHER, f"按现有数据不再成立{_now(gone)}", (), 0, now)

    def _joined(self, gone: Gone, old: StoredFinding) -> Told | None:
        """It is still found, but told as a step of its root cause."""
        same = [each for each in gone.answers if each.outcome is Outcome.FOUND and each.fact == old.verdict.fact]
        if not same:
            return None
        parents = [each for each in gone.settled if any(same[0].message in step for step in each.steps)]
        parent = f"“{parents[0].rule_name}”（{parents[0].rule}）" if parents else "另一条线索"
        return Ending.JOINED, f"出于同一个原因，已写入{parent}的计算过程，不再单列", (), 0

    def _answered(self, gone: Gone, old: StoredFinding) -> Told | None:
        """Rows came in since: those the rule now rests on, those in place of what it rested on, else any."""
        if not gone.rows:
            return None
        rows = {each.id: each for each in gone.rows}
        news = self.store.endings.news(rows, gone.lead.last_seen)
        if not news:
            return None
        befores = {each.id: each for each in self.store.batches.records(ids=[old for _, old in news.values() if old])}
        told = self._by_evidence(gone, rows, news, befores) or self._by_place(old, rows, news, befores)
        sure = bool(told)
        if not told and not any(each.outcome is Outcome.NOT_EVALUATED for each in gone.answers):
            told = [_cells_of(rows[each], befores.get(news[each][1])) for each in sorted(news)]
        if not told:
            return None
        words = "；".join(_row_words(cells) for cells in told[:MOST_ROWS])
        more = f"等 {len(told)} 行" if len(told) > MOST_ROWS else ""
        says = f"{words}{more}" if sure else f"导入下列数据以后不再成立：{words}{more}"
        first = next(number for number, row in rows.items() if number in news and _at(row, told[0]))
        return Ending.ANSWERED, says + _now(gone), tuple(cell for cells in told for cell in cells), news[first][0]

    def _by_evidence(
        self, gone: Gone, rows: dict[int, Record], news: News, befores: dict[int, Record]
    ) -> list[list[Evidence]]:
        places = {(each.file, each.sheet, each.row): each for each in rows.values() if each.id in news}
        found: dict[int, list[Evidence]] = {}
        for cell in (one for each in gone.answers for one in each.evidence):
            row = places.get((cell.file, cell.sheet, cell.row))
            if row is not None and cell.field not in WHO:
                found.setdefault(row.id, []).append(cell)
        told = []
        for number, cells in found.items():
            before = befores.get(news[number][1])
            changed = [each for each in _cells_of(rows[number], before) if before is not None]
            mine = {each.field for each in cells}
            told.append([each for each in changed if each.field in mine] or changed or _filled(cells))
        return [each for each in told if each]

    def _by_place(
        self, old: StoredFinding, rows: dict[int, Record], news: News, befores: dict[int, Record]
    ) -> list[list[Evidence]]:
        rested = {(each.file, each.sheet, each.row) for each in old.verdict.evidence}
        told = []
        for number, (_, was) in news.items():
            before = befores.get(was)
            if before is not None and (before.file, before.sheet, before.row) in rested:
                told.append(_cells_of(rows[number], before))
        return [each for each in told if each]

    def _people(self, gone: Gone, old: StoredFinding) -> Told | None:
        keys = [key for key, moment in self.touched.items() if moment > gone.lead.last_seen]
        touched = any(key in gone.people or gone.lead.case_key.startswith(f"{key}|") for key in keys)
        if not touched and not gone.moved:
            return None
        what = "人工判断是不是同一人以后，这条线索不再成立" if touched else "这些记录现在归到另一个人或者另一件案件"
        return Ending.PEOPLE, what + _now(gone), (), 0

    def _withdrawn(self, gone: Gone, old: StoredFinding) -> Told | None:
        batches = {(each.file, each.sheet) for each in self.store.batches.all()}
        lost = {each.file: each for each in old.verdict.evidence if (each.file, each.sheet) not in batches}
        if not lost:
            return None
        return Ending.WITHDRAWN, f"依据的{'、'.join(f'“{each}”' for each in lost)}已撤回", (), 0

    def _lacking(self, gone: Gone, old: StoredFinding) -> Told | None:
        missing = [item for each in gone.answers if each.outcome is Outcome.NOT_EVALUATED for item in each.missing]
        if not missing:
            return None
        return Ending.LACKING, f"现在缺少{'、'.join(dict.fromkeys(missing))}，不能再判断", (), 0

    def _changed(self, gone: Gone, old: StoredFinding) -> Told | None:
        if not gone.answers and gone.rows:
            return Ending.RULES, "现在的规则对这件事不再作这项检查", (), 0
        if not gone.rows:
            what = (
                "名单里已经没有这件事" if not old.verdict.fact.startswith("类案") else "同类问题的人数已不足以成为类案"
            )
            return Ending.OTHER, what, (), 0
        before = gone.lead
        if before.law_edition and before.law_edition != self.law_edition:
            words = f"法规数据由 {before.law_edition} 更新为 {self.law_edition}"
            return Ending.RULES, f"{words}，按新的规定不再成立{_now(gone)}", (), 0
        if before.as_of and before.as_of != self.day.isoformat():
            return Ending.DAY, f"核查日由 {before.as_of} 改为 {self.day}，按现有数据不再成立{_now(gone)}", (), 0
        return None


Told = tuple[Ending, str, tuple[Evidence, ...], int]
News = dict[int, tuple[int, int]]


def _cells_of(row: Record, before: Record | None) -> list[Evidence]:
    """The telling cells of a row: those that changed since an earlier one, else the first that say more than who."""
    table = tables()[row.table]
    if before is not None:
        was = {each.field: each for each in changes(before, row, table)}
        found = [_evidence(row, each.id) for each in table.fields if each.name in was and each.id in row.cells]
        return [
            each._replace(value=f"{each.value}（原为{was[table.field(each.field).name].before}）") for each in found
        ]
    return _filled(_evidence(row, each) for each in row.cells if each not in WHO)[:MOST_CELLS]


def _evidence(row: Record, field_id: str) -> Evidence:
    cell = row.cells[field_id]
    return Evidence(row.file, row.sheet, row.row, cell.column, field_id, cell.raw, show(cell.value))


def _filled(cells: Iterable[Evidence]) -> list[Evidence]:
    return [each for each in cells if each.raw.strip() or each.value]


def _row_words(cells: Sequence[Evidence]) -> str:
    """Table, row and cells in one phrase."""
    first = cells[0]
    parts = "，".join(f"{each.column}：{each.value or each.raw}" for each in cells[:MOST_CELLS])
    return f"“{first.file}”工作表“{first.sheet}”第 {first.row} 行（{parts}）"


def _at(row: Record, cells: Sequence[Evidence]) -> bool:
    return any((row.file, row.sheet, row.row) == (each.file, each.sheet, each.row) for each in cells)


def _now(gone: Gone) -> str:
    """What the rule says now, as a sentence to be added; "" when it says nothing."""
    for each in gone.answers:
        if each.outcome is Outcome.NOT_APPLICABLE and each.steps:
            return f"；现在：{each.steps[0]}"
        if each.outcome is Outcome.FOUND:
            return f"；现在：{each.message}"
    lawful = [each for each in gone.answers if each.outcome is Outcome.LAWFUL and each.steps]
    return f"；现在：{lawful[-1].steps[-1]}" if lawful else ""
