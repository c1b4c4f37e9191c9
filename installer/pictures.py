"""Pictures of every page and dialog of the window, made on sample data: `python -m installer.pictures [--out FOLDER]`.

Runs in the program's own environment, offscreen; each dress is a process of its own: Qt reads screen and scale once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples" / "减刑"
DRESSES = {  # theme, scale, the screen's size before scaling: a small laptop, a usual one at 150 %
    "light": ("浅色", 1.0, (1366, 768)),
    "dark": ("深色", 1.0, (1366, 768)),
    "contrast": ("高对比", 1.0, (1366, 768)),
    "large": ("浅色", 1.5, (1920, 1080)),
}
SHOWN = "32"  # the picture's number
IN_README = ROOT / "resources" / "manual" / "window.png"
PAGES = ("people", "compare", "state", "forecast", "overview", "backtest")  # tools that open a page of their own
TASK_BAR, TURNS = 40, 8  # points of the screen; turns of the event loop until every layout has settled
PATIENCE = 120.0  # seconds for one job


def main(argv: Sequence[str]) -> int:
    """Make the pictures of every dress; the exit status is that of the worst."""
    parser = argparse.ArgumentParser(prog="python -m installer.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "pictures", help="where the pictures go")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="the workbooks to show")
    parser.add_argument("--dress", choices=list(DRESSES), help="only this one")
    parser.add_argument("--readme", action="store_true", help="renew the picture in the README, from the light dress")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.inside:
        return take(words.out / words.dress, words.samples, words.dress)
    worst = 0
    for dress in [words.dress] if words.dress else DRESSES:
        command = [sys.executable, "-m", "installer.pictures", "--inside", "--dress", dress]
        command += ["--out", str(words.out), "--samples", str(words.samples)]
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(command, cwd=ROOT, env={**os.environ, **screen(dress, Path(folder))}, check=False)
        worst = max(worst, done.returncode)
    if words.readme and worst == 0:
        renew(next((words.out / "light").glob(f"{SHOWN}_*.png")))
    return worst


def renew(picture: Path) -> None:
    """Put a picture into the README's place, in 256 of its colours (like ones taken together), to keep it small."""
    from PySide6.QtGui import QImage

    from installer.few_colours import in_few_colours

    IN_README.parent.mkdir(parents=True, exist_ok=True)
    in_few_colours(QImage(str(picture)), 256).save(str(IN_README))
    print(IN_README)


def screen(dress: str, folder: Path) -> dict[str, str]:
    """The environment that gives Qt a drawn screen of the dress's size and scale."""
    _, scale, (width, height) = DRESSES[dress]
    screens = [{"name": dress, "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}]
    (folder / "screen.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screen.json'}", "QT_SCALE_FACTOR": str(scale)}


def take(folder: Path, samples: Path, dress_name: str) -> int:
    """Drive the real window over the samples and save what it shows."""
    from app.core import log
    from app.core.jobs import Jobs
    from app.core.settings import Settings, Theme
    from app.core.store.database import Store
    from app.ui import talk
    from app.ui.start import dress

    talk.error = lambda _parent, fault: print(fault)  # nobody is there to answer
    folder.mkdir(parents=True, exist_ok=True)
    theme, scale, (width, height) = DRESSES[dress_name]
    settings = Settings(theme=Theme(theme))
    app = dress(settings)
    log.start(None)
    count = 0
    with tempfile.TemporaryDirectory() as scratch, Store.temporary() as store:
        jobs = Jobs()
        settings.folder = str(Path(scratch) / "文书")
        room = (round(width / scale), round((height - TASK_BAR) / scale))
        for name, widget in Tour(app.processEvents, store, jobs, settings, samples).stops(*room):
            for _ in range(TURNS):
                app.processEvents()
            widget.grab().save(str(folder / f"{name}.png"))
            count += 1
        jobs.close()
    print(f"{folder}: {count}")
    return 0 if count else 1


class Tour:
    """Goes through the program as a user would and stops where a picture is wanted."""

    def __init__(self, turn: Callable[[], None], store: object, jobs: object, settings: object, samples: Path) -> None:
        from app.ui.session import Session

        self._turn = turn
        self._samples = samples
        self._session = Session(store, jobs, settings)
        self._jobs = jobs

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
        work.intake.look([self._samples, ROOT / "pyproject.toml"])
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
        self._until(lambda: work.intake.result is not None or not window.bar.busy())
        self._quiet(window.bar)
        yield "22_已导入未审查", window
        if work.intake.result is not None:
            yield "23_导入结果", work.intake.result
            work.intake.result.reject()
        work.review()
        self._turn()
        window.bar._show(window.bar._watched[0], time.monotonic())
        yield "24_正在审查", window
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
        yield "40_生成文书", dialog
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

    def _others(self, window: QWidget) -> Iterator[tuple[str, QWidget]]:
        """The desks of people with lists in them, and what every desk's own tools open."""
        from app.core.actions.receive import look, receive
        from app.core.jobs import Ticket

        session = self._session
        plans = look([each for each in (ROOT / "resources" / "samples").iterdir() if each.is_dir()], ticket=Ticket())[0]
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
                    yield f"6{place}_{work.tab.desk.title}_{dialog.windowTitle()}", dialog
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
