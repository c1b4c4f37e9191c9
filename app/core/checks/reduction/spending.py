"""Family F: what was spent in prison, and from whose account."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.core.checks.dossier import place_of, text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.enclosures import unpaid
from app.core.checks.reduction.property import HOLDERS, OPINION
from app.core.checks.reduction.scores import label
from app.core.checks.reduction.timing import filing
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.people.names import compare_form
from app.core.records import Record
from app.core.values import Money
from app.core.values.money import FEN_IN_YUAN

WHOLE = 100  # per cent
# Spending with a reason of its own does not count against the limit.
EXCUSED = re.compile(r"医|药|病|伤|残|眼镜|学习|书")
OTHERS_CARD = re.compile(r"捎带|代购|代买|借名|他人|借卡|冒用|转借")
UNABLE = re.compile(r"终本|终结本次|(?:无|没有|确无|不具有)(?:财产|履行|可供|能力|执行能力)|暂无能力")
# Words in the remitter's column that name nobody.
NOBODY = re.compile(r"^(?:无|本人|自己|家属|亲属|家人|父母?|母亲?|妻子?|配偶|子女|儿子|女儿|兄弟?|姐妹?|朋友|[/—-]+)$")


def remitters(rows: Sequence[Record]) -> Mapping[str, frozenset[str]]:
    """Every named remitter with the prisoners paid to, by number or else by name."""
    found: dict[str, set[str]] = {}
    for each in rows:
        name = compare_form(text_of(each, "remitter"))
        if name and not NOBODY.match(name):
            who = text_of(each, "prisoner_no") or compare_form(text_of(each, "name"))
            found.setdefault(name, set()).add(who)
    return {name: frozenset(people) for name, people in found.items()}


def _rows(case: ReductionCase) -> list[Record]:
    """The person's spending in the period assessed, up to filing; Missing when it is not clear whose rows they are."""
    if case.spending.doubt:
        raise Missing(f"消费记录的归属（{case.spending.doubt}）")
    begin, end = case.day("assessed_from"), case.filed or case.as_of
    first = begin.replace(day=1) if begin is not None else None
    rows = sorted(case.spending.records, key=lambda each: (str(each["month"]), place_of(each)))
    return [
        each
        for each in rows
        if isinstance(month := each["month"], date) and (first is None or first <= month) and month <= end
    ]


def _monthly(rows: Sequence[Record]) -> dict[date, list[Record]]:
    months: dict[date, list[Record]] = {}
    for each in rows:
        month = each["month"]
        if isinstance(month, date) and not EXCUSED.search(text_of(each, "spending_kind")):
            months.setdefault(month, []).append(each)
    return months


def _spent(rows: Sequence[Record]) -> int:
    return sum(each["spent"].fen for each in rows if isinstance(each["spent"], Money))


def _limit(case: ReductionCase, why: Why, rows: Sequence[Record], month: date) -> int | None:
    """The month's limit in fen: of the list, of the proposal, or set by the office; None when nobody gave one."""
    limits = [each["limit"].fen for each in rows if isinstance(each["limit"], Money)]
    if limits:
        return max(limits)
    own = case.proposal["spending_limit"]
    if isinstance(own, Money):
        return own.fen
    yuan = _local(why, "spending_limit", month)
    return None if yuan is None else yuan * FEN_IN_YUAN


def _local(why: Why, parameter_id: str, day: date) -> int | None:
    number = why.law.local(parameter_id, day)
    if number is None:
        return None
    why.cite(number.provision)
    return int(number.value)


@RULES.rule("JX-F03", "狱内消费超过额度", "R24-6.2", "OP21-7", when=unpaid, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def spending_over_limit(case: ReductionCase, why: Why) -> Verdict:
    """Spending clearly over the prison's limit without a reason counts as being able and not paying."""
    filed = filing(case, why)
    begin = why.law.provision("R24-6.2").start
    if begin is not None and filed < begin:
        why.cite_only("OP21-7")
    rows = _rows(case)
    months = _monthly(rows)
    over: list[tuple[str, int, int]] = []
    unknown = 0
    for month, each in sorted(months.items()):
        limit, spent = _limit(case, why, each, month), _spent(each)
        if limit is None:
            unknown += 1
        elif spent > limit:
            for row in each:
                why.see(row, "month", "spent", "limit", "spending_kind")
            over.append((label(each[0]), spent, limit))
    average, own = case.proposal["monthly_spending"], _limit(case, why, (), filed)
    why.see(case.proposal, "monthly_spending", "spending_limit", "property_penalty", "property_status")
    if isinstance(average, Money) and own is not None and average.fen > own:
        over.append(("月均", average.fen, own))
    for what, spent, limit in over:
        why.step(f"{what}消费{Money(spent)}，额度{Money(limit)}，超出{Money(spent - limit)}")
    if over:
        return _exceeded(why, over, filed)
    told = bool(months) or isinstance(average, Money)
    if not told:
        raise Missing("狱内消费情况")
    if unknown or (not months and own is None):
        raise Missing("消费额度")
    return why.lawful("未超过额度（医疗等有特殊原因的消费不计）")


def _exceeded(why: Why, over: Sequence[tuple[str, int, int]], filed: date) -> Verdict:
    """How far beyond the limit is clearly beyond is a provincial number; without it a person has to judge."""
    clear = _local(why, "spending_clear_excess", filed)
    message = f"财产性判项未履行完毕，狱内消费{len(over)}次超过额度"
    if clear is None:
        why.step("超出多少属于明显超出，本地没有设定，由人判断")
        return why.doubt(f"{message}，是否属于明显超出、有无特殊原因须核实")
    why.step(f"本地设定：超出额度{clear}%以上属于明显超出")
    if any((spent - limit) * WHOLE >= limit * clear for _, spent, limit in over):
        return why.unlawful(f"{message}，明显超出而没有特殊原因的，视为有能力不履行")
    return why.doubt(f"{message}，有无特殊原因须核实")


def says_unable(case: ReductionCase) -> bool:
    """Whether the prisoner is said to be unable to pay."""
    ends = {text_of(each, "enforcement") for each in case.property_rows.records}
    return "终结本次执行" in ends or bool(UNABLE.search(text_of(case.proposal, "property_status")))


def unable(case: ReductionCase) -> str:
    """Applies where property items stay unpaid because the prisoner is said to be unable."""
    return unpaid(case) or ("" if says_unable(case) else "没有以无履行能力为由")


@RULES.rule("JX-F05", "账户余额、消费与无履行能力矛盾", "R24-3", "R24-7", when=unable, document=OPINION)
def money_of_the_unable(case: ReductionCase, why: Why) -> Verdict:
    """Who is said to have nothing to pay with has no balance that would pay, and spends no more than allowed."""
    filed = filing(case, why)
    rows = _rows(case)
    balances = [(each, each["balance"].fen) for each in rows if isinstance(each["balance"], Money)]
    own = case.proposal["account_balance"]
    why.see(case.proposal, "account_balance", "property_status", "amount_due", "amount_paid")
    latest = [(row, fen) for row, fen in balances[-1:]]
    for row, _ in latest:
        why.see(row, "month", "balance")
    fen = own.fen if isinstance(own, Money) else latest[0][1] if latest else None
    spent = [(month, _spent(each), _limit(case, why, each, month)) for month, each in _monthly(rows).items()]
    over = [(month, much, limit) for month, much, limit in spent if limit is not None and much > limit]
    if fen is None and not spent:
        raise Missing("账户余额", "狱内消费情况")
    reasons = _contradictions(case, why, fen, filed)
    for _, much, limit in over:
        assert limit is not None
        reasons.append(f"一个月消费{Money(much)}，超过额度{Money(limit)}")
    for each in reasons:
        why.step(each)
    if reasons:
        return why.doubt(f"称无履行能力，但{reasons[0]}，履行能力须核实")
    if fen is None:
        raise Missing("账户余额")
    return why.lawful(f"账户余额{Money(fen)}，与无履行能力没有明显矛盾")


def _contradictions(case: ReductionCase, why: Why, fen: int | None, filed: date) -> list[str]:
    if fen is None:
        return []
    due, paid = case.proposal["amount_due"], case.proposal["amount_paid"]
    left = due.fen - (paid.fen if isinstance(paid, Money) else 0) if isinstance(due, Money) else None
    worth = why.number("balance_worth_asking", filed)
    if left is not None and 0 < left <= fen:
        return [f"账户余额{Money(fen)}，足以履行尚欠的{Money(left)}"]
    return [f"账户余额{Money(fen)}，达到{Money(worth)}"] if fen >= worth else []


@RULES.rule("JX-F08", "借他人账户消费或者同一汇款人", "R24-6.2", document=OPINION)
def others_accounts(case: ReductionCase, why: Why) -> Verdict:
    """Spending through others' accounts; one remitter for several prisoners is where it begins to show."""
    if not case.spending_present:
        raise Missing("消费表")
    rows = _rows(case)
    if not rows:
        raise Missing("消费表中本人的记录")
    faults: dict[str, None] = {}
    named = False
    for row in rows:
        kind, name = text_of(row, "spending_kind"), compare_form(text_of(row, "remitter"))
        named = named or bool(kind or name)
        if OTHERS_CARD.search(kind):
            why.see(row, "month", "spent", "spending_kind")
            faults[f"{label(row)}消费类别写“{kind}”"] = None
        others = len(case.remitters.get(name, ())) - 1
        if others > 0:
            why.see(row, "month", "remitter")
            faults[f"汇款人{text_of(row, 'remitter')}同时向另外{others}名罪犯汇款"] = None
    for each in faults:
        why.step(each)
    if faults:
        return why.doubt(f"{next(iter(faults))}，是否借他人账户消费须核实（亲属关系请先排除）")
    if not named:
        raise Missing("汇款人", "消费类别", holder=HOLDERS)
    return why.lawful("没有捎带、借名消费的记载，汇款人没有同时向其他罪犯汇款")
