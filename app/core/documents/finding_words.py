"""What a document about found breaches says: whom it is about, what was found, on which law, what is asked of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.core.answerable import Answerable, asked_of
from app.core.documents.cited import cited
from app.core.documents.context import Office, office_words
from app.core.documents.dictionary import BLANK
from app.core.documents.kinds import DocumentKind, Rests
from app.core.documents.phrases import in_words, on_paper, written
from app.core.documents.results import EMPTY_CELL, NOT_READ, result_words
from app.core.findings import Basis, CaseReview, Evidence, Level, Match, Person, Verdict
from app.core.records import Cell, Record
from app.core.values import Deprivation, Sentence, SentenceKind
from app.core.values.numerals import in_chinese

OWN_CONVENTION = "D"  # a number of this program, never a provision to hold against anybody
SEEN = "V"


@dataclass(frozen=True, slots=True)
class DeskWords:
    """How a desk speaks: of the people, of what is supervised, of the time; the tables that tell of a person first."""

    person: str
    work: str
    span: str
    start: str
    end: str
    office: tuple[str, ...]
    tables: tuple[str, ...]


DESKS: Mapping[str, DeskWords] = {
    "correction": DeskWords(
        *("社区矫正对象", "社区矫正法律监督", "社区矫正期限", "correction_start", "correction_end"),
        ("correction_office",),
        ("T02", "T01", "T22", "T11", "T03", "T04"),
    ),
    "deprivation": DeskWords(
        *("罪犯", "剥夺政治权利执行活动法律监督", "剥夺政治权利期限", "deprivation_start", "deprivation_end"),
        ("police_station", "receiving_station"),
        ("T01", "T19", "T20", "T22", "T11", "T02"),
    ),
    "models": DeskWords("当事人", "法律监督", "", "", "", ("unit",), ()),
    "reduction": DeskWords(
        "罪犯", "减刑、假释法律监督", "刑期", "sentence_start", "sentence_end", ("prison",), ("R1",)
    ),
}


@dataclass(frozen=True, slots=True)
class Involved:
    """One person of a lead about many: who, in which case, under whose supervision, and what was found."""

    person: Person
    case: str
    unit: str
    message: str


def finding_context(  # noqa: PLR0913  a document is made of many things
    desk: str,
    review: CaseReview,
    verdicts: Sequence[Verdict],
    rows: Sequence[Record],
    kind: DocumentKind,
    office: Office,
    to: Answerable,
    day: date,
    people: Sequence[Involved] = (),
) -> dict[str, object]:
    """All words of a document that rests on some findings of a case; `people` are those of a lead about many."""
    whole = kind.rests is Rests.CASE
    told = result_words(review if whole else replace(review, verdicts=tuple(verdicts)))
    bases = [basis for each in verdicts for basis in each.basis]
    return {
        **office_words(office, office.handler),
        **person_words(desk, review.person, rows),
        **{name: spoken(value) for name, value in told.items()},
        "文书日期": on_paper(day),
        "文书名称": kind.title,
        "案件编号": review.case,
        "案由": f"{review.case}（{review.unit}）" if people else f"{DESKS[desk].person}{review.person.name}一案",
        "受文单位": to.name or (f"{BLANK}（{to.role}）" if to.known else ""),
        "受送达人": to.name,
        "责任单位待查": not to.known,
        "监督活动": DESKS[desk].work,
        "制发依据": kind.under,
        "批准人": kind.approval,
        "回复期": reply_words(kind),
        "查明事项": [_matter(n, each) for n, each in enumerate(verdicts, 1)],
        "法律依据": provisions(bases),
        "内容摘要": "；".join(in_words(each.message) for each in verdicts),
        "监督要求": [{"序号": str(n), "内容": each} for n, each in enumerate(asked_of(verdicts), 1)],
        "有存疑": any(each.level is not Level.UNLAWFUL for each in verdicts) and not people,
        "类案事项": "、".join(dict.fromkeys(each.rule_name for each in verdicts)),
        "人数": str(len(people)) if people else "",
        "涉及人员": [_involved(n, each) for n, each in enumerate(people, 1)],
    }


def person_words(desk: str, person: Person, rows: Sequence[Record]) -> dict[str, object]:
    """Who somebody is, from the rows of a case: the tables of the desk in their order, the first filled cell counts."""
    told = DESKS[desk]
    cell = partial(_cell, told.tables, rows)
    return {
        "对象称谓": told.person,
        "姓名": person.name,
        "罪犯编号": person.prisoner_no,
        "身份证号码": person.id_number,
        "性别": written(cell("sex")),
        "出生日期": written(cell("birth_date")),
        "罪名": written(cell("offence")),
        "原判法院": written(cell("court")) or written(cell("decision_authority_name")),
        "案号": written(cell("case_no")),
        "判处内容": _imposed(cell),
        "执行类别": written(cell("correction_kind")),
        "期限名称": told.span,
        "执行起日": written(cell(told.start)),
        "执行止日": written(cell(told.end)),
        "监外情形": written(cell("ground")),
        "决定机关": written(cell("decision_authority")),
        "决定书号": written(cell("decision_no")),
        "决定日期": written(cell("decided_on")),
        "余刑止日": written(_cell(("T11",), rows, "sentence_end")),
        "保证人": written(cell("guarantor")),
        "病情结论": written(cell("medical_conclusion")),
        "执行机关": next((text for each in told.office if (text := written(cell(each)))), ""),
        "人员待核": person.match is not Match.SURE,
    }


def person_cells(desk: str, rows: Sequence[Record]) -> dict[str, tuple[Record, str]]:
    """The row and the column (field id) each word of `person_words` was taken from; words worked out are left out."""
    told = DESKS[desk]
    columns = {
        **{"姓名": ("name",), "身份证号码": ("id_number",), "性别": ("sex",), "出生日期": ("birth_date",)},
        **{"罪名": ("offence",), "原判法院": ("court", "decision_authority_name"), "案号": ("case_no",)},
        **{"判处内容": ("sentence", "probation", "deprivation"), "执行类别": ("correction_kind",)},
        **{"执行起日": (told.start,), "执行止日": (told.end,), "执行机关": told.office},
    }
    found = {}
    for word, names in columns.items():
        place = next((at for each in names if (at := _place(told.tables, rows, each)) is not None), None)
        if place is not None:
            found[word] = place
    return found


def provisions(bases: Iterable[Basis]) -> list[dict[str, object]]:
    """The provisions relied on, each once; conventions of this program are left out."""
    texts: dict[str, str] = {}
    for each in bases:
        if each.certainty != OWN_CONVENTION:
            texts.setdefault(cited(each.law, each.article, full=True), _in_force(each))
    return [{"序号": str(n), "条文": name, "施行": since} for n, (name, since) in enumerate(texts.items(), 1)]


def reply_words(kind: DocumentKind) -> str:
    """十五日, 两个月; "" when no answer is asked for."""
    if kind.reply is None:
        return ""
    if kind.reply.months:
        return f"{'两' if kind.reply.months == 2 else in_chinese(kind.reply.months)}个月"
    return f"{in_chinese(kind.reply.days)}日"


def spoken(value: object) -> object:
    """Every text in a value with its days as official papers write them; what cells hold stays as it is."""
    if isinstance(value, str):
        return in_words(value)
    if isinstance(value, Mapping):
        return {name: each if name == "证据" else spoken(each) for name, each in value.items()}
    return [spoken(each) for each in value] if isinstance(value, list | tuple) else value


def _matter(n: int, verdict: Verdict) -> dict[str, object]:
    return {
        "序号": str(n),
        "中文序号": in_chinese(n),
        "规则号": verdict.rule,
        "事项": verdict.rule_name,
        "结论": str(verdict.level or ""),
        "说明": in_words(verdict.message),
        "过程": [in_words(each) for each in verdict.steps],
        "出自": _places(verdict.evidence),
    }


def _places(evidence: Iterable[Evidence]) -> list[str]:
    """The cells a finding rests on, one line a row: 《名册》第5行：报到时间“2026.8.28”、宣告日期“2026.9.13”."""
    rows: dict[tuple[str, str, int], list[str]] = {}
    for each in evidence:
        raw = f"“{each.raw.strip()}”" if each.raw.strip() else EMPTY_CELL
        rows.setdefault((each.file, each.sheet, each.row), []).append(f"{each.column}{raw}")
    return [
        f"{file}（{sheet}）第{row}行：{'、'.join(dict.fromkeys(cells))}" for (file, sheet, row), cells in rows.items()
    ]


def _in_force(basis: Basis) -> str:
    start, end = basis.in_force
    spans = f"{on_paper(start)}起施行" if start else ""
    if end:
        spans += f"，{on_paper(end)}止" if spans else f"有效至{on_paper(end)}"
    return spans + ("" if basis.certainty == SEEN else NOT_READ.strip("（）") if not spans else "，依据待核")


def _involved(n: int, each: Involved) -> dict[str, object]:
    return {
        "序号": str(n),
        "姓名": each.person.name,
        "身份证号码": each.person.id_number,
        "罪犯编号": each.person.prisoner_no,
        "案号": each.case,
        "单位": each.unit,
        "情况": in_words(each.message),
    }


def _place(tables: Sequence[str], rows: Sequence[Record], field_id: str) -> tuple[Record, str] | None:
    for table in tables:
        for each in rows:
            cell = each.cells.get(field_id) if each.table == table else None
            if cell is not None and (cell.value is not None or cell.raw.strip()):
                return each, field_id
    return None


def _cell(tables: Sequence[str], rows: Sequence[Record], field_id: str) -> Cell | None:
    found = _place(tables, rows, field_id)
    return None if found is None else found[0].cells[field_id]


def _imposed(cell: Callable[[str], Cell | None]) -> str:
    """有期徒刑一年，缓刑二年，附加剥夺政治权利一年, as far as the rows say; "" when they say nothing."""
    kind, term, parts = written(cell("sentence_kind")).removesuffix("缓刑"), cell("sentence"), []
    if term is not None and isinstance(term.value, Sentence):
        named = term.value.kind if kind not in set(SentenceKind) else SentenceKind(kind)
        parts.append(str(Sentence(named, term.value.term)) if term.value.term else str(term.value))
    elif kind or term is not None:
        parts.append(kind + written(term))
    if probation := written(cell("probation")):
        parts.append(f"缓刑{probation}")
    rights = cell("deprivation")
    if rights is not None and isinstance(rights.value, Deprivation):
        parts += [f"附加{rights.value}" if parts else str(rights.value)] if rights.value else []
    elif text := written(rights):
        parts.append(f"附加剥夺政治权利{text}")
    return "，".join(parts)
