"""The way through the program along which pictures are taken: from the sign-in to every page and dialog."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from installer.picture_dialogs import Dialogs, pages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("people", "compare", "state", "forecast", "overview", "backtest")  # tools that open a page of their own
SHOWN_FOLDER = "D:\\刑执智检\\文书"
AGAIN = "奖惩明细.csv"
PATIENCE = 120.0  # seconds for one job


class Tour:
    """Goes through the program as a user would and stops where a picture is wanted."""

    def __init__(self, turn: Callable[[], None], store: object, jobs: object, settings: object, samples: Path) -> None:
        from app.ui.session import Session

        self._turn = turn
        self._samples = samples
        self._session = Session(store, jobs, settings)
        self._jobs = jobs
        self._aside = Path(settings.folder).parent  # where files that are to be read may lie

    def stops(self, width: int, height: int) -> Iterator[tuple[str, QWidget]]:
        """Name and widget of every picture."""
        from app.ui.main_window import MainWindow

        yield from self._doors()
        window = MainWindow(self._session)
        window.resize(width, height)
        window.show()
        work, tab = window.works[0], window.desks["reduction"]
        yield "10_减刑审查_空", window
        for place, name in ((1, "11_社区矫正"), (2, "12_剥夺政治权利")):
            window.tabs.setCurrentIndex(place)
            yield name, window
        window.tabs.setCurrentIndex(0)
        yield from self._intake(work, window)
        yield from self._case(tab, window)
        yield from self._papers(work, window)
        yield from self._small(work, window)
        yield from self._others(window)
        yield from Dialogs(window, self._session, self._until).all()
        self._quiet(window.bar)
        window.close()

    def _doors(self) -> Iterator[tuple[str, QWidget]]:
        from app.ui.sign_in import SignIn
        from app.ui.welcome import STEPS, Welcome

        first, later = Welcome(Path("刑执智检.db"), self._jobs), SignIn(self._session.store.path, self._jobs)
        for step, name in enumerate((*STEPS, "输入口令")):
            dialog = later if step == len(STEPS) else first
            first._show_step(min(step, len(STEPS) - 1))
            dialog.show()
            yield f"0{step + 1}_{name}", dialog
            dialog.hide()

    def _intake(self, work: object, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        scan = self._aside / "扫描件.pdf"
        scan.write_bytes(b"%PDF-1.7\n")
        work.intake.look([self._samples, scan])
        self._until(lambda: work.intake.dialog is not None)
        dialog = work.intake.dialog
        self._until(lambda: dialog.preview.rows.rowCount() > 0 or not dialog.accepted_plans())
        yield "20_导入_第一张表", dialog
        dialog.sheets.selectRow(next(row for row, each in enumerate(dialog.plans) if each.mapping.table.id == "R1"))
        self._until(lambda: dialog.detail.rules.rowCount() > 0)
        for place, name in ((1, "20_导入_能审查什么"), (2, "20_导入_缺少的列")):
            dialog.detail.setCurrentIndex(place)
            yield name, dialog
        dialog.detail.setCurrentIndex(0)
        window.asking.open("reduction", ["R1", "R2", "T02"])
        yield "20_调取数据", window.asking.dialog
        window.asking.dialog.reject()
        dialog.sheets.selectRow(len(dialog.plans) - 1)
        self._quiet(window.bar)
        yield "21_导入_最后一张表", dialog
        dialog.review_after.setChecked(False)
        dialog.accept()
        self._quiet(window.bar)
        yield "22_已导入未审查", window
        work.review()
        window.bar._show(window.bar._watched[0], time.monotonic())
        window.bar._timer.stop()  # a quick one would be over before its picture
        yield "24_正在审查", window
        window.bar._timer.start()
        self._quiet(window.bar)

    def _case(self, tab: object, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        from app.core.findings import Outcome

        yield "30_审查结果", window
        views = self._session.reader.views
        for number, word in enumerate(("建议不予提请", "建议调整幅度", "不能判断"), 31):
            ids = views.case_ids("reduction", {"conclusion": [word]}, order_by="n_unlawful", descending=True)
            if ids:
                tab.table.go_to(ids[0])
                yield f"{number}_{word}", window
        tab.panel.list.expandAll()
        verdicts = tab.panel.view.verdicts
        places = [place for place, each in enumerate(verdicts) if each.outcome is Outcome.LAWFUL]
        if places:
            tab.panel.list.go_to(places[-1])
        yield "34_已通过的项目", window
        tab.filters._search.setText("没有这个人")
        tab.filters.changed.emit()
        yield "35_没有符合条件", window
        tab.filters.clear()
        chip = tab.filters._chips["建议不予提请"]
        chip.setChecked(True)
        yield "36_只看建议不予提请", window
        from app.ui.row_dialog import RowDialog

        evidence = next((each for v in verdicts for each in v.evidence), None)
        record = evidence and self._session.reader.batches.record_at(evidence.file, evidence.sheet, evidence.row)
        if record:
            dialog = RowDialog(window, evidence, record)
            dialog.open()
            yield "37_原始行", dialog
            dialog.reject()

    def _papers(self, work: object, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        work.papers.ask()
        self._until(lambda: work.papers.dialog is not None)
        dialog = work.papers.dialog
        folder = dialog.folder.text()
        dialog.folder.setText(SHOWN_FOLDER)  # as it looks where the program is used
        yield "40_生成文书", dialog
        dialog.folder.setText(folder)
        dialog.accept()
        self._until(lambda: work.papers.result is not None or not window.bar.busy())
        if work.papers.result is not None:
            yield "41_文书已生成", work.papers.result
            work.papers.result.reject()
        self._quiet(window.bar)

    def _small(self, work: object, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        from app.core.errors import UserError
        from app.core.log import crash_report
        from app.ui import talk
        from app.ui.batches_dialog import BatchesDialog
        from app.ui.crash_dialog import CrashDialog
        from app.ui.settings_dialog import SettingsDialog

        fault = UserError("文件正被其他程序占用：名单.xlsx", do="请在 WPS 或 Excel 中关闭它，再试一次")
        boxes = {
            "50_已导入的表格": BatchesDialog(window, self._session.reader.batches.all()),
            "51_设置": SettingsDialog(window, self._session, window.bar),
            "52_程序出错": CrashDialog(window, crash_report("ValueError: 示例", "0", ["一行记录", "又一行记录"])),
            "53_提示": talk.box_of(window, fault),
        }
        for name, dialog in boxes.items():
            dialog.open()
            self._turn()
            yield name, dialog
            dialog.reject()

    def _handed_back(self, work: object, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        """A list sent again, two of whose rows lack the name."""
        lines = (self._samples / AGAIN).read_text("gb18030").splitlines()
        for place in (1, 2):
            number, _, rest = lines[place].split(",", 2)
            lines[place] = f"{number},,{rest}"
        again = self._aside / AGAIN
        again.write_text("\n".join(lines), encoding="gb18030")
        work.intake.look([again])
        dialog = self._opened(window)
        dialog.review_after.setChecked(False)
        dialog.accept()
        self._quiet(window.bar)
        yield "23_导入结果", work.intake.result
        work.intake.result.reject()

    def _others(self, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        """The desks of people with lists in them, and what every desk's own tools open."""
        from app.core.actions.model_book import model_tables
        from app.core.actions.receive import look, receive
        from app.core.jobs import Ticket

        session = self._session
        yield from self._handed_back(window.works[0], window)
        model_tables(session.store)
        folders = [each for each in (ROOT / "resources" / "samples").iterdir() if each.is_dir()]
        plans = look([*folders, ROOT / "resources" / "models" / "samples"], ticket=Ticket())[0]
        receive(session.store, plans, now=session.now(), who=session.who(), ticket=Ticket())
        for place, work in enumerate(window.works):
            window.tabs.setCurrentIndex(place)
            work.review()
            self._quiet(window.bar)
            work.tab.refresh()
            yield f"6{place}_{work.tab.desk.title}_审查结果", window
            for name in PAGES:
                if name in (*work.tab.desk.tools, *work.tab.desk.more):
                    work.tab.tool_pressed.emit(name)
                    dialog = self._opened(window)
                    name = f"6{place}_{work.tab.desk.title}_{dialog.windowTitle()}"
                    yield from pages(name, dialog, partial(self._quiet, window.bar))
                    dialog.reject()
                    self._quiet(window.bar)

    def _opened(self, window: QWidget) -> QWidget:
        """The dialog that stands open, once it does."""
        from PySide6.QtWidgets import QApplication

        self._until(lambda: QApplication.activeModalWidget() is not None)
        self._quiet(window.bar)
        return QApplication.activeModalWidget()

    def _quiet(self, bar: object) -> None:
        self._until(lambda: not bar._watched)

    def _until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")
            self._turn()
            time.sleep(0.01)
