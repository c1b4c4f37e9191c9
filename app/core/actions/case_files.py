"""What the store holds of a case that documents are made of: its review, its findings, its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.core.actions.law import law_in_force
from app.core.checks.dossier import text_of
from app.core.checks.reduction.backtest import ruling_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import DESK, HISTORY, PROPOSALS, gather_cases
from app.core.documents.finding_words import Involved
from app.core.errors import UserError
from app.core.findings import CaseReview, Level, Match, Outcome, State
from app.core.findings.asked_again import Ruling
from app.core.records import Record
from app.core.store.database import Rooms
from app.core.store.rows import CaseRow, StoredFinding

GRANTED = (Ruling.GRANTED, Ruling.ADJUSTED)
OUTSIDE, OUTSIDE_LIST = "暂予监外执行", "T11"
CLASS = "类案"  # what a lead about many people at one office has for a kind of matter


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case: its line in the list, its last review, its findings as people left them, and its rows.

    `reduction` is the case of the desk of commutation, None for the others.
    """

    row: CaseRow
    review: CaseReview
    findings: tuple[StoredFinding, ...]
    rows: tuple[Record, ...]
    reduction: ReductionCase | None = None

    @property
    def ruled(self) -> bool:
        """Whether the court granted the proposal, as asked or in part."""
        case = self.reduction
        return case is not None and bool(case.day("ruled_on")) and ruling_of(case) in GRANTED

    @property
    def about_many(self) -> bool:
        """Whether it is a lead about many people at one office."""
        return self.row.proposal == CLASS


class CaseFiles:
    """Opens cases one by one; what all of them need is read once."""

    def __init__(self, store: Rooms, day: date, case_ids: Sequence[int]) -> None:
        self.store = store
        self._day = day
        self._rows = {each.id: each for each in store.views.case_rows(case_ids)}
        self._places: dict[tuple[str, str, int], Record | None] = {}
        self._found: dict[str, list[StoredFinding]] = {}
        self._destroyed = {each.id for each, _, _ in store.batches.destroyed()}

    def open(self, case_id: int) -> CaseFile:
        """One case; UserError when it was not reviewed yet."""
        row, store = self._rows[case_id], self.store
        if row.batch_id in self._destroyed:
            raise UserError(f"{row.name}的原始数据已经销毁，不能再生成文书", do="已有的结论和文书保留")
        review = store.casebook.review_of(case_id)
        if review is None:
            raise UserError(f"{row.name}的案件还没有审查，未生成文书", do="请先运行审查")
        findings = tuple(store.casebook.findings(case_id))
        if row.desk == DESK:
            case = self._reductions[row.record_id]
            return CaseFile(row, review, findings, (case.proposal, *case.history), case)
        own = list(store.batches.records(ids=[row.record_id]))
        places = ((each.file, each.sheet, each.row) for verdict in review.verdicts for each in verdict.evidence)
        own += self._outside.get(review.person.id_number, []) if row.proposal == OUTSIDE else []
        rows = [*own, *(found for each in dict.fromkeys(places) if (found := self._at(each)) is not None)]
        return CaseFile(row, review, findings, tuple({each.id: each for each in rows}.values()))

    def whose_list(self, record: Record) -> str:
        """Whose list a row stands in; "" when the list does not say."""
        return self._units.get((record.file, record.sheet), "")

    def involved(self, file: CaseFile) -> tuple[Involved, ...]:
        """The people a lead about many is about: those with the same breach at the same office, excluded ones not."""
        rules = {each.verdict.rule for each in file.findings}
        if file.row.desk not in self._found:
            self._found[file.row.desk] = self.store.casebook.findings(desk=file.row.desk)
        people: dict[str, Involved] = {}
        for each in self._found[file.row.desk]:
            wanted = each.verdict.rule in rules and each.unit == file.review.unit and each.state is not State.EXCLUDED
            sure = each.verdict.level is Level.UNLAWFUL and each.person.match is Match.SURE
            if wanted and sure and each.verdict.outcome is Outcome.FOUND:
                who = each.person.id_number or each.person.prisoner_no or f"{each.person.name}{each.case}"
                people.setdefault(who, Involved(each.person, each.case, each.unit, each.verdict.message))
        return tuple(people.values())

    @cached_property
    def _outside(self) -> Mapping[str, list[Record]]:
        """The rows of temporary execution outside prison by identity number; rows without one are left out."""
        found: dict[str, list[Record]] = defaultdict(list)
        for each in self.store.batches.records(OUTSIDE_LIST):
            if number := text_of(each, "id_number"):
                found[number].append(each)
        return found

    @cached_property
    def _units(self) -> Mapping[tuple[str, str], str]:
        return {(each.file, each.sheet): each.unit for each in self.store.batches.all()}

    @cached_property
    def _reductions(self) -> Mapping[int, ReductionCase]:
        """The cases of the desk of commutation by the record id of their proposal.

        No document speaks of the months, purchases and awards, by far the most rows there are: they stay unread.
        """
        records = (each for table in (PROPOSALS, HISTORY) for each in self.store.batches.records(table))
        wanted = {each.record_id for each in self._rows.values()}
        cases = gather_cases(records, law_in_force(self.store), self._day)
        return {each.proposal.id: each for each in cases if each.proposal.id in wanted}

    def _at(self, place: tuple[str, str, int]) -> Record | None:
        if place not in self._places:
            self._places[place] = self.store.batches.record_at(*place)
        return self._places[place]
