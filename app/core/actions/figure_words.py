"""One sentence a chart: what its figures answer, and how far they can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.actions.due_line import DueLine
    from app.core.actions.statistics import Figures, RuleLine, UnitLine

HIGH, LOW = "高于其他单位", "低于其他单位"
SPANS = (
    ("已经过期", -1),
    ("7 天内", 7),
    ("8—15 天", 15),
    ("16—30 天", 30),
    ("31—60 天", 60),
)  # up to how many days left
LATER = "60 天以后"
MOST_NAMED = 3


def spans(lines: Sequence[DueLine]) -> tuple[tuple[str, int, int], ...]:
    """How many things fall due in each stretch of time, ours and those others owe us; () when nothing does."""
    ends = (*SPANS, (LATER, None))
    ours, others = Counter[str](), Counter[str]()
    for each in lines:
        name = next(name for name, most in ends if most is None or each.left <= most)
        (ours if each.ours else others)[name] += 1
    return tuple((name, ours[name], others[name]) for name, _ in ends) if lines else ()


def answers(shown: Figures) -> dict[str, str]:
    """The sentence of every page, by the name of its table."""
    return {
        "按单位": units(shown),
        "按种类": kinds(shown),
        "按月份": months(shown),
        "规则成效": rules(shown),
        "办理状态": states(shown),
        "待办期限": ahead(shown),
        "各单位逐月": trend(shown),
    }


def units(shown: Figures) -> str:
    """Which unit differs, and which only looks as if it did."""
    compared = [each for each in shown.units if each.share]
    if len(compared) < 2:
        return f"满 {shown.least} 件的单位不足两个，还不能比较。"
    high = [each for each in compared if each.word == HIGH]
    low = [each for each in compared if each.word == LOW]
    parts = []
    if high:
        parts.append(f"{_listed(high)}有违法线索的比例确实偏高，值得了解原因")
    if low:
        parts.append(f"{_listed(low)}确实偏低，可能是做得好，也可能是报送的数据不全")
    if not parts:
        parts.append(f"{len(compared)} 个单位的差别都在正常起伏以内，看不出哪个单位特别")
    top = max(compared, key=_value)
    if top not in high and _value(top) > shown.mean:
        parts.append(f"“{top.unit}”看上去最高（{_value(top):.1%}），但按它的件数，这样的差别可能只是偶然")
    return f"总体 {shown.mean:.1%}。{'；'.join(parts)}。"


def kinds(shown: Figures) -> str:
    """What is found most, and how much of what was checked held."""
    if not shown.kinds:
        return "还没有线索。"
    most = max(shown.kinds, key=lambda each: each[1])
    confirmed = sum(each[2] for each in shown.kinds)
    decided = confirmed + sum(each[3] for each in shown.kinds)
    said = f"最多的是“{most[0]}”，{most[1]} 条"
    if not decided:
        return f"{said}；都还没有核查结果。"
    return f"{said}；已有核查结果的 {decided} 条中，属实 {confirmed} 条（{confirmed / decided:.0%}）。"


def months(shown: Figures) -> str:
    """How the newest month compares with the one before."""
    if not shown.months:
        return "还没有线索。"
    last = shown.months[-1]
    found = sum(last.kinds)
    said = f"{_month(last.month)}首次发现 {found} 条，其中 {last.open} 条还没有核查结果"
    if len(shown.months) < 2:
        return f"{said}；只有一个月的数据，看不出变化。"
    return f"{said}；{_more(found, sum(shown.months[-2].kinds), _month(shown.months[-2].month))}。"


def rules(shown: Figures) -> str:
    """Which rule finds most, and which of them hold."""
    if not shown.rules:
        return "还没有线索。"
    most = max(shown.rules, key=lambda each: each.found)
    said = f"线索最多的是“{rule_words(most)}”，{most.found} 条"
    known = [each for each in shown.rules if each.share]
    if not known:
        return f"{said}；还没有一条规则有 {shown.least} 条核查结果，属实率都不能计算。"
    best = max(known, key=lambda each: each.share.value if each.share else 0)
    worst = min(known, key=lambda each: each.share.value if each.share else 0)
    told = f"属实率最高的是“{rule_words(best)}”（{best.share.value if best.share else 0:.0%}）"
    if worst is not best:
        told += (
            f"，最低的是“{rule_words(worst)}”（{worst.share.value if worst.share else 0:.0%}），排除得多的要看看原因"
        )
    return f"{said}；{told}。"


def states(shown: Figures) -> str:
    """How much is still open."""
    total = sum(n for _, n in shown.states)
    if not total:
        return "还没有线索。"
    waiting = sum(n for _, *_, n in shown.kinds)
    return f"共 {total} 条线索，{waiting} 条（{waiting / total:.0%}）还没有核查结果。"


def ahead(shown: Figures) -> str:
    """What presses most."""
    if not shown.ahead:
        return "没有正在计算的期限。"
    late, soon = shown.ahead[0], shown.ahead[1]
    if not late[1] + late[2] + soon[1] + soon[2]:
        return "没有过期的，7 天内也没有到期的。"
    return (
        f"已经过期 {late[1] + late[2]} 项（应由本院办的 {late[1]} 项），"
        f"7 天内到期 {soon[1] + soon[2]} 项（应由本院办的 {soon[1]} 项）。"
    )


def trend(shown: Figures) -> str:
    """Whose number rose most in the newest month."""
    if not shown.trend:
        return "还没有违法线索。"
    if len(shown.trend_months) < 2:
        return "只有一个月的数据，看不出变化。"
    before, last = (_month(each) for each in shown.trend_months[-2:])
    rose = max(shown.trend, key=lambda each: each[1][-1] - each[1][-2])
    by = rose[1][-1] - rose[1][-2]
    if by <= 0:
        return f"{last}新发现的违法线索，没有一个单位比{before}多。"
    return f"{last}新发现的违法线索增加最多的是“{rose[0]}”：{rose[1][-1]} 条，比{before}多 {by} 条。"


def rule_words(rule: RuleLine) -> str:
    """A rule or model as a person calls it: its name, the id only where it has none."""
    return rule.name or rule.rule


def _value(unit: UnitLine) -> float:
    return unit.share.value if unit.share else 0.0


def _listed(found: Sequence[UnitLine]) -> str:
    named = "、".join(f"“{each.unit}”（{_value(each):.1%}）" for each in found[:MOST_NAMED])
    return named if len(found) <= MOST_NAMED else f"{named}等 {len(found)} 个单位"


def _month(month: str) -> str:
    day = date.fromisoformat(f"{month}-01")
    return f"{day.year}年{day.month}月"


def _more(now: int, before: int, when: str) -> str:
    if now == before:
        return f"与{when}相同"
    return f"比{when}{'多' if now > before else '少'} {abs(now - before)} 条"
