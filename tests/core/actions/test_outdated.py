"""A document whose data changed after it was made is out of date, and says in which words."""

from __future__ import annotations

from pathlib import Path

from app.core.actions.issue import issue
from app.core.actions.outdated import changes, outdated
from app.core.actions.receive import look, receive
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.actions.test_actions import NOW, WHO, order, run_review, take
from tests.core.workbooks import proposals

KINDS = ("review_report", "opinion", "receipt")


def test_nothing_is_out_of_date_at_first_nor_because_time_went_by(tmp_path: Path) -> None:
    with Store.temporary() as store:
        ids = take(store, proposals(tmp_path / "a.xlsx", {}))
        issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket())
        run_review(store)
        assert outdated(store, ids, ticket=Ticket()) == []


def test_a_newer_list_shows_the_words_then_and_now(tmp_path: Path) -> None:
    with Store.temporary() as store:
        ids = take(store, proposals(tmp_path / "a.xlsx", {}))
        issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket())
        plans, _ = look([proposals(tmp_path / "b.xlsx", {"罪名": "诈骗罪"})], ticket=Ticket())
        receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
        waiting = outdated(store, ids, ticket=Ticket())
        assert {each.why for each in waiting} == {"数据有变化，案件还没有重新审查"}
        run_review(store)
        found = outdated(store, ids, ticket=Ticket())
        assert {each.paper.kind for each in found} == {"review_report", "opinion"}
        [change] = [each for each in found[0].changes if each.word == "罪名"]
        assert (change.then, change.now) == ("盗窃罪", "诈骗罪")


def test_rows_and_flags_are_told_as_words() -> None:
    then = {"甲": True, "乙": [{"序号": "1", "结论": "合规"}], "丙": "", "文号": "1号"}
    now = {"甲": False, "乙": [{"序号": "1", "结论": "违法", "别的": "x"}], "丙": "三年", "文号": "2号"}
    assert [(each.then, each.now) for each in changes(then, now)] == [
        ("是", "否"),
        ("序号：1，结论：合规", "序号：1，结论：违法"),
        ("（空）", "三年"),
    ]
