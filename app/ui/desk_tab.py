"""One desk: tools, filters, the list of cases and the panel of the current one. The desk itself is data (tabs.py)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.core.actions.lacking import Lacking, lacking
from app.core.actions.rights import why_not
from app.core.findings import Verdict
from app.ui import look
from app.ui.allow import allow_steps, allow_tools
from app.ui.columns import Columns, told, written
from app.ui.desk_page import DeskPage
from app.ui.drops import dropped
from app.ui.filter_bar import CONCLUSION, FilterBar
from app.ui.finding_panel import FindingPanel
from app.ui.flow import FlowLayout
from app.ui.halves import Halves
from app.ui.plain_buttons import Tool
from app.ui.record_table import CaseModel, RecordTable
from app.ui.session import Session
from app.ui.tabs import Desk

TOOLS = (  # id, text, shortcut, tip; a desk says which of them are buttons and which stand in its menu
    ("import", "导入表格(&I)", "Ctrl+O", "选择报送的表格；也可以把文件或文件夹直接拖进窗口"),
    ("ask", "调取数据(&Q)", "", "保存空白表，或者写一份说明要哪些列的调取数据函"),
    ("review", "运行审查(&R)", "F5", "按现行法律逐件检查已导入的全部数据"),
    ("issue", "生成文书(&D)", "Ctrl+G", "为选中的或者全部案件生成 Word 文书"),
    ("print", "打印(&P)", "Ctrl+P", "打印选中案件已生成的文书"),
    ("masked", "去标识副本(&Z)…", "", "把选中案件的文书另写一份，姓名、编号、单位改为某某；对照表存在别处"),
    ("exchange", "交换文件(&X)…", "", "把选中案件写成加密文件交给另一个院，或者导入对方交来的文件"),
    ("people", "人员比对(&H)…", "", "同名、近似的人员逐对比较：是不是同一人"),
    (
        "compare",
        "三方名单比对(&J)",
        "",
        "法院和监所、司法局、公安机关的名单放在一起，看谁在哪份名单、起止和期限有何不同",
    ),
    ("models", "模型卡片(&V)", "", "各监督模型查什么、要什么表、能不能运行；启用、编写、修改、导入、导出"),
    ("export", "导出台账(&L)", "Ctrl+E", "把全部线索、结论保存为 Excel 工作簿"),
    ("withdraw", "已导入(&W)", "", "列出已导入的表格：数据体检，或者把导错的一张表整个撤回"),
    ("state", "名单与线索(&S)…", "", "各份名单新旧，缺什么名单、哪些检查不能进行，各单位线索多少"),
    ("forecast", "应提请未提请(&N)…", "", "推算名单里每个人何时可以提请减刑、假释，可能多关的排在最前"),
    ("overview", "批次情况(&B)…", "", "各批次整体有没有异常：报请率、幅度、压线、集中"),
    ("columns", "选择列(&C)…", "", "列表里显示哪些列、先后和宽窄；也可以在列表的标题上点右键"),
    ("backtest", "裁定回测(&K)…", "", "把过去的裁定按裁定当天的法律重新审查，列出不一致的"),
)
NEED_CASES = ("issue", "print", "masked", "people", "export")
EMPTY, LIST, NONE = range(3)


class DeskTab(QWidget):
    """A desk's page; it shows what the store holds and says which tool was pressed."""

    tool_pressed = Signal(str)
    files_dropped = Signal(object)  # of Path
    asking_wanted = Signal(object)  # of table ids

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.desk = desk
        self._session = session
        page = DeskPage(desk)
        page.asking_wanted.connect(lambda: self.asking_wanted.emit(()))
        rows = QVBoxLayout(self)
        self.setAcceptDrops(not why_not(session.store, "import"))
        page.import_wanted.connect(lambda: self.tool_pressed.emit("import"))
        self.model = CaseModel(session.reader.views, desk.id, desk.columns, self)
        self.table = RecordTable(self.model, desk.columns, session.jobs.courtesy)
        self.columns = Columns(self.table, desk.columns)
        self.columns.place(told(session.settings.columns_of(desk.id), desk.columns))
        self.columns.changed.connect(self._keep_columns)
        self.filters = FilterBar(desk.choices, desk.words)
        self.panel = FindingPanel(desk.facts, what_if=desk.what_if, line=desk.line)
        self.panel.detail.life_of = session.reader.lives.told
        self.panel.detail.lacking_of = self._lacking
        self.panel.detail.asking_wanted.connect(self.asking_wanted)
        self.tools = self._make_tools()
        allow_tools(session.store, {**self.buttons, **self.more})
        allow_steps(session.store, self.panel.detail.steps())
        self._stack = QStackedWidget()
        for each in (page, Halves(self.table, self.panel), self._make_nothing()):
            self._stack.addWidget(each)
        rows.setSpacing(look.lines(self, 0.3))
        for each in (self.tools, self.filters):
            rows.addWidget(each)
        rows.addWidget(self._stack, 1)
        self.filters.changed.connect(self._ask)
        self.table.current_changed.connect(self.show_case)
        self.table.selection_changed.connect(self._count_selected)
        QShortcut(QKeySequence.StandardKey.Find, self, self.filters.focus_search)

    def refresh(self) -> None:
        """The data changed: ask everything again."""
        views = self._session.reader.views
        self.filters.offer(lambda column: views.choices(self.desk.id, column))
        self._ask()

    def can_review(self) -> bool:
        """Whether a list is loaded that gives the desk something to review."""
        present = self._session.reader.batches.tables_present()
        return bool(present.intersection(self.desk.begin) if self.desk.begin else present)

    def refresh_case(self) -> None:
        """The current case may have changed."""
        self.show_case(self.table.current_id())

    def show_case(self, case_id: int) -> None:
        """Show one case in the panel; 0 for none."""
        reader = self._session.reader
        rows = reader.views.case_rows([case_id]) if case_id else []
        if not rows:
            self.panel.show_nothing()
            return
        found = reader.casebook.findings(case_id, current=True)
        ended = reader.endings.of_case(case_id)
        self.panel.show_case(rows[0], reader.casebook.review_of(case_id), found, ended)

    def _lacking(self, verdict: Verdict) -> Sequence[Lacking]:
        """Where what a verdict of the case shown lacks would stand."""
        rows = self._session.reader.views.case_rows([self.table.current_id()])
        return lacking(self._session.reader, verdict, rows[0] if rows else None)

    def recolour(self) -> None:
        """The theme changed."""
        self.model.forget_colours()
        self.filters.recolour()
        self.panel.recolour()
        self.refresh_case()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on; the sender's drag ends at once."""
        paths = dropped(event)
        event.acceptProposedAction()
        self.files_dropped.emit(paths)

    def _ask(self) -> None:
        views, query = self._session.reader.views, self.filters.query()
        all_ = views.conclusions(self.desk.id)
        every = sum(all_.values())
        self.model.ask(query)
        wider = query.without(CONCLUSION)
        whole = not wider or len(self.model.ids) == every  # then the chips' counts are known already
        chips = all_ if whole else views.conclusions(self.desk.id, wider.filters, wider.search)
        self.filters.show_counts(len(self.model.ids), every, chips)
        self.filters.setVisible(every > 0)
        self._stack.setCurrentIndex(EMPTY if not every else LIST if self.model.ids else NONE)
        for name in NEED_CASES:
            if name in self.buttons or name in self.more:
                (self.buttons.get(name) or self.more[name]).setEnabled(every > 0)
        self.buttons["review"].setEnabled(self.can_review())
        if self.model.ids and not self.table.current_id():
            self.table.selectRow(0)

    def _keep_columns(self) -> None:
        self._session.settings.keep_columns(self.desk.id, written(self.columns.placed()))
        self._session.keep_settings()

    def _count_selected(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        self.bulk.setText(f"已选 {count} 件，批量处理(&N)")
        self.bulk.setVisible(count > 1)

    def _make_tools(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, look.letters(bar, 0.4))
        self.buttons: dict[str, QToolButton] = {}
        self.more: dict[str, QAction] = {}
        menu = QMenu(bar)
        menu.setToolTipsVisible(True)
        for name, text, keys, tip in TOOLS:
            if name in self.desk.tools:
                self.buttons[name] = button = _button(text, f"{tip}（{keys}）" if keys else tip)
                button.clicked.connect(lambda _=False, name=name: self.tool_pressed.emit(name))
                if keys:
                    QShortcut(QKeySequence(keys), self, button.click)
                row.addWidget(button)
            elif name in self.desk.more:
                self.more[name] = action = menu.addAction(text)
                action.setToolTip(tip)
                action.triggered.connect(lambda _=False, name=name: self.tool_pressed.emit(name))
        if self.more:
            self.more_button = _button("更多(&M)", "不常用的工具")
            self.more_button.setMenu(menu)
            self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            row.addWidget(self.more_button)
        self.bulk = _button("批量处理(&N)", "对选中的几件案件一起记录核查结果、导出、打印清单")
        self.bulk.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.bulk.hide()
        row.addWidget(self.bulk)
        return bar

    def _make_nothing(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        text = QLabel("没有符合条件的案件。")
        button = QPushButton("清除筛选条件(&C)")
        button.clicked.connect(self.filters.clear)
        rows.addStretch(1)
        for each in (text, button):
            rows.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)
        return page


def _button(text: str, tip: str) -> Tool:
    button = Tool()
    button.setText(text)
    button.setAccessibleName(text.partition("(")[0])
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
