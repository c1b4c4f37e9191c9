"""When something falls due: the first day is not counted, holidays move the last day, month ends stay month ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.book import LawGap, shipped
from app.core.law.limits import limits
from app.core.sentence.dues import Urgency, due

LAW = shipped()
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))
EVERY = sorted(limits())


def last(limit: str, start: str, **granted: int) -> str:
    return due(limits()[limit], date.fromisoformat(start), LAW, **granted).last.isoformat()


ENDS = [
    ("opinion", "2026-03-02", "2026-03-12"),  # ten days, the day of receipt not counted
    ("opinion", "2026-03-04", "2026-03-16"),  # the last day is a Saturday
    ("opinion", "2026-09-21", "2026-10-08"),  # 1 October: the holidays are over on the 8th
    ("wrong_ruling", "2026-03-02", "2026-03-23"),  # a Sunday moves on
    ("outside_objection", "2025-01-31", "2025-02-28"),  # 31 January: the last of February
    ("outside_objection", "2024-01-31", "2024-02-29"),
    ("outside_objection", "2025-02-28", "2025-03-31"),  # from month end to month end
    ("outside_objection", "2025-08-30", "2025-09-30"),
    ("oral", "2026-03-06", "2026-03-13"),
    ("advice_reply", "2025-12-31", "2026-02-28"),
    ("look_back", "2025-08-31", "2026-02-28"),  # our own practice: holidays do not move it
    ("outside_opinion", "2026-03-02", "2026-03-12"),
    ("new_ruling", "2026-03-10", "2026-04-10"),
    ("recheck", "2026-03-04", "2026-03-11"),
    ("oral", "2026-03-04", "2026-03-11"),
    ("notice_reply", "2026-03-03", "2026-03-18"),
    ("advice_reply", "2026-03-04", "2026-05-06"),
    ("wrong_ruling", "2026-03-04", "2026-03-24"),
]


@pytest.mark.parametrize(("limit", "start", "end"), ENDS, ids=[" ".join(each) for each in ENDS])
def test_the_last_day(limit: str, start: str, end: str) -> None:
    assert last(limit, start) == end


def test_a_document_grants_its_own_time() -> None:
    assert last("notice_reply", "2026-03-02") == "2026-03-17"
    assert last("notice_reply", "2026-03-02", days=30) == "2026-04-01"
    assert last("notice_reply", "2025-01-31", months=1) == "2025-02-28"
    assert last("opinion", "2026-03-02", days=30) == "2026-03-12"  # the law's limits are not a document's to grant


def test_an_opinion_may_take_ten_days_more() -> None:
    assert due(limits()["opinion"], date(2026, 3, 2), LAW).latest == date(2026, 3, 23)
    assert due(limits()["wrong_ruling"], date(2026, 3, 2), LAW).latest is None


@pytest.mark.parametrize(
    ("day", "urgency", "left"),
    [
        ("2026-03-08", Urgency.LATER, 4),
        ("2026-03-09", Urgency.SOON, 3),
        ("2026-03-12", Urgency.TODAY, 0),
        ("2026-03-13", Urgency.OVERDUE, -1),
    ],
)
def test_how_it_stands_on_a_day(day: str, urgency: Urgency, left: int) -> None:
    found = due(limits()["opinion"], date(2026, 3, 2), LAW)
    assert (found.urgency(date.fromisoformat(day)), found.left(date.fromisoformat(day))) == (urgency, left)


def test_a_year_without_holidays_is_said_to_be_unsure() -> None:
    found = due(limits()["opinion"], date(2039, 3, 2), LAW)
    assert (found.last, found.sure) == (date(2039, 3, 12), False)


def test_before_the_law_there_is_no_limit() -> None:
    with pytest.raises(LawGap):
        due(limits()["oral"], date(2010, 1, 1), LAW)


@given(st.sampled_from(EVERY), DAYS)
def test_a_limit_ends_after_its_event_on_a_workday_and_never_before_the_plain_day(name: str, start: date) -> None:
    limit = limits()[name]
    found = due(limit, start, LAW)
    assert start < found.plain <= found.last
    assert found.basis.certainty in "VSMD"
    if limit.roll and found.sure:
        assert LAW.calendar.is_workday(found.last)
        day = found.plain
        while day < found.last:
            assert not LAW.calendar.is_workday(day)
            day += timedelta(days=1)
    if found.latest is not None:
        assert found.latest >= found.last


@pytest.mark.parametrize("limit", [limits()[each] for each in EVERY], ids=EVERY)
def test_every_limit_has_its_number_in_the_book(limit: object) -> None:
    assert limit.length in LAW.parameters  # type: ignore[attr-defined]
    unit = LAW.parameters[limit.length][0].unit  # type: ignore[attr-defined]
    assert unit == {"days": "日", "months": "月"}[limit.counting]  # type: ignore[attr-defined]
