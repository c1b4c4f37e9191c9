"""The view of whole batches: what is said of them, a person's word on it, and the cases behind it in the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.findings import State
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.overview_dialog import OverviewDialog
from app.ui.session import Session
from tests.core.checks.batches import all_batches
from tests.core.workbooks import write_book
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]
ALIKE, FEW = "JX-G03", 5


@pytest.fixture
def reviewed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, work: DeskWork, qtbot: QtBot, settled: Wait
) -> OverviewDialog:
    """Thirty proposals of one ward with the same amount and five of a small ward, reviewed; the view is open."""
    case = next(each for each in all_batches() if each["id"] == "g03-same")
    rows = case["tables"]["R1"]
    few = [
        {**row, "监区": "小监区", "罪犯编号": f"97{place:08d}", "提请减刑幅度": "一个月"}
        for place, row in enumerate(rows[:FEW])
    ]
    monkeypatch.setattr(Session, "today", lambda _self: date.fromisoformat(case["as_of"]))
    work.intake.look([write_book(tmp_path / "名册.xlsx", ("名册", [*rows, *few]))])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    return opened(work, qtbot)


def opened(work: DeskWork, qtbot: QtBot) -> OverviewDialog:
    """Press the tool and wait for the window."""
    work.tab.more["overview"].trigger()
    qtbot.waitUntil(lambda: work.overviews.dialog is not None, timeout=PATIENCE)
    return work.overviews.dialog


def go_to(dialog: OverviewDialog, rule: str) -> None:
    """Put the cursor on what a rule said."""
    dialog.view.list.expandAll()
    dialog.view.list.go_to(next(place for place, each in enumerate(dialog.view.verdicts) if each.rule == rule))


def test_a_batch_is_told_with_its_sums_and_names_no_small_ward(reviewed: OverviewDialog) -> None:
    assert [reviewed.table.item(0, column).text() for column in (0, 1, 2)] == ["样例监狱", "样例批次", "35"]
    go_to(reviewed, ALIKE)
    detail = reviewed.view.detail
    assert "一监区：减6个月的24件，占80%；界限80%" in detail._steps.text()
    assert "本程序约定" in detail._law.text()
    told = "".join(f"{each.message}{each.steps}{each.missing}" for each in reviewed.view.verdicts)
    assert "小监区" not in told
    assert "另有5件所在监区不足30件或者未填监区，不单独比较，不列名" in told


def test_a_finding_about_a_batch_is_decided_on(
    reviewed: OverviewDialog, work: DeskWork, session: Session, qtbot: QtBot, settled: Wait
) -> None:
    go_to(reviewed, ALIKE)
    buttons = reviewed.view.detail._buttons
    qtbot.mouseClick(buttons[State.CONFIRMED], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: reviewed.chosen_finding().state is State.CONFIRMED, timeout=PATIENCE)
    qtbot.mouseClick(buttons[State.EXCLUDED], Qt.MouseButton.LeftButton)
    asked = work.decisions.dialog
    asked.reason.setCurrentIndex(0)
    asked.why.setPlainText("各案原判、表现相同")
    asked.accept()
    qtbot.waitUntil(lambda: reviewed.chosen_finding().state is State.EXCLUDED, timeout=PATIENCE)
    settled()
    [kept] = [each for each in session.reader.overviews.all("reduction")[0].findings if each.verdict.rule == ALIKE]
    assert (kept.state, kept.why) == (State.EXCLUDED, "各案原判、表现相同")


def test_the_cases_behind_it_are_listed_on_the_desk(
    reviewed: OverviewDialog, tab: DeskTab, work: DeskWork, qtbot: QtBot
) -> None:
    go_to(reviewed, ALIKE)
    qtbot.mouseClick(reviewed.cases, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(tab.model.ids) == 24, timeout=PATIENCE)
    assert work.overviews.dialog is None
    chip = tab.filters._only_chip
    assert chip.isVisible()
    assert "24 件" in chip.text()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(tab.model.ids) == 35
    assert not chip.isVisible()


def test_before_a_review_there_is_nothing_to_see(
    window: MainWindow, work: DeskWork, person: Person, settled: Wait
) -> None:
    work.overviews.show()
    settled()
    assert "还没有批次情况" in person.errors[0].what
