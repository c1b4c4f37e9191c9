"""The cards of the supervision models: what each looks for and needs, its own cases, its versions, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.store.model_book import StoredModel
from app.ui import look
from app.ui.flow import FlowLayout
from app.ui.plain_table import PlainTable
from app.ui.text_table import TextTable

if TYPE_CHECKING:
    from app.core.actions.model_cards import ModelCard

COLUMNS = (("编号", 4.5), ("名称", 13), ("状态", 3.5), ("现有数据", 7), ("线索", 11))
CASES = (("案例", 16), ("种类", 5), ("应当是", 5), ("结果", 16))
VERSIONS = (("版本", 3), ("名称", 9), ("来源", 8), ("采用时间", 9), ("采用人", 5), ("现在", 4))
READY, STATE = 3, 2


class ModelsDialog(QDialog):
    """Shows the cards; tells what the user wants done with which model. It stays open."""

    switch_wanted = Signal(str, bool)
    new_wanted = Signal()
    edit_wanted = Signal(str)
    back_wanted = Signal(int)  # the number of a version, 0 for the shipped one
    import_wanted = Signal()
    export_wanted = Signal(str)
    chosen = Signal(str)
    numbers_wanted = Signal(str)
    sample_wanted = Signal(str, bool)  # loaded, or taken back

    def __init__(self, parent: QWidget | None, cards: Sequence[ModelCard]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("模型卡片")
        self.cards: Sequence[ModelCard] = ()
        self._versions: Sequence[StoredModel] = ()
        self.head, self.says = QLabel(), QLabel()
        self.table = TextTable("监督模型", COLUMNS, self._tone)
        self.card = QPlainTextEdit()
        self.card.setReadOnly(True)
        self.card.setAccessibleName("模型卡片")
        self.own, self.versions = PlainTable("案例", CASES, wide=3), PlainTable("版本", VERSIONS, wide=2)
        self.tabs = QTabWidget()
        for widget, name in ((self.card, "卡片"), (self.own, "自带案例"), (self.versions, "版本")):
            self.tabs.addTab(widget, name)
        self._make_buttons()
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 4)
        split.setSizes([look.letters(self, 46), look.letters(self, 38)])
        rows = QVBoxLayout(self)
        for label in (self.head, self.says):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        rows.addWidget(self.head)
        rows.addWidget(split, 1)
        rows.addWidget(self.says)
        rows.addWidget(self._row)
        self.table.current_changed.connect(self._turn)
        self.versions.itemSelectionChanged.connect(self._renew_buttons)
        self.show_cards(cards)
        look.size(self, 86, 34)

    def show_cards(self, cards: Sequence[ModelCard], chosen: str = "") -> None:
        """Show these cards, the chosen one current."""
        chosen = chosen or self.current_id()
        self.cards = cards
        running = sum(each.known.running and not each.faults for each in cards)
        ready = sum(each.known.running and not each.faults and not each.missing for each in cards)
        self.head.setText(
            f"共 {len(cards)} 个模型，启用 {running} 个，其中现有数据够用的 {ready} 个；点“运行审查”一起运行。"
        )
        self.table.texts.fill(
            [(each.known.model.id, each.known.model.name, each.state, each.ready, str(each.yields)) for each in cards]
        )
        for place, each in enumerate(cards):
            if each.known.model.id == chosen:
                self.table.go_to(place)
        self._turn()

    def show_more(self, model: str, card: str, cases: Sequence[Sequence[str]], versions: Sequence[StoredModel]) -> None:
        """Show one model's card, cases and versions, if it is still the current one."""
        if model != self.current_id():
            return
        self.card.setPlainText(card)
        self.own.fill(cases)
        for row, case in enumerate(cases):
            self.own.write(row, 3, case[3], word=Outcome.LAWFUL if case[3] == "通过" else Level.UNLAWFUL)
        self._versions = versions
        self.versions.fill(
            (
                str(each.version),
                each.name,
                each.origin,
                each.added_at.replace("T", " ")[:16],
                each.added_by,
                "使用中" if each.stands else "",
            )
            for each in versions
        )
        self._renew_buttons()

    def say(self, text: str, *, good: bool = True) -> None:
        """Tell what was done, or what is in the way."""
        self.says.setText(text)
        look.paint_text(self.says, look.colour_of(Outcome.LAWFUL if good else Level.UNLAWFUL))

    def current(self) -> ModelCard | None:
        """The card the cursor is on."""
        place = self.table.place()
        return self.cards[place] if 0 <= place < len(self.cards) else None

    def current_id(self) -> str:
        """The id of the current model; "" for none."""
        card = self.current()
        return card.known.model.id if card is not None else ""

    def _turn(self, *_: object) -> None:
        card = self.current()
        self._renew_buttons()
        if card is None:
            self.card.setPlainText("")
            return
        missing = "\n".join(card.missing)
        self.card.setPlainText(f"缺少：\n{missing}" if missing else "")
        self.chosen.emit(card.known.model.id)

    def _tone(self, place: int, column: int, text: str) -> str:
        if column == READY:
            return Outcome.LAWFUL if text == "可以运行" else Level.DOUBT
        if column == STATE:
            return {"启用": Outcome.LAWFUL, "停用": Outcome.NOT_APPLICABLE}.get(text, Level.UNLAWFUL)
        return ""

    def _make_buttons(self) -> None:
        self._row = QWidget()
        flow = FlowLayout(self._row, look.letters(self, 0.4))
        self.buttons: dict[str, QPushButton] = {}
        for name, text, tip, slot in (
            ("switch", "启用(&O)", "案例没有全部通过的模型不能启用", self._switch),
            ("edit", "修改(&E)…", "用填句子的办法修改，保存为新的一版", self._edit),
            ("back", "退回选中的版本(&R)", "在“版本”里选一版；随程序提供的版本总可以找回", self._back),
            ("export", "导出(&X)…", "写成一个带校验值的文件，发给别的单位", self._export),
            ("import", "导入模型(&I)…", "读入别的单位发来的模型文件", self.import_wanted.emit),
            ("new", "编写新模型(&N)…", "用填句子的办法编写，不写程序", self.new_wanted.emit),
            ("numbers", "填本省标准(&L)…", "各省不同的数值，填写以前涉及的线索不能判断", self._numbers),
            ("sample", "载入样例数据(&P)", "用虚构的人和单位试一试这个模型，看完可以整个撤回", self._sample),
        ):
            self.buttons[name] = button = QPushButton(text)
            button.setAccessibleName(text.partition("(")[0])
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            flow.addWidget(button)
        close = QDialogButtonBox()
        close.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        flow.addWidget(close)

    def _renew_buttons(self) -> None:
        card = self.current()
        for name in ("switch", "edit", "export", "back", "numbers", "sample"):
            self.buttons[name].setEnabled(card is not None)
        if card is not None:
            self.buttons["switch"].setText("停用(&O)" if card.known.running else "启用(&O)")
            self.buttons["numbers"].setEnabled(bool(card.known.model.local_numbers()))
            self.buttons["sample"].setText("撤回样例数据(&P)" if card.sampled else "载入样例数据(&P)")
            self.buttons["sample"].setEnabled(card.sample or card.sampled)
            self.buttons["back"].setEnabled(bool(self._versions) and self._chosen_version() is not None)

    def _chosen_version(self) -> int | None:
        rows = {each.row() for each in self.versions.selectionModel().selectedRows()}
        found = [self._versions[row] for row in rows if row < len(self._versions)]
        return found[0].id if found else None

    def _switch(self) -> None:
        card = self.current()
        if card is not None:
            self.switch_wanted.emit(card.known.model.id, not card.known.running)

    def _edit(self) -> None:
        self.edit_wanted.emit(self.current_id())

    def _export(self) -> None:
        self.export_wanted.emit(self.current_id())

    def _numbers(self) -> None:
        self.numbers_wanted.emit(self.current_id())

    def _sample(self) -> None:
        card = self.current()
        if card is not None:
            self.sample_wanted.emit(card.known.model.id, not card.sampled)

    def _back(self) -> None:
        number = self._chosen_version()
        if number is not None:
            self.back_wanted.emit(number)
