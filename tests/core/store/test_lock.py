"""One program a store: the second is told who holds it, and what a crash left is taken over."""

from __future__ import annotations

import getpass
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import FileInUse
from app.core.store import keys, lock
from app.core.store.database import Store

ROOT = Path(__file__).resolve().parents[3]
HOLDER = """
import sys
from pathlib import Path
from app.core.store.lock import Lock

held = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the store at `path`."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_program_is_told_who_holds_the_store_and_a_crash_lets_go(tmp_path: Path) -> None:
    path, key = tmp_path / "数据.db", keys.random_key()
    Store(path, key).close()
    with holding(path) as process:
        before = path.read_bytes()
        with pytest.raises(FileInUse) as told:
            Store(path, key)
        assert path.read_bytes() == before
        process.kill()
        process.communicate()
    said = str(told.value)
    assert getpass.getuser() in said
    assert lock._machine() in said
    assert "年" in said
    assert "起" in said
    left = path.with_name(path.name + lock.ENDING)
    assert left.exists()
    with Store(path, key) as store:
        assert store.problems() == ()
        assert store._lock is not None
        assert store._lock.taken_over
        assert getpass.getuser() in store.left_by
    with Store(path, key) as store:
        assert store.left_by == ""
    assert not left.exists()


def test_a_store_can_be_opened_again_at_once(tmp_path: Path) -> None:
    for _ in range(3):
        held = lock.Lock(tmp_path / "数据.db")
        assert not held.taken_over
        with pytest.raises(FileInUse):
            lock.Lock(tmp_path / "数据.db")
        held.release()
        held.release()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"user": 1}', json.dumps({"user": "x"}).encode()])
def test_a_file_of_another_kind_under_that_name_is_taken_over(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / f"数据.db{lock.ENDING}"
    place.write_bytes(content)
    assert lock.holder(place) == "不知道是谁"
    held = lock.Lock(tmp_path / "数据.db")
    assert held.taken_over
    assert getpass.getuser() in lock.holder(place)
    held.release()


def test_a_failed_opening_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    Store(path, keys.random_key()).close()
    for _ in range(2):
        with pytest.raises(Exception, match="损坏"):
            Store(path, keys.random_key())
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
