"""What is pending, from the window: the list, entering about documents, taking back, declaring void, saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from app.core.actions.issue import issue
from app.core.actions.order import Order
from app.core.documents.context import Office
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.life import Stage
from app.core.store.rows import PaperState
from app.ui.main_window import MainWindow
from app.ui.matters_dialog import MattersDialog
from app.ui.session import Session
from tests.core.actions.test_issue_people import take
from tests.core.actions.test_people_desks import SECOND
from tests.ui.conftest import PATIENCE, Person

OFFICE = Office("样本县人民检察院", "样本", "刑执", "", "检察员甲")
MADE = date(2026, 6, 30)


@pytest.fixture
def notices(session: Session, tmp_path: Path) -> list[int]:
    """Two notices of 30 June 2026; their ids."""
    ids = take(session.store, tmp_path / "名册.xlsx", {}, SECOND)
    order = Order(tmp_path / "文书", OFFICE, MADE, "2026-06-30T09:00:00", "检察员甲")
    issue(session.store, ids, ("notice",), order, ticket=Ticket())
    return [each.id for each in session.store.papers.all()]


@pytest.fixture
def shown(
    notices: list[int], window: MainWindow, qtbot: QtBot, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> MattersDialog:
    """The dialog on the notices, on a day in July."""
    monkeypatch.setattr(Session, "today", lambda _: date(2026, 7, 20))
    monkeypatch.setattr(Session, "now", lambda _: "2026-07-20T10:00:00")
    window._show_matters()
    qtbot.waitUntil(lambda: window.matters.dialog is not None, timeout=PATIENCE)
    settled()
    assert window.matters.dialog is not None
    return window.matters.dialog


def fill(window: MainWindow, day: date, said: str = "", **told: str) -> None:
    """Answer what the entry asks, and agree."""
    over = window.matters.over
    assert over is not None
    over.day.setDate(over.day.date().fromString(day.isoformat(), "yyyy-MM-dd"))
    for need, text in told.items():
        field = over.fields[need]
        if hasattr(field, "setCurrentText"):
            field.setCurrentText(text)
        else:
            field.setText(text)
    over.why.setPlainText(said)
    assert over.agree.isEnabled(), over.lacking()
    over.accept()


def serve(window: MainWindow, dialog: MattersDialog, settled: Callable[[], None]) -> None:
    dialog.papers.buttons["送达"].click()
    fill(window, date(2026, 7, 1), receiver="收发室", way="直接送达")
    settled()


def test_an_answer_is_entered_taken_back_and_the_document_declared_void(
    shown: MattersDialog, window: MainWindow, person: Person, settled: Callable[[], None], notices: list[int]
) -> None:
    store = window._session.store
    shown.show_paper(notices[0])
    assert shown.page() == "papers"
    assert set(shown.papers.buttons) == {"审批", "送达", "回复", "整改", "preview", "open", "void"}
    serve(window, shown, settled)
    assert shown.dues.table.texts.rowCount() == 1
    assert shown.tabs.tabText(0) == "待办期限（1）"
    assert "逾期 4 日" in shown.shown.dues[0].texts
    assert "签收 2026-07-01起 15 日，2026-07-16 届满；依据：监外执行检察办法" in shown.dues.detail.text()
    current = shown.papers.current()
    assert current is not None
    assert (current.paper.id, current.life.stage) == (notices[0], Stage.SERVED)
    shown.papers.buttons["回复"].click()
    over = window.matters.over
    assert over is not None
    assert not over.agree.isEnabled()
    fill(window, date(2026, 7, 18), "已更正", adopted="采纳")
    settled()
    assert store.casebook.findings(state=State.REPLIED)
    assert "已登记回复，1 条线索随之变更" in shown.said.text()
    assert "采纳，已更正" in shown.papers.history.toPlainText()
    assert "void" not in shown.papers.buttons
    shown.papers.buttons["undo"].click()
    settled()
    assert not store.casebook.findings(state=State.REPLIED)
    person.reason = ""
    shown.papers.buttons["void"].click()
    assert "写明理由" in person.errors[0].what
    person.reason = "受文单位有误"
    shown.papers.buttons["void"].click()
    settled()
    assert store.papers.paper(notices[0]).state is PaperState.VOID
    assert shown.papers.table.texts.rowCount() == 1
    shown.papers.void_too.setChecked(True)
    assert shown.papers.table.texts.rowCount() == 2


def test_many_documents_are_entered_at_once(
    shown: MattersDialog, window: MainWindow, settled: Callable[[], None], notices: list[int]
) -> None:
    shown.show_paper(notices[0])
    shown.papers.table.selectAll()
    assert "void" not in shown.papers.buttons
    serve(window, shown, settled)
    lives = window._session.store.paper_lives
    assert [lives.life(each).stage for each in notices] == [Stage.SERVED] * 2
    assert len(shown.shown.dues) == 2


def test_a_line_leads_to_its_document(
    shown: MattersDialog, window: MainWindow, settled: Callable[[], None], notices: list[int]
) -> None:
    shown.show_paper(notices[1])
    serve(window, shown, settled)
    shown.tabs.setCurrentIndex(0)
    shown.papers.search.setText("没有这样的")
    assert shown.papers.current() is None
    shown.dues.opened.emit(shown.shown.dues[0])
    current = shown.papers.current()
    assert current is not None
    assert (shown.page(), current.paper.id) == ("papers", notices[1])


def test_the_list_is_narrowed(
    shown: MattersDialog, window: MainWindow, settled: Callable[[], None], notices: list[int]
) -> None:
    shown.show_paper(notices[0])
    serve(window, shown, settled)
    for whose, rows in (("全部", 1), ("本院要办的", 0), ("等对方的", 1), ("已逾期的", 1), ("三日内到期的", 0)):
        shown.dues.whose.setCurrentText(whose)
        assert shown.dues.table.texts.rowCount() == rows, whose
    shown.papers.stage.setCurrentText("已送达")
    assert shown.papers.table.texts.rowCount() == 1
    shown.papers.stage.setCurrentIndex(0)
    shown.papers.search.setText("测试乙 纠违")
    assert shown.papers.table.texts.rowCount() == 1


def test_pages_and_all_registers_are_saved(
    shown: MattersDialog, person: Person, settled: Callable[[], None], tmp_path: Path
) -> None:
    for place, name in enumerate(("待办.xlsx", "文书.xlsx", "建议.xlsx")):
        shown.tabs.setCurrentIndex(place)
        person.new_file = tmp_path / name
        shown.save.click()
        settled()
        assert openpyxl.load_workbook(tmp_path / name).worksheets
    person.folder = tmp_path / "报表"
    shown.books.click()
    settled()
    assert {each.name for each in person.folder.iterdir()} == {
        "待办期限.xlsx",
        "文书台账.xlsx",
        "检察建议台账.xlsx",
        "一账三表.xlsx",
        "月报季报.xlsx",
    }
    assert "已保存 5 份报表" in shown.said.text()


def test_every_button_of_a_document_has_a_key_of_its_own(shown: MattersDialog, notices: list[int]) -> None:
    shown.show_paper(notices[0])
    keys = [each.text().partition("&")[2][:1] for each in shown.papers.buttons.values()]
    assert len(set(keys)) == len(keys)
    assert all(keys)


def test_a_document_is_opened_where_it_was_written_to(
    shown: MattersDialog,
    person: Person,
    settled: Callable[[], None],
    notices: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("app.core.files.open_with_system", opened.append)
    shown.show_paper(notices[0])
    shown.papers.buttons["open"].click()
    settled()
    assert [each.suffix for each in opened] == [".docx"]
    assert opened[0].is_relative_to(tmp_path / "文书")
    opened[0].unlink()
    shown.papers.buttons["open"].click()
    settled()
    assert "不在原来的文件夹里" in person.errors[0].what


def test_what_was_met_outside_is_put_aside_and_brought_back(
    window: MainWindow,
    qtbot: QtBot,
    person: Person,
    settled: Callable[[], None],
    imported: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Session, "today", lambda _: date(2022, 9, 25))
    window._show_matters()
    qtbot.waitUntil(lambda: window.matters.dialog is not None, timeout=PATIENCE)
    settled()
    dialog = window.matters.dialog
    assert dialog is not None
    page = dialog.dues
    assert page.table.texts.rowCount() == 3
    page.table.selectAll()
    person.reason = "已于9月24日书面提出"
    page.aside.click()
    settled()
    assert page.table.texts.rowCount() == 0
    assert page.says.text() == "没有待办的期限。"
    page.aside_too.setChecked(True)
    assert page.table.texts.rowCount() == 3
    assert not page.aside.isEnabled()
    page.back.click()
    settled()
    assert page.says.text().startswith("待办 1 项")
    case = dialog.shown.dues[0].case_id
    page.opened.emit(dialog.shown.dues[0])
    assert not dialog.isVisible()
    assert window.desks["reduction"].table.current_id() == case
