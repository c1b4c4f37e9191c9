"""Copies: whole and proven, thinned so that each day, week and month keeps one, put back without losing numbers."""

from __future__ import annotations

import itertools
import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actions import safekeep
from app.core.errors import Cancelled, FolderUnwritable, StoreDamaged, UserError, WrongPassphrase
from app.core.jobs import Ticket
from app.core.store import backup, keys, restore
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.link import Link
from tests.core.stopping import Stopping
from tests.core.store.samples import NOW, OPINIONS, WHO, stored_batch

KEY = keys.random_key()
OLD, NEW = "示例口令2026", "另一个口令2026"
TODAY = date(2026, 11, 21)
NOTE = restore.Note(NOW, WHO)


def count(store: Store) -> int:
    """The records a store holds."""
    return sum(1 for _ in store.batches.records())


def keep(store: Store, now: str = NOW, why: Why = Why.ASKED) -> backup.Backup:
    """A copy made now."""
    return store.back_up(why, now=now, ticket=Ticket())


def test_a_copy_is_one_proven_file_under_the_same_key(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 30)
        made = keep(store)
        stored_batch(store, 5)
        [listed] = backup.listed(backup.folder_of(store.path), "数据")
    assert listed == made
    assert listed.checked == NOW
    assert listed.faults == ()
    assert made.path.name == "数据_20261121_093000_手动.db"
    assert sorted(each.name for each in made.path.parent.iterdir()) == sorted([made.path.name, backup.RECORD])
    with Store(made.path, KEY) as copy:
        assert count(copy) == 30


def test_a_copy_is_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 30)
        made = keep(store)
    place = tmp_path / "光盘"
    place.mkdir()
    path = Path(shutil.copy(made.path, place))
    path.chmod(0o400)
    place.chmod(0o500)
    try:
        assert backup.problems_of(path, KEY, Ticket()) == ()
    finally:
        place.chmod(0o700)


def test_stopping_leaves_no_half_copy(tmp_path: Path) -> None:
    ticket = Ticket()
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 3000)
        ticket.cancel()
        with pytest.raises(Cancelled):
            store.back_up(Why.ASKED, now=NOW, ticket=ticket)
        assert list(backup.folder_of(store.path).iterdir()) == []
        assert store.needs_backup()


def test_a_copy_is_needed_after_a_change_only(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    with Store(path, KEY) as store:
        stored_batch(store, 3)
        assert store.needs_backup()
        keep(store)
    with Store(path, KEY) as store:
        assert not store.needs_backup()
        store.settings.set("a", "b")
        assert store.needs_backup()
    with Store(path, KEY) as store:  # the program ended without a copy
        assert store.needs_backup()
    with Store.temporary() as store:
        assert not store.needs_backup()


def test_a_damaged_copy_is_found_and_listed_as_such(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 300)
        made = keep(store)
        content = bytearray(made.path.read_bytes())
        content[-4000] ^= 1
        made.path.write_bytes(content)
        [changed] = safekeep.backups(store)
        assert changed.checked == ""  # what was proven was another file
        done = safekeep.check_backups(store, [changed], now=NOW, ticket=Ticket())
        [listed] = safekeep.backups(store)
        assert listed.faults
        assert "1 份损坏" in done.says
        with pytest.raises(StoreDamaged, match="没有通过检查"):
            store.become(made.path, "", NOTE, Ticket())
        assert count(store) == 300


def test_a_damaged_record_of_checks_is_no_hindrance(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        made = keep(store)
        for content in ("", "[1]", '{"x": 1}', f'{{"{made.path.name}": {{"size": "a", "faults": 3}}}}'):
            (made.path.parent / backup.RECORD).write_text(content, encoding="utf-8")
            assert [each.checked for each in safekeep.backups(store)] == [""]


def test_a_second_folder_gets_the_same_bytes_and_a_missing_one_is_told(tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    with Store(tmp_path / "数据.db", KEY) as store:
        done = safekeep.back_up(store, Why.ASKED, str(stick), now=NOW, who=WHO, ticket=Ticket())
        assert "第二备份文件夹不在" in done.says
        assert not stick.exists()
        stick.mkdir()
        done = safekeep.back_up(store, Why.ASKED, str(stick), now="2026-11-21T10:00:00", who=WHO, ticket=Ticket())
        assert "另存到" in done.says
        assert (stick / done.value.path.name).read_bytes() == done.value.path.read_bytes()
        assert len(safekeep.backups(store, str(stick))) == 3
        with pytest.raises(FolderUnwritable):
            backup.elsewhere(done.value, tmp_path / "没有", now=NOW, ticket=Ticket())


def test_putting_back_keeps_the_present_state_and_every_number(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    with Store(path, KEY) as store:
        reader = store.reader()
        stored_batch(store, 30)
        first = store.papers.reserve(OPINIONS, now=NOW)
        made = keep(store)
        stored_batch(store, 7)
        later = [store.papers.reserve(OPINIONS, now=NOW) for _ in range(3)]
        done = safekeep.put_back(store, made.path, now="2026-11-21T11:00:00", who=WHO, ticket=Ticket())
        assert count(store) == 30
        assert sum(1 for _ in reader.batches.records()) == 30
        assert done.value.numbers == 3
        assert store.papers.reserve(OPINIONS, now=NOW) == max(later) + 1 == first + 4
        assert store.problems() == ()
        assert store.audit.verify() == []
        assert store.audit.entries(1)[0].act == restore.ACT
        store.become(done.value.before, "", NOTE, Ticket())
        assert count(store) == 37
    with Store(path, KEY) as store:
        assert count(store) == 37
        assert store.problems() == ()
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([path.name, backup.FOLDER])


def test_wherever_putting_back_is_stopped_it_happened_or_it_did_not_and_says_which(tmp_path: Path) -> None:
    stopped, went = 0, 0
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 30)
        made = keep(store)
        for place in itertools.count(1):
            stored_batch(store, 5)
            before, ticket = count(store), Stopping(place)
            try:
                store.become(made.path, "", NOTE, ticket)
            except Cancelled:
                stopped += 1
                assert count(store) == before
                continue
            went += 1
            assert count(store) == 30
            if ticket.steps < place:
                break
        assert not list(tmp_path.glob(".*.restore*"))
    assert stopped > 1
    assert went


def test_what_holds_a_file_that_is_done_with_does_not_undo_the_restoring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 30)
        made = keep(store)
        stored_batch(store, 5)
        unlink = Path.unlink

        def held(path: Path, *, missing_ok: bool = False) -> None:
            if path.name.endswith(".restore") and path.exists():
                raise PermissionError(13, "in use", str(path))
            unlink(path, missing_ok=missing_ok)

        monkeypatch.setattr(Path, "unlink", held)
        store.become(made.path, "", NOTE, Ticket())
        assert count(store) == 30
        with pytest.raises(UserError, match="占用"):  # what is left over must go before the next time
            store.become(made.path, "", NOTE, Ticket())


def test_a_copy_of_another_store_needs_its_passphrase_and_the_key_stays_ours(tmp_path: Path) -> None:
    with Store.create(tmp_path / "旧机" / "数据.db", "旧机器的口令") as other:
        stored_batch(other, 12)
        made = keep(other)
    path = tmp_path / "数据.db"
    with Store(path, KEY) as store:
        with pytest.raises(WrongPassphrase, match="另一份数据"):
            store.become(made.path, "", NOTE, Ticket())
        with pytest.raises(WrongPassphrase):
            store.become(made.path, "不对的口令", NOTE, Ticket())
        store.become(made.path, "旧机器的口令", NOTE, Ticket())
    with Store(path, KEY) as store:
        assert count(store) == 12
        assert store.problems() == ()


def test_something_else_is_no_copy(tmp_path: Path) -> None:
    other = tmp_path / "别的.db"
    other.write_bytes(os.urandom(9000))
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 3)
        with pytest.raises(StoreDamaged, match="不是本程序的备份"):
            store.become(other, "", NOTE, Ticket())
        assert count(store) == 3
    assert not backup.folder_of(tmp_path / "数据.db").exists()


def test_a_store_that_does_not_open_is_replaced_and_kept(tmp_path: Path) -> None:
    path, phrase = tmp_path / "数据.db", "例县的口令"
    with Store.create(path, phrase) as store:
        stored_batch(store, 20)
        made = keep(store)
        stored_batch(store, 5)
    content = bytearray(path.read_bytes())
    for place in range(16, len(content), 4096):
        content[place] ^= 255
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        Store.open(path, phrase)
    done = safekeep.replace_broken(path, made.path, phrase, now=NOW, who=WHO, ticket=Ticket())
    assert done.value.read_bytes() == bytes(content)
    with Store.open(path, phrase) as store:
        assert count(store) == 20
        assert store.audit.verify() == []


def test_an_older_copy_is_brought_up_to_date_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.store import migrations

    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 4)
        made = keep(store)
        before = made.path.read_bytes()
        later = ("990_later", "CREATE TABLE later (a TEXT) STRICT;")
        monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, later))
        store.become(made.path, "", NOTE, Ticket())
        assert migrations.pending(store._link.db) == []
        assert count(store) == 4
    assert made.path.read_bytes() == before


def moments() -> st.SearchStrategy[list[tuple[datetime, bool]]]:
    """Copies of the last years, and some the clock dated wrongly."""
    when = st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 31))
    near = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 22))
    return st.lists(st.tuples(st.one_of(when, near), st.booleans()), max_size=40)


@given(moments())
def test_every_day_week_and_month_within_its_time_keeps_one(copies: list[tuple[datetime, bool]]) -> None:
    stays = backup.kept(copies, TODAY)
    left = {made for (made, _), keeps in zip(copies, stays, strict=True) if keeps}
    assert len(stays) == len(copies)
    for made, lasting in copies:
        age = (TODAY - made.date()).days
        if age <= 0 or (lasting and age <= backup.DAYS_LASTING):
            assert made in left
        if 0 <= age <= backup.DAYS_EACH:
            assert any(each.date() == made.date() for each in left)
        if 0 <= age <= 7 * (backup.WEEKS_EACH - 1):
            assert any(each.isocalendar()[:2] == made.isocalendar()[:2] for each in left)
        if 0 <= age <= 30 * (backup.MONTHS_EACH - 1):
            assert any((each.year, each.month) == (made.year, made.month) for each in left)
    if copies:
        assert max(made for made, _ in copies) in left


@given(moments())
def test_thinning_again_removes_nothing_more(copies: list[tuple[datetime, bool]]) -> None:
    left = [each for each, stays in zip(copies, backup.kept(copies, TODAY), strict=True) if stays]
    assert all(backup.kept(left, TODAY))


def test_years_of_daily_use_leave_few_copies() -> None:
    copies: list[tuple[datetime, bool]] = []
    day = datetime(2023, 1, 1, 17)
    while day.date() <= TODAY:
        copies += [(day, False), (day + timedelta(hours=1), False)]
        stays = backup.kept(copies, day.date())
        copies = [each for each, keeps in zip(copies, stays, strict=True) if keeps]
        assert len(copies) <= 2 + backup.DAYS_EACH + backup.WEEKS_EACH + backup.MONTHS_EACH + 3
        day += timedelta(days=1)
    assert {(made.year, made.month) for made, _ in copies} >= {
        (year, month) for year in (2024, 2025) for month in range(1, 13)
    }


def test_thinning_leaves_other_files_alone(tmp_path: Path) -> None:
    with Store(tmp_path / "数据.db", KEY) as store:
        folder = backup.folder_of(store.path)
        for now in ("2020-01-02T08:00:00", "2020-01-03T08:00:00", "2026-11-20T08:00:00", "2026-11-20T09:00:00", NOW):
            keep(store, now)
        (tmp_path / "另一台").mkdir()
        with Store(tmp_path / "另一台" / "数据.db", keys.random_key()) as other_store:
            theirs = shutil.copy(keep(other_store, "2020-01-02T09:00:00").path, folder)
        for other in ("别的_20200102_080000_手动.db", "说明.txt", "数据_20200102_手动.db"):
            (folder / other).write_bytes(b"x")
        removed = backup.thin(folder, store.path, TODAY)
    assert sorted(each.name for each in removed) == [
        "数据_20200102_080000_手动.db",
        "数据_20200103_080000_手动.db",
        "数据_20261120_080000_手动.db",
    ]
    assert (folder / "说明.txt").exists()
    assert Path(theirs).exists()


def test_a_sound_store_is_set_aside_with_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    with Store(path, KEY) as store:
        stored_batch(store, 20)
        aside = backup.set_aside(path, NOW)
    link = Link(aside, KEY)
    assert link.rows("SELECT count(*) FROM records") == [(20,)]
    link.close()


def test_a_copy_has_a_key_file_of_its_own_and_opens_by_itself(tmp_path: Path) -> None:
    with Store.create(tmp_path / "数据.db", OLD) as store:
        made = keep(store)
        store.locks.change(OLD, NEW, now=NOW)
        newer = keep(store, "2026-11-21T10:00:00")
        assert [each.path for each in backup.listed(made.path.parent, "数据")] == [newer.path, made.path]
        away = backup.elsewhere(made, tmp_path, now=NOW, ticket=Ticket())
    for number, (copy, passphrase) in enumerate(((made.path, OLD), (newer.path, NEW), (away, OLD))):
        moved = tmp_path / f"搬走{number}"
        moved.mkdir()
        for file in copy.parent.glob(f"{copy.name}*"):
            file.rename(moved / file.name)
        Store.open(moved / copy.name, passphrase).close()
