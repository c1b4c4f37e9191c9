"""Family T, the interval: how long after the last ruling a commutation may be proposed."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.reduction.book import RULES, later_commutation, need_history
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.classes import Reading, readings
from app.core.checks.reduction.general import FIRST_PARAGRAPH, least_interval
from app.core.checks.reduction.measure import Answer, full, join, relief, rely, shortened, softened, waited
from app.core.checks.reduction.timing import COURT, OPINION, between, exempt, filing
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.book import Row
from app.core.records import Record
from app.core.sentence.terms import due
from app.core.values import Sentence, Term


def last_service(case: ReductionCase, why: Why) -> tuple[Record, date]:
    """The last ruling and the day it was served; Missing when that day was not delivered."""
    need_history(case)
    ruling = case.last_ruling
    assert ruling is not None
    why.see(ruling, "ruled_on", "served_on", "reduced")
    served = ruling["served_on"]
    if not isinstance(served, date):
        raise Missing("上次裁定送达日", holder=f"监狱、{COURT}")
    return ruling, served


def interval_of(case: ReductionCase, why: Why, row: Row) -> int:
    """The months of a row's interval; at exactly ten years the shorter of the two paragraphs'."""
    months = least_interval(case, row)
    if months != row.interval:
        why.number(FIRST_PARAGRAPH)
        why.step("原判恰为十年，第七条两款竞合，此处按第一款计算，竞合见 JX-T10")
    return months


@RULES.rule("JX-T03", "间隔时间不足", "R16-40.2", when=later_commutation, harm=Harm.HELD_TOO_SHORT, document=OPINION)
def interval(case: ReductionCase, why: Why) -> Verdict:
    """From service of the last ruling to filing the interval of the table must pass."""
    filed = filing(case, why)
    found = readings(case, why)
    _, served = last_service(case, why)

    def ask(reading: Reading) -> Answer:
        row = reading.row
        rely(why, row, "interval")
        answer = waited(case, why, row, interval_of(case, why, row), served, "上次裁定送达日", filed)
        if answer is not Answer.BROKEN:
            return answer
        return exempt(case, why, reading) or softened(case, why, answer)

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful(f"{between('上次裁定送达', served, filed)}，未满减刑间隔时间"),
        "减刑间隔时间是否已满须核实",
    )


@RULES.rule(
    "JX-T04", "间隔低于上次减去的刑期", "R16-6.3", when=later_commutation, harm=Harm.HELD_TOO_SHORT, document=OPINION
)
def interval_not_below_last(case: ReductionCase, why: Why) -> Verdict:
    """The interval may not be shorter than what the last ruling took off."""
    if case.last_ruling not in case.reductions:
        return why.not_applicable("上次裁定是减为有期徒刑，没有减去的刑期")
    filed = filing(case, why)
    found = readings(case, why)
    if all(each.row.interval_floor == "none" for each in found):
        return why.not_applicable("当时的规定没有这一要求")
    ruling, served = last_service(case, why)
    amount = ruling["reduced"]
    if not isinstance(amount, Sentence) or amount.term is None:
        raise Missing("上次减刑幅度")
    why.step(f"上次减去{amount.term}")
    answer = _last_taken(why, served, amount.term, filed)
    if answer is Answer.KEPT:
        return why.lawful()
    lifted = [exempt(case, why, each) for each in found]
    if all(each is Answer.KEPT for each in lifted):
        return why.lawful()
    binding = all(each.row.interval_floor == "binding" for each in found)
    if answer is Answer.BROKEN and binding and not any(lifted) and not _relaxed(case, why, served, amount.term, filed):
        return why.unlawful(f"{between('上次裁定送达', served, filed)}，低于上次减去的{amount.term}")
    if not binding:
        why.step("该要求写在第六条，对所适用的条款是否适用有不同理解")
    return why.doubt(f"间隔低于上次减去的{amount.term}，须核实")


def _last_taken(why: Why, served: date, last: Term, filed: date) -> Answer:
    """Whether as long has passed as was taken off; odd days are left open once the whole months are over."""
    answer, _ = full(why, "上次裁定送达日", served, last.total_months, filed, "报请日")
    if not last.days or answer is not Answer.KEPT:
        return answer
    longer, _ = full(why, "上次裁定送达日", served, last.total_months + 1, filed, "报请日")
    return Answer.KEPT if longer is Answer.KEPT else Answer.OPEN


def _relaxed(case: ReductionCase, why: Why, served: date, last: Term, filed: date) -> bool:
    """Whether articles 19 and 20, if they reach this limit too, would make it kept, or 管制 and 拘役 leave it open."""
    if softened(case, why, Answer.BROKEN) is Answer.OPEN:
        return True
    relaxed = due(served, shortened(case, last.total_months)).early
    why.turn(relaxed)
    if not relief(case).granted or filed < relaxed:
        return False
    why.step("第十九条、第二十条的放宽能否用于这一要求，条文未写明")
    return True


@RULES.rule("JX-T05", "上次裁定送达日缺失", "R16-40.2", "R14-18", when=later_commutation, harm=Harm.HELD_TOO_SHORT)
def service_missing(case: ReductionCase, why: Why) -> Verdict:
    """Without the day of service the ruling's date is the lenient start: short even from it is unlawful."""
    ruling = case.last_ruling
    assert ruling is not None
    why.see(ruling, "ruled_on", "served_on")
    if ruling["served_on"] is not None:
        return why.lawful("上次裁定有送达日")
    need_history(case)
    ruled = ruling["ruled_on"]
    if not isinstance(ruled, date):
        raise Missing("上次裁定日期", "上次裁定送达日")
    filed = filing(case, why)
    found = readings(case, why)
    days = why.number("service_days")
    why.step(f"未提供送达日，从裁定日 {ruled} 起算（最早），并试从裁定后{days}日起算")

    def ask(reading: Reading) -> Answer:
        row = reading.row
        rely(why, row, "interval")
        months = interval_of(case, why, row)
        early = waited(case, why, row, months, ruled, "裁定日", filed)
        if early is Answer.BROKEN:
            return exempt(case, why, reading) or softened(case, why, early)
        late = waited(case, why, row, row.interval or months, ruled + timedelta(days=days), f"裁定日＋{days}日", filed)
        if late is Answer.KEPT:
            return Answer.KEPT
        return exempt(case, why, reading) or Answer.OPEN

    return join(
        why,
        found,
        ask,
        lambda: why.unlawful("即使从裁定日起算，减刑间隔时间仍不足"),
        "从裁定日起算间隔已满，从送达日起算可能不满，须核实送达日",
    )


@RULES.rule("JX-T10", "恰为十年的两款竞合", "R16-7.1", "R16-7.2", when=later_commutation)
def exactly_ten_years(case: ReductionCase, why: Why) -> Verdict:
    """A strict prisoner of exactly ten years: twelve months by one paragraph, eighteen by the other."""
    rows = [each.row for each in readings(case) if each.row.id == "A4x"]
    if not rows:
        return why.not_applicable("不是原判恰为十年的从严罪犯")
    filed = filing(case, why)
    _, served = last_service(case, why)
    why.see(case.proposal, "sentence")
    low = why.number(FIRST_PARAGRAPH)
    row = rows[0]
    assert row.interval is not None
    if waited(case, why, row, row.interval, served, "第二款：上次裁定送达日", filed) is Answer.KEPT:
        return why.lawful()
    if waited(case, why, row, low, served, "第一款：上次裁定送达日", filed) is Answer.BROKEN:
        return why.not_applicable("第一款的间隔也未满，见 JX-T03")
    if case.major_merit:
        return why.lawful("有重大立功表现，可以不受间隔时间限制")
    return why.doubt("原判恰为十年，第七条第一款的间隔已满、第二款的间隔未满，须核实适用哪一款")
