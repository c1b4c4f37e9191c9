"""The life of a document: entries in their order, the findings that follow, taking back, and voiding."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.core.actions.paper_life import enter, take_back, void
from app.core.documents.kinds import kinds
from app.core.errors import UserError
from app.core.findings import Level, State
from app.core.life import By, Stage, life
from app.core.store.database import Store
from app.core.store.life_rows import StepKind
from app.core.store.paper_lives import may_be_entered
from app.core.store.rows import Paper, Series
from tests.core.store.samples import DAY, LATER, NOW, WHO, put, review, stored_cases, verdict

NOTICES = Series("notice", 2026, "执检")
TOLD = {"receiver": "收发室", "way": "直接送达", "adopted": "采纳", "level": "检察长", "name": "审批人甲"}
ROADS = {
    Stage.UNSERVED: (),
    Stage.SERVED: ("送达",),
    Stage.REPLIED: ("送达", "回复"),
    Stage.RECTIFIED: ("送达", "回复", "整改"),
    Stage.UNRECTIFIED: ("送达", "未整改"),
    Stage.LOOKED_BACK: ("送达", "整改", "回头看"),
    Stage.CLOSED: ("送达", "整改", "办结"),
}
OUTGOING = [each.id for each in kinds() if each.outgoing]


def notice(store: Store, case: int, *keys: str) -> Paper:
    """A notice that was made on some findings, which are 已制发 by it."""
    found = store.papers.reserve_for(
        case, "notice", NOTICES, lambda n: f"例检纠违〔2026〕{n}号", template="通知书.docx", finding_keys=keys,
        now=NOW, who=WHO,
    )  # fmt: skip
    store.papers.mark_issued(found.id, file="通知书.docx", sha256="cc", now=NOW, who=WHO)
    store.lives.issued(keys, found.id, found.number, now=NOW, who=WHO)
    return store.papers.paper(found.id)


def one_case(store: Store) -> tuple[int, list[str]]:
    """A case with two unlawful findings; its id and their keys."""
    (case,) = stored_cases(store, 1)
    put(
        store,
        (case, review(1, verdict("JX-T03", Level.UNLAWFUL, "间隔不足"), verdict("JX-M01", Level.UNLAWFUL, "超幅度"))),
    )
    return case, [each.key for each in store.casebook.findings()]


def go(store: Store, paper: Paper, name: str, day: date = DAY) -> int:
    return int(enter(store, [paper.id], name, day, said="情况属实", told=TOLD, now=LATER, who=WHO).value)


def states(store: Store) -> list[State]:
    return [each.state for each in store.casebook.findings()]


@pytest.mark.parametrize(("stage", "name"), list(product(Stage, life().events)))
def test_only_what_the_table_allows_is_entered(store: Store, stage: Stage, name: str) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    for each in ROADS[stage]:
        go(store, paper, each)
    known = store.paper_lives.life(paper.id)
    assert known.stage is stage
    event, lines = life().events[name], len(store.audit.entries())
    if stage in event.before and not event.after:
        assert event in may_be_entered(paper, known)
        go(store, paper, name)
        assert store.paper_lives.life(paper.id).stage is (event.to or stage)
        assert len(store.audit.entries()) == lines + 1
        assert store.audit.entries()[-1].act == f"登记{name}"
    else:
        assert event not in may_be_entered(paper, known)
        with pytest.raises(UserError, match="不能登记"):
            go(store, paper, name)
        assert len(store.audit.entries()) == lines


def test_every_road_of_the_findings_is_open_to_the_document(store: Store) -> None:
    for each in life().events.values():
        if each.finding is not None:
            assert life().move(State.ISSUED, each.finding, By.PAPER) or each.finding is State.LOOKED_BACK


def test_a_reply_moves_all_findings_with_one_line_in_the_log_and_goes_back_with_one(store: Store) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    go(store, paper, "送达")
    assert states(store) == [State.ISSUED] * 2
    lines = len(store.audit.entries())
    assert go(store, paper, "回复") == 2
    assert states(store) == [State.REPLIED] * 2
    assert store.casebook.findings()[0].why == "例检纠违〔2026〕1号回复（2026-11-21）：情况属实"
    entry = store.audit.entries()[lines]
    assert len(store.audit.entries()) == lines + 1
    assert (entry.what["number"], entry.what["findings"], entry.what["adopted"]) == (paper.number, 2, "采纳")
    done = take_back(store, paper.id, now=LATER, who=WHO)
    assert states(store) == [State.ISSUED] * 2
    assert done.says == "已撤销登记的“回复”（2026-11-21）"
    assert len(store.audit.entries()) == lines + 2
    assert [each.undone for each in store.paper_lives.life(paper.id).steps] == [False, True]
    assert [each.kind for each in store.lives.told(keys[0]).history] == [StepKind.PAPER, StepKind.ANSWER, StepKind.UNDO]


def test_what_somebody_said_of_a_finding_since_stays(store: Store) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    go(store, paper, "回复")
    store.lives.move(keys[0], State.RECTIFIED, who=WHO, now=LATER, why="已实地查看")
    done = take_back(store, paper.id, now=LATER, who=WHO)
    assert sorted(states(store)) == sorted([State.RECTIFIED, State.ISSUED])
    assert "其中 1 条线索此后另有处理，保持不变" in done.says


def test_findings_under_another_key_follow_and_go_back_too(store: Store) -> None:
    first, second = stored_cases(store, 2)
    short = verdict("JX-T03", Level.UNLAWFUL, "间隔不足")
    put(store, (first, review(1, short)), (second, review(2, short)))
    old, new = (each.key for each in store.casebook.findings())
    paper = notice(store, first, old)
    go(store, paper, "回复")
    store.endings.carry(old, new, now=LATER, who=WHO)
    assert states(store) == [State.REPLIED] * 2
    take_back(store, paper.id, now=LATER, who=WHO)
    assert states(store) == [State.ISSUED] * 2
    void(store, paper.id, "发错单位", now=LATER, who=WHO)
    assert states(store) == [State.OPEN] * 2


@pytest.mark.parametrize(
    ("name", "lacks", "match"),
    [
        ("送达", "receiver", "签收人"),
        ("送达", "way", "送达方式"),
        ("回复", "adopted", "是否采纳"),
        ("审批", "level", "哪一级"),
        ("审批", "name", "审批人"),
    ],
)
def test_what_must_be_told_must_be_told(store: Store, name: str, lacks: str, match: str) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    for wrong in ("", " ", *(["别的"] if lacks in life().lists else [])):
        with pytest.raises(UserError, match=match):
            enter(store, [paper.id], name, DAY, said="x", told=TOLD | {lacks: wrong}, now=LATER, who=WHO)
    with pytest.raises(UserError, match="写明情况"):
        enter(store, [paper.id], "整改", DAY, said="  ", told=TOLD, now=LATER, who=WHO)


@pytest.mark.parametrize(
    ("day", "match"),
    [("2026-11-23", "还没有到"), ("2026-11-20", "早于文书日期")],
)
def test_a_day_that_cannot_be_is_refused(store: Store, day: str, match: str) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    with pytest.raises(UserError, match=match):
        go(store, paper, "送达", date.fromisoformat(day))


def test_a_reply_does_not_come_before_the_service(store: Store) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    go(store, paper, "送达", date(2026, 11, 22))
    with pytest.raises(UserError, match="早于送达的日期"):
        go(store, paper, "回复", date(2026, 11, 21))


def test_a_second_request_to_look_again_can_be_answered_a_second_time(store: Store) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    for each in ("送达", "申请复查", "答复复查"):
        go(store, paper, each)
    with pytest.raises(UserError, match="没有待答复"):
        go(store, paper, "答复复查")
    go(store, paper, "申请复查")
    go(store, paper, "答复复查")
    assert store.paper_lives.life(paper.id).stage is Stage.SERVED


def test_many_documents_are_entered_all_or_none(store: Store) -> None:
    case, keys = one_case(store)
    papers = [notice(store, case, key) for key in keys]
    go(store, papers[1], "送达")
    with pytest.raises(UserError, match=papers[1].number):
        enter(store, [each.id for each in papers], "送达", DAY, told=TOLD, now=LATER, who=WHO)
    assert store.paper_lives.life(papers[0].id).stage is Stage.UNSERVED
    done = enter(store, [each.id for each in papers], "回复", DAY, said="已整改", told=TOLD, now=LATER, who=WHO)
    assert done.says == "2 份文书已登记回复，2 条线索随之变更"


def test_a_void_document_gives_its_findings_back_and_its_number_never(store: Store) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    with pytest.raises(UserError, match="理由"):
        void(store, paper.id, " ", now=LATER, who=WHO)
    go(store, paper, "送达")
    done = void(store, paper.id, "受文单位有误", now=LATER, who=WHO)
    assert done.says == "《纠正违法通知书 例检纠违〔2026〕1号》已作废，文号例检纠违〔2026〕1号不再使用"
    assert states(store) == [State.OPEN] * 2
    assert store.papers.paper(paper.id).void_why == "受文单位有误"
    with pytest.raises(UserError, match="已经作废"):
        go(store, paper, "回复")
    assert notice(store, case, *keys).number == "例检纠违〔2026〕2号"


def test_an_answered_document_is_not_declared_void_before_the_answer_is_taken_back(store: Store) -> None:
    case, keys = one_case(store)
    paper = notice(store, case, *keys)
    go(store, paper, "回复")
    with pytest.raises(UserError, match="先逐步撤销"):
        void(store, paper.id, "有误", now=LATER, who=WHO)
    take_back(store, paper.id, now=LATER, who=WHO)
    void(store, paper.id, "有误", now=LATER, who=WHO)
    assert states(store) == [State.OPEN] * 2


def test_entries_can_neither_be_changed_nor_deleted(store: Store) -> None:
    case, keys = one_case(store)
    go(store, notice(store, case, *keys), "送达")
    for sql in ("DELETE FROM paper_events", "UPDATE paper_events SET who = '别人'"):
        with pytest.raises(Exception, match="stays on record"):
            store._link.change(sql)
