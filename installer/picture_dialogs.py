"""Every dialog behind the tools, buttons and corners of the main window, opened as its button does, for a picture."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

Picture = tuple[str, "QWidget"]
ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-21"


def pages(name: str, dialog: Any, quiet: Callable[[], None]) -> Iterator[Picture]:
    """A dialog, then its other pages; `quiet` waits until what a page asks for is there."""
    yield name, dialog
    tabs = getattr(dialog, "tabs", None)
    first = tabs.currentIndex() if tabs is not None else 0
    for place in range(tabs.count() if tabs is not None else 0):
        if place != first:
            tabs.setCurrentIndex(place)
            quiet()
            yield f"{name}_{place + 1}", dialog
    if tabs is not None:
        tabs.setCurrentIndex(first)


class Dialogs:
    """Opens them one after another; `until` waits for a condition, `quiet` until no job runs."""

    def __init__(self, window: Any, session: Any, until: Callable[[Callable[[], bool]], None]) -> None:
        self._window, self._session, self._until = window, session, until

    def all(self) -> Iterator[Picture]:
        """Name and dialog of every picture."""
        for part in (
            self._corner,
            self._lists,
            self._decisions,
            self._law,
            self._templates,
            self._models,
            self._keys,
            self._rare,
        ):
            yield from part()

    def _corner(self) -> Iterator[Picture]:
        """What the buttons at the upper right open, page by page."""
        window = self._window
        for number, name, opens in (
            (70, "待办与文书", window._show_matters),
            (71, "统计", window._show_statistics),
            (72, "数据安全", window._show_safety),
            (73, "设置", window.show_settings),
            (74, "关于", window.show_about),
        ):
            dialog = self._opened(opens)
            yield from pages(f"{number}_{name}", dialog, self._quiet)
            self._close(dialog)
        window.help.open()
        yield "75_帮助", window.help.dialog
        window.help.dialog.reject()

    def _lists(self) -> Iterator[Picture]:
        """What is asked of lists that were imported, of columns, of one case."""
        from app.core.actions.compare import beside
        from app.core.actions.quality import quality
        from app.core.actions.saved_views import SavedView
        from app.core.documents.preview import read_preview
        from app.core.jobs import Ticket
        from app.ui.column_dialog import ColumnDialog
        from app.ui.columns import usual
        from app.ui.compare_dialog import CompareDialog
        from app.ui.preview_dialog import PreviewDialog
        from app.ui.quality_dialog import QualityDialog
        from app.ui.tabs import REDUCTION
        from app.ui.view_dialog import ViewDialog

        window, reader = self._window, self._session.reader
        batch = reader.batches.all()[0].id
        paper = next(Path(self._session.settings.folder).rglob("*审查报告*.docx"))
        preview = PreviewDialog(window, paper.stem)
        shown = {
            "76_数据体检": QualityDialog(window, quality(reader, None, self._session.today(), ticket=Ticket()).value),
            "76_与上一批比较": CompareDialog(window, beside(reader, batch, 9)),
            "76_视图": ViewDialog(window, [SavedView(each) for each in ("一监区的盗窃", "本月要答复的")]),
            "76_选择列": ColumnDialog(window, REDUCTION.columns, usual(REDUCTION.columns)),
            "76_打印预览": preview,
        }
        preview.show_document(read_preview(paper))
        yield from self._each(shown)
        tab, work = window.desks["reduction"], window.works[0]
        window.tabs.setCurrentWidget(tab)
        dialog = self._opened(lambda: work.what_if.ask(tab.model.ids[0]))
        yield "76_试算", dialog
        self._close(dialog)

    def _decisions(self) -> Iterator[Picture]:
        """What is asked with a person's word, and with an entry about a document."""
        from app.core.actions.paper_list import paper_lines
        from app.core.findings import State
        from app.core.jobs import Ticket
        from app.core.life import By, life
        from app.core.rights import CheckWay
        from app.ui.bulk_dialog import BulkDialog
        from app.ui.decision_dialog import CheckDialog, DecisionDialog
        from app.ui.event_dialog import EventDialog

        window, today = self._window, self._session.today()
        papers = paper_lines(self._session.reader, ticket=Ticket())[:2]
        made: dict[str, QDialog] = {}
        for state in (State.EXCLUDED, State.WATCHED):
            move = life().move(State.OPEN, state, By.PERSON)
            made[f"77_决定_{state}"] = DecisionDialog(window, move, "减刑起始时间不足", today)
        made["77_批量决定"] = BulkDialog(window, 2, self._session.store.casebook.findings()[:6], today)
        made["77_复核"] = CheckDialog(window, "减刑起始时间不足", "属实", "检察员甲", CheckWay.BY_NAME)
        for event in life().events.values():
            made[f"77_{event.name}"] = EventDialog(window, event, papers, today)
        yield from self._each(made)

    def _law(self) -> Iterator[Picture]:
        """The law, its two pages, the forms that change it, and what rests on a number."""
        from app.core.actions.law import law_in_force
        from app.ui.law_dialog import RestingDialog

        work = self._window.law
        dialog = self._opened(work.open)
        yield from pages("78_法律依据", dialog, self._quiet)
        yield from self._law_forms(law_in_force(self._session.reader), dialog)
        yield from self._each({"78_受影响的结论": RestingDialog(dialog, "起始时间", [])})
        self._close(dialog)

    def _law_forms(self, law: Any, over: QWidget) -> Iterator[Picture]:
        """A number of the office's own, a row of a table, the end of a row."""
        from app.core.law.catalogue import LOCAL_NUMBER, NUMBER, TABLE_ROW, catalogue
        from app.ui.law_form import AddForm, EndForm
        from app.ui.law_row_form import RowForm

        entries, today = catalogue(law), self._session.today()
        local = next(each for each in entries if each.kind == LOCAL_NUMBER)
        number = next(each for each in entries if each.kind == NUMBER and each.lines)
        row = next(each for each in entries if each.kind == TABLE_ROW)
        forms = {
            "78_填写本地数值": AddForm(over, law, local, today),
            "78_增加一行": AddForm(over, law, number, today),
            "78_增加表的一行": RowForm(over, law, row, today),
            "78_终止一行": EndForm(over, law, number, number.lines[-1]),
        }
        yield from self._each(forms)

    def _templates(self) -> Iterator[Picture]:
        """Templates, numbers and copies; what is wrong with a template; the words it may use."""
        work = self._window.templates
        dialog = self._opened(work.open)
        yield from pages("79_模板", dialog, self._quiet)
        for name, opens in (("检查模板", work.check), ("可用的词", work.words)):
            over = self._opened(lambda opens=opens: opens("opinion"))
            yield f"79_{name}", over
            self._close(over)
        self._close(dialog)

    def _models(self) -> Iterator[Picture]:
        """The cards of the models, the form one is written in, and what it asks for."""
        from app.core.actions.model_book import known
        from app.ui.model_numbers_dialog import NumbersDialog

        window, session = self._window, self._session
        tab = window.desks["models"]
        window.tabs.setCurrentWidget(tab)
        work = next(each for each in window.works if each.tab is tab)
        dialog = self._opened(work.models.show)
        yield from pages("80_模型卡片", dialog, self._quiet)
        models = known(session.reader)
        asks = next(each.model for each in models.values() if each.model.local_numbers())
        yield from self._each({"80_填本省标准": NumbersDialog(dialog, asks)})
        form = self._opened(lambda: dialog.edit_wanted.emit(next(iter(models))))
        self._until(lambda: not form._pause.isActive())
        self._quiet()
        for place in range(form.trial.tabs.count()):
            form.trial.tabs.setCurrentIndex(place)
            yield f"81_编写监督模型_{place + 1}", form
        form.trial.cases.selectRow(0)
        buttons = {"加一张表": form.add_table, "加一句": form.add_clause, "案例": form.trial.buttons["edit"].click}
        for name, opens in buttons.items():
            over = self._opened(opens)
            yield from pages(f"81_{name}", over, self._quiet)
            self._close(over)
        self._close(form)
        self._close(dialog)

    def _keys(self) -> Iterator[Picture]:
        """What is asked of a passphrase and of the recovery key."""
        from app.ui.idle_lock import UnlockDialog
        from app.ui.passphrase_dialog import PassphraseDialog
        from app.ui.recover_dialog import RecoverDialog
        from app.ui.recovery_dialog import RecoveryDialog

        window, session = self._window, self._session
        key = "-".join(["ABCD"] * 7)
        shown = {
            "82_修改口令": PassphraseDialog(window, session, window.bar),
            "82_恢复密钥": RecoveryDialog(window, key, "刑执智检.db", DAY),
            "82_用恢复密钥打开": RecoverDialog(window, session.store.path, session.jobs),
            "82_已锁定": UnlockDialog(session),
        }
        yield from self._each(shown)
        yield from self._people()

    def _people(self) -> Iterator[Picture]:
        """Several people at one store, and what is asked of a new one."""
        from app.core.rights import Role
        from app.core.store.database import Store
        from app.ui.accounts_dialog import AccountsDialog
        from app.ui.session import Session

        window, jobs = self._window, self._session.jobs
        with (
            tempfile.TemporaryDirectory() as folder,
            Store.create(Path(folder) / "多人.db", "例县口令第一把钥匙", "检察员甲") as store,
        ):
            now, who = f"{DAY}T09:00:00", "检察员甲"
            store.locks.add("检察员乙", {Role.CHECK}, "例县口令第二把钥匙", now=now, who=who)
            dialog = AccountsDialog(window, Session(store, jobs, self._session.settings), window.bar)
            dialog.open()
            self._quiet()
            yield "82_人员与权限", dialog
            asks = (("增加账户", dialog.add_one), ("改身份", dialog.change_roles), ("重设口令", dialog.set_phrase))
            for name, opens in asks:
                form = self._opened(opens)
                yield f"82_{name}", form
                self._close(form)
            self._close(dialog)

    def _rare(self) -> Iterator[Picture]:
        """What is seen seldom: exchange between offices, exercises, the log, a run that was cut short."""
        from app.core.actions.exercises import exercises
        from app.core.log import Entry
        from app.ui.exchange_dialog import ExchangeDialog
        from app.ui.exercise_dialog import ExerciseDialog
        from app.ui.last_run import LastRunDialog, Running
        from app.ui.run_log_dialog import RunLogDialog

        window = self._window
        told = [Entry(f"{DAY} 09:00:00", "注意", "设置没有保存"), Entry(f"{DAY} 08:59:00", "一般", "程序启动")]
        with tempfile.TemporaryDirectory() as folder:
            running = Running.begin(Path(folder))
            shown = {
                "83_交换文件": ExchangeDialog(window, len(window.desks["reduction"].model.ids), ()),
                "83_练习": ExerciseDialog(exercises(), {0}),
                "83_运行日志": RunLogDialog(window, told),
                "83_上次没有正常退出": LastRunDialog(window, running, "检察员甲"),
            }
            yield from self._each(shown)
            running.end()

    def _each(self, shown: dict[str, Any]) -> Iterator[Picture]:
        """Dialogs that are ready, opened in turn."""
        for name, dialog in shown.items():
            dialog.show()
            self._quiet()
            yield from pages(name, dialog, self._quiet)
            dialog.hide()
            dialog.deleteLater()

    def _opened(self, opens: Callable[[], object]) -> Any:
        """The dialog that stands in front after a button was pressed."""
        from PySide6.QtWidgets import QApplication

        before = QApplication.activeModalWidget()
        opens()
        self._until(lambda: QApplication.activeModalWidget() not in (before, None))
        self._quiet()
        return QApplication.activeModalWidget()

    def _close(self, dialog: Any) -> None:
        from PySide6.QtWidgets import QApplication

        dialog.reject()
        self._until(lambda: QApplication.activeModalWidget() is not dialog)
        self._quiet()

    def _quiet(self) -> None:
        """Nothing is under way any more, and what it changed has found its room."""
        from PySide6.QtWidgets import QApplication

        self._until(lambda: not self._window.bar._watched)
        QApplication.sendPostedEvents()
        QApplication.processEvents()
