"""A store that suddenly takes nothing more: each step says so in words, changes nothing, and goes through later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.accounts import add_account, change_own, give_roles, new_passphrase, new_recovery, remove_account
from app.core.actions.bulk import decide_many, undo_many
from app.core.actions.decide import check_by_name, choose_levels, decide, undo
from app.core.actions.destroy import WORD, Wish, destroy
from app.core.actions.exchange_out import send
from app.core.actions.issue import issue
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.settings import write_office
from app.core.actions.withdraw import withdraw
from app.core.documents.context import Office
from app.core.errors import FolderUnwritable
from app.core.findings import Level, State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.rights import Role
from app.core.store import keys
from app.core.store.backup import Why
from app.core.store.database import Store
from tests.core.actions.test_actions import EARLY, NOW, WHO, order, take
from tests.core.workbooks import proposals
from tests.tools.flip_bits import content
from tests.tools.kill_base import quick_stretching

MINE, OTHER, THIRD = "例县口令第一把钥匙", "例县口令第二把钥匙", "例县口令第三把钥匙"
SAID = {"now": NOW, "who": WHO}
READ_ONLY, FULL = "只能读", "磁盘已满"


def first(store: Store) -> str:
    """The key of a finding nobody has decided on."""
    return next(each.key for each in store.casebook.findings() if each.state is State.OPEN)


def decided(store: Store) -> str:
    """The key of the finding that was found to be so."""
    return next(each.key for each in store.casebook.findings() if each.state is State.CONFIRMED)


def imported(store: Store, folder: Path) -> object:
    plans, _ = look([proposals(folder / "另一份.xlsx", {"姓名": "孙样四", "罪犯编号": "9000000044"})], ticket=Ticket())
    return receive(store, plans, **SAID, ticket=Ticket())


def destroyed(store: Store, folder: Path) -> object:
    return destroy(store, Wish((1,), "一张表", "试验", WORD, False), folder / "证明.docx", **SAID, ticket=Ticket())


def sent(store: Store, folder: Path) -> object:
    ids = store.views.case_ids("reduction")
    return send(store, ids, folder / "移送", "电话里约定的口令", words=True, papers=True, **SAID, ticket=Ticket())


STEPS: dict[str, Callable[[Store, Path], object]] = {
    "settings": lambda store, _: write_office(store, Office(name="样市人民检察院"), **SAID),
    "levels": lambda store, _: choose_levels(store, {Level.UNLAWFUL}, **SAID),
    "decide": lambda store, _: decide(store, first(store), State.CHECKING, why="", **SAID),
    "exclude": lambda store, _: decide(store, first(store), State.EXCLUDED, why="另案处理", **SAID),
    "undo": lambda store, _: undo(store, decided(store), **SAID),
    "many": lambda store, _: decide_many(
        store, store.casebook.findings(), State.CHECKING, why="", **SAID, ticket=Ticket()
    ),
    "undo many": lambda store, _: undo_many(store, [decided(store)], **SAID, ticket=Ticket()),
    "import": imported,
    "review": lambda store, _: review(store, shipped(), "reduction", date(2026, 12, 1), **SAID, ticket=Ticket()),
    "issue": lambda store, folder: issue(
        store, store.views.case_ids("reduction"), ("opinion",), order(folder / "文书"), ticket=Ticket()
    ),
    "withdraw": lambda store, _: withdraw(store, 1, **SAID),
    "backup": lambda store, _: store.audit.note("备份", {"原因": Why.ASKED}, at=NOW, who=WHO),
    "destroy": destroyed,
    "send": sent,
    "add": lambda store, _: add_account(store, "测试丙", {Role.LOOK}, THIRD, **SAID),
    "roles": lambda store, _: give_roles(store, store.people[1], {Role.LOOK}, **SAID),
    "passphrase": lambda store, _: new_passphrase(store, store.people[1], THIRD, **SAID),
    "own": lambda store, _: change_own(store, MINE, THIRD, now=NOW),
    "recovery": lambda store, _: new_recovery(store, **SAID),
    "remove": lambda store, _: remove_account(store, store.people[1], **SAID),
}


@pytest.fixture
def store(tmp_path: Path):
    """A store with an account to take away, cases, and a finding that was found to be so."""
    with quick_stretching(), Store.create(tmp_path / "数据.db", MINE, WHO) as each:
        write_office(each, Office(name="例县人民检察院", short="例县", department="执检"), **SAID)
        take(each, proposals(tmp_path / "名册.xlsx", {}, EARLY))
        add_account(each, "测试乙", {Role.CHECK}, OTHER, **SAID)
        decide(each, first(each), State.CONFIRMED, why="", **SAID)
        yield each


def hindered(store: Store, how: str, *, on: bool) -> None:
    """Let the database take nothing more, or take everything again."""
    if how == READ_ONLY:
        store._link._conn.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")
        return
    run = store._link._run

    def full(sql: str) -> None:
        if sql == "COMMIT":
            raise FolderUnwritable("磁盘已满，这一步没有保存", do="请腾出空间后重做这一步，此前的数据完好")
        run(sql)

    if on:
        store._link._run = full
    else:
        del store._link._run


@pytest.mark.parametrize("how", [READ_ONLY, FULL])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_the_store_cannot_take_is_told_and_has_changed_nothing(
    store: Store, tmp_path: Path, step: str, how: str
) -> None:
    before, people = content(store), store.people
    keys = [each.read_bytes() for each in tmp_path.glob("数据.db.key*")]
    hindered(store, how, on=True)
    with pytest.raises(FolderUnwritable, match=how) as told:
        STEPS[step](store, tmp_path)
    assert "请" in told.value.do
    hindered(store, how, on=False)
    assert content(store) == before
    assert store.people == people
    assert [each.read_bytes() for each in tmp_path.glob("数据.db.key*")] == keys
    assert not (tmp_path / "文书").exists()
    assert not list(tmp_path.glob("*.jhwj"))
    STEPS[step](store, tmp_path)
    assert content(store) != before
    assert store.problems() == ()


def test_a_second_persons_word_the_store_cannot_take_is_told(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", keys.random_key()) as store:
        choose_levels(store, set(Level), **SAID)
        take(store, proposals(tmp_path / "名册.xlsx", {}, EARLY))
        key = first(store)
        decide(store, key, State.CONFIRMED, why="", **SAID)
        before = content(store)
        hindered(store, READ_ONLY, on=True)
        with pytest.raises(FolderUnwritable, match=READ_ONLY):
            check_by_name(store, key, agrees=True, why="", name="测试丁", now=NOW)
        hindered(store, READ_ONLY, on=False)
        assert content(store) == before
        check_by_name(store, key, agrees=True, why="", name="测试丁", now=NOW)
        assert not store.lives.needs_check(key)
