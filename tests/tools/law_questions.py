"""The data cases as questions to a law book: does it still answer as it must?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from unittest.mock import patch

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.reduction.review import build_cases, review_case
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.records import Record
from tests.core.checks import (
    batches,
    casefiles,
    deskcases,
    test_batches,
    test_cases,
    test_classes,
    test_desk_cases,
    test_forecast,
    test_rows,
)
from tests.core.sentence import test_credit, test_dues

Ask = Callable[[LawBook], bool]
# The tests of the suite that ask the same; what stands for itself is a test without cases.
TESTS = (
    test_rows.test_row,
    test_cases.test_case,
    test_desk_cases.test_case,
    test_credit.test_case,
    test_dues.test_the_last_day,
    test_forecast.test_written_from_the_law,
    test_batches.test_batch,
    test_classes.test_fewer_or_elsewhere_is_none,
    test_classes.test_three_people_are_a_class,
)


def asked() -> list[tuple[str, Ask]]:
    """Every data case as a question to a book: does it still answer as it must?"""
    found: list[tuple[str, Ask]] = []
    # Cases right at a border come first: they notice soonest.
    by_article = [casefiles.spread({**line, "id": name}) for name, line in test_rows.LINES.items()]
    for case in sorted((*by_article, *casefiles.all_cases()), key=lambda each: not each["edge"]):
        found.append((case["id"], of_reduction(case, casefiles.records_of(case))))
    for desk in PEOPLE_DESKS.values():
        for case in sorted(deskcases.all_cases(desk.id), key=lambda each: not each["edge"]):
            found.append((f"{desk.id} {case['id']}", of_people(case, deskcases.records_of(case), desk.review)))
    found += [(case["id"], _credit(case)) for case in test_credit.CASES]
    found += [(" ".join(each), _last_day(*each)) for each in test_dues.ENDS]
    found += [(line["id"], _forecast(line)) for line in test_forecast.LINES]
    found += [(case["id"], _batch(case)) for case in sorted(batches.all_batches(), key=lambda each: not each["edge"])]
    found.append((test_classes.test_three_people_are_a_class.__name__, _class()))
    found += [(name, _class(rows)) for name, rows in test_classes.FEWER.items()]
    return found


def of_reduction(case: casefiles.Case, records: Sequence[Any]) -> Ask:
    """A reduction case as a question to a book."""
    day = date.fromisoformat(case["as_of"])

    def agrees(law: LawBook) -> bool:
        book = casefiles.law_of(case, law)
        return not casefiles.faults(case, review_case(build_cases(records, book, day)[0]))

    return agrees


def of_people(case: deskcases.Case, records: Sequence[Any], review: deskcases.Review) -> Ask:
    """A case of a desk of people as a question to a book."""

    def agrees(law: LawBook) -> bool:
        reviewed = review(records, deskcases.law_of(case, law), deskcases.lists_of(case), Ticket())
        return not deskcases.faults(case, [each for one in reviewed for each in one.review.verdicts])

    return agrees


def _credit(case: dict[str, Any]) -> Ask:
    def agrees(law: LawBook) -> bool:
        with patch.object(test_credit, "shipped", lambda: law):
            test_credit.test_case(case)
        return True

    return agrees


def _last_day(limit: str, start: str, end: str) -> Ask:
    def agrees(law: LawBook) -> bool:
        with patch.object(test_dues, "LAW", law):
            return test_dues.last(limit, start) == end

    return agrees


def _forecast(line: dict[str, Any]) -> Ask:
    records = casefiles.records_of(test_forecast.listed(line))

    def agrees(law: LawBook) -> bool:
        with (
            patch.object(test_forecast, "law_of", lambda case: casefiles.law_of(case, law)),
            patch.object(test_forecast, "records_of", lambda case: records),
        ):
            return not test_forecast.faults(line)

    return agrees


def _class(rows: list[Record] | None = None) -> Ask:
    def agrees(law: LawBook) -> bool:
        with patch.object(test_classes, "shipped", lambda: law):
            if rows is None:
                test_classes.test_three_people_are_a_class()
            else:
                test_classes.test_fewer_or_elsewhere_is_none(rows)
        return True

    return agrees


def _batch(case: batches.Case) -> Ask:
    records = batches.records(case)

    def agrees(law: LawBook) -> bool:
        with (
            patch.object(batches, "shipped", lambda: law),
            patch.object(test_batches, "records", lambda case: records),
        ):
            test_batches.test_batch(case)
        return True

    return agrees
