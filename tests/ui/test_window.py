"""The window as a whole: closing, settings, names for everything, no clipped words, no key used twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.jobs import Ticket
from app.core.settings import Theme
from app.ui import look
from app.ui.about_dialog import AboutDialog
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import PATIENCE, Person, cut_words

Wait = Callable[[], None]


def endless(*, ticket: Ticket) -> None:
    """Work that only ends when it is stopped."""
    while True:
        ticket.step(1, 2)


def test_closing_while_nothing_is_done_asks_nothing(window: MainWindow, person: Person) -> None:
    assert window.close()
    assert person.asked == []


def test_closing_amid_work_asks_and_stops(window: MainWindow, session: Session, person: Person, qtbot: QtBot) -> None:
    ended: list[str] = []
    window.bar.watch(session.jobs.write("运行审查", endless), lambda _: None, lambda: ended.append("stopped"))
    person.agrees = False
    assert not window.close()
    assert window.isVisible()
    assert session.jobs.busy()
    person.agrees = True
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE)
    assert person.asked == ["还有工作没有做完。"] * 2
    assert not session.jobs.busy()


def test_settings_are_worn_kept_and_written_into_the_store(
    window: MainWindow, session: Session, tab: DeskTab, imported: Path, settled: Wait, qapp: QApplication
) -> None:
    window.show_settings()
    dialog = window.findChild(SettingsDialog)
    dialog.size_box.setCurrentIndex(dialog.size_box.findData(15))
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData(Theme.DARK.value))
    dialog.form.lines["short"].setText("例")
    dialog.accept()
    settled()
    assert qapp.font().pointSize() == 15
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == look.TONES[Theme.DARK].base
    assert tab.model.index(1, 7).data(Qt.ItemDataRole.ForegroundRole).color().name() == look.TONES[Theme.DARK].grave
    assert "font_size = 15" in session.settings_file.read_text(encoding="utf-8")
    assert session.reader.settings.get("office.short") == "例"


@pytest.mark.parametrize("points", [22])
def test_settings_fit_the_screen_in_the_largest_letters(window: MainWindow) -> None:
    window.show_settings()
    dialog = window.findChild(SettingsDialog)
    assert dialog.height() <= dialog.screen().availableSize().height()
    assert cut_words(dialog) == []


def test_about_opens_with_the_law_in_force(window: MainWindow) -> None:
    window.show_about()
    (dialog,) = window.findChildren(AboutDialog)
    assert any("法律数据：2" in each.text() for each in dialog.findChildren(QLabel))
    dialog.close()


@pytest.fixture
def dialogs(
    window: MainWindow, tab: DeskTab, work: DeskWork, imported: Path, qtbot: QtBot, settled: Wait
) -> dict[str, QWidget]:
    """The window with a case open, and every dialog, on the screen."""
    from app.core.actions.compare import beside
    from app.core.actions.quality import quality
    from app.core.actions.saved_views import SavedView
    from app.core.errors import UserError
    from app.core.jobs import Ticket
    from app.core.rights import CheckWay
    from app.ui import talk
    from app.ui.account_form import AccountForm
    from app.ui.accounts_dialog import ADD, AccountsDialog
    from app.ui.asking_dialog import AskingDialog
    from app.ui.backup_page import BackupPage
    from app.ui.batches_dialog import BatchesDialog
    from app.ui.bulk_dialog import BulkDialog
    from app.ui.column_dialog import ColumnDialog
    from app.ui.compare_dialog import CompareDialog
    from app.ui.crash_dialog import CrashDialog
    from app.ui.decision_dialog import CheckDialog
    from app.ui.quality_dialog import QualityDialog
    from app.ui.row_dialog import RowDialog
    from app.ui.safety_dialog import SafetyDialog
    from app.ui.view_dialog import ViewDialog
    from app.ui.welcome import Welcome

    tab.table.go_to(tab.model.ids[1])
    work.papers.ask()
    qtbot.waitUntil(lambda: work.papers.dialog is not None, timeout=PATIENCE)
    settled_result = work.intake.result
    work.intake.dialog = None
    work.intake.look([imported])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    evidence = tab.panel.chosen_finding().verdict.evidence[0]
    session = window._session
    record = session.reader.batches.record_at(evidence.file, evidence.sheet, evidence.row)
    steps = [Welcome(Path("没有.db"), session.jobs, expected=True) for _ in range(3)]
    for number, each in enumerate(steps):
        qtbot.addWidget(each)
        each._show_step(number)
    shown: dict[str, QWidget] = {
        "window": window,
        **{f"welcome {number}": each for number, each in enumerate(steps, 1)},
        "intake": work.intake.dialog,
        "intake result": settled_result,
        "issue": work.papers.dialog,
        "batches": BatchesDialog(window, session.reader.batches.all()),
        "quality": QualityDialog(window, quality(session.reader, None, session.today(), ticket=Ticket()).value),
        "compare": CompareDialog(window, beside(session.reader, session.reader.batches.all()[0].id, 9)),
        "settings": SettingsDialog(window, session, window.bar),
        "accounts": AccountsDialog(window, session, window.bar),
        "account": AccountForm(
            window, session.jobs, "增加账户", ADD, lambda *_: None, name=True, roles=frozenset(), phrase=True
        ),
        "check": CheckDialog(window, "间隔时间不足", "属实", "检察员甲", CheckWay.BY_NAME),
        "asking": AskingDialog(window, "reduction", ["R1", "T02"], imported.parent),
        "safety": SafetyDialog(window, BackupPage((), Path("备份"), "")),
        "about": AboutDialog(window, "2026-11-01 版"),
        "row": RowDialog(window, evidence, record),
        "columns": ColumnDialog(window, tab.desk.columns, tab.columns.placed()),
        "views": ViewDialog(window, [SavedView("一监区")]),
        "bulk": BulkDialog(window, 3, session.reader.casebook.findings(desk="reduction"), session.today()),
        "crash": CrashDialog(window, "报告"),
        "error": talk.box_of(window, UserError("文件打不开", do="请关闭它")),
    }
    for each in shown.values():
        each.show()
    settled()
    for _ in range(8):
        QApplication.processEvents()
    return shown


def test_every_control_has_a_name(dialogs: dict[str, QWidget]) -> None:
    kinds = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
    nameless = [
        f"{place}: {type(each).__name__} in {type(each.parent()).__name__}"
        for place, dialog in dialogs.items()
        for kind in kinds
        for each in dialog.findChildren(kind)
        if each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus and not _named(each)
    ]
    assert nameless == []


def _named(widget: QWidget) -> bool:
    inside = type(widget.parent()).__name__ in {"QComboBox", "_Box", "QSpinBox", "QComboBoxPrivateContainer"}
    return inside or bool(widget.accessibleName() or getattr(widget, "text", str)())


@pytest.mark.parametrize("points", [11, 16])
def test_no_word_is_cut_off(dialogs: dict[str, QWidget]) -> None:
    cut = {place: found for place, dialog in dialogs.items() if (found := cut_words(dialog))}
    assert cut == {}


def test_no_key_is_used_twice(dialogs: dict[str, QWidget]) -> None:
    for place, dialog in dialogs.items():
        texts = [
            each.text()
            for kind in (QLabel, QAbstractButton)
            for each in dialog.findChildren(kind)
            if each.isVisible() and each.window() is dialog and (kind is QAbstractButton or each.buddy() is not None)
        ]
        keys = Counter(key.upper() for text in texts for key in re.findall(r"&(\w)", text))
        assert {key: count for key, count in keys.items() if count > 1} == {}, place


def test_tab_goes_from_the_tools_to_the_list(window: MainWindow, tab: DeskTab, imported: Path) -> None:
    order: list[QWidget] = []
    each = tab.buttons["import"]
    for _ in range(200):
        order.append(each)
        each = each.nextInFocusChain()
    wanted = [tab.buttons["import"], tab.buttons["review"], tab.filters._search, tab.table, tab.panel.list]
    assert [order.index(widget) for widget in wanted] == sorted(order.index(widget) for widget in wanted)


def test_keys_press_the_tools(window: MainWindow, tab: DeskTab, work: DeskWork, qtbot: QtBot, imported: Path) -> None:
    work.intake.result.reject()
    with qtbot.waitActive(window):
        window.activateWindow()
    tab.table.setFocus()
    with qtbot.waitSignal(tab.tool_pressed) as pressed:
        qtbot.keyClick(tab.table, Qt.Key.Key_F5)
    assert pressed.args == ["review"]
    qtbot.keyClick(tab.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert tab.filters._search.hasFocus()
    qtbot.waitUntil(lambda: not window.bar._watched, timeout=PATIENCE)
