"""The window of safety: copies are made, listed, proven and put back; closing makes a last one without hanging."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.jobs import Jobs, Ticket
from app.core.settings import Settings, read_settings
from app.core.store import backup, keys
from app.core.store.database import Store
from app.ui import talk
from app.ui.backup_page import NEVER, NO_SECOND, size_in_words
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.safety_dialog import SafetyDialog
from app.ui.session import Session
from app.ui.sign_in import SignIn
from tests.core.store.samples import NOW, stored_batch
from tests.ui.conftest import PATIENCE, Person

KEY = keys.random_key()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A store on the disk, which is worth copying."""
    with Store(tmp_path / "数据.db", KEY) as store:
        stored_batch(store, 5)
        each = Session(store, Jobs(), Settings(folder=str(tmp_path / "文书")), tmp_path / "设置.toml")
        yield each
        each.jobs.close()


@pytest.fixture
def dialog(window: MainWindow) -> SafetyDialog:
    """The window of safety, open."""
    window.safety.open()
    return window.safety.dialog


def texts(dialog: SafetyDialog, column: int) -> list[str]:
    """A column of the list of copies."""
    table = dialog.backups.table
    return [table.item(row, column).text() for row in range(table.rowCount())]


def test_copies_are_made_listed_and_put_back(
    dialog: SafetyDialog, window: MainWindow, session: Session, person: Person, settled: Callable[[], None]
) -> None:
    assert not dialog.backups.restore.isEnabled()
    dialog.backups.make.click()
    settled()
    assert texts(dialog, 1) == ["手动"]
    assert texts(dialog, 3)[0].startswith("完好")
    stored_batch(session.store, 4)
    dialog.backups.restore.click()
    settled()
    assert "恢复到" in person.asked[-1]
    assert "已恢复到" in person.said[-1]
    assert len(list(session.reader.batches.records())) == 5
    assert set(texts(dialog, 1)) == {"恢复前", "手动"}
    dialog.backups.check.click()
    settled()
    assert "都能打开" in window.bar.text()


def test_a_person_who_thinks_better_of_it_changes_nothing(
    dialog: SafetyDialog, session: Session, person: Person, settled: Callable[[], None]
) -> None:
    dialog.backups.make.click()
    settled()
    stored_batch(session.store, 4)
    person.agrees = False
    dialog.backups.restore.click()
    settled()
    assert len(list(session.reader.batches.records())) == 9


def test_the_second_folder_is_kept_and_used(
    dialog: SafetyDialog, session: Session, person: Person, tmp_path: Path, settled: Callable[[], None]
) -> None:
    assert NO_SECOND in dialog.backups.other.text()
    person.folder = tmp_path / "U盘"
    person.folder.mkdir()
    dialog.backups.choose.click()
    assert read_settings(tmp_path / "设置.toml").backup_folder == str(person.folder)
    dialog.backups.make.click()
    settled()
    assert texts(dialog, 4) == [str(backup.folder_of(session.store.path)), str(person.folder)]
    dialog.backups.drop.click()
    assert texts(dialog, 4) == [str(backup.folder_of(session.store.path))]
    assert session.settings.backup_folder == ""


def test_a_copy_from_elsewhere_asks_for_its_passphrase(
    dialog: SafetyDialog,
    session: Session,
    person: Person,
    tmp_path: Path,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Store.create(tmp_path / "旧机" / "数据.db", "旧机器的口令") as other:
        stored_batch(other, 12)
        made = other.back_up(backup.Why.ASKED, now=NOW, ticket=Ticket())
    person.files = [made.path]
    asked: list[str] = []
    monkeypatch.setattr(talk, "ask_passphrase", lambda *_: asked.append("") or "错的口令")
    dialog.backups.other_file.click()
    settled()
    assert "口令" in person.errors[-1].what
    monkeypatch.setattr(talk, "ask_passphrase", lambda *_: asked.append("") or "旧机器的口令")
    dialog.backups.other_file.click()
    settled()
    assert len(asked) == 2
    assert len(list(session.reader.batches.records())) == 12


def test_something_else_is_refused_at_once(dialog: SafetyDialog, person: Person, tmp_path: Path) -> None:
    (tmp_path / "别的.db").write_bytes(bytes(9000))
    person.files = [tmp_path / "别的.db"]
    dialog.backups.other_file.click()
    assert "不是本程序的备份" in person.errors[-1].what


def test_a_copy_that_was_exchanged_is_shown_as_unproven(
    dialog: SafetyDialog, session: Session, settled: Callable[[], None], window: MainWindow
) -> None:
    dialog.backups.make.click()
    settled()
    [copy] = backup.folder_of(session.store.path).glob("*.db")
    content = bytearray(copy.read_bytes())
    content[-4000] ^= 1
    copy.write_bytes(content)
    window.safety._renew()
    assert texts(dialog, 3) == [NEVER]
    dialog.backups.check.click()
    settled()
    assert texts(dialog, 3)[0].startswith("损坏")


def test_closing_copies_what_was_changed_and_then_closes(
    window: MainWindow, session: Session, person: Person, qtbot: QtBot
) -> None:
    assert not window.close()
    assert "正在备份" in window.bar.text()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    [made] = backup.listed(backup.folder_of(session.store.path), "数据")
    assert made.why is backup.Why.CLOSING
    assert made.checked
    assert person.asked == []


def test_closing_without_a_change_closes_at_once(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    path = session.store.path
    session.store.close()
    with Store(path, KEY) as store:
        again = MainWindow(Session(store, session.jobs, Settings()))
        qtbot.addWidget(again)
        assert again.close()
    window._closing = again._closing = True


def test_a_last_copy_that_cannot_be_made_leaves_the_choice(
    window: MainWindow, session: Session, person: Person, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    backup.folder_of(session.store.path).write_bytes(b"a file where the folder should be")
    person.agrees = False
    assert not window.close()
    settled()
    assert window.isVisible()
    assert "没有做成" in person.asked[-1]
    person.agrees = True
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)


def test_a_sheet_is_taken_back_after_a_copy_only(
    window: MainWindow, session: Session, work: DeskWork, settled: Callable[[], None]
) -> None:
    [batch] = session.reader.batches.all()
    work.withdraw(batch)
    settled()
    assert session.reader.batches.all() == []
    [made] = backup.listed(backup.folder_of(session.store.path), "数据")
    assert made.why is backup.Why.DELETING
    with Store(made.path, KEY) as copy:
        assert len(copy.batches.all()) == 1


@pytest.mark.parametrize(
    ("size", "words"), [(12, "12 字节"), (2048, "2.0 KB"), (5 << 20, "5.0 MB"), (3 << 30, "3.0 GB")]
)
def test_sizes_are_said_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_the_window_fits_its_words(dialog: SafetyDialog, settled: Callable[[], None]) -> None:
    dialog.backups.make.click()
    settled()
    page = dialog.backups
    for button in (page.make, page.check, page.restore, page.other_file, page.choose, page.drop):
        assert button.width() >= button.sizeHint().width(), button.text()


def test_a_full_check_of_sound_data_says_so(dialog: SafetyDialog, settled: Callable[[], None]) -> None:
    page = dialog.health
    assert not page.repair.isEnabled()
    page.check.click()
    settled()
    assert "数据完好" in page.head.text()
    assert not page.repair.isEnabled()


@pytest.fixture
def damaged(tmp_path: Path) -> None:
    """Damage amid the store, before the session opens it."""
    path = tmp_path / "数据.db"
    with Store(path, KEY) as store, store.atomic():
        stored_batch(store, 2000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.usefixtures("damaged")
def test_damage_is_found_told_and_mended(
    session: Session, window: MainWindow, person: Person, settled: Callable[[], None]
) -> None:
    window.safety.begin()
    settled()
    assert "数据文件有损坏" in person.errors[-1].what
    window.safety.open()
    page = window.safety.dialog.health
    page.check.click()
    settled()
    assert "发现" in page.head.text()
    page.repair.click()
    settled()
    assert "修复完成" in page.head.text()
    assert page.lines.toPlainText()
    assert session.store.problems() == ()
    assert list(session.store.path.parent.glob("数据_损坏_*.db"))


def test_the_start_of_sound_data_says_nothing(window: MainWindow, person: Person, settled: Callable[[], None]) -> None:
    window.safety.begin()
    settled()
    assert person.errors == []


def test_the_program_shows_that_it_is_offline(
    dialog: SafetyDialog, person: Person, tmp_path: Path, settled: Callable[[], None], session: Session
) -> None:
    settled()
    page = dialog.self_check
    found = {each.what: each for each in page.shown}
    assert found["被拦截的联网企图"].good
    assert found["本程序持有的网络连接"].found == "没有"
    assert found["数据"].found == str(session.store.path)
    assert len(found["SHA-256"].found) > 60
    assert page.table.rowCount() == len(page.shown)
    person.new_file = tmp_path / "自检.txt"
    page.save.click()
    settled()
    assert "【不连网】" in person.new_file.read_text(encoding="utf-8-sig")


def test_a_store_that_does_not_open_is_put_back_at_sign_in(qtbot: QtBot, person: Person, tmp_path: Path) -> None:
    path, phrase = tmp_path / "数据.db", "例县的口令"
    with Store.create(path, phrase) as store:
        stored_batch(store, 9)
        store.back_up(backup.Why.CLOSING, now=NOW, ticket=Ticket())
        newest = store.back_up(backup.Why.CLOSING, now="2026-11-22T09:30:00", ticket=Ticket())
    for each in (path, newest.path):  # the newest copy is damaged, too
        content = bytearray(each.read_bytes())
        content[5000] ^= 1
        each.write_bytes(content)
    jobs = Jobs()
    dialog = SignIn(path, jobs)
    qtbot.addWidget(dialog)
    dialog.phrase.setText(phrase)
    dialog.try_it()
    qtbot.waitUntil(lambda: dialog.store is not None, timeout=PATIENCE)
    with dialog.store as store:
        assert len(list(store.batches.records())) == 9
    assert len(person.asked) == 1
    assert "损坏的文件保存为" in person.said[-1]
    assert person.errors == []
    jobs.close()


def test_without_a_copy_the_damage_is_only_told(qtbot: QtBot, person: Person, tmp_path: Path) -> None:
    path, phrase = tmp_path / "数据.db", "例县的口令"
    Store.create(path, phrase).close()
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    jobs = Jobs()
    dialog = SignIn(path, jobs)
    qtbot.addWidget(dialog)
    dialog.phrase.setText(phrase)
    dialog.try_it()
    qtbot.waitUntil(lambda: bool(person.errors), timeout=PATIENCE)
    assert person.asked == []
    assert dialog.store is None
    jobs.close()


def test_the_log_is_read_proven_and_taken_out(
    dialog: SafetyDialog, window: MainWindow, person: Person, settled: Callable[[], None], tmp_path: Path
) -> None:
    settled()
    page = dialog.log
    before = page.table.texts.rowCount()
    page.prove.click()
    settled()
    assert "校验码" in page.said.text() or "还没有操作记录" in page.said.text()
    person.new_file = tmp_path / "操作记录.txt"
    page.export.click()
    settled()
    assert page.table.texts.rowCount() == before + 1
    assert person.new_file.exists()
    person.files = [person.new_file]
    page.check.click()
    settled()
    assert "没有改动" in page.said.text()
    page.search.setText("没有这个词")
    assert page.table.texts.rowCount() == 0
