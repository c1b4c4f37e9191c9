"""The desk of supervision models: imported, run, its cards, switched off, passed on and taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.model_dialog import ModelsDialog
from app.ui.session import Session
from tests.scenarios.models import AS_OF, settlements
from tests.ui.conftest import PATIENCE, Person


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "today", lambda _: AS_OF)


@pytest.fixture
def tab(window: MainWindow) -> DeskTab:
    return window.desks["models"]


@pytest.fixture
def work(window: MainWindow, tab: DeskTab) -> DeskWork:
    return next(each for each in window.works if each.tab is tab)


@pytest.fixture
def dialog(tab: DeskTab, work: DeskWork, qtbot: QtBot) -> ModelsDialog:
    tab.buttons["models"].click()
    qtbot.waitUntil(lambda: work.models.dialog is not None, timeout=PATIENCE)
    return work.models.dialog


def test_lists_are_imported_and_run(
    tab: DeskTab, work: DeskWork, qtbot: QtBot, settled: Callable[[], None], tmp_path: Path
) -> None:
    planted = settlements(tmp_path)
    work.intake.look(planted.files)
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    assert len(tab.model.ids) == len(planted.leads)
    tab.buttons["models"].click()
    qtbot.waitUntil(lambda: work.models.dialog is not None, timeout=PATIENCE)
    settled()
    first = work.models.dialog.cards[0]
    assert (first.known.model.id, first.ready, first.yields.found) == ("MX-23", "可以运行", len(planted.leads))


def test_cards_say_what_is_missing(dialog: ModelsDialog, settled: Callable[[], None]) -> None:
    settled()
    ids = [each.known.model.id for each in dialog.cards]
    assert {"MX-22", "MX-23"} <= set(ids)
    dialog.table.go_to(ids.index("MX-22"))
    settled()
    assert "缺 3 张表" in dialog.current().ready
    assert "《侦查终结处理表》（公安机关" in dialog.card.toPlainText()
    assert dialog.own.rowCount() == len(dialog.current().known.model.cases)


def test_a_model_is_switched_off_and_on(dialog: ModelsDialog, settled: Callable[[], None]) -> None:
    settled()
    for word in ("关闭", "启用"):
        dialog.buttons["switch"].click()
        settled()
        assert dialog.current().state == word
        assert word in dialog.says.text()


def test_a_model_is_passed_on_and_taken_in(
    dialog: ModelsDialog, person: Person, tmp_path: Path, settled: Callable[[], None]
) -> None:
    settled()
    person.new_file = tmp_path / "模型"
    dialog.buttons["export"].click()
    settled()
    assert "核对码" in dialog.says.text()
    person.files = [tmp_path / "模型.jdmx"]
    dialog.buttons["import"].click()
    settled()
    assert "采用“" in person.asked[-1]
    assert dialog.versions.rowCount() == 1


def test_a_changed_file_is_refused(
    dialog: ModelsDialog, person: Person, tmp_path: Path, settled: Callable[[], None]
) -> None:
    settled()
    person.new_file = tmp_path / "模型"
    dialog.buttons["export"].click()
    settled()
    file = tmp_path / "模型.jdmx"
    file.write_text(file.read_text(encoding="utf-8").replace("存疑", "违法", 1), encoding="utf-8")
    person.files = [file]
    dialog.buttons["import"].click()
    settled()
    assert "可能在传递中被改动" in str(person.errors[-1])
