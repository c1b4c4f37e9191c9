"""The seeded scenarios at a small size: every planted lead is found, nobody lawful is accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from tests.scenarios import correction, deprivation, reduction
from tests.scenarios.measure import Measured, compared, run
from tests.scenarios.scenario import Scenario

SMALL = 900
SCENARIOS = (correction.SCENARIO, deprivation.SCENARIO)
# Rules about lists that are not in the scenario.
OTHER_LISTS = {
    "correction": (
        *("SJ-17", "SJ-32", "SJ-36", "SJ-37", "SJ-38", "SJ-39", "SJ-40", "SJ-41", "SJ-42", "SJ-43", "SJ-44", "SJ-45"),
        *("SJ-46", "SJ-47", "SJ-52", "SJ-54", "SJ-56", "SJ-60", "SJ-63", "SJ-64", "SJ-65", "SJ-66", "SJ-67", "SJ-68"),
    ),
    "deprivation": ("BQ-04", "BQ-08", "BQ-26", "BQ-30"),
}
each_desk = pytest.mark.parametrize("scenario", SCENARIOS, ids=[each.desk for each in SCENARIOS])
every_desk = pytest.mark.parametrize("scenario", [*SCENARIOS, reduction.SCENARIO], ids=lambda each: str(each.desk))


@every_desk
@pytest.mark.parametrize("seed", [1, 2])
def test_everything_is_found_and_nobody_is_accused_wrongly(scenario: Scenario, seed: int, tmp_path: Path) -> None:
    people = scenario.lives(seed, rows=SMALL, each=1)
    measured = run(scenario, people, scenario.write(people, tmp_path, seed))
    assert measured.refused == []
    assert measured.missed == []
    assert measured.accused == []
    assert measured.precision >= 0.95, measured.unplanned


@each_desk
def test_leads_of_every_kind_are_planted(scenario: Scenario) -> None:
    planted = {rule for life in scenario.lives(1, rows=0, each=1) for rule in life.says}
    assert planted == {each.id for each in PEOPLE_DESKS[scenario.desk].rules.all()} - set(OTHER_LISTS[scenario.desk])


def test_what_is_missed_is_told() -> None:
    measured = Measured()
    people = correction.SCENARIO.lives(1, rows=0, each=1)
    compared(people, [], measured)
    assert measured.recall == 0
    assert len(measured.missed) == measured.planted == sum(len(each.says) for each in people)
