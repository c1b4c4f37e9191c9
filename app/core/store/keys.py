"""The raw key of the store file, and what a passphrase is stretched into.

The store's key is random; no passphrase leads to it but through the key file beside the store (`keyring`). The first
16 bytes of a store file are its salt, which SQLCipher keeps in the clear: 13 random bytes, 3 bytes that mark the file
as ours. Thus a damaged store, a file of another kind and a key file of another store can be told apart.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field

SALT_BYTES = 16
MARK_BYTES = 3
NONCE_BYTES = SALT_BYTES - MARK_BYTES
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


def random_key() -> StoreKey:
    """Make the key of a new store."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return StoreKey(secrets.token_bytes(KEY_BYTES), nonce + _mark(nonce))


def practice_key(salt: bytes = b"") -> StoreKey:
    """The key of a store of artificial people, the same everywhere, since nothing there is worth hiding.

    `salt` is the store's own; b"" for a new store.
    """
    return StoreKey(hashlib.sha256(b"xingzhi-zhijian practice").digest(), salt or random_key().salt)


def is_ours(salt: bytes) -> bool:
    """Whether a file that begins with these bytes was made by this program."""
    nonce, mark = salt[:NONCE_BYTES], salt[NONCE_BYTES:]
    return len(salt) == SALT_BYTES and mark == _mark(nonce)


def stretch(secret: str, salt: bytes, length: int) -> bytes:
    """Stretch a passphrase to so many bytes; full-width letters of an input method count as plain ones."""
    from argon2.low_level import Type, hash_secret_raw

    plain = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    return hash_secret_raw(plain, salt, ARGON_PASSES, ARGON_KIBIBYTES, ARGON_LANES, length, Type.ID)


def _mark(nonce: bytes) -> bytes:
    return hashlib.sha256(b"xingzhi-zhijian store" + nonce).digest()[:MARK_BYTES]
