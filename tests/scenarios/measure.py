"""A scenario through the program's own actions, and how its findings stand to what was planted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.findings import Finding, Level
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.scenarios.scenario import DAY, Scenario
from tests.scenarios.world import Life

CLOSED = (Level.UNLAWFUL, Level.DOUBT)
NOW, WHO = "2026-11-21T09:00:00", "检察官甲"


@dataclass
class Measured:
    """What came of a scenario: rows taken and refused, seconds, what was missed and what nobody planted.

    `right` are the findings at a closed level that were planted or follow from what was.
    """

    rows: int = 0
    refused: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    planted: int = 0
    missed: list[str] = field(default_factory=list)
    right: int = 0
    unplanned: list[str] = field(default_factory=list)
    accused: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of planted leads that were found, at the right person, by the right rule, at the right level."""
        return 1 - len(self.missed) / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """The share of findings at a closed level that were planted or follow from what was."""
        found = self.right + len(self.unplanned)
        return self.right / found if found else 1.0


def run(scenario: Scenario, people: Sequence[Life], files: Sequence[Path]) -> Measured:
    """Import the files of a scenario, review its desk, and hold what was found to what was planted."""
    measured = Measured()
    compared(people, findings_of(files, scenario.desk, DAY, scenario.districts, measured), measured)
    return measured


def findings_of(files: Sequence[Path], desk: str, day: date, districts: Sequence[str], into: Measured) -> list[Finding]:
    """Import files and review a desk, as a user would; times and refused rows go into `into`."""
    with Store.temporary() as store:
        begin = time.perf_counter()
        plans, problems = look(files, ticket=Ticket())
        assert not problems, problems
        done = receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
        into.seconds["导入"] = time.perf_counter() - begin
        for each in done.value:
            into.rows += each.rows
            into.refused += [f"{each.file} {each.sheet}：{each.skipped}"] if each.skipped else []
            into.refused += [f"{row.sheet} {row.row} {row.column} {row.value} {row.reason}" for row in each.rejected]
        begin = time.perf_counter()
        review(store, shipped(), desk, day, now=NOW, who=WHO, ticket=Ticket(), districts=districts)
        into.seconds["核查"] = time.perf_counter() - begin
        return list(store.casebook.findings(desk=desk))


def compared(lives: Sequence[Life], findings: Sequence[Finding], into: Measured) -> None:
    """Hold the findings to what was planted."""
    by_number = {each.who.number: each for each in lives}
    by_name = {each.who.name: each for each in lives}  # for people a list gives without a sound number
    given: dict[tuple[str, str], set[str]] = {}
    for each in findings:
        verdict, number = each.verdict, each.person.id_number
        life = by_number.get(number) or by_name.get(each.person.name)
        number = life.who.number if life else number
        level = str(verdict.level)
        given.setdefault((number, verdict.rule), set()).add(level)
        if verdict.level not in CLOSED or not each.person.name:
            continue
        planned = life is not None and (verdict.rule in life.may or life.says.get(verdict.rule) == level)
        if planned:
            into.right += 1
            continue
        story = life.story if life else "没有这个人"
        line = f"{verdict.rule} {level} {each.person.name} {number} 〔{story}〕{verdict.message}"
        into.unplanned.append(line)
        if verdict.level is Level.UNLAWFUL and (life is None or not life.says):
            into.accused.append(line)
    for life in lives:
        for rule, level in life.says.items():
            into.planted += 1
            told = given.get((life.who.number, rule), set())
            if level not in told:
                into.missed.append(
                    f"{rule} {level} {life.who.name} {life.who.number} 〔{life.story}〕得到{sorted(told)}"
                )
