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
    for word in ("停用", "启用"):
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


def go_to(dialog: ModelsDialog, model_id: str) -> None:
    dialog.table.go_to([each.known.model.id for each in dialog.cards].index(model_id))


def test_the_provinces_numbers_are_filled_in(
    dialog: ModelsDialog, work: DeskWork, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    settled()
    go_to(dialog, "MX-22")
    assert not dialog.buttons["numbers"].isEnabled()
    go_to(dialog, "MX-04")
    settled()
    assert "须填本省标准，没有填以前涉及的线索不能判断" in dialog.card.toPlainText()
    dialog.buttons["numbers"].click()
    form = work.models.numbers
    form.lines["rest_months"].setText("六十")
    form.keep.click()
    settled()
    assert "不是数" in form.says.text()
    for name, text in (("rest_months", "60"), ("served_months", "12"), ("barred", "1")):
        form.lines[name].setText(text)
    form.keep.click()
    settled()
    settled()
    assert "已保存“特岗罪犯任用”的本省标准" in dialog.says.text()
    go_to(dialog, "MX-04")
    settled()
    assert "特岗任用时余刑的上限：60 个月（本院填写）" in dialog.card.toPlainText()
    assert dialog.current().unfilled == ()


def test_a_sample_is_loaded_run_and_taken_back(
    dialog: ModelsDialog, work: DeskWork, person: Person, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    settled()
    go_to(dialog, "MX-23")
    dialog.buttons["sample"].click()
    assert "载入样例数据" in person.asked[-1]
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    found = work.session.reader.casebook.findings(desk="models")
    assert {each.verdict.rule for each in found} == {"MX-23"}
    work.models.show()
    qtbot.waitUntil(lambda: work.models.dialog is not None, timeout=PATIENCE)
    settled()
    again = work.models.dialog
    go_to(again, "MX-23")
    assert again.buttons["sample"].text().startswith("撤回样例数据")
    again.buttons["sample"].click()
    settled()
    assert work.session.reader.batches.all() == []
    assert work.session.reader.casebook.findings(desk="models") == []
