"""What the rules answered to one case: problems, what could not be judged, what passed, what does not apply."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

from app.core.findings import Gravity, Level, Outcome, State, Verdict
from app.ui import look

LINE = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1
GROUPS: Mapping[Outcome, tuple[str, bool]] = {  # outcome → title, open at first
    Outcome.FOUND: ("发现的问题", True),
    Outcome.NOT_EVALUATED: ("未能判断", True),
    Outcome.LAWFUL: ("已通过，没有下列问题", False),
    Outcome.NOT_APPLICABLE: ("不适用，本案不涉及", False),
}
ENDED = "以前的线索，现在不再成立"
LEVELS = [*Level, None]
GRAVITIES = [*Gravity, None]
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
LONGEST = 10_000
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict as the list shows it: a coloured word, the rule, a sentence below, and the state a person gave it."""

    word: str
    head: str
    body: str = ""
    state: str = ""

    def __str__(self) -> str:
        return "，".join(each for each in (self.word, self.head, self.state, self.body) if each)


def line_of(verdict: Verdict, state: State | None, ended: str = "") -> Line:
    """What the list says of a verdict; `ended` is the word for a lead that holds no longer."""
    head = f"{verdict.rule} {verdict.rule_name}"
    if ended:
        return Line(ended, head, verdict.message.removeprefix(f"{ended}："), str(state or ""))
    if verdict.outcome is Outcome.FOUND:
        gravity = f"·{verdict.gravity}" if verdict.gravity is not None else ""
        return Line(f"{verdict.level}{gravity}", head, verdict.message, str(state or ""))
    if verdict.outcome is Outcome.NOT_EVALUATED:
        return Line(str(verdict.outcome), head, lacking(verdict))
    return Line(str(verdict.outcome), head)


def lacking(verdict: Verdict) -> str:
    """Which item is missing and who holds it."""
    missing = f"缺少：{'、'.join(verdict.missing)}" if verdict.missing else "缺少判断所需的数据"
    return f"{missing}（可向{verdict.holder}调取）" if verdict.holder else missing


class _Delegate(QStyledItemDelegate):
    """Paints a line in two rows: the head, and the sentence wrapped below it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line; group titles are painted as usual."""
        line = index.data(LINE)
        if line is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole
        plain = option.palette.color(role.HighlightedText if chosen else role.Text)
        rect = option.rect.adjusted(self._gap(option), self._gap(option), -self._gap(option), 0)
        painter.save()
        painter.setFont(_bold(option))
        painter.setPen(plain if chosen else look.colour_of(line.word.partition("·")[0]))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft), line.word)
        wide = painter.fontMetrics().horizontalAdvance(line.word + "汉")
        painter.setFont(option.font)
        painter.setPen(plain if chosen else look.colour_of(line.state))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight), line.state)
        painter.setPen(plain)
        room = rect.width() - wide - option.fontMetrics.horizontalAdvance(line.state + "汉")
        head = option.fontMetrics.elidedText(line.head, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.adjusted(wide, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft), head)
        painter.drawText(rect.adjusted(0, option.fontMetrics.lineSpacing(), 0, 0), WRAP, line.body)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped sentence needs in the width there is."""
        self.initStyleOption(option, index)
        metrics: QFontMetrics = option.fontMetrics
        line, gap = index.data(LINE), self._gap(option)
        if line is None:
            return QSize(0, metrics.lineSpacing() + 2 * gap)
        tree = option.widget
        width = tree.viewport().width() - 2 * tree.indentation() - 2 * gap
        body = metrics.boundingRect(QRect(0, 0, width, LONGEST), WRAP, line.body).height() if line.body else 0
        return QSize(0, metrics.lineSpacing() + body + 2 * gap)

    def _gap(self, option: QStyleOptionViewItem) -> int:
        return option.fontMetrics.lineSpacing() // 5


def _bold(option: QStyleOptionViewItem) -> object:
    font = option.font
    bold = type(font)(font)
    bold.setBold(True)
    return bold


class VerdictList(QTreeWidget):
    """All verdicts of a case in four groups; the cursor's verdict is told."""

    chosen = Signal(int)  # the verdict's place among those shown, -1 for none

    def __init__(self) -> None:
        super().__init__()
        self._ended: Mapping[int, str] = {}
        self.setAccessibleName("审查结果")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(look.letters(self, 1))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Delegate(self))
        self.currentItemChanged.connect(self._tell)

    def show_verdicts(
        self,
        verdicts: Sequence[Verdict],
        states: Mapping[int, State],
        reasons: Collection[str] = (),
        ended: Mapping[int, str] | None = None,
    ) -> None:
        """Show a case; `states` gives the state of the finding at a place, `ended` why one holds no longer.

        The first rule that is a reason of the conclusion becomes current, else the first problem.
        """
        self._ended = ended or {}
        self.blockSignals(True)
        self.clear()
        for outcome, (title, opened) in GROUPS.items():
            places = [
                place for place, each in enumerate(verdicts) if each.outcome is outcome and place not in self._ended
            ]
            if outcome is Outcome.FOUND:
                places.sort(key=lambda place: _weight(verdicts[place]))
            if places:
                lines = ((place, line_of(verdicts[place], states.get(place))) for place in places)
                self._add_group(f"{title}（{len(places)}）", opened, lines)
            if outcome is Outcome.FOUND and self._ended:
                past = ((place, line_of(verdicts[place], states.get(place), how)) for place, how in self._ended.items())
                self._add_group(f"{ENDED}（{len(self._ended)}）", True, past)
        self.blockSignals(False)
        shown = [each for each in self._items() if each.parent().isExpanded()]
        decisive = (each for each in shown if verdicts[each.data(0, PLACE)].rule in reasons)
        first = next(decisive, shown[0] if shown else None)
        if first is not None:
            self.setCurrentItem(first)
        self._tell()

    def renew(self, place: int, verdict: Verdict, state: State | None) -> None:
        """One finding's state changed."""
        for item in self._items():
            if item.data(0, PLACE) == place:
                _fill(item, place, line_of(verdict, state, self._ended.get(place, "")))

    def go_to(self, place: int) -> None:
        """Put the cursor on a verdict."""
        for item in self._items():
            if item.data(0, PLACE) == place:
                self.setCurrentItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _add_group(self, title: str, opened: bool, lines: Iterable[tuple[int, Line]]) -> None:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.font()
        font.setBold(True)
        group.setFont(0, font)
        self.addTopLevelItem(group)
        for place, line in lines:
            _fill(QTreeWidgetItem(group), place, line)
        group.setExpanded(opened)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        for number in range(self.topLevelItemCount()):
            group = self.topLevelItem(number)
            yield from (group.child(place) for place in range(group.childCount()))

    def place(self) -> int:
        """The place of the verdict the cursor stands on; -1 for none."""
        item = self.currentItem()
        place = item.data(0, PLACE) if item is not None else None
        return -1 if place is None else place

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.place())


def _weight(verdict: Verdict) -> tuple[int, int]:
    """What weighs more comes first."""
    return LEVELS.index(verdict.level), GRAVITIES.index(verdict.gravity)


def _fill(item: QTreeWidgetItem, place: int, line: Line) -> None:
    item.setData(0, LINE, line)
    item.setData(0, PLACE, place)
    item.setText(0, str(line))
    item.setToolTip(0, str(line))
