"""Every box that waits for an answer: messages, questions, a reason, and the system's file dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from app.core.errors import UserError
from app.core.files import write_whole

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument
    from PySide6.QtPrintSupport import QPrinter

TABLES = "表格 (*.xlsx *.xlsm *.xls *.ods *.et *.csv *.txt)"
WORKBOOK = "Excel 工作簿 (*.xlsx)"
WORD = "Word 文档 (*.docx)"
TEXT = "文本文件 (*.txt)"
PICTURE = "图片 (*.png)"
MAPPINGS = "列的对应关系 (*.json)"
STORE = "数据文件 (*.db)"
EXCHANGE = "交换文件 (*.jhwj)"


def say(parent: QWidget | None, what: str, more: str = "") -> None:
    """Tell something that needs no answer."""
    _box(parent, QMessageBox.Icon.Information, what, more, "知道了").exec()


def error(parent: QWidget | None, fault: UserError) -> None:
    """Say what happened and what to do about it."""
    box_of(parent, fault).exec()


def box_of(parent: QWidget | None, fault: UserError) -> QMessageBox:
    """The box an error is told in."""
    place = f"{fault.where}：" if fault.where else ""
    return _box(parent, QMessageBox.Icon.Warning, f"{place}{fault.what}。", f"{fault.do}。", "知道了")


def ask(parent: QWidget | None, question: str, more: str = "", *, yes: str = "确定", no: str = "取消") -> bool:
    """Ask before what cannot be undone; 取消 is what Enter and Esc do."""
    box = _box(parent, QMessageBox.Icon.Question, question, more, yes)
    agree = box.buttons()[0]
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.exec()
    return box.clickedButton() is agree


def ask_which(parent: QWidget | None, question: str, more: str, choices: Sequence[str]) -> str:
    """Ask for one of several answers; the last is what Enter and Esc do."""
    box = _box(parent, QMessageBox.Icon.Warning, question, more, choices[0])
    given = {box.buttons()[0]: choices[0]}
    for each in choices[1:]:
        last = each == choices[-1]
        role = QMessageBox.ButtonRole.RejectRole if last else QMessageBox.ButtonRole.AcceptRole
        button = box.addButton(each, role)
        given[button] = each
        if last:
            box.setDefaultButton(button)
            box.setEscapeButton(button)
    box.exec()
    return given.get(box.clickedButton(), choices[-1])


def ask_reason(parent: QWidget | None, title: str, label: str) -> str | None:
    """Ask for a reason in words; None when the user thought better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setOkButtonText("确定")
    dialog.setCancelButtonText("取消")
    return dialog.textValue().strip() if dialog.exec() else None


def ask_line(parent: QWidget | None, title: str, label: str, text: str = "") -> str | None:
    """Ask for a short text; None when the user thought better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextValue(text)
    dialog.setOkButtonText("确定")
    dialog.setCancelButtonText("取消")
    return dialog.textValue().strip() if dialog.exec() else None


def ask_passphrase(parent: QWidget | None, title: str, label: str) -> str | None:
    """Ask for a passphrase, which is not shown; None when the user thought better of it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(label)
    dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    dialog.setOkButtonText("确定")
    dialog.setCancelButtonText("取消")
    return dialog.textValue() if dialog.exec() else None


def choose_tables(parent: QWidget, start: str) -> list[Path]:
    """Let the user pick workbooks to import."""
    names, _ = QFileDialog.getOpenFileNames(parent, "选择要导入的表格", start, TABLES)
    return [Path(each) for each in names]


def choose_file(parent: QWidget, title: str, start: str, kind: str) -> Path | None:
    """Let the user pick one file."""
    name, _ = QFileDialog.getOpenFileName(parent, title, start, kind)
    return Path(name) if name else None


def choose_files(parent: QWidget, title: str, start: str) -> list[Path]:
    """Let the user pick files of any kind."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, start)
    return [Path(each) for each in names]


def choose_folder(parent: QWidget, title: str, start: str) -> Path | None:
    """Let the user pick a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, start)
    return Path(name) if name else None


def choose_new_file(parent: QWidget, title: str, start: str, kind: str) -> Path | None:
    """Let the user name a file to be written; the system asks before one is replaced."""
    name, _ = QFileDialog.getSaveFileName(parent, title, start, kind)
    return Path(name) if name else None


def save_text(parent: QWidget, title: str, name: str, text: str) -> Path | None:
    """Write a text where the user says, the minute in the name offered; None when it was not written, which is told."""
    path = choose_new_file(parent, title, f"{name}{datetime.now():%Y%m%d_%H%M%S}.txt", TEXT)
    if path is None:
        return None
    try:
        write_whole(path, text.encode("utf-8-sig"))
    except UserError as fault:
        error(parent, fault)
        return None
    return path


def choose_printer(parent: QWidget | None) -> QPrinter | None:
    """Let the user choose a printer; None when he thought better of it, or when there is none, which is told."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        error(parent, UserError("这台电脑没有可用的打印机", do="请接好打印机再试；等不及的，请先抄写下来"))
        return None
    printer = QPrinter()
    return printer if QPrintDialog(printer, parent).exec() else None


def print_page(parent: QWidget | None, page: QTextDocument) -> bool:
    """Print a page on a printer the user chooses; whether it was printed."""
    printer = choose_printer(parent)
    if printer is not None:
        page.print_(printer)
    return printer is not None


def _box(parent: QWidget | None, icon: QMessageBox.Icon, what: str, more: str, button: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle("刑执智检")
    box.setIcon(icon)
    box.setText(what)
    box.setInformativeText(more)
    box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
    return box
