"""The manual in a window of its own: contents and search on the left, the page on the right, back and forth."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QImage,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core import manual
from app.core.manual import Chapter, Page
from app.ui import look, talk

PLACE = Qt.ItemDataRole.UserRole
LINE_HEIGHT = 130.0  # per cent
FIRST = "使用手册"


class HelpDialog(QDialog):
    """Shows pages by place: a page's name, or name#heading. It has no parent, so that no dialog can lock it."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle("使用手册")
        self._pages: dict[str, Page] = {}
        self._later: dict[str, QTreeWidgetItem] = {}
        self._awaited = ""
        self._behind: list[str] = []
        self._ahead: list[str] = []
        self.place = ""
        self.search, self.tree, self.found = QLineEdit(), QTreeWidget(), QTreeWidget()
        self.text = QTextBrowser()
        self.back, self.forth = QPushButton("返回(&B)"), QPushButton("前进(&N)")
        self.print, self.end = QPushButton("打印本页(&P)…"), QPushButton("关闭")
        self._count = QLabel()
        self._lay_out()
        for chapter in chapters:
            self._add(chapter).setExpanded(True)
        self.search.textChanged.connect(self._look_up)
        for each in (self.tree, self.found):
            each.itemClicked.connect(self._go)
            each.itemActivated.connect(self._go)
        self.text.anchorClicked.connect(lambda url: self.show_place(place_of(url)))
        self.back.clicked.connect(lambda: self._step(self._behind, self._ahead))
        self.forth.clicked.connect(lambda: self._step(self._ahead, self._behind))
        self.print.clicked.connect(self._print)
        self.end.clicked.connect(self.reject)
        for keys, slot in (("Alt+Left", self.back.click), ("Alt+Right", self.forth.click)):
            QShortcut(QKeySequence(keys), self, slot)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.show_place(FIRST)

    def show_place(self, place: str) -> None:
        """Turn to a page, and to a heading of it; a page that is not there is turned to when it comes."""
        self._awaited = "" if place.partition("#")[0] in self._pages else place
        if self._awaited or place == self.place:
            return
        if self.place:
            self._behind.append(self.place)
            self._ahead.clear()
        self._turn_to(place)

    def show_chapter(self, chapter: Chapter) -> None:
        """Show a chapter that is made while the window stands, in the place of the one that was there before."""
        before = self._later.pop(chapter.title, None)
        if before is not None:
            self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(before))
        self._later[chapter.title] = self._add(chapter)
        self.show_place(self._awaited or self.place)

    def recolour(self) -> None:
        """The theme or the size of letters changed."""
        self._turn_to(self.place)

    def _step(self, source: list[str], target: list[str]) -> None:
        if source:
            target.append(self.place)
            self._turn_to(source.pop())

    def _turn_to(self, place: str) -> None:
        name, _, heading = place.partition("#")
        self.place = place
        page = self._pages[name]
        self.text.setMarkdown(page.text)
        _tidy(self.text)
        self._fit_pictures()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if heading:
            self._scroll_to(heading)
        self.text.setAccessibleName(page.title)
        self.back.setEnabled(bool(self._behind))
        self.forth.setEnabled(bool(self._ahead))
        self._mark(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures keep within the page."""
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """Make every picture as wide as it was taken, or as the page has room for."""
        room = self.text.viewport().width() - 3 * int(self.text.document().documentMargin())
        block = self.text.document().begin()
        while block.isValid():
            for each in [piece.fragment() for piece in block]:
                if each.charFormat().isImageFormat():
                    picture = each.charFormat().toImageFormat()
                    native = QImage(str(manual.FOLDER / picture.name())).width()
                    picture.setWidth(max(min(native, room), 1))
                    cursor = QTextCursor(self.text.document())
                    cursor.setPosition(each.position())
                    cursor.setPosition(each.position() + each.length(), QTextCursor.MoveMode.KeepAnchor)
                    cursor.setCharFormat(picture)
            block = block.next()

    def _scroll_to(self, heading: str) -> None:
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == heading:
                top = self.text.document().documentLayout().blockBoundingRect(block).top()
                self.text.verticalScrollBar().setValue(round(top))
                return
            block = block.next()

    def _mark(self, name: str) -> None:
        """Put the cursor of the contents on a page."""
        for each in _leaves(self.tree):
            if each.data(0, PLACE) == name:
                self.tree.setCurrentItem(each)

    def _go(self, item: QTreeWidgetItem) -> None:
        if item.data(0, PLACE):
            self.show_place(item.data(0, PLACE))

    def _look_up(self, text: str) -> None:
        self._lists.setCurrentWidget(self.found if text.strip() else self.tree)
        self.found.clear()
        hits = manual.find(text, self._pages.values())
        self._count.setText(
            ("" if not text.strip() else f"找到 {len(hits)} 处") if hits or not text.strip() else "没有找到"
        )
        for hit in hits:
            title = hit.page.title if hit.heading == hit.page.title else f"{hit.page.title}：{hit.heading}"
            item = QTreeWidgetItem([f"{title}\n{hit.excerpt}"])
            item.setData(0, PLACE, f"{hit.page.name}#{hit.heading}")
            item.setToolTip(0, hit.excerpt)
            self.found.addTopLevelItem(item)

    def _print(self) -> None:
        talk.print_page(self, self.text.document())

    def _add(self, chapter: Chapter) -> QTreeWidgetItem:
        top = QTreeWidgetItem([chapter.title])
        self.tree.addTopLevelItem(top)
        for page in chapter.pages:
            self._pages[page.name] = page
            item = QTreeWidgetItem([page.title])
            item.setData(0, PLACE, page.name)
            item.setToolTip(0, page.title)
            top.addChild(item)
        return top

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("在全部帮助里查找（空格隔开几个词）")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("查找")
        for tree, name in ((self.tree, "目录"), (self.found, "查找结果")):
            tree.setHeaderHidden(True)
            tree.setAccessibleName(name)
            tree.setIndentation(look.letters(self, 1))
        self.found.setRootIsDecorated(False)
        self.text.setOpenLinks(False)
        self.text.setSearchPaths([str(manual.FOLDER)])
        self.text.document().setDocumentMargin(look.letters(self, 1))
        self._lists = QStackedWidget()
        for each in (self.tree, self.found):
            self._lists.addWidget(each)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for each in (self.search, self._lists, self._count):
            column.addWidget(each)
        halves = QSplitter()
        halves.addWidget(left)
        halves.addWidget(self.text)
        halves.setStretchFactor(1, 1)
        halves.setSizes([look.letters(self, 18), look.letters(self, 50)])
        below = QHBoxLayout()
        for button in (self.back, self.forth, self.print):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.end)
        for button in (self.back, self.forth, self.print, self.end):
            button.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.addWidget(halves, 1)
        rows.addLayout(below)
        look.size(self, 68, 34)


def place_of(url: QUrl) -> str:
    """The place a link leads to: 页名.md#标题."""
    heading = url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
    name = url.path(QUrl.ComponentFormattingOption.FullyDecoded).removesuffix(".md")
    return f"{name}#{heading}" if heading else name


def _tidy(browser: QTextBrowser) -> None:
    """Give lines more room and tables their rules, which Markdown has no words for."""
    document = browser.document()
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(spaced)
    _underline_links(document)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            wanted = frame.format()
            wanted.setBorder(1)
            wanted.setBorderCollapse(True)
            wanted.setBorderBrush(QBrush(look.tones().line))
            wanted.setCellPadding(look.letters(browser, 0.3))
            wanted.setCellSpacing(0)
            frame.setFormat(wanted)


def _underline_links(document: QTextDocument) -> None:
    """Markdown's links are told by their colour alone, and on black they have that of text."""
    underlined = QTextCharFormat()
    underlined.setFontUnderline(True)
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        for part in block.textFormats():
            if part.format.isAnchor():
                cursor.setPosition(block.position() + part.start)
                cursor.setPosition(block.position() + part.start + part.length, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(underlined)
        block = block.next()


def _leaves(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    tops = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    return [top.child(place) for top in tops for place in range(top.childCount())]
