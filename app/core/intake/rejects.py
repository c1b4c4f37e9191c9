"""Refused rows written back out: the sender's own columns, the reason in a last one, to be mended and sent again."""

from __future__ import annotations

import io
from collections.abc import Sequence

from app.core.intake.marks import shown
from app.core.records import Reject
from app.core.workbook import new_book

REASON = "退回原因"
WIDTH = 16
LONGEST_TEXT = 32_767  # of a cell


def rejects_workbook(labels: Sequence[str], rejects: Sequence[Reject], sheet_name: str) -> bytes:
    """A workbook of the refused rows, the cell at fault coloured; all is text, so that nothing changes again.

    Columns beyond the labels keep their texts below a blank label.
    """
    width = max((len(labels), *(len(each.texts) for each in rejects)))
    labels = (*labels, *[""] * (width - len(labels)))
    stream = io.BytesIO()
    with new_book(stream) as book:
        sheet = book.add_worksheet(_title(sheet_name))
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "num_format": "@"})
        fault = book.add_format({"num_format": "@", "bg_color": "#FFE08A"})
        for column, label in enumerate((*labels, REASON)):
            sheet.write_string(0, column, label, head)
        sheet.set_column(0, width, WIDTH)
        sheet.freeze_panes(1, 0)
        for number, reject in enumerate(rejects, 1):
            for column in range(width):
                value = shown(reject.texts[column]) if column < len(reject.texts) else ""
                at_fault = bool(reject.column) and labels[column] == reject.column
                sheet.write_string(number, column, value[:LONGEST_TEXT], fault if at_fault else text)
            place = f"{reject.file}《{reject.sheet}》第{reject.row}行"
            sheet.write_string(number, width, f"{reject.reason}（{place}）"[:LONGEST_TEXT], text)
    return stream.getvalue()


def _title(name: str) -> str:
    cleaned = "".join("_" if char in "[]:*?/\\'" else char for char in name)[:31].strip()
    return cleaned or "退回"
