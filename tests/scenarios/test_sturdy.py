"""The findings do not hang on how the lists came: in what order, how often, under which name."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from app.core.findings import Level
from tests.scenarios import correction, deprivation
from tests.scenarios.books import write
from tests.scenarios.measure import Measured, findings_of
from tests.scenarios.scenario import DAY, Scenario
from tests.scenarios.world import Life, Row

Tables = dict[str, list[Row]]
Found = set[tuple[str, str, str, str]]
SCENARIOS = (correction.SCENARIO, deprivation.SCENARIO)


def tables_of(people: Sequence[Life]) -> Tables:
    """The rows of everybody by list."""
    found: Tables = {}
    for life in people:
        for table, rows in life.rows.items():
            found.setdefault(table, []).extend(rows)
    return found


def found_in(
    scenario: Scenario, tables: Tables, folder: Path, *, seed: int = 1, names: Mapping[str, str] | None = None
) -> Found:
    """What the desk finds in these lists, each a workbook of its own, as rule, level, person and case.

    `names` gives lists other names for their files and sheets.
    """
    chance = random.Random(seed)
    files = []
    for table, rows in tables.items():
        name = (names or {}).get(table, table)
        files.append(folder / f"{name}.xlsx")
        write(files[-1], [(name, table, rows)], chance)
    found = findings_of(files, scenario.desk, DAY, scenario.districts, Measured())
    return {
        (each.verdict.rule, str(each.verdict.level), each.person.id_number or each.person.name, each.case)
        for each in found
        if each.person.name != "类案"
    }


# A death before the listing is in no other list; by the catalogue the lists of releases and of the police are enough.
UNEXPLAINED = {"T18": "BQ-02"}


@pytest.fixture(scope="module", params=SCENARIOS, ids=[each.desk for each in SCENARIOS])
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Tables, Found]:
    """A scenario, its rows, and what is found in them."""
    scenario: Scenario = request.param
    tables = tables_of(scenario.lives(5, rows=0, each=1))
    return scenario, tables, found_in(scenario, tables, tmp_path_factory.mktemp("lists"))


def shuffled(rows: list[Row], chance: random.Random) -> list[Row]:
    return chance.sample(rows, len(rows))


def doubled(rows: list[Row], chance: random.Random) -> list[Row]:
    return [*rows, *chance.sample(rows, len(rows) // 3)]


def with_bad_row(rows: list[Row], chance: random.Random) -> list[Row]:
    """One more row of nonsense among the others."""
    place = chance.randrange(len(rows) + 1)
    bad: Row = {label: "####坏数据\x0b" if label != "姓名" else "" for label in rows[0]}
    return [*rows[:place], bad, *rows[place:]]


@pytest.mark.parametrize("change", [shuffled, doubled, with_bad_row])
def test_order_repeats_and_one_bad_row_change_nothing(
    known: tuple[Scenario, Tables, Found],
    change: Callable[[list[Row], random.Random], list[Row]],
    tmp_path: Path,
) -> None:
    scenario, tables, expected = known
    chance = random.Random(7)
    changed = {table: change(rows, chance) for table, rows in tables.items()}
    assert found_in(scenario, changed, tmp_path, seed=2) == expected


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[each.desk for each in SCENARIOS])
def test_a_list_that_is_absent_accuses_nobody(scenario: Scenario, tmp_path: Path) -> None:
    people = scenario.lives(6, rows=0, each=1)
    tables = tables_of(people)
    lawful = {each.who.number for each in people if not each.says and not each.may}
    for table in tables:
        less = {key: rows for key, rows in tables.items() if key != table}
        accused = {each for each in found_in(scenario, less, tmp_path / table) if each[1] == Level.UNLAWFUL}
        assert [each for each in accused if each[2] in lawful and each[0] != UNEXPLAINED.get(table)] == [], table


def test_lists_under_each_others_names_are_known_by_their_columns(
    known: tuple[Scenario, Tables, Found], tmp_path: Path
) -> None:
    scenario, tables, expected = known
    names = dict(zip(sorted(tables), sorted(tables, reverse=True), strict=True))
    assert found_in(scenario, tables, tmp_path, seed=3, names=names) == expected
