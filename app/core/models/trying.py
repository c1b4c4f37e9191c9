"""A model tried: its own cases, and any rows with the leads counted together where a step asks for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.core.findings import Outcome, Verdict
from app.core.law.book import LawBook
from app.core.models.asking import Bundle, Group, Setting
from app.core.models.engine import ask
from app.core.models.joining import bundles
from app.core.models.parts import CaseKind, Do, Expect, Model, OwnCase
from app.core.models.strict import refuse
from app.core.records import Cell, Field, FieldType, Record, TableKind, Value
from app.core.values import Money
from app.core.values.dates import parse_date, parse_month
from app.core.values.money import FEN_IN_YUAN, parse_money
from app.core.values.term_grammar import parse_term
from app.core.values.term_text import parse_sentence

FILE = "模型自带案例"
NO_COLUMN = "无此列"
OUTCOMES = {Outcome.FOUND: Expect.LEAD, Outcome.NOT_EVALUATED: Expect.UNKNOWN}
WORDS = {Expect.LEAD: "线索", Expect.NONE: "不是线索", Expect.UNKNOWN: "不能判断"}
NEEDED = (CaseKind.POSITIVE, CaseKind.NEGATIVE, CaseKind.BOUNDARY, CaseKind.NOT_EVALUATED)
YES_OR_NO = {"是": True, "有": True, "true": True, "否": False, "无": False, "false": False}
KINDS = {
    CaseKind.POSITIVE: "正例",
    CaseKind.NEGATIVE: "反例",
    CaseKind.BOUNDARY: "边界",
    CaseKind.EXCLUSION: "排除",
    CaseKind.NOT_EVALUATED: "不能判断",
}


class Tried(NamedTuple):
    """What came of one of a model's own cases; `fault` says what is wrong, "" when all is well."""

    case: OwnCase
    verdicts: tuple[Verdict, ...]
    fault: str


def try_cases(model: Model, law: LawBook) -> list[Tried]:
    """Run a model's own cases."""
    plain = replace(model, given=None)
    return [_try(plain, each, law) for each in model.cases]


def faults(model: Model, law: LawBook) -> list[str]:
    """Why a model cannot be switched on: cases that fail, and kinds of cases that are lacking; [] when it can be."""
    kinds = {each.kind for each in model.cases}
    excludes = any(each.do is Do.EXCLUDE for each in model.all_steps())
    needed = (*NEEDED, CaseKind.EXCLUSION) if excludes else NEEDED
    lacking = [f"缺少“{KINDS[each]}”案例" for each in needed if each not in kinds]
    return lacking + [f"案例“{each.case.name}”没有通过：{each.fault}" for each in try_cases(model, law) if each.fault]


def _try(model: Model, case: OwnCase, law: LawBook) -> Tried:
    rows = rows_of(model, case)
    setting = Setting(case.as_of, law, dict.fromkeys(rows, case.as_of))
    first = next(iter(run(model, lambda: bundles(model, rows), setting)))[1]
    came = {expect_of(each) for each in first}
    words = "、".join(WORDS[each] for each in sorted(came))
    if came != {case.expect}:
        return Tried(case, tuple(first), f"应当是“{WORDS[case.expect]}”，得出的是“{words}”")
    if case.lead and case.lead not in {each.fact for each in first}:
        return Tried(case, tuple(first), f"应当得出“{case.lead}”，得出的是“{'、'.join(each.fact for each in first)}”")
    told = "；".join((each.message or "、".join((*each.steps, *each.missing))) for each in first)
    if case.says and case.says not in told:
        return Tried(case, tuple(first), f"说的话里应当有“{case.says}”，说的是“{told}”")
    return Tried(case, tuple(first), "")


def expect_of(verdict: Verdict) -> Expect:
    """What a case would have to expect for an answer."""
    return OUTCOMES.get(verdict.outcome, Expect.NONE)


def run(
    model: Model, given: Callable[[], Iterable[Bundle]], setting: Setting, *, bare: bool = False
) -> Iterator[tuple[Bundle, list[Verdict]]]:
    """What the model answers to every row; rows are gone through twice where leads are counted together."""
    if setting.groups is None and any(each.do is Do.COUNT and each.by for each in model.all_steps()):
        counts: Counter[Group] = Counter()
        for each in given():
            verdicts, groups = ask(model, each, setting, bare=True)
            if verdicts[0].outcome is Outcome.FOUND:
                counts.update(groups)
        setting = replace(setting, groups=counts)
    for each in given():
        yield each, ask(model, each, setting, bare=bare)[0]


def rows_of(model: Model, case: OwnCase) -> dict[str, list[Record]]:
    """The rows of a case as records; a table the case does not give is not loaded."""
    rows = {
        name: [_record(model.table(name).kind, row, place, case.name) for place, row in enumerate(given, 2)]
        for name, given in case.rows.items()
    }
    return rows | {each.name: rows[model.subject.table] for each in model.tables if each.same}


def _record(kind: TableKind, row: Mapping[str, Any], place: int, sheet: str) -> Record:
    """A row whose every column is there but for those that say "无此列"."""
    cells = {
        each.id: Cell(value_of(each, row.get(each.id, ""), sheet), str(row.get(each.id, "")), each.name)
        for each in kind.fields
        if row.get(each.id) != NO_COLUMN
    }
    return Record(kind.id, FILE, sheet, place, cells)


def value_of(field: Field, given: Any, where: str) -> Value:
    """A value as the file gives it, read as the column would be; refused when it does not fit."""
    if given is None or given == "":
        return None
    try:
        return _read(field.type, given)
    except (LookupError, ValueError, ArithmeticError):
        refuse(f"案例“{where}”", f"“{field.name}”读不懂“{str(given)[:40]}”")


def _read(kind: FieldType, given: Any) -> Value:
    text = str(given).strip()
    match kind:
        case FieldType.DATE:
            return given if isinstance(given, date) else parse_date(text).value
        case FieldType.MONTH:
            return given.replace(day=1) if isinstance(given, date) else parse_month(text).value
        case FieldType.MONEY:
            if isinstance(given, int | Decimal):
                return Money(int(Decimal(given) * FEN_IN_YUAN))
            return parse_money(text).value
        case FieldType.INTEGER:
            return int(text)
        case FieldType.DECIMAL:
            return Decimal(text)
        case FieldType.BOOLEAN:
            return YES_OR_NO[text.lower()]
        case FieldType.TERM:
            return parse_term(text).value
        case FieldType.SENTENCE:
            return parse_sentence(text).value
    return text
