"""What falls due: read off the lists, the documents and the findings, with the day it is asked for given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.due_aside import bring_back, put_aside, split
from app.core.actions.due_line import DueLine, save_dues, says
from app.core.actions.dues import dues
from app.core.actions.issue import issue
from app.core.actions.paper_life import enter, take_back, void
from app.core.actions.paper_list import paper_lines
from app.core.actions.receive import look, receive
from app.core.errors import UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.limits import limits
from app.core.life import life
from app.core.sentence.dues import Urgency
from app.core.store.database import Store
from tests.core.actions.test_actions import order, take
from tests.core.actions.test_actions import store as _store
from tests.core.actions.test_issue_people import make
from tests.core.actions.test_issue_people import take as take_people
from tests.core.actions.test_people_desks import NOW, WHO
from tests.core.workbooks import proposals, write_book

store = _store
NOTICE_DAY = date(2026, 6, 30)
LATER = "2026-12-31T10:00:00"
TOLD = {"receiver": "收发室", "way": "直接送达", "adopted": "采纳"}


def due_on(store: Store, day: str) -> list[DueLine]:
    return dues(store, date.fromisoformat(day), ticket=Ticket())


def told(lines: list[DueLine]) -> list[tuple[str, str, int, str]]:
    return [(each.what, each.last.isoformat(), each.left, str(each.urgency)) for each in lines]


def go(store: Store, paper: int, name: str, day: str, **more: str) -> None:
    given: Mapping[str, str] = TOLD | more
    enter(store, [paper], name, date.fromisoformat(day), said="已写明", told=given, now=LATER, who=WHO)


@pytest.fixture
def notice(store: Store, tmp_path: Path) -> int:
    """A notice of 30 June 2026 to an office, on one person; its id."""
    ids = take_people(store, tmp_path / "名册.xlsx", {})
    make(store, ids, ("notice",), tmp_path / "文书")
    return next(each.id for each in store.papers.all() if each.kind == "notice")


def test_a_notice_waits_for_its_answer_from_the_day_of_receipt(store: Store, notice: int) -> None:
    assert due_on(store, "2026-07-01") == []  # not served yet: nothing runs
    go(store, notice, "送达", "2026-07-01")
    [line] = due_on(store, "2026-07-14")
    assert told([line]) == [("回复纠正违法通知书", "2026-07-16", 2, "三日内到期")]
    assert (line.ours, line.who, line.begins, line.length) == (False, "样本县第一司法所", "签收 2026-07-01", "15 日")
    assert line.about == "《纠正违法通知书》样本检刑执纠违〔2026〕1号"
    assert line.basis.startswith("监外执行检察办法")
    assert "依据待核" in line.note
    assert told(due_on(store, "2026-07-20"))[0][2:] == (-4, Urgency.OVERDUE)
    go(store, notice, "督促", "2026-07-18")
    assert "2026-07-18已督促" in due_on(store, "2026-07-20")[0].note
    go(store, notice, "回复", "2026-07-20")
    assert due_on(store, "2026-07-20") == []
    take_back(store, notice, now=LATER, who=WHO)
    assert len(due_on(store, "2026-07-20")) == 1
    void(store, notice, "受文单位有误", now=LATER, who=WHO)
    assert due_on(store, "2026-07-20") == []


def test_after_it_was_put_right_half_a_year_later_one_looks_back(store: Store, notice: int) -> None:
    go(store, notice, "整改", "2026-08-31")
    [line] = due_on(store, "2026-12-31")
    assert told([line]) == [("回头看", "2027-02-28", 59, "未到期")]
    assert (line.ours, line.basis, line.paper_id) == (True, "本院工作安排", notice)
    go(store, notice, "回头看", "2026-12-30")
    assert due_on(store, "2027-06-30") == []


def test_a_request_to_look_again_is_answered_within_a_week(store: Store, notice: int) -> None:
    go(store, notice, "送达", "2026-07-01")
    go(store, notice, "申请复查", "2026-07-06")
    assert [each[:2] for each in told(due_on(store, "2026-07-07"))] == [
        ("复查并答复", "2026-07-13"),
        ("回复纠正违法通知书", "2026-07-16"),
    ]
    go(store, notice, "答复复查", "2026-07-10")
    assert [each.what for each in due_on(store, "2026-07-11")] == ["回复纠正违法通知书"]


def test_a_document_grants_the_time_that_is_printed_on_it(store: Store, notice: int) -> None:
    [line] = paper_lines(store, ticket=Ticket())
    assert (line.granted, line.to, line.person) == ({"days": 15}, "样本县第一司法所", "测试甲")
    assert line.day == NOTICE_DAY


def test_what_was_corrected_orally_is_looked_at_after_a_week(store: Store, tmp_path: Path) -> None:
    ids = take_people(store, tmp_path / "名册.xlsx", {})
    chosen = {each.key for each in store.casebook.findings(ids[0])}
    make(store, ids, ("oral",), tmp_path / "文书", chosen)
    assert told(due_on(store, "2026-07-01")) == [("口头纠正后查看是否改正", "2026-07-07", 6, "未到期")]


def test_what_is_watched_falls_due_on_its_day(store: Store, tmp_path: Path) -> None:
    [case] = take_people(store, tmp_path / "名册.xlsx", {})
    finding = store.casebook.findings(case)[0]
    decide(store, finding.key, State.WATCHED, who=WHO, why="等待新判决", now=NOW, until=date(2026, 9, 1))
    [line] = due_on(store, "2026-08-30")
    assert told([line]) == [("持续关注到期", "2026-09-01", 2, "三日内到期")]
    assert (line.who, line.note, line.key) == ("测试甲", "等待新判决", finding.key)


def test_what_somebody_found_put_right_without_a_word_on_the_document_is_looked_back_at(
    store: Store, notice: int
) -> None:
    key = store.papers.paper(notice).finding_keys[0]
    decide(store, key, State.RECTIFIED, who=WHO, why="已实地查看", now="2026-07-31T09:00:00")
    assert told(due_on(store, "2026-08-01"))[0][:2] == ("回头看", "2027-01-31")
    go(store, notice, "整改", "2026-08-03")
    assert told(due_on(store, "2026-08-04"))[0][:2] == ("回头看", "2027-02-03")


def test_our_opinion_is_due_ten_days_after_the_proposal_came_unless_it_was_given(store: Store, tmp_path: Path) -> None:
    came = {"检察院收到日期": "2026-03-02", "检察意见": "", "裁定日期": ""}
    rows = (
        came,
        {**came, "罪犯编号": "900000102", "姓名": "测试二", "检察意见": "同意"},
        {**came, "罪犯编号": "900000103", "姓名": "测试三", "裁定日期": "2026-03-20"},
        {**came, "罪犯编号": "900000104", "姓名": "测试四", "检察院收到日期": "待定"},
    )
    ids = take(store, proposals(tmp_path / "a.xlsx", *rows))
    [line] = due_on(store, "2026-03-10")
    assert told([line]) == [("提出减刑、假释检察意见", "2026-03-12", 2, "三日内到期")]
    assert (line.ours, line.case_id, line.desk) == (True, ids[0], "reduction")
    assert "可以延长至 2026-03-23" in line.note
    issue(store, ids[:1], ("opinion",), order(tmp_path / "文书"), ticket=Ticket())
    assert due_on(store, "2026-03-10") == []


def test_the_register_of_mail_begins_our_limits_too(store: Store, tmp_path: Path) -> None:
    row = {"收文日期": "2026-03-02", "来文单位": "样本市监狱管理局", "文书名称": "暂予监外执行决定书", "姓名": "测试甲"}
    other = {**row, "文书名称": "起诉书", "姓名": "测试乙"}
    plans, _ = look([write_book(tmp_path / "收文.xlsx", ("检察院收文登记", [row, other]))], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    [line] = due_on(store, "2026-03-10")
    assert told([line])[0][:2] == ("对不当暂予监外执行决定提出纠正意见", "2026-04-02")
    assert line.who == "测试甲"
    assert "第2行" in line.note


def test_the_list_is_one_sheet_and_one_sentence(store: Store, notice: int, tmp_path: Path) -> None:
    go(store, notice, "送达", "2026-07-01")
    lines = due_on(store, "2026-07-20")
    assert says(lines) == "待办 1 项：已逾期 1 项，3 日内到期 0 项"
    assert says([]) == "没有待办的期限"
    assert lines[0].texts[:2] == ("已逾期", "逾期 4 日")
    save_dues(lines, tmp_path / "待办期限.xlsx")
    assert (tmp_path / "待办期限.xlsx").exists()


def test_every_limit_is_found_somewhere_and_its_words_are_known() -> None:
    events = {*life().events, "制发"}
    for each in limits().values():
        assert bool(each.table) != bool(each.event), each.id
        assert not each.event or each.event in events
        assert set(each.ends) <= events


def test_what_was_done_outside_the_program_is_put_aside_and_brought_back(store: Store, tmp_path: Path) -> None:
    people = [{"罪犯编号": f"90000010{n}", "姓名": f"测试{n}", "检察院收到日期": "2026-03-02"} for n in (1, 2)]
    take(store, proposals(tmp_path / "a.xlsx", *people))
    lines = due_on(store, "2026-03-20")
    assert len(lines) == 2
    with pytest.raises(UserError, match="怎样办的"):
        put_aside(store, lines, " ", now=NOW, who=WHO)
    put_aside(store, lines[:1], "已于3月10日书面回复", now=NOW, who=WHO)
    standing, aside = split(store, due_on(store, "2026-03-21"))
    assert ([each.who for each in standing], [each.who for each in aside]) == ([lines[1].who], [lines[0].who])
    assert aside[0].texts[0] == "已办"
    assert aside[0].texts[-1] == "已于3月10日书面回复（测试员 2026-06-30）"
    assert store.audit.entries()[-1].act == "期限记为已办"
    bring_back(store, aside, now=NOW, who=WHO)
    assert len(split(store, due_on(store, "2026-03-21"))[0]) == 2


def test_what_a_document_brings_about_cannot_be_put_aside(store: Store, notice: int) -> None:
    go(store, notice, "送达", "2026-07-01")
    with pytest.raises(UserError, match="随文书"):
        put_aside(store, due_on(store, "2026-07-20"), "已办", now=NOW, who=WHO)
