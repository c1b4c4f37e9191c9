"""Workbooks as the fast reader gives them: .xlsx .xlsm .ods and .et, and old ones its colleague cannot read."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping

import python_calamine

from app.core.errors import FileUnreadable, UserError
from app.core.intake.cell_text import cell_text
from app.core.intake.marks import ERROR
from app.core.intake.sheet import Sheet
from app.core.jobs import Ticket

ROWS_A_STEP = 500
Notes = Mapping[tuple[int, int], str]


def locked(name: str) -> FileUnreadable:
    """What is said of a workbook with a password."""
    return FileUnreadable(f"文件设有打开密码：{name}", do="请用 WPS 或 Excel 打开，去掉密码另存后再导入")


def damaged(name: str) -> FileUnreadable:
    """What is said of a workbook no reader can read."""
    return FileUnreadable(f"文件不是能读懂的表格，可能已损坏：{name}", do="请用 WPS 或 Excel 打开后另存为 xlsx，再导入")


def read_workbook(data: bytes, name: str, notes: Mapping[str, Notes], ticket: Ticket) -> list[Sheet]:
    """All worksheets, hidden ones too; `notes` are what the reader passes over, by sheet and place."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = (_sheet(book, index, name, notes, ticket) for index in range(len(book.sheet_names)))
        return [each for each in found if each is not None]
    except python_calamine.PasswordError:
        raise locked(name) from None
    except UserError:
        raise
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError, MemoryError):
        raise damaged(name) from None
    except BaseException as fault:
        # The reader's own panics are no Exception; everything else (a stop among it) goes its way.
        if type(fault).__name__ == "PanicException":
            raise damaged(name) from None
        raise


def _sheet(
    book: python_calamine.CalamineWorkbook, index: int, name: str, notes: Mapping[str, Notes], ticket: Ticket
) -> Sheet | None:
    meta = book.sheets_metadata[index]
    if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
        return None
    sheet = book.get_sheet_by_index(index)
    hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    rows = _rows(sheet, ticket, meta.name) if sheet.start is not None else []
    _note(rows, notes.get(meta.name, {}))
    return Sheet(name, meta.name, rows, hidden, merged)


def _rows(sheet: python_calamine.CalamineSheet, ticket: Ticket, title: str) -> list[tuple[str, ...]]:
    """Every row from the first, as texts; equal texts are kept once, blank rows at the end not at all.

    The reader gives blank rows above the first cell, but no blank columns left of it.
    """
    rows: list[tuple[str, ...]] = []
    left = [""] * sheet.start[1] if sheet.start is not None else []
    texts_of: defaultdict[type, dict[object, str]] = defaultdict(_Texts)  # by type, since 1 and 是 are equal keys
    blank: tuple[str, ...] = ()
    filled = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number % ROWS_A_STEP == 0:
            ticket.step(number, sheet.total_height, f"读取《{title}》")
        texts = tuple(left + [texts_of[value.__class__][value] for value in row])
        if any(texts):
            filled = number
            rows.append(texts)
        else:
            rows.append(blank if len(blank) == len(texts) else (blank := texts))
    del rows[filled:]
    return rows


class _Texts(dict[object, str]):
    """Values met in a sheet with their texts."""

    def __missing__(self, value: object) -> str:
        text = self[value] = cell_text(value)
        return text


def _note(rows: list[tuple[str, ...]], notes: Notes) -> None:
    """Put in what the reader left out: error values and formulas without a result."""
    for (row, column), text in notes.items():
        rows += [()] * (row + 1 - len(rows))
        texts = list(rows[row]) + [""] * (column + 1 - len(rows[row]))
        if text.startswith(ERROR) or not texts[column]:
            texts[column] = text
            rows[row] = tuple(texts)
