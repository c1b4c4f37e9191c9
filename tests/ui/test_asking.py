"""Asking for data from the window: tables are ticked, columns shown by use, blanks and letters written as jobs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.intake.declared import tables
from app.core.intake.wanted import ranked
from app.ui.asking_dialog import NOTHING, AskingDialog
from app.ui.desk_page import DeskPage
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]


@pytest.fixture
def dialog(window: MainWindow, tab: DeskTab, tmp_path: Path) -> AskingDialog:
    """Opened by the tool, writing into a folder of the test."""
    tab.buttons["ask"].click()
    window.asking.dialog.folder.setText(str(tmp_path / "出"))
    return window.asking.dialog


def tick(dialog: AskingDialog, *table_ids: str) -> None:
    """Tick tables as a click would."""
    for item in dialog._items():
        if item.data(0, Qt.ItemDataRole.UserRole) in table_ids:
            item.setCheckState(0, Qt.CheckState.Checked)


def test_nothing_ticked_writes_nothing(dialog: AskingDialog) -> None:
    assert dialog.chosen() == ()
    assert not dialog._blanks.isEnabled()
    assert not dialog._letters.isEnabled()
    assert dialog._says.text() == NOTHING
    assert len(dialog._items()) == len(tables())


def test_columns_stand_by_their_use(dialog: AskingDialog) -> None:
    assert dialog.title.text() == "《提请减刑(假释)案件表》的列，用处大的排在前面"
    fields = ranked(tables()["R1"])
    shown = [dialog.columns.item(row, 0).text() for row in range(dialog.columns.rowCount())]
    assert shown == [each.name for each in fields]
    assert dialog.columns.item(0, 2).text() == str(len(fields[0].unlocks))
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
    assert dialog.columns.rowCount() == 0


def test_blank_workbooks_are_saved(dialog: AskingDialog, settled: Wait, tmp_path: Path) -> None:
    tick(dialog, "R2", "T28")
    assert "（2 张）" in dialog._blanks.text()
    dialog._blanks.click()
    settled()
    assert {each.name for each in (tmp_path / "出").iterdir()} == {
        f"{tables()[each].name}（空白表）.xlsx" for each in ("R2", "T28")
    }
    assert dialog._says.text() == "已保存空白表 2 张。"
    assert dialog.open_folder.isEnabled()


def test_letters_go_to_each_holder_under_the_name_written(
    dialog: AskingDialog, window: MainWindow, settled: Wait, tmp_path: Path
) -> None:
    tick(dialog, "R2")
    dialog._written["监狱"].setText("例县监狱")
    tick(dialog, "T12")
    assert list(dialog._written) == ["监狱", "公安机关"]
    assert dialog._written["监狱"].text() == "例县监狱"
    assert "（2 份）" in dialog._letters.text()
    dialog.lines["span"].setText("2026年的案件")
    dialog._letters.click()
    settled()
    assert {each.name for each in (tmp_path / "出").iterdir()} == {"调取数据_例县监狱", "调取数据_公安机关"}
    assert (tmp_path / "出" / "调取数据_例县监狱" / "调取数据函.docx").exists()
    assert "已生成调取数据函 2 份" in window.bar.text()


def test_our_own_table_alone_needs_no_letter(dialog: AskingDialog) -> None:
    tick(dialog, "T05")
    assert dialog._blanks.isEnabled()
    assert not dialog._letters.isEnabled()


def test_another_folder_can_be_chosen_and_none_is_said(dialog: AskingDialog, person: Person, tmp_path: Path) -> None:
    tick(dialog, "R2")
    person.folder = tmp_path / "别处"
    dialog.choose_folder()
    assert dialog.wish().folder == tmp_path / "别处"
    dialog.folder.setText(" ")
    assert dialog._says.text() == "请选择文件夹。"
    assert not dialog._blanks.isEnabled()


def test_a_folder_that_cannot_be_written_is_told(
    dialog: AskingDialog, settled: Wait, person: Person, tmp_path: Path
) -> None:
    (tmp_path / "占").write_text("不是文件夹", encoding="utf-8")
    tick(dialog, "R2")
    dialog.folder.setText(str(tmp_path / "占" / "内"))
    dialog._blanks.click()
    settled()
    assert len(person.errors) == 1
    assert not dialog.open_folder.isEnabled()


def test_the_folder_is_shown(
    dialog: AskingDialog, settled: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("app.core.files.open_with_system", lambda path, *_: opened.append(path))
    tick(dialog, "R2")
    dialog._blanks.click()
    settled()
    dialog.open_folder.click()
    settled()
    assert opened == [tmp_path / "出"]


def test_a_desk_that_is_not_ready_asks_for_its_own_tables(window: MainWindow) -> None:
    window.tabs.setCurrentIndex(1)
    page = window.desks["correction"].findChild(DeskPage)
    [button] = [each for each in page.findChildren(QPushButton) if each.text().startswith("调取数据")]
    button.click()
    current = window.asking.dialog.tree.currentItem()
    assert current.parent().text(0) == "社区矫正"
    assert current.parent().isExpanded()
    window.asking.dialog.reject()
    assert window.asking.dialog is None


def test_what_an_import_lacks_is_asked_for_on_top_of_it(
    qtbot: QtBot, window: MainWindow, work: DeskWork, book: Path, settled: Wait
) -> None:
    work.intake.look([book])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.detail.ask.click()
    assert window.asking.dialog.parent() is work.intake.dialog
    assert window.asking.dialog.chosen() == ("R1",)
    window.asking.dialog.reject()
    work.intake.dialog.reject()
    settled()
