"""一账三表: the register of people outside prison, what was corrected, what was serious, and commutations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from app.core.actions.paper_list import PaperLine, paper_lines
from app.core.actions.settings import read_office
from app.core.checks.dossier import text_of
from app.core.checks.reduction.case_facts import PAROLE
from app.core.checks.reduction.review import DESK, PROPOSALS
from app.core.documents.phrases import between, written
from app.core.findings import Conclusion, Gravity, Level
from app.core.jobs import Ticket
from app.core.life import REPLY
from app.core.records import Record
from app.core.reports.tables import Sheet
from app.core.store.database import Rooms
from app.core.store.rows import CaseRow, PaperState, StoredFinding

ROSTER, RULINGS = "T02", "T22"
CORRECTING = frozenset({"notice", "oral", "letter", "wrong_ruling", "wrong_outside"})
REPORTED = "报告上一级"
WHO = {"登记单位": 20, "登记人": 9}
PEOPLE = {
    "序号": 5, "交付执行机关": 20, "姓名": 9, "性别": 5, "出生日期": 12, "监外执行种类": 10, "监督考察起止": 24,
    "原判罪名": 14, "原判刑期": 12, "刑期起止": 24, "住所": 26, "身份证号": 20, "联系方式": 13, "执行机关": 20,
    "检察情况": 40, "备注": 16, **WHO,
}  # fmt: skip
CORRECTED = {
    "序号": 5, "发生违法的单位": 20, "违法情况": 46, "提出纠正时间": 12, "检察纠正情况": 30, "被监督单位反馈": 36,
    "备注": 16, **WHO,
}  # fmt: skip
SERIOUS = {**{name: width for name, width in CORRECTED.items() if name not in ("备注", *WHO)}, "报上级情况": 26,
           "续报情况": 26, "备注": 16, **WHO}  # fmt: skip
COMMUTED = {
    "序号": 5, "种类": 7, "交付时间": 12, "姓名": 9, "出生日期": 12, "罪名": 14, "考察期限": 24, "原判刑期": 14,
    "刑期起止": 24, "改判刑期": 12, "截止": 12, "法定条件": 26, "法定程序": 26, "裁定单位": 20, "裁定结果": 16,
    "裁定日期": 12, "检察意见": 16, "备注": 16, **WHO,
}  # fmt: skip
CONDITIONS = ("JX-T", "JX-S", "JX-M", "JX-B", "JX-F", "JX-J", "JX-P")  # rules on start, amount, bars, property, merit


def four_tables(store: Rooms, papers: Sequence[PaperLine] | None = None, *, ticket: Ticket) -> list[Sheet]:
    """The four tables as they stand; a table of which nothing is known keeps its head."""
    if papers is None:
        papers = paper_lines(store, ticket=ticket)
    office = read_office(store)
    signed = (office.room or office.name, office.handler)
    ticket.step(0, 4, "整理监外执行台账")
    found: dict[int, list[StoredFinding]] = defaultdict(list)
    by_key: dict[str, StoredFinding] = {}
    for each in store.casebook.findings():
        found[each.case_id].append(each)
        by_key[each.key] = each
    people = list(_people(store, by_key.values(), signed))
    ticket.step(1, 4, "整理纠正违法情况")
    lines = [each for each in papers if each.paper.kind in CORRECTING and each.paper.state is PaperState.ISSUED]
    corrected = [(*_corrected(each, by_key), each.stage, *signed) for each in lines]
    ticket.step(2, 4, "整理严重违法情况")
    serious = [
        (*_corrected(each, by_key), _reports(each)[0], _reports(each)[1], each.stage, *signed)
        for each in lines
        if _is_serious(each, by_key)
    ]
    ticket.step(3, 4, "整理减刑情况")
    commuted = [*_proposals(store, found, signed), *_rulings(store, signed)]
    tables = (("监外执行罪犯台账", PEOPLE, people), ("检察纠正违法情况登记表", CORRECTED, corrected),
              ("严重违法情况登记表", SERIOUS, serious), ("减刑情况登记表", COMMUTED, commuted))  # fmt: skip
    return [Sheet(title, columns, _numbered(rows), ("序号",)) for title, columns, rows in tables]


def _numbered(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(str(number), *row) for number, row in enumerate(rows, 1)]


def _people(store: Rooms, findings: Iterable[StoredFinding], signed: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    told: dict[str, list[str]] = defaultdict(list)
    for each in findings:
        if each.desk == "correction" and each.person.id_number:
            told[each.person.id_number].append(f"{each.verdict.rule_name}（{each.state}）")
    for record in store.batches.records(ROSTER):
        cell = _cells(record)
        number = text_of(record, "id_number")
        yield (
            cell("transferring_authority") or cell("decision_authority_name"),
            cell("name"),
            cell("sex"),
            cell("birth_date"),
            cell("correction_kind"),
            between(cell("correction_start"), cell("correction_end")),
            cell("offence"),
            cell("sentence") or cell("sentence_kind"),
            between(cell("sentence_start"), cell("sentence_end")),
            cell("residence") or cell("registered_residence"),
            number,
            cell("phone"),
            cell("correction_office"),
            "；".join(dict.fromkeys(told[number])),
            cell("remarks"),
            *signed,
        )


def _corrected(line: PaperLine, findings: Mapping[str, StoredFinding]) -> tuple[str, ...]:
    """Unit, what was wrong, when and by which document it was corrected, and what they answered."""
    known = [findings[key].verdict.message for key in line.paper.finding_keys if key in findings]
    reply = line.life.last(REPLY)
    answer = f"{reply.day}回复，{reply.told.get('adopted', '')}：{reply.said}" if reply is not None else ""
    return (
        line.to,
        line.summary or "；".join(known),
        line.day.isoformat() if line.day is not None else "",
        f"《{line.name}》{line.paper.number}",
        answer,
    )


def _is_serious(line: PaperLine, findings: Mapping[str, StoredFinding]) -> bool:
    grave = any(findings[key].verdict.gravity is Gravity.GRAVE for key in line.paper.finding_keys if key in findings)
    return grave or line.life.last(REPORTED) is not None


def _reports(line: PaperLine) -> tuple[str, str]:
    """The first report to the office above, and those that followed."""
    told = [f"{each.day}：{each.said}" for each in line.life.standing if each.name == REPORTED]
    return (told[0] if told else "", "；".join(told[1:]))


def _proposals(
    store: Rooms, found: Mapping[int, Sequence[StoredFinding]], signed: tuple[str, str]
) -> Iterator[tuple[str, ...]]:
    """The proposals of the desk of commutation, as far as they were reviewed."""
    cases = store.casebook.case_of(DESK)
    rows = {each.id: each for each in store.views.case_rows(cases.values())}
    for record in store.batches.records(PROPOSALS):
        row = rows.get(cases.get(record.id, 0))
        if row is not None and row.reviewed_as_of:
            yield (*_commuted(record, row, found.get(row.id, ())), *signed)


def _commuted(record: Record, row: CaseRow, findings: Sequence[StoredFinding]) -> tuple[str, ...]:
    cell = _cells(record)
    return (
        PAROLE if row.proposal.startswith(PAROLE) else "减刑",
        cell("delivered_on"),
        row.name,
        cell("birth_date"),
        row.offence,
        between(cell("assessed_from"), cell("assessed_to")),
        row.sentence,
        between(cell("sentence_start"), cell("sentence_end")),
        cell("ruling_result") or cell("proposed"),
        cell("proposed_end"),
        _answer(row, [each for each in findings if each.verdict.rule.startswith(CONDITIONS)], of_conditions=True),
        _answer(row, [each for each in findings if not each.verdict.rule.startswith(CONDITIONS)], of_conditions=False),
        cell("court"),
        cell("ruling_result"),
        cell("ruled_on"),
        cell("opinion") or row.conclusion,
        "",
    )


def _answer(row: CaseRow, findings: Sequence[StoredFinding], *, of_conditions: bool) -> str:
    """What conflicts with the law, and what must be verified; never that all is well where it could not be judged."""
    unlawful, doubtful = (
        "、".join(dict.fromkeys(each.verdict.rule_name for each in findings if each.verdict.level == level))
        for level in (Level.UNLAWFUL, Level.DOUBT)
    )
    told = [unlawful, f"须核实：{doubtful}" if doubtful else ""]
    if of_conditions and row.conclusion == Conclusion.UNDECIDED:
        told.append("数据不全，有未能判断的事项")
    clean = "已审查的未发现不符" if row.n_not_evaluated else "未发现不符"
    return "；".join(filter(None, told)) or clean


def _rulings(store: Rooms, signed: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    """Rulings of which the other desks were told."""
    for record in store.batches.records(RULINGS):
        cell = _cells(record)
        if not cell("reduced"):
            continue
        yield (
            "减刑", "", cell("name"), "", "", "", cell("sentence_before"),
            between(cell("start_after"), cell("end_after")), cell("reduced"), cell("end_after"), "", "",
            cell("court"), f"减去{cell('reduced')}", cell("ruled_on"), "", cell("case_no"), *signed,
        )  # fmt: skip


class _cells:
    """The cells of a row in words."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __call__(self, field: str) -> str:
        value = self._record[field]
        return value.isoformat() if isinstance(value, date) else written(self._record.cells.get(field))
