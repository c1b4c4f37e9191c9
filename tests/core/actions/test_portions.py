"""A review on several cores says word for word what it says on one."""

from __future__ import annotations

import pickle
from collections import deque
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.actions import review as reviewing
from app.core.actions import review_people as reviewing_people
from app.core.actions.portions import Sent, reduce, sending
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.withdraw import withdraw
from app.core.checks.reduction.review import DESK, build_cases
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.records import Record
from app.core.store.database import Store
from tests.core.checks.casefiles import all_cases, law_of, records_of

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"
FOLDERS = {"reduction": "减刑", "correction": "社区矫正", "deprivation": "剥夺政治权利"}
DAY, NOW, LATER, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "2026-11-22T09:00:00", "测试人"


def told(desk: str) -> list[Any]:
    """All that two reviews of a desk's samples leave in the store, the later one without one of the lists."""
    with Store.temporary() as store:
        receive(store, look([SAMPLES / FOLDERS[desk]], ticket=Ticket())[0], now=NOW, who=WHO, ticket=Ticket())
        says = [review(store, shipped(), desk, DAY, now=NOW, who=WHO, ticket=Ticket()).says]
        withdraw(store, store.batches.all()[0].id, now=LATER, who=WHO)
        says += [review(store, shipped(), desk, DAY, now=LATER, who=WHO, ticket=Ticket()).says]
        cases = store.views.case_ids(desk)
        law = [key for each in shipped().parameters for key in sorted(shipped().keys_of_parameter(each))]
        return [
            says,
            [store.casebook.review_of(each) for each in cases],
            store.casebook.findings(current=None),
            store.overviews.all(desk),
            store.views.case_rows(cases),
            [store.law.resting_on([each]) for each in law],
            store.statistics.yields(),
            store.endings.of_desk(desk),
        ]


@pytest.mark.parametrize("desk", FOLDERS)
def test_processes_say_the_same(desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = told(desk)
    monkeypatch.setattr("app.core.side_by_side.os.cpu_count", lambda: 2)
    for module in (reviewing, reviewing_people):
        monkeypatch.setattr(module, "MANY", 1)
        monkeypatch.setattr(module, "PORTION", 7)
    monkeypatch.setattr(reviewing_people, "HELD", 0)
    assert told(desk) == alone
    assert desk == DESK or alone[-1]


def test_a_case_that_travelled_is_the_same_case() -> None:
    paid, sent = 0, deque[list[Record]]()
    for case in all_cases()[::20] + tuple(each for each in all_cases() if "汇款人" in str(each["tables"])):
        law = law_of(case)
        built = build_cases(records_of(case), law, date.fromisoformat(case["as_of"]))
        paid += any(each.remitters for each in built)
        [portion] = sending(list(built), sent, len(built), b"")
        there: Sent = pickle.loads(pickle.dumps(portion))
        assert (case["id"], *reduce(law, there)[:2]) == (case["id"], *reduce(law, portion)[:2])
        assert sent.pop() == [each.proposal for each in built]
    assert paid
