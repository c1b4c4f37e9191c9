"""The key file: many ways to one key, each changed without the store, and whatever is wrong with it is said."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.core.errors import FileUnreadable, StoreDamaged, UserError, WrongPassphrase
from app.core.store import keyring, keys, tries
from app.core.store.database import Store
from tests.core.store.samples import NOW, WHO

OLD, NEW = "例县口令Ab12", "例县口令Cd34"
MOMENT = datetime(2026, 11, 21, 9, 0, 0)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a passphrase costs to try is not what these tests are about."""
    monkeypatch.setattr(keys, "ARGON_KIBIBYTES", 64)
    monkeypatch.setattr(keys, "ARGON_PASSES", 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that holds one setting."""
    path = tmp_path / "数据.db"
    with Store.create(path, OLD) as store:
        store.settings.set("office.name", "例县人民检察院")
    return path


def test_a_passphrase_is_changed_without_touching_the_data(path: Path) -> None:
    with Store.open(path, OLD) as store:
        before = path.read_bytes()[: keys.SALT_BYTES]
        pages = store._link.rows("PRAGMA page_count")
        store.locks.change(OLD, NEW, now=NOW)
        assert store._link.rows("PRAGMA page_count") == pages
    assert path.read_bytes()[: keys.SALT_BYTES] == before
    with pytest.raises(WrongPassphrase):
        Store.open(path, OLD)
    with Store.open(path, NEW) as store:
        assert store.settings.get("office.name") == "例县人民检察院"
        assert [each.act for each in store.audit.entries()] == ["修改口令"]


def test_only_who_knows_the_old_one_changes_it_and_not_to_a_short_one(path: Path) -> None:
    with Store.open(path, OLD) as store:
        with pytest.raises(WrongPassphrase):
            store.locks.change(NEW, NEW, now=NOW)
        with pytest.raises(UserError, match="太短"):
            store.locks.change(OLD, "短", now=NOW)
        with pytest.raises(UserError, match="相同"):
            store.locks.change(OLD, OLD, now=NOW)
        assert store.audit.entries() == []
    Store.open(path, OLD).close()


def test_the_recovery_key_opens_the_store_and_sets_a_new_passphrase(path: Path) -> None:
    with Store.open(path, OLD) as store:
        assert not store.locks.has_recovery()
        first = store.locks.new_recovery(now=NOW, who=WHO)
        text = store.locks.new_recovery(now=NOW, who=WHO)
        assert store.locks.has_recovery()
        assert text not in json.dumps([each.what for each in store.audit.entries()])
    with pytest.raises(WrongPassphrase):
        Store.recover(path, first)  # the one printed before is void
    with Store.recover(path, f" {text.lower().replace('-', ' ')} ") as store:
        store.locks.set("1", NEW, now=NOW, who=WHO)
    with Store.open(path, NEW) as store:
        assert store.settings.get("office.name") == "例县人民检察院"


@pytest.mark.parametrize("typed", ["", "ABCD", "口令口令", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG", "\ud800"])
def test_a_mistyped_recovery_key_is_known_before_it_is_tried(path: Path, typed: str) -> None:
    with pytest.raises(WrongPassphrase, match="恢复密钥"):
        Store.recover(path, typed)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b"null", b"\xff\xfe", b'{"kind":"x"', b"[" * 100_000, b"{" + b" " * (1 << 21) + b"}"],
    ids=["empty", "no content", "list", "null", "bytes", "cut off", "deep", "huge"],
)
def test_a_damaged_key_file_is_named_and_the_second_copy_serves(path: Path, content: bytes) -> None:
    keyring.file_of(path).write_bytes(content)
    with Store.open(path, OLD) as store:
        assert store.locks.mend()
        assert not store.locks.mend()
    for each in (keyring.file_of(path), keyring.spare_of(path)):
        each.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"密钥文件已损坏：数据\.db\.key"):
        Store.open(path, OLD)


def test_every_changed_byte_of_a_key_file_is_found(path: Path) -> None:
    keyring.spare_of(path).unlink()
    whole = keyring.file_of(path).read_bytes()
    for place in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[place] ^= 1
        keyring.file_of(path).write_bytes(changed)
        try:
            ring = keyring.read_ring(path, path.read_bytes()[: keys.SALT_BYTES])
        except (StoreDamaged, FileUnreadable):
            continue
        assert ring == keyring._read(keyring.file_of(path))  # nothing but the blanks between words


@pytest.mark.parametrize("field", ["salt", "store"])
@pytest.mark.parametrize("value", ["", "00", "00" * 17])
def test_a_salt_of_another_length_is_damage_even_under_a_right_check_sum(path: Path, field: str, value: str) -> None:
    ring = keyring.read_ring(path, path.read_bytes()[: keys.SALT_BYTES])
    keyring.write_ring(path, replace(ring, **{field: value}))
    with pytest.raises(StoreDamaged, match="密钥文件已损坏"):
        Store.open(path, OLD)


def test_a_missing_key_file_and_one_of_another_store_are_said_so(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份.db"
    Store.create(other, OLD).close()
    shutil.copy(keyring.file_of(other), keyring.file_of(path))
    keyring.spare_of(path).unlink()
    with pytest.raises(StoreDamaged, match="不是这份数据的"):
        Store.open(path, OLD)
    keyring.file_of(path).unlink()
    with pytest.raises(FileUnreadable, match="找不到密钥文件"):
        Store.open(path, OLD)


def test_the_key_file_of_a_lost_store_is_kept_when_a_new_one_is_made(path: Path) -> None:
    ring = keyring.file_of(path).read_bytes()
    path.unlink()
    Store.create(path, NEW).close()
    assert ring in [each.read_bytes() for each in path.parent.glob("*.key.旧*")]
    Store.open(path, NEW).close()


def test_a_slot_moved_to_another_number_does_not_open(path: Path) -> None:
    ring = keyring.read_ring(path, path.read_bytes()[: keys.SALT_BYTES])
    (slot,) = ring.slots
    forged = replace(ring, slots=(replace(slot, id="2"),))
    keyring.write_ring(path, forged)
    with pytest.raises(WrongPassphrase):
        Store.open(path, OLD)


def test_nothing_of_the_key_stands_in_the_key_file_or_in_print(path: Path) -> None:
    with Store.open(path, OLD) as store:
        store.locks.new_recovery(now=NOW, who=WHO)
        text = keyring.file_of(path).read_text(encoding="utf-8")
        assert store._key.key.hex() not in text
        assert OLD not in text
        ring = store.locks.ring()
        assert all(each.box not in repr(ring) for each in ring.slots)


def test_a_temporary_store_has_no_passphrase() -> None:
    with Store.temporary() as store:
        assert not store.locks.mend()
        with pytest.raises(UserError, match="临时数据"):
            store.locks.new_recovery(now=NOW, who=WHO)


def test_wrong_passphrases_slow_down_and_a_new_start_does_not_help(tmp_path: Path) -> None:
    store, now = tmp_path / "数据.db", MOMENT
    for _ in range(tries.FREE):
        one = tries.Tries(store)
        one.allow(now)
        one.failed(now)
    waits = []
    for _ in range(len(tries.WAITS) + 2):
        again = tries.Tries(store)
        with pytest.raises(tries.TooSoon, match="连续输错") as told:
            again.allow(now)
        waits.append(told.value.seconds)
        now += timedelta(seconds=told.value.seconds)
        again.allow(now)
        again.failed(now)
    assert waits == [*tries.WAITS, tries.WAITS[-1], tries.WAITS[-1]]
    tries.Tries(store).succeeded()
    tries.Tries(store).allow(now)
    assert not list(tmp_path.iterdir())


def test_a_clock_set_back_or_a_damaged_count_shuts_nobody_out(tmp_path: Path) -> None:
    store = tmp_path / "数据.db"
    each = tries.Tries(store)
    for _ in range(4):
        each.failed(MOMENT)
    assert tries.Tries(store).seconds_left(MOMENT - timedelta(days=400)) == tries.wait_after(4)
    (tmp_path / "数据.db.tries").write_bytes(b'{"wrong": "x"}')
    assert tries.Tries(store).seconds_left(MOMENT) == 0


def test_where_nothing_can_be_written_the_tries_count_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    each = tries.Tries(tmp_path / "文件" / "数据.db")
    for _ in range(4):
        each.failed(MOMENT)
    assert each.seconds_left(MOMENT) == tries.wait_after(4)
    each.succeeded()
    assert each.seconds_left(MOMENT) == 0


@pytest.mark.parametrize(("seconds", "said"), [(5, "5 秒"), (60, "1 分钟"), (95, "1 分 35 秒"), (600, "10 分钟")])
def test_a_wait_is_said_in_words(seconds: int, said: str) -> None:
    assert tries.in_words(seconds) == said
