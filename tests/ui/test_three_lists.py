"""The comparison of three lists from the window: the picture, its rows, the cells behind them, the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.core.intake.declared import tables
from app.core.settings import Theme
from app.ui import look
from app.ui.desk_work import DeskWork
from app.ui.list_bars import ListBars, Way
from app.ui.main_window import MainWindow
from app.ui.row_dialog import RowDialog
from app.ui.session import Session
from app.ui.text_table import TextTable
from app.ui.three_lists_dialog import ThreeListsDialog
from tests.core.checks.deskcases import spread
from tests.core.workbooks import write_book
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]
PEOPLE = (  # name, number, in which lists, what differs there
    ("测试甲", "110101199001010015", ("T19", "T20"), {}),
    ("测试乙", "110101199002020012", ("T19",), {}),
    ("测试丙", "110101199003030019", ("T19", "T20"), {"剥权期限": "三年"}),
)


@pytest.fixture
def desk(window: MainWindow) -> DeskWork:
    """The desk of deprivation."""
    window.tabs.setCurrentWidget(window.desks["deprivation"])
    return next(each for each in window.works if each.tab.desk.id == "deprivation")


@pytest.fixture
def dialog(
    desk: DeskWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, settled: Wait
) -> ThreeListsDialog:
    """Three released people, two of them listed by the police; the roster of correction is not there."""
    monkeypatch.setattr(Session, "today", lambda _self: date(2026, 6, 30))
    base = spread("deprivation", {"id": "x", "base": "release", "why": "x"})
    paths = []
    for table in ("T19", "T20"):
        rows = [
            {**base["tables"][table][0], "姓名": name, "身份证号": number, **(differs if table == "T20" else {})}
            for name, number, lists, differs in PEOPLE
            if table in lists
        ]
        paths.append(write_book(tmp_path / f"{tables()[table].name}.xlsx".replace("/", ""), ("名单", rows)))
    desk.intake.look(paths)
    qtbot.waitUntil(lambda: desk.intake.dialog is not None, timeout=PATIENCE)
    desk.intake.dialog.review_after.setChecked(False)
    desk.intake.dialog.accept()
    settled()
    desk.tab.buttons["compare"].click()
    qtbot.waitUntil(lambda: desk.three_lists.dialog is not None, timeout=PATIENCE)
    settled()
    return desk.three_lists.dialog


def column(table: TextTable, number: int) -> list[str]:
    """The texts of one column, from the top."""
    return [table.texts.index(row, number).data() for row in range(table.texts.rowCount())]


def test_the_picture_counts_and_says_which_list_is_absent(dialog: ThreeListsDialog) -> None:
    assert [(each.way.words, each.way.lines, each.way.running) for each in dialog.bars.rows] == [
        ("只在法院监所的名单里", 1, 1),
        ("只在公安机关的名单里", 0, 0),
        ("各方都有", 2, 2),
        ("不能确定，须先核对", 0, 0),
    ]
    words = " ".join(each.text() for each in dialog.findChildren(QLabel))
    assert "法院监所 3 件，公安机关 2 件" in words
    assert "没有司法局的名单（《社区矫正对象名册》），请向社区矫正机构调取" in words
    assert column(dialog.table, 5) == ["未导入"] * 3
    assert "期限：法院监所剥夺政治权利二年；公安机关剥夺政治权利三年" in column(dialog.table, 9)[0]


def test_a_row_of_the_picture_narrows_the_table(dialog: ThreeListsDialog, qtbot: QtBot) -> None:
    first, both = dialog.bars.rows[0], dialog.bars.rows[2]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert column(dialog.table, 0) == ["测试乙"]
    assert column(dialog.table, 6) == ["没有"]
    both.setFocus()
    qtbot.keyClick(both, Qt.Key.Key_Space)
    assert not first.isChecked()
    assert sorted(column(dialog.table, 0)) == ["测试丙", "测试甲"]
    qtbot.keyClick(both, Qt.Key.Key_Space)
    assert len(column(dialog.table, 0)) == 3
    dialog.only_running.setChecked(True)
    assert len(column(dialog.table, 0)) == 3


def test_every_cell_opens_its_row(dialog: ThreeListsDialog, window: MainWindow, qtbot: QtBot) -> None:
    place = next(place for place, each in enumerate(dialog.found.lines) if each.person.name == "测试甲")
    dialog.table.go_to(place, 6)
    files = {dialog.cells.item(row, 0).text() for row in range(dialog.cells.rowCount())}
    assert files == {"公安列管剥权名单.xlsx"}
    dialog.table.go_to(place, 4)
    assert {dialog.cells.item(row, 0).text() for row in range(dialog.cells.rowCount())} == {
        "刑满释放(假释)附加剥权名单.xlsx"
    }
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: window.findChild(RowDialog) is not None, timeout=PATIENCE)
    assert "附加剥权名单" in window.findChild(RowDialog).findChildren(QLabel)[0].text()


def test_it_is_saved_without_formulas(
    dialog: ThreeListsDialog, person: Person, tmp_path: Path, qtbot: QtBot, settled: Wait
) -> None:
    person.new_file = tmp_path / "比对"
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.says.text() == "比对结果已保存：比对.xlsx（3 件）。"
    book = openpyxl.load_workbook(tmp_path / "比对.xlsx")
    assert book.sheetnames == ["汇总", "三方比对"]
    assert book["三方比对"].max_row == 4
    summary = [row[0] for row in book["汇总"].iter_rows(values_only=True)]
    assert summary[-1] == "司法局：《社区矫正对象名册》未导入，请向社区矫正机构调取"
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_without_any_list_it_says_so(window: MainWindow, desk: DeskWork, person: Person, settled: Wait) -> None:
    desk.three_lists.run()
    settled()
    assert [each.what for each in person.errors] == ["还没有可以比对的名单"]


@pytest.mark.parametrize("theme", list(Theme))
def test_the_picture_reads_well_and_has_names(qtbot: QtBot, theme: Theme) -> None:
    tones = look.TONES[theme]
    for ink in (tones.hint, tones.calm, tones.text):
        assert min(look.contrast(ink, ground) for ground in (tones.window, tones.base)) >= look.LEAST_CONTRAST
    bars = ListBars(
        ["甲方", "乙方"], [Way((True, False), "只有甲方有，乙方没有", 4, 3), Way((None, None), "须核对", 0, 0)]
    )
    qtbot.addWidget(bars)
    assert [each.accessibleName() for each in bars.rows] == [
        "只有甲方有，乙方没有：4 件，其中应在执行 3 件",
        "须核对：0 件，其中应在执行 0 件",
    ]
    assert all(each.focusPolicy() == Qt.FocusPolicy.StrongFocus for each in bars.rows)
    bars.show()
    assert not bars.grab().isNull()
