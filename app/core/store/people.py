"""Whose the slots of a key file are: names and roles, sealed under the store's own key and bound to the slots.

The list lies in the key file and not in the store, because who may come in must not change when an old copy of the
data is put back, and because one file is replaced whole or not at all. Those who were taken out stay in it: their
number is never given again. The line of the log that tells of the last change lies in it as well: should the power fail
after the key file was written and before the log was, the log is given its line at the next start.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any, NamedTuple

from app.core.errors import StoreDamaged, UserError
from app.core.rights import Account, Role, rights
from app.core.store.keyring import KeyRing
from app.core.store.keys import KEY_BYTES, StoreKey

BLOCK = 1024  # the list is filled up to a multiple of this, so that its length tells nothing
LONGEST_NAME = 20


class Line(NamedTuple):
    """A line of the log: its number there when it was written, what was done, its particulars, when and by whom."""

    number: int
    act: str
    what: dict[str, Any]
    at: str
    who: str


class Told(NamedTuple):
    """Everybody who ever had an account, in order, and the line of the last change, None in a new store."""

    people: tuple[Account, ...]
    line: Line | None


def sealed(ring: KeyRing, key: StoreKey, people: Sequence[Account], line: Line | None = None) -> KeyRing:
    """A ring with this list in it, sealed together with its slots as they are now."""
    everybody = [[each.number, each.name, sorted(each.roles)] for each in people]
    text = json.dumps([everybody, line], ensure_ascii=False).encode()
    text += b" " * (-len(text) % BLOCK)
    nonce = secrets.token_bytes(KEY_BYTES)
    covered = _covered(text, key, nonce)
    return replace(ring, people=(_seal(ring, key, nonce + covered) + nonce + covered).hex())


def told(ring: KeyRing, key: StoreKey) -> Told:
    """What the list says; StoreDamaged when it or a slot is not what was sealed."""
    data = bytes.fromhex(ring.people)
    seal, rest = data[:KEY_BYTES], data[KEY_BYTES:]
    if not hmac.compare_digest(seal, _seal(ring, key, rest)):
        raise StoreDamaged("密钥文件被改动过", do="请用备份中的密钥文件替换它，再打开数据")
    text = _covered(rest[KEY_BYTES:], key, rest[:KEY_BYTES])
    everybody, line = json.loads(text)
    people = tuple(Account(number, name, frozenset(map(Role, roles))) for number, name, roles in everybody)
    return Told(people, None if line is None else Line(*line))


def checked_name(name: str, others: Sequence[Account]) -> str:
    """A name as it is kept; UserError when it is none, too long, or somebody else's."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name or not name.isprintable():
        raise UserError("没有填写姓名", do="请填写使用这个账户的人的姓名")
    if len(name) > LONGEST_NAME:
        raise UserError(f"姓名太长，最多 {LONGEST_NAME} 个字", do="请填写本人姓名")
    if any(_plain(each.name) == _plain(name) for each in others):
        raise UserError(f"已有名为“{name}”的账户", do="同名的请在姓名后加部门或者编号，以便区分")
    return name


def checked_roles(roles: frozenset[Role]) -> frozenset[Role]:
    """Roles that may stand together; UserError when there is none, or one that stands alone has company."""
    if not roles:
        raise UserError("没有选择身份", do="请至少选择一种身份")
    if len(roles) > 1 and roles & rights().alone:
        raise UserError("“只读”不能与其他身份同时选", do="请只选“只读”，或者去掉它")
    return roles


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _covered(text: bytes, key: StoreKey, nonce: bytes) -> bytes:
    """The text covered, or uncovered, by a stream that a nonce gives once."""
    stream = hashlib.shake_256(_own(key, b"cover") + nonce).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, stream, strict=True))


def _seal(ring: KeyRing, key: StoreKey, rest: bytes) -> bytes:
    said = json.dumps([ring.store, ring.salt, [astuple(each) for each in ring.slots]]).encode()
    return hmac.digest(_own(key, b"seal"), hashlib.sha256(said).digest() + rest, "sha256")


def _own(key: StoreKey, what: bytes) -> bytes:
    """A key for this list only."""
    return hmac.digest(key.key, b"people " + what + key.salt, "sha256")
