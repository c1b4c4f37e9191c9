"""The desks that ask about people in lists: cases are found anew at each review, and what people decided stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.lists import stated_end
from app.core.actions.people import cards
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.withdraw import withdraw
from app.core.errors import UserError
from app.core.findings import Level, Outcome, Standing, State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.workbooks import write_book

DAY, NOW, WHO = date(2026, 6, 30), "2026-06-30T09:00:00", "测试员"
ROSTER = {
    "社区矫正对象编号": "9900001",
    "姓名": "测试甲",
    "身份证号": "110101199001010015",
    "性别": "男",
    "矫正机构": "样本县第一司法所",
    "矫正类别": "缓刑",
    "罪名": "盗窃罪",
    "缓刑考验期限": "二年",
    "社区矫正开始日期": "2026-03-13",
    "社区矫正结束日期": "2028-03-13",
    "报到时间": "2026-03-16",
}
SECOND = {"社区矫正对象编号": "9900002", "姓名": "测试乙", "身份证号": "110101199001010031"}
RIGHT = {"社区矫正结束日期": "2028-03-12"}
END = "SJ-20"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def take(store: Store, path: Path, *rows: Mapping[str, object]) -> int:
    """Receive a roster of these rows; the batch."""
    book = write_book(path, ("名册", [{**ROSTER, **row} for row in rows]))
    plans, problems = look([book], ticket=Ticket())
    assert not problems
    return int(receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value[0].batch_id)


def receive_sheet(store: Store, path: Path, row: Mapping[str, object]) -> int:
    """Receive one row of another list; the batch."""
    plans, problems = look([write_book(path, ("表", [row]))], ticket=Ticket())
    assert not problems
    return int(receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value[0].batch_id)


def run(store: Store) -> str:
    return review(store, shipped(), "correction", DAY, now=NOW, who=WHO, ticket=Ticket()).says


def conclusions(store: Store) -> dict[str, str]:
    ids = store.views.case_ids("correction")
    return {each.name: each.conclusion for each in store.views.case_rows(ids)}


def test_each_episode_becomes_a_case_with_what_was_found(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path / "名册.xlsx", {}, SECOND | RIGHT)
    assert run(store).startswith("核查 2 件")
    assert conclusions(store)["测试甲"] == Standing.BREACH
    found = [each for each in store.casebook.findings(desk="correction") if each.verdict.rule == END]
    assert [each.person.name for each in found] == ["测试甲"]
    (row,) = store.views.case_rows(store.views.case_ids("correction", search="测试甲"))
    assert (row.unit, row.proposal, row.filed_on) == ("样本县第一司法所", "缓刑", "2026-03-13")


def test_a_word_on_a_finding_stays_when_the_desk_is_reviewed_again(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path / "名册.xlsx", {})
    run(store)
    before = store.casebook.case_of("correction")
    (finding,) = [each for each in store.casebook.findings(desk="correction") if each.verdict.rule == END]
    decide(store, finding.key, State.CONFIRMED, why="", now=NOW, who=WHO)
    run(store)
    (again,) = [each for each in store.casebook.findings(desk="correction") if each.verdict.rule == END]
    assert (again.key, again.state) == (finding.key, State.CONFIRMED)
    assert store.casebook.case_of("correction") == before


def test_who_is_in_no_list_any_more_has_no_case(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path / "一.xlsx", {})
    second = take(store, tmp_path / "二.xlsx", SECOND)
    run(store)
    assert set(conclusions(store)) == {"测试甲", "测试乙"}
    withdraw(store, second, now=NOW, who=WHO)
    run(store)
    assert set(conclusions(store)) == {"测试甲"}


def test_rules_whose_lists_are_absent_are_said_once(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path / "名册.xlsx", {}, SECOND)
    run(store)
    assert all(each.outcome is Outcome.NOT_EVALUATED and each.missing for each in store.casebook.unasked("correction"))
    rules = [each.rule for each in store.casebook.unasked("correction")]
    assert len(rules) == len(set(rules))


def test_without_a_list_there_is_nothing_to_ask(store: Store) -> None:
    with pytest.raises(UserError, match="名单"):
        run(store)
    with pytest.raises(UserError, match="没有这个台面"):
        review(store, shipped(), "nowhere", DAY, now=NOW, who=WHO, ticket=Ticket())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("名册（截至2026年6月30日）.xlsx", date(2026, 6, 30)),
        ("截止2026.6.30名册", date(2026, 6, 30)),
        ("截至2026-02-31", None),
        ("2026年6月名册", None),
    ],
)
def test_a_list_may_say_when_it_ends(text: str, day: date | None) -> None:
    assert stated_end(text) == day


def test_lists_that_disagree_about_a_person_are_a_finding_until_one_is_put_right(store: Store, tmp_path: Path) -> None:
    held = {"姓名": "王样丙", "身份证号": ROSTER["身份证号"], "入所日期": "2019-01-02", "出所日期": "2019-01-05"}
    held |= {"入所原因": "行政拘留", "监所": "样本县拘留所"}
    take(store, tmp_path / "名册.xlsx", RIGHT)
    wrong = receive_sheet(store, tmp_path / "出入所.xlsx", held)
    run(store)
    (found,) = [each for each in store.casebook.findings(desk="correction") if each.verdict.rule == "I-02"]
    assert found.verdict.level is Level.DATA
    assert [each.raw for each in found.verdict.evidence] == ["测试甲", "王样丙"]
    shown = cards(store, "correction", 10, ticket=Ticket()).cards
    assert any(each.key == found.key for card in shown for each in card.findings)
    withdraw(store, wrong, now=NOW, who=WHO)
    receive_sheet(store, tmp_path / "更正.xlsx", {**held, "姓名": "测试甲"})
    assert "不再成立" in run(store)
    assert not [each for each in store.casebook.findings(desk="correction") if each.verdict.rule == "I-02"]
