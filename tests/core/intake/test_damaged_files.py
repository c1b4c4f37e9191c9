"""Damaged and hostile files give sheets or one clear sentence: never a traceback, never a hang."""

from __future__ import annotations

import faulthandler
import io
import os
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from app.core.documents.package import read_template
from app.core.errors import FileUnreadable, UserError
from app.core.intake.sheets import read_sheets
from tests.core.intake.damage import mutated, mutated_inside, mutated_markup, take_in
from tests.core.intake.dirt import books, opened, xls
from tests.core.intake.dirt.page import Fault, Formula, Grid, Page
from tests.core.intake.dirt.truth import R2

BLOCKS, MUTATIONS = 20, 50  # of each kind
SLOWEST = 5.0  # seconds of processor time
STUCK = 900  # seconds
Damage = Callable[[bytes, Random], bytes]


@pytest.fixture(autouse=True)
def ends() -> Iterator[None]:
    """A test that hangs ends its process."""
    faulthandler.dump_traceback_later(STUCK, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def grid() -> Grid:
    page = Page(R2).put("表一").header().records(*R2.rows[:2])
    page.grid.rows.append([Fault("#N/A"), Formula("A1", 2), True, 1.5, "合并"])
    page.grid.merged.append((4, 4, 4, 5))
    return page.hide(rows=[3], columns=[2]).grid


@cache
def original(kind: str) -> bytes:
    match kind.split(maxsplit=1)[0]:
        case "xlsx":
            return books.xlsx([grid()])
        case "sparse":
            return opened.sparse(grid(), references=False, inline=False)
        case "ods":
            return opened.ods([grid()])
        case "xls":
            return xls.xls([grid()])
        case "stream":
            return xls.workbook([grid()])
        case "csv":
            return books.lines(grid(), "gb18030")
        case "page":
            return books.page([grid()], "utf-8")
    return books.xml_2003([grid()])


DAMAGE: dict[str, Damage] = {
    "xlsx": mutated,
    "xlsx inside": mutated_inside,
    "sparse inside": mutated_inside,
    "ods": mutated,
    "ods inside": mutated_inside,
    "xls": mutated,
    "stream": lambda data, random: xls.container("Workbook", mutated(data, random)),
    "csv": mutated,
    "page": mutated_markup,
    "xml": mutated_markup,
}


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.parametrize("kind", DAMAGE)
def test_damage(tmp_path: Path, kind: str, block: int) -> None:
    path = tmp_path / "名册.xls"
    for number in range(MUTATIONS):
        random = Random(f"{kind} {block} {number}")
        path.write_bytes(DAMAGE[kind](original(kind), random))
        begin = time.process_time()
        read_or_refuse(path)
        assert time.process_time() - begin < SLOWEST, (kind, block, number)


@pytest.mark.parametrize("kind", DAMAGE)
def test_the_originals_are_sound(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "名册.xls"
    path.write_bytes(original(kind) if kind != "stream" else xls.container("Workbook", original(kind)))
    [sheet] = read_sheets(path)
    assert sheet.rows[2][:2] == ("9000000001", "钱样二")
    take_in(sheet)


def read_or_refuse(path: Path) -> bool:
    """Whether the file was refused; what can be read is read to the end."""
    try:
        sheets = read_sheets(path)
    except UserError as fault:
        said = fault
    else:
        for sheet in sheets:
            take_in(sheet)
        return False
    assert said.what
    assert said.do.startswith("请")
    return True


def packed(parts: dict[str, bytes], *, level: int = 9) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return stream.getvalue()


def with_sheet(*swaps: tuple[str, str]) -> bytes:
    return books.changed(opened.sparse(grid()), "xl/worksheets/sheet1.xml", *swaps)


def nested() -> bytes:
    data = b"\0" * (1 << 20)
    for _ in range(6):
        data = packed({f"{number}.zip": data for number in range(10)})
    return data


def lying(data: bytes, size: int) -> bytes:
    """An archive whose list says its parts are small."""
    at, changed = 0, bytearray(data)
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", changed, at + 24, size)
        at += 4
    return bytes(changed)


def cyclic() -> bytes:
    """A container whose every chain of sectors runs in circles."""
    data = bytearray(original("xls"))
    for at in range(512, 1024, 4):
        struct.pack_into("<I", data, at, (at // 4) % 12)
    return bytes(data)


def opened_bomb() -> bytes:
    data = zipfile.ZipFile(io.BytesIO(opened.ods([grid()]))).read("content.xml").decode()
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000">'
    )
    row += "<text:p>x</text:p></table:table-cell></table:table-row>"
    return data.replace("<table:table-row>", f"{row * 3}<table:table-row>", 1).encode()


def laughs(text: str, end: str) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE a [{entities}]>{text}&e9;{end}'.encode()


SS = f'xmlns="{books.SPACE}" xmlns:ss="{books.SPACE}"'
MANY = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(1, 250_000, 1))
BOMB = b"<row><c><v>1</v></c></row>" * (3 << 20)
READ = {"实体，新格式", "整张表的范围", "整张表合并", "整列隐藏", "很深的网页"}
HOSTILE: dict[str, Callable[[], bytes]] = {
    "一比一千": lambda: packed({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(60 << 20)}),
    "说小了的炸弹": lambda: lying(packed({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": BOMB}), 1000),
    "很多部件": lambda: packed({"xl/workbook.xml": b"<a/>", **{f"xl/{n}.xml": b"" for n in range(10_000)}}, level=1),
    "层层压缩": nested,
    "开放格式的炸弹": lambda: packed({"content.xml": b"<a>" + b" " * (60 << 20)}),
    "实体，旧XML": lambda: laughs(
        f"<Workbook {SS}><Worksheet><Table><Row><Cell><Data>", "</Data></Cell></Row></Table></Worksheet></Workbook>"
    ),
    "实体，新格式": lambda: books.changed(
        opened.sparse(grid()), "xl/worksheets/sheet1.xml", ('<?xml version="1.0"?>', laughs("", "").decode()[:-4])
    ),
    "实体，开放格式": lambda: packed({"content.xml": laughs("<a>", "</a>")}),
    "整张表的范围": lambda: with_sheet(('ref="A1"', 'ref="A1:XFD1048576"')),
    "整张表合并": lambda: with_sheet(
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "合并太多": lambda: with_sheet(("</sheetData>", f"</sheetData><mergeCells>{MANY}</mergeCells>")),
    "格子散在各处": lambda: with_sheet(
        (
            "</sheetData>",
            "".join(
                f'<row r="{n}"><c r="{"ABCDEFGHIJKLM"[n % 13]}ZZ{n}"><v>1</v></c></row>' for n in range(9, 1048576, 97)
            )
            + "</sheetData>",
        )
    ),
    "整列隐藏": lambda: with_sheet(
        ("<sheetData>", '<cols><col min="1" max="999999999" hidden="1"/></cols><sheetData>')
    ),
    "环形扇区": cyclic,
    "没有尽头的重复": lambda: packed({"content.xml": opened_bomb()}),
    "网页大跨度": ("<table>" + "<tr><td rowspan=1000 colspan=1000>x</td></tr>" * 2000 + "</table>").encode,
    "旧XML大跨度": (
        f"<Workbook {SS}><Worksheet><Table>"
        + "<Row><Cell ss:Index='16000'><Data>x</Data></Cell></Row>" * 20_000
        + "</Table></Worksheet></Workbook>"
    ).encode,
    "很深的网页": lambda: b"<table><tr><td>" * 50_000,
    "很深的XML": lambda: f"<Workbook {SS}>".encode() + b"<a>" * 100_000,
    "很长的一格": lambda: b"a," + b"x" * (5 << 20),
    "很多逗号": lambda: b"," * (25 << 20),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xls"
    path.write_bytes(HOSTILE[name]())
    begin = time.process_time()
    refused = read_or_refuse(path)
    assert refused == (name not in READ)
    assert time.process_time() - begin < SLOWEST


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are made on POSIX only")
def test_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "名册.xlsx")
    with pytest.raises(FileUnreadable, match="不是普通文件"):
        read_sheets(tmp_path / "名册.xlsx")
    with pytest.raises(FileUnreadable, match="不是普通文件"):
        read_template(tmp_path / "名册.xlsx")


def test_a_file_larger_than_any_list_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(b"x")
    os.truncate(path, 3 << 30)
    with pytest.raises(FileUnreadable, match="太大"):
        read_sheets(path)
