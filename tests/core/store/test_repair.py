"""Damage: found at the start and by the full check, mended with a list of what was mended, and the files kept aside."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from app.core.errors import Cancelled, FolderUnwritable, StoreDamaged
from app.core.jobs import Ticket
from app.core.store import keys, salvage
from app.core.store.audit import Audit
from app.core.store.database import Store
from app.core.store.link import PAGE_BYTES, Link
from app.core.store.restore import Note
from tests.core.stopping import Stopping
from tests.core.store.samples import NOW, OPINIONS, WHO, stored_batch, stored_cases

KEY = keys.random_key()
NOTE = Note(NOW, WHO)
ROWS = 600


def filled(path: Path) -> Path:
    """A store of many pages."""
    with Store(path, KEY) as store:
        stored_batch(store, ROWS)
        stored_cases(store, 40)
        for _ in range(5):
            store.papers.reserve(OPINIONS, now=NOW)
        store.settings.set("office.name", "例县人民检察院")
        store.audit.note("导入", {"batch": 1}, at=NOW, who=WHO)
    return path


def root_of(path: Path, name: str) -> int:
    """The first page of a table or an index."""
    link = Link(path, KEY)
    [(page,)] = link.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
    link.close()
    return int(page)


def damage(path: Path, *pages: int) -> None:
    """Change one bit in each of these pages."""
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE_BYTES + 700] ^= 4
    path.write_bytes(content)


def leaves(path: Path) -> list[int]:
    """Pages in which rows of the table of records lie: found by damaging each and reading."""
    sound, found = path.read_bytes(), []
    tried = path.with_name("试.db")
    for page in range(2, len(sound) // PAGE_BYTES + 1):
        tried.write_bytes(sound)
        damage(tried, page)
        try:
            link = Link(tried, KEY, writes=False)
        except StoreDamaged:
            continue
        try:
            if link.rows("SELECT count(cells) FROM records NOT INDEXED") != [(ROWS + 40,)]:
                raise AssertionError("other rows")
        except StoreDamaged:
            found.append(page)
        finally:
            link.close()
    tried.unlink()
    return found


def test_a_sound_store_has_nothing_to_mend(tmp_path: Path) -> None:
    with Store(filled(tmp_path / "数据.db"), KEY) as store:
        assert store.quick_check(Ticket()) == ()
        found = store.examine(Ticket())
        assert found.all() == ()
        assert store.repair(found, NOTE, Ticket()).lines == ()
    assert [each.name for each in tmp_path.iterdir()] == ["数据.db"]


def test_checks_can_be_stopped(tmp_path: Path) -> None:
    ticket = Ticket()
    ticket.cancel()
    with Store(filled(tmp_path / "数据.db"), KEY) as store:
        with pytest.raises(Cancelled):
            store.examine(ticket)
        assert store.quick_check(Ticket()) == ()


def test_damaged_pages_are_read_around_and_everything_else_stays(tmp_path: Path) -> None:
    path = filled(tmp_path / "数据.db")
    pages = leaves(path)
    assert len(pages) > 6
    damage(path, pages[3], pages[-1])
    content = path.read_bytes()
    with Store(path, KEY) as store:
        reader = store.reader()
        assert store.quick_check(Ticket())
        with pytest.raises(StoreDamaged):
            list(store.batches.records())
        assert len(store.batches.all()) == 2  # the connection goes on reading what is sound
        found = store.examine(Ticket())
        assert found.pages
        mended = store.repair(found, NOTE, Ticket())
        kept = len(list(store.batches.records()))
        assert ROWS / 2 < kept < ROWS + 40
        assert len(list(reader.batches.records())) == kept
        [line] = [each for each in mended.lines if each.startswith("导入的行")]
        assert f"救出 {kept + _loose(mended.lines)} 行" in line
        assert mended.left.pages == mended.left.structure == mended.left.loose == ()
        assert mended.aside is not None
        assert mended.aside.read_bytes() == content
        assert store.settings.get("office.name") == "例县人民检察院"
        assert store.papers.reserve(OPINIONS, now=NOW) == 6
        assert stored_batch(store, 3) == 3
        assert store.audit.entries(1)[0].act == "修复数据"
    with Store(path, KEY) as store:
        assert store.problems() == ()


def _loose(lines: tuple[str, ...]) -> int:
    """Records that were taken out because their batch is gone; none here."""
    return sum("“导入的行”" in each for each in lines)


def test_wherever_mending_is_stopped_it_is_undone_or_told(tmp_path: Path) -> None:
    first = filled(tmp_path / "数据.db")
    damage(first, leaves(first)[3])
    content, stopped, went = first.read_bytes(), 0, 0
    for place in itertools.count(1):
        path = tmp_path / str(place) / "数据.db"
        path.parent.mkdir()
        path.write_bytes(content)
        with Store(path, KEY) as store:
            found, ticket = store.examine(Ticket()), Stopping(place)
            assert found.pages
            try:
                mended = store.repair(found, NOTE, ticket)
            except Cancelled:
                stopped += 1
                assert store.examine(Ticket()).pages
                continue
            went += 1
            assert mended.lines
            assert store.audit.last("修复数据") is not None
            assert store.examine(Ticket()).pages == ()
        if ticket.steps < place:
            break
    assert stopped
    assert went > 1


def test_a_mending_the_log_has_no_room_for_is_told_as_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "数据.db")
    damage(path, leaves(path)[3])

    def full(*_: object, **__: object) -> None:
        raise FolderUnwritable("磁盘已满", do="请腾出空间")

    with Store(path, KEY) as store:
        found = store.examine(Ticket())
        monkeypatch.setattr(Audit, "note", full)
        mended = store.repair(found, NOTE, Ticket())
        assert mended.lines[-1] == "修复没有记入操作记录：磁盘已满"
        assert store.examine(Ticket()).pages == ()


def test_every_single_damaged_page_can_be_survived(tmp_path: Path) -> None:
    path = filled(tmp_path / "数据.db")
    sound = path.read_bytes()
    told = 0
    for page in range(2, len(sound) // PAGE_BYTES + 1, 5):
        path.write_bytes(sound)
        damage(path, page)
        try:
            store = Store(path, KEY)
        except StoreDamaged:
            continue
        with store:
            found = store.examine(Ticket())
            assert found.all()
            try:
                mended = store.repair(found, NOTE, Ticket())
            except StoreDamaged:
                continue
            told += bool(mended.lines)
            assert store.problems() == ()
    assert told > 3


def test_a_store_whose_numbers_are_gone_takes_them_from_the_documents(tmp_path: Path) -> None:
    path = filled(tmp_path / "数据.db")
    with Store(path, KEY) as store:
        [case] = store.views.case_ids("reduction")[:1]
        paper = store.papers.reserve_for(case, "opinion", OPINIONS, str, template="甲", now=NOW, who=WHO)
    damage(path, root_of(path, "numbers"))
    target = tmp_path / "新.db"
    told = salvage.salvage(path, KEY, target, Ticket())
    assert [each.table for each in told] == ["numbers"]
    assert "文号" in told[0].says()
    with Store(target, KEY) as store:
        assert store.papers.reserve(OPINIONS, now=NOW) == int(paper.number) + 1


def test_a_broken_index_is_rebuilt(tmp_path: Path) -> None:
    path = filled(tmp_path / "数据.db")
    with Store(path, KEY) as store:
        run = store._link._conn.execute
        kept = run(
            "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'records_by_row'"
        ).fetchone()
        run("PRAGMA writable_schema = ON")
        run("DELETE FROM sqlite_master WHERE name = 'records_by_row'")
        store._link._conn.commit()
    with Store(path, KEY) as store:
        stored_batch(store, 3)
        run = store._link._conn.execute
        run("PRAGMA writable_schema = ON")
        run("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)
        store._link._conn.commit()
    with Store(path, KEY) as store:
        found = store.examine(Ticket())
        assert found.structure
        assert found.pages == ()
        mended = store.repair(found, NOTE, Ticket())
        assert "已重建全部索引" in mended.lines
        assert store.examine(Ticket()).all() == ()
        assert len(list(store.batches.records())) == ROWS + 43


def test_rows_that_belong_to_nothing_are_taken_out_and_named(tmp_path: Path) -> None:
    with Store(filled(tmp_path / "数据.db"), KEY) as store:
        store._link._conn.execute("PRAGMA foreign_keys = OFF")
        store._link.change("DELETE FROM records WHERE batch_id = 2")
        store._link._conn.execute("PRAGMA foreign_keys = ON")
        found = store.examine(Ticket())
        assert len(found.loose) == 40
        mended = store.repair(found, NOTE, Ticket())
        assert mended.lines == ("“案件”：40 行所属的内容已经不在，已移出",)
        assert store.problems() == ()


def test_what_cannot_be_read_at_all_is_said(tmp_path: Path) -> None:
    path = filled(tmp_path / "数据.db")
    damage(path, 1)
    with pytest.raises(StoreDamaged, match="读不出任何内容"):
        salvage.salvage(path, KEY, tmp_path / "新.db", Ticket())
