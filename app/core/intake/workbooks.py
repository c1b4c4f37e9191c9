"""Workbooks as the fast reader gives them: .xlsx .xlsm and .et in a zip archive."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping

import python_calamine

from app.core.errors import FileUnreadable, UserError
from app.core.intake.cell_text import cell_text
from app.core.intake.marks import UNSAVED
from app.core.intake.ooxml import Prepared
from app.core.intake.sheet import Sheet, sound_ranges, within
from app.core.jobs import Ticket, apart

ROWS_A_STEP = 500
Notes = Mapping[tuple[int, int], str]


def locked(name: str) -> FileUnreadable:
    """What is said of a workbook with a password."""
    return FileUnreadable(f"文件设有打开密码：{name}", do="请用 WPS 或 Excel 打开，去掉密码另存后再导入")


def damaged(name: str) -> FileUnreadable:
    """What is said of a workbook no reader can read."""
    return FileUnreadable(f"文件不是能读懂的表格，可能已损坏：{name}", do="请用 WPS 或 Excel 打开后另存为 xlsx，再导入")


def read_workbook(prepared: Prepared, name: str, ticket: Ticket) -> list[Sheet]:
    """All worksheets, hidden ones too, with what the reader passes over."""
    try:
        book = apart(ticket, lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(prepared.data)))
        found = (_sheet(book, index, name, prepared, ticket) for index in range(len(book.sheet_names)))
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
    book: python_calamine.CalamineWorkbook, index: int, name: str, prepared: Prepared, ticket: Ticket
) -> Sheet | None:
    meta = book.sheets_metadata[index]
    if meta.typ is not python_calamine.SheetTypeEnum.WorkSheet:
        return None
    sheet = apart(ticket, lambda: book.get_sheet_by_index(index))
    hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
    merged = [(first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ()]
    rows = _rows(sheet, ticket, meta.name) if sheet.start is not None else []
    _note(rows, prepared.notes.get(meta.name, {}))
    width = max(map(len, rows), default=0)
    return Sheet(
        name,
        meta.name,
        rows,
        hidden,
        sound_ranges(merged, len(rows)),
        within(prepared.hidden_rows.get(meta.name, ()), len(rows)),
        within(prepared.hidden_columns.get(meta.name, ()), width),
    )


def _rows(sheet: python_calamine.CalamineSheet, ticket: Ticket, title: str) -> list[tuple[str, ...]]:
    """Every row from the first, as texts; equal texts are kept once, blank rows at the end not at all.

    The reader gives blank rows above the first cell, but no blank columns left of it.
    """
    rows: list[tuple[str, ...]] = []
    left = [""] * sheet.start[1] if sheet.start is not None else []
    texts_of: defaultdict[type, dict[object, str]] = defaultdict(_Texts)  # by type, since 1 and 是 are equal keys
    nothing = [""] * sheet.width
    blank = tuple(left + nothing)
    filled = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number % ROWS_A_STEP == 0:
            ticket.step(number, sheet.total_height, f"读取《{title}》")
        if row == nothing:
            rows.append(blank)
        else:
            filled = number
            rows.append(tuple(left + [texts_of[value.__class__][value] for value in row]))
    del rows[filled:]
    return rows


class _Texts(dict[object, str]):
    """Values met in a sheet with their texts."""

    def __missing__(self, value: object) -> str:
        text = self[value] = cell_text(value)
        return text


def _note(rows: list[tuple[str, ...]], notes: Notes) -> None:
    """Put in what the reader left out or shows otherwise: error values, formulas without a result, months, strays."""
    for (row, column), text in notes.items():
        rows += [()] * (row + 1 - len(rows))
        texts = list(rows[row]) + [""] * (column + 1 - len(rows[row]))
        if text != UNSAVED or not texts[column]:
            texts[column] = text
            rows[row] = tuple(texts)
