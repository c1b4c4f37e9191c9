"""A person can have several deprivations."""

from __future__ import annotations

from app.core.checks.deprivation.review import review
from app.core.jobs import Ticket
from app.core.law.book import shipped
from tests.core.checks.deskcases import faults, lists_of, records_of, spread


def test_a_person_with_two_deprivations_has_two_matters() -> None:
    case = spread(
        "deprivation", {"id": "two", "base": "expired", "T19+": [LATER_RELEASE], "T20+": [LATER], "why": "two"}
    )
    reviewed = list(review(records_of(case), shipped(), lists_of(case), Ticket()))
    assert [each.review.case for each in reviewed] == ["（2021）样0101刑初1号", "（2024）样0101刑初8号"]
    assert faults(case, [each for one in reviewed for each in one.review.verdicts]) == []


LATER_RELEASE = {
    "案号": "（2024）样0101刑初8号",
    "原判主刑": "有期徒刑二年",
    "附加剥权年限": "一年",
    "释放日期": "2026-03-10",
    "释放类型": "刑满释放",
}
LATER = {
    "文书号": "（2024）样0101刑初8号",
    "剥权期限": "一年",
    "剥权起始日期": "2026-03-10",
    "剥权截止日期": "2027-03-09",
    "列管日期": "2026-03-12",
    "宣布日期": "2026-03-13",
    "告知书签收": "是",
    "责任民警": "样本警一",
    "状态": "在管",
}
