"""From a case to the words of its documents: one draft for each office that answers, or one for the whole case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.actions.case_files import OUTSIDE, OUTSIDE_LIST, CaseFile, CaseFiles
from app.core.actions.paper_choices import reply_of
from app.core.answerable import Answerable, answerable
from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.documents.context import Office, case_context
from app.core.documents.finding_words import finding_context
from app.core.documents.hearing import hearing_questions
from app.core.documents.kinds import DocumentKind, Rests, kinds
from app.core.documents.phrases import on_paper
from app.core.documents.sources import source_rows, word_sources
from app.core.documents.suggest import bears, borne_by, verifying
from app.core.errors import UserError
from app.core.findings import Level
from app.core.intake.declared import tables
from app.core.law.book import LawGap
from app.core.law.limits import limits
from app.core.models.read_tables import DESK as MODELS
from app.core.people.id_number import read_id_number
from app.core.sentence.dues import due
from app.core.store.rows import StoredFinding

REDUCTION = "reduction"
ALL_LEVELS = tuple(Level)
RETOLD = frozenset(
    {"文书日期", "案由", "案件编号", "受送达人", "性别", "出生日期"}
)  # what a document on findings says itself


class Idle(UserError):
    """A case has nothing a document of some kind could rest on."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of one document, without its number, to whom it goes, and the keys of the findings it rests on."""

    kind: DocumentKind
    words: Mapping[str, object]
    keys: tuple[str, ...]
    to: str = ""


class Drafting:
    """Makes drafts for an office on a day; the words of a whole case are worked out once."""

    def __init__(self, files: CaseFiles, office: Office, day: date) -> None:
        self._files = files
        self._office = office
        self._day = day
        self._words: tuple[int, Mapping[str, object]] = (0, {})

    def drafts(self, file: CaseFile, kind: DocumentKind, keys: Collection[str] | None) -> Iterator[Draft]:
        """The documents of one kind a case makes; UserError when its findings bear none."""
        if kind.standing and kind.rests is Rests.CASE:
            yield Draft(kind, self.whole(file), tuple(each.key for each in file.findings))
            return
        if reason := _lacks(kind, file):
            raise Idle(f"{file.row.name}（{file.review.case}）{reason}", do=f"不必制作《{kind.name}》")
        found = borne_by(kind, file.findings, keys)
        if (kind.rests is Rests.CLASS and not file.about_many) or (kind.rests is Rests.UNIT and file.about_many):
            raise _unfit(kind, file)
        if kind.rests is Rests.CASE:
            # Whether a decision on temporary execution was right no rule asks yet: the prosecutor writes it in.
            if Level.UNLAWFUL in kind.levels and not found and file.row.proposal != OUTSIDE:
                raise _nothing(kind, file, keys)
            yield self._draft(file, kind, found, _authority(kind, file))
            return
        if not found:
            raise _nothing(kind, file, keys)
        groups: dict[Answerable, list[StoredFinding]] = {}
        for each in found:
            to = self._to(file, each)
            if kind.to:
                to = Answerable("本院有关部门", kind.to.get(each.verdict.document or "", ""))
            groups.setdefault(to, []).append(each)
        for to, some in groups.items():
            yield self._draft(file, kind, some, to)

    def _to(self, file: CaseFile, found: StoredFinding) -> Answerable:
        """Who answers for a finding; for a model's the unit in its row, by name unless only the holder is known."""
        if found.verdict.role:
            return Answerable(found.verdict.role, found.verdict.office)
        if file.row.desk != MODELS:
            return answerable(found.verdict, file.rows, self._files.whose_list)
        unit = file.review.unit
        return Answerable(unit, "" if any(unit == each.holder for each in tables().values()) else unit)

    def whole(self, file: CaseFile) -> Mapping[str, object]:
        """The words of a whole case of commutation or parole."""
        assert file.reduction is not None
        if self._words[0] != file.row.id:
            case = file.reduction
            due_on = _due_on(case)
            words = case_context(file.review, case.proposal, case.history, self._office, "", self._day, due_on=due_on)
            self._words = (file.row.id, words)
        return self._words[1]

    def _draft(self, file: CaseFile, kind: DocumentKind, found: Sequence[StoredFinding], to: Answerable) -> Draft:
        people = self._files.involved(file) if kind.rests is Rests.CLASS else ()
        verdicts = [each.verdict for each in found]
        asked = replace(kind, reply=reply_of(self._files.store, kind))
        words = finding_context(
            file.row.desk, file.review, verdicts, file.rows, asked, self._office, to, self._day, people
        )
        if people:
            words |= {"姓名": "", "罪犯编号": ""}
        if file.reduction is not None:
            whole = self.whole(file)
            words = {**words, **{name: value for name, value in whole.items() if name not in RETOLD}}
            words["听证问题"] = hearing_questions(file.review, whole)
            words["裁定情况"] = _ruling(whole)
        if kind.rests is Rests.CASE:
            words["出处"] = source_rows(word_sources(file.row.desk, file.rows), verdicts)
        number = read_id_number(file.review.person.id_number)
        words["性别"] = words["性别"] or number.sex
        words["出生日期"] = words["出生日期"] or on_paper(number.birth_date)
        return Draft(kind, words, tuple(each.key for each in found), to.name or to.role)


def _lacks(kind: DocumentKind, file: CaseFile) -> str:
    """What a case lacks for a kind; "" when it has what the kind needs."""
    if file.about_many and kind.rests is Rests.CASE and kind.levels != ALL_LEVELS:
        return "是多人的类案线索"
    outside, ruled = file.row.proposal == OUTSIDE, file.ruled
    if kind.needs == "outside" and not outside:
        return "不是暂予监外执行案件"
    if kind.needs == "ruling" and not ruled:
        return "法院还没有裁定，或者没有准许提请"
    return "没有可以提请纠正的裁定或者决定" if kind.needs == "ruling_or_outside" and not (ruled or outside) else ""


def _authority(kind: DocumentKind, file: CaseFile) -> Answerable:
    """To whom a document about a whole case goes: the court that ruled, or the authority that decided."""
    if file.reduction is not None:
        return Answerable("人民法院", text_of(file.reduction.proposal, "court"))
    names = [text_of(each, "decision_authority") for each in file.rows if each.table == OUTSIDE_LIST]
    return Answerable("决定或者批准机关", next((each for each in names if each), ""))


def _ruling(words: Mapping[str, object]) -> str:
    """The ruling in one phrase: the day and what was decided."""
    day, result = str(words.get("裁定日期") or ""), str(words.get("裁定结果") or "")
    return "，".join(each for each in (day and f"{day}作出裁定", result and f"裁定结果为{result}") if each)


def _due_on(case: ReductionCase) -> date | None:
    """The day by which our opinion is due; None when the day of receipt was not delivered, or the law held no limit."""
    received = case.day("received_on")
    if received is None:
        return None
    try:
        return due(limits()["opinion"], received, case.law).last
    except LawGap:
        return None


def _unfit(kind: DocumentKind, file: CaseFile) -> Idle:
    others = [each for each in kinds(file.row.desk) if (each.rests is Rests.CLASS) is file.about_many]
    wanted = next((each.name for each in others if each.id in ("class_advice", "notice")), "")
    what = "是多人的类案线索" if file.about_many else "不是多人的类案线索"
    return Idle(f"“{file.row.name} {file.review.case}”{what}，不能制作《{kind.name}》", do=f"请选择《{wanted}》")


def _nothing(kind: DocumentKind, file: CaseFile, keys: Collection[str] | None) -> UserError:
    """Why the findings bear no such document: only doubts so far, or nothing that asks for it."""
    who = f"{file.row.name}（{file.review.case}）"
    meant = [each for each in file.findings if keys is None or each.key in keys]
    if keys is None and kind.rests is not Rests.CASE:
        meant = [each for each in meant if kind.meant_by(each.verdict.document or "")]
    doubts = [each for each in meant if each.verdict.level is Level.DOUBT and not bears(kind, each)]
    if doubts and Level.UNLAWFUL in kind.levels:
        verify = next((each.name for each in verifying(file.row.desk)), "")
        do = f"请先核实{f'，可以制作《{verify}》' if verify else ''}；核实属实后把线索记为“属实”，再制作"
        return UserError(f"{who}的线索尚为存疑，不能据以制发《{kind.name}》", do=do)
    return Idle(f"{who}没有需要制发《{kind.name}》的线索", do="请改选别的文书，或者在线索表里选定线索")
