"""Who may open the store: changes of the key file, each with its line in the log."""

from __future__ import annotations

import hmac

from app.core.errors import UserError, WrongPassphrase
from app.core.rights import ANYBODY, FIRST_ROLES, Account
from app.core.store import keyring
from app.core.store.audit import Audit
from app.core.store.keyring import KeyRing, Slot
from app.core.store.keys import StoreKey
from app.core.store.link import Link

SHORTEST = 8
CHANGED, SET, PRINTED = "修改口令", "重设口令", "制作恢复密钥"
RECOVERED = "持恢复密钥者"  # who is named in the log when no account is known


class Locks:
    """The key file of an open store; `slot` is the one that opened it, "" for a store without a key file."""

    def __init__(self, link: Link, key: StoreKey, audit: Audit, slot: str) -> None:
        self._link, self._key, self._audit = link, key, audit
        self.slot = slot
        self.people: tuple[Account, ...] = ()
        if slot:
            ring = keyring.read_ring(link.path, key.salt)
            self.people = tuple(Account(each.id, each.name, FIRST_ROLES) for each in ring.accounts())

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
        if not self.slot or keyring.is_whole(self._link.path):
            return False
        keyring.write_ring(self._link.path, self.ring())
        return True

    def holds(self, slot: str, passphrase: str) -> None:
        """Make sure that this is the passphrase of a slot; WrongPassphrase when it is not."""
        ring = self.ring()
        _, key = ring.opened(passphrase, [each for each in ring.slots if each.id == slot])
        if not hmac.compare_digest(key.key, self._key.key):
            raise WrongPassphrase("口令不正确", do="请检查大小写和输入法，再输入一次")

    def change(self, slot: str, old: str, new: str, *, now: str, who: str) -> None:
        """Change the passphrase of a slot by one who knows it; WrongPassphrase when he does not."""
        self.holds(slot, old)
        if old == new:
            raise UserError("新口令与原口令相同", do="请另设一个口令")
        self.set(slot, new, CHANGED, now=now, who=who)

    def set(self, slot: str, new: str, act: str, *, name: str = "", now: str, who: str) -> None:
        """Lock a slot with a new passphrase, or make one under a new name; the old one opens nothing from now on."""
        long_enough(new)
        ring = self.ring()
        name = name or next((each.name for each in ring.slots if each.id == slot), "")
        made = ring.locked(slot, name, self._key, new)
        self._keep(made, act, {"账户": name}, now, who)

    def drop(self, slot: str, act: str, *, now: str, who: str) -> None:
        """Take a slot away: its passphrase opens nothing any more."""
        found = self._slot(slot)
        self._keep(self.ring().without(slot), act, {"账户": found.name if found else ""}, now, who)

    def new_recovery(self, *, now: str, who: str) -> str:
        """Make the key that is printed and shown once; one printed before opens nothing from now on."""
        text = keyring.new_recovery_key()
        self._keep(self.ring().locked(keyring.RECOVERY, "", self._key, text), PRINTED, {}, now, who)
        return text

    def has_recovery(self) -> bool:
        """Whether a recovery key was ever made."""
        return self._slot(keyring.RECOVERY) is not None

    def _slot(self, slot: str) -> Slot | None:
        return next((each for each in self.ring().slots if each.id == slot), None)

    def _keep(self, ring: KeyRing, act: str, what: dict[str, str], now: str, who: str) -> None:
        with self._link.atomic():  # the line is kept only when the file was written
            self._audit.note(act, what, at=now, who=who)
            keyring.write_ring(self._link.path, ring)


def long_enough(passphrase: str) -> None:
    """UserError when a passphrase is too short to be one."""
    if len(passphrase.strip()) < SHORTEST:
        raise UserError(f"口令太短，至少 {SHORTEST} 个字符", do="请换一个更长的口令")
