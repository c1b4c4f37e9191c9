"""People come and go by actions that ask for the right; a second person vouches from an account of their own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.core.actions import accounts
from app.core.actions.checks_due import checks_due
from app.core.actions.decide import check, check_beside, check_by_name
from app.core.actions.rights import NotAllowed, check_way
from app.core.actions.sign_in import recover, unlock
from app.core.errors import UserError, WrongPassphrase
from app.core.findings import Level, State
from app.core.rights import FIRST_ROLES, CheckWay, Role
from app.core.store.database import Store
from app.core.store.keyring import Taken
from app.core.store.tries import FREE, TooSoon, Tries
from tests.core.store.samples import NOW, put, review, stored_cases, verdict
from tests.tools.kill_base import quick_stretching

MINE, OTHER, THIRD = "例县口令第一把钥匙", "例县口令第二把钥匙", "例县口令第三把钥匙"
MOMENT = datetime.fromisoformat(NOW)
CHECKER = frozenset({Role.CHECK})


@pytest.fixture
def store(tmp_path: Path):
    """A store of one account that manages and works."""
    with quick_stretching(), Store.create(tmp_path / "数据.db", MINE, "测试甲") as opened:
        yield opened


def with_checker(store: Store):
    return accounts.add_account(store, "测试乙", CHECKER, OTHER, now=NOW, who="测试甲").value


def test_who_does_not_manage_neither_adds_nor_removes(store):
    checker = with_checker(store)
    store.locks.sign_in(checker)
    for deed in (
        lambda: accounts.add_account(store, "测试丙", CHECKER, THIRD, now=NOW, who="测试乙"),
        lambda: accounts.remove_account(store, store.people[0], now=NOW, who="测试乙"),
        lambda: accounts.new_passphrase(store, store.people[0], THIRD, now=NOW, who="测试乙"),
        lambda: accounts.new_recovery(store, now=NOW, who="测试乙"),
    ):
        with pytest.raises(NotAllowed) as refused:
            deed()
        assert "测试甲（办案人、管理员）" in refused.value.do
    accounts.change_own(store, OTHER, THIRD, now=NOW)
    assert store.locks.whose(THIRD) == checker
    assert store.locks.whose(MINE).name == "测试甲"


def test_trying_passphrases_on_others_costs_as_much_as_at_the_door(store):
    with_checker(store)
    for _ in range(FREE):
        with pytest.raises(Taken):
            accounts.change_own(store, MINE, OTHER, now=NOW)
    with pytest.raises(TooSoon):
        accounts.change_own(store, MINE, THIRD, now=NOW)
    assert Tries(store.path).wrong == FREE


def test_a_manager_sets_a_new_one_for_another(store):
    checker = with_checker(store)
    accounts.new_passphrase(store, checker, THIRD, now=NOW, who="测试甲")
    with pytest.raises(WrongPassphrase):
        store.locks.whose(OTHER)
    assert unlock(store, THIRD, now=MOMENT) == checker


def test_the_recovery_key_lets_in_as_a_manager_with_a_new_passphrase(store):
    with_checker(store)
    text, path = accounts.new_recovery(store, now=NOW, who="测试甲"), store.path
    store.close()
    with recover(path, text, THIRD, now=MOMENT) as opened:
        assert Role.MANAGE in opened.account.roles
    with Store.open(path, OTHER) as opened:
        assert opened.account.name == "测试乙"
    with pytest.raises(WrongPassphrase):
        Store.open(path, MINE)


def test_the_second_person_is_another_account_that_may_check(store):
    checker = with_checker(store)
    looker = accounts.add_account(store, "测试丙", {Role.LOOK}, THIRD, now=NOW, who="测试甲").value
    assert accounts.second_person(store, OTHER, now=NOW) == checker
    with pytest.raises(NotAllowed, match="自己的账户"):
        accounts.second_person(store, MINE, now=NOW)
    with pytest.raises(NotAllowed, match=looker.name):
        accounts.second_person(store, THIRD, now=NOW)
    with pytest.raises(WrongPassphrase):
        accounts.second_person(store, "谁也不是的口令", now=NOW)


def test_the_way_to_check_follows_from_who_is_there(store):
    assert check_way(store, "测试甲") is CheckWay.BY_NAME
    checker = with_checker(store)
    assert check_way(store, "测试甲") is CheckWay.BESIDE
    store.locks.sign_in(checker)
    assert check_way(store, "测试甲") is CheckWay.SIGNED_IN
    assert check_way(store, "测试乙") is CheckWay.BESIDE


def test_with_several_accounts_a_typed_name_is_not_enough(store):
    with_checker(store)
    with pytest.raises(UserError, match="不能只登记姓名"):
        check_by_name(store, "x", agrees=True, why="", name="测试乙", now=NOW)


@pytest.fixture
def key(store):
    """A finding that the first account confirmed and that waits for a second person."""
    (case,) = stored_cases(store, 1)
    put(store, (case, review(1, verdict("JX-T03", Level.UNLAWFUL, "间隔不足一年"))))
    store.lives.set_levels([Level.UNLAWFUL], now=NOW, who="测试甲")
    found = store.casebook.findings()[0].key
    store.lives.move(found, State.CONFIRMED, who="测试甲", now=NOW, why="已核对")
    return found


def test_a_name_alone_is_recorded_as_no_more_than_that(store, key):
    check_by_name(store, key, agrees=True, why="", name="测试乙", now=NOW)
    assert store.casebook.findings()[0].checked_by == "测试乙（未以第二账户核对）"
    last = store.audit.last()
    assert (last.who, last.what["登录账户"]) == ("测试乙（未以第二账户核对）", "测试甲")


def test_a_second_person_vouches_beside_the_first(store, key):
    with_checker(store)
    with pytest.raises(NotAllowed):
        check_beside(store, key, agrees=True, why="", passphrase=MINE, now=NOW)
    check_beside(store, key, agrees=True, why="", passphrase=OTHER, now=NOW)
    assert store.casebook.findings()[0].checked_by == "测试乙"


def test_or_finds_it_waiting_after_signing_in(store, key):
    checker = with_checker(store)
    accounts.give_roles(store, store.people[0], {*FIRST_ROLES, Role.CHECK}, now=NOW, who="测试甲")
    assert [each.mine for each in checks_due(store)] == [False]
    with pytest.raises(UserError, match="不能就是核查人"):
        check(store, key, agrees=True, why="", who="别的姓名", now=NOW)
    store.locks.sign_in(checker)
    (waiting,) = checks_due(store)
    assert waiting.mine
    assert waiting.texts[4] == "测试甲"
    check(store, key, agrees=True, why="", who="别的姓名", now=NOW)
    assert store.casebook.findings()[0].checked_by == "测试乙"
    assert checks_due(store) == ()
