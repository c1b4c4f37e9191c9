"""Templates in the window: a file is picked, looked at, tried, used and given up; numbers and times are set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core import files
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.templates_dialog import FATAL, WARNING, ExaminedDialog, TemplatesDialog, WordsDialog
from tests.core.documents.papers import docx, p, saved, text
from tests.ui.conftest import PATIENCE, Person

Wait = Callable[[], None]
GOOD = docx(p("本院意见书{{ 文号 }}"), p("罪犯{{ 姓名 }}"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system."""
    paths: list[Path] = []
    monkeypatch.setattr(files, "open_with_system", lambda path, verb="open": paths.append(path))
    return paths


@pytest.fixture
def dialog(window: MainWindow) -> TemplatesDialog:
    """Opened from the corner of the window, 减刑提请检察意见书 chosen."""
    [button] = [each for each in window.findChildren(QPushButton) if each.accessibleName() == "模板和文号"]
    button.click()
    assert window.templates.dialog is not None
    window.templates.dialog.choose("opinion")
    return window.templates.dialog


def row(dialog: TemplatesDialog) -> list[str]:
    place = dialog.kinds.currentRow()
    return [dialog.kinds.item(place, column).text() for column in range(5)]


def picked(window: MainWindow, dialog: TemplatesDialog, person: Person, path: Path, qtbot: QtBot) -> ExaminedDialog:
    """What is said of a file the user picks."""
    person.files = [path]
    dialog.buttons["replace"].click()
    qtbot.waitUntil(lambda: window.templates.over is not None, timeout=PATIENCE)
    assert isinstance(window.templates.over, ExaminedDialog)
    return window.templates.over


def test_a_template_is_used_and_given_up(
    window: MainWindow,
    dialog: TemplatesDialog,
    person: Person,
    settled: Wait,
    session: Session,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    assert row(dialog)[:2] == ["减刑提请检察意见书", "出厂模板"]
    assert not dialog.buttons["restore"].isEnabled()
    over = picked(window, dialog, person, saved(tmp_path, GOOD, "本院意见书.docx"), qtbot)
    assert "没有发现问题" in over.head.text()
    over.use.click()
    settled()
    assert row(dialog)[1:3] == ["本院模板", "本院意见书.docx"]
    assert "已换成本院模板" in dialog.says.text()
    dialog.buttons["restore"].click()
    settled()
    assert person.asked == ["《减刑提请检察意见书》恢复成出厂模板？"]
    assert row(dialog)[1] == "出厂模板"
    assert dialog.past.item(0, 0).text() == "本院意见书.docx"
    dialog.again.click()
    settled()
    assert row(dialog)[1] == "本院模板"
    assert session.reader.templates.current("opinion") is not None
    assert person.errors == []


def test_what_is_wrong_is_listed_and_forbids_the_use(
    window: MainWindow, dialog: TemplatesDialog, person: Person, tmp_path: Path, qtbot: QtBot, session: Session
) -> None:
    body = docx(
        p("{{ 数据范围 }}"), p("罪犯{{ 姓明 }}"), "<w:p><w:r><w:t>{{ 监</w:t></w:r><w:r><w:t>狱 }}</w:t></w:r></w:p>"
    )
    over = picked(window, dialog, person, saved(tmp_path, body), qtbot)
    assert not over.use.isEnabled()
    assert not over.trial.isEnabled()
    told = [[over.table.item(line, column).text() for column in range(4)] for line in range(over.table.rowCount())]
    assert told[0] == [FATAL, "正文“罪犯{{ 姓明 }}”处", "不认识的字段“姓明”", "您是否想写 {{ 姓名 }}"]
    assert "字段 {{ 监狱 }} 被拆成了几截" in over.mended.text()
    assert session.reader.templates.history("opinion") == []


def test_warnings_do_not_forbid_and_a_trial_can_come_first(
    window: MainWindow,
    dialog: TemplatesDialog,
    person: Person,
    settled: Wait,
    tmp_path: Path,
    qtbot: QtBot,
    opened: list[Path],
) -> None:
    over = picked(window, dialog, person, saved(tmp_path, docx(p("{{ 姓名 }}"))), qtbot)
    assert over.table.item(0, 0).text() == WARNING
    assert over.use.isEnabled()
    over.trial.click()
    settled()
    assert [text(each.read_bytes()) for each in opened] == ["〔姓名〕A&B<姓名>"]


def test_a_file_that_is_no_docx_is_told(dialog: TemplatesDialog, person: Person, settled: Wait, tmp_path: Path) -> None:
    person.files = [saved(tmp_path, b"\xd0\xcf\x11\xe0", "旧.docx")]
    dialog.buttons["replace"].click()
    settled()
    assert "旧版 .doc" in person.errors[0].what


def test_trials_words_checks_and_copies(
    imported: Path,
    window: MainWindow,
    dialog: TemplatesDialog,
    person: Person,
    settled: Wait,
    tmp_path: Path,
    qtbot: QtBot,
    opened: list[Path],
) -> None:
    dialog.buttons["try_sample"].click()
    settled()
    window.works[0].review()
    settled()
    window.desks["reduction"].table.selectRow(0)
    dialog.buttons["try_case"].click()
    settled()
    assert person.errors == []
    said = [text(each.read_bytes()) for each in opened]
    assert "〔姓名〕" in said[0]
    assert "样" in said[1]
    dialog.buttons["words"].click()
    words = window.templates.over
    assert isinstance(words, WordsDialog)
    words.search.setText("身份证号码")
    words.copy.click()
    assert QGuiApplication.clipboard().text() == "{{ 身份证号码 }}"
    words.reject()
    dialog.buttons["check"].click()
    qtbot.waitUntil(lambda: window.templates.over is not None, timeout=PATIENCE)
    checked = window.templates.over
    assert isinstance(checked, ExaminedDialog)
    assert "没有发现问题" in checked.head.text()
    checked.reject()
    person.new_file = tmp_path / "出厂.docx"
    dialog.buttons["save_shipped"].click()
    settled()
    assert person.new_file.read_bytes()[:2] == b"PK"
    assert window.templates.over is None


def test_a_number_and_a_time_are_set(dialog: TemplatesDialog, person: Person, settled: Wait, session: Session) -> None:
    page = dialog.numbers
    page.choose("commutation_opinion")
    page.pattern.setText("{院}检{部门}减({年}){n}号")
    assert "六角括号" in page.preview.text()
    assert not page.keep_pattern.isEnabled()
    page.pattern.setText("{院}检{部门}减〔{年}〕{n}号")
    assert f"减〔{session.today().year}〕1号" in page.preview.text()
    page.keep_pattern.click()
    settled()
    line = page.numbers.currentRow()
    assert page.numbers.item(line, 3).text() == "本院"
    page.pattern.setText("{院}检{部门}假意〔{年}〕{n}号")
    page.keep_pattern.click()
    settled()
    assert "相同的文号" in person.errors[0].what
    page.replies.selectRow(0)
    name = page.replies.item(0, 0).text()
    page.count.setText("二十")
    page.keep_reply.click()
    settled()
    assert "回复期限写得不对" in person.errors[1].what
    page.count.setText("20")
    page.keep_reply.click()
    settled()
    assert [page.replies.item(0, column).text() for column in range(3)] == [name, "20日内", "本院"]


def test_copies_and_signatures_are_set(
    dialog: TemplatesDialog, person: Person, settled: Wait, session: Session
) -> None:
    page = dialog.copies
    dialog.tabs.setCurrentWidget(page)
    page.choose("notice")
    page.copies.setText("正本、副本")
    page.signers.setText("检察官：")
    page.keep.click()
    settled()
    line = page.table.currentRow()
    assert [page.table.item(line, column).text() for column in range(3)] == ["纠正违法通知书", "正本、副本", "检察官："]
    assert "印正本、副本" in dialog.says.text()
    page.copies.setText("正本、正本")
    page.keep.click()
    settled()
    assert "重复" in person.errors[0].what
    page.choose("advice")
    assert (page.copies.text(), page.signers.text()) == ("", "")
