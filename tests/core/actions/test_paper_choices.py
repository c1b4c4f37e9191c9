"""The office's own numbers and reply times: checked, printed in documents, given up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.actions.paper_choices import (
    keep_pattern,
    keep_reply,
    number_lines,
    pattern_of,
    reply_lines,
    reply_of,
)
from app.core.actions.settings import write_office
from app.core.documents.context import Office
from app.core.documents.kinds import Reply, kind
from app.core.documents.numbering import all_series, series
from app.core.errors import UserError
from app.core.store.database import Store
from tests.core.actions.test_issue_people import make, said, take

WHEN: dict[str, Any] = {"now": "2026-11-21T09:00:00", "who": "承办人甲"}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as each:
        yield each


def test_defaults_until_the_office_says_otherwise(store: Store) -> None:
    assert all(pattern_of(store, each.id) == each.pattern for each in all_series())
    assert reply_of(store, kind("notice")) == kind("notice").reply
    assert reply_of(store, kind("approval")) is None
    write_office(store, Office(short="样本", department="刑"), **WHEN)
    shown = {each.id: each for each in number_lines(store, 2026)}
    assert shown["commutation_opinion"].example == "样本检刑减意〔2026〕1号"
    assert not any(each.own for each in shown.values())
    lines = {each.id: each for each in reply_lines(store)}
    assert (lines["notice"].says, lines["advice"].says) == ("15日内", "2个月内")
    assert "approval" not in lines


def test_documents_are_numbered_and_ask_as_the_office_says(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {})
    keep_pattern(store, "notice", "{院}检纠〔{年}〕{n}号", **WHEN)
    keep_reply(store, "notice", 30, "days", **WHEN)
    [notice] = make(store, ids, ("notice",), tmp_path / "文书").files
    assert "样本检纠〔2026〕1号" in said(notice)
    assert "三十日内" in said(notice)
    assert reply_of(store, kind("notice")) == Reply(days=30)
    keep_reply(store, "notice", 3, "months", **WHEN)
    assert [each.says for each in reply_lines(store) if each.own] == ["3个月内"]
    keep_reply(store, "notice", 0, "days", **WHEN)
    keep_pattern(store, "notice", "", **WHEN)
    assert reply_of(store, kind("notice")) == kind("notice").reply
    assert pattern_of(store, "notice") == series("notice").pattern
    assert not any(each.own for each in (*number_lines(store, 2026), *reply_lines(store)))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{院}检纠〔{年}〕号", "缺少“{n}”"),
        ("{院}检纠({年}){n}号", "六角括号"),
        ("{院}检{部门}假意〔{年}〕{n}号", "出现相同的文号"),
        ("{院}检刑假意〔{年}〕{n}号", "出现相同的文号"),
    ],
)
def test_faulty_patterns_are_not_kept(store: Store, pattern: str, says: str) -> None:
    write_office(store, Office(short="样本", department="刑"), **WHEN)
    with pytest.raises(UserError) as told:
        keep_pattern(store, "commutation_opinion", pattern, **WHEN)
    assert says in str(told.value)
    assert pattern_of(store, "commutation_opinion") == series("commutation_opinion").pattern


def test_patterns_can_change_places_one_after_the_other(store: Store) -> None:
    keep_pattern(store, "parole_opinion", "{院}检{部门}释〔{年}〕{n}号", **WHEN)
    keep_pattern(store, "commutation_opinion", series("parole_opinion").pattern, **WHEN)
    with pytest.raises(UserError, match="《假释提请检察意见书》和《减刑提请检察意见书》会出现相同的文号"):
        keep_pattern(store, "parole_opinion", "", **WHEN)


@pytest.mark.parametrize(
    ("kind_id", "count", "unit"), [("notice", -1, "days"), ("notice", 400, "days"), ("approval", 5, "days")]
)
def test_faulty_times_are_not_kept(store: Store, kind_id: str, count: int, unit: str) -> None:
    with pytest.raises(UserError):
        keep_reply(store, kind_id, count, unit, **WHEN)
    assert not any(each.own for each in reply_lines(store))
