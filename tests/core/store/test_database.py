"""Transactions, the window's connection, threads, and what the database reports in words."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import Cancelled, FileInUse, FolderUnwritable, UserError
from app.core.records import Record
from app.core.store import keys, link, migrations
from app.core.store.database import Store
from tests.core.store.samples import NOW, WHO, facts, records, stored_batch, stored_cases

ROOT = Path(__file__).resolve().parents[3]


def cancelled_after(count: int) -> Iterator[Record]:
    """So many records, then the user stops the work."""
    yield from records(count)
    raise Cancelled


def test_cancelling_in_the_midst_of_an_import_leaves_nothing(store: Store) -> None:
    def import_it() -> None:
        with store.atomic():
            batch = store.batches.add(facts(2500), now=NOW, who=WHO)
            store.audit.note("导入", {"batch": batch}, at=NOW, who=WHO)
            store.batches.put_records(batch, cancelled_after(2500))

    with pytest.raises(Cancelled):
        import_it()
    assert store.batches.all() == []
    assert list(store.batches.records()) == []
    assert store.audit.entries() == []


def test_any_error_inside_rolls_back_and_the_store_goes_on(store: Store) -> None:
    def fail() -> None:
        with store.atomic():
            stored_batch(store, 3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.batches.all() == []
    stored_batch(store, 2)
    assert len(list(store.batches.records())) == 2


def test_an_inner_failure_that_is_caught_takes_back_only_the_inner_part(store: Store) -> None:
    def fail() -> None:
        with store.atomic():
            store.settings.set("内", "去")
            raise Cancelled

    with store.atomic():
        store.settings.set("外", "留")
        with pytest.raises(Cancelled):
            fail()
    assert (store.settings.get("外"), store.settings.get("内")) == ("留", "")


def test_the_reader_sees_what_is_committed_and_nothing_else(store: Store) -> None:
    reader = store.reader()
    with store.atomic():
        stored_cases(store, 3)
        assert reader.views.case_ids("reduction") == []
        assert len(store.views.case_ids("reduction")) == 3
    assert len(reader.views.case_ids("reduction")) == 3
    assert len(list(reader.batches.records())) == 3


def test_the_reader_cannot_write(store: Store) -> None:
    reader = store.reader()
    with pytest.raises(RuntimeError):
        reader.settings.set("a", "b")
    with pytest.raises(FolderUnwritable, match="只能读"):
        reader._link.rows("DELETE FROM settings")


def test_the_window_reads_while_the_lane_writes(store: Store) -> None:
    reader = store.reader()
    stored_batch(store, 5)
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(20):
                stored_batch(store, 40)
        except BaseException as error:
            faults.append(error)

    lane = threading.Thread(target=write)
    lane.start()
    seen = []
    while lane.is_alive():
        seen.append(sum(1 for _ in reader.batches.records()))
    lane.join()
    assert not faults
    assert sum(1 for _ in reader.batches.records()) == 805
    assert seen == sorted(seen)


def test_two_threads_on_the_writing_connection_wait_for_each_other(store: Store) -> None:
    inside, go = threading.Event(), threading.Event()
    seen: list[str] = []

    def other() -> None:
        inside.wait(10)
        go.set()
        seen.append(store.settings.get("办案单位"))

    thread = threading.Thread(target=other)
    thread.start()
    with store.atomic():
        store.settings.set("办案单位", "未写完")
        inside.set()
        go.wait(10)
        store.settings.set("办案单位", "例县检察院")
    thread.join(10)
    assert seen == ["例县检察院"]


def test_a_full_disk_is_told_and_what_was_there_stays(store: Store) -> None:
    stored_batch(store, 10)
    pages = store._link.rows("PRAGMA page_count")[0][0]
    store._link.rows(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(FolderUnwritable, match="磁盘已满"):
        stored_batch(store, 20000)
    assert len(list(store.batches.records())) == 10
    store._link.rows("PRAGMA max_page_count = 1000000")
    stored_batch(store, 2000)
    assert store.problems() == ()


def test_a_store_another_program_writes_to_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "SECONDS_TO_WAIT_FOR_A_LOCK", 0)
    path, key = tmp_path / "数据.db", keys.random_key()
    with (
        Store(path, key) as one,
        Store(path, key, durable=False) as other,  # takes no lock of its own
        one.atomic(),
        pytest.raises(FileInUse, match=r"另一个程序.*数据\.db"),
    ):
        other.settings.set("a", "c")


def test_text_that_no_file_can_hold_is_a_user_error(store: Store) -> None:
    with pytest.raises(UserError, match="残缺字符"):
        store.settings.set("院名", "\ud800")
    assert store.settings.get("院名") == ""


def test_a_folder_that_cannot_be_made_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(FolderUnwritable, match="文件夹"):
        Store.create(tmp_path / "文件" / "里" / "数据.db", "口令")


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("006_bad", "INSERT INTO nowhere VALUES (1);")))
    with pytest.raises(Exception, match="nowhere"):
        Store.create(tmp_path / "数据.db", "口令")
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_store_leaves_nothing_behind() -> None:
    store = Store.temporary()
    folder = store.path.parent
    stored_batch(store, 5)
    reader = store.reader()
    assert folder.is_dir()
    store.close()
    with pytest.raises(Exception, match="closed"):
        reader.batches.all()
    assert not folder.exists()


def test_settings_and_mappings_keep_the_last_word(store: Store) -> None:
    assert store.settings.get("办案单位", "未填写") == "未填写"
    store.settings.set("办案单位", "甲院")
    store.settings.set("办案单位", "例县检察院")
    store.mappings.remember("f1", "", "R1", {"姓名": "name"})
    store.mappings.remember("f1", "例县监狱", "R1", {"姓名": "name"})
    store.mappings.remember("f1", "", "R2", {"罪犯姓名": "name", "编号": "prisoner_no"})
    assert store.settings.get("办案单位") == "例县检察院"
    assert store.mappings.known() == [
        ("f1", "例县监狱", "R1", {"姓名": "name"}),
        ("f1", "", "R2", {"罪犯姓名": "name", "编号": "prisoner_no"}),
    ]


def test_the_heavy_libraries_wait_until_a_store_is_opened() -> None:
    code = (
        "import sys; import app.core.store.database;"
        "print([n for n in ('sqlite_utils', 'sqlcipher3', 'sqlite3', 'argon2') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
