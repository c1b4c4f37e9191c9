"""Who is who: pairs that may be one person, each as a card with both sides beside each other, and earlier words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Match, Outcome
from app.core.store.rows import Judgement, Word
from app.ui import look, talk
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.people import Card, Cards

MOST_LISTED = 200
PAIRS = (("一边", 7), ("另一边", 7), ("目前", 5.5))
NUMBER = 11  # letters as wide as a number of identity
FACTS = (("项目", 5), ("一边", 12), ("另一边", 12), ("比对", 5.5))
PAST = (("一边", 11), ("另一边", 11), ("判断", 5.5), ("理由", 14), ("何人何时", 10), ("撤销", 14))
JOINED, APART = "按一人处理", "未合并"
GRADES = {Match.LIKELY: "高度疑似（M2）", Match.WEAK: "疑似（M3）"}
TONES = {"相同": Outcome.LAWFUL, "不同": Level.UNLAWFUL, "只有一边有": Level.DOUBT}
HINT = "判断要写明理由，记入日志，可以撤销；下次导入新名单后仍然有效。判断以后重新运行审查才生效。"
NOTHING = "没有需要比对的人员。"


class PeopleDialog(QDialog):
    """Shows cards; tells which word the user gave on which card, and which word is taken back."""

    judged = Signal(object, object, str, bool)  # a Card, a Word, why, whether the warning was read
    undone = Signal(int, str)  # the number of a judgement, why

    def __init__(self, parent: QWidget | None, shown: Cards, name: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("人员比对")
        self._cards: list[Card] = []
        self._past: Sequence[Judgement] = ()
        self.changed = False
        self._head, self._why, self._warning, self._rests = (QLabel() for _ in range(4))
        self.pairs = PlainTable("需要比对的人员", PAIRS, wide=(0, 1))
        self.facts = PlainTable("两边比对", FACTS, wide=(1, 2), least=NUMBER)
        self.facts.setWordWrap(True)
        settled = QTimer(self, interval=0, singleShot=True)
        settled.timeout.connect(self.facts.resizeRowsToContents)
        self.facts.horizontalHeader().sectionResized.connect(lambda *_: settled.start())
        self.past = PlainTable("以前的判断", PAST, wide=5)
        self.pairs.empty, self.past.empty = "没有需要比对的人员。", "还没有作过判断。"
        self.same, self.apart = QPushButton("是同一人(&Y)…"), QPushButton("不是同一人(&N)…")
        self.later, self.undo = QPushButton("暂不判断(&L)"), QPushButton("撤销这个判断(&U)…")
        self.same.clicked.connect(lambda: self.ask(Word.SAME))
        self.apart.clicked.connect(lambda: self.ask(Word.APART))
        self.later.clicked.connect(self.go_on)
        self.undo.clicked.connect(self.ask_undo)
        self.pairs.itemSelectionChanged.connect(self._show_card)
        self.past.itemSelectionChanged.connect(self._renew_undo)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._make_open(), "")
        self.tabs.addTab(self._make_past(), "")
        close = QPushButton("关闭")
        for each in (self.same, self.apart, self.later, self.undo):
            each.setAutoDefault(False)  # a word on people is never what Enter does
        close.clicked.connect(self.reject)
        rows = QVBoxLayout(self)
        hint = QLabel(HINT)
        hint.setWordWrap(True)
        rows.addWidget(self.tabs, 1)
        rows.addWidget(hint)
        rows.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.show_all(shown)
        self._go_to(name)
        look.size(self, 78, 34)

    def show_all(self, shown: Cards) -> None:
        """Show these cards instead of those that were there."""
        place = max(self.pairs.currentRow(), 0)
        self._cards, self._past = list(shown.cards), shown.judgements
        left = f"，列出前 {len(shown.cards)}" if shown.total > len(shown.cards) else ""
        self.tabs.setTabText(0, f"待判断（{shown.total}{left}）")
        self.tabs.setTabText(1, f"以前的判断（{len(self._past)}）")
        self.pairs.fill((each.one.says, each.other.says, JOINED if each.joined else APART) for each in self._cards)
        if self._cards:
            self.pairs.selectRow(min(place, len(self._cards) - 1))
        self.past.fill(_past_line(each) for each in self._past)
        self._show_card()
        self._renew_undo()

    def ask(self, word: Word) -> None:
        """Ask for a reason, and before it whether a warning was read; hand the word on."""
        card = self._card()
        if card is None:
            return
        warned = word is Word.SAME and bool(card.warning)
        if warned and not talk.ask(self, f"{card.warning}。", "仍要记为同一人吗？", yes="仍记为同一人", no="不记"):
            return
        label = f"{card.one.says} 与 {card.other.says}：记为“{word}”的理由（必填，会写入日志）："
        why = talk.ask_reason(self, str(word), label)
        if why is not None:
            self.judged.emit(card, word, why, warned)

    def go_on(self) -> None:
        """Leave this card open and show the next one."""
        if self._cards:
            self.pairs.selectRow((self.pairs.currentRow() + 1) % len(self._cards))

    def ask_undo(self) -> None:
        """Ask for a reason and hand on which word is taken back."""
        each = self._past[self.past.currentRow()]
        why = talk.ask_reason(self, "撤销判断", f"{each.one_says} 与 {each.other_says}：撤销的理由（必填）：")
        if why is not None:
            self.undone.emit(each.id, why)

    def _card(self) -> Card | None:
        row = self.pairs.currentRow()
        return self._cards[row] if 0 <= row < len(self._cards) else None

    def _go_to(self, name: str) -> None:
        for row, each in enumerate(self._cards):
            if name and (name in each.one.says or name in each.other.says):
                self.pairs.selectRow(row)
                return

    def _show_card(self) -> None:
        card = self._card()
        for each in (self.same, self.apart, self.later):
            each.setEnabled(card is not None)
        self._warning.setVisible(card is not None and bool(card.warning))
        if card is None:
            self._head.setText(NOTHING)
            self._why.clear()
            self._rests.clear()
            self.facts.setRowCount(0)
            return
        now = "现在按同一人处理，所依据的线索最高定为存疑" if card.joined else "现在没有合并，只作提醒"
        self._head.setText(f"{card.one.says}　与　{card.other.says}")
        self._why.setText(f"{GRADES.get(card.match, card.match)}：{card.why}。{now}。")
        self._warning.setText(f"注意：{card.warning}。")
        look.paint_text(self._warning, look.colour_of(Level.UNLAWFUL))
        rules = "；".join(f"{each.verdict.rule} {each.verdict.rule_name}" for each in card.findings)
        self._rests.setText(f"与两边有关的线索：{rules}" if rules else "目前没有与两边有关的线索。")
        self.facts.setRowCount(len(card.facts))
        for row, fact in enumerate(card.facts):
            for column, text in enumerate((fact.label, fact.one, fact.other, fact.word)):
                word = TONES.get(fact.word, "") if column else ""
                self.facts.write(row, column, text, word=word, bold=fact.word == "不同" and column > 0)
        self.facts.resizeRowsToContents()

    def _renew_undo(self) -> None:
        row = self.past.currentRow()
        self.undo.setEnabled(0 <= row < len(self._past) and not self._past[row].undone_at)

    def _make_open(self) -> QWidget:
        card = QWidget()
        rows = QVBoxLayout(card)
        look.larger(self._head, 1.15, bold=True)
        for each in (self._head, self._why, self._warning, self._rests):
            each.setWordWrap(True)
        buttons = QHBoxLayout()
        for each in (self.same, self.apart, self.later):
            buttons.addWidget(each)
        buttons.addStretch(1)
        for each in (self._head, self._why, self._warning):
            rows.addWidget(each)
        rows.addWidget(self.facts, 1)
        rows.addWidget(self._rests)
        rows.addLayout(buttons)
        split = QSplitter()
        split.addWidget(self.pairs)
        split.addWidget(card)
        split.setChildrenCollapsible(False)
        split.setSizes([380, 620])  # shares, not lengths
        return split

    def _make_past(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.addWidget(self.past, 1)
        rows.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        return page


def _past_line(each: Judgement) -> tuple[str, ...]:
    undone = f"{each.undone_by} {each.undone_at[:10]}：{each.undone_why}" if each.undone_at else ""
    return each.one_says, each.other_says, str(each.word), each.why, f"{each.judged_by} {each.judged_at[:10]}", undone
