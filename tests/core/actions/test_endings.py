"""Leads from list to list: what the new rows answer is said with the row, what is withdrawn opens them again."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.actions.decide import decide
from app.core.actions.export import export_ledger
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.withdraw import withdraw
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from app.core.store.rows import Ended, StoredFinding
from tests.core.workbooks import write_book

DATA = tomllib.loads((Path(__file__).parent / "answered.toml").read_text(encoding="utf-8"))
BASE, CASES = DATA["base"], DATA["case"]
DAY, WHO, DESK = date(2026, 6, 30), "测试员", "correction"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


class Play:
    """One case played through: a moment passes with every step."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.hour = 0

    def now(self) -> str:
        self.hour += 1
        return f"2026-07-01T{self.hour:02}:00:00"

    def take(self, sheets: list[Mapping[str, Any]]) -> None:
        """Import sheets, each a workbook of its own."""
        for each in sheets:
            rows = [{**BASE[each["sheet"]], **row} for row in each["rows"]]
            plans, problems = look([write_book(self.folder / each["file"], (each["sheet"], rows))], ticket=Ticket())
            assert not problems
            done = receive(self.store, plans, now=self.now(), who=WHO, ticket=Ticket())
            assert done.value[0].batch_id, done.value[0].skipped

    def withdraw(self, file: str) -> None:
        batch = next(each.id for each in self.store.batches.all() if each.file == file)
        withdraw(self.store, batch, now=self.now(), who=WHO)

    def review(self, day: date = DAY) -> str:
        law, now = shipped(), self.now()
        return review(self.store, law, DESK, day, now=now, who=WHO, ticket=Ticket(), districts=["样本县"]).says

    def found(self) -> dict[str, StoredFinding]:
        everything = self.store.casebook.findings(desk=DESK)
        return {each.verdict.rule: each for each in everything if each.person.name == "测试甲"}

    def ended(self) -> dict[str, Ended]:
        return {each.finding.verdict.rule: each for each in self.store.endings.of_desk(DESK)}


@pytest.fixture
def play(store: Store, tmp_path: Path) -> Play:
    return Play(store, tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_what_becomes_of_leads(play: Play, case: Mapping[str, Any]) -> None:
    for each in case["round"]:
        play.take(each.get("import", []))
        if "withdraw" in each:
            play.withdraw(each["withdraw"])
        if each.get("reviewed", True):
            play.review(each.get("day", DAY))
        found, ended = play.found(), play.ended()
        for rule in each.get("open", ()):
            assert rule in found, sorted(found)
            assert rule not in ended
        for rule, (how, *words) in each.get("ended", {}).items():
            assert rule not in found
            assert rule in ended, (sorted(found), sorted(ended))
            assert ended[rule].how == how, ended[rule].says
            for word in words:
                assert word in ended[rule].says
        if "decide" in each:
            decide(play.store, found[each["decide"]].key, State.CONFIRMED, why="已核对原判", now=play.now(), who=WHO)
        if "decided" in each:
            lead = found[each["decided"]]
            assert (lead.state, lead.why, lead.decided_by) == (State.CONFIRMED, "已核对原判", WHO)


def test_the_answering_row_can_be_opened_and_stands_in_the_ledger(play: Play) -> None:
    rounds = CASES[0]["round"]
    play.take(rounds[0]["import"])
    play.review()
    decide(play.store, play.found()["SJ-01"].key, State.CONFIRMED, why="", now=play.now(), who=WHO)
    play.take(rounds[1]["import"])
    assert "1 条线索已由新数据回答" in play.review()
    ended = play.ended()["SJ-01"]
    row = play.store.batches.record_at(ended.evidence[0].file, ended.evidence[0].sheet, ended.evidence[0].row)
    assert row is not None
    assert row["name"] == "测试甲"
    assert ended.finding.state is State.CONFIRMED
    (case,) = play.store.views.case_ids(DESK, search="测试甲")
    assert [each.finding.key for each in play.store.endings.of_case(case)] == [ended.finding.key]
    path = play.folder / "台账.xlsx"
    export_ledger(play.store, DESK, path, ticket=Ticket())
    told = [[cell.value for cell in line] for line in load_workbook(path)["不再成立的线索"].iter_rows()]
    assert any("SJ-01" in line and "已由新数据回答" in line and "属实" in line for line in told)


def test_answered_then_withdrawn_is_open_again_with_its_decision(play: Play) -> None:
    rounds = CASES[0]["round"]
    play.take(rounds[0]["import"])
    play.review()
    key = play.found()["SJ-01"].key
    decide(play.store, key, State.CONFIRMED, why="", now=play.now(), who=WHO)
    play.take(rounds[1]["import"])
    play.review()
    play.withdraw("名册四月.xlsx")
    assert "1 条线索重新成立" in play.review()
    lead = play.found()["SJ-01"]
    assert (lead.key, lead.state) == (key, State.CONFIRMED)
    assert not play.ended()
    assert not play.store.problems()
