"""From which day until which day: the listed period against the lawful readings."""

from __future__ import annotations

from datetime import date

from app.core.checks.deprivation.book import CORRECT, LISTED, RULES, column, lacking, listed, periods, see_sources
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.listing import parole_end_taken
from app.core.checks.persons import day_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.sentence.deprivation import Ground, ends_of
from app.core.sentence.terms import ONE_DAY
from app.core.values import Deprivation, Term

START, END, TERM = "剥权起始日期", "剥权截止日期", "剥权期限"
BY_HAND = (("listed_on", "列管日期"), ("documents_received_on", "文书收到日期"), ("announced_on", "宣布日期"))


def _probation(case: Matter) -> str:
    return listed(case) or ("" if case.ground is Ground.PROBATION else "不是缓刑附加剥夺政治权利")


def _control(case: Matter) -> str:
    if case.ground is not Ground.CONTROL:
        return "不是管制附加剥夺政治权利"
    return "没有剥夺政治权利" if case.none_imposed else ""


def _start(case: Matter) -> str:
    if reason := listed(case):
        return reason
    if case.ground is Ground.LIFE:
        return "剥夺政治权利终身"
    if case.ground is Ground.PROBATION:
        return "缓刑的起算另行核查"
    return "起始日按考验期满计算，已另行指出" if parole_end_taken(case) else ""


@RULES.rule("BQ-05", "缓刑附加剥权起算", "CL-72.3", "PR19-627", when=_probation, about=("T20",), document=CORRECT)
def probation_start(case: Matter, why: Why) -> Verdict:
    """With a suspended sentence it must run from some day; from which is disputed."""
    row = case.listing
    assert row is not None
    start = column(row, "deprivation_start", START)
    why.see(row, "deprivation_start", "deprivation_end", "deprivation")
    if start is None:
        why.step("列管名单没有剥权起始日期")
        return why.unlawful("缓刑附加的剥夺政治权利没有起始日期，不知何时执行", harm=Harm.RIGHTS)
    if not case.base:
        raise lacking(case)
    see_sources(case, why)
    for each in case.base:
        why.step(f"{each.says}：{each.start} 起，至 {each.first_end}")
    starts = [each.start for each in case.base]
    if start in starts:
        says = case.base[starts.index(start)].says
        return why.hint(f"缓刑附加剥夺政治权利的起算法律没有规定，列管{says}（{start}），另一种意见也可成立，请核对")
    both = "、".join(map(str, starts))
    return why.hint(f"列管起始日{start}与两种意见（{both}）都不一致；缓刑附加的起算有争议，请核对")


@RULES.rule("BQ-06", "管制附加剥权不等长或者不同期", "CL-55.2", when=_control, about=("T01", "T20"), document=CORRECT)
def control_length(case: Matter, why: Why) -> Verdict:
    """With control the deprivation is as long as control and runs with it."""
    control = _control_term(case)
    if control is None:
        raise Missing("管制期限", holder="人民法院、社区矫正机构")
    said: list[str] = []
    judged = case.original.value if case.original is not None and case.original.row.table == "T01" else None
    if judged is not None and judged.term and _apart(judged.term, control):
        why.see(case.judgment, "deprivation", "sentence", "supplementary")
        said.append(f"裁判的剥夺政治权利{judged.term}与管制{control}不等长")
    row = case.listing
    told = row["deprivation"] if row is not None else None
    if isinstance(told, Deprivation) and told.term and _apart(told.term, control):
        why.see(row, "deprivation")
        why.see(case.roster, "control_term")
        said.append(f"列管期限{told.term}与管制{control}不等长")
    end, last = day_of(row, "deprivation_end"), day_of(case.roster, "correction_end")
    if not said and end is not None and last is not None and end != last:
        why.see(row, "deprivation_end")
        why.see(case.roster, "correction_end")
        said.append(f"列管截止日{end}与管制止日{last}不同")
    why.step(f"管制{control}，剥夺政治权利应当等长、同时执行")
    if said:
        return why.unlawful("；".join(said), harm=Harm.RIGHTS)
    if judged is None and told is None:
        raise Missing("剥夺政治权利的期限", holder="人民法院、公安机关")
    if row is None:
        case.lists.need(LISTED)
    if case.roster is None:
        case.lists.need("T02")
    return why.lawful("期限相等")


def _control_term(case: Matter) -> Term | None:
    if case.sentence is not None and case.sentence.term is not None:
        return case.sentence.term
    value = case.roster["control_term"] if case.roster is not None else None
    return value if isinstance(value, Term) else None


def _apart(one: Term, other: Term) -> bool:
    return (one.total_months, one.days) != (other.total_months, other.days)


@RULES.rule("BQ-11", "剥权起始日错误", "CL-58.1", when=_start, about=("T20",), document=CORRECT, harm=Harm.RIGHTS)
def wrong_start(case: Matter, why: Why) -> Verdict:
    """The listed first day is the day from which the law counts."""
    row = case.listing
    assert row is not None
    start = column(row, "deprivation_start", START)
    if start is None:
        raise Missing(START, holder="公安机关")
    if not case.base:
        raise lacking(case)
    why.see(row, "deprivation_start")
    see_sources(case, why)
    right = case.base[0].start
    why.step(f"{case.base[0].says}：{right}，列管起始日 {start}")
    apart = (start - right).days
    if not apart or any(start in stop.resumes for _, stop in case.stops):
        return why.lawful("起始日相符")
    message = f"列管起始日{start}，应为{right}，{'晚' if apart > 0 else '早'}{abs(apart)}日{_taken(case, start)}"
    if case.ground is Ground.CONTROL:
        within = why.number("deprivation_alone_start_days", right)
        if 0 < apart <= within:
            return why.hint(f"{message}；管制何时开始执行有不同意见，请核对")
    if case.ground is Ground.ALONE and apart > 0:
        within = why.number("deprivation_alone_start_days", right)
        disputed = f"{message}；单处的自判决生效还是执行之日起算有不同意见，请核对"
        return why.hint(disputed) if apart <= within else why.doubt(disputed)
    if apart == 1:
        return why.hint(f"{message}；有的按释放次日起算，请核对")
    if rival := _rival(case, start):
        return why.doubt(f"{message}；{rival}，须先核对释放日期")
    slight = 0 < apart <= why.number("deprivation_start_slight_days", right)
    return why.unlawful(message, gravity=Gravity.SLIGHT if slight else Gravity.SERIOUS)


def _taken(case: Matter, start: date) -> str:
    """Which other day of the list was taken for the first day."""
    for field_id, label in BY_HAND:
        if day_of(case.listing, field_id) == start:
            return f"（按{label}起算）"
    return ""


def _rival(case: Matter, start: date) -> str:
    """Another list's day of release that agrees with the listed first day."""
    own = case.freed[0] if case.freed else None
    for each in (*case.listings, *case.releases, *case.rulings):
        for field_id in ("released_on", "current_end", "sentence_end"):
            other = day_of(each, field_id)
            if other is not None and other != own and start in (other, other + ONE_DAY) and _may_be(case, field_id):
                name, _ = case.lists.names.get(each.table, (each.table, ""))
                return f"《{name}》的释放日期、刑期止日是{other}"
    return ""


def _may_be(case: Matter, field_id: str) -> bool:
    """Whether a day of another list may be the day the sentence ended; on parole only a release is."""
    return field_id == "released_on" or case.ground is not Ground.PAROLE


def start_is_wrong(case: Matter) -> bool:
    """Whether the listed first day is known to be wrong, so that what follows from it is not told again."""
    start = day_of(case.listing, "deprivation_start")
    if start is None or not case.base:
        return False
    lawful = {each.start for each in case.base} | {each for _, stop in case.stops for each in stop.resumes}
    return start not in lawful and start - ONE_DAY not in lawful


def _end(case: Matter) -> str:
    if reason := listed(case):
        return reason
    if case.ground is Ground.LIFE:
        return "剥夺政治权利终身"
    return "管制的同时起止另行核查" if case.ground is Ground.CONTROL else ""


@RULES.rule("BQ-12", "剥权截止日错误", "CPI-202.2", "CL-58.1", when=_end, about=("T20",), document=CORRECT)
def wrong_end(case: Matter, why: Why) -> Verdict:
    """The listed last day follows from the listed first day and the term."""
    row = case.listing
    assert row is not None
    start, end = column(row, "deprivation_start", START), column(row, "deprivation_end", END)
    told = row["deprivation"]
    term = told.term if isinstance(told, Deprivation) and told.term else case.term
    lack = [name for name, value in ((START, start), (END, end), (TERM, term)) if not value]
    if start is None or end is None or not term:
        raise Missing(*lack, holder="公安机关")
    why.see(row, "deprivation_start", "deprivation", "deprivation_end")
    right, plain = ends_of(start, term)
    why.step(f"起始日 {start}，期限{term} → 截止日 {right}")
    why.step(f"列管截止日 {end}")
    if end == right:
        return why.lawful("截止日相符")
    if end == plain:
        why.step(f"起始日为月末：按同日算法截止 {plain}")
        return why.hint(f"截止日{end}按同日算法得出，按月末算法应为{right}，两种算法并存，请核对")
    if case.term is not None and end in ends_of(start, case.term):
        return why.lawful(f"截止日按现在的期限{case.term}计算，相符")
    if case.stops:
        periods(case, why)
        if case.open_stop or any(each.first_end <= end <= each.last_end for each in case.periods):
            return why.lawful("又犯罪执行有期徒刑期间停止计算，截止日已顺延")
    if start_is_wrong(case):
        return why.not_applicable("起始日有误，截止日随之改正")
    apart = (end - right).days
    within = why.number("deprivation_end_slight_days", start)
    return why.unlawful(
        f"列管截止日{end}，应为{right}，{'多' if apart > 0 else '少'}算{abs(apart)}日",
        gravity=Gravity.SLIGHT if abs(apart) <= within else Gravity.SERIOUS,
        harm=Harm.RIGHTS,
    )


def period_is_wrong(case: Matter) -> bool:
    """Whether the listed period is wrong by its own first day, term or last day: what follows is not told again."""
    start, end = day_of(case.listing, "deprivation_start"), day_of(case.listing, "deprivation_end")
    if start_is_wrong(case) or parole_end_taken(case):
        return True
    if end is None or not case.known:
        return False
    return not any(each.first_end <= end <= each.last_end for each in case.known) and not (
        start is not None and case.term is not None and end in ends_of(start, case.term)
    )
