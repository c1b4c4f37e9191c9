"""A model nobody shipped is written in the window by filling in a sentence: 交通肇事逃逸后驾驶证未吊销."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from app.core.actions.model_book import known
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.model_clause import ClauseDialog
from app.ui.model_form import ModelForm
from app.ui.model_table_form import TableForm
from app.ui.session import Session
from tests.scenarios.models import AS_OF, unique, write
from tests.ui.conftest import PATIENCE, Person

JUDGED = ["姓名", "身份证号", "案号", "罪名", "情节", "判决生效日期", "审理法院"]
LICENCES = ["姓名", "身份证号", "驾驶证状态", "状态日期"]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "today", lambda _: AS_OF)


@pytest.fixture
def work(window: MainWindow) -> DeskWork:
    return next(each for each in window.works if each.tab.desk.id == "models")


@pytest.fixture
def tab(window: MainWindow) -> DeskTab:
    return window.desks["models"]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Four convicted of flight: one still drives, one lost the licence, one did not flee, one was judged yesterday."""
    rows = [
        ["测试甲一", unique(1), "（2024）测01刑初1号", "交通肇事罪", "肇事后逃逸", "2024-03-01", "测试县人民法院"],
        ["测试甲二", unique(2), "（2024）测01刑初2号", "交通肇事罪", "肇事后逃逸", "2024-03-02", "测试县人民法院"],
        ["测试甲三", unique(3), "（2024）测01刑初3号", "交通肇事罪", "自首", "2024-03-03", "测试县人民法院"],
        ["测试甲四", unique(4), "（2026）测01刑初4号", "交通肇事罪", "肇事后逃逸", "2026-10-25", "测试县人民法院"],
    ]
    licences = [
        ["测试甲一", unique(1), "正常", "2020-01-01"],
        ["测试甲二", unique(2), "吊销", "2024-04-01"],
        ["测试甲三", unique(3), "正常", "2020-01-01"],
        ["测试甲四", unique(4), "正常", "2020-01-01"],
    ]
    return [write(tmp_path / "判决.csv", JUDGED, rows), write(tmp_path / "驾驶证.csv", LICENCES, licences)]


class Author:
    """Somebody who fills in the form, as the manual says."""

    def __init__(self, work: DeskWork, person: Person, qtbot: QtBot, settled: Callable[[], None]) -> None:
        self.work, self.person, self.qtbot, self.settled = work, person, qtbot, settled

    @property
    def form(self) -> ModelForm:
        form = self.work.models.author.form
        assert form is not None
        return form

    def dialog(self, kind: type) -> Any:
        self.qtbot.waitUntil(lambda: bool(self.form.findChildren(kind)), timeout=PATIENCE)
        return self.form.findChildren(kind)[-1]

    def table(self, file: Path, name: str, holder: str) -> None:
        self.person.files = [file]
        self.form.add_table()
        form: TableForm = self.dialog(TableForm)
        form.file.click()
        self.qtbot.waitUntil(lambda: form.columns.rowCount() > 0, timeout=PATIENCE)
        form.name.setText(name)
        form.holder.setText(holder)
        form.accept()
        self.qtbot.waitUntil(lambda: not self.form.findChildren(TableForm), timeout=PATIENCE)

    def clause(self, kind: str, fill: Callable[[ClauseDialog], None]) -> None:
        self.form.add_clause()
        dialog: ClauseDialog = self.dialog(ClauseDialog)
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        fill(dialog)
        dialog.accept()
        assert dialog.says.text() == ""
        self.qtbot.waitUntil(lambda: not self.form.findChildren(ClauseDialog), timeout=PATIENCE)

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            self.form.lines[name].setText(text)
        self.form._try()
        self.settled()


def choose(dialog: ClauseDialog, box: str, text: str) -> None:
    """Choose a word in the box of the page that is shown."""
    page = dialog.pages.currentWidget()
    found = next(each for each in page.findChildren(QComboBox) if each.accessibleName() == box)
    place = found.findText(text)
    assert place >= 0 or found.isEditable(), f"{text} not among {[found.itemText(n) for n in range(found.count())]}"
    if place >= 0:
        found.setCurrentIndex(place)
    else:
        found.setEditText(text)


@pytest.fixture
def author(work: DeskWork, person: Person, qtbot: QtBot, settled: Callable[[], None]) -> Author:
    work.models.show()
    qtbot.waitUntil(lambda: work.models.dialog is not None, timeout=PATIENCE)
    settled()
    work.models.dialog.buttons["new"].click()
    qtbot.waitUntil(lambda: work.models.author.form is not None, timeout=PATIENCE)
    return Author(work, person, qtbot, settled)


def fill_in(author: Author, files: list[Path]) -> None:
    """The steps of the manual."""
    author.table(files[0], "交通肇事判决名单", "人民法院")
    author.table(files[1], "驾驶证状态名单", "公安交警部门")

    def fled(dialog: ClauseDialog) -> None:
        choose(dialog, "本行：哪一列", "[交通肇事判决名单].[情节]")
        choose(dialog, "本行：怎样比", "含有")
        choose(dialog, "本行：与什么比", "逃逸")

    def late(dialog: ClauseDialog) -> None:
        choose(dialog, "起算日期", "[交通肇事判决名单].[判决生效日期]")

    def kept(dialog: ClauseDialog) -> None:
        choose(dialog, "没有：哪张表", "《驾驶证状态名单》")
        dialog.pages.currentWidget().findChild(QCheckBox).setChecked(True)
        choose(dialog, "没有：哪一列", "[驾驶证状态名单].[驾驶证状态]")
        choose(dialog, "没有：怎样比", "含有")
        choose(dialog, "没有：与什么比", "吊销")

    author.clause("本行", fled)
    author.clause("期限", late)
    author.clause("没有", kept)
    author.write(
        name="交通肇事逃逸后驾驶证未吊销",
        point="逃逸被判刑的，驾驶证应当吊销",
        lead_name="逃逸后驾驶证没有吊销",
        message="{交通肇事判决名单.姓名}的判决{交通肇事判决名单.判决生效日期}生效，驾驶证仍没有吊销",
        law="道路交通安全法（2021）",
        article="第一百零一条第二款",
        says="造成交通事故后逃逸的，吊销驾驶证，终生不得重新取得",
    )


def test_a_model_is_written_tried_kept_and_run(
    author: Author, files: list[Path], work: DeskWork, tab: DeskTab, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    fill_in(author, files)
    assert "[交通肇事判决名单].[情节]含有“逃逸”" in author.form.trial.sentence.text()
    author.form.trial.draft.click()
    settled()
    author.form._try()
    settled()
    rows = range(author.form.trial.cases.rowCount())
    assert [author.form.trial.cases.item(row, 3).text() for row in rows] == ["通过"] * len(rows), (
        author.form.says.text()
    )
    assert "案例全部通过" in author.form.says.text()
    author.form.keep.click()
    qtbot.waitUntil(lambda: work.models.author.form is None, timeout=PATIENCE)
    settled()
    dialog = work.models.dialog
    dialog.table.go_to([each.known.model.id for each in dialog.cards].index("MX-101"))
    dialog.buttons["switch"].click()
    settled()
    assert dialog.current().state == "启用", dialog.says.text()
    dialog.close()
    work.intake.look(files)
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    found = work.session.reader.casebook.findings(desk="models")
    assert [(each.person.name, each.verdict.rule) for each in found] == [("测试甲一", "MX-101")]
    assert "驾驶证仍没有吊销" in found[0].verdict.message


def test_the_next_version_shows_who_changes_state(
    author: Author, files: list[Path], work: DeskWork, person: Person, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    fill_in(author, files)
    author.form.trial.draft.click()
    settled()
    author.form.keep.click()
    qtbot.waitUntil(lambda: work.models.author.form is None, timeout=PATIENCE)
    settled()
    work.models.dialog.close()
    work.intake.look(files)
    qtbot.waitUntil(lambda: work.intake.dialog is not None, timeout=PATIENCE)
    work.intake.dialog.accept()
    settled()
    work.models.author.open("MX-101", lambda _: None)
    qtbot.waitUntil(lambda: work.models.author.form is not None, timeout=PATIENCE)
    form = work.models.author.form
    next(each for each in form.data["step"] if each["do"] == "deadline")["length"] = 3
    form._try()
    settled()
    changes = form.trial.changes
    assert [changes.item(0, column).text() for column in (0, 2)] == ["测试甲四", "不是线索"]
    assert form.trial.tabs.tabText(2) == "与现在这一版比（1 处不同）"
    person.agrees = False
    form.lines["reason"].setText("期限改短")
    form.keep.click()
    assert "1 行的结果不同" in person.asked[-1]
    assert known(work.session.reader)["MX-101"].model.version == 1
    person.agrees = True
    form.keep.click()
    qtbot.waitUntil(lambda: work.models.author.form is None, timeout=PATIENCE)
    settled()
    assert known(work.session.reader)["MX-101"].model.version == 2
