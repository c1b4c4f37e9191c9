"""The steps and conditions of a model said as sentences, the way the form lets people fill them in."""

from __future__ import annotations

from app.core.models.parts import Condition, Do, Model, Step, Term
from app.core.models.refs import TODAY, read_ref
from app.core.records import show

OPS = {
    "has": "含有", "lacks": "不含", "affirms": "写明", "affirms_not": "没有写明", "nil": "写着没有",
    "is": "是", "is_not": "不是", "after": "晚于", "before": "早于",
    "not_before": "不早于", "not_after": "不晚于", "over": "大于", "at_least": "不少于", "under": "小于",
    "at_most": "不超过", "same": "等于", "differs": "不同于", "yes": "为“是”", "empty": "空着",
    "equal": "等于", "not_equal": "不等于",
}  # fmt: skip
UNITS = {"days": "日", "workdays": "个工作日", "months": "个月"}
AGGREGATES = {"sum": "合计", "first": "最早的", "last": "最晚的", "max": "最大的", "min": "最小的"}


def say_ref(model: Model, text: str | int | object) -> str:
    """A reference as people call it: [表].[列]."""
    if not isinstance(text, str):
        return str(text)
    ref = read_ref(text)
    if ref is None or text == TODAY:
        return "审查日" if text == TODAY else text
    if ref.kind == "number":
        return "、".join(f"{each.value}{each.unit}" for each in model.numbers[ref.table])
    if ref.kind in ("step", "law"):
        return f"“{ref.table}”" if ref.kind == "law" else "前一步算出的数"
    kind = model.table(ref.table).kind
    if ref.kind == "count":
        return f"《{kind.name}》的行数"
    column = f"[{kind.name}].[{kind.field(ref.field).name}]"
    return column if ref.kind == "column" else f"{column}{AGGREGATES[ref.kind]}"


def say_condition(model: Model, given: Condition) -> str:
    """One condition."""
    if given.op == "any":
        return f"（{'，或者'.join(say_condition(model, each) for each in given.value)}）"
    of = say_ref(model, given.of)
    if given.op in ("yes", "empty", "nil"):
        words = {
            "yes": ("为“是”", "为“否”"),
            "empty": ("空着", "已填写"),
            "nil": ("空着或者写着没有", "写有内容"),
        }[given.op]
        return f"{of}{words[0] if given.value else words[1]}"
    if isinstance(given.value, tuple):
        return f"{of}{OPS[given.op]}“{'”或“'.join(given.value)}”"
    value = say_ref(model, given.value) if isinstance(given.value, str) else show(given.value)
    plus = f"＋{given.plus}{'日' if given.counting == 'days' else '个月'}" if given.plus else ""
    return f"{of}{OPS[given.op]}{value}{plus}"


def say_step(model: Model, step: Step) -> str:
    """One step as a clause of the sentence 若……则……."""
    table = f"《{model.table(step.table).kind.name}》" if step.table else ""
    asked = "，".join(say_condition(model, each) for each in step.where)
    own = step.table == model.subject.table
    match step.do:
        case Do.MATCH:
            return asked if own else f"在{table}中有对应的行{'，' if asked else ''}{asked}"
        case Do.DIFFERENCE:
            return f"在{table}中没有对应的行{'（' if asked else ''}{asked}{'）' if asked else ''}"
        case Do.DEADLINE:
            length = (
                say_ref(model, step.length) if isinstance(step.length, str) else f"{step.length}{UNITS[step.counting]}"
            )
            done = say_ref(model, step.done) if step.done else "审查日"
            return f"{done}{'不晚于' if step.within else '晚于'}{say_ref(model, step.start)}＋{length}"
        case Do.OVERLAP:
            spans = [f"{say_ref(model, start)}至{say_ref(model, last)}" for start, last in (step.first, step.second)]
            return f"{spans[0]}与{spans[1]}重叠 {step.least} 日以上"
        case Do.THRESHOLD:
            return f"{_sum(model, step.value)}{OPS[step.op]}{_sum(model, step.limit)}"
        case Do.COUNT:
            what = f"{table}对应的行" if step.table else "、".join(say_ref(model, each) for each in step.by) + "相同的"
            return f"{what}不少于 {step.least} 件"
    return f"排除：{table}{asked}（{step.says}）"


def _sum(model: Model, terms: tuple[Term, ...]) -> str:
    words = ""
    for place, each in enumerate(terms):
        sign = "－" if each.minus else "＋" if place else ""
        words += sign + "×".join(say_ref(model, one) for one in (each.of, *each.times))
        words += "".join(f"÷{say_ref(model, one)}" for one in each.by)
    return words


def say_model(model: Model) -> str:
    """The whole of a model as one sentence for each lead: 若……，且……，则……."""
    common = [say_step(model, each) for each in model.steps]
    told = []
    for lead in model.leads:
        clauses = [*common, *(say_step(model, each) for each in lead.steps)]
        told.append(f"若{'；且'.join(clauses) or '有这一行'}；则{lead.level}：{lead.name}。")
    return "\n".join(told)
