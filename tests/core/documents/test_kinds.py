"""Kinds of documents, their names and numbers."""

from __future__ import annotations

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.reduction.book import RULES as REDUCTION
from app.core.documents.kinds import kind, kind_by_name, kinds
from app.core.documents.numbering import series
from app.core.documents.templates import find_template
from app.core.findings import Level
from app.core.models.read import DOCUMENTS as MODEL_DOCUMENTS


def test_three_kinds_are_made_of_every_proposal_in_their_order() -> None:
    assert [each.id for each in kinds("reduction") if each.standing] == ["review_report", "opinion", "receipt"]
    assert [each.id for each in kinds("models") if each.standing] == ["receipt"]


def test_every_kind_has_a_template_and_letters_are_of_no_case() -> None:
    assert all(find_template(each).is_file() for each in kinds())
    assert [each.id for each in kinds() if not each.desks] == ["data_quality", "data_request", "destruction"]


def test_what_accuses_rests_on_unlawful_findings_alone_and_names_who_approves_it() -> None:
    for name in ("notice", "advice"):
        assert kind(name).levels == (Level.UNLAWFUL,)
        assert kind(name).approval == "检察长"
        assert kind(name).reply is not None


def test_every_word_by_which_a_rule_asks_for_a_document_means_one_kind() -> None:
    books = (*(each.rules for each in PEOPLE_DESKS.values()), REDUCTION)
    words = {each.document for book in books for each in book.all() if each.document} | set(MODEL_DOCUMENTS)
    for word in words:
        assert len([each.id for each in kinds() if each.meant_by(word)]) == 1, word


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
