"""Detention of people in correction: the deciding office tells the office of correction and the procuratorate."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode
from app.core.checks.correction.conduct import SHORT_STAYS
from app.core.checks.correction.deliveries import TERMS
from app.core.checks.duties import combined, verdict
from app.core.checks.duty_account import settle
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Level, Verdict
from app.core.law.duties import shipped
from app.core.records import Record
from app.core.values.dates import parse_range
from app.core.values.numerals import NUMERAL, read_number

DETAINING = re.compile(r"拘留|强制隔离戒毒|强戒")
VOID = re.compile(r"不予|撤销|不执行|免予")
FAMILIES = ("戒毒", "司法", "行政", "治安", "逮捕", "刑", "取保", "监视")
ADMITTED = ("行政拘留", "司法拘留", "刑事拘留", "逮捕", "强制隔离戒毒")
NO_MEASURE = ("", "无", "拘传")
_DAYS = re.compile(rf"拘留\D{{0,4}}?({NUMERAL})[日天]")
RULE = next(each for each in shipped().rules if each.id == "SJ-31")


@dataclass(frozen=True, slots=True)
class Event:
    """One detention: the day of the decision, the row that says so, its kind, and how many days it lasted as far as
    the lists say."""

    day: date
    row: Record
    measure: str
    days: int

    @property
    def family(self) -> str:
        """What two rows about one detention have in common."""
        name = next((each for each in FAMILIES if each in self.measure), "行政")
        return "行政" if name == "治安" else name


def _ordered(case: Episode) -> list[Event]:
    """Administrative and judicial detention, compulsory treatment; what was not carried out is left out."""
    found = []
    for each in case.rows("T12"):
        text, day = word_of(each, "penalty"), day_of(each, "decided_on")
        if day is None or each["enforced"] is False or not DETAINING.search(text) or VOID.search(text):
            continue
        span = word_of(each, "enforcement_span")
        number = _DAYS.search(text)
        found.append(Event(day, each, text, max(_span_days(span), read_number(number[1]) if number else 0)))
    return found


def _span_days(text: str) -> int:
    try:
        span = parse_range(text).value if text else None
    except ValueError:
        return 0
    return (span[1] - span[0]).days if span else 0


def _criminal(case: Episode) -> list[Event]:
    """Compulsory measures of criminal procedure, the first of each investigation."""
    first: dict[str, Event] = {}
    for each in case.rows("T13"):
        measure, day = word_of(each, "measure"), day_of(each, "decided_on", "executed_on")
        if day is None or measure in NO_MEASURE:
            continue
        key = word_of(each, "case_file_no") or f"{each.file}{each.sheet}{each.row}"
        if key not in first or day < first[key].day:
            first[key] = Event(day, each, f"刑事强制措施{measure}", 0)
    return list(first.values())


def events(case: Episode) -> list[Event]:
    """Every detention of the episode once, by its first day.

    An admission belongs to the decision of its kind shortly before it, and to measures taken while it lasts.
    """
    found = [*_ordered(case), *_criminal(case)]
    near = timedelta(days=case.law.number("same_event_days", case.as_of))
    after = timedelta(days=case.law.number("admission_after_decision_days", case.as_of))
    for row in case.rows("T14"):
        reason, day = word_of(row, "admission_reason"), day_of(row, "admitted_on")
        if day is None or reason not in ADMITTED:
            continue
        left, lasted = _left(case, row, day)
        own = Event(day, row, f"刑事强制措施{reason}" if reason in ("刑事拘留", "逮捕") else reason, lasted)
        kin = [each for each in found if _kin(own, each) and -near <= day - each.day <= after]
        kin += [each for each in found if each not in kin and each.row.table == "T13" and day <= each.day <= left]
        first = min((*kin, own), key=lambda each: each.day)
        found = [each for each in found if each not in kin]
        found.append(replace(first, days=max(lasted, *(each.days for each in kin), 0)))
    return sorted(found, key=lambda each: each.day)


def detained(case: Episode) -> list[Event]:
    """The detentions that lie in correction and under the law on notices; Missing when that cannot be told."""
    duty, found = shipped().of(RULE.id)[0], []
    for each in events(case):
        if case.inside(each.day) is False or not duty.holds(each.day) or each.day > case.as_of:
            continue
        if case.inside(each.day) is None:
            raise Missing("社区矫正起止日期")
        found.append(each)
    return found


def _left(case: Episode, row: Record, came: date) -> tuple[date, int]:
    """The last day a stay may have and the days it surely lasted.

    A blank under the last day says of a short detention only that nobody filled it in, and of any other no more than up
    to the day the list is known for.
    """
    left = day_of(row, "left_on")
    if left is not None:
        return left, (left - came).days
    if word_of(row, "admission_reason") in SHORT_STAYS:
        return came + timedelta(days=case.law.number("detention_most_days", case.as_of)), 0
    if "left_on" not in row.cells:
        return case.as_of, 0
    known = min(case.lists.through.get(row.table, case.as_of), case.as_of)
    return case.as_of, max((known - came).days, 0)


def _kin(one: Event, other: Event) -> bool:
    criminal = ("逮捕", "刑", "取保", "监视")
    return one.family == other.family or (one.family in criminal and other.family in criminal)


@RULES.rule(
    "SJ-31",
    RULE.name,
    *("CCL-32", "CCM-41"),
    about=RULE.about,
    document="纠正违法通知书",
)
def notice_of_detention(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """Within three days of the decision the office of correction and the procuratorate are told."""
    if case.stray and case.lists.has("T02"):
        return why.not_applicable("不在社区矫正对象名册")
    duties = shipped().of(RULE.id)
    verdicts = []
    for event in detained(case):
        for duty in duties:
            own = why.apart()
            own.see(event.row, "penalty", "measure", "admission_reason", "decided_on", "admitted_on", "office_notified")
            own.step(f"{event.measure}，在社区矫正期间")
            part = settle(duty, event.day, event.row, case, TERMS, own)
            if part.level is Level.UNLAWFUL and part.gravity is Gravity.SERIOUS:
                long = case.law.number("long_custody_days", event.day)
                if event.days >= long:
                    own.step(f"羁押{event.days}日，不少于{long}日，作重大处理")
                    part = part._replace(gravity=Gravity.GRAVE)
            verdicts.append(verdict(RULE, [part], own, fact=f"{event.day}{duty.recipient}"))
    if not verdicts:
        return why.not_applicable("矫正期间没有限制人身自由的记录")
    return combined(verdicts, (), why)
