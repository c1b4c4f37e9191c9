"""The models' sample workbooks are what the script makes, are recognised without help, and hold what was planted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.law import law_in_force
from app.core.actions.model_book import known, model_tables
from app.core.actions.model_files import shipped
from app.core.actions.model_numbers import fill_in
from app.core.actions.model_run import review_models
from app.core.actions.receive import look, receive
from app.core.jobs import Ticket
from app.core.store.database import Store
from installer.samples.models.books import FOLDER, models, write
from installer.samples.shared.days import AS_OF

NOW, WHO = "2026-11-21T08:00:00", "测试"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as each:
        yield each


def told(model_id: str) -> dict[str, object]:
    return json.loads((FOLDER / f"样例-{model_id}.json").read_text(encoding="utf-8"))


def ran(store: Store, model_id: str) -> None:
    model_tables(store)
    plans, problems = look([FOLDER / f"样例-{model_id}.xlsx"], ticket=Ticket())
    assert not problems
    results = receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value
    assert [each for each in results if each.skipped] == []
    assert sum(len(each.rejected) for each in results) == told(model_id)["refused"]
    review_models(store, law_in_force(store), AS_OF, now=NOW, who=WHO, ticket=Ticket())


def found(store: Store, model_id: str) -> Counter[tuple[str, str]]:
    """The leads by what the answers call them: case label or name."""
    wanted = {each for each, _ in told(model_id)["leads"]} | {*told(model_id)["innocent"]}
    leads: Counter[tuple[str, str]] = Counter()
    for each in store.casebook.findings(desk="models"):
        if each.verdict.rule == model_id:
            label = each.case.partition("：")[2].partition("（第")[0]
            leads[label if label in wanted else each.person.name, each.verdict.rule_name] += 1
    return leads


@pytest.mark.parametrize("model_id", shipped())
def test_sample_gives_what_was_planted(store: Store, model_id: str) -> None:
    answers = told(model_id)
    if answers["local_numbers"]:
        fill_in(store, known(store)[model_id].model, answers["local_numbers"], now=NOW, who=WHO)
    ran(store, model_id)
    assert found(store, model_id) == Counter(tuple(each) for each in answers["leads"])
    assert date.fromisoformat(answers["as_of"]) == AS_OF


@pytest.mark.parametrize("model_id", [each for each in shipped() if shipped()[each].local_numbers()])
def test_without_the_provinces_numbers_the_rows_are_not_judged(store: Store, model_id: str) -> None:
    ran(store, model_id)
    cases = [store.casebook.review_of(each) for each in store.views.case_ids("models")]
    missing = {what for each in cases if each for verdict in each.verdicts for what in verdict.missing}
    assert any("本省标准" in what for what in missing)
    assert sum(found(store, model_id).values()) < len(told(model_id)["leads"])


def test_committed_books_are_what_the_script_makes(tmp_path: Path) -> None:
    write(tmp_path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        each.name: each.read_bytes() for each in FOLDER.iterdir()
    }


def test_every_model_has_a_sample() -> None:
    assert set(models()) == set(shipped())
