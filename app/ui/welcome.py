"""The first start in three steps: where the data lie, the passphrase, and where to begin."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Jobs
from app.core.store.keyring import SHORTEST
from app.ui import look, talk
from app.ui.pass_lines import complain, wrong_pair
from app.ui.plain_buttons import plain_button
from app.ui.sign_in import SignIn

STEPS = ("数据放在哪里", "设定口令", "从哪里开始")
PLACE = "刑执智检不连接网络，导入的名单、核查结果和文书记录都放在一个加密的文件里，就在这台电脑上："
ADVICE = "放在本机硬盘最稳妥。放在U盘里的，每次先退出程序再拔下。不要放在几台电脑同时打开的网络盘上。"
GONE = "没有找到上次使用的数据文件。如果它在U盘或者网络盘上，请先退出，接好后重新打开程序；继续将新建一份空的数据。"
UNWRITABLE = "这个文件夹不能写入，请换一个文件夹。"
FIRST = (
    f"请填写您的姓名，设定口令。以后每次打开都要输入口令。口令至少 {SHORTEST} 个字符，可以用汉字、字母、数字和符号。"
)
WARNING = (
    "请务必记牢口令。数据文件建好后会显示一份恢复密钥，请打印后交本院保密部门保管："
    "口令和恢复密钥都丢失的，任何人都无法找回数据。"
)
TRY = "先到练习库试一试"
TRY_MORE = "练习库里是编造的人员和案件，已经导入、核查好，随便点都没有关系；与正式数据分开存放，可以整个删除。"
EMPTY = "直接开始使用"
EMPTY_MORE = "正式数据现在是空的：把监狱、司法局、法院送来的表格拖进窗口，就会导入、核查。"
AFTER = "点“开始使用”以后，先显示恢复密钥，请打印或者抄写。练习库以后随时可以打开：右上角“文件 → 打开练习库”。"
LOOK_ROUND = "不设口令，先看练习库(&T)"


class Welcome(SignIn):
    """Asks step by step; accepted once the new store is open. `practise` is whether to begin by practising."""

    practice_wanted = Signal()  # at once, before there is a store
    found = Signal(object)  # Path: a store that is there already is to be opened

    def __init__(self, path: Path, jobs: Jobs, *, expected: bool = False) -> None:
        """`expected`: the store was used before, so that it is worth a word that it is gone."""
        super().__init__(path, jobs)
        self._gone.setVisible(expected)

    @property
    def practise(self) -> bool:
        """Whether the user wants to begin in the store to practise in."""
        return self.trying.isChecked()

    def try_it(self) -> None:
        """Go on to the next step; after the last one make the store."""
        step = self.steps.currentIndex()
        if step == 0:
            self._check_place()
        elif step == 1:
            self._check_phrase()
        else:
            super().try_it()

    def choose_folder(self) -> None:
        """Let the data lie elsewhere; a store that lies there already is opened if the user wants that."""
        folder = talk.choose_folder(self, "数据放在哪个文件夹", str(self._path.parent))
        if folder is None:
            return
        path = folder / self._path.name
        if path.exists():
            if talk.ask(self, "这个文件夹里已有数据文件。", f"{path}\n打开它吗？", yes="打开它", no="换一个文件夹"):
                self._go_to(path)
            return
        self._path = path
        self.place.setText(str(path))
        self.fault.setText("")

    def choose_store(self) -> None:
        """Open a store that is there already, such as one brought from another computer."""
        path = talk.choose_file(self, "打开已有的数据文件", str(self._path.parent), talk.STORE)
        if path is not None:
            self._go_to(path)

    def back(self) -> None:
        """One step back."""
        self._show_step(self.steps.currentIndex() - 1)

    def _go_to(self, path: Path) -> None:
        self.found.emit(path)

    def _check_place(self) -> None:
        there = next(each for each in self._path.parents if each.exists())
        if there.is_dir() and os.access(there, os.W_OK):
            self._show_step(1)
        else:
            self.fault.setText(UNWRITABLE)

    def _check_phrase(self) -> None:
        wrong = wrong_pair(self.phrase, self.again)
        if not self.name.text().strip():
            complain(self.fault, "请填写您的姓名，日志和复核要用到。", self.name)
        elif wrong:
            complain(self.fault, *wrong)
        else:
            self._show_step(2)

    def _show_step(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.fault.setText("")
        self._title.setText(f"第 {step + 1} 步，共 {len(STEPS)} 步：{STEPS[step]}")
        self._back.setVisible(step > 0)
        last = step == len(STEPS) - 1
        self._agree.setText("开始使用" if last else "下一步(&N)")
        (self._agree, self.name, self.trying if self.trying.isChecked() else self.empty)[step].setFocus()

    def _lay_out(self) -> None:
        self.setWindowTitle("欢迎使用刑执智检")
        self._title = QLabel()
        look.larger(self._title, 1.3, bold=True)
        self.steps = QStackedWidget()
        for page in (self._place_page(), self._phrase_page(), self._begin_page()):
            self.steps.addWidget(page)
        self.round, self._back = (
            plain_button(LOOK_ROUND, self.practice_wanted.emit),
            plain_button("上一步(&B)", self.back),
        )
        answers = QHBoxLayout()
        answers.addWidget(self.round)
        answers.addStretch(1)
        answers.addWidget(self._back)
        answers.addWidget(self.buttons)
        rows = QVBoxLayout(self)
        rows.addWidget(self._title)
        rows.addWidget(self.steps, 1)
        rows.addWidget(self.fault)
        rows.addLayout(answers)
        self.setFixedWidth(look.letters(self, 42))
        self._show_step(0)
        self.setMinimumHeight(rows.heightForWidth(self.width()))

    def _place_page(self) -> QWidget:
        page, rows = _page()
        self._gone = self._wrapped(GONE)
        look.paint_text(self._gone, QColor(look.tones().grave))
        rows.addWidget(self._gone)
        self.place = self._wrapped(str(self._path))
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        look.larger(self.place, bold=True)
        rows.addWidget(self._wrapped(PLACE))
        rows.addWidget(self.place)
        row = QHBoxLayout()
        for text, slot in (
            ("换一个文件夹(&G)…", self.choose_folder),
            ("打开已有的数据文件(&O)…", self.choose_store),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        rows.addLayout(row)
        rows.addWidget(self._wrapped(ADVICE))
        rows.addStretch(1)
        return page

    def _phrase_page(self) -> QWidget:
        page, rows = _page()
        rows.addWidget(self._wrapped(FIRST))
        form = QFormLayout()
        form.addRow("姓名(&M)：", self.name)
        form.addRow("口令(&P)：", self.phrase)
        form.addRow("再输一次(&A)：", self.again)
        rows.addLayout(form)
        warning = self._wrapped(WARNING)
        look.larger(warning, bold=True)
        rows.addWidget(warning)
        rows.addStretch(1)
        return page

    def _begin_page(self) -> QWidget:
        page, rows = _page()
        self.trying, self.empty = QRadioButton(f"{TRY}(&L)"), QRadioButton(f"{EMPTY}(&K)")
        self._group = QButtonGroup(self)
        for button, more in ((self.trying, TRY_MORE), (self.empty, EMPTY_MORE)):
            self._group.addButton(button)
            look.larger(button, bold=True)
            button.setAccessibleDescription(more)
            rows.addWidget(button)
            rows.addWidget(self._wrapped(more))
        self.trying.setChecked(True)
        rows.addWidget(self._wrapped(AFTER))
        rows.addStretch(1)
        return page


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    return page, rows
