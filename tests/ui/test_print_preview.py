"""The print preview in the window: its pages, what it says of them, which are printed how often, broken files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.core import paths
from app.core.actions import printing
from app.core.documents.preview import Shown, read_preview
from app.core.jobs import Ticket
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.page_view import PageView
from app.ui.preview_dialog import FAITHFUL, READABLE, PreviewDialog
from app.ui.preview_work import PreviewWork
from tests.core.documents.papers import docx, p
from tests.ui.conftest import PATIENCE, Person, cut_words

Wait = Callable[[], None]
REPORT = Path(paths.RESOURCES).parent / "app" / "templates" / "reduction" / "减刑案件审查报告.docx"


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pages an office program would paint; none at first."""
    made: list[bytes] = []
    monkeypatch.setattr(printing, "page_pictures", lambda _path, *, ticket: made)
    return made


@pytest.fixture
def preview(window: MainWindow, pictures: list[bytes]) -> PreviewWork:
    """Opens previews over the window."""
    return PreviewWork(window, window._session, window.bar)


def picture() -> bytes:
    image = QImage(80, 113, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


def test_a_document_is_shown_page_by_page(
    preview: PreviewWork, window: MainWindow, settled: Wait, qtbot: QtBot
) -> None:
    preview.show(window, REPORT)
    dialog = preview.dialog
    assert dialog is not None
    settled()
    assert dialog.windowTitle() == "打印预览：减刑案件审查报告"
    assert dialog.note.text() == READABLE
    assert "受理情况" in dialog.view.text()
    count = dialog.view.count()
    assert count > 3
    assert dialog.place.text() == f"第 1 页，共 {count} 页"
    qtbot.keyClick(dialog.view, Qt.Key.Key_PageDown)
    assert dialog.place.text() == f"第 2 页，共 {count} 页"
    qtbot.keyClick(dialog.view, Qt.Key.Key_End)
    assert dialog.place.text() == f"第 {count} 页，共 {count} 页"
    dialog.zoom.setCurrentText("150%")
    assert dialog.view.horizontalScrollBar().maximum() > 0
    qtbot.waitUntil(lambda: cut_words(dialog) == [], timeout=PATIENCE)


def test_words_are_painted_on_the_paper_where_they_belong(qtbot: QtBot) -> None:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(900, 1200)
    view.show()
    found = read_preview(REPORT)
    view.show_text(found.html, found.paper, found.margins)
    view.set_zoom(1.0)
    image = view.viewport().grab().toImage()
    left = (view.viewport().width() - 794) // 2
    dark = [
        (x, y)
        for x in range(left + 4, left + 780, 3)
        for y in range(20, 1100, 3)
        if image.pixelColor(x, y).lightness() < 100
    ]
    assert len(dark) > 200
    margin = left + found.margins[0] * 96 / 72
    assert min(x for x, _ in dark) >= margin - 2
    assert min(y for _, y in dark) >= found.margins[1] * 96 / 72


def test_pages_painted_by_the_office_program_take_the_place(
    preview: PreviewWork, pictures: list[bytes], window: MainWindow, settled: Wait
) -> None:
    pictures += [picture(), picture()]
    preview.show(window, REPORT)
    dialog = preview.dialog
    settled()
    assert dialog.note.text() == FAITHFUL
    assert dialog.place.text() == "第 1 页，共 2 页"
    pictures.append(b"no picture")
    dialog.reject()
    preview.show(window, REPORT)
    settled()
    assert preview.dialog.note.text() == READABLE


@pytest.mark.parametrize("raw", [b"nothing", docx(p("一"))[:-60], b""])
def test_a_broken_document_gives_a_sentence(
    preview: PreviewWork, window: MainWindow, settled: Wait, person: Person, tmp_path: Path, raw: bytes
) -> None:
    bad = tmp_path / "坏的.docx"
    bad.write_bytes(raw)
    preview.show(window, bad)
    settled()
    assert "请" in preview.dialog.note.text()
    assert preview.dialog.view.count() == 0
    assert person.errors == []


def test_a_preview_closed_early_gets_nothing(
    preview: PreviewWork, window: MainWindow, settled: Wait, qtbot: QtBot
) -> None:
    preview.show(window, REPORT)
    preview.dialog.reject()
    settled()
    assert preview.dialog is None


@pytest.mark.skipif(os.name == "nt", reason="the printing program is a shell script")
def test_pages_and_copies_are_handed_to_the_system(
    preview: PreviewWork, window: MainWindow, settled: Wait, printed: Path, qtbot: QtBot
) -> None:
    preview.show(window, REPORT)
    settled()
    dialog = preview.dialog
    for asked, right in (("", True), ("1-3", True), ("2，5", True), ("0", False), ("3-1", False), ("1-", False)):
        dialog.pages.setText(asked)
        assert dialog.print.isEnabled() is right, asked
        assert bool(dialog.lacks.text()) is not right
    dialog.pages.setText("1-2，4")
    dialog.copies.setValue(3)
    qtbot.mouseClick(dialog.print, Qt.MouseButton.LeftButton)
    settled()
    assert printed.read_text("utf-8").splitlines() == ["-n", "3", "-P", "1-2,4", str(REPORT)]
    assert "送去打印" in dialog.lacks.text()
    dialog.pages.clear()
    dialog.copies.setValue(2)
    dialog.print.click()
    settled()
    assert printed.read_text("utf-8").splitlines()[5:] == [str(REPORT)] * 2


def test_without_a_printing_program_that_can_choose_pages_it_says_what_to_do(
    preview: PreviewWork, window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    preview.show(window, REPORT)
    settled()
    preview.dialog.pages.setText("2")
    preview.dialog.print.click()
    settled()
    assert "用办公软件打开" in preview.dialog.lacks.text()


def test_the_preview_opens_from_what_was_made(
    tab: DeskTab, work: DeskWork, imported: Path, pictures: list[bytes], settled: Wait, window: MainWindow
) -> None:
    work.intake.result.reject()
    tab.table.go_to(tab.model.ids[0])
    work.papers.ask()
    settled()
    work.papers.dialog.only_selected.setChecked(True)
    work.papers.dialog.accept()
    settled()
    result = work.papers.result
    assert result.preview.isEnabled()
    result.preview.click()
    settled()
    assert isinstance(work.papers.preview.dialog, PreviewDialog)
    assert "赵样一" in work.papers.preview.dialog.view.text()
    work.papers.preview.dialog.reject()
    result.reject()
    window._show_matters()
    settled()
    papers = window.matters.dialog.papers
    papers.go_to(window._session.reader.papers.all(case_id=tab.model.ids[0])[0].id)
    papers.buttons["preview"].click()
    settled()
    assert "赵样一" in window.matters.preview.dialog.view.text()


@pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")
def test_pictures_of_pages_come_from_the_programs_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, does in (
        ("soffice", 'for last; do :; done; shift 5; echo pdf > "$1/$(basename "$last" .docx).pdf"'),
        ("pdftoppm", 'for last; do :; done; printf one > "$last-01.png"; printf two > "$last-02.png"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    assert printing.page_pictures(REPORT, ticket=Ticket()) == [b"one", b"two"]
    (programs / "pdftoppm").unlink()
    monkeypatch.setenv("PATH", str(programs))
    assert printing.page_pictures(REPORT, ticket=Ticket()) == []


def test_a_long_document_says_that_its_end_is_left_out(qtbot: QtBot) -> None:
    dialog = PreviewDialog(None, "长")
    qtbot.addWidget(dialog)
    dialog.show_document(Shown("<p>一</p>", (595, 842), (72, 72, 72, 72), True))
    assert "只显示前面一部分" in dialog.note.text()
