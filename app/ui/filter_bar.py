"""The rows above the list: search, choices, and a chip with a count for every conclusion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from app.ui import look
from app.ui.flow import FlowLayout
from app.ui.query import Query
from app.ui.view_button import ViewButton

WAIT_FOR_TYPING = 250  # milliseconds
CONCLUSION, ID, SEARCH = "conclusion", "id", "search"
OFF = " ✕"
MOST_TOLD = 16  # letters of a condition told on its chip
SEARCHES = (
    "在姓名、编号、证号、罪名、刑期、日期、单位、法院、案号、线索的名称和说明、文书的文号里找；"
    "几个词用空格隔开，都有的才显示（Ctrl+F）"
)


class FilterBar(QWidget):
    """Puts the question; whoever listens to `changed` answers it."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], words: Sequence[str]) -> None:
        super().__init__()
        self._words = {**{each: each for each in words}, "": look.NOT_REVIEWED}
        self._search = self._make_search()
        self._boxes = {column: self._make_box(word) for column, word in choices}
        self._chips = {value: self._make_chip(value, word) for value, word in self._words.items()}
        self._only: Mapping[str, Sequence[str | int]] = {}
        self._name = ""
        self._only_chip = self._make_off("不再只看这些案件", self.drop_only)
        self._off = {column: self._make_off(f"不再限定{word}", partial(self._drop, column)) for column, word in choices}
        self._off[SEARCH] = self._make_off("不再搜索这些词", partial(self._drop, SEARCH))
        self._titles = {**dict(choices), SEARCH: "搜索"}
        self._total = QLabel()
        self.views = ViewButton()
        self._clear = QPushButton("清除(&E)")
        self._clear.setAccessibleName("清除全部筛选条件")
        self._clear.clicked.connect(self.clear)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_FOR_TYPING)
        self._timer.timeout.connect(self.changed)
        self._lay_out()

    def query(self) -> Query:
        """The question as it stands."""
        filters: dict[str, Sequence[str | int]] = {}
        for column, box in self._boxes.items():
            if box.currentIndex() > 0:
                filters[column] = [box.currentData()]
        pressed = [value for value, chip in self._chips.items() if chip.isChecked()]
        if pressed:
            filters[CONCLUSION] = pressed
        return Query({**filters, **self._only}, self._search.text().strip())

    @property
    def name(self) -> str:
        """What is let through beside the boxes and chips, "" for nothing."""
        return self._name

    def show_only(self, name: str, ids: Sequence[int]) -> None:
        """Let these cases through and nothing else, under a name, until the user takes it away."""
        self.show_query(Query({ID: tuple(ids)}), name)

    def show_query(self, query: Query, name: str = "") -> None:
        """Put this question; the filters that have neither box nor chip are told by their name."""
        self._reset()
        self._blocked(True)
        for column, allowed in query.filters.items():
            if column == CONCLUSION:
                for value, chip in self._chips.items():
                    chip.setChecked(value in allowed)
            elif column in self._boxes:
                self._choose(self._boxes[column], str(next(iter(allowed), "")))
            else:
                self._only = {**self._only, column: tuple(allowed)}
        self._search.setText(query.search)
        self._blocked(False)
        self._name = name if self._only else ""
        self.changed.emit()

    def drop_only(self) -> None:
        """Let the others through again."""
        self._only, self._name = {}, ""
        self.changed.emit()

    def _drop(self, column: str) -> None:
        if column == SEARCH:
            self._search.clear()
            self._timer.stop()
            self.changed.emit()
        else:
            self._boxes[column].setCurrentIndex(0)

    @staticmethod
    def _choose(box: QComboBox, value: str) -> None:
        """A value that no case has any more is offered all the same: it was asked for."""
        if box.findData(value) < 0:
            box.addItem(value, value)
        box.setCurrentIndex(box.findData(value))

    def show_counts(self, shown: int, every: int, by_conclusion: Mapping[str, int]) -> None:
        """Say how many cases pass, of how many, and how many each chip would let through."""
        self._total.setText(f"共 {every} 件" if shown == every else f"共 {every} 件，显示 {shown} 件")
        for value, chip in self._chips.items():
            count = by_conclusion.get(value, 0)
            chip.setText(f"{self._words[value]} {count}{OFF if chip.isChecked() else ''}")
            chip.setVisible(count > 0 or chip.isChecked())
        query = self.query()
        for column, off in self._off.items():
            told = query.search if column == SEARCH else "、".join(map(str, query.filters.get(column, ())))
            off.setText(f"{self._titles[column]}：{_short(told)}{OFF}")
            off.setVisible(bool(told))
        self._only_chip.setText(f"只看：{_short(self._name)}{OFF}")
        self._only_chip.setVisible(bool(self._only))
        self._clear.setEnabled(bool(query))

    def offer(self, choices: Callable[[str], Sequence[str]]) -> None:
        """Fill the boxes with what the data holds; what was chosen stays chosen."""
        for column, box in self._boxes.items():
            chosen = box.currentData()
            box.blockSignals(True)
            while box.count() > 1:
                box.removeItem(1)
            for value in choices(column):
                box.addItem(value, value)
            if chosen is None:
                box.setCurrentIndex(0)
            else:
                self._choose(box, chosen)
            box.blockSignals(False)

    def clear(self) -> None:
        """Let everything through."""
        self._reset()
        self.changed.emit()

    def _reset(self) -> None:
        self._blocked(True)
        self._search.clear()
        for box in self._boxes.values():
            box.setCurrentIndex(0)
        for chip in self._chips.values():
            chip.setChecked(False)
        self._blocked(False)
        self._only, self._name = {}, ""

    def _blocked(self, blocked: bool) -> None:
        """Let the boxes change in silence; the line does not: it tells its own cross whether there is text."""
        for each in (*self._boxes.values(), *self._chips.values()):
            each.blockSignals(blocked)
        self._timer.stop()

    def recolour(self) -> None:
        """The theme changed."""
        for value, chip in self._chips.items():
            look.paint_text(chip, look.colour_of(self._words[value]))

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self._search.setFocus()
        self._search.selectAll()

    def _make_search(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText("搜索姓名、编号、线索文字")
        line.setToolTip(SEARCHES)
        line.setAccessibleName("搜索")
        line.setAccessibleDescription(SEARCHES)
        line.setClearButtonEnabled(True)
        line.setAcceptDrops(False)  # a file dropped here is meant for the desk
        line.setFixedWidth(look.letters(line, 14))
        line.textChanged.connect(lambda _text: self._timer.start())
        line.returnPressed.connect(self.changed)
        return line

    @staticmethod
    def _make_off(name: str, slot: Callable[[], None]) -> QToolButton:
        chip = QToolButton()
        chip.setAccessibleName(name)
        chip.setToolTip(f"点一下：{name}")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(slot)
        chip.hide()
        return chip

    def _make_box(self, word: str) -> QComboBox:
        box = QComboBox()
        box.addItem(f"全部{word}", None)
        box.setAccessibleName(word)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(look.letters(box, 14))
        box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        return box

    def _make_chip(self, value: str, word: str) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setText(word)
        chip.setAccessibleName(f"只看{word}")
        chip.setToolTip(f"按下后只看“{word}”的案件，可同时按下几个")
        look.paint_text(chip, look.colour_of(word))
        chip.toggled.connect(lambda _down: self.changed.emit())
        return chip

    def _lay_out(self) -> None:
        row = FlowLayout(self, look.letters(self, 0.4))
        for each in (
            self._search,
            *self._boxes.values(),
            self.views,
            self._clear,
            self._total,
            *self._chips.values(),
            *self._off.values(),
            self._only_chip,
        ):
            row.addWidget(each)


def _short(told: str) -> str:
    return told if len(told) <= MOST_TOLD else f"{told[:MOST_TOLD]}…"
