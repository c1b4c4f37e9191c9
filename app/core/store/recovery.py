"""The recovery key: made at random, printed once, and read again as it was typed from paper."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from app.core.errors import WrongPassphrase

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another on paper
GROUPS, LETTERS_IN_GROUP = 7, 4  # the last two letters are a check on the others


def new_key() -> str:
    """A random key to be printed: seven groups of four letters and digits, the last two being a check."""
    plain = "".join(secrets.choice(LETTERS) for _ in range(GROUPS * LETTERS_IN_GROUP - 2))
    whole = plain + _check_letters(plain)
    return "-".join(whole[at : at + LETTERS_IN_GROUP] for at in range(0, len(whole), LETTERS_IN_GROUP))


def read_key(typed: str) -> str:
    """The key as typed from paper, in its one form; UserError when it cannot be right, before anything is tried."""
    text = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(each for each in text if each.isalnum())
    if len(letters) != GROUPS * LETTERS_IN_GROUP or set(letters) - set(LETTERS):
        raise WrongPassphrase(
            f"恢复密钥应是 {GROUPS} 组、每组 {LETTERS_IN_GROUP} 个字母或者数字", do="请对照纸上重新输入"
        )
    if _check_letters(letters[:-2]) != letters[-2:]:
        raise WrongPassphrase("恢复密钥有输错的地方", do="请对照纸上逐个核对后重新输入")
    return "-".join(letters[at : at + LETTERS_IN_GROUP] for at in range(0, len(letters), LETTERS_IN_GROUP))


def _check_letters(plain: str) -> str:
    digest = hashlib.sha256(plain.encode()).digest()
    return LETTERS[digest[0] % len(LETTERS)] + LETTERS[digest[1] % len(LETTERS)]
