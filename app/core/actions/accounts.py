"""The people who may open the store: added, taken away, given roles and passphrases; each change stands in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.core.actions.done import Done
from app.core.actions.rights import NotAllowed, needs
from app.core.actions.sign_in import counted
from app.core.rights import Account, Role, refusal
from app.core.store.database import Store

CHANGED = frozenset({"settings"})


@needs("accounts")
def add_account(store: Store, name: str, roles: Collection[Role], passphrase: str, *, now: str, who: str) -> Done:
    """Let somebody in: an account with a passphrase of its own. UserError when name, roles or passphrase will not do.

    A passphrase that is somebody else's is refused, and counts as a wrong one.
    """
    locks = store.locks
    made = counted(store.path, _moment(now), lambda: locks.add(name, roles, passphrase, now=now, who=who))
    return Done(f"已增加账户“{made.name}”（{made.titles()}）", CHANGED, made)


@needs("accounts")
def give_roles(store: Store, account: Account, roles: Collection[Role], *, now: str, who: str) -> Done:
    """Let an account have other roles; UserError when nobody would be left to manage accounts."""
    store.locks.give(account.number, roles, now=now, who=who)
    changed = next(each for each in store.people if each.number == account.number)
    return Done(f"账户“{changed.name}”现在是{changed.titles()}", CHANGED, changed)


@needs("accounts")
def new_passphrase(store: Store, account: Account, passphrase: str, *, now: str, who: str) -> Done:
    """Set a new passphrase for somebody who lost theirs; the old one opens nothing any more."""
    locks = store.locks
    counted(store.path, _moment(now), lambda: locks.set(account.number, passphrase, now=now, who=who))
    return Done(f"已为“{account.name}”重设口令，请告知本人，登录后自行修改", CHANGED)


@needs("accounts")
def remove_account(store: Store, account: Account, *, now: str, who: str) -> Done:
    """Take an account away; what it did keeps its name. UserError for one's own and for the last manager's."""
    store.locks.remove(account.number, now=now, who=who)
    return Done(f"已移除账户“{account.name}”，其口令不能再打开数据；办理过的事项仍记其姓名", CHANGED)


@needs("accounts")
def new_recovery(store: Store, *, now: str, who: str) -> str:
    """Make the recovery key that is printed and shown once; one printed before opens nothing any more."""
    return store.locks.new_recovery(now=now, who=who)


@needs("own")
def change_own(store: Store, old: str, new: str, *, now: str) -> Done:
    """Change one's own passphrase; TooSoon, WrongPassphrase, or UserError when the new one will not do."""
    counted(store.path, _moment(now), lambda: store.locks.change(old, new, now=now))
    return Done("口令已修改", CHANGED)


def second_person(store: Store, passphrase: str, *, now: str) -> Account:
    """Who vouches beside whoever signed in, by a passphrase of their own.

    TooSoon or WrongPassphrase; NotAllowed when it is the same account, or one that may not check.
    """
    second = counted(store.path, _moment(now), lambda: store.locks.whose(passphrase))
    if second == store.account:
        raise NotAllowed(f"这是您自己的账户“{second.name}”的口令", do="请由另一位有复核人身份的同志输入其本人的口令")
    refused = refusal(second, "check", store.people)
    if refused is not None:
        raise NotAllowed(f"账户“{second.name}”（{second.titles()}）不能复核线索", do=refused[1])
    return second


def _moment(now: str) -> datetime:
    return datetime.fromisoformat(now)
