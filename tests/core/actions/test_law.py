"""The office's changes of the law in the store: kept, logged, taken back, used by reviews, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from app.core.actions.law import affected, change_law, compare_year, law_in_force, undo_change
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.errors import UserError
from app.core.findings import Conclusion
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.law.changes import AddRow, EndRow, SetYear, Source
from app.core.law.holidays import second_source
from app.core.store.database import Store
from tests.core.workbooks import PROPOSAL, write_book

DAY = date(2026, 11, 21)
NOW, WHO = "2026-11-21T09:00:00", "承办人甲"
WHEN: dict[str, Any] = {"now": NOW, "who": WHO}
RULE = Source("某省规定", "第一条", date(2020, 1, 1), True)
LIMIT = AddRow("local_commendations_A2", 60, date(2020, 1, 1), None, RULE, "")
LONGER = AddRow("life_minimum", 180, date(2020, 1, 1), None, RULE, "")


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with Store.temporary() as each:
        yield each


@pytest.fixture
def reviewed(store: Store, tmp_path: Path) -> Store:
    """A lawful proposal and one filed too early, both reviewed."""
    early = {**PROPOSAL, "罪犯编号": "9000000002", "姓名": "钱样二", "报请日期": "2022.2.20"}
    plans, _ = look([write_book(tmp_path / "甲.xlsx", ("名单", [PROPOSAL, early]))], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    again(store)
    return store


def again(store: Store) -> str:
    """Review with the law in force."""
    return review(store, law_in_force(store), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket()).says


def test_without_changes_the_shipped_law_is_in_force(store: Store) -> None:
    assert law_in_force(store) is shipped()


def test_a_change_is_kept_logged_and_taken_back(store: Store) -> None:
    done = change_law(store, LONGER, why="新规定", **WHEN)
    assert "还没有以它为依据的结论" in done.says
    assert law_in_force(store).number("life_minimum", DAY) == 180
    assert store.audit.entries()[-1].act == "修改法律数据"
    assert store.audit.entries()[-1].what["理由"] == "新规定"
    undo_change(store, done.value, why="写错了", **WHEN)
    assert law_in_force(store) is shipped()
    [kept] = store.law.changes(undone=True)
    assert (kept.made_by, kept.why, kept.undone_by, kept.undone_why) == (WHO, "新规定", WHO, "写错了")
    assert store.audit.entries()[-1].act == "撤回法律数据的修改"
    assert store.audit.verify() == []
    with pytest.raises(UserError, match="已经撤回"):
        undo_change(store, done.value, why="", **WHEN)


def test_what_is_wrong_changes_nothing(store: Store) -> None:
    for change, why, words in (
        (LONGER, " ", "理由"),
        (AddRow("life_minimum", 0, DAY, None, RULE, ""), "新规定", "相差太大"),
        (EndRow("life_minimum", None, DAY), "新规定", "已经到"),
    ):
        with pytest.raises(UserError, match=words):
            change_law(store, change, why=why, **WHEN)
    assert store.law.changes(undone=True) == []
    assert store.audit.entries() == []


def test_what_later_changes_build_on_is_not_taken_back(store: Store) -> None:
    first = change_law(store, LIMIT, why="规定", **WHEN).value
    end = change_law(store, EndRow(LIMIT.target, LIMIT.start, DAY), why="废止", **WHEN).value
    with pytest.raises(UserError, match="接着这一处"):
        undo_change(store, first, why="", **WHEN)
    assert [each.id for each in store.law.changes()] == [first, end]
    undo_change(store, end, why="", **WHEN)
    undo_change(store, first, why="", **WHEN)


def test_changes_stay_on_record_whatever_is_tried(store: Store) -> None:
    change_law(store, LIMIT, why="规定", **WHEN)
    for sql in ("DELETE FROM law_changes", "UPDATE law_changes SET content = '{}'"):
        with pytest.raises(IntegrityError, match="taken back"):
            store._link.change(sql)
    assert len(store.law.changes()) == 1


def test_a_damaged_change_is_not_used_and_told(reviewed: Store) -> None:
    reviewed._link.change("DROP TRIGGER law_changes_stand")
    change_law(reviewed, LIMIT, why="规定", **WHEN)
    reviewed._link.change("UPDATE law_changes SET content = 'broken'")
    law = law_in_force(reviewed)
    assert (law.edition, law.parameters) == (shipped().edition, shipped().parameters)
    assert "注意：本院第 1 处修改读不出来，没有采用" in again(reviewed)
    undo_change(reviewed, 1, why="损坏", **WHEN)
    assert "注意" not in again(reviewed)


def test_a_review_goes_by_the_law_in_force_and_says_so(reviewed: Store) -> None:
    [lawful] = [each for each in reviewed.views.case_rows([1, 2]) if each.name == PROPOSAL["姓名"]]
    assert lawful.conclusion == Conclusion.AGREE
    done = change_law(reviewed, LIMIT, why="规定", **WHEN)
    assert "已有 2 件结论以它为依据，请重新运行审查" in done.says
    again(reviewed)
    said = reviewed.casebook.review_of(lawful.id)
    assert said is not None
    [hint] = [each for each in said.verdicts if each.rule == "JX-M08"]
    assert "没有达到本地标准" in hint.message
    assert "某省规定" in [each.law for each in hint.basis]
    [one, _] = affected(reviewed, law_in_force(reviewed), LIMIT.target)
    assert one.law_edition == f"{shipped().edition}+本院修改1处"


def test_lawful_conclusions_rest_on_numbers_too(reviewed: Store) -> None:
    law = law_in_force(reviewed)
    names = {
        target: {(each.name, each.conclusion) for each in affected(reviewed, law, target) if each.case_id}
        for target in ("tolerance_days", "A/ordinary/A2@2017-01-01", "life_minimum", "R16-6.1", "spending_limit")
    }
    both = {(PROPOSAL["姓名"], "同意提请"), ("钱样二", "建议不予提请")}
    assert names["tolerance_days"] == names["A/ordinary/A2@2017-01-01"] == names["R16-6.1"] == both
    assert names["life_minimum"] == set()
    assert affected(reviewed, law, "2012") == []


def test_what_was_asked_in_vain_is_found_when_it_is_entered(reviewed: Store) -> None:
    assert len(affected(reviewed, law_in_force(reviewed), LIMIT.target)) == 2
    other = AddRow("local_commendations_D1", 5, date(2020, 1, 1), None, RULE, "")
    assert "还没有以它为依据" in change_law(reviewed, other, why="规定", **WHEN).says


def test_what_the_whole_batch_was_told_rests_on_numbers(reviewed: Store) -> None:
    found = affected(reviewed, law_in_force(reviewed), "batch_least")
    assert [(each.case_id, each.batch) for each in found if not each.case_id]


def test_the_shipped_years_agree_with_the_second_source() -> None:
    calendar = shipped().calendar
    assert {compare_year(calendar, year).says for year in calendar.off} == {"与第二来源一致"}
    last = max(calendar.off)
    assert "没有 2100 年" in compare_year(calendar, 2100).says
    assert second_source(2100) is None
    assert second_source(last) == (calendar.off[last], calendar.work[last])


def test_differences_of_a_year_are_told_in_words(store: Store) -> None:
    calendar = shipped().calendar
    day = date(2026, 3, 2)
    lost = min(calendar.work[2026])
    change = SetYear(2026, calendar.off[2026] | {day}, calendar.work[2026] - {lost})
    change_law(store, change, why="本地放假", **WHEN)
    compared = compare_year(law_in_force(store).calendar, 2026)
    assert compared.only_off_here == tuple(sorted({day, lost}))
    assert f"{day.month}月{day.day}日" in compared.says
    assert "这里放假，第二来源上班" in compared.says
