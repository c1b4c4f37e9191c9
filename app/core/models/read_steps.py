"""The steps of a model file and the conditions inside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core.models.parts import Condition, Do, Step, Term
from app.core.models.strict import Fields, refuse

COUNTINGS = ("days", "workdays", "months")
WORDS = ("has", "lacks", "is", "is_not", "affirms", "affirms_not")
DAYS = ("after", "before", "not_before", "not_after")
AMOUNTS = ("over", "at_least", "under", "at_most")
LIKENESS = ("same", "differs")
ANSWERS = ("yes", "empty", "nil")
OPS = (*WORDS, *DAYS, *AMOUNTS, *LIKENESS, *ANSWERS)
COMPARED = (*AMOUNTS, "equal", "not_equal")
MOST_DAYS = 40_000
KEYS = {
    Do.MATCH: "table where least",
    Do.DIFFERENCE: "table where until",
    Do.DEADLINE: "from length counting roll done within",
    Do.OVERLAP: "first second least table",
    Do.THRESHOLD: "value",
    Do.COUNT: "by table where day span counting least only",
    Do.EXCLUDE: "table where optional",
}
NAMED = (Do.DEADLINE, Do.OVERLAP, Do.THRESHOLD, Do.COUNT)


def read_steps(top: Fields, key: str, *, most: int) -> tuple[Step, ...]:
    """The steps of a list, in order."""
    return tuple(_step(each, place) for place, each in enumerate(top.parts(key, "段 step", most=most), 1))


def _step(part: Fields, at: int) -> Step:
    do = Do(part.word("do", [each.value for each in Do]))
    keys = KEYS[do].split()
    given: dict[str, Any] = {"do": do, "at": at, "says": part.text("says", "", most=200)}
    if do in NAMED:
        given["id"] = part.name("id", "")
    readers: dict[str, Callable[[], Any]] = {
        "table": lambda: part.name("table", "" if do in (Do.OVERLAP, Do.COUNT, Do.EXCLUDE) else None),
        "where": lambda: tuple(read_condition(each) for each in part.parts("where", "个条件", most=20)),
        "least": lambda: part.whole("least", 1, least=1),
        "until": lambda: part.text("until", "", most=80),
        "from": lambda: part.text("from", most=80),
        "length": lambda: _length(part),
        "counting": lambda: part.word("counting", COUNTINGS, "days"),
        "roll": lambda: part.flag("roll", False),
        "done": lambda: part.text("done", "", most=80),
        "within": lambda: part.flag("within", False),
        "first": lambda: _two(part, "first"),
        "second": lambda: _two(part, "second"),
        "value": lambda: read_terms(part, "value"),
        "by": lambda: part.texts("by", most=4),
        "only": lambda: part.flag("only", True),
        "day": lambda: part.text("day", "", most=80),
        "optional": lambda: part.flag("optional", False),
        "span": lambda: part.whole("span", 0, most=MOST_DAYS),
    }
    for each in keys:
        given["start" if each == "from" else each] = readers[each]()
    if do is Do.THRESHOLD:
        ops = [each for each in COMPARED if part.has(each)]
        if len(ops) != 1:
            refuse(part.where, f"应当写且只写一个：{'、'.join(COMPARED)}")
        given |= {"op": ops[0], "limit": read_terms(part, ops[0])}
    _check(part, Step(**given))
    part.close()
    return Step(**given)


def _check(part: Fields, step: Step) -> None:
    if step.do is Do.COUNT and bool(step.by) == bool(step.table):
        refuse(part.where, "count 或者写 by（按什么归类），或者写 table（数哪张表的行）")
    if step.do is Do.COUNT and bool(step.day) != bool(step.span):
        refuse(part.where, "“day”和“span”要么都写，要么都不写")
    if step.do is Do.EXCLUDE and (not step.says or not (step.where or step.table)):
        refuse(part.where, "exclude 要写 where 和 says（为什么排除）")


def _length(part: Fields) -> str | int:
    value = part.any("length")
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DAYS):
        return value
    refuse(part.where, '“length”应当是整数，或者数值的名称，如 "#months"')


def _two(part: Fields, key: str) -> tuple[str, str]:
    texts = part.texts(key, most=2)
    if len(texts) != 2:
        refuse(part.where, f"“{key}”应当是起、止两列")
    return texts[0], texts[1]


def read_terms(part: Fields, key: str) -> tuple[Term, ...]:
    """A sum: one reference or number, or a list of them; "-" in front takes away."""
    value = part.any(key)
    values = value if isinstance(value, list) else [value]
    if not 0 < len(values) <= 12:
        refuse(part.where, f"“{key}”应当有一到十二项")
    return tuple(_term(each, part.where) for each in values)


def _term(value: Any, where: str) -> Term:
    if not isinstance(value, dict):
        of = _operand(value, where)
        minus = isinstance(of, str) and of.startswith("-")
        return Term(of[1:] if minus and isinstance(of, str) else of, minus=minus)
    part = Fields(value, where)
    of = _operand(part.any("of"), where)
    minus = isinstance(of, str) and of.startswith("-")
    times, by = (_operands(part, key) for key in ("times", "by"))
    part.close()
    return Term(of[1:] if minus and isinstance(of, str) else of, times, by, minus)


def _operands(part: Fields, key: str) -> tuple[str | int | Decimal, ...]:
    value = part.any(key) if part.has(key) else []
    values = value if isinstance(value, list) else [value]
    if len(values) > 4:
        refuse(part.where, f"“{key}”最多四项")
    return tuple(_operand(each, part.where) for each in values)


def _operand(value: Any, where: str) -> str | int | Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        refuse(where, "这里应当是列名、数值的名称或者数")
    return value


def read_condition(part: Fields) -> Condition:
    """One condition: `of`, one comparison, and for days an offset; or `any`, of which one must hold."""
    if part.has("any"):
        among = tuple(read_condition(each) for each in part.parts("any", "个条件", most=6, least=2))
        if any(each.op == "any" for each in among):
            refuse(part.where, "“any”里面不能再写“any”")
        part.close()
        return Condition("", "any", among)
    of = part.text("of", most=80)
    ops = [each for each in OPS if part.has(each)]
    if len(ops) != 1:
        refuse(part.where, f"应当写且只写一种比较：{'、'.join(OPS)}")
    op = ops[0]
    value: Any
    if op in WORDS:
        words = part.any(op)
        value = (words,) if isinstance(words, str) else tuple(words) if isinstance(words, list) else ()
        if not value or len(value) > 60 or any(not isinstance(each, str) or not each for each in value):
            refuse(part.where, f"“{op}”应当是一列文字")
    elif op in ANSWERS:
        value = part.flag(op, True)
    elif op in DAYS:
        value = part.any(op)
        value = value if isinstance(value, str) else _date(value, part)
    elif op in AMOUNTS:
        value = _operand(part.any(op), part.where)
    else:
        value = part.text(op, most=80)
    plus, counting = 0, "days"
    for key, unit in (("plus_days", "days"), ("plus_months", "months")):
        if op in DAYS and part.has(key):
            plus, counting = part.whole(key, least=-MOST_DAYS, most=MOST_DAYS), unit
    part.close()
    return Condition(of, op, value, plus, counting)


def _date(value: Any, part: Fields) -> Any:
    if not isinstance(value, date) or isinstance(value, datetime):
        refuse(part.where, "这里应当是日期或者日期列")
    return value
