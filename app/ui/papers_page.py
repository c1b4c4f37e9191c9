"""The documents that went out: what became of each, and what may be entered about those that are chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.core.actions.paper_list import PaperLine, stages
from app.core.findings import Level, Outcome
from app.core.life import Event, Stage
from app.core.store.paper_lives import may_be_entered
from app.core.store.rows import PaperState
from app.ui import look
from app.ui.flow import FlowLayout
from app.ui.paper_words import history_html
from app.ui.text_table import TextTable

COLUMNS = (("文书", 10), ("文号", 15), ("办理情况", 5), ("受文单位", 10), ("人员", 5), ("日期", 6.2), ("对方意见", 5))
STAGE = 2
TONES = {str(Stage.UNSERVED): Level.DOUBT, str(Stage.UNRECTIFIED): Level.UNLAWFUL, str(Stage.CLOSED): Outcome.LAWFUL,
         str(PaperState.VOID): Outcome.NOT_APPLICABLE}  # fmt: skip
EVERY = "全部"


class PapersPage(QWidget):
    """Shows documents; tells what is to be entered about those chosen, taken back, or declared void."""

    event_wanted = Signal(object, object)  # an Event, a list of PaperLine
    open_wanted = Signal(object)  # a PaperLine
    preview_wanted = Signal(object)  # a PaperLine
    undo_wanted = Signal(object)  # a PaperLine
    void_wanted = Signal(object)  # a PaperLine

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[PaperLine] = ()
        self.search, self.stage, self.void_too = QLineEdit(), QComboBox(), QCheckBox("包括作废的(&V)")
        self.table = TextTable("文书", COLUMNS, self._tone)
        self.table.setSelectionMode(TextTable.SelectionMode.ExtendedSelection)
        self.history = QTextBrowser()
        self.history.setOpenLinks(False)
        self.history.setAccessibleName("所选文书的办理过程")
        self.chosen = QLabel()
        self.buttons: dict[str, QPushButton] = {}
        self._row = QWidget()
        self._flow = FlowLayout(self._row, look.letters(self, 0.4))
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.stage.currentIndexChanged.connect(self._narrow)
        self.void_too.toggled.connect(self._narrow)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.current_changed.connect(lambda _place: self._show_chosen())

    def show_papers(self, lines: Sequence[PaperLine]) -> None:
        """Show these; the one that was current stays so."""
        current = self.current()
        self._lines = lines
        wanted = self.stage.currentText()
        self.stage.blockSignals(True)
        self.stage.clear()
        self.stage.addItems([EVERY, *stages([each for each in lines if not each.void])])
        self.stage.setCurrentIndex(max(self.stage.findText(wanted), 0))
        self.stage.blockSignals(False)
        self.table.texts.fill([_texts(each) for each in lines])
        self._narrow()
        places = [place for place, each in enumerate(lines) if current and each.paper.id == current.paper.id]
        if places:
            self.table.go_to(places[0])

    def go_to(self, paper_id: int) -> bool:
        """Put the cursor on a document; whether it is there."""
        for place, each in enumerate(self._lines):
            if each.paper.id == paper_id:
                if place not in self.table.texts.places:
                    self.search.clear()
                    self.stage.setCurrentIndex(0)
                    self.void_too.setChecked(self.void_too.isChecked() or each.void)
                self.table.go_to(place)
                return True
        return False

    def current(self) -> PaperLine | None:
        """The document the cursor stands on."""
        place = self.table.place()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def selected(self) -> list[PaperLine]:
        """The documents chosen, those of the cursor when none is marked."""
        rows = sorted(each.row() for each in self.table.selectionModel().selectedRows())
        places = [self.table.texts.places[row] for row in rows if row < len(self.table.texts.places)]
        found = [self._lines[place] for place in places]
        current = self.current()
        return found or ([current] if current is not None else [])

    def _narrow(self) -> None:
        words, stage = self.search.text().split(), self.stage.currentText()
        void_too = self.void_too.isChecked() or stage == PaperState.VOID
        self.table.texts.narrow(
            [
                place
                for place, each in enumerate(self._lines)
                if (void_too or not each.void)
                and stage in (EVERY, "", each.stage)
                and all(any(word in text for text in _texts(each)) for word in words)
            ]
        )

    def _show_chosen(self) -> None:
        chosen = self.selected()
        current = self.current()
        self.chosen.setText(f"已选 {len(chosen)} 份" if len(chosen) > 1 else "")
        self.history.setHtml(history_html(current) if current is not None else "没有符合条件的文书。")
        self._offer(_shared(chosen), chosen)

    def _offer(self, events: Sequence[Event], chosen: Sequence[PaperLine]) -> None:
        """A button for each thing that may be done with all the documents chosen."""
        for each in self.buttons.values():
            each.hide()
            each.setParent(None)
            each.deleteLater()
        self.buttons = {}
        for event in events:
            self._add(event.name, event.button).clicked.connect(
                lambda _=False, event=event: self.event_wanted.emit(event, self.selected())
            )
        one = chosen[0] if len(chosen) == 1 else None
        if one is not None and one.paper.file:
            self._add("preview", "打印预览(&E)").clicked.connect(lambda: self.preview_wanted.emit(one))
            self._add("open", "打开文书(&G)").clicked.connect(lambda: self.open_wanted.emit(one))
        if one is not None and one.life.standing and not one.void:
            self._add("undo", "撤销上一步(&B)").clicked.connect(lambda: self.undo_wanted.emit(one))
        if one is not None and not one.void and one.life.stage in (Stage.UNSERVED, Stage.SERVED):
            self._add("void", "作废(&X)…").clicked.connect(lambda: self.void_wanted.emit(one))

    def _add(self, name: str, text: str) -> QPushButton:
        self.buttons[name] = button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleName(text.partition("(")[0])
        self._flow.addWidget(button)
        button.show()
        return button

    def _tone(self, place: int, column: int, text: str) -> str:
        if self._lines[place].void:
            return Outcome.NOT_APPLICABLE
        return TONES.get(text, "") if column == STAGE else ""

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        self.search.setPlaceholderText("文号、单位、姓名，可以写几个词")
        self.search.setClearButtonEnabled(True)
        for text, widget, share in (("查找(&F)：", self.search, 3), ("办理情况(&Y)：", self.stage, 1)):
            label = QLabel(text)
            label.setBuddy(widget)
            widget.setAccessibleName(text.partition("(")[0])
            top.addWidget(label)
            top.addWidget(widget, share)
        top.addWidget(self.void_too)
        top.addWidget(self.chosen, 0, Qt.AlignmentFlag.AlignRight)
        rows = QVBoxLayout(self)
        rows.addLayout(top)
        rows.addWidget(self.table, 3)
        rows.addWidget(self._row)
        rows.addWidget(self.history, 2)


def _shared(chosen: Sequence[PaperLine]) -> list[Event]:
    """What may be entered about every one of these."""
    allowed = [may_be_entered(each.paper, each.life) for each in chosen]
    return [each for each in (allowed[0] if allowed else []) if all(each in some for some in allowed)]


def _texts(line: PaperLine) -> tuple[str, ...]:
    reply = line.life.last("回复")
    adopted = reply.told.get("adopted", "") if reply is not None else ""
    day = line.day.isoformat() if line.day is not None else ""
    return (line.name, line.paper.number, line.stage, line.to, line.person, day, adopted)
