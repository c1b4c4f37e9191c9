"""The form for other numbers in a row of the commutation tables, from a day on."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from app.core.law.book import LawBook
from app.core.law.catalogue import Entry
from app.core.law.changes import AddVersion
from app.core.law.edition_rows import numbers_of, words_of
from app.ui.law_form import DAY, SourcedForm, day_of, number_in

TOLD = "。单位都是月。只改需要改的数值，其余照旧；现有的一行到前一日为止，以前的案件仍按它审查。"


class RowForm(SourcedForm):
    """All numbers of a row as they stand, to be changed from a day on, with the source."""

    def __init__(self, parent: QWidget, law: LawBook, entry: Entry, today: date) -> None:
        super().__init__(parent, "增加一行（自某日起）", law, self.change)
        self._entry = entry
        newest = max((each for each in law.rows if each.name == entry.id), key=lambda each: each.start)
        self._names = {words_of(name): name for name in numbers_of(newest)}
        name = QLabel(f"{entry.name}{TOLD}")
        name.setWordWrap(True)
        self.form.addRow(name)
        self._ask_numbers(numbers_of(newest))
        self.line("自某日起", DAY, today.isoformat())
        self.ask_source(own_only=False)
        next(iter(self.lines.values())).setFocus()

    def _ask_numbers(self, numbers: dict[str, int]) -> None:
        """Two numbers beside each other, so that the form stays low."""
        grid = QGridLayout()
        for place, (name, value) in enumerate(numbers.items()):
            words = words_of(name)
            line = QLineEdit(str(value))
            line.setAccessibleName(words)
            label = QLabel(f"{words}：")
            label.setBuddy(line)
            grid.addWidget(label, place // 2, place % 2 * 2)
            grid.addWidget(line, place // 2, place % 2 * 2 + 1)
            self.lines[words] = line
        self.form.addRow(grid)

    def change(self) -> AddVersion:
        """The version as filled in."""
        numbers = {name: number_in(self.lines[words], words) for words, name in self._names.items()}
        start = day_of(self.lines["自某日起"], "自某日起")
        says = self.lines["大意"].text().strip()
        return AddVersion(self._entry.id, numbers, start, self.cite(start), says)
