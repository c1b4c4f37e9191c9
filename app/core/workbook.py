"""Workbooks the program writes: every text stays a text, so that no cell of the data ever becomes a formula."""

from __future__ import annotations

from functools import cache
from typing import IO, Any

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # how a cell begins that a spreadsheet may work out


def new_book(stream: IO[bytes]) -> Any:
    """A workbook to be used in a `with`, as xlsxwriter makes it.

    A text that begins as a formula does is marked as text in its cell, also for whoever edits it later; a formula
    cannot be written (TypeError).
    """
    return _kinds()(stream, OPTIONS)


def is_active(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return text.startswith(ACTIVE)


@cache
def _kinds() -> Any:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    class Sheet(Worksheet):  # type: ignore[misc]  # the library ships no types
        """A sheet whose texts stay texts."""

        quoted: Any = None

        # Every public way of writing a text or a formula, merged cells too, ends in one of these.
        def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
            if is_active(string):
                cell_format = self.quoted(cell_format)
            return int(super()._write_string(row, col, string, cell_format))

        def _write_formula(self, *_: Any) -> int:
            raise TypeError("a workbook of ours holds no formula")

        _write_array_formula = _write_formula

    class Book(Workbook):  # type: ignore[misc]
        """A workbook whose sheets keep texts as texts."""

        def __init__(self, *words: Any) -> None:
            self._quoted: dict[int, Any] = {}
            self._made: dict[int, dict[str, Any]] = {}
            super().__init__(*words)

        def add_format(self, properties: dict[str, Any] | None = None) -> Any:
            """A form of cells."""
            form = super().add_format(properties)
            self._made[id(form)] = dict(properties or {})
            return form

        def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
            """A sheet."""
            sheet = super().add_worksheet(name, worksheet_class or Sheet)
            sheet.quoted = self.quoted
            return sheet

        def quoted(self, form: Any) -> Any:
            """The same form for a text that begins as a formula does."""
            key = id(form)
            if key not in self._quoted:
                self._quoted[key] = self.add_format(self._made.get(key, {}) | {"quote_prefix": True})
            return self._quoted[key]

    return Book
