"""The key file beside a store: the store's key, locked once by each account's passphrase and by the recovery key.

One salt for all slots: a passphrase is stretched once (argon2id) and tried on each, so that it finds its account by
itself, however many there are, and nobody's name must stand in the open. Names and roles lie in the file too, but
sealed under the store's own key (`people`): whoever finds the file learns how many accounts there are, no more. That
seal covers the slots, so that none can be put back that was taken away. What one salt costs: who guesses passphrases
tries each on all accounts at once, which among a handful of accounts is worth two or three bits.

A slot: the stretched passphrase with a nonce of the slot's own gives 32 bytes that cover the key and 32 that seal the
slot, so that a wrong passphrase and a forged slot both show. A passphrase is changed by writing this file anew; the
store is not touched. The file stands twice, so that one bad sector does not cost the data: the second is written after
the first, and read when the first is damaged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from app.core.errors import FileUnreadable, StoreDamaged, UserError, WrongPassphrase
from app.core.files import drop, explain, unique_path, write_whole
from app.core.store import keys
from app.core.store.keys import StoreKey

PLAIN_HEAD = b"SQLite format 3"
SHORTEST = 8  # characters of a passphrase
ENDING, SPARE = ENDINGS = ".key", ".key2"
KIND, VERSION = "xingzhi-zhijian key file", 1
LARGEST_FILE = 1 << 20
FIRST_SLOT, FIRST = "1", "管理员"  # the account a new store begins with, and its name if none is told
RECOVERY = "recovery"  # the slot that the printed key opens


class Taken(UserError):
    """The new passphrase is somebody else's already; whoever learns that has as good as tried it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the store's key: the number of an account (or `RECOVERY`), a nonce, and the locked key."""

    id: str
    nonce: str = field(repr=False)
    box: str = field(repr=False)
    seal: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All slots of one store, in the order they were made, and the sealed list of whose they are.

    `store` is that store's salt, `salt` the one passphrases are stretched with; all in hexadecimal.
    """

    store: str
    salt: str = field(default_factory=lambda: secrets.token_hex(keys.SALT_BYTES), repr=False)
    slots: tuple[Slot, ...] = ()
    people: str = field(default="", repr=False)

    def accounts(self) -> tuple[Slot, ...]:
        """The slots of people."""
        return tuple(each for each in self.slots if each.id != RECOVERY)

    def has(self, slot: str) -> bool:
        """Whether there is such a slot."""
        return any(each.id == slot for each in self.slots)

    def stretched(self, secret: str) -> bytes:
        """What a passphrase becomes with this ring's salt; it takes its time, so it is asked for once."""
        return keys.stretch(secret, bytes.fromhex(self.salt), keys.KEY_BYTES)

    def locked(self, slot: str, key: StoreKey, raw: bytes) -> KeyRing:
        """This ring with a slot made anew for a stretched passphrase; what opened it before no longer does."""
        nonce = secrets.token_bytes(keys.SALT_BYTES)
        cover, sealing = _cover(raw, slot, nonce)
        box = bytes(one ^ other for one, other in zip(key.key, cover, strict=True))
        made = Slot(slot, nonce.hex(), box.hex(), _seal(sealing, self.store, slot, box))
        if self.has(slot):
            return replace(self, slots=tuple(made if each.id == slot else each for each in self.slots))
        return replace(self, slots=(*self.slots, made))

    def without(self, slot: str) -> KeyRing:
        """This ring without a slot."""
        return replace(self, slots=tuple(each for each in self.slots if each.id != slot))

    def found(self, raw: bytes, slots: Sequence[Slot]) -> tuple[str, StoreKey] | None:
        """The first of these slots that a stretched passphrase opens, and the store's key; None when it opens none."""
        for each in slots:
            key = _opened(each, self.store, raw)
            if key is not None:
                return each.id, StoreKey(key, bytes.fromhex(self.store))
        return None

    def opened(self, secret: str, slots: Sequence[Slot]) -> tuple[str, StoreKey]:
        """As `found`, for a passphrase as it was typed; WrongPassphrase when it opens none of these slots."""
        found = self.found(self.stretched(secret), slots)
        if found is None:
            raise WrongPassphrase("口令不正确，数据没有打开", do="请检查大小写和输入法，再输入一次")
        return found


def salt_of(path: Path) -> bytes:
    """The salt a store file begins with."""
    try:
        with path.open("rb") as file:
            head = file.read(keys.SALT_BYTES)
    except FileNotFoundError as error:
        raise FileUnreadable(f"找不到数据文件：{path.name}", do="请检查它是否被移动或改名") from error
    except OSError as error:
        raise FileUnreadable(f"读不了数据文件：{path.name}", do="请检查是否有权限、U盘是否连好") from error
    if head.startswith(PLAIN_HEAD):
        raise StoreDamaged(f"这是没有加密的数据库，不是本程序的数据文件：{path.name}", do="请选择本程序的数据文件")
    if not keys.is_ours(head):
        raise StoreDamaged(f"不是本程序的数据文件，或者文件开头已损坏：{path.name}", do="请另选文件，或者用备份恢复")
    return head


def long_enough(passphrase: str) -> None:
    """UserError when a passphrase is too short to be one."""
    if len(passphrase.strip()) < SHORTEST:
        raise UserError(f"口令太短，至少 {SHORTEST} 个字符", do="请换一个更长的口令")


def file_of(store: Path) -> Path:
    """The key file of a store; whoever copies a store copies it too."""
    return store.with_name(store.name + ENDING)


def spare_of(store: Path) -> Path:
    """The second copy of the key file."""
    return store.with_name(store.name + SPARE)


def read_ring(store: Path, salt: bytes) -> KeyRing:
    """The key ring of the store that begins with this salt, from the key file or, when that is bad, its second copy.

    FileUnreadable when there is neither, StoreDamaged when none of them is whole and of this store.
    """
    first: UserError | None = None
    for path in (file_of(store), spare_of(store)):
        try:
            ring = _read(path)
            if ring.store == salt.hex():
                return ring
            raise StoreDamaged(f"密钥文件不是这份数据的：{path.name}", do="请把与数据文件一起保存的密钥文件放回来")
        except UserError as fault:
            first = first or fault
    assert first is not None
    raise first


def fits(store: Path, salt: bytes) -> bool:
    """Whether a whole key file lies beside a store that begins with this salt."""
    try:
        return bool(read_ring(store, salt).slots)
    except UserError:
        return False


def write_ring(store: Path, ring: KeyRing) -> None:
    """Write the key file beside its place and swap it in, then its second copy."""
    for path in (file_of(store), spare_of(store)):
        write_whole(path, text_of(ring))


def text_of(ring: KeyRing) -> bytes:
    """What stands in the key file."""
    core: dict[str, Any] = {"kind": KIND, "version": VERSION, **asdict(ring)}
    return json.dumps({**core, "check": _digest(core)}, ensure_ascii=False, indent=1).encode()


def copy_ring(store: Path, copy: Path) -> None:
    """Put the key file of a store beside a copy of it, so that the copy opens by itself; a store without one has none.

    The passphrases of that day open the copy, whatever becomes of the store's own key file.
    """
    for source in (file_of(store), spare_of(store)):
        try:
            write_ring(copy, _read(source))
        except (FileUnreadable, StoreDamaged):
            continue
        return


def drop_ring(store: Path) -> None:
    """Remove the key file of a copy that is gone."""
    for path in (file_of(store), spare_of(store)):
        drop(path)


@contextmanager
def beside_new(store: Path, ring: KeyRing) -> Iterator[None]:
    """Write the key files of a store that is made inside; when that fails they go. Those of a lost store are kept."""
    mine = (file_of(store), spare_of(store))
    for path in mine:
        if path.exists():
            try:
                path.rename(unique_path(path.parent, f"{path.name}.旧", ""))
            except OSError as error:
                raise explain(error, path) from error
    try:
        write_ring(store, ring)
        yield
    except BaseException:
        for path in mine:
            drop(path)
        raise


def is_whole(store: Path) -> bool:
    """Whether both key files can be read and say the same."""
    try:
        return _read(file_of(store)) == _read(spare_of(store))
    except UserError:
        return False


def _read(path: Path) -> KeyRing:
    damaged = StoreDamaged(f"密钥文件已损坏：{path.name}", do="请用备份中的密钥文件替换它，再打开数据")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        text = f"找不到密钥文件：{path.name}"
        raise FileUnreadable(text, do="它应与数据文件放在同一个文件夹里，请从备份中取回") from error
    except OSError as error:
        raise FileUnreadable(f"读不了密钥文件：{path.name}", do="请检查是否有权限、U盘是否连好") from error
    try:
        said = json.loads(data.decode())
        check = said.pop("check")
        if len(data) > LARGEST_FILE or check != _digest(said) or (said["kind"], said["version"]) != (KIND, VERSION):
            raise damaged
        slots = tuple(Slot(**each) for each in said["slots"])
        ring = KeyRing(said["store"], said["salt"], slots, said["people"])
        if (len(ring.store), len(ring.salt)) != (2 * keys.SALT_BYTES, 2 * keys.SALT_BYTES):
            raise damaged
        for value in (ring.store, ring.salt, ring.people, *(part for each in slots for part in astuple(each)[1:])):
            bytes.fromhex(value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error
    return ring


def _digest(core: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(core, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _cover(raw: bytes, slot: str, nonce: bytes) -> tuple[bytes, bytes]:
    """What covers the key, and what seals the slot; never used twice, since a slot made anew has a nonce anew."""
    said = json.dumps([slot, nonce.hex()]).encode()
    return hmac.digest(raw, b"cover" + said, "sha256"), hmac.digest(raw, b"seal" + said, "sha256")


def _seal(sealing: bytes, store: str, slot: str, box: bytes) -> str:
    return hmac.digest(sealing, json.dumps([store, slot, box.hex()]).encode(), "sha256").hex()


def _opened(slot: Slot, store: str, raw: bytes) -> bytes | None:
    cover, sealing = _cover(raw, slot.id, bytes.fromhex(slot.nonce))
    box = bytes.fromhex(slot.box)
    if len(box) != len(cover) or not hmac.compare_digest(_seal(sealing, store, slot.id, box), slot.seal):
        return None
    return bytes(one ^ other for one, other in zip(box, cover, strict=True))
