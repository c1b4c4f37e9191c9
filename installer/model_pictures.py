"""The pictures on the manual's page about models, taken from the real window: `python -m installer.model_pictures`.

The model of the page is written on artificial lists; the pictures go into resources/manual.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from installer.few_colours import in_few_colours
from installer.picture_tour import PATIENCE
from installer.pictures import ROOT, TURNS, screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

MANUAL = ROOT / "resources" / "manual"
COLOURS = 32  # letters on plain ground need no more
SCREEN_OF = "light"
JUDGED = ("交通肇事判决名单", "人民法院", (
    ("name", "姓名", "name"), ("id_number", "身份证号", "id_number"), ("c3", "案号", "text"), ("c4", "情节", "text"),
    ("c5", "判决生效日期", "date"),
))  # fmt: skip
LICENCES = ("驾驶证状态名单", "公安交警部门", (
    ("name", "姓名", "name"), ("id_number", "身份证号", "id_number"), ("c3", "驾驶证状态", "text"),
))  # fmt: skip
STEPS: tuple[dict[str, Any], ...] = (
    {"do": "match", "table": "t1", "where": [{"of": "t1.c4", "has": ["逃逸"]}]},
    {"do": "deadline", "id": "clock", "from": "t1.c5", "length": 30, "counting": "days"},
    {"do": "difference", "table": "t2", "where": [{"of": "t2.c3", "has": ["吊销"]}]},
)
WORDS = {
    "name": "交通肇事逃逸后驾驶证未吊销",
    "point": "逃逸被判刑的，驾驶证应当吊销",
    "reason": "新编写",
    "lead_name": "逃逸后驾驶证没有吊销",
    "message": "{交通肇事判决名单.姓名}的判决{交通肇事判决名单.判决生效日期}生效，驾驶证仍没有吊销",
    "law": "道路交通安全法（2021）",
    "article": "第一百零一条第二款",
    "says": "造成交通事故后逃逸的，吊销驾驶证，终生不得重新取得",
}


def main() -> int:
    """Take the pictures in a process that has the drawn screen; its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "installer.model_pictures", "--inside", folder]
        environment = {**os.environ, **screen(SCREEN_OF, Path(folder))}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        from PySide6.QtGui import QImage

        for each in sorted(Path(folder).glob("models-*.png")):
            in_few_colours(QImage(str(each)), COLOURS).save(str(MANUAL / each.name))
            print(MANUAL / each.name)
    return done.returncode


def take(folder: Path) -> None:
    """Drive the real window and save what it shows."""
    from app.core import log
    from app.core.jobs import Jobs
    from app.core.settings import Settings
    from app.core.store.database import Store
    from app.ui.main_window import MainWindow
    from app.ui.session import Session
    from app.ui.start import dress

    app = dress(Settings())
    log.start(None)
    with Store.temporary() as store:
        jobs = Jobs()
        window = MainWindow(Session(store, jobs, Settings()))
        window.resize(1366, 728)
        window.show()
        for name, dialog in stops(window, app.processEvents):
            for _ in range(TURNS):
                app.processEvents()
            dialog.grab().save(str(folder / f"models-{name}.png"))
        jobs.close()


def stops(window: Any, turn: Callable[[], None]) -> Iterator[tuple[str, QDialog]]:
    """Name and dialog of every picture."""
    from app.ui.model_clause import ClauseDialog

    def until(condition: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")
            turn()
            time.sleep(0.01)

    models = next(each for each in window.works if each.tab.desk.id == "models").models
    models.show()
    until(lambda: models.dialog is not None and models.dialog.card.toPlainText() and not window.bar._watched)
    models.dialog.resize(1150, 480)
    yield "cards", models.dialog
    models.dialog.buttons["new"].click()
    until(lambda: models.author.form is not None)
    form = models.author.form
    write(form)
    until(lambda: form.trial.cases.rowCount() > 0 and not window.bar.busy())
    yield "form", form
    form.add_clause()
    until(lambda: form.findChildren(ClauseDialog))
    dialog = form.findChildren(ClauseDialog)[-1]
    dialog.kind.setCurrentIndex(dialog.kind.findData("没有"))
    yield "clause", dialog
    dialog.reject()
    form.trial.cases.selectRow(0)
    form.trial.buttons["edit"].click()
    until(lambda: form.case is not None)
    form.case.test.click()
    until(form.case.says.text)
    yield "case", form.case
    form.case.reject()
    form.reject()
    until(lambda: not window.bar.busy())


def write(form: Any) -> None:
    """Fill the form in as the page says."""
    from app.core.actions.model_author import read
    from app.core.models.draft import add_table, tryable
    from app.core.models.drafting import draft_cases
    from app.core.models.write import write_model
    from app.core.records import Field, FieldType, TableKind

    for name, holder, columns in (JUDGED, LICENCES):
        fields = tuple(Field(each, title, FieldType(kind), (), each == "name") for each, title, kind in columns)
        add_table(form.data, TableKind("", name, holder, "models", fields))
    form.data["step"] = [dict(each) for each in STEPS]
    form.renew()
    for name, text in WORDS.items():
        form.lines[name].setText(text)
    form.gather()
    form.data["case"] = draft_cases(read(write_model(tryable(form.data | {"case": []}))), date(2026, 11, 21))
    form.trial.tabs.setCurrentIndex(1)
    form.renew()


if __name__ == "__main__":
    if "--inside" in sys.argv:
        take(Path(sys.argv[-1]))
        sys.exit(0)
    sys.exit(main())
