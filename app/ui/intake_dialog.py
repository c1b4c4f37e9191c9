"""After a drop: what was understood of every sheet, and the means to mend it before anything is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.findings import Level, Outcome
from app.core.intake.declared import tables
from app.ui import look
from app.ui.flow import FlowLayout, titled
from app.ui.intake_coverage import IntakeDetail
from app.ui.intake_words import confidence, reason
from app.ui.mapping_table import MappingTable
from app.ui.plain_table import PlainTable
from app.ui.room import free

if TYPE_CHECKING:
    from app.core.actions.coverage import Coverage
    from app.core.actions.receive import SheetPlan, Unread

SHEETS = (("文件", 18), ("工作表", 9), ("识别为", 12), ("把握", 6), ("表头行", 4), ("说明", 16))
LEFT_OUT = "（不导入这张表）"
MOST_HEADER_LINES = 3
MOST_SHEETS, FEWER_SHEETS, HIGH_ENOUGH = 6, 4, 36  # rows unscrolled; lines the screen has room for
LAST_ROW = 200
TABLE_LETTERS = 20
Previewer = Callable[["SheetPlan", Callable[[list[object]], None]], None]
Coverer = Callable[["SheetPlan", Sequence["SheetPlan"], Callable[["Coverage"], None]], None]


class IntakeDialog(QDialog):
    """Tells which plans the user agreed to and whether to review at once, and which table is to be asked for."""

    agreed = Signal(object, bool)  # of SheetPlan
    asking_wanted = Signal(str)  # table id

    def __init__(
        self,
        parent: QWidget,
        plans: Sequence[SheetPlan],
        problems: Sequence[Unread],
        preview: Previewer,
        cover: Coverer,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("导入表格")
        self.plans = list(plans)
        self._left_out: set[int] = set()
        self._problems = problems
        self._ask_preview, self._ask_coverage = preview, cover
        self._open = True
        self.sheets = PlainTable("读到的表", SHEETS, wide=5)
        self.table_box, self.first, self.last = QComboBox(), QSpinBox(), QSpinBox()
        self.unit = QLineEdit()
        self.mapping, self.detail = MappingTable(), IntakeDetail()
        self.preview = self.detail.preview
        self._reason, self._counts = QLabel(), QLabel()
        self.review_after = QCheckBox("导入后立即运行审查(&R)")
        self.buttons = QDialogButtonBox()
        self._lay_out()
        self._fill_sheets()
        self.sheets.currentCellChanged.connect(lambda *_: self._show_plan())
        self.table_box.activated.connect(self._choose_table)
        self.first.valueChanged.connect(self._move_header)
        self.last.valueChanged.connect(self._move_header)
        self.mapping.mended.connect(self._mend_columns)
        self.detail.cover_wanted.connect(self._cover)
        self.detail.asking_wanted.connect(self.asking_wanted)
        self.unit.textEdited.connect(self._name_unit)
        self._show_plan()

    def accepted_plans(self) -> list[SheetPlan]:
        """The plans that will be taken in."""
        return [each for place, each in enumerate(self.plans) if place not in self._left_out and not each.problem]

    def done(self, result: int) -> None:
        """Close; a preview that comes late is no longer wanted."""
        self._open = False
        self.detail.stop()
        super().done(result)

    def accept(self) -> None:
        """Hand the plans on."""
        wanted = [each for place, each in enumerate(self.plans) if place not in self._left_out]
        super().accept()
        self.agreed.emit(wanted, self.review_after.isChecked())

    def _place(self) -> int:
        return self.sheets.currentRow()

    def _show_plan(self) -> None:
        place = self._place()
        usable = 0 <= place < len(self.plans)
        for each in (self.table_box, self.first, self.last, self.unit, self.mapping, self.detail):
            each.setEnabled(usable)
        if not usable:
            self.detail.show_plan(None)
            self._show_problem(place - len(self.plans))
            return
        plan = self.plans[place]
        chosen = "" if place in self._left_out or plan.mapping is None else plan.mapping.table.id
        self.table_box.setCurrentIndex(max(self.table_box.findData(chosen), 0))
        for spin, row in (
            (self.first, plan.header.first if plan.header else 1),
            (self.last, plan.header.last if plan.header else 1),
        ):
            spin.blockSignals(True)
            spin.setValue(row)
            spin.blockSignals(False)
        self.unit.setText(plan.unit)
        self._reason.setText(reason(plan, place in self._left_out))
        look.paint_text(self._reason, look.colour_of(Level.UNLAWFUL if plan.problem else Outcome.NOT_APPLICABLE))
        self.mapping.show_plan(plan)
        self.detail.show_plan(plan)
        self._counts.setText("正在预览……")
        self._ask_preview(plan, lambda read: self._show_preview(plan, read))

    def _show_problem(self, place: int) -> None:
        """A file that could not be read: the whole sentence, and nothing below it."""
        self.mapping.setRowCount(0)
        self.preview.rows.clear()
        self._counts.setText("")
        if 0 <= place < len(self._problems):
            self._reason.setText(str(self._problems[place]))
            look.paint_text(self._reason, look.colour_of(Level.UNLAWFUL))

    def _show_preview(self, plan: SheetPlan, read: list[object]) -> None:
        if not self._open:
            return
        place = self._place()
        if not 0 <= place < len(self.plans) or self.plans[place] is not plan:
            return  # the user has gone on to another sheet
        accepted, refused = self.preview.show_rows(plan, read)
        self._counts.setText(
            f"预览前 {len(read)} 行：可接收 {accepted} 行，将退回 {refused} 行" if read else "没有可预览的行"
        )

    def _cover(self, plan: SheetPlan) -> None:
        """Try the checks on a sheet, beside the others that are to be taken in."""
        others = [each for each in self.accepted_plans() if each is not plan]
        self._ask_coverage(plan, others, lambda found: self._show_coverage(plan, found))

    def _show_coverage(self, plan: SheetPlan, found: Coverage) -> None:
        if self._open:
            self.detail.show_coverage(plan, found)

    def _choose_table(self) -> None:
        from app.core.actions.receive import remap

        table_id = self.table_box.currentData()
        if not table_id:
            self._left_out.add(self._place())
            self._changed(self.plans[self._place()])
            return
        self._left_out.discard(self._place())
        plan = self.plans[self._place()]
        rows = None if plan.header is not None else (self.first.value(), self.last.value())
        self._changed(remap(plan, header_rows=rows, table_id=table_id))

    def _move_header(self) -> None:
        from app.core.actions.receive import remap

        first = self.first.value()
        last = min(max(self.last.value(), first), first + MOST_HEADER_LINES - 1)
        plan = self.plans[self._place()]
        table_id = plan.mapping.table.id if plan.mapping is not None else None
        moved = remap(plan, header_rows=(first, last))
        if moved.mapping is None and table_id is not None:
            moved = remap(plan, header_rows=(first, last), table_id=table_id)
        self._changed(moved)

    def _mend_columns(self, columns: dict[int, str]) -> None:
        from app.core.actions.receive import remap

        self._changed(remap(self.plans[self._place()], columns=columns))

    def _name_unit(self, text: str) -> None:
        from app.core.actions.receive import name_unit

        self.plans[self._place()] = name_unit(self.plans[self._place()], text)

    def _changed(self, plan: SheetPlan) -> None:
        self.plans[self._place()] = plan
        self._fill_line(self._place())
        self._show_plan()
        self._renew_button()

    def _fill_sheets(self) -> None:
        self.sheets.setRowCount(len(self.plans) + len(self._problems))
        for place in range(len(self.plans)):
            self._fill_line(place)
        for row, problem in enumerate(self._problems, len(self.plans)):
            for column, text in enumerate((problem.file, "", "读不了", "", "", str(problem))):
                self.sheets.write(row, column, text, word=Level.UNLAWFUL)
        self.sheets.fit(MOST_SHEETS if free(self).height() > look.lines(self, HIGH_ENOUGH) else FEWER_SHEETS)
        wrong = [place for place, each in enumerate(self.plans) if each.problem]
        self.sheets.selectRow(wrong[0] if wrong else 0)
        self._renew_button()

    def _fill_line(self, place: int) -> None:
        plan = self.plans[place]
        out = place in self._left_out
        table = "不导入" if out else plan.mapping.table.name if plan.mapping is not None else "未识别"
        word = Outcome.NOT_APPLICABLE if out else Level.UNLAWFUL if plan.problem else ""
        header = str(plan.header.row) if plan.header is not None else ""
        hidden = "（隐藏的工作表）" if plan.sheet.hidden else ""
        texts = (plan.path.name, plan.sheet.name + hidden, table, confidence(plan), header, reason(plan, out))
        for column, text in enumerate(texts):
            self.sheets.write(place, column, text, word=word)

    def _renew_button(self) -> None:
        count = len(self.accepted_plans())
        self._agree.setText(f"全部导入（{count} 张表）(&I)")
        self._agree.setEnabled(count > 0)

    def _lay_out(self) -> None:
        self.table_box.addItem(LEFT_OUT, "")
        for each in tables().values():
            self.table_box.addItem(f"{each.name}（{each.holder}）", each.id)
        self.table_box.setAccessibleName("这张表是")
        self.table_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.table_box.setMinimumContentsLength(TABLE_LETTERS)
        self.unit.setAccessibleName("报送单位")
        self.unit.setToolTip("谁报送的名单。同一单位的同一种表，下次导入时与这一批比较。")
        self.unit.setMinimumWidth(look.letters(self, 10))
        for spin, name in ((self.first, "表头首行"), (self.last, "表头末行")):
            spin.setRange(1, LAST_ROW)
            spin.setAccessibleName(name)
            spin.setKeyboardTracking(False)
        self._agree = self.buttons.addButton("全部导入(&I)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.review_after.setChecked(True)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.mapping)
        split.addWidget(self.detail)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        below = QHBoxLayout()
        below.addWidget(self.review_after)
        below.addWidget(self.buttons, 1)
        rows = QVBoxLayout(self)
        rows.addWidget(_bold("① 读到的表（点一行查看、修改）"))
        rows.addWidget(self.sheets)
        rows.addWidget(self._make_choices())
        rows.addWidget(self._reason)
        rows.addWidget(split, 1)
        rows.addWidget(self._counts)
        rows.addLayout(below)
        self._agree.setDefault(True)  # only now has the button its dialog
        self._reason.setWordWrap(True)
        look.size(self, 82, 36)

    def _make_choices(self) -> QWidget:
        """What may be mended of the sheet, in as many lines as the width asks for."""
        bar = QWidget()
        row = FlowLayout(bar, look.letters(self, 0.4))
        row.addWidget(_bold("② 所选表的列"))
        for text, widget in (("报送单位(&U)：", self.unit), ("这张表是(&T)：", self.table_box)):
            row.addWidget(titled(text, widget))
        row.addWidget(titled("表头从第(&H)", self.first, "行"))
        row.addWidget(titled("到第(&L)", self.last, "行"))
        return bar


def _bold(text: str) -> QLabel:
    label = QLabel(text)
    look.larger(label, bold=True)
    return label
