"""The exercises' window: an answer is graded, what was right is kept, and without the samples it says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.actions.exercises import Answer, exercises
from app.core.errors import UserError
from app.ui.exercise_dialog import ExerciseDialog
from app.ui.main_window import MainWindow
from app.ui.session import Session
from tests.ui.conftest import Person, cut_words


@pytest.fixture
def dialog(qtbot: QtBot) -> ExerciseDialog:
    """The exercises on the screen, the second one shown."""
    each = ExerciseDialog(exercises(), {0})
    qtbot.addWidget(each)
    each.show()
    qtbot.waitExposed(each)
    return each


def choose(dialog: ExerciseDialog, word: str) -> None:
    """Choose an answer and have it graded."""
    next(each for each in dialog.choices.buttons() if each.text() == word).setChecked(True)
    dialog.check.click()


def test_an_answer_is_graded(dialog: ExerciseDialog, qtbot: QtBot) -> None:
    assert dialog.place() == 1
    assert dialog.told.text() == "答对 1 题，共 20 题"
    assert not dialog.check.isEnabled()
    solved: list[int] = []
    helped: list[str] = []
    dialog.solved.connect(solved.append)
    dialog.help_wanted.connect(helped.append)
    dialog.show_answer(7, Answer("甲", ("甲", "乙")))
    assert not dialog.choices.buttons()
    dialog.show_answer(1, Answer("甲", ("甲", "乙"), 5, "刑法", "第七十八条"))
    dialog.check.click()
    assert "还没有作答" in dialog.result.text()
    choose(dialog, "乙")
    assert "不对。程序的答案是：甲" in dialog.result.text()
    assert solved == []
    choose(dialog, "甲")
    assert "答对了" in dialog.result.text()
    assert exercises()[1].explain in dialog.result.text()
    assert solved == [1]
    assert dialog.told.text() == "答对 2 题，共 20 题"
    dialog.result.linkActivated.emit("help:依据条文 刑法#第七十八条")
    assert helped == ["依据条文 刑法#第七十八条"]
    opened: list[tuple[str, int]] = []
    dialog.case_wanted.connect(lambda *each: opened.append(each))
    dialog.show_case.click()
    assert opened == [("reduction", 5)]
    dialog.next.click()
    assert dialog.place() == 2
    dialog.show_answer(2, Answer("不超过六个月"))
    assert dialog.line.isVisible()
    dialog.line.setText("不超过六个月")
    dialog.line.returnPressed.emit()
    assert solved == [1, 2]


@pytest.mark.parametrize("points", [11, 18])
def test_no_word_is_cut_off(dialog: ExerciseDialog) -> None:
    for place, one in enumerate(exercises()[:7]):
        dialog.list.setCurrentRow(place)
        dialog.show_answer(place, Answer("甲", ("甲", "乙", "丙", "丁", "戊", "己", "庚")))
        choose(dialog, "乙")
        assert one.explain in dialog.result.text()
        for _ in range(4):
            QApplication.processEvents()
        assert cut_words(dialog) == []
    assert dialog.width() <= dialog.screen().availableSize().width()
    dialog.list.setCurrentRow(0)
    assert cut_words(dialog) == []


def test_without_samples_the_window_says_what_to_do(
    window: MainWindow, session: Session, person: Person, settled: Callable[[], None]
) -> None:
    session.settings.exercises = "1 3"
    window.help.exercises.open()
    settled()
    dialog = window.help.exercises.dialog
    assert dialog.place() == 1
    assert "示例数据没有导入" in dialog.result.text()
    assert "练习库" in dialog.result.text()
    assert not dialog.check.isEnabled()
    wanted: list[bool] = []
    window.practice_wanted.connect(lambda: wanted.append(True))
    dialog.practice.click()
    assert wanted == [True]
    dialog.show_answer(1, Answer("甲", ("甲", "乙")))
    assert not dialog.practice.isVisible()
    choose(dialog, "甲")
    assert session.settings.exercises == "1 2 3"
    assert 'exercises = "1 2 3"' in session.settings_file.read_text(encoding="utf-8")
    dialog.show_case.click()
    assert window.tabs.currentWidget() is window.desks["reduction"]
    dialog.again.click()
    assert session.settings.exercises == ""
    assert dialog.told.text() == "答对 0 题，共 20 题"
    settled()
    window.close()
    assert not dialog.isVisible()


def test_a_fault_is_told_and_a_late_answer_passed_over(dialog: ExerciseDialog) -> None:
    dialog.show_answer(0, UserError("没有", do="请导入"))
    assert dialog.result.text() == ""
    dialog.show_answer(1, UserError("没有", do="请导入"))
    assert "请导入" in dialog.result.text()
