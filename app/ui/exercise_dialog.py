"""The exercises in a window beside the main one: a list, the question, an answer, and why it is right or wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.exercises import Answer, Exercise
from app.core.errors import UserError
from app.core.findings import Level, Outcome
from app.ui import look
from app.ui.law_words import HELP, article_place
from app.ui.room import Scroll

DONE, OPEN = "✓", "　"
HINT = "看着主窗口做，答案都在那里。答案由程序按现在的数据算出，不是事先写好的。"


class ExerciseDialog(QDialog):
    """Shows one exercise at a time; others fetch the right answer and keep what was done."""

    chosen = Signal(int)  # the place of the exercise whose answer is wanted
    solved = Signal(int)  # the place of an exercise answered rightly
    case_wanted = Signal(str, int)  # a desk, a case of it (0: the desk only)
    help_wanted = Signal(str)
    again_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, exercises: Sequence[Exercise], done: Collection[int], *, practising: bool = False) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle("练习")
        self._exercises, self._done = exercises, set(done)
        self._practising = practising  # the store with the samples is the one that is open
        self._answer: Answer | None = None
        self.list, self.told = QListWidget(), QLabel()
        self.practice = QPushButton("打开练习库(&P)")
        self._title, self._question, self._hint, self.result = QLabel(), QLabel(), QLabel(), QLabel()
        self.line = QLineEdit()
        self.choices = QButtonGroup(self)
        self._choices = QWidget()
        self.check, self.show_case = QPushButton("核对答案(&C)"), QPushButton("打开这个案件(&O)")
        self.next, self.again, self.end = QPushButton("下一题(&N)"), QPushButton("重新做(&R)"), QPushButton("关闭")
        self._lay_out()
        self.list.currentRowChanged.connect(self._turn_to)
        self.check.clicked.connect(self._grade)
        self.line.returnPressed.connect(self._grade)
        self.show_case.clicked.connect(self._want_case)
        self.next.clicked.connect(lambda: self.list.setCurrentRow((self.place() + 1) % len(self._exercises)))
        self.again.clicked.connect(self.again_wanted)
        self.practice.clicked.connect(self.practice_wanted)
        self.end.clicked.connect(self.reject)
        self.result.linkActivated.connect(lambda link: self.help_wanted.emit(link.removeprefix(HELP)))
        self._list_them()
        self.list.setCurrentRow(next((place for place in range(len(exercises)) if place not in self._done), 0))

    def place(self) -> int:
        """Which exercise is shown."""
        return self.list.currentRow()

    def show_answer(self, place: int, found: Answer | UserError) -> None:
        """The right answer to an exercise is known, or why there is none; one that comes too late is passed over."""
        if place != self.place():
            return
        self._answer = found if isinstance(found, Answer) else None
        self.check.setEnabled(self._answer is not None)
        self.practice.setVisible(isinstance(found, UserError) and not self._practising)
        if isinstance(found, UserError):
            self._say(f"{escape(found.what)}。{escape(found.do)}。", Level.DOUBT)
            return
        for choice in found.choices:
            button = QRadioButton(choice)
            self.choices.addButton(button)
            self._choices.layout().addWidget(button)
        self.line.setVisible(not found.choices)
        self._choices.setVisible(bool(found.choices))

    def renew(self) -> None:
        """The data may have changed: ask for the right answer anew."""
        self._turn_to(self.place())

    def forget(self) -> None:
        """All exercises are open again."""
        self._done.clear()
        self._list_them()
        self.renew()

    def _said(self) -> str:
        button = self.choices.checkedButton()
        return (button.text() if button is not None else "") if self.choices.buttons() else self.line.text().strip()

    def _grade(self) -> None:
        if self._answer is None:
            return
        said, right = self._said(), self._answer
        if not said:
            self._say("还没有作答。", Level.HINT)
            return
        one = self._exercises[self.place()]
        if right.accepts(said):
            self._done.add(self.place())
            self.solved.emit(self.place())
            self._list_them()
        verdict = "答对了。" if right.accepts(said) else f"不对。程序的答案是：{escape(right.right)}。"
        article = (
            f'<a href="{HELP}{escape(article_place(right.law, right.article))}">{escape(right.law + right.article)}</a>'
        )
        links = [f"依据：{article}"] if right.law else []
        links.append(f'<a href="{HELP}{one.page}">手册里讲这件事的一页</a>')
        told = f"<b>{verdict}</b><br>{escape(one.explain)}<br>{'　'.join(links)}"
        self._say(told, Outcome.LAWFUL if right.accepts(said) else Level.UNLAWFUL)

    def _say(self, html: str, colour: str) -> None:
        self.result.setText(html)
        look.paint_text(self.result, look.colour_of(colour))

    def _turn_to(self, place: int) -> None:
        if place < 0:
            return
        one = self._exercises[place]
        self._answer = None
        for button in self.choices.buttons():
            self.choices.removeButton(button)
            self._choices.layout().removeWidget(button)
            button.deleteLater()
        self.line.clear()
        self.line.hide()
        self.result.clear()
        self.check.setEnabled(False)
        self.practice.hide()
        self._title.setText(f"第 {place + 1} 题　{one.title}")
        self._question.setText(one.question)
        self._hint.setText(one.hint)
        self._hint.setVisible(bool(one.hint))
        self.chosen.emit(place)

    def _want_case(self) -> None:
        one = self._exercises[self.place()]
        self.case_wanted.emit(one.desk, self._answer.case_id if self._answer is not None and one.ask != "who" else 0)

    def _list_them(self) -> None:
        kept = self.place()
        self.list.blockSignals(True)
        self.list.clear()
        for place, one in enumerate(self._exercises):
            self.list.addItem(f"{DONE if place in self._done else OPEN} {place + 1}. {one.title}")
        self.list.setCurrentRow(kept)
        self.list.blockSignals(False)
        self.told.setText(f"答对 {len(self._done)} 题，共 {len(self._exercises)} 题")

    def _lay_out(self) -> None:
        self.list.setAccessibleName("各题")
        self.line.setAccessibleName("答案")
        look.larger(self._title, bold=True)
        for label in (self._question, self._hint, self.result):
            label.setWordWrap(True)
        self.result.setTextFormat(Qt.TextFormat.RichText)
        QVBoxLayout(self._choices).setContentsMargins(0, 0, 0, 0)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        page = QWidget()
        right = QVBoxLayout(page)
        act = QHBoxLayout()
        for button in (self.check, self.show_case, self.practice):
            act.addWidget(button)
        act.addStretch(1)
        for each in (self._title, self._question, self._hint, self._choices, self.line):
            right.addWidget(each)
        right.addLayout(act)
        right.addWidget(self.result)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.told)
        halves = QHBoxLayout()
        halves.addLayout(left, 2)
        halves.addWidget(Scroll(page), 3)
        below = QHBoxLayout()
        for button in (self.next, self.again):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.end)
        for button in (self.check, self.show_case, self.practice, self.next, self.again, self.end):
            button.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.addWidget(hint)
        rows.addLayout(halves, 1)
        rows.addLayout(below)
        look.size(self, 48, 26)
