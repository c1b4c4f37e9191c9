"""Who may send a document that must come from the procuratorate of the same rank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.documents.kinds import DocumentKind, kind
from app.core.documents.levels import COURT, Rank, objection, rank_of

CITY_COURT = "样州市中级人民法院"


@pytest.fixture
def ruling() -> DocumentKind:
    return replace(kind("notice"), name="纠正不当减刑裁定意见书", rank=COURT, instead="review_report")


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        (CITY_COURT, Rank.CITY),
        ("样州铁路运输中级法院", Rank.CITY),
        ("样省高级人民法院", Rank.PROVINCE),
        ("最高人民法院", Rank.TOP),
        ("样县人民法院", Rank.DISTRICT),
        ("样省监狱管理局", Rank.PROVINCE),
        ("样州市公安局", Rank.CITY),
        ("样县看守所", None),
    ],
)
def test_the_rank_is_read_from_the_name(name: str, rank: Rank | None) -> None:
    assert rank_of(name) is rank


@pytest.mark.parametrize("level", [Rank.DISTRICT, Rank.RESIDENT])
def test_a_lower_office_must_report_instead(ruling: DocumentKind, level: Rank) -> None:
    against = objection(ruling, level, CITY_COURT)
    assert against is not None
    assert against.forbids
    assert against.instead == "review_report"
    assert "同级人民检察院" in against.says + against.do


@pytest.mark.parametrize("level", ["", Rank.DISPATCHED, Rank.PROVINCE])
def test_what_cannot_be_told_is_warned_of_and_not_forbidden(ruling: DocumentKind, level: str) -> None:
    against = objection(ruling, level, CITY_COURT)
    assert against is not None
    assert not against.forbids


def test_the_same_rank_may_send_and_other_documents_have_no_such_bar(ruling: DocumentKind) -> None:
    assert objection(ruling, Rank.CITY, CITY_COURT) is None
    assert objection(kind("notice"), Rank.DISTRICT, CITY_COURT) is None
    assert objection(ruling, Rank.CITY, "") is not None
