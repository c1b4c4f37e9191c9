"""The day a judgment took effect, against the time there was for an appeal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.core.checks.quality.check import CHECKS, Hit, Hits, Setting, SheetFacts, Watch
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY
from app.core.sentence.workdays import deadline

CASE, JUDGED, SERVED, EFFECTIVE = "case_no", "judged_on", "served_on", "effective_on"
SECOND = ("appeal_case_no", "appeal_pronounced_on")


@CHECKS.check(
    "DQ-08",
    "生效日期早于上诉期满",
    asks="一审未上诉、抗诉的，生效日期是否早于裁判日期加上诉、抗诉期限（可能把裁判日期填成了生效日期）",
    do="请对照生效证明或者执行通知书核对生效日期",
    cites="CPL-230",
)
def effective_too_early(sheet: SheetFacts, setting: Setting) -> Watch:
    """No judgment of first instance takes effect before the time for an appeal is over."""
    sheet.all_of(CASE, JUDGED, EFFECTIVE)
    days = _appeal_days(setting)

    def see(record: Record) -> Hits:
        judged, effective = record[JUDGED], record[EFFECTIVE]
        if not isinstance(judged, date) or not isinstance(effective, date) or not _first_instance(record, setting):
            return
        length = days(record, judged)
        if effective < judged + length * ONE_DAY:
            column = sheet.fields[EFFECTIVE]
            passed = (effective - judged).days
            place = f"距裁判日期{judged}为{passed}日" if passed >= 0 else f"早于裁判日期{judged}"
            why = f"{column}{effective}{place}，上诉、抗诉期限为{length}日"
            yield Hit(record.row, EFFECTIVE, record.cells[EFFECTIVE], why, column)

    return Watch(see=see)


@CHECKS.check(
    "DQ-09",
    "生效日期与送达日期推算不一致",
    asks="一审未上诉、抗诉的，生效日期是否为送达日期加上诉、抗诉期限（遇节假日顺延）",
    do="请核对送达日期和生效日期；多名被告人或者抗诉期限另行起算的，请在备注中写明最后的送达日期",
    cites="CPL-230",
)
def effective_not_as_served(sheet: SheetFacts, setting: Setting) -> Watch:
    """The effective day follows from the day of service; what is too early already is not said twice."""
    sheet.all_of(CASE, SERVED, EFFECTIVE, "appealed")
    days = _appeal_days(setting)

    def see(record: Record) -> Hits:
        served, effective, judged = record[SERVED], record[EFFECTIVE], record[JUDGED]
        if not isinstance(served, date) or not isinstance(effective, date):
            return
        if record["appealed"] is not False or not _first_instance(record, setting):
            return
        length = days(record, served)
        if isinstance(judged, date) and effective < judged + length * ONE_DAY:
            return
        due = deadline(served, length, setting.law.calendar)
        right = {day + more * ONE_DAY for day in (due.plain, due.moved) if day is not None for more in (0, 1)}
        if effective not in right and due.moved is not None:
            why = f"送达日期{served}，按{length}日推算期满日为{due.moved}，填写的生效日期为{effective}"
            yield Hit(record.row, EFFECTIVE, record.cells[EFFECTIVE], why, sheet.fields[EFFECTIVE])

    return Watch(see=see)


def _appeal_days(setting: Setting) -> Callable[[Record, date], int]:
    """How many days there are for an appeal: of a judgment, or of a ruling where the case number says so."""

    def days(record: Record, day: date) -> int:
        ruling = setting.knowledge.ruling.search(str(record[CASE]))
        return setting.law.number("appeal_days_ruling" if ruling else "appeal_days_judgment", day)

    return days


def _first_instance(record: Record, setting: Setting) -> bool:
    """Whether a row is of a judgment of first instance nobody is said to have appealed."""
    if record["appealed"] is True or any(record[each] is not None for each in SECOND):
        return False
    number = record[CASE]
    return isinstance(number, str) and setting.knowledge.first_instance.search(number) is not None
