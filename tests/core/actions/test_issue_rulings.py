"""A wrong ruling on commutation: who may object, what a lower office makes instead, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.actions.issue import issue
from app.core.actions.order import Issued, Order
from app.core.documents.context import Office
from app.core.documents.levels import Rank
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.actions.test_actions import EARLY, take
from tests.core.actions.test_issue_people import said
from tests.core.actions.test_people_desks import DAY, NOW, WHO
from tests.core.workbooks import proposals

RULED = {"裁定日期": "2026-06-10", "裁定结果": "准予减刑", "裁定送达日期": "2026-06-12", "法院": "例州市中级人民法院"}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def make(store: Store, ids: list[int], folder: Path, level: str, *kinds: str) -> Issued:
    office = Office("例县人民检察院", "例县", "执检", "", "检察员甲", "", level)
    done = issue(store, ids, kinds, Order(folder, office, DAY, NOW, WHO), ticket=Ticket()).value
    assert isinstance(done, Issued)
    return done


def test_a_lower_office_takes_no_number_and_is_told_to_report(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", {**EARLY, **RULED}))
    made = make(store, ids, tmp_path / "文书", Rank.DISTRICT, "wrong_ruling")
    assert made.files == []
    assert store.papers.all() == []
    assert "不能直接发给例州市中级人民法院" in made.problems[0].what
    assert "《提请提出纠正意见的报告》" in made.problems[0].do
    assert len(make(store, ids, tmp_path / "文书", Rank.DISTRICT, "upward_report").files) == 1


def test_the_same_rank_objects(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", {**EARLY, **RULED}))
    made = make(store, ids, tmp_path / "文书", Rank.CITY, "wrong_ruling", "receipt")
    told = said(made.files[0])
    for each in (
        "纠正不当减刑裁定意见书",
        "例县检执检减纠〔2026〕1号",
        "例州市中级人民法院：",
        "你院2026年6月10日作出裁定，裁定结果为准予减刑",
        "请依法另行组成合议庭审理，并将结果函告我院。",
    ):
        assert each in told, each
    assert made.cautions == []
    assert "例州市中级人民法院" in said(made.files[1])


def test_without_a_ruling_there_is_nothing_to_object_to(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", EARLY))
    made = make(store, ids, tmp_path / "文书", "", "wrong_ruling")
    assert "法院还没有裁定" in made.problems[0].what
