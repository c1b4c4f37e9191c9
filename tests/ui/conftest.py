"""The real window on a temporary store, and a stand-in for everything that would wait for a person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.errors import UserError
from app.core.jobs import Jobs
from app.core.settings import Settings, Theme
from app.core.store.database import Store
from app.ui import look, talk
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.filter_bar import FilterBar
from app.ui.main_window import MainWindow
from app.ui.session import Session
from installer.picture_dialogs import Dialogs
from tests.core.workbooks import PROPOSAL, write_book
from tests.ui.stories import DAY

PATIENCE = 60_000  # milliseconds
NESTED = 4  # layouts within layouts that ask one another for room


class Person:
    """Answers the boxes: what was said is kept, what is to be answered is set beforehand."""

    def __init__(self) -> None:
        self.errors: list[UserError] = []
        self.said: list[str] = []
        self.asked: list[str] = []
        self.agrees = True
        self.reason: str | None = ""
        self.line: str | None = None
        self.files: list[Path] = []
        self.folder: Path | None = None
        self.new_file: Path | None = None
        self.answer = "仍要写出"  # to a question with several answers


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    """Whoever sits before the screen."""
    each = Person()
    monkeypatch.setattr(talk, "error", lambda _parent, fault: each.errors.append(fault))
    monkeypatch.setattr(talk, "say", lambda _parent, what, more="": each.said.append(what))
    monkeypatch.setattr(talk, "ask", lambda _parent, question, *_, **__: each.asked.append(question) or each.agrees)
    monkeypatch.setattr(talk, "ask_which", lambda _, what, more, __: each.asked.append(f"{what}{more}") or each.answer)
    monkeypatch.setattr(talk, "ask_reason", lambda *_: each.reason)
    monkeypatch.setattr(talk, "ask_line", lambda *_: each.line)
    monkeypatch.setattr(talk, "choose_tables", lambda *_: each.files)
    monkeypatch.setattr(talk, "choose_files", lambda *_: each.files)
    monkeypatch.setattr(talk, "choose_folder", lambda *_: each.folder)
    monkeypatch.setattr(talk, "choose_file", lambda *_: each.files[0] if each.files else None)
    monkeypatch.setattr(talk, "choose_new_file", lambda *_: each.new_file)
    return each


@pytest.fixture
def points() -> int:
    """The size of letters the user chose; a test may choose another."""
    return 11


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, points: int) -> Iterator[None]:
    """The program's own look and language."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    look.wear(qapp, Theme.LIGHT, points)
    yield
    look.wear(qapp, Theme.LIGHT, 11)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An empty store that goes away with the test."""
    with Store.temporary() as store:
        each = Session(store, Jobs(), Settings(folder=str(tmp_path / "文书")), tmp_path / "设置.toml")
        yield each
        each.jobs.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session, person: Person) -> MainWindow:
    """The real window."""
    each = MainWindow(session)

    def end(_: QWidget) -> None:
        for dialog in each.findChildren(QDialog):
            dialog.close()  # one left open would still start jobs
        for bar in each.findChildren(FilterBar):
            bar.blockSignals(True)  # what was typed last would still be looked up
        session.jobs.close()
        each._closing = True  # no copy before it closes

    qtbot.addWidget(each, before_close_func=end)
    each.resize(1366, 728)
    each.show()
    qtbot.waitExposed(each)
    return each


@pytest.fixture
def tab(window: MainWindow) -> DeskTab:
    """The desk of commutation."""
    return window.desks["reduction"]


@pytest.fixture
def work(window: MainWindow) -> DeskWork:
    """What its tools do."""
    return window.works[0]


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Wait until no job is watched any more."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not window.bar._watched, timeout=PATIENCE)

    return wait


@pytest.fixture
def imported(tab: DeskTab, work: DeskWork, qtbot: QtBot, settled: Callable[[], None], book: Path) -> Path:
    """The workbook of three cases, imported and reviewed."""
    work.intake.look([book])
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    assert len(tab.model.ids) == 3
    return book


@pytest.fixture
def written(
    window: MainWindow, tab: DeskTab, work: DeskWork, imported: Path, settled: Callable[[], None]
) -> MainWindow:
    """The window with three cases and the documents of one."""
    work.intake.result.reject()
    tab.table.go_to(tab.model.ids[1])
    work.papers.ask()
    settled()
    work.papers.dialog.only_selected.setChecked(True)
    work.papers.dialog.accept()
    settled()
    work.papers.result.reject()
    return window


@pytest.fixture
def dialogs(written: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Each dialog that is not on the way through the program, as it is opened for its picture."""
    return Dialogs(written, written._session, lambda met: qtbot.waitUntil(met, timeout=PATIENCE)).all()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """One lawful case, one filed too early, one that asks for too much, and a row without a name."""
    early = {**PROPOSAL, "罪犯编号": "9000000002", "姓名": "钱样二", "报请日期": "2022.2.20", "监区": "二监区"}
    much = {
        **PROPOSAL,
        "罪犯编号": "9000000003",
        "姓名": "孙样三",
        "提请减刑幅度": "一年",
        "减后刑期止日": "2027-04-10",
        "罪名": "诈骗罪",
    }
    nameless = {**PROPOSAL, "罪犯编号": "9000000004", "姓名": ""}
    return write_book(tmp_path / "提请名单.xlsx", ("名单", [PROPOSAL, early, much, nameless]), title="例县监狱提请名单")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day the stories are told on."""
    monkeypatch.setattr(Session, "today", lambda _: DAY)
    monkeypatch.setattr(Session, "now", lambda _: f"{DAY}T09:00:00")
    return DAY


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a printing program found on the way of the system was handed."""
    folder, log = tmp_path / "打印程序", tmp_path / "打印.txt"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{log}"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return log


def cut_words(dialog: QWidget) -> list[str]:
    """The words on labels and buttons for which there is less room than they ask for, once all have found theirs."""
    for _ in range(NESTED):
        QApplication.sendPostedEvents()
    cut = []
    for kind in (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton):
        for each in dialog.findChildren(kind):
            if not each.isVisible() or not each.text() or each.sizePolicy().horizontalPolicy().name == "Ignored":
                continue
            wraps = isinstance(each, QLabel) and each.wordWrap()
            wide = each.minimumSizeHint().width() if wraps else each.sizeHint().width()
            high = each.heightForWidth(each.width()) if wraps else each.sizeHint().height()
            if each.width() < wide or each.height() < high:
                cut.append(f"{each.text()[:20]} {each.width()}x{each.height()} < {wide}x{high}")
    return [*cut, *_cut_titles(dialog), *_cut_pages(dialog)]


def _cut_titles(dialog: QWidget) -> Iterator[str]:
    """The titles of columns that are narrower than their words."""
    for head in dialog.findChildren(QHeaderView):
        if not head.isVisible() or head.orientation() is Qt.Orientation.Vertical:
            continue
        for place in range(head.count()):
            title = str(head.model().headerData(place, head.orientation()) or "")
            wide = head.fontMetrics().horizontalAdvance(title)
            if not head.isSectionHidden(place) and head.sectionSize(place) < wide:
                yield f"{title} {head.sectionSize(place)} < {wide}"


def _cut_pages(dialog: QWidget) -> Iterator[str]:
    """Pages that are scrolled up and down only, and ask for more width than there is."""
    for area in dialog.findChildren(QScrollArea):
        page, off = area.widget(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if page is not None and area.isVisible() and area.horizontalScrollBarPolicy() is off:
            wide = page.minimumSizeHint().width()
            if area.viewport().width() < wide:
                yield f"{page.objectName() or type(page).__name__} {area.viewport().width()} < {wide}"


def drop(target: QWidget, *paths: Path) -> bool:
    """Drop files on a widget as the system would; whether they were welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    buttons, keys, action = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), action, data, buttons, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, data, buttons, keys))
    return enter.isAccepted()
