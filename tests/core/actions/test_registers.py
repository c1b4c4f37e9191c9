"""What other offices' registers tell of custody reaches the review of a proposal that does not tell of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.findings import Level, Outcome
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.checks.casefiles import spread
from tests.core.workbooks import write_book

DAY, NOW = date(2026, 11, 21), "2026-11-21T09:00:00"
LEFT = {"出所日期": "2018-07-10", "出所原因": "交付执行", "监所": "样例看守所"}


@pytest.mark.parametrize(
    ("entered", "outcome", "level"),
    [
        ("2018-01-10", Outcome.LAWFUL, None),
        ("2018-01-07", Outcome.FOUND, Level.HINT),
        ("", Outcome.NOT_EVALUATED, None),
    ],
)
def test_stays_in_custody_are_credited(tmp_path: Path, entered: str, outcome: Outcome, level: Level | None) -> None:
    stays = [{"入所日期": entered, "入所原因": "刑事拘留", **LEFT}] if entered else []
    made = spread({"id": "x", "base": "a3", "T14": stays, "why": ""})["tables"]
    files = [write_book(tmp_path / f"{table}.xlsx", (table, rows)) for table, rows in made.items() if rows]
    with Store.temporary() as store:
        plans, _ = look(files, (), ticket=Ticket())
        receive(store, plans, now=NOW, who="测试人", ticket=Ticket())
        review(store, shipped(), "reduction", DAY, now=NOW, who="测试人", ticket=Ticket())
        [case] = store.casebook.case_of("reduction").values()
        said = store.casebook.review_of(case)
        assert said is not None
        [found] = [each for each in said.verdicts if each.rule == "JX-D15"]
        assert (found.outcome, found.level) == (outcome, level)
        assert any("T14" in each.file for each in found.evidence) == bool(entered)
