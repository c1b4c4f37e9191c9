"""The table of rights: who may do what, and what is said to whoever may not."""

from __future__ import annotations

import pytest

from app.core.rights import ANYBODY, Account, Role, refusal, rights

MANAGER = Account("1", "测试管理甲", frozenset({Role.MANAGE}))
CHECKER = Account("2", "测试复核乙", frozenset({Role.CHECK}))
LOOKER = Account("3", "测试只读丙", frozenset({Role.LOOK}))
OFFICE = (MANAGER, CHECKER, LOOKER)
FOR_ALL = {"backup", "own"}  # copies are made whenever the window closes, and everybody has a passphrase


def test_who_only_looks_changes_nothing():
    assert {each for each in rights().deeds if rights().may(LOOKER, each)} == FOR_ALL


def test_every_deed_has_somebody_and_data_without_accounts_stops_nobody():
    assert all(rights().may(ANYBODY, each) for each in rights().deeds)
    assert all(each.name and each.roles for each in rights().deeds.values())
    assert rights().alone == {Role.LOOK}


@pytest.mark.parametrize(("account", "deed"), [(MANAGER, "accounts"), (CHECKER, "check"), (LOOKER, "backup")])
def test_whoever_may_is_not_refused(account, deed):
    assert refusal(account, deed, OFFICE) is None


def test_a_refusal_names_who_may_or_how_somebody_could():
    what, do = refusal(CHECKER, "law", OFFICE)
    assert what == "您的账户“测试复核乙”（复核人）不能修改法律参数"
    assert do == "请由测试管理甲（管理员）登录后办理"
    _, do = refusal(CHECKER, "decide", OFFICE)
    assert "设办案人的账户" in do


def test_several_roles_add_up():
    both = Account("4", "测试丁", frozenset({Role.MANAGE, Role.CHECK}))
    assert rights().may(both, "check")
    assert rights().may(both, "law")
    assert not rights().may(both, "decide")
    assert both.titles() == "复核人、管理员"
