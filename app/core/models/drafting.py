"""Clauses filled in by people become steps of a model's file, and cases are drafted from what the steps ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.core.models.parts import Condition, Do, Expect, Model, Step
from app.core.models.refs import Ref, read_ref
from app.core.records import Field, FieldType
from app.core.sentence.terms import add_months

SAMPLE_NAME, SAMPLE_NUMBER = "测试甲一", "110101199001010015"
DAY_BACK = timedelta(days=1)
Rows = dict[str, list[dict[str, Any]]]


def draft_cases(model: Model, as_of: date) -> list[dict[str, Any]]:
    """A case of each kind for the first lead, made to meet or just to miss what the steps ask; for people to check."""
    steps = (*model.steps, *model.leads[0].steps)
    base = _rows(model, steps, as_of)
    cases = [_case("各项都符合", "positive", Expect.LEAD, as_of, base)]
    breaker = next((each for each in steps if each.do is not Do.EXCLUDE), None)
    if breaker is not None:
        cases.append(_case("有一项不符合", "negative", Expect.NONE, as_of, _broken(model, breaker, base, as_of)))
    cases += _boundaries(model, steps, base, as_of)
    for step in steps:
        if step.do is Do.EXCLUDE:
            rows = _excluded(model, step, base, as_of)
            cases.append(_case(f"排除：{step.says}"[:80], "exclusion", Expect.NONE, as_of, rows))
    for lead in model.leads[1:]:
        rows = _rows(model, (*model.steps, *lead.steps), as_of)
        cases.append(_case(f"符合“{lead.name}”"[:80], "positive", Expect.LEAD, as_of, rows) | {"lead": lead.id})
    cases.append(_case("缺少要用的数据", "not_evaluated", Expect.UNKNOWN, as_of, _lacking(model, steps, base)))
    return cases


def _case(name: str, kind: str, expect: Expect, as_of: date, rows: Rows) -> dict[str, Any]:
    case: dict[str, Any] = {"name": name, "kind": kind, "as_of": as_of}
    if kind == "boundary":
        case["expect"] = expect.value
    return case | {"rows": {table: [dict(row) for row in given] for table, given in rows.items()}}


def _rows(model: Model, steps: tuple[Step, ...], as_of: date) -> Rows:
    """Rows for which every step goes on."""
    rows: Rows = {each.name: [] for each in model.tables if not each.same}
    subject = model.subject_table
    rows[subject.name] = [{each.id: sample(each, as_of) for each in subject.kind.fields if _told(model, each)}]
    for step in steps:
        if step.do is Do.MATCH and step.table != subject.name and rows.get(step.table) == []:
            rows[step.table] = [_partner(model, step.table, rows[subject.name][0], as_of)]
    for step in steps:
        for given in step.where if step.do is Do.MATCH else ():
            _meet(model, given, rows, as_of)
        _meet_step(model, step, rows, as_of)
    return rows


def _told(model: Model, field: Field) -> bool:
    subject = model.subject
    joined = {left for table in model.tables for way in table.ways for left, _ in way.pairs}
    return field.required or field.id in {subject.name, subject.number, subject.label, *joined}


def _partner(model: Model, table: str, subject: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """A row of another table that belongs to the subject's."""
    home = model.table(table)
    row = {each.id: sample(each, as_of) for each in home.kind.fields if each.required}
    for way in home.ways:
        row |= {right: subject.get(left, "") for left, right in way.pairs}
    return row


def _meet_step(model: Model, step: Step, rows: Rows, as_of: date) -> None:
    if step.do is Do.DEADLINE:
        _put(model, step.start, _start(model, step, as_of - timedelta(days=30)), rows)
    elif step.do is Do.OVERLAP:
        for start, last in (step.first, step.second):
            _put(model, start, as_of - timedelta(days=400), rows)
            _put(model, last, as_of - timedelta(days=100), rows)
    elif step.do is Do.THRESHOLD:
        for term in step.value:
            if isinstance(term.of, str):
                upward = step.op in ("over", "at_least", "not_equal")
                _put(model, term.of, 0 if term.minus == upward else 100_000, rows)


def _start(model: Model, step: Step, last: date) -> date:
    """The day from which a limit ends on a day."""
    length = step.length
    if isinstance(length, str):
        ref = read_ref(length)
        numbers = model.numbers.get(ref.table, ()) if ref is not None else ()
        length = int(numbers[-1].value) if numbers else 0
    if step.counting == "months":
        return add_months(last, -length)
    return last - timedelta(days=length * (2 if step.counting == "workdays" else 1))


def _meet(model: Model, given: Condition, rows: Rows, as_of: date, *, meet: bool = True) -> None:
    """Set a column so that a condition holds, or does not."""
    if given.op == "any":
        for each in given.value[: 1 if meet else None]:
            _meet(model, each, rows, as_of, meet=meet)
        return
    op, value = given.op, given.value
    yes = meet == (op not in ("lacks", "is_not", "differs", "affirms_not"))
    if op in ("has", "lacks", "is", "is_not", "affirms", "affirms_not"):
        put: Any = value[0] if yes else ""
    elif op == "yes":
        put = "是" if value == meet else "否"
    elif op == "nil":
        put = "无" if value == meet else "有此情形"
    elif op == "empty":
        put = "" if value == meet else sample(_field(model, given.of), as_of)
    elif op in ("after", "before", "not_before", "not_after"):
        day = value if isinstance(value, date) else as_of - timedelta(days=200)
        later = (op in ("after", "not_before")) == meet
        if isinstance(value, str) and value != "@today":
            _put(model, value, day, rows)
        put = day + timedelta(days=(given.plus if given.counting == "days" else given.plus * 31) + (5 if later else -5))
    else:
        number = value if not isinstance(value, str) else 0
        more = (op in ("over", "at_least")) == meet
        put = number + 1 if more else max(number - 1, 0)
    _put(model, given.of, put, rows)


def _put(model: Model, text: str, value: Any, rows: Rows) -> None:
    """Give a column a value in the first row of its table."""
    ref = read_ref(text)
    if ref is None or ref.kind != "column" or not rows.get(ref.table):
        return
    if model.table(ref.table).kind.field(ref.field).type in (FieldType.TERM, FieldType.SENTENCE):
        return
    rows[ref.table][0][ref.field] = value


def _broken(model: Model, step: Step, base: Rows, as_of: date) -> Rows:
    rows = _copy(base)
    if step.do is Do.DIFFERENCE and step.table in rows:
        rows[step.table] = [_partner(model, step.table, rows[model.subject.table][0], as_of)]
        for given in step.where:
            _meet(model, given, rows, as_of)
    elif step.do is Do.MATCH and step.table != model.subject.table and step.table in rows:
        rows[step.table] = []
    elif step.do is Do.MATCH and step.where:
        _meet(model, step.where[0], rows, as_of, meet=False)
    elif step.do is Do.DEADLINE:
        _put(model, step.start, as_of, rows)
    elif step.do is Do.THRESHOLD:
        for term in step.value:
            if isinstance(term.of, str):
                _put(model, term.of, 0, rows)
    elif step.do is Do.OVERLAP:
        _put(model, step.first[0], as_of - timedelta(days=50), rows)
        _put(model, step.first[1], as_of - timedelta(days=40), rows)
    return rows


def _boundaries(model: Model, steps: tuple[Step, ...], base: Rows, as_of: date) -> list[dict[str, Any]]:
    for step in steps:
        if step.do is Do.DEADLINE and step.counting != "workdays" and not step.within and not step.done:
            on, after = _copy(base), _copy(base)
            start = _start(model, step, as_of)
            _put(model, step.start, start, on)
            _put(model, step.start, start - DAY_BACK, after)
            return [
                _case("期限的最后一天", "boundary", Expect.NONE, as_of, on),
                _case("最后一天的第二天", "boundary", Expect.LEAD, as_of, after),
            ]
    return [_case("刚好符合", "boundary", Expect.LEAD, as_of, base)]


def _excluded(model: Model, step: Step, base: Rows, as_of: date) -> Rows:
    rows = _copy(base)
    if step.table in rows and step.table != model.subject.table:
        rows[step.table] = [_partner(model, step.table, rows[model.subject.table][0], as_of)]
    for given in step.where:
        _meet(model, given, rows, as_of)
    return rows


def _lacking(model: Model, steps: tuple[Step, ...], base: Rows) -> Rows:
    """Without a table the model needs; else without the first value it asks for."""
    rows = _copy(base)
    for each in model.tables[1:]:
        if each.name in rows and not each.optional and any(step.table == each.name for step in steps):
            del rows[each.name]
            return rows
    for step in steps:
        texts = [step.start, *(one.of for one in step.value if isinstance(one.of, str)), *(c.of for c in step.where)]
        for text in texts:
            ref = read_ref(text) if text else None
            if ref is not None and ref.kind == "column" and rows.get(ref.table):
                rows[ref.table][0][ref.field] = "无此列"
                return rows
    return rows


def _copy(rows: Rows) -> Rows:
    return {table: [dict(row) for row in given] for table, given in rows.items()}


def _field(model: Model, text: str) -> Field:
    ref = read_ref(text) or Ref("column")
    return model.table(ref.table).kind.field(ref.field)


def sample(field: Field, as_of: date) -> Any:
    """Something plainly artificial that a column may hold."""
    match field.type:
        case FieldType.NAME:
            return SAMPLE_NAME
        case FieldType.ID_NUMBER:
            return SAMPLE_NUMBER
        case FieldType.DATE | FieldType.MONTH:
            return as_of - timedelta(days=300)
        case FieldType.BOOLEAN:
            return "否"
        case FieldType.INTEGER | FieldType.DECIMAL | FieldType.MONEY:
            return 1
        case FieldType.CHOICE:
            return next(iter(field.choices))
        case FieldType.TERM | FieldType.SENTENCE:
            return "一年"
    return "测试"
