"""Damage done to files: bytes changed, and the inside of archives and XML changed with sense."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

from app.core.intake.declared import tables
from app.core.intake.headers import find_header
from app.core.intake.mapping import known_words, match, recognise, why_unrecognised
from app.core.intake.parts import parts
from app.core.intake.reading import read_table
from app.core.intake.sheet import MOST_COLUMNS, Sheet

SHORT = 500  # rows of a sheet that is read to the end
BYTES = (
    b"\xff\xff\xff\x7f",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"9999999",
    b'"',
    b"<",
    b"&e;",
    b"\xfe\xff",
    b"]]>",
    b"PK\3\4",
)
WORDS = (
    "",
    "9" * 25,
    *[
        "-1",
        "0",
        "1",
        "2",
        "1048576",
        "1048577",
        "4294967295",
        "1e308",
        "-1e308",
        "NaN",
        "XFD1048576",
        "A1:XFD1048576",
        "ZZZZZZ1",
        "A0",
        "A1:A1048576",
        "B2:A1",
        "é",
        "true",
        "e",
        "s",
        "inlineStr",
        "str",
        "../../x",
        "&amp;",
        "2022-13-45",
        "PT9H",
        "合并",
    ],
)
PIECES = (
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="A1" t="s"><v>999999</v></c>',
    '<row r="1048576" hidden="1"/>',
    '<row r="0"><c><v>1</v></c></row>',
    '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    '<cols><col min="1" max="16384" hidden="1"/></cols>',
    "<c><f>A1</f></c>",
    "<a>" * 300,
    "<!-- -->",
    "<![CDATA[<c r='A1'>]]>",
    "\x01",
    '<v xml:space="preserve"> </v>',
    '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>',
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell><text:p>x</text:p>'
    "</table:table-cell></table:table-row>",
    '<td rowspan="1000" colspan="1000">x</td>',
    '<Cell ss:Index="16000" ss:MergeDown="999999"><Data>x</Data></Cell>',
    '<Row ss:Index="1048576"/>',
)
_VALUE = re.compile(r'="[^"<]*"')
_ELEMENT = re.compile(r"<[^<>]*>[^<]*")


def mutated(data: bytes, random: Random) -> bytes:
    """Some bytes changed, cut, repeated, or put in place of others."""
    changed = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 5, 20])):
        at = random.randrange(len(changed) + 1)
        match random.randrange(6):
            case 0 | 1:
                changed[at : at + 1] = bytes([random.randrange(256)])
            case 2:
                del changed[at : at + random.choice([1, 4, 64, 512])]
            case 3:
                start = random.randrange(len(changed) + 1)
                changed[at:at] = changed[start : start + random.choice([1, 16, 200])]
            case 4:
                put = random.choice(BYTES)
                changed[at : at + len(put)] = put
            case 5:
                changed[at:at] = random.choice(BYTES)
    return bytes(changed)


def mutated_markup(data: bytes, random: Random) -> bytes:
    """Attributes given other values, elements taken out, repeated, moved, or strange ones put in."""
    text = data.decode("utf-8", "replace")
    for _ in range(random.choice([1, 1, 2, 4])):
        spots = [each.span() for each in (_VALUE if random.random() < 0.5 else _ELEMENT).finditer(text)]
        if not spots:
            return mutated(text.encode(), random)
        start, end = random.choice(spots)
        match random.randrange(6) if text[start] == "<" else 6:
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:end] * random.choice([1, 3, 50]) + text[end:]
            case 2 | 3:
                text = text[:end] + random.choice(PIECES) + text[end:]
            case 4:
                other = random.choice(spots)
                text = text[:end] + text[other[0] : other[1]] + text[end:]
            case 5:
                text = text[:start] + "<" + random.choice(WORDS) + text[start + 1 :]
            case 6:
                text = f'{text[:start]}="{random.choice(WORDS)}"{text[end:]}'
    return text.encode("utf-8", "replace")


def mutated_inside(data: bytes, random: Random) -> bytes:
    """A sound archive with one part of it changed, missing or there twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        names = [each for each in source.namelist() if not each.startswith("docProps/")]
        sheets = [each for each in names if "sheet" in each or "content" in each]
        chosen = random.choice(sheets if sheets and random.random() < 0.6 else names)
        for name in names:
            part = source.read(name)
            if name == chosen and (way := random.randrange(20)) != 0:
                part = mutated_markup(part, random) if way < 15 else mutated(part, random)
            elif name == chosen:
                continue
            target.writestr(name, part)
    return stream.getvalue()


def take_in(sheet: Sheet) -> None:
    """Read a sheet to its end whatever it is; every row must be a record, a reject, put aside or blank."""
    for part in parts(sheet, known_words()):
        _take_in(part)


def _take_in(sheet: Sheet) -> None:
    assert all(0 < each <= len(sheet.rows) for each in sheet.hidden_rows)
    assert all(0 < each <= MOST_COLUMNS for each in sheet.hidden_columns)
    header = find_header(sheet, known_words())
    if header is None or len(sheet.rows) > SHORT:
        return
    found = recognise(header, (), sheet)
    if found is None:
        assert why_unrecognised(header, sheet)
        found = match(header, tables()["R1"], sheet)
    read = read_table(sheet, header, found)
    assert read.rows == len(read.records) + len(read.rejects)
    blank = sum(1 for row in sheet.rows[header.last :] if not any(text.strip() for text in row))
    assert read.rows + len(read.aside) + blank == len(sheet.rows) - header.last
    assert all(each.reason for each in read.rejects)
