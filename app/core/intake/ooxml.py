"""Inside a zipped workbook, before and beside its reader: is it one, is it safe, what does the reader pass over."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from app.core.errors import FileUnreadable
from app.core.intake.marks import ERROR, UNSAVED

LARGEST_PART = 600 << 20
LARGEST_UNPACKED = 1 << 30
LARGEST_RATIO = 300
SMALL_ENOUGH = 50 << 20
MOST_CELLS = 40_000_000  # a stray cell far away makes the reader lay out the whole rectangle
ONE_LETTER = 26  # columns
CHUNK = 4 << 20
MOST_OF_A_CELL = 40_000  # a cell's text has at most 32 767 characters
# What the zip reader raises for a damaged or strange archive (RuntimeError: an encrypted part).
DAMAGED = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError, zlib.error)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Only references that reach far are looked at: two letters or seven digits; a table's own rarely are.
# Each begins with plain letters, which the search finds at once.
_FAR_COLUMN = re.compile(rb"r=[\"']([A-Za-z]{2,})\d")
_FAR_ROW = re.compile(rb"r=[\"'][A-Za-z]*(\d{7,})")
_ROW = re.compile(rb"row [^>]*?\br=[\"'](\d{1,7})[\"']")
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<',
    re.S,
)
_UNSAVED = re.compile(
    # A formula that gives an empty text (t="str") has its result.
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def check_zip(data: bytes, name: str) -> None:
    """Refuse what is no workbook before it is unpacked: damaged archives, Word files, archives that blow up."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except DAMAGED:
        raise FileUnreadable(f"文件已损坏或者没有复制完整：{name}", do="请重新复制，或者让报送单位重新导出") from None
    unpacked = sum(each.file_size for each in entries)
    packed = max(sum(each.compress_size for each in entries), 1)
    blown = unpacked > SMALL_ENOUGH and unpacked / packed > LARGEST_RATIO
    if blown or unpacked > LARGEST_UNPACKED or any(each.file_size > LARGEST_PART for each in entries):
        raise FileUnreadable(f"文件展开后过大，可能有问题：{name}", do="请让报送单位分成几个文件重新导出")
    names = [each.filename.replace("\\", "/").lower() for each in entries]
    for folder, kind in (("word/", "Word 文档"), ("ppt/", "演示文稿")):
        if any(each.startswith(folder) for each in names):
            raise FileUnreadable(f"这是 {kind}，不是表格：{name}", do="请报送电子表格")
    if any(each.flag_bits & 1 for each in entries):
        raise FileUnreadable(f"压缩文件有密码：{name}", do="请解压后导入其中的表格文件")
    if not any(each.startswith("xl/") for each in names) and "content.xml" not in names:
        raise FileUnreadable(f"这个压缩文件里没有表格：{name}", do="请先解压，再导入其中的表格文件")


def notes_of(data: bytes, name: str) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Error values and unsaved formulas of an .xlsx by sheet name and place (row, column from 0), as marked texts.

    FileUnreadable when a stray cell makes a sheet too large to be laid out.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each.filename for each in archive.infolist()}
        titles = {part: title for title, part in _sheet_parts(archive) if part in parts}
        others = {part: part for part in parts if part.startswith("xl/worksheets/") and part.endswith(".xml")}
        return {title: dict(_notes(archive, part, name)) for part, title in {**others, **titles}.items()}


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Sheet names with the archive part each stands in; empty when the workbook's own list cannot be read."""
    try:
        book = _xml(archive.read("xl/workbook.xml"))
        links = _xml(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, etree.LxmlError, *DAMAGED):
        return []
    targets = {each.get("Id"): str(each.get("Target") or "") for each in links.iter("{*}Relationship")}
    found = []
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found.append((str(sheet.get("name") or ""), part))
    return found


def _xml(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _notes(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[tuple[tuple[int, int], str]]:
    last_row, last_column = 0, ONE_LETTER - 1
    for chunk in _chunks(archive, part):
        rows = (int(each) for each in (*_ROW.findall(chunk), *_FAR_ROW.findall(chunk)))
        last_row = max((last_row, *rows))
        last_column = max((last_column, *(_column(each) for each in set(_FAR_COLUMN.findall(chunk)))))
        if (last_column + 1) * last_row > MOST_CELLS:
            raise FileUnreadable(
                f"表格以外很远的地方还有内容，无法读取：{name}", do="请删除表格以外的行和列，另存后再导入"
            )
        if b't="e"' in chunk:
            for column, row, text in _ERROR.findall(chunk):
                yield (int(row) - 1, _column(column)), ERROR + text.decode("utf-8", "replace")
        if b"f>" in chunk or b"<f " in chunk:
            for column, row in _UNSAVED.findall(chunk):
                yield (int(row) - 1, _column(column)), UNSAVED


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that overlap by whole cells; a damaged part ends early, its reader will say so."""
    rest = b""
    try:
        with archive.open(part) as stream:
            while piece := stream.read(CHUNK):
                chunk = rest + piece
                cut = max(chunk.rfind(b"</c>"), chunk.rfind(b"<row"), 0)
                rest = chunk[cut:][-MOST_OF_A_CELL:]
                yield chunk
    except DAMAGED:
        return


def _column(letters: bytes) -> int:
    """A column's index from 0: A → 0, AA → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
