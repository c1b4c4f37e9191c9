"""Each step at its edges: what goes on, what stops, what cannot be said, and how far an accusation may go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.errors import UserError
from app.core.findings import Level, Outcome
from app.core.intake.declared import shipped_tables
from app.core.law.book import shipped
from app.core.models.asking import Setting
from app.core.models.drafting import draft_cases
from app.core.models.joining import bundles
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.models.trying import faults, rows_of, run
from app.core.models.write import write_model

AS_OF = date(2026, 11, 1)
COLUMNS = [
    {"id": "name", "name": "姓名", "type": "name", "required": True},
    {"id": "id_number", "name": "身份证号", "type": "id_number"},
    {"id": "start", "name": "起日", "type": "date"},
    {"id": "stop", "name": "止日", "type": "date"},
    {"id": "sum", "name": "金额", "type": "money"},
    {"id": "unit", "name": "单位", "type": "text"},
    {"id": "prison", "name": "刑期", "type": "sentence"},
]


def model(*steps: dict[str, Any], level: str = "违法", certainty: str = "V", **more: Any) -> Model:
    """A model of two tables with the same columns."""
    data: dict[str, Any] = {
        "format": 1, "id": "MX-900", "name": "试", "version": 1, "author": "测试", "changed": AS_OF, "reason": "测试",
        "card": {"point": "试", "about": "试"},
        "table": [
            {"table": "a", "name": "甲表", "holder": "甲", "field": COLUMNS},
            {"table": "b", "name": "乙表", "holder": "乙", "join": ["id_number", "name"], "field": COLUMNS},
        ],
        "subject": {"table": "a", "number": "id_number"},
        "basis": [{"id": "x", "law": "某法", "article": "第一条", "certainty": certainty, "says": "应当", **more}],
        "step": list(steps),
        "lead": [{"id": "l", "name": "线索", "level": level, "message": "{a.name}", "basis": ["x"]}],
    }  # fmt: skip
    return read_model(write_model(data), shipped_tables())


def ask(given: Model, a: list[dict[str, Any]], b: list[dict[str, Any]] | None = None) -> list[Any]:
    """The first verdict for each row of the first table."""
    rows: dict[str, Any] = {"a": a} | ({} if b is None else {"b": b})
    case = {"name": "试", "kind": "positive", "as_of": AS_OF, "rows": rows}
    with_case = read_model(given.text.encode() + write_model({"case": [case]}), shipped_tables())
    records = rows_of(with_case, with_case.cases[0])
    setting = Setting(AS_OF, shipped(), dict.fromkeys(records, AS_OF))
    return [found[0] for _, found in run(given, lambda: bundles(given, records), setting)]


WHO = {"name": "测试甲", "id_number": "110101199001010015"}
OTHER = {"name": "测试甲", "id_number": "110101199001010023"}
LATE = {"do": "deadline", "id": "t", "from": "a.start", "length": 10}


@pytest.mark.parametrize(
    ("start", "outcome"),
    [("2026-10-22", Outcome.LAWFUL), ("2026-10-21", Outcome.FOUND), ("", Outcome.NOT_EVALUATED)],
)
def test_a_limit_ends_with_its_last_day(start: str, outcome: Outcome) -> None:
    assert ask(model(LATE), [WHO | {"start": start}])[0].outcome is outcome


@pytest.mark.parametrize(("start", "level"), [("2026-09-01", None), ("2026-08-31", Level.UNLAWFUL)])
def test_months_are_those_of_the_calendar(start: str, level: Level | None) -> None:
    step = LATE | {"length": 2, "counting": "months"}
    assert ask(model(step), [WHO | {"start": start}])[0].level is level


def test_what_was_not_read_or_is_disputed_never_accuses() -> None:
    row = [WHO | {"start": "2026-01-01"}]
    assert ask(model(LATE), row)[0].level is Level.UNLAWFUL
    for certainty in ("M", "D"):
        found = ask(model(LATE, certainty=certainty), row)[0]
        assert (found.level, found.gravity) == (Level.DOUBT, None)
        assert found.message.endswith("（依据待核）")


def test_a_basis_not_in_force_judges_nothing() -> None:
    late = {"from": date(2027, 1, 1)}
    assert ask(model(LATE, **late), [WHO | {"start": "2026-01-01"}])[0].outcome is Outcome.NOT_EVALUATED


def test_a_difference_needs_the_list_and_a_namesake_is_a_doubt() -> None:
    step = {"do": "difference", "table": "b"}
    assert ask(model(step), [WHO])[0].missing == ("《乙表》",)
    assert ask(model(step), [WHO], [])[0].level is Level.UNLAWFUL
    assert ask(model(step), [WHO], [WHO])[0].outcome is Outcome.LAWFUL
    assert ask(model(step), [WHO], [OTHER])[0].level is Level.UNLAWFUL, "another number is another person"
    assert ask(model(step), [WHO], [{"name": "测试甲"}])[0].level is Level.DOUBT


def test_periods_overlap_from_day_to_day() -> None:
    step = {"do": "overlap", "id": "o", "table": "b", "first": ["a.start", "a.stop"], "second": ["b.start", "b.stop"]}
    mine = WHO | {"start": "2026-01-01", "stop": "2026-01-31"}
    for first, outcome in (("2026-01-31", Outcome.FOUND), ("2026-02-01", Outcome.LAWFUL)):
        theirs = WHO | {"start": first, "stop": "2026-03-01"}
        assert ask(model(step), [mine], [theirs])[0].outcome is outcome


def test_sums_and_counts() -> None:
    more = {"do": "threshold", "id": "g", "value": ["a.sum", "-sum(b.sum)"], "over": 100}
    matched = {"do": "match", "table": "b"}
    paid = [WHO | {"sum": 50}, WHO | {"sum": 50}]
    for due, outcome in ((200, Outcome.LAWFUL), (201, Outcome.FOUND)):
        assert ask(model(matched, more), [WHO | {"sum": due}], paid)[0].outcome is outcome
    three = {"do": "count", "id": "n", "by": ["a.unit"], "least": 3}
    rows = [WHO | {"unit": unit} for unit in ("甲所", "甲所", "甲所", "乙所")]
    assert [each.outcome for each in ask(model(three), rows)] == [Outcome.FOUND] * 3 + [Outcome.LAWFUL]


@pytest.mark.parametrize(
    ("prison", "outcome"),
    [
        ("有期徒刑一年", Outcome.FOUND),
        ("有期徒刑十一个月", Outcome.LAWFUL),
        ("拘役一个月十五日", Outcome.NOT_EVALUATED),
        ("无期徒刑", Outcome.NOT_EVALUATED),
        ("", Outcome.NOT_EVALUATED),
    ],
)
def test_a_sentence_is_compared_by_its_whole_months(prison: str, outcome: Outcome) -> None:
    step = {"do": "threshold", "value": "a.prison", "at_least": 12}
    assert ask(model(step), [WHO | {"prison": prison}])[0].outcome is outcome


def test_sentences_are_not_summed() -> None:
    with pytest.raises(UserError):
        model({"do": "threshold", "value": "sum(b.prison)", "at_least": 12})


def test_what_cannot_exclude_is_not_passed_over() -> None:
    step = {"do": "exclude", "where": [{"of": "a.unit", "has": ["死亡"]}], "says": "已经死亡"}
    assert ask(model(step), [WHO | {"unit": "因死亡终止"}])[0].outcome is Outcome.LAWFUL
    assert ask(model(step), [WHO])[0].outcome is Outcome.FOUND
    assert ask(model(step), [WHO | {"unit": "无此列"}])[0].outcome is Outcome.NOT_EVALUATED
    assert ask(model(step | {"optional": True}), [WHO | {"unit": "无此列"}])[0].level is Level.DOUBT


@pytest.mark.parametrize(
    "steps",
    [
        [LATE],
        [{"do": "match", "table": "a", "where": [{"of": "a.unit", "has": ["甲"]}]}, LATE],
        [LATE, {"do": "difference", "table": "b"}],
        [{"do": "match", "table": "b", "where": [{"of": "b.start", "after": "a.stop"}]}],
        [{"do": "threshold", "id": "g", "value": ["a.sum"], "at_least": 5000}],
        [LATE, {"do": "exclude", "where": [{"of": "a.unit", "has": ["死亡"]}], "says": "已经死亡"}],
    ],
)
def test_drafted_cases_pass_and_are_of_every_kind(steps: list[dict[str, Any]]) -> None:
    given = model(*steps)
    text = given.text.encode() + write_model({"case": draft_cases(given, AS_OF)})
    assert faults(read_model(text, shipped_tables()), shipped()) == []
