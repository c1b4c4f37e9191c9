"""Every dialog as it is opened for its picture: none is forgotten, nothing in it is cut off or in another language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QLineEdit, QTabBar, QTableWidget, QWidget

from app.ui.text_table import TextTable
from installer.picture_classes import TOUR, dialog_classes
from tests.ui.conftest import cut_words

Wait = Callable[[], None]
# What is called so in Chinese offices too: programs, kinds of files, and keys.
LATIN = frozenset({"Excel", "Word", "WPS", "PDF", "CSV", "LibreOffice", "Windows", "Qt", "Python", "LGPL", "MIT"})
LOWEST, NARROWEST = 640, 1280  # points of a usual screen at 150 %, less the bar of tasks and the title
KEYS = frozenset({"Ctrl", "Alt", "in", "for"})  # and what stands in a template's marks, or in a library's name
KINDS = r"\.(?:docx|xlsx|xlsm|xls|ods|et|csv|txt|json|toml|db|key2?)\b"
MARKED = re.compile(
    rf"<[^>]*>|\S*[/\\]\S*|(?:[A-Z]{{4}}-)+[A-Z]{{4}}|&\w;?|[0-9a-f]{{32,}}|{KINDS}|[A-Z]{{1,3}}-?[A-Z]?\d[\w.-]*"
)


def test_every_dialog_is_taken_whole_and_in_plain_chinese(dialogs: Iterator[tuple[str, QWidget]]) -> None:
    seen, cut, foreign, high = set(), {}, {}, {}
    for name, dialog in dialogs:
        seen.add(type(dialog).__name__)
        if found := cut_words(dialog):
            cut[name] = found
        if dialog.minimumSizeHint().height() > LOWEST or dialog.minimumSizeHint().width() > NARROWEST:
            high[name] = dialog.minimumSizeHint()
        if words := sorted({word for text in texts(dialog) for word in latin(text)}):
            foreign[name] = words
    left_out = dialog_classes() - seen - TOUR
    assert not left_out, f"open them in installer/picture_dialogs.py: {sorted(left_out)}"
    assert dialog_classes() >= TOUR
    assert cut == {}
    assert foreign == {}
    assert high == {}


def texts(dialog: QWidget) -> Iterator[str]:
    """The words a dialog's own controls show, and its title; not what people typed or files are called."""
    yield dialog.windowTitle()
    for each in (*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)):
        yield each.text()
    for box in dialog.findChildren(QGroupBox):
        yield box.title()
    for line in dialog.findChildren(QLineEdit):
        yield line.placeholderText()
    for bar in dialog.findChildren(QTabBar):
        yield from (bar.tabText(place) for place in range(bar.count()))
    for log in (each for each in dialog.findChildren(TextTable) if each.accessibleName() == "操作记录"):
        yield from (log.texts.index(row, 4).data() for row in range(log.texts.rowCount()))
    for table in dialog.findChildren(QTableWidget):
        heads = (table.horizontalHeaderItem(place) for place in range(table.columnCount()))
        yield from (head.text() for head in heads if head is not None)


def latin(text: str) -> Iterator[str]:
    """Words in Latin letters that are neither a name of a program nor a rule's number."""
    for word in re.findall(r"[A-Za-z]{2,}", MARKED.sub(" ", text)):
        if word not in LATIN | KEYS:
            yield word
