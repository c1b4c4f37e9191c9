"""Text files that hold a table, in the encodings and with the delimiters offices use."""

from __future__ import annotations

import csv
import io
import re

from app.core.errors import FileUnreadable
from app.core.intake.marks import GARBLED

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = ",\t;|"
SAMPLE_LINES = 20
END_OF_FILE = b"\x1a"  # old programs end a text file with it
LONGEST_CELL = 1 << 20
MOST_CELLS = 20_000_000
FEW_FAULTS, FAULTY = 3, 0.01  # characters that cannot be read, or their part of all, before it is no text at all
HEAD = 4096
FEW_ZEROS = 4  # 一 and some others have a zero byte where most characters have none
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # ="0012" keeps a number from being changed by a spreadsheet program
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode_text(data: bytes, name: str) -> str:
    """Text by its byte-order mark, else UTF-8, else GB18030, whichever reads it with the fewest faults.

    A few faulty bytes become GARBLED; FileUnreadable when there are too many for a text.
    """
    data = data.rstrip(END_OF_FILE)
    best, fewest = "", len(data)
    for encoding in _encodings(data):
        text = _NO_TEXT.sub(GARBLED, data.decode(encoding, "replace"))
        faults = text.count(GARBLED)
        if not best or faults < fewest:
            best, fewest = text, faults
        if not faults:
            break
    if fewest > max(FEW_FAULTS, FAULTY * len(best)):
        raise FileUnreadable(f"文件不是文本也不是表格：{name}", do="请用 WPS 或 Excel 打开后另存为 xlsx，再导入")
    return best


def _encodings(data: bytes) -> list[str]:
    """The encodings to try, in order; one whose every other byte is zero here and there is UTF-16 without its mark."""
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if marked is not None:
        return [marked]
    zeros = [data[start:HEAD:2].count(0) for start in (0, 1)]
    if max(zeros) > max(1, FEW_ZEROS * min(zeros)):
        return ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
    return ["utf-8", "gb18030"]


def read_delimited(data: bytes, name: str) -> list[tuple[str, ...]]:
    """Rows of a csv or txt file; the delimiter is the one that splits its first lines most evenly.

    A quotation mark that is never closed would swallow the rest of the file, so it is said, with its line.
    """
    text = decode_text(data, name)
    too_large = FileUnreadable(f"文本表格太大：{name}", do="请分成几个文件再导入")
    csv.field_size_limit(LONGEST_CELL)
    mark = _delimiter(text)
    if text.count(mark) > MOST_CELLS:
        raise too_large
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[str, ...]] = []
    cells, start = 0, 1
    try:
        for row in reader:
            rows.append(tuple(_FORMULA.sub(r"\1", text) if text[:1] == "=" else text for text in row))
            cells += len(row)
            start = reader.line_num + 1
            if cells > MOST_CELLS:
                raise too_large
    except csv.Error as fault:
        if "field larger" in str(fault):
            raise FileUnreadable(
                f"文本表格有一格太长：{name} 第{start}行", do="请核对这一行，或者分成几行再导入"
            ) from None
        raise FileUnreadable(
            f"文本表格的引号没有成对：{name} 第{start}行", do="请改正引号，或者用 WPS 或 Excel 另存为 xlsx，再导入"
        ) from None
    return rows


def _delimiter(text: str) -> str:
    """The mark that stands in most of the first lines, and most often."""
    lines = [line for line in text[: 1 << 18].splitlines() if line.strip()][:SAMPLE_LINES]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: (counts[mark][len(lines) // 2] if lines else 0, sum(counts[mark])))
