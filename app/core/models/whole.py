"""Whether the parts of a model fit together: every name leads somewhere, and to the right kind of thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.core.models.parts import Condition, Do, Model, Step, Term
from app.core.models.read_steps import AMOUNTS, DAYS, LIKENESS
from app.core.models.refs import RESULTS, Ref, read_ref
from app.core.models.strict import refuse
from app.core.records import FieldType

SLOT = re.compile(r"\{([^{}]*)\}")
DATES = (FieldType.DATE, FieldType.MONTH)
NUMBERS = (FieldType.MONEY, FieldType.INTEGER, FieldType.DECIMAL)
LENGTHS = (FieldType.TERM, FieldType.SENTENCE)  # compared as months, but never summed


def check_whole(model: Model) -> None:
    """ModelFault, with the place, when a name leads nowhere or a case gives rows of unknown columns."""
    _subject(model)
    if model.least > len(model.leads) or (model.least > 1 and model.one):
        refuse("", "“least”不能多于线索的种数，也不与 one 同用")
    ids = [each.id for each in model.leads]
    if len(set(ids)) != len(ids):
        refuse("lead", "有两段同名")
    for group in model.numbers.values():
        for number in group:
            if number.basis and number.basis not in model.grounds:
                refuse(f"number {number.id}", f"没有名为“{number.basis}”的 basis")
    done = _steps(model, model.steps, {}, "")
    for lead in model.leads:
        where = f"lead {lead.id} "
        known = _steps(model, lead.steps, dict(done), where)
        if not lead.basis:
            refuse(where, "没有写 basis")
        for each in lead.basis:
            if each not in model.grounds:
                refuse(where, f"没有名为“{each[:40]}”的 basis")
        for slot in SLOT.findall(lead.message):
            _ref(model, slot, known, f"{where}message")
        if "{" in SLOT.sub("", lead.message) or "}" in SLOT.sub("", lead.message):
            refuse(f"{where}message", "大括号没有成对")
    _cases(model)


def _subject(model: Model) -> None:
    subject, first = model.subject, model.tables[0]
    if subject.table != first.name:
        refuse("subject", "逐行来问的应当是第一张表")
    fields = {each.id: each for each in first.kind.fields}
    for name in (subject.name, subject.number, subject.label, subject.unit, subject.day):
        if name and name not in fields:
            refuse("subject", f"《{first.kind.name}》没有“{name}”这一列")
    if subject.once and not any(each.same and each.name == subject.once for each in model.tables):
        refuse("subject", "“once”应当是写了 same 的表")
    if subject.day and fields[subject.day].type not in DATES:
        refuse("subject", "“day”应当是日期列")


def _steps(model: Model, steps: Iterable[Step], known: dict[str, Do], where: str) -> dict[str, Do]:
    for step in steps:
        place = f"{where}第 {step.at} 段 step（{step.do.value}）"
        if step.table:
            if all(each.name != step.table for each in model.tables):
                refuse(place, f"没有名为“{step.table}”的 table")
            if step.do is Do.DIFFERENCE and step.table == model.subject.table:
                refuse(place, "差集不能拿第一张表比它自己")
        for text in _named(step):
            _ref(model, text, known, place)
        for text in (step.start, step.done, step.until, *(each for each in step.first + step.second)):
            if text:
                _must_be(model, text, DATES, place, "日期")
        for term in (*step.value, *step.limit):
            _term(model, term, known, place)
        if isinstance(step.length, str):
            ref = _ref(model, step.length, known, place)
            if ref.kind not in ("number", "law"):
                refuse(place, "“length”应当是整数、#数值 或者 law:数值")
        for each in step.where:
            _condition(model, each, known, place)
        if step.day:
            _must_be(model, step.day, DATES, place, "日期")
        if step.id:
            if step.id in known:
                refuse(place, f"有两步都叫“{step.id}”")
            known[step.id] = step.do
    return known


def _named(step: Step) -> Iterator[str]:
    yield from (each for each in (step.start, step.done, step.until, step.day, *step.by) if each)
    yield from (each for each in step.first + step.second if each)


def _term(model: Model, term: Term, known: dict[str, Do], place: str) -> None:
    for each in (term.of, *term.times, *term.by):
        if isinstance(each, str):
            ref = _ref(model, each, known, place)
            if ref.kind in ("column", "sum", "max", "min"):
                _must_be(model, each, NUMBERS + LENGTHS * (ref.kind == "column"), place, "数或者金额")


def _condition(model: Model, given: Condition, known: dict[str, Do], place: str) -> None:
    if given.op == "any":
        for each in given.value:
            _condition(model, each, known, place)
        return
    ref = _ref(model, given.of, known, place)
    if given.op in DAYS:
        _must_be(model, given.of, DATES, place, "日期")
        if isinstance(given.value, str):
            _ref(model, given.value, known, place)
            _must_be(model, given.value, DATES, place, "日期")
    elif given.op in AMOUNTS:
        _must_be(model, given.of, NUMBERS + LENGTHS * (ref.kind == "column"), place, "数或者金额")
        if isinstance(given.value, str):
            _ref(model, given.value, known, place)
    elif given.op in LIKENESS:
        _ref(model, given.value, known, place)
    elif given.op == "yes" and ref.kind == "column":
        _must_be(model, given.of, (FieldType.BOOLEAN,), place, "是否")


def _ref(model: Model, text: str, known: dict[str, Do], place: str) -> Ref:
    ref = read_ref(text)
    if ref is None:
        refuse(place, f"看不懂“{text[:60]}”")
    if ref.kind == "step":
        if ref.table not in known or ref.field not in RESULTS.get(known[ref.table], ()):
            refuse(place, f"前面没有得出“{text[:60]}”")
    elif ref.kind == "number":
        if ref.table not in model.numbers:
            refuse(place, f"没有名为“{ref.table}”的 number")
    elif ref.kind not in ("today", "law"):
        table = next((each for each in model.tables if each.name == ref.table), None)
        if table is None or (ref.field and all(each.id != ref.field for each in table.kind.fields)):
            refuse(place, f"没有“{text[:60]}”这一列")
    return ref


def _must_be(model: Model, text: str, types: tuple[FieldType, ...], place: str, what: str) -> None:
    ref = read_ref(text)
    if ref is None or ref.kind in ("step", "today", "number", "law", "count"):
        return
    kind = model.table(ref.table).kind.field(ref.field)
    if kind.type not in types:
        refuse(place, f"“{kind.name}”不是{what}列")


def _cases(model: Model) -> None:
    tables = {each.name: {one.id for one in each.kind.fields} for each in model.tables}
    leads = {each.id for each in model.leads}
    for case in model.cases:
        where = f"案例“{case.name}”"
        if case.lead and case.lead not in leads:
            refuse(where, f"没有名为“{case.lead}”的 lead")
        if not case.rows.get(model.subject.table):
            refuse(where, f"第一张表（{model.subject.table}）至少要有一行")
        for table, rows in case.rows.items():
            if table not in tables:
                refuse(where, f"没有名为“{table[:40]}”的 table")
            if model.table(table).same:
                refuse(where, f"“{table}”就是第一张表，不另写行")
            for row in rows:
                strange = [each for each in row if each not in tables[table]]
                if strange:
                    refuse(where, f"《{table}》没有“{strange[0][:40]}”这一列")
