"""Which of a model's questions SQL can answer with a sure no, so that most rows need not be unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.core.models.asking import Setting
from app.core.models.parts import Condition, Do, Model, ModelTable, Step
from app.core.models.refs import TODAY, read_ref
from app.core.records import FieldType
from app.core.store.model_rows import Apart, At, Says

SHORTEST_MONTH = 28
WORDY = (FieldType.TEXT, FieldType.NAME, FieldType.CHOICE)
Tests = tuple[Apart | Says, ...]


def tests_of(model: Model, table: ModelTable, setting: Setting) -> Iterator[Tests]:
    """The tests that rows of one table must pass; each is a superset of what a step asks."""
    steps = model.steps if len(model.leads) > 1 else model.all_steps()
    bound = {each.table for each in steps if each.do is Do.MATCH and each.least == 1}
    for step in steps:
        if step.do is Do.MATCH and step.table == table.name:
            group = tuple(one for each in step.where if (one := _condition(each, model, table, setting)) is not None)
            if group:
                yield group
        elif step.do is Do.DEADLINE and not step.within:
            test = _deadline(step, model, setting)
            home = {each[0] for each in (test.later, test.earlier) if not isinstance(each, date)} if test else set()
            others = home - {model.subject.table}
            if test is not None and (others or {model.subject.table}) == {table.name} and others <= bound:
                yield (test,)


def _deadline(step: Step, model: Model, setting: Setting) -> Apart | None:
    later = _at(step.done, setting) if step.done else setting.as_of
    earlier = _at(step.start, setting)
    return None if later is None or earlier is None else Apart(later, earlier, _least_days(step, model))


def _least_days(step: Step, model: Model) -> int:
    """So many days a limit lasts at least; any number that ever held may count."""
    if isinstance(step.length, int):
        length = step.length
    else:
        ref = read_ref(step.length)
        numbers = model.numbers.get(ref.table, ()) if ref and ref.kind == "number" else ()
        values = [0 if each.local else each.value for each in numbers] or [0]
        length = max(int(min(values)), 0)
    return length * SHORTEST_MONTH if step.counting == "months" else length


def _condition(given: Condition, model: Model, table: ModelTable, setting: Setting) -> Apart | Says | None:
    """A condition as a test; None for what is left to the engine."""
    at = _at(given.of, setting)
    if at is None or (not isinstance(at, date) and at[0] not in (table.name, model.subject.table)):
        return None
    if given.op == "has" and not isinstance(at, date):
        return Says(at, given.value) if model.table(at[0]).kind.field(at[1]).type in WORDY else None
    if given.op not in ("after", "not_before", "before", "not_after") or given.counting != "days":
        return None
    other: At | None = given.value if isinstance(given.value, date) else _at(given.value, setting)
    if other is None or (not isinstance(other, date) and other[0] not in (table.name, model.subject.table)):
        return None
    if given.op in ("after", "not_before"):
        return Apart(at, other, given.plus - (given.op == "not_before"))
    return Apart(other, at, -given.plus - (given.op == "not_after"))


def _at(text: str, setting: Setting) -> At | None:
    if text == TODAY:
        return setting.as_of
    ref = read_ref(text)
    return (ref.table, ref.field) if ref is not None and ref.kind == "column" else None
