"""From a passphrase to the raw key of the store file.

The first 16 bytes of a store file are its salt, which SQLCipher keeps in the clear: 10 random bytes, 3 bytes that
mark the file as ours, 3 bytes that tell whether a passphrase fits. Thus one file is all there is, and a wrong
passphrase, a damaged store and a file of another kind can be told apart.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field

from app.core.errors import UserError, WrongPassphrase

SALT_BYTES = 16
NONCE_BYTES = 10
MARK_BYTES = 3
CHECK_BYTES = SALT_BYTES - NONCE_BYTES - MARK_BYTES
KEY_BYTES = 32

# argon2id; about 0.2 s on an office PC. Changing any of these shuts every existing store.
ARGON_PASSES = 3
ARGON_KIBIBYTES = 128 * 1024
ARGON_LANES = 4


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The 32-byte key and the 16-byte salt of one store file; neither is ever printed."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def literal(self) -> str:
        """The key the way SQLCipher takes a raw one: x'…' with key and salt in hexadecimal."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"


def new_key(passphrase: str) -> StoreKey:
    """Make the key of a new store; UserError when the passphrase is empty."""
    if not passphrase.strip():
        raise UserError("口令是空的", do="请输入口令")
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = nonce + _mark(nonce)
    key, check = _stretch(passphrase, head)
    return StoreKey(key, head + check)


def key_for(passphrase: str, salt: bytes) -> StoreKey:
    """Make the key of an existing store from its salt; WrongPassphrase when the two do not belong together."""
    head = salt[: NONCE_BYTES + MARK_BYTES]
    key, check = _stretch(passphrase, head)
    if not hmac.compare_digest(check, salt[len(head) :]):
        raise WrongPassphrase("口令不正确，数据没有打开", do="请检查大小写和输入法，再输入一次")
    return StoreKey(key, salt)


def random_key() -> StoreKey:
    """Make a key that no passphrase leads to, for a store that lives no longer than the program."""
    return StoreKey(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))


def is_ours(salt: bytes) -> bool:
    """Whether a file that begins with these bytes was made by this program."""
    nonce, mark = salt[:NONCE_BYTES], salt[NONCE_BYTES : NONCE_BYTES + MARK_BYTES]
    return len(salt) == SALT_BYTES and mark == _mark(nonce)


def _mark(nonce: bytes) -> bytes:
    return hashlib.sha256(b"xingzhi-zhijian store" + nonce).digest()[:MARK_BYTES]


def _stretch(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Stretch a passphrase into the key and the check; full-width letters of an input method count as plain ones."""
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFKC", passphrase).encode()
    length = KEY_BYTES + CHECK_BYTES
    raw = hash_secret_raw(secret, salt, ARGON_PASSES, ARGON_KIBIBYTES, ARGON_LANES, length, Type.ID)
    return raw[:KEY_BYTES], raw[KEY_BYTES:]
