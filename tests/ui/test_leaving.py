"""The way out as the user meets it: asked before a file with identity numbers is written; the page of files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.core.actions.leaving import ACT, AS_IT_IS, CANCEL, MASKED
from app.core.actions.leaving_scan import held_in
from app.ui import talk
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.session import Session
from tests.core.actions.test_leaving import number
from tests.core.workbooks import proposals
from tests.ui.conftest import Person

Wait = Callable[[], None]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Three people with identity numbers."""
    people = [{"姓名": f"测试某甲{n}", "身份证号码": number(n)} for n in range(3)]
    return proposals(tmp_path / "提请名单.xlsx", *people)


@pytest.mark.usefixtures("imported")
def test_the_ledger_is_asked_about_before_it_leaves(
    work: DeskWork, window: MainWindow, session: Session, person: Person, settled: Wait, tmp_path: Path
) -> None:
    person.new_file, person.answer = tmp_path / "台账.xlsx", CANCEL
    work.export()
    settled()
    assert "3 个身份证号码" in person.asked[-1]
    assert not person.new_file.exists()
    assert window.bar.text() == "已停止：导出台账"
    person.answer = MASKED
    work.export()
    settled()
    assert held_in(person.new_file.read_bytes()).numbers == 0
    assert [each.what["选择"] for each in session.reader.audit.entries() if each.act == ACT] == [CANCEL, MASKED]


def test_files_to_be_taken_away_are_looked_through_and_copied(
    window: MainWindow, session: Session, person: Person, settled: Wait, tmp_path: Path
) -> None:
    window.safety.open()
    page = window.safety.dialog.leaving
    assert not page.carry.isEnabled()
    (tmp_path / "文书").mkdir()
    (tmp_path / "文书" / "一.txt").write_text(f"号码{number()}", encoding="utf-8")
    (tmp_path / "文书" / "二.txt").write_text("没有", encoding="utf-8")
    person.folder = tmp_path / "文书"
    page.folder.click()
    settled()
    shown = [[page.table.item(row, column).text() for column in range(3)] for row in range(2)]
    assert shown == [["一.txt", "1", "1 处"], ["二.txt", "0", ""]]
    assert page.said.text() == "2 个文件中 1 个有身份证号码，共 1 个。"
    person.folder = tmp_path / "盘"
    page.carry.click()
    settled()
    assert (tmp_path / "盘" / "一.txt").exists()
    assert page.said.text().startswith("已复制 2 个文件")
    person.files = [tmp_path / "文书" / "二.txt"]
    page.files.click()
    settled()
    assert page.said.text() == "1 个文件里没有找到身份证号码。"


@pytest.mark.dialogs
def test_enter_and_esc_let_the_file_be(qapp: QApplication) -> None:
    seen: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.defaultButton().text())
        seen.extend(each.text() for each in box.buttons())
        box.reject()

    QTimer.singleShot(0, look)
    assert talk.ask_which(None, "有号码。", "一个", (AS_IT_IS, MASKED, CANCEL)) == CANCEL
    assert seen[0] == CANCEL
    assert set(seen[1:]) == {AS_IT_IS, MASKED, CANCEL}
