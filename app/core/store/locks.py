"""Who may open the store: changes of the key file, each with its line in the log."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from app.core.errors import UserError, WrongPassphrase
from app.core.rights import ANYBODY, Account, Role
from app.core.store import key_swap, keyring, people, recovery
from app.core.store.audit import Audit
from app.core.store.keyring import KeyRing
from app.core.store.keys import StoreKey
from app.core.store.link import Link

CHANGED, SET, PRINTED = "修改口令", "重设口令", "制作恢复密钥"
ADDED, REMOVED, GIVEN = "增加账户", "移除账户", "修改账户身份"
RECOVERED = "持恢复密钥者"  # who is named in the log when no account is known


class Locks:
    """The key file of an open store; `slot` is the one that opened it, "" for a store without a key file.

    `people` are the accounts that may open it, `gone` those that no longer may.
    """

    def __init__(self, link: Link, key: StoreKey, audit: Audit, slot: str) -> None:
        self._link, self._key, self._audit = link, key, audit
        self.slot = slot
        self.people: tuple[Account, ...] = ()
        self.gone: tuple[Account, ...] = ()
        self._line: people.Line | None = None
        if slot:
            self._learn(self.ring())
            self._tell_the_log()
        audit.account = lambda: self.account.name

    @property
    def account(self) -> Account:
        """Who signed in; nobody's account, which may do everything, where the data has none."""
        return next((each for each in self.people if each.number == self.slot), ANYBODY)

    def ring(self) -> KeyRing:
        """The key file as it stands; UserError when it is gone or bad, or when the store has none."""
        if not self.slot:
            raise UserError("临时数据没有口令", do="请在保存到文件的数据里操作")
        return keyring.read_ring(self._link.path, self._key.salt)

    def mend(self) -> bool:
        """Make both copies of the key file whole again from the better one; whether that was needed and done."""
        if not self.slot:
            return False
        key_swap.tidy(self._link.path)
        if keyring.is_whole(self._link.path):
            return False
        keyring.write_ring(self._link.path, self.ring())
        return True

    def whose(self, passphrase: str) -> Account:
        """The account a passphrase opens; WrongPassphrase when it opens none."""
        ring = self.ring()
        slot, key = ring.opened(passphrase, ring.accounts())
        if not hmac.compare_digest(key.key, self._key.key):
            raise WrongPassphrase("口令不正确", do="请检查大小写和输入法，再输入一次")
        return self._account(slot)

    def sign_in(self, account: Account) -> None:
        """From now on it is this one who works with the store; one of `people`."""
        self.slot = self._account(account.number).number

    def change(self, old: str, new: str, *, now: str) -> None:
        """Change the passphrase of whoever signed in; WrongPassphrase when the old one is not theirs."""
        mine = self.account
        if self.whose(old) != mine:
            raise WrongPassphrase("原口令不正确", do="请输入您自己现在的口令")
        if old == new:
            raise UserError("新口令与原口令相同", do="请另设一个口令")
        self.set(mine.number, new, CHANGED, now=now, who=mine.name)

    def set(self, number: str, new: str, act: str = SET, *, now: str, who: str) -> None:
        """Lock an account with a new passphrase; its old one opens nothing from now on."""
        account, ring = self._account(number), self.ring()
        made = ring.locked(number, self._key, self._fresh(ring, number, new))
        self._keep(made, self.people, act, {"账户": account.name}, now, who)

    def add(self, name: str, roles: Collection[Role], passphrase: str, *, now: str, who: str) -> Account:
        """Make an account with a passphrase of its own; UserError when name, roles or passphrase will not do."""
        ring = self.ring()
        numbers = [int(each.number) for each in (*self.people, *self.gone)]
        name = people.checked_name(name, self.people)
        made = Account(str(max(numbers, default=0) + 1), name, people.checked_roles(frozenset(roles)))
        ring = ring.locked(made.number, self._key, self._fresh(ring, made.number, passphrase))
        self._keep(ring, (*self.people, made), ADDED, {"账户": name, "身份": made.titles()}, now, who)
        return made

    def give(self, number: str, roles: Collection[Role], *, now: str, who: str) -> None:
        """Let an account have these roles; UserError when nobody would be left to manage accounts."""
        account = self._account(number)
        changed = replace(account, roles=people.checked_roles(frozenset(roles)))
        self._still_managed([changed if each == account else each for each in self.people])
        everybody = tuple(changed if each == account else each for each in self.people)
        what = {"账户": account.name, "原身份": account.titles(), "身份": changed.titles()}
        self._keep(self.ring(), everybody, GIVEN, what, now, who)

    def remove(self, number: str, *, now: str, who: str) -> None:
        """Take an account away: its passphrase opens nothing any more, what it did keeps its name."""
        account = self._account(number)
        if number == self.slot:
            raise UserError("不能移除正在使用的账户", do="请由另一个管理员账户登录后移除")
        left = tuple(each for each in self.people if each != account)
        self._still_managed(left)
        self._keep(self.ring().without(number), left, REMOVED, {"账户": account.name}, now, who, (*self.gone, account))

    def new_recovery(self, *, now: str, who: str) -> str:
        """Make the key that is printed and shown once; one printed before opens nothing from now on."""
        text, ring = recovery.new_key(), self.ring()
        made = ring.locked(keyring.RECOVERY, self._key, ring.stretched(text))
        self._keep(made, self.people, PRINTED, {}, now, who)
        return text

    def has_recovery(self) -> bool:
        """Whether a recovery key was ever made."""
        return self.ring().has(keyring.RECOVERY)

    def managers(self) -> tuple[Account, ...]:
        """The accounts that may manage the others; there is always one."""
        return tuple(each for each in self.people if Role.MANAGE in each.roles)

    def _account(self, number: str) -> Account:
        found = next((each for each in self.people if each.number == number), None)
        if found is None:
            raise UserError("这个账户已经移除", do="请关闭窗口再打开，重新选择")
        return found

    def _fresh(self, ring: KeyRing, number: str, passphrase: str) -> bytes:
        """A new passphrase, stretched; it must be long enough and nobody else's, since it alone tells who comes in."""
        keyring.long_enough(passphrase)
        raw = ring.stretched(passphrase)
        if ring.found(raw, [each for each in ring.accounts() if each.id != number]) is not None:
            raise keyring.Taken("这个口令不能用", do="请另设一个不容易与别人相同的口令")
        return raw

    def _still_managed(self, left: Collection[Account]) -> None:
        if not any(Role.MANAGE in each.roles for each in left):
            raise UserError("至少要有一个管理员", do="请先让另一个账户成为管理员")

    def _learn(self, ring: KeyRing) -> None:
        told = people.told(ring, self._key)
        self.people = tuple(each for each in told.people if ring.has(each.number))
        self.gone = tuple(each for each in told.people if not ring.has(each.number))
        self._line = told.line

    def _tell_the_log(self) -> None:
        """Add the line of the last change that a power cut, or a copy put back since, has cost the log."""
        line = self._line
        if line is not None and not self._audit.tells(line.number, line.act, line.what, at=line.at, who=line.who):
            self._audit.note(line.act, line.what, at=line.at, who=line.who)

    def _keep(
        self,
        ring: KeyRing,
        here: tuple[Account, ...],
        act: str,
        what: dict[str, Any],
        now: str,
        who: str,
        gone: tuple[Account, ...] | None = None,
    ) -> None:
        """Write the key file and the line in the log: both, or neither where one cannot be written."""
        everybody = sorted((*here, *(self.gone if gone is None else gone)), key=lambda each: int(each.number))
        made = people.sealed(ring, self._key, everybody, people.Line(self._audit.following(), act, what, now, who))
        with key_swap.swapped(self._link.path, self.ring(), made), self._link.atomic():
            self._audit.note(act, what, at=now, who=who)
        self._learn(made)


def first_ring(key: StoreKey, passphrase: str, first: Account) -> KeyRing:
    """The key file of a new store, with its first account; UserError for an empty passphrase."""
    if not passphrase.strip():
        raise UserError("口令是空的", do="请输入口令")
    ring = KeyRing(key.salt.hex())
    return people.sealed(ring.locked(first.number, key, ring.stretched(passphrase)), key, [first])
