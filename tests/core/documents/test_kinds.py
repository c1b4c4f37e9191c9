"""Kinds of documents, their names and numbers."""

from __future__ import annotations

import pytest

from app.core.documents.kinds import kind, kind_by_name, kinds
from app.core.documents.numbering import series


def test_the_desk_has_three_kinds_in_the_order_they_are_made() -> None:
    assert [each.id for each in kinds("reduction")] == ["review_report", "opinion", "receipt"]
    assert [each.id for each in kinds("common")] == ["data_request"]
    assert kinds("models") == ()


def test_every_series_named_exists() -> None:
    for each in kinds():
        for series_id in each.series.values():
            assert series(series_id).pattern
        if each.number_from:
            assert kind(each.number_from).series


def test_commutation_and_parole_are_numbered_apart() -> None:
    opinion = kind("opinion")
    assert opinion.series_for("减刑") == "commutation_opinion"
    assert opinion.series_for("假释") == "parole_opinion"
    assert opinion.series_for("") == "commutation_opinion"
    assert kind("receipt").series_for("减刑") is None


@pytest.mark.parametrize("name", ["opinion", "减刑提请检察意见书", "《提请减刑检察意见书》", "假释提请检察意见书.docx"])
def test_a_kind_is_known_by_its_other_names(name: str) -> None:
    assert kind_by_name(name) is kind("opinion")


def test_unknown_kinds() -> None:
    assert kind_by_name("起诉书") is None
    with pytest.raises(KeyError):
        kind("indictment")


def test_file_names_say_who_and_what() -> None:
    words = {"罪犯编号": "4105000001", "姓名": "试甲", "提请类型": "假释"}
    assert kind("review_report").file_stem(words) == "4105000001_试甲_假释案件审查报告"
    assert kind("opinion").file_stem({"姓名": "试甲"}) == "试甲_减刑提请检察意见书"
