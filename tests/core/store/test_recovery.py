"""The printed key: no two alike, and a letter typed wrong is seen before anything is tried."""

from __future__ import annotations

from app.core.errors import WrongPassphrase
from app.core.store import recovery


def test_one_wrong_letter_of_a_recovery_key_hardly_ever_passes() -> None:
    right = recovery.read_key(recovery.new_key())
    tried = passed = 0
    for place in (each for each, letter in enumerate(right[:-2]) if letter != "-"):
        for letter in set(recovery.LETTERS) - {right[place]}:
            tried += 1
            try:
                passed += recovery.read_key(right[:place] + letter + right[place + 1 :]) != right
            except WrongPassphrase:
                continue
    assert passed < tried / 50


def test_recovery_keys_are_never_alike() -> None:
    assert len({recovery.new_key() for _ in range(200)}) == 200
