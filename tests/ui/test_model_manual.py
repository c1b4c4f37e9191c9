"""The manual's way to a model of one's own, walked in the window: every button it names, in its order."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from app.core import manual
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.main_window import MainWindow
from app.ui.model_case_dialog import CaseDialog
from app.ui.model_clause import ClauseDialog
from app.ui.model_form import ModelForm
from app.ui.model_table_form import TableForm
from app.ui.session import Session
from tests.scenarios.models import AS_OF, unique, write
from tests.ui.conftest import PATIENCE, Person, drop

PAGE = next(page for chapter in manual.chapters() for page in chapter.pages if page.name == "监督模型").text
WAY = PAGE.partition("### 一、")[2].partition("## 以后要改")[0]
NAMED = [name for line in WAY.splitlines() if re.match(r"\d+\. ", line) for name in re.findall(r"【([^】]+)】", line)]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "today", lambda _: AS_OF)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Twelve convicted: two fled and still drive; among the others every innocent of the manual."""
    judged = [
        [
            f"测试乙{sign}",
            unique(20 + place),
            f"（2025）测01刑初{place}号",
            "肇事后逃逸",
            "2025-03-01",
            "测试县人民法院",
        ]
        for place, sign in enumerate("甲乙丙丁戊己庚辛壬癸")
    ]
    judged[2][3] = "自首"
    judged[3][4] = (AS_OF - timedelta(days=30)).isoformat()
    states = ["正常", "吊销", "正常", "正常", "已吊销", "吊销", "吊销", "注销并吊销", "正常", "吊销"]
    held = [[row[0], row[1], state, "2020-01-01"] for row, state in zip(judged, states, strict=True)]
    columns = ["姓名", "身份证号", "案号", "情节", "判决生效日期", "审理法院"]
    return [
        write(tmp_path / "判决.csv", columns, judged),
        write(tmp_path / "驾驶证.csv", ["姓名", "身份证号", "驾驶证状态", "状态日期"], held),
    ]


class Reader:
    """Somebody with the manual open: presses the buttons it names, one after the other."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settled: Callable[[], None]) -> None:
        self.window, self.qtbot, self.settled = window, qtbot, settled
        self.left = list(NAMED)

    def press(self, name: str) -> None:
        assert self.left.pop(0) == name
        self.qtbot.waitUntil(lambda: self._button(name) is not None, timeout=PATIENCE)
        button = self._button(name)
        assert button is not None
        button.click()
        self.settled()

    def front(self) -> QWidget:
        return QApplication.activeModalWidget() or self.window

    def _button(self, name: str) -> QAbstractButton | None:
        wanted = name.removesuffix("…")
        for each in self.front().findChildren(QAbstractButton):
            text = re.sub(r"\(&\w\)", "", each.text()).removesuffix("…").partition("（")[0].strip()
            if text == wanted and each.isVisible() and each.isEnabled():
                return each
        return None

    def wait_for(self, kind: type[QWidget]) -> QWidget:
        self.qtbot.waitUntil(lambda: isinstance(self.front(), kind), timeout=PATIENCE)
        return self.front()

    def choose(self, box: str, text: str) -> None:
        front = self.front()
        found = next(
            each for each in front.findChildren(QComboBox) if each.accessibleName() == box and each.isVisible()
        )
        place = found.findText(text)
        if place >= 0:
            found.setCurrentIndex(place)
        else:
            assert found.isEditable(), f"{text} not in {box}"
            found.setEditText(text)

    def table(self, person: Person, file: Path, name: str, holder: str) -> None:
        person.files = [file]
        self.press("加一张表…")
        form = self.wait_for(TableForm)
        self.press("选一份表格…")
        self.qtbot.waitUntil(lambda: form.columns.rowCount() > 0, timeout=PATIENCE)
        form.name.setText(name)
        form.holder.setText(holder)
        self.press("加上")
        self.wait_for(ModelForm)

    def clause(self, said: str, chosen: dict[str, str], *, also: bool = False) -> None:
        self.press("加一句…")
        self.wait_for(ClauseDialog)
        assert f"选“{said}”" in WAY
        self.choose("这一句说什么", said)
        if also:
            next(each for each in self.front().findChildren(QCheckBox) if each.isVisible()).setChecked(True)
        for box, text in chosen.items():
            assert text in WAY
            self.choose(box, text)
        self.press("加上")
        self.wait_for(ModelForm)


def add_case(reader: Reader) -> None:
    """A case of one's own, beside those the program drafted."""
    reader.press("加一个案例…")
    dialog = reader.wait_for(CaseDialog)
    dialog.name.setText("吊销以后不是线索")
    reader.choose("种类", "反例")
    for key, cells in (
        ("t1", {"姓名": "测试丙甲", "身份证号": unique(70), "情节": "逃逸", "判决生效日期": "2025-01-31"}),
        ("t2", {"姓名": "测试丙甲", "身份证号": unique(70), "驾驶证状态": "吊销"}),
    ):
        page = dialog.pages[key]
        page.absent.setChecked(False)
        if not page.grid.columnCount():
            page.more.click()
        labels = [page.grid.verticalHeaderItem(row).text() for row in range(page.grid.rowCount())]
        for label, text in cells.items():
            page.grid.setItem(labels.index(label), 0, QTableWidgetItem(text))
    reader.press("试一试")
    assert dialog.says.text().startswith("通过：不是线索")
    reader.press("确定")
    reader.wait_for(ModelForm)


def test_a_new_user_walks_the_manuals_way(
    window: MainWindow, person: Person, files: list[Path], qtbot: QtBot, settled: Callable[[], None]
) -> None:
    work: DeskWork = next(each for each in window.works if each.tab.desk.id == "models")
    tab: DeskTab = window.desks["models"]
    window.tabs.setCurrentWidget(tab)
    reader = Reader(window, qtbot, settled)
    reader.press("模型卡片")
    reader.press("编写新模型…")
    form = reader.wait_for(ModelForm)
    assert isinstance(form, ModelForm)
    form.lines["name"].setText("交通肇事逃逸后驾驶证未吊销")
    form.lines["point"].setText("逃逸被判刑的，驾驶证应当吊销")
    reader.table(person, files[0], "交通肇事判决名单", "人民法院")
    reader.table(person, files[1], "驾驶证状态名单", "公安交警部门")
    reader.clause(
        "这一行的某一列符合条件",
        {"本行：哪一列": "[交通肇事判决名单].[情节]", "本行：怎样比": "含有", "本行：与什么比": "逃逸"},
    )
    reader.clause("某个日期起已经超过多少日（月）", {"起算日期": "[交通肇事判决名单].[判决生效日期]"})
    reader.clause(
        "另一张表里没有对应的行",
        {
            "没有：哪张表": "《驾驶证状态名单》",
            "没有：哪一列": "[驾驶证状态名单].[驾驶证状态]",
            "没有：怎样比": "含有",
            "没有：与什么比": "吊销",
        },
        also=True,
    )
    for name, text in {
        "lead_name": "逃逸后驾驶证没有吊销",
        "message": "{交通肇事判决名单.姓名}的判决{交通肇事判决名单.判决生效日期}生效，驾驶证仍没有吊销",
        "law": "道路交通安全法（2021）",
        "article": "第一百零一条第二款",
        "says": "造成交通事故后逃逸的，吊销驾驶证，终生不得重新取得",
    }.items():
        form.lines[name].setText(text)
    form.trial.tabs.setCurrentIndex(1)
    reader.press("按句子拟一组案例")
    form._try()
    settled()
    drafted = form.trial.cases.rowCount()
    add_case(reader)
    form._try()
    settled()
    results = [form.trial.cases.item(row, 3).text() for row in range(form.trial.cases.rowCount())]
    assert results == ["通过"] * (drafted + 1), form.says.text()
    reader.press("保存这一版")
    dialog = work.models.dialog
    assert dialog is not None
    dialog.table.go_to([each.known.model.name for each in dialog.cards].index("交通肇事逃逸后驾驶证未吊销"))
    reader.press("启用")
    assert dialog.current().state == "启用", dialog.says.text()
    reader.press("关闭")
    assert drop(tab, *files)
    reader.press("全部导入")
    settled()
    assert reader.left == []
    found = work.session.reader.casebook.findings(desk="models")
    assert sorted(each.person.name for each in found) == ["测试乙壬", "测试乙甲"]
    assert {each.verdict.rule_name for each in found} == {"逃逸后驾驶证没有吊销"}
    assert len(tab.model.ids) == 2
