"""How a desk stands: its lists and how old they are, what is missing for which checks, leads by unit and weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTabWidget, QVBoxLayout, QWidget

from app.core.findings import Level, Outcome
from app.ui import look
from app.ui.plain_table import PlainTable

if TYPE_CHECKING:
    from app.core.actions.state import DeskState, ListState

LISTS = (("名单", 17), ("由谁提供", 15), ("行数", 4), ("截至", 6.5), ("导入", 6.5), ("情况", 13))
LACKS = (("缺少", 15), ("由谁提供", 11), ("涉及案件", 5), ("补齐后可以进行的检查", 24))
UNITS = ("单位", "重大", "较重", "轻微", "存疑", "提示", "数据", "类案")
ABSENT, OLD, GOOD = "未导入", "较旧，请核对有没有新的名单", "在期内"
HINT = "名单的“截至”按名单自己写的日期，没有写的按导入日。同一种名单导入过几份的，行数合计。"


class StateDialog(QDialog):
    """Three tabs that only show."""

    def __init__(self, parent: QWidget | None, shown: DeskState) -> None:
        super().__init__(parent)
        self.setWindowTitle("名单与线索")
        head = QLabel(_headline(shown))
        look.larger(head, bold=True)
        hint = QLabel(HINT)
        for each in (head, hint):
            each.setWordWrap(True)
        self.lists, self.lacks = PlainTable("名单", LISTS, wide=5), PlainTable("缺少的数据", LACKS, wide=3)
        widths = [(title, 4 if place else 16) for place, title in enumerate(UNITS)]
        self.units = PlainTable("各单位线索", widths, wide=0)
        for row, one in enumerate(shown.lists):
            self.lists.setRowCount(row + 1)
            texts, word = _list_line(one)
            for column, text in enumerate(texts):
                self.lists.write(row, column, text, word=word if column == len(texts) - 1 else "", bold=one.old)
        self.lacks.fill(
            (each.item, each.holder, str(each.cases or ""), f"{len(each.rules)} 项：{'、'.join(each.rules)}")
            for each in shown.lacks
        )
        self.units.fill(
            (each.unit or "（未写明）", *(str(number or "") for number in (*each.counts, each.classes)))
            for each in shown.units
        )
        self.tabs = QTabWidget()
        for table, title, number in (
            (self.lists, "名单", sum(bool(each.batches) for each in shown.lists)),
            (self.lacks, "还缺什么", len(shown.lacks)),
            (self.units, "各单位线索", len(shown.units)),
        ):
            self.tabs.addTab(table, f"{title}（{number}）")
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for widget in (head, self.tabs, hint, buttons):
            rows.addWidget(widget)
        rows.setStretchFactor(self.tabs, 1)
        look.size(self, 70, 30)


def _headline(shown: DeskState) -> str:
    loaded = [each for each in shown.lists if each.batches]
    old = sum(each.old for each in loaded)
    told = f"已导入 {len(loaded)} 种名单" + (f"，其中 {old} 种较旧" if old else "")
    return f"{told}；{shown.rules} 项检查中 {shown.runs} 项有名单可查。"


def _list_line(each: ListState) -> tuple[tuple[str, ...], str]:
    """The texts of a line, and the word that gives the last one its colour."""
    if not each.batches:
        return (each.name, each.holder, "", "", "", ABSENT), Outcome.NOT_APPLICABLE
    state, word = (OLD, Level.DOUBT) if each.old else (GOOD, Outcome.LAWFUL)
    imported = max(batch.imported_at[:10] for batch in each.batches)
    until = str(each.until or "") if each.stated else "未写明"
    return (each.name, each.holder, str(each.rows), until, imported, state), word
