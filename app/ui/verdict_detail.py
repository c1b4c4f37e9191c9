"""One verdict in full: what it says, a person's word on it, how it was reckoned, the law, and where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.core.actions.lacking import Lacking
from app.core.checks.excluding import questions
from app.core.findings import Evidence, Outcome, State, Verdict
from app.core.life import Move, life
from app.core.store.life_rows import Told
from app.core.store.rows import StoredFinding
from app.ui import law_words, life_words, look, why_words
from app.ui.flow import FlowLayout
from app.ui.plain_table import PlainTable

EVIDENCE_COLUMNS = (("文件", 5), ("工作表", 4), ("行", 2.5), ("列", 5), ("原文", 6), ("读作", 6))
UNSURE = ("可能是同一人", "仅凭姓名对应")  # what rules say where it is not sure whose a row is
MOST_ROWS_UNSCROLLED = 8


class Extra(StrEnum):
    """What may be done with a finding besides moving it on."""

    CHECK = "复核(&6)…"
    UNDO = "撤销上一步(&0)"


NO_LIFE = Told((), None, False)


class EvidenceTable(PlainTable):
    """The cells a verdict rests on."""

    def __init__(self) -> None:
        super().__init__("证据：数据来源", EVIDENCE_COLUMNS, wide=len(EVIDENCE_COLUMNS) - 1)

    def show_cells(self, cells: Sequence[Evidence]) -> None:
        """Fill the table and make it as high as it needs to be."""
        self.fill((each.file, each.sheet, str(each.row), each.column, each.raw, each.value) for each in cells)
        self.clearSelection()
        self.fit(MOST_ROWS_UNSCROLLED)


class VerdictDetail(QScrollArea):
    """Shows one verdict; tells which cell the user wants to see and what they decided."""

    row_wanted = Signal(object)  # an Evidence
    decided = Signal(object)  # a State or an Extra
    people_wanted = Signal()
    help_wanted = Signal(str)  # a place of the help
    asking_wanted = Signal(object)  # of ids of tables to ask for

    def __init__(self) -> None:
        super().__init__()
        self._cells: Sequence[Evidence] = ()
        self._lists: Sequence[str] = ()
        self.lacking_of: Callable[[Verdict], Sequence[Lacking]] = lambda _: ()  # asked for each that was not judged
        self._title = self._text()
        self._message = self._text()
        self._state = self._text()
        self.life_of: Callable[[str], Told] = lambda _: NO_LIFE  # asked for each finding shown
        self._buttons: dict[State | Extra, QPushButton] = {each: self._make_button(each) for each in (*State, *Extra)}
        self._why_head, self._why = self._heading(""), self._text()
        self._past_head, self._past = self._heading("办理经过"), self._text()
        self._steps_head, self._steps = self._heading("计算过程"), self._text()
        self._law_head, self._law = self._heading("依据"), self._text()
        self._exclude_head, self._exclude = self._heading("写文书前逐项排除（反证清单）"), self._text()
        self._cells_head, self.table = self._heading("证据（数据来源）"), EvidenceTable()
        self._open = QPushButton("查看原始行(&V)")
        self._open.setAccessibleName("查看所选证据所在的原始行")
        self._open.clicked.connect(self._want_row)
        self.table.cellDoubleClicked.connect(self._want_row)
        self.people = QPushButton("人员比对(&T)…")
        self.people.setToolTip("这条线索所依据的记录不能确定是同一人，先逐项比对")
        self.people.clicked.connect(self.people_wanted)
        self.ask = QPushButton("调取这些数据(&K)…")
        self.ask.setToolTip("保存要补的名单的空白表，或者写一份调取数据函")
        self.ask.clicked.connect(lambda: self.asking_wanted.emit(self._lists))
        for label in (self._why, self._law):
            label.linkActivated.connect(self._follow)
        self._lay_out()
        self.show_nothing()

    def steps(self) -> Iterable[tuple[State | Extra, QPushButton]]:
        """What may be done with a finding, each with its button."""
        return self._buttons.items()

    def show_nothing(self) -> None:
        """No verdict is chosen."""
        self.widget().hide()

    def show_verdict(self, verdict: Verdict, finding: StoredFinding | None) -> None:
        """Show a verdict; `finding` carries a person's word when the verdict is a problem."""
        self._title.setText(f"{verdict.rule} {verdict.rule_name}")
        self._message.setText(law_words.message_html(verdict))
        self._show_state(finding)
        lacks = self.lacking_of(verdict) if verdict.outcome is Outcome.NOT_EVALUATED else ()
        self._lists = list(dict.fromkeys(spot.table for each in lacks for spot in each.spots))
        self.ask.setVisible(bool(self._lists))
        self._why_head.setText(why_words.heading(verdict))
        asked = questions(verdict.rule) if verdict.outcome is Outcome.FOUND else ()
        for head, label, text in (
            (self._why_head, self._why, why_words.why_html(verdict, lacks)),
            (self._exclude_head, self._exclude, law_words.checklist_html(asked)),
            (self._steps_head, self._steps, law_words.steps_html(verdict.steps)),
            (self._law_head, self._law, law_words.basis_html(verdict.basis, linked=True)),
        ):
            head.setVisible(bool(text))
            label.setVisible(bool(text))
            label.setText(text)
        self.people.setVisible(any(word in text for text in (verdict.message, *verdict.steps) for word in UNSURE))
        self._cells = verdict.evidence
        for each in (self._cells_head, self.table, self._open):
            each.setVisible(bool(self._cells))
        self.table.show_cells(self._cells)
        self.widget().show()
        self.verticalScrollBar().setValue(0)

    def _show_state(self, finding: StoredFinding | None) -> None:
        told = self.life_of(finding.key) if finding is not None else NO_LIFE
        moves: dict[State | Extra, Move] = {}
        if finding is not None:
            moves = {each.after: each for each in life().steps(finding.state)}
            self._state.setText(life_words.state_html(finding, told))
            look.paint_text(self._state, look.colour_of(finding.state))
        self._state.setVisible(finding is not None)
        for each, button in self._buttons.items():
            button.setVisible(each in moves)
            if each in moves:
                button.setText(moves[each].button)
        self._buttons[Extra.CHECK].setVisible(told.waits)
        self._buttons[Extra.UNDO].setVisible(told.undoable is not None)
        self._past.setText(life_words.history_html(told.history) + life_words.others_html(told.others))
        for label in (self._past_head, self._past):
            label.setVisible(bool(told.history or told.others))

    def _want_row(self, *_: object) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._cells):
            self.row_wanted.emit(self._cells[row])

    def _follow(self, link: str) -> None:
        """Where a link leads: to a cell's row, or into the help."""
        if link.startswith(why_words.CELL):
            self.row_wanted.emit(self._cells[int(link.removeprefix(why_words.CELL))])
        else:
            self.help_wanted.emit(link.removeprefix(law_words.HELP))

    def _make_button(self, what: State | Extra) -> QPushButton:
        button = QPushButton(str(what))
        button.setAccessibleName(
            f"把这条线索记为{what}" if isinstance(what, State) else what.partition("(")[0] + "这条线索"
        )
        button.setAutoDefault(False)  # in a dialog Enter decides nothing
        button.clicked.connect(lambda: self.decided.emit(what))
        return button

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        look.larger(label, bold=True)
        return label

    def _text(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        flag = Qt.TextInteractionFlag
        label.setTextInteractionFlags(
            flag.TextSelectableByMouse
            | flag.TextSelectableByKeyboard
            | flag.LinksAccessibleByMouse
            | flag.LinksAccessibleByKeyboard
        )
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return label

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("所选项目的详细内容")
        look.larger(self._title, bold=True)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        steps = QWidget()
        decide = FlowLayout(steps, look.letters(self, 0.4))
        for button in self._buttons.values():
            decide.addWidget(button)
        rows.addWidget(self._title)
        rows.addWidget(self._message)
        rows.addWidget(self._state)
        rows.addWidget(steps)
        rows.addWidget(self._why_head)
        rows.addWidget(self._why)
        proof = (self._steps_head, self._steps, self._law_head, self._law, self._exclude_head, self._exclude)
        past = (self._past_head, self._past)
        for each in (*proof, *past, self._cells_head, self.table):
            rows.addWidget(each)
        below = QHBoxLayout()
        for each in (self._open, self.people, self.ask):
            each.setAutoDefault(False)
            below.addWidget(each)
        below.addStretch(1)
        rows.addLayout(below)
        rows.addStretch(1)
        self.setWidget(inner)
