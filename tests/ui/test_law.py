"""The law in the window: found, changed with a form that says what is wrong, taken back, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.actions.law import law_in_force
from app.core.law.book import shipped
from app.ui.holiday_page import HolidayPage, read_days, write_days
from app.ui.law_dialog import LawDialog
from app.ui.law_form import AddForm, EndForm, LawForm
from app.ui.law_row_form import RowForm
from app.ui.main_window import MainWindow
from app.ui.session import Session
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]
TARGET = "local_commendations_A2"


@pytest.fixture
def dialog(window: MainWindow) -> LawDialog:
    """Opened from the corner of the window."""
    [button] = [each for each in window.findChildren(QPushButton) if each.accessibleName() == "法律依据"]
    button.click()
    assert window.law.dialog is not None
    return window.law.dialog


def fill(form: LawForm, **words: str) -> None:
    """Write into the lines of a form."""
    for name, text in words.items():
        form.lines[name].setText(text)


def enter_local(window: MainWindow, dialog: LawDialog) -> None:
    """Enter how many commendations are wanted."""
    dialog.page.choose(TARGET)
    dialog.page.buttons["add"].click()
    form = window.law.form
    assert isinstance(form, AddForm)
    fill(form, 数值="60", 自某日起="2020-01-01", 依据名称="某省细则", 条款="第一条", 理由="省里有规定")
    form.accept()


def test_everything_can_be_found(dialog: LawDialog) -> None:
    page = dialog.page
    everything = page.list.rowCount()
    assert everything > len(shipped().parameters)
    page.search.setText("无期徒刑 实际执行")
    assert 0 < page.list.rowCount() < 20
    page.search.setText("集资诈骗 金融")
    assert page.list.rowCount() == 1
    assert not page.buttons["affected"].isEnabled()
    page.search.setText("通知执行地社区矫正机构")
    assert page.list.rowCount() > 0
    page.search.setText("没有这样的词")
    assert page.list.rowCount() == 0
    assert not any(each.isEnabled() for each in page.buttons.values())
    page.search.clear()
    page.group.setCurrentIndex(page.group.findText("羁押折抵"))
    assert 0 < page.list.rowCount() < everything
    page.group.setCurrentIndex(0)
    page.certainty.setCurrentIndex(page.certainty.findData("M"))
    assert 0 < page.list.rowCount() < everything
    page.certainty.setCurrentIndex(0)
    page.own.setChecked(True)
    assert page.list.rowCount() == 0


def test_rows_stand_by_date_with_their_certainty(dialog: LawDialog) -> None:
    page = dialog.page
    page.choose("life_minimum")
    shown = [[page.rows.item(row, column).text() for column in range(6)] for row in range(page.rows.rowCount())]
    assert [row[:3] for row in shown] == [["120 月", "最早", "2011-04-30"], ["156 月", "2011-05-01", "今后"]]
    assert shown[1][4] == "已核对原文"
    assert page.buttons["end"].isEnabled()
    assert not page.buttons["undo"].isEnabled()
    page.rows.selectRow(0)
    assert not page.buttons["end"].isEnabled()
    page.choose("A/ordinary/A2")
    assert page.buttons["add"].isEnabled()
    assert page.buttons["end"].isEnabled()
    for entry in ("R16-6.1", "义务/notify_office"):
        page.choose(entry)
        assert not page.buttons["add"].isEnabled()
        assert page.buttons["affected"].isEnabled()
    assert page.buttons["affected"].isEnabled()


def test_a_form_says_what_is_wrong_and_writes_nothing(window: MainWindow, dialog: LawDialog, session: Session) -> None:
    dialog.page.choose("life_minimum")
    dialog.page.buttons["add"].click()
    form = window.law.form
    assert isinstance(form, AddForm)
    for words, told in (
        ({"数值": "十五年"}, "只填整数"),
        ({"数值": "15600"}, "相差太大"),
        ({"数值": "180", "自某日起": "明年"}, "写法不对"),
        ({"自某日起": "2027-01-01"}, "没有填写依据的名称"),
        ({"依据名称": "某规定", "条款": "第一条"}, "没有填写理由"),
    ):
        fill(form, **words)
        form.accept()
        assert told in form.says.text()
    assert session.reader.law.changes() == []
    fill(form, 理由="新规定")
    form.accept()
    assert window.law.form is None


def test_a_number_is_entered_told_seen_and_taken_back(
    imported: Path, window: MainWindow, dialog: LawDialog, settled: Wait, session: Session, person: Person
) -> None:
    enter_local(window, dialog)
    settled()
    assert "已有" in dialog.says.text()
    assert "请重新运行审查" in dialog.says.text()
    assert "+本院修改1处" in dialog.head.text()
    entry = dialog.page.entry()
    assert entry is not None
    assert entry.id == TARGET
    assert [dialog.page.rows.item(0, column).text() for column in (0, 5)] == ["60 次", "本院修改"]
    window.works[0].review()
    settled()
    case = session.reader.views.case_ids("reduction")[0]
    said = session.reader.casebook.review_of(case)
    assert said is not None
    assert any("没有达到本地标准" in each.message for each in said.verdicts)
    person.reason = "写错了"
    dialog.page.buttons["undo"].click()
    settled()
    assert "已撤回第 1 处修改" in dialog.says.text()
    assert law_in_force(session.reader) is shipped()
    assert dialog.page.rows.rowCount() == 0
    assert not person.errors


def test_what_rests_on_a_number_is_listed(
    imported: Path, window: MainWindow, dialog: LawDialog, settled: Wait, qtbot: QtBot
) -> None:
    dialog.page.choose("A/ordinary/A2")
    dialog.page.buttons["affected"].click()
    qtbot.waitUntil(lambda: window.law.resting is not None, timeout=PATIENCE)
    shown = window.law.resting
    assert shown is not None
    conclusions = {shown.table.item(row, 5).text() for row in range(shown.table.rowCount())}
    assert "同意提请" in conclusions
    assert "认定合法的也在内" in shown.head.text()


def test_a_row_is_ended(window: MainWindow, dialog: LawDialog, settled: Wait, session: Session) -> None:
    dialog.page.choose("life_minimum")
    dialog.page.buttons["end"].click()
    form = window.law.form
    assert isinstance(form, EndForm)
    form.lines["最后一日"].setText("2027-12-31")
    form.lines["理由"].setText("废止")
    form.accept()
    settled()
    assert law_in_force(session.reader).parameters["life_minimum"][1].end == date(2027, 12, 31)


def test_a_row_of_the_tables_gets_other_numbers_from_a_day_on(
    imported: Path, window: MainWindow, dialog: LawDialog, settled: Wait, session: Session
) -> None:
    dialog.page.choose("A/ordinary/A2")
    dialog.page.buttons["add"].click()
    form = window.law.form
    assert isinstance(form, RowForm)
    assert (form.lines["起始时间"].text(), form.lines["悔改至多"].text()) == ("18", "9")
    fill(form, 自某日起="2027-01-01", 依据名称="新规定", 条款="第六条", 理由="新规定施行")
    for words, told in (
        ({}, "没有改动任何数值"),
        ({"起始时间": "二年"}, "不是整数"),
        ({"起始时间": "500"}, "相差太大"),
        ({"起始时间": "30"}, "会短于"),
        ({"起始时间": "20", "自某日起": "2016-01-01"}, "没有可以接着改的数值"),
    ):
        fill(form, **words)
        form.accept()
        assert told in form.says.text(), words
    fill(form, 自某日起="2027-01-01")
    form.accept()
    settled()
    assert window.law.form is None
    law = law_in_force(session.reader)
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [law.row("A", "ordinary", day, 72).wait for day in days] == [18, 20]
    dialog.page.choose("A/ordinary/A2")
    shown = [[dialog.page.rows.item(row, column).text() for column in (1, 2, 5)] for row in range(2)]
    assert shown == [["2017-01-01", "2026-12-31", "本院修改"], ["2027-01-01", "今后", "本院修改"]]
    assert "起始 20" in dialog.page.rows.item(1, 0).text()


def test_a_year_of_holidays_is_entered_and_compared(
    window: MainWindow, dialog: LawDialog, settled: Wait, session: Session
) -> None:
    page: HolidayPage = dialog.holidays
    page.years.selectRow(0)
    year = page.year()
    assert year == max(shipped().calendar.off) + 1
    page.off.setPlainText("1月1日")
    page.save()
    assert "法定节日" in page.says.text() or "没有填写理由" in page.says.text()
    page.off.setPlainText(f"{write_days({date(year, 1, 1)})} 10-1、3月40日")
    page.save()
    assert "不是日期" in page.says.text()
    weekdays = [each for each in (date(year, 1, 1), date(year, 10, 1)) if each.weekday() < 5]
    page.off.setPlainText(write_days(weekdays))
    page.why.setText("国务院办公厅通知")
    page.save()
    settled()
    assert law_in_force(session.reader).calendar.off[year] == set(weekdays)
    place = [page.years.item(row, 0).text() for row in range(page.years.rowCount())].index(str(year))
    assert page.years.item(place, 1).text() == "本院修改"
    assert {page.years.item(row, 2).text() for row in range(place + 1, page.years.rowCount())} == {"与第二来源一致"}


def test_days_are_read_as_people_write_them() -> None:
    days = frozenset({date(2027, 1, 1), date(2027, 10, 8)})
    for text in ("1月1日、10月8日", "1-1 10-8", "2027-01-01，2027-10-08", "1/1\n10.8"):
        assert read_days(text, 2027, "放假") == days
    assert read_days(write_days(days), 2027, "放假") == days
