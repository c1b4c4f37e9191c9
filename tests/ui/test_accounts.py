"""People in the window: added, given roles, taken away; what one may not do is grey; another takes over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.core.actions.checks_due import Waiting
from app.core.jobs import Jobs
from app.core.rights import CheckWay, Role
from app.core.settings import Settings
from app.core.store.database import Store
from app.ui.accounts_dialog import AccountsDialog
from app.ui.allow import allow, allow_steps
from app.ui.checks_page import ChecksPage
from app.ui.decision_dialog import CheckDialog
from app.ui.idle_lock import UnlockDialog
from app.ui.job_bar import JobBar
from app.ui.session import Session
from app.ui.settings_dialog import SettingsDialog
from app.ui.verdict_detail import VerdictDetail
from tests.tools.kill_base import quick_stretching
from tests.ui.conftest import PATIENCE, Person

MINE, OTHER, THIRD = (f"例县口令第{each}把钥匙" for each in "一二三")
NOW = "2026-11-21T09:00:00"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A store in a file, with one account; passphrases cost nothing to try."""
    with quick_stretching(), Store.create(tmp_path / "数据.db", MINE, "测试甲") as store:
        each = Session(store, Jobs(), Settings())
        yield each
        each.jobs.close()


@pytest.fixture
def bar(qtbot: QtBot) -> JobBar:
    """The strip below."""
    each = JobBar()
    qtbot.addWidget(each)
    each.show()
    return each


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, bar: JobBar) -> AccountsDialog:
    """The list of people."""
    each = AccountsDialog(bar, session, bar)
    each.open()
    return each


def add_checker(session: Session) -> None:
    session.store.locks.add("测试乙", {Role.CHECK}, OTHER, now=NOW, who="测试甲")


def names(dialog: AccountsDialog) -> list[str]:
    return [dialog.people.item(row, 0).text() for row in range(dialog.people.rowCount())]


def test_somebody_is_added_given_roles_a_passphrase_and_taken_away(
    qtbot: QtBot, dialog: AccountsDialog, session: Session, person: Person
) -> None:
    assert "只有一个账户" in dialog.said.text()
    assert not dialog.drop.isEnabled()
    dialog.add.click()
    form = dialog.form
    form.try_it()
    assert "姓名" in form.fault.text()
    form.name.setText("测试乙")
    form.phrase.setText(MINE)
    form.again.setText(MINE)
    form.try_it()
    qtbot.waitUntil(lambda: "不能用" in form.fault.text(), timeout=PATIENCE)
    for line in (form.phrase, form.again):
        line.setText(OTHER)
    with qtbot.waitSignal(form.accepted, timeout=PATIENCE):
        form.try_it()
    assert names(dialog) == ["测试甲", "测试乙"]
    dialog.people.selectRow(1)
    dialog.roles.click()
    assert [each for each, box in dialog.form.roles.items() if box.isChecked()] == [Role.CHECK]
    dialog.form.roles[Role.CASE].setChecked(True)
    with qtbot.waitSignal(dialog.form.accepted, timeout=PATIENCE):
        dialog.form.try_it()
    assert dialog.people.item(1, 1).text() == "办案人、复核人"
    dialog.people.selectRow(1)
    dialog.phrase.click()
    for line in (dialog.form.phrase, dialog.form.again):
        line.setText(THIRD)
    with qtbot.waitSignal(dialog.form.accepted, timeout=PATIENCE):
        dialog.form.try_it()
    assert session.store.locks.whose(THIRD).name == "测试乙"
    dialog.people.selectRow(1)
    dialog.drop.click()
    qtbot.waitUntil(lambda: names(dialog) == ["测试甲"], timeout=PATIENCE)
    assert "测试乙" in person.asked[0]
    dialog.close()


def test_who_does_not_manage_sees_everybody_and_a_reason(qtbot: QtBot, session: Session, bar: JobBar) -> None:
    add_checker(session)
    session.store.locks.sign_in(session.store.people[1])
    dialog = AccountsDialog(bar, session, bar)
    assert names(dialog) == ["测试甲", "测试乙"]
    for button in dialog.buttons:
        assert not button.isEnabled()
        assert "请由测试甲（办案人、管理员）登录后办理" in button.toolTip()
    settings = SettingsDialog(bar, session, bar)
    grey = {each.text().partition("(")[0] for each in settings.findChildren(QPushButton) if not each.isEnabled()}
    assert grey == {"制作恢复密钥"}
    assert not settings.form.isEnabled()
    assert session.signed_in() == ["测试乙（复核人）"]
    assert session.who() == "测试乙"
    for each in (dialog, settings):
        each.close()


def test_a_grey_button_stays_grey_whatever_is_chosen(qtbot: QtBot, session: Session) -> None:
    add_checker(session)
    session.store.locks.sign_in(session.store.people[1])
    button, free = QPushButton("甲"), QPushButton("乙")
    for each in (button, free):
        qtbot.addWidget(each)
    assert not allow(session.store, "law", button)
    assert allow(session.store, "own", free)
    button.setEnabled(True)
    assert (button.isEnabled(), free.isEnabled()) == (False, True)
    detail = VerdictDetail()
    qtbot.addWidget(detail)
    allow_steps(session.store, detail.steps())
    free_ones = {str(what) for what, each in detail.steps() if each.isEnabled()}
    assert free_ones == {"复核(&6)…"}


@pytest.mark.parametrize(
    ("way", "lacks"), [(CheckWay.BY_NAME, "姓名"), (CheckWay.BESIDE, "口令"), (CheckWay.SIGNED_IN, "")]
)
def test_a_second_person_is_asked_for_what_the_way_needs(qtbot: QtBot, way: CheckWay, lacks: str) -> None:
    dialog = CheckDialog(None, "间隔时间不足", "属实", "测试甲", way)
    qtbot.addWidget(dialog)
    assert lacks in dialog.lacking()
    assert bool(dialog.lacking()) is bool(lacks)
    assert ("未以第二账户核对" in " ".join(each.text() for each in dialog.findChildren(QLabel))) is (
        way is CheckWay.BY_NAME
    )
    assert all(isinstance(each, QAbstractButton) for each in (dialog.yes, dialog.no))


def test_another_takes_over_a_locked_window_and_the_first_comes_back_to_his(qtbot: QtBot, session: Session) -> None:
    add_checker(session)
    asked = UnlockDialog(session)
    qtbot.addWidget(asked)
    asked.show()
    assert any("测试甲" in each.text() for each in asked.findChildren(QLabel))
    asked.phrase.setText(OTHER)
    with qtbot.waitSignal(asked.another, timeout=PATIENCE) as given:
        asked.try_it()
    assert given.args == [OTHER]
    asked.phrase.setText(MINE)
    with qtbot.waitSignal(asked.accepted, timeout=PATIENCE):
        asked.try_it()


def test_what_waits_is_listed_and_narrowed_to_ones_own(qtbot: QtBot) -> None:
    page = ChecksPage()
    qtbot.addWidget(page)
    rows = [
        Waiting("reduction", place, ("例某", "JX-T03", "违法", "属实", "测试甲", "2026-11-21", ""), place == 1)
        for place in (1, 2)
    ]
    page.show_lines(rows)
    assert page.says.text() == "待复核 2 条，其中可由我复核 1 条。"
    page.mine.setChecked(True)
    assert list(page.table.texts.places) == [0]
    page.show_lines([])
    assert "没有待复核" in page.says.text()
