"""Lines for passphrases: hidden while typed, checked in pairs, and a pause after too many wrong ones."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.core.store.locks import SHORTEST
from app.core.store.tries import TooSoon
from app.ui import look


def pass_line(name: str) -> QLineEdit:
    """A line whose text is not shown."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    line.setMinimumWidth(look.letters(line, 18))
    return line


def fault_label() -> QLabel:
    """Where a dialog says what is wrong with what was typed."""
    label = QLabel()
    label.setWordWrap(True)
    label.setAccessibleName("提示")
    look.paint_text(label, QColor(look.tones().grave))
    return label


def wrong_pair(phrase: QLineEdit, again: QLineEdit) -> tuple[str, QLineEdit] | None:
    """What is wrong with a new passphrase that was typed twice, and in which line; None when nothing is."""
    if len(phrase.text().strip()) < SHORTEST:
        return f"口令太短，请至少输入 {SHORTEST} 个字符。", phrase
    if phrase.text() != again.text():
        return "两次输入的口令不一样，请再输一次。", again
    return None


def complain(label: QLabel, text: str, line: QLineEdit) -> None:
    """Say it, and lead to the line."""
    label.setText(text)
    line.setFocus()
    line.selectAll()


class Pause(QObject):
    """Keeps a button shut for the seconds that must pass, counting them on the label."""

    def __init__(self, button: QPushButton, label: QLabel) -> None:
        super().__init__(button)
        self._button, self._label = button, label
        self._fault: TooSoon | None = None
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self.left = 0

    def begin(self, fault: TooSoon) -> None:
        """Start to count."""
        self.left, self._fault = fault.seconds, fault
        self._button.setEnabled(False)
        self._show()
        self._timer.start()

    def _tick(self) -> None:
        self.left -= 1
        if self.left > 0:
            self._show()
            return
        self._timer.stop()
        self._label.setText("")
        self._button.setEnabled(True)

    def _show(self) -> None:
        self._label.setText(str(TooSoon(self._fault.wrong, self.left)))
