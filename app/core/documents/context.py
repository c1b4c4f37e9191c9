"""A reviewed case in the words a template asks for, and the cell each of them came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.documents.dictionary import BLANK, dictionary
from app.core.documents.phrases import (
    REPLACING,
    between,
    on_paper,
    proposal,
    sentence_with_deprivation,
    term_of_sentence,
    written,
)
from app.core.documents.results import result_words
from app.core.findings import CaseReview, Conclusion, Evidence, Match
from app.core.records import Record, show
from app.core.values import Sentence, SentenceKind

COMMUTATION, PAROLE = "减刑", "假释"
NO_TERM = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
NOT_FOR_PAROLE = ("减后刑期止日", "减后剥夺政治权利")


@dataclass(frozen=True, slots=True)
class Office:
    """Our own office; every word may be empty and then prints 【待填】.

    `name` is the full name, `short` and `department` the short forms of document numbers, `room` the resident
    office in the prison, `handler` the prosecutor in charge. `districts` are the places it is responsible for, `level`
    is its rank among procuratorates (a `Rank`); both are never printed.
    """

    name: str = ""
    short: str = ""
    department: str = ""
    room: str = ""
    handler: str = ""
    districts: str = ""
    level: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The districts one by one."""
        return tuple(each for each in re.split(r"[、,，;；\s]+", self.districts) if each)


def case_context(  # noqa: PLR0913  a document is made of many things
    case: CaseReview,
    record: Record,
    history: Sequence[Record],
    office: Office,
    number: str,
    day: date,
    *,
    handler: str = "",
    due_on: date | None = None,
    addressee: str = "",
    address: str = "",
    annexes: Sequence[str] = (),
    served: Sequence[tuple[str, str, int]] = (),
) -> dict[str, object]:
    """All words of one case for one document.

    `record` is the case's R1 row, `history` its R2 rows in any order, `number` the document's number ("" → 【待填】),
    `due_on` the last day for the opinion, `served` (name, number, copies) of what a receipt is for: by default one
    opinion, whose number the receipt bears. The same words serve all kinds of document: only 文号 is another.
    """
    words: dict[str, object] = {**office_words(office, handler or office.handler), **_record_words(record)}
    stated = str(words["提请类型"])
    kind = words["提请类型"] = PAROLE if PAROLE in stated and COMMUTATION not in stated else COMMUTATION
    words |= _case_words(case, record, history, words)
    words |= result_words(case)
    words |= {
        "文号": number,
        "文书日期": on_paper(day),
        "案件编号": case.case,
        "案由": f"罪犯{words['姓名'] or BLANK}{kind}一案",
        "审查期限届满日": on_paper(due_on),
        "附件": [{"序号": str(n), "名称": each} for n, each in enumerate(annexes, 1)],
        "联名": "",
        "署名栏": [],
        "受送达人": addressee or words["法院"],
        "送达地址": address,
        "送达文书": served_words(served or [(f"{kind}提请检察意见书", "", 1)]),
    }
    for name, text in (case.facts or {}).items():
        if name in words and not words[name]:
            words[name] = text
    return words


def case_sources(record: Record) -> dict[str, Evidence]:
    """The cell each word of the R1 row came from, by the word; words worked out from several cells are not in it."""
    return {
        word.name: Evidence(record.file, record.sheet, record.row, cell.column, word.source, cell.raw, show(cell.value))
        for word in dictionary().values()
        if word.source and (cell := record.cells.get(word.source)) is not None
    }


def office_words(office: Office, handler: str) -> dict[str, object]:
    """The words of our own office."""
    return {
        "院名": office.name,
        "简称": office.short,
        "部门": office.department,
        "检察室": office.room,
        "承办人": handler,
    }


def _record_words(record: Record) -> dict[str, object]:
    """Every column of R1 under its own name; what could not be read stands as it is in the table."""
    return {word.name: written(record.cells.get(word.source)) for word in dictionary().values() if word.source}


def _case_words(
    case: CaseReview, record: Record, history: Sequence[Record], words: Mapping[str, object]
) -> dict[str, object]:
    """Words worked out from several cells, and the flags."""
    parole = words["提请类型"] == PAROLE
    changes, endless = _changes(history, endless=_heavy(record))
    endless = endless and record["sentence_end"] is None
    return {
        "姓名": words["姓名"] or case.person.name,
        "罪犯编号": words["罪犯编号"] or case.person.prisoner_no,
        "身份证号码": words["身份证号码"] or case.person.id_number,
        "监狱": words["监狱"] or case.unit,
        "原判刑罚": _penalty(record),
        "判处内容": sentence_with_deprivation(_penalty(record), record.cells.get("deprivation")),
        "刑期起止": term_of_sentence(str(words["刑期起日"]), str(words["刑期止日"]), endless=endless),
        "考核期间": between(str(words["考核起日"]), str(words["考核止日"])),
        "公示期间": between(str(words["公示起日"]), str(words["公示止日"])),
        "提请内容": PAROLE if parole else proposal(record.cells.get("proposed"), replaces=endless),
        **{name: "不适用（假释）" for name in NOT_FOR_PAROLE if parole and not words[name]},
        "历次减刑次数": str(len(changes)),
        "历次刑罚变动": changes,
        "结论": case.conclusion.value,
        **{each.value: each is case.conclusion for each in Conclusion},
        "提请减刑": not parole,
        "提请假释": parole,
        "死缓案件": _kind(record) is SentenceKind.SUSPENDED_DEATH,
        "人员待核": case.person.match is not Match.SURE,
        "可减幅度": case.largest_lawful,
    }


def _on_day(record: Record, field_id: str) -> date:
    """A date of a record for sorting; the last day there is when it is missing."""
    value = record[field_id]
    return value if isinstance(value, date) else date.max


def _kind(record: Record) -> SentenceKind | None:
    """The kind of the original principal penalty, its own column first; None when the table does not say."""
    stated, sentence = record["sentence_kind"], record["sentence"]
    if isinstance(stated, str) and stated in set(SentenceKind):
        return SentenceKind(stated)
    return sentence.kind if isinstance(sentence, Sentence) else None


def _heavy(record: Record) -> bool:
    """Whether the original penalty has no term of its own."""
    return _kind(record) in NO_TERM


def _penalty(record: Record) -> str:
    """The original principal penalty in one phrase, as far as it is known; "" when neither column is filled."""
    kind, sentence = _kind(record), record["sentence"]
    if _heavy(record):
        return str(kind)
    if isinstance(sentence, Sentence):
        return str(Sentence(kind or sentence.kind, sentence.term))
    term = written(record.cells.get("sentence"))
    return f"{kind or ''}{term or BLANK}" if kind or term else ""


def _changes(history: Sequence[Record], *, endless: bool) -> tuple[list[dict[str, object]], bool]:
    """The rows of 历次刑罚变动 by ruling date, and whether the penalty still has no term after them."""
    rows = []
    for n, each in enumerate(sorted(history, key=lambda each: (_on_day(each, "ruled_on"), each.row)), 1):
        stated = each["ruling_kind"]
        replaces = stated.startswith(REPLACING) if isinstance(stated, str) else endless
        cell = each.cells.get("term_after" if replaces and each["term_after"] is not None else "reduced")
        rows.append(_change(n, each, proposal(cell, replaces=replaces) or (str(stated) if replaces and stated else "")))
        after = cell.value if cell is not None else None
        endless = endless and (stated == "减为无期徒刑" or (isinstance(after, Sentence) and after.kind in NO_TERM))
    return rows, endless


def _change(n: int, record: Record, amount: str) -> dict[str, object]:
    return {
        "序号": str(n),
        "裁定日期": written(record.cells.get("ruled_on")),
        "送达日期": written(record.cells.get("served_on")),
        "裁定法院": written(record.cells.get("court")),
        "裁定案号": written(record.cells.get("case_no")),
        "变动内容": amount,
        "减后刑期止日": written(record.cells.get("end_after")),
        "减后剥夺政治权利": written(record.cells.get("deprivation_after")),
    }


def served_words(served: Sequence[tuple[str, str, int]]) -> list[dict[str, object]]:
    """What a receipt is for (name, number, copies), one row a document."""
    return [
        {"序号": str(n), "文书名称": name, "文号": number, "份数": str(copies)}
        for n, (name, number, copies) in enumerate(served, 1)
    ]
