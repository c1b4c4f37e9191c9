"""Inside an .xlsx, before and beside its reader: what would stop it is mended, what it passes over is told."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from html import unescape

from lxml import etree

from app.core.errors import FileUnreadable
from app.core.intake.sheet_xml import Months, Place, Scan, Stray, TooFar, scan_sheet
from app.core.intake.zipped import Archive

HEAD = 4096
LEAST_OF_A_STRING = len("<si/>")
_COUNT = re.compile(rb"""(<(?:\w+:)?sst\b[^<>]*?)\s(?:uniqueCount)\s*=\s*["'](\d+)["']""")
_STRING = re.compile(rb"<(?:\w+:)?si\b")
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^<>]*>([^<]*)<")
_FORMATS = re.compile(rb"<(?:\w+:)?numFmt\b([^<>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b")
_STYLES_END = re.compile(rb"</(?:\w+:)?cellXfs\s*>")
_STYLE = re.compile(rb"<(?:\w+:)?xf\b([^<>]*)>")
_FORMAT_ID = re.compile(rb"""(\bnumFmtId\s*=\s*)["'](\d+)["']""")
_CODE = re.compile(rb"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|&quot;.*?&quot;')
_FROM_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""")
# Dates of Chinese programs that a file names by number only: 2022年6月3日, 6月3日, 上午8时 and the like.
CHINESE_DATES = frozenset(str(each) for each in (*range(27, 37), *range(50, 59)))
CHINESE_MONTHS = frozenset({"27", "36", "50", "52", "57"})  # of these, year and month only
A_DATE = b"14"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workbook as its reader takes it, and what that one passes over, by sheet name."""

    data: bytes
    notes: Mapping[str, Mapping[Place, str]] = field(default_factory=dict)
    hidden_rows: Mapping[str, list[int]] = field(default_factory=dict)
    hidden_columns: Mapping[str, list[int]] = field(default_factory=dict)


def prepare(archive: Archive) -> Prepared:
    """Look through a workbook's parts; FileUnreadable when a sheet is too large to be laid out."""
    mended: dict[str, bytes] = {}
    titles, others = _sheet_parts(archive)
    strings = _strings_part(archive, mended)
    months = _months(archive, mended)
    scans: dict[str, Scan] = {}
    for part in (*titles, *others):
        try:
            scan = scan_sheet(partial(archive.pieces, part), months)
        except TooFar as why:
            raise FileUnreadable(f"{why}，无法读取：{archive.name}", do="请删除表格以外的内容，另存后再导入") from None
        if scan.strays:
            mended[part] = _without(archive.read(part), scan.strays)
            scan.notes |= _stray_texts(scan.strays, archive.read(strings) if strings else b"")
        scans[titles.get(part, part)] = scan
    return Prepared(
        archive.replaced(mended) if mended else archive.data,
        {title: each.notes for title, each in scans.items()},
        {title: each.hidden_rows for title, each in scans.items()},
        {title: each.hidden_columns for title, each in scans.items()},
    )


def _sheet_parts(archive: Archive) -> tuple[dict[str, str], list[str]]:
    """Worksheet parts with their sheets' names, and parts beside them that no list names."""
    listed: dict[str, str] = {}
    for title, wanted in _listed(archive):
        part = archive.find(wanted)
        if part is not None:
            listed[part] = title
    worksheets = [each for each in archive.names() if "worksheets/" in each.lower() and each.lower().endswith(".xml")]
    return listed, [each for each in worksheets if each not in listed]


def _listed(archive: Archive) -> list[tuple[str, str]]:
    """Sheet names with the part each stands in; empty when the workbook's own list cannot be read."""
    book, links = _xml(archive, "xl/workbook.xml"), _xml(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return []
    targets = {each.get("Id"): str(each.get("Target") or "") for each in links.iter("{*}Relationship")}
    found = []
    for sheet in book.iter("{*}sheet"):
        link = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None)
        target = targets.get(str(link), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found.append((str(sheet.get("name") or ""), part))
    return found


def _xml(archive: Archive, name: str) -> etree._Element | None:
    part = archive.find(name)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(archive.read(part), parser) if part is not None else None
    except (etree.LxmlError, ValueError):
        return None


def _strings_part(archive: Archive, mended: dict[str, bytes]) -> str | None:
    """The part with the texts; a count of them that cannot be true is taken out, since room would be made for all."""
    part = next((each for each in archive.names() if each.lower().endswith("sharedstrings.xml")), None)
    if part is None:
        return None
    size, head = 0, b""
    for piece in archive.pieces(part):
        head = head or piece[:HEAD]
        size += len(piece)
    count = _COUNT.search(head)
    if count is not None and int(count[2]) > size // LEAST_OF_A_STRING:
        mended[part] = _COUNT.sub(rb"\1", archive.read(part), count=1)
    return part


def _months(archive: Archive, mended: dict[str, bytes]) -> Months:
    """The styles that show year and month only; dates the reader does not know by number are made known to it."""
    part = archive.find("xl/styles.xml")
    if part is None:
        return Months()
    styles = archive.read(part)
    named = {found[2]: _code(tag) for tag in _FORMATS.findall(styles) if (found := _FORMAT_ID.search(tag))}
    unknown = {each.encode() for each in CHINESE_DATES} - set(named)
    begin = _STYLES.search(styles)
    end = _STYLES_END.search(styles, begin.end()) if begin is not None else None
    if begin is None or end is None:
        return Months()
    section = styles[begin.start() : end.start()]
    numbers = [found[2] if (found := _FORMAT_ID.search(tag)) else b"0" for tag in _STYLE.findall(section)]
    if unknown & set(numbers):
        known = _FORMAT_ID.sub(lambda id_: id_[1] + b'"' + (A_DATE if id_[2] in unknown else id_[2]) + b'"', section)
        mended[part] = styles[: begin.start()] + known + styles[end.start() :]
    shown = {each.encode() for each in CHINESE_MONTHS} - set(named)
    shown |= {number for number, code in named.items() if shows_month_only(code)}
    book = archive.find("xl/workbook.xml")
    from_1904 = book is not None and _FROM_1904.search(archive.read(book)) is not None
    return Months(
        frozenset(str(index) for index, number in enumerate(numbers) if number in shown),
        date(1904, 1, 1) if from_1904 else date(1899, 12, 30),
    )


def _code(tag: bytes) -> str:
    found = _CODE.search(tag)
    return (found[1] or found[2] or b"").decode("utf-8", "replace") if found is not None else ""


def shows_month_only(code: str) -> bool:
    """Whether a number format shows a year and a month and nothing else of a moment."""
    bare = _LITERAL.sub("", code.partition(";")[0]).lower()
    return "y" in bare and "m" in bare and not set("dhs") & set(bare)


def _without(data: bytes, strays: list[Stray]) -> bytes:
    kept, at = [], 0
    for stray in strays:
        kept.append(data[at : stray.start])
        at = stray.end
    return b"".join((*kept, data[at:]))


def _stray_texts(strays: list[Stray], strings: bytes) -> dict[Place, str]:
    """What stood in the cells cut out, to be put back where it stood."""
    shared = [b"".join(_TEXT.findall(each)).decode("utf-8", "replace") for each in _STRING.split(strings)[1:]]
    texts = {}
    for each in strays:
        number = int(each.text) if each.shared and each.text.isdecimal() else len(shared)
        texts[each.place] = unescape(shared[number] if number < len(shared) else each.text)
    return texts
