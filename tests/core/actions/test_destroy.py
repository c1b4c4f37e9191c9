"""Destruction as the user asks for it: confirmed by a word, a copy before, a certificate after, old copies named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from app.core.actions.destroy import KEPT, NO_PAPER, REMOVED, REMOVED_ACT, Result, Wish, before, destroy, finish
from app.core.actions.export import export_ledger
from app.core.actions.issue import issue
from app.core.actions.leaving import AS_IT_IS, CANCEL, Door, watched
from app.core.actions.masked import masked_copies
from app.core.actions.office_books import matters
from app.core.actions.safekeep import back_up
from app.core.actions.settings import write_office
from app.core.actions.statistics import figures
from app.core.actions.what_if import open_case
from app.core.documents.context import Office
from app.core.errors import Cancelled, FolderUnwritable, UserError
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store import keys
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.destruction import ACT, Destruction
from tests.core.actions.test_actions import DAY, NOW, WHO, order, take
from tests.core.actions.test_leaving import Asked, Window, number
from tests.core.documents.papers import text
from tests.core.stopping import Stopping
from tests.core.workbooks import proposals

WISH = Wish((1,), "所选的 1 张表", "案件已办结归档", "销毁", copies_too=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "数据.db", keys.random_key()) as each:
        write_office(each, Office(name="例县人民检察院"), now=NOW, who=WHO)
        take(each, proposals(tmp_path / "名册.xlsx", {}, {"姓名": "钱样二", "罪犯编号": "9000000002"}))
        yield each


def destroyed(store: Store, wish: Wish, path: Path, ticket: Ticket | None = None):
    return destroy(store, wish, path, now="2026-11-21T10:30:00", who=WHO, ticket=ticket or Ticket())


def full(*_: object, **__: object) -> None:
    raise FolderUnwritable("磁盘已满", do="请腾出空间")


def test_the_certificate_tells_what_when_who_and_the_copies(store: Store, tmp_path: Path) -> None:
    back_up(store, Why.ASKED, now=NOW, who=WHO, ticket=Ticket())
    done = destroyed(store, WISH, tmp_path / "销毁证明.docx")
    assert done.says == "已销毁 1 张表的 2 行原始数据；销毁证明：销毁证明.docx"
    told = text((tmp_path / "销毁证明.docx").read_bytes())
    for each in ("例县人民检察院", "名册.xlsx", "案件已办结归档", done.value.made.sha256, WHO, "二〇二六年", KEPT):
        assert each in told or each == "二〇二六年"
    assert "【待填】" not in told
    assert [became for _, became in done.value.copies] == [KEPT, KEPT]
    assert {each.why for each, _ in done.value.copies} == {Why.ASKED, Why.DELETING}


def test_copies_go_too_when_asked_and_a_clean_one_takes_their_place(store: Store, tmp_path: Path) -> None:
    back_up(store, Why.ASKED, now=NOW, who=WHO, ticket=Ticket())
    done = destroyed(store, replace(WISH, copies_too=True), tmp_path / "证明.docx")
    assert [became for _, became in done.value.copies] == [REMOVED, REMOVED]
    left = sorted(each.name for each in (tmp_path / "备份").glob("*.db"))
    assert left == ["数据_20261121_103000_手动.db"]
    assert [each.act for each in store.audit.entries()][-1] == "删除含原始数据的备份"


def test_without_the_word_or_a_reason_nothing_happens(store: Store, tmp_path: Path) -> None:
    for wish, says in ((replace(WISH, typed="是"), "没有输入"), (replace(WISH, why=" "), "理由")):
        with pytest.raises(UserError, match=says):
            destroyed(store, wish, tmp_path / "证明.docx")
    assert len(store.batches.all()) == 1
    assert not (tmp_path / "备份").exists()


def test_a_certificate_that_cannot_be_written_is_told_and_the_log_has_the_figures(store: Store, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    done = destroyed(store, WISH, tmp_path / "文件" / "证明.docx")
    assert "销毁证明没有写出" in done.says
    assert store.audit.last("销毁原始数据") is not None


def test_wherever_it_is_stopped_either_nothing_happened_or_all_of_it_is_told(tmp_path: Path) -> None:
    stopped, went = 0, 0
    for place in count(1):
        folder = tmp_path / str(place)
        folder.mkdir()
        ticket, path = Stopping(place), folder / "证明.docx"
        with Store(folder / "数据.db", keys.random_key()) as store:
            take(store, proposals(folder / "名册.xlsx", {}))
            try:
                done = destroyed(store, replace(WISH, copies_too=True), path, ticket)
            except Cancelled:
                stopped += 1
                assert (len(store.batches.all()), store.audit.last(ACT), path.exists()) == (1, None, False)
                assert next(store.batches.records()).cells
                continue
        went += 1
        assert done.says == "已销毁 1 张表的 1 行原始数据；销毁证明：证明.docx"
        assert [became for _, became in done.value.copies] == [REMOVED]
        if ticket.steps < place:
            break
    assert stopped > 3
    assert went > 2


@pytest.mark.parametrize("answer", [CANCEL, AS_IT_IS])
def test_whoever_will_not_have_the_certificate_is_told_that_the_rows_are_gone(tmp_path: Path, answer: str) -> None:
    with Store(tmp_path / "数据.db", keys.random_key()) as store:
        take(store, proposals(tmp_path / f"{number()}.xlsx", {}))
        path = tmp_path / "证明.docx"
        with watched(Door(Asked(Window(answer)), store, lambda: NOW, lambda: WHO, ())):
            done = destroyed(store, WISH, path)
        assert done.says.startswith("已销毁 1 张表的 1 行原始数据；")
        assert (NO_PAPER in done.says) is (answer == CANCEL) is not path.exists()
        assert done.value.paper == (path if answer == AS_IT_IS else None)


def test_a_file_that_cannot_be_cleaned_is_told_and_has_no_certificate(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Destruction, "clean", full)
        done = destroyed(store, replace(WISH, copies_too=True), tmp_path / "证明.docx")
    assert done.says == (
        f"已销毁 1 张表的 2 行原始数据；数据文件还没有清理干净，下次打开数据时接着清理：磁盘已满；{NO_PAPER}"
    )
    assert [became for _, became in done.value.copies] == [KEPT]
    assert not (tmp_path / "证明.docx").exists()
    assert finish(store) is not None


def test_copies_stay_when_none_can_take_their_place(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(store, Why.ASKED, now=NOW, who=WHO, ticket=Ticket())
    whole = store.back_up
    monkeypatch.setattr(store, "back_up", lambda why, **words: full() if why is Why.ASKED else whole(why, **words))
    done = destroyed(store, replace(WISH, copies_too=True), tmp_path / "证明.docx")
    assert "原有的备份没有删，因为新的备份没有做成：磁盘已满" in done.says
    assert [became for _, became in done.value.copies] == [KEPT, KEPT]
    assert all(each.path.exists() for each, _ in done.value.copies)
    assert KEPT in text((tmp_path / "证明.docx").read_bytes())


def test_copies_that_went_unnoted_are_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = store.audit.note
    monkeypatch.setattr(
        store.audit, "note", lambda act, what, **words: full() if act == REMOVED_ACT else note(act, what, **words)
    )
    done = destroyed(store, replace(WISH, copies_too=True), tmp_path / "证明.docx")
    assert "已删除 1 份备份，没有记入操作记录：磁盘已满" in done.says
    assert isinstance(done.value, Result)
    assert done.value.paper is not None


def test_all_before_a_day_are_found(store: Store) -> None:
    assert [each.id for each in before(store, date(2026, 11, 22))] == [1]
    assert before(store, date(2026, 11, 21)) == []


def test_what_was_cut_short_is_finished_at_the_next_start(store: Store) -> None:
    assert finish(store) is None
    store.destruction.destroy([1], now=NOW, who=WHO, ticket=Ticket())
    assert finish(store) is not None
    assert finish(store) is None


def test_the_rest_of_the_program_goes_on_without_the_rows(store: Store, tmp_path: Path) -> None:
    ids = store.views.case_ids("reduction")
    issue(store, ids, ("opinion",), order(tmp_path / "文书"), ticket=Ticket())
    destroyed(store, WISH, tmp_path / "证明.docx")
    made = issue(store, ids, ("opinion",), order(tmp_path / "再出"), ticket=Ticket())
    assert [each.what for each in made.value.problems] == [
        f"{each}的原始数据已经销毁，不能再生成文书" for each in ("赵样一", "钱样二")
    ]
    assert export_ledger(store, "reduction", tmp_path / "台账.xlsx", ticket=Ticket()).value.exists()
    assert len(matters(store, DAY, ticket=Ticket()).papers) == 2
    assert figures(store, DAY, "", ticket=Ticket())
    with pytest.raises(UserError):
        open_case(store, shipped(), ids[0], DAY, ticket=Ticket())
    copied = masked_copies(store, [1, 2], tmp_path / "副本", tmp_path / "对照", now=NOW, who=WHO, ticket=Ticket())
    assert len(copied.value.files) == 2
