"""Models over the store: the same answers as in memory, kept as cases, switched, replaced and rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.actions.decide import decide
from app.core.actions.issue import issue
from app.core.actions.model_answers import Answers
from app.core.actions.model_book import add_model, known, model_tables, retire, roll_back, switch
from app.core.actions.model_files import FOLDER
from app.core.actions.model_join import setting_of
from app.core.actions.model_run import can_run
from app.core.actions.order import Order
from app.core.actions.review import review
from app.core.actions.settings import read_office
from app.core.errors import UserError
from app.core.findings import Outcome, State
from app.core.intake.declared import declare, shipped_tables
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.models.joining import bundles
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.models.trying import rows_of, run
from app.core.records import Cell, Record
from app.core.store.database import Store
from app.core.store.rows import BatchFacts

AS_OF = date(2026, 11, 1)
NOW, WHO = "2026-11-01T08:00:00", "测试"
GOOD = (FOLDER / "MX-23.toml").read_bytes()
PENDING = read_model((FOLDER / "MX-22.toml").read_bytes(), shipped_tables())


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def load(store: Store, model: Model, rows: dict[str, list[Record]]) -> None:
    """Put rows of a model's tables into the store, as an import would."""
    for name, records in rows.items():
        kind = model.table(name).kind
        labels = {each.name: each.id for each in kind.fields}
        sheet = records[0].sheet if records else "1"
        facts = BatchFacts(
            file=kind.name, sha256=kind.id, sheet=sheet, table=kind.id, header_row=1, mapping=labels, unmapped=(),
            rows=len(records), accepted=len(records), rejected=0,
        )  # fmt: skip
        batch = store.batches.add(facts, now=NOW, who=WHO)
        store.batches.put_records(
            batch, [Record(kind.id, kind.name, each.sheet, each.row, each.cells) for each in records]
        )


def test_runs_as_a_desk_and_flows_into_the_casework(store: Store) -> None:
    case = next(each for each in PENDING.cases if each.lead == "bail" and each.kind == "positive")
    assert not can_run(store, AS_OF)
    load(store, PENDING, rows_of(PENDING, case))
    assert can_run(store, AS_OF)
    done = review(store, shipped(), "models", AS_OF, now=NOW, who=WHO, ticket=Ticket())
    assert "运行 1 个模型，核对 1 行" in done.says
    found = store.casebook.findings(desk="models")
    assert [(each.verdict.rule, each.verdict.fact, each.case) for each in found] == [("MX-22", "bail", "挂案清理：A1")]
    lacks = store.casebook.unasked("models")
    assert [(each.rule, each.missing) for each in lacks if each.rule == "MX-23"] == [
        ("MX-23", ("《行政非诉执行结案表》",))
    ]
    again = review(store, shipped(), "models", AS_OF, now=NOW, who=WHO, ticket=Ticket())
    assert again.value == 1
    assert [each.key for each in store.casebook.findings(desk="models")] == [each.key for each in found]


def test_a_confirmed_lead_becomes_a_letter_to_the_unit_in_its_row(store: Store, tmp_path: Path) -> None:
    case = next(each for each in PENDING.cases if each.lead == "bail" and each.kind == "positive")
    rows = rows_of(PENDING, case)
    cells = {**rows["cases"][0].cells, "unit": Cell("测试县公安局", "测试县公安局", "办案单位")}
    load(store, PENDING, rows | {"cases": [replace(rows["cases"][0], cells=cells)]})
    review(store, shipped(), "models", AS_OF, now=NOW, who=WHO, ticket=Ticket())
    found = store.casebook.findings(desk="models")[0]
    decide(store, found.key, State.CONFIRMED, who=WHO, why="核实属实", now=NOW)
    order = Order(tmp_path, read_office(store), AS_OF, NOW, WHO)
    issued = issue(store, [found.case_id], None, order, ticket=Ticket()).value
    letter = next(each for each in issued.files if "检察意见书" in each.name)
    words = "\n".join(each.text for each in Document(str(letter)).paragraphs)
    assert "测试县公安局：" in words
    assert "至迟应于2025年9月10日解除或者作出处理" in words
    assert "对上述情况逐项核查" in words


def test_nothing_to_run_is_said(store: Store) -> None:
    with pytest.raises(UserError, match="没有一个监督模型可以运行"):
        review(store, shipped(), "models", AS_OF, now=NOW, who=WHO, ticket=Ticket())


PEOPLE = [("测试甲一", "11010119900101001X"), ("测试甲二", "110101199001010028"), ("测试甲一", ""), ("测试乙", "")]
MEASURES = st.sampled_from(["取保候审", "监视居住", "", "逮捕"])
DAYS = st.integers(0, 1500).map(lambda days: AS_OF - timedelta(days=days))
SOME_DAY = st.one_of(st.none(), DAYS)
WHO_IS = st.sampled_from(PEOPLE)
CASES = st.lists(st.tuples(WHO_IS, SOME_DAY, MEASURES, SOME_DAY, st.sampled_from(["A", "B"])), max_size=6)
OTHERS = st.lists(
    st.tuples(WHO_IS, st.sampled_from(["A", "B", ""]), st.sampled_from(["不构成犯罪", "证据不足"])), max_size=5
)


def record(name: str, place: int, values: dict[str, object]) -> Record:
    kind = PENDING.table(name).kind
    cells = {each.id: Cell(values.get(each.id), str(values.get(each.id, "")), each.name) for each in kind.fields}  # type: ignore[arg-type]
    return Record(kind.id, kind.name, "1", place + 2, cells)


@settings(max_examples=40, deadline=None)
@given(CASES, OTHERS, OTHERS, st.booleans())
def test_sql_finds_what_memory_finds(cases: list, refused: list, ended: list, explained: bool) -> None:  # type: ignore[type-arg]
    rows = {
        "cases": [
            record("cases", place, {
                "name": who[0], "id_number": who[1] or None, "detained_on": day, "measure": measure or None,
                "measured_on": since, "case_no": label, "filed_on": AS_OF,
            })
            for place, (who, day, measure, since, label) in enumerate(cases)
        ],
        "refused": [
            record("refused", place, {
                "name": who[0], "id_number": who[1] or None, "case_no": label or None, "reason": reason,
                "refused_on": AS_OF - timedelta(days=100),
            })
            for place, (who, label, reason) in enumerate(refused)
        ],
        "ended": [
            record(
                "ended", place,
                {"name": who[0], "id_number": who[1] or None, "case_no": label or None, "how": "移送"},
            )
            for place, (who, label, _) in enumerate(ended)
        ],
    }  # fmt: skip
    if explained:
        rows["explained"] = []
    with Store.temporary() as store:
        load(store, PENDING, rows)
        homes = model_tables(store).of
        setting = setting_of(store, PENDING, homes, shipped(), AS_OF)
        answers = Answers(store, PENDING, homes, shipped(), setting, Ticket())
        with store.atomic():
            by_sql = {(b.subject.row, v.outcome, v.fact, v.message) for b, found in answers.leads() for v in found}
        in_memory = run(PENDING, lambda: bundles(PENDING, rows), setting)
        told = {(b.subject.row, v.outcome, v.fact, v.message) for b, found in in_memory for v in found}
    declare(())
    assert {each for each in by_sql if each[1] is Outcome.FOUND} == {each for each in told if each[1] is Outcome.FOUND}
    assert by_sql <= told
    assert answers.counts.rows == len(cases)


def test_a_version_is_taken_in_replaced_and_rolled_back(store: Store) -> None:
    own = GOOD.replace(b'id = "MX-23"', b'id = "MX-101"')
    first = add_model(store, own, origin="本院编写", now=NOW, who=WHO).value
    assert not known(store)["MX-101"].running
    switch(store, first.id, True, now=NOW, who=WHO)
    newer = own.replace(b"version = 1", b"version = 2").replace(b"length = 0", b"length = 30")
    add_model(store, newer, origin="本院编写", now=NOW, who=WHO)
    one = known(store)["MX-101"]
    assert (one.model.version, one.running) == (2, False), "its own boundary case fails now"
    with pytest.raises(UserError, match="不能启用"):
        switch(store, first.id, True, now=NOW, who=WHO)
    old = next(each for each in store.models.versions("MX-101") if each.version == 1)
    roll_back(store, old.id, now=NOW, who=WHO)
    assert known(store)["MX-101"].model.version == 1
    switch(store, first.id, True, now=NOW, who=WHO)
    assert known(store)["MX-101"].running
    retire(store, "MX-101", now=NOW, who=WHO)
    assert "MX-101" not in known(store)


def test_one_version_has_one_wording(store: Store) -> None:
    add_model(store, GOOD, origin="本院编写", now=NOW, who=WHO)
    with pytest.raises(UserError, match="版本号加一"):
        add_model(store, GOOD.replace("首次提供".encode(), "改过".encode()), origin="本院编写", now=NOW, who=WHO)


def test_a_model_switched_off_does_not_run(store: Store) -> None:
    case = PENDING.cases[0]
    load(store, PENDING, rows_of(PENDING, case))
    switch(store, "MX-22", False, now=NOW, who=WHO)
    assert not can_run(store, AS_OF)
