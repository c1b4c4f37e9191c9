"""The time line of a case: only the rows that may be the person's are read, and nothing else comes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.lists import lists_of
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.time_line import line_of_case
from app.core.checks.entries import DutyState
from app.core.checks.persons import Dossier, noting
from app.core.checks.time_line import time_line
from app.core.errors import UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.people.index import find_people
from app.core.store.database import Store
from tests.core.actions.test_endings import CASES, DESK, WHO, Play
from tests.scenarios import correction, deprivation
from tests.scenarios.scenario import Scenario

DAY, NOW = date(2026, 6, 30), "2026-07-01T09:00:00"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def test_the_line_of_a_case(store: Store, tmp_path: Path) -> None:
    play = Play(store, tmp_path)
    play.take(CASES[2]["round"][0]["import"])
    play.review()
    (case,) = store.views.case_ids(DESK, search="测试甲")
    line = line_of_case(store, shipped(), case, ticket=Ticket())
    assert (line.person.name, line.as_of) == ("测试甲", DAY)
    end = next(each for each in line.entries if each.says.startswith("社区矫正结束"))
    assert any(each.startswith("SJ-20") for each in end.findings)
    assert end.cell is not None
    assert store.batches.record_at(end.cell.file, end.cell.sheet, end.cell.row) is not None
    assert not [each for each in line.entries if each.state is DutyState.ABSENT]
    assert line.absent
    decide(store, play.found()["SJ-20"].key, State.EXCLUDED, why="已核对", now=NOW, who=WHO)
    line = line_of_case(store, shipped(), case, ticket=Ticket())
    assert not any("SJ-20" in name for each in line.entries for name in each.findings)


def test_a_person_no_list_names_any_more_has_no_line(store: Store, tmp_path: Path) -> None:
    play = Play(store, tmp_path)
    play.take(CASES[2]["round"][0]["import"])
    play.review()
    (case,) = store.views.case_ids(DESK, search="测试甲")
    with pytest.raises(UserError, match="没有时间线"):
        line_of_case(store, shipped(), case + 1000, ticket=Ticket())
    for batch in store.batches.all():
        store.batches.withdraw(batch.id, now=NOW, who=WHO)
    with pytest.raises(UserError):
        line_of_case(store, shipped(), case, ticket=Ticket())


@pytest.mark.parametrize("scenario", [correction.SCENARIO, deprivation.SCENARIO], ids=["correction", "deprivation"])
def test_the_rows_read_for_one_person_tell_what_all_rows_tell(scenario: Scenario, store: Store, tmp_path: Path) -> None:
    files = scenario.write(scenario.lives(1, rows=60, each=1), tmp_path, 1)
    plans, _ = look(files, ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    desk, law = PEOPLE_DESKS[scenario.desk], shipped()
    review(store, law, desk.id, DAY, now=NOW, who=WHO, ticket=Ticket())
    since: dict[str, date] = {}
    records = [each for table in desk.tables for each in store.batches.records(table)]
    people = {each.key: each for each in find_people(noting(records, desk.duties.days, since)).all}
    lists = replace(lists_of(store, DAY), since=since)
    cases = [
        each
        for each in store.views.case_rows(store.views.case_ids(desk.id))
        if store.casebook.key_of(each.id).removesuffix(f"|{each.batch}") in people
    ]
    assert len(cases) > 40
    for case in cases[::5]:
        line = line_of_case(store, law, case.id, ticket=Ticket())
        key = store.casebook.key_of(case.id).removesuffix(f"|{case.batch}")
        whole = time_line(desk.duties, Dossier(people[key], lists), law, desk.tables, ())
        assert [replace(each, findings=()) for each in line.entries] == list(whole.entries)
