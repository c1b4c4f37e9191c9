"""Rows destroyed from the window of safety: chosen, confirmed by a word, with a certificate; what stays can be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate

from app.ui import destroy_work
from app.ui.desk_tab import DeskTab
from app.ui.main_window import MainWindow
from app.ui.session import Session
from tests.ui.conftest import Person, cut_words

Wait = Callable[[], None]


@pytest.mark.usefixtures("imported")
def test_lists_are_destroyed_after_a_word_and_conclusions_stay(
    tab: DeskTab, window: MainWindow, session: Session, person: Person, settled: Wait, tmp_path: Path
) -> None:
    window.safety.open()
    dialog = window.safety.dialog
    page = dialog.destroying
    dialog.tabs.setCurrentWidget(page)
    assert page.table.rowCount() == 1
    assert cut_words(dialog) == []
    page.begin.click()
    assert "选择要销毁的表" in page.fault.text()
    page.day.setDate(QDate.currentDate())
    page.older.click()
    assert page.chosen() == []
    page.day.setDate(QDate.currentDate().addDays(1))
    page.older.click()
    assert page.chosen() == [1]
    page.begin.click()
    assert "理由" in page.fault.text()
    page.why.setText("案件已办结归档")
    page.word.setText("是的")
    page.begin.click()
    assert "“销毁”两个字" in page.fault.text()
    page.word.setText("销毁")
    person.new_file = tmp_path / "证明.docx"
    page.begin.click()
    settled()
    assert page.fault.text().startswith("已销毁 1 张表的 3 行原始数据")
    assert person.new_file.exists()
    assert page.table.rowCount() == 0
    assert len(tab.model.ids) == 3
    assert not tab.buttons["review"].isEnabled()
    assert session.reader.batches.tables_present() == set()


def test_what_was_cut_short_is_cleaned_at_the_start(
    window: MainWindow, session: Session, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.store.settings.set("destruction.unclean", "1")
    destroy_work.finish(session, window.bar)
    settled()
    assert "清理完毕" in window.bar.text()
    assert not session.reader.destruction.unclean()
