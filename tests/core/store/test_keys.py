"""Passphrases, salts and what the file shows to those who do not know them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import FileUnreadable, StoreDamaged, UserError, WrongPassphrase
from app.core.store import keyring, keys
from app.core.store.database import Store
from tests.core.store.samples import NOW, WHO, facts, records

PASSPHRASE = "例县口令Ab12"
STORED = 50


@pytest.fixture(scope="module")
def closed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with records in it, closed."""
    path = tmp_path_factory.mktemp("有 空格的文件夹") / "数据.db"
    with Store.create(path, PASSPHRASE) as store:
        batch = store.batches.add(facts(STORED), now=NOW, who=WHO)
        store.batches.put_records(batch, records(STORED))
    return path


def copied(store: Path, path: Path, content: bytes) -> Path:
    """The store under another name with other content, and its key file beside it."""
    path.write_bytes(content)
    keyring.file_of(path).write_bytes(keyring.file_of(store).read_bytes())
    return path


def test_a_store_opens_again_with_its_passphrase_and_is_one_file_with_its_key(closed_store: Path) -> None:
    with Store.open(closed_store, PASSPHRASE) as store:
        assert len(list(store.batches.records())) == STORED
    names = [closed_store.name, f"{closed_store.name}.key", f"{closed_store.name}.key2"]
    assert sorted(each.name for each in closed_store.parent.iterdir()) == names


def test_full_width_letters_of_an_input_method_are_the_same_passphrase(closed_store: Path) -> None:
    with Store.open(closed_store, "例县口令Ａｂ１２") as store:
        assert store.batches.tables_present() == {"R1"}


@pytest.mark.parametrize("wrong", ["例县口令Ab13", "例县口令ab12", ""])
def test_a_wrong_passphrase_is_told_apart(closed_store: Path, wrong: str) -> None:
    with pytest.raises(WrongPassphrase, match="口令不正确"):
        Store.open(closed_store, wrong)


def test_two_stores_have_different_keys() -> None:
    one, other = keys.random_key(), keys.random_key()
    assert one.salt != other.salt
    assert one.key != other.key
    assert keys.is_ours(one.salt)


def test_a_key_is_never_printed() -> None:
    key = keys.random_key()
    assert key.key.hex() not in repr(key)
    assert repr(key.key) not in repr(key)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"abc",
        b"garbage " * 700,
        bytes(range(256)) * 32,
        b"SQLite format 3\x00" + bytes(8176),
        b"PK\x03\x04" * 4096,
    ],
    ids=["empty", "short", "text", "of page size", "plain SQLite", "zip"],
)
def test_a_file_that_is_no_store_is_named_as_such(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "别的.db"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"不是本程序的数据文件.*别的\.db"):
        Store.open(path, PASSPHRASE)
    assert path.read_bytes() == content


@pytest.mark.parametrize("place", [keys.SALT_BYTES, 4000, keys.SALT_BYTES - 1, 0])
def test_damage_in_the_first_page_is_never_silent(closed_store: Path, tmp_path: Path, place: int) -> None:
    content = bytearray(closed_store.read_bytes())
    content[place] ^= 1
    path = copied(closed_store, tmp_path / "坏.db", content)
    with pytest.raises((StoreDamaged, WrongPassphrase)) as told:
        Store.open(path, PASSPHRASE)
    if place >= keys.SALT_BYTES:
        assert told.type is StoreDamaged


def test_damage_further_in_is_found(closed_store: Path, tmp_path: Path) -> None:
    content = bytearray(closed_store.read_bytes())
    for place in range(8192 + 100, len(content), 8192):
        content[place] ^= 1
    path = copied(closed_store, tmp_path / "坏.db", content)
    with pytest.raises(StoreDamaged, match="已损坏"):
        Store.open(path, PASSPHRASE)


def test_a_damaged_leaf_is_reported_by_the_check_and_by_reading(closed_store: Path, tmp_path: Path) -> None:
    path = copied(closed_store, tmp_path / "坏.db", closed_store.read_bytes())
    with Store.open(path, PASSPHRASE) as store:
        assert store.problems() == ()
        (page,) = store._link.rows("SELECT rootpage FROM sqlite_master WHERE name = 'records'")[0]
    content = bytearray(path.read_bytes())
    content[(page - 1) * 8192 + 500] ^= 1
    path.write_bytes(content)
    with Store.open(path, PASSPHRASE) as store:
        assert store.problems()
        with pytest.raises(StoreDamaged):
            list(store.batches.records())


def test_a_missing_file_and_a_folder_are_user_errors(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="找不到"):
        Store.open(tmp_path / "没有.db", PASSPHRASE)
    with pytest.raises(FileUnreadable, match="读不了"):
        Store.open(tmp_path, PASSPHRASE)


def test_a_new_store_never_takes_the_place_of_a_file(closed_store: Path) -> None:
    before = closed_store.read_bytes()
    with pytest.raises(UserError, match="已有数据文件"):
        Store.create(closed_store, PASSPHRASE)
    assert closed_store.read_bytes() == before


@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_an_empty_passphrase_is_refused(tmp_path: Path, empty: str) -> None:
    with pytest.raises(UserError, match="口令是空的"):
        Store.create(tmp_path / "新.db", empty)
    assert not list(tmp_path.iterdir())


def test_what_a_broken_off_creation_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".新.db.part").write_bytes(b"half" * 4000)
    with Store.create(tmp_path / "新.db", PASSPHRASE) as store:
        assert store.problems() == ()


def test_no_file_of_the_store_shows_a_name_or_number(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    with Store.create(path, PASSPHRASE) as store:
        batch = store.batches.add(facts(400), now=NOW, who=WHO)
        store.batches.put_records(batch, records(400))
        store.audit.note("导入", {"name": "赵样7"}, at=NOW, who=WHO)
        list(store.reader().batches.records())
        assert path.with_name("数据.db-wal").stat().st_size
        shown = _bytes_of(tmp_path)
    shown += _bytes_of(tmp_path)
    for secret in ("赵样", "003300007", "示例提请表", WHO, "prisoner_no", "CREATE TABLE", PASSPHRASE):
        for coding in ("utf-8", "utf-16-le", "gb18030"):
            assert secret.encode(coding) not in shown, secret


def _bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())
