"""What was found in a whole batch: kept with a person's word, told in the results, gone with the import it rests on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.export import export_ledger
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.withdraw import withdraw
from app.core.batch import main
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.checks.batches import all_batches
from tests.core.workbooks import write_book

NOW, WHO, DESK = "2026-11-21T09:00:00", "测试人", "reduction"
CASE = next(each for each in all_batches() if each["id"] == "g03-same")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A batch in which nearly everybody gets the same amount."""
    return write_book(tmp_path / "名册.xlsx", ("名册", CASE["tables"]["R1"]))


def reviewed(store: Store, path: Path) -> None:
    """Take a workbook in and review it."""
    plans, problems = look([path], (), ticket=Ticket())
    assert problems == []
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    again(store)


def again(store: Store) -> None:
    """Review what is there."""
    review(store, shipped(), DESK, date.fromisoformat(CASE["as_of"]), now=NOW, who=WHO, ticket=Ticket())


def test_a_batch_has_its_own_findings_and_they_go_with_it(book: Path) -> None:
    with Store.temporary() as store:
        reviewed(store, book)
        [overview] = store.overviews.all(DESK)
        assert (overview.unit, overview.label, overview.cases) == ("样例监狱", "样例批次", 30)
        [found] = [each for each in overview.findings if each.verdict.rule == "JX-G03"]
        assert (found.person.name, found.case, found.case_id) == ("", "样例批次", 0)
        decide(store, found.key, State.CONFIRMED, who=WHO, why="已核对", now=NOW)
        again(store)
        [kept] = [each for each in store.overviews.all(DESK)[0].findings if each.key == found.key]
        assert (kept.state, kept.first_seen) == (State.CONFIRMED, NOW)
        assert store.casebook.findings(desk=DESK)[-1].case_id == 0
        withdraw(store, store.batches.all()[0].id, now=NOW, who=WHO)
        assert store.overviews.all(DESK) == []
        assert store.casebook.findings(desk=DESK) == []
        assert store.problems() == ()


def test_the_ledger_lists_them(book: Path, tmp_path: Path) -> None:
    import openpyxl

    with Store.temporary() as store:
        reviewed(store, book)
        export_ledger(store, DESK, tmp_path / "台账.xlsx", ticket=Ticket())
    rows = list(openpyxl.load_workbook(tmp_path / "台账.xlsx")["线索"].iter_rows(values_only=True))
    assert any("JX-G03" in row and "样例批次" in row for row in rows)


def test_the_headless_run_tells_them(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main([str(book), "--out", str(out), "--as-of", CASE["as_of"]], today=date.min, now=NOW) == 0
    told = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    [found] = [each for each in told["findings"] if each["rule"] == "JX-G03"]
    assert found["level"] == "提示"
    assert found["person"]["name"] == ""
    assert found["case"] == "样例批次"
    assert any(each["rule"] == "JX-G01" and each["case"] == "样例批次" for each in told["not_evaluated"])
