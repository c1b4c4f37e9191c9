"""Damaged files and nonsense in cells give records, rejects or a UserError, and every row is one of the two."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UserError
from app.core.intake.declared import tables
from app.core.intake.headers import find_header
from app.core.intake.mapping import known_words, match, recognise, why_unrecognised
from app.core.intake.marks import CARRIED, CUT, ERROR, LOSSY, UNSAVED
from app.core.intake.reading import read_table
from app.core.intake.sheet import Sheet
from app.core.intake.sheets import read_sheets

MUTATIONS = 150
ROWS = [
    ("序号", "罪犯编号", "姓名", "刑期起日", "提请减刑幅度"),
    (1, 9000000001, "样一", "2020-04-11", "六个月"),
    (2, 412028199001011234, "样,二", "2021.5.6", "1.6"),
]
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.merge_range(4, 0, 5, 0, "合并")
        sheet.write_formula(4, 1, "=NA()", None, "#N/A")
    return stream.getvalue()


def originals() -> dict[str, bytes]:
    lines = "\r\n".join(",".join(f'"{each}"' for each in row) for row in ROWS)
    cells = "".join(f"<tr>{''.join(f'<td colspan=1>{each}</td>' for each in row)}</tr>" for row in ROWS)
    old = f"<Workbook xmlns='{SPACE}' xmlns:ss='{SPACE}'><Worksheet ss:Name='a'><Table>"
    old += "<Row ss:Index='2'><Cell ss:MergeDown='1'><Data ss:Type='String'>姓名</Data></Cell></Row>"
    return {
        "xlsx": xlsx(),
        "xls": (Path(__file__).with_name("data") / "old.xls").read_bytes(),
        "csv": lines.encode("gb18030"),
        "page": f"<html><table>{cells}</table></html>".encode(),
        "xml": f"<?xml version='1.0'?>{old}</Table></Worksheet></Workbook>".encode(),
    }


def mutated(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice([1, 2, 5, 20])):
        at = random.randrange(len(changed) + 1)
        match random.randrange(5):
            case 0 | 1:
                changed[at : at + 1] = bytes([random.randrange(256)])
            case 2:
                del changed[at : at + random.choice([1, 4, 64])]
            case 3:
                start = random.randrange(len(changed) + 1)
                changed[at:at] = changed[start : start + random.choice([1, 16, 200])]
            case 4:
                changed[at : at + 4] = random.choice([b"\xff\xff\xff\x7f", b"\0\0\0\0", b"9999999", b'"', b"<", b"&e;"])
    return bytes(changed)


def mutated_inside(data: bytes, random: Random) -> bytes:
    """A sound archive with one part of it mutated."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        chosen = random.choice(source.namelist())
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, mutated(part, random) if name == chosen else part)
    return stream.getvalue()


def take_in(sheet: Sheet) -> None:
    header = find_header(sheet, known_words())
    if header is None:
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


@pytest.mark.parametrize("kind", ["xlsx", "inside", "xls", "csv", "page", "xml"])
def test_damaged_files(tmp_path: Path, kind: str) -> None:
    random = Random(kind)
    data = originals()["xlsx" if kind == "inside" else kind]
    path = tmp_path / "名册.xls"
    refusals = []
    for _ in range(MUTATIONS):
        path.write_bytes(mutated_inside(data, random) if kind == "inside" else mutated(data, random))
        try:
            sheets = read_sheets(path)
        except UserError as said:
            refusals.append(said)
            continue
        for sheet in sheets:
            take_in(sheet)
    assert len(refusals) < MUTATIONS
    assert all(said.what and said.do.startswith("请") for said in refusals)


LABELS = st.sampled_from([field.name for table in tables().values() for field in table.fields])
DIRT = (
    "| |/|无|不详|合计|姓名|备注：x|1|01|2|是|样一|2022.6.31|1900/1/0|六个月|1.6|减为有期徒刑二十二年|"
    "三年（缓刑四年）|2万元|"
    "4.13E+17|没收财产|2022.8.21-2025.8.20|李某某(女)"
)
TEXTS = st.sampled_from(DIRT.split("|")) | st.text(max_size=12)
MARKED = st.builds(lambda mark, text: mark + text, st.sampled_from(["", LOSSY, ERROR, UNSAVED, CARRIED, CUT]), TEXTS)
MERGES = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 3), st.integers(0, 3)).map(
    lambda each: (each[0], each[1], each[0] + each[2], each[1] + each[3])
)


@given(
    st.lists(TEXTS, max_size=4),
    st.lists(LABELS, min_size=1, max_size=8),
    st.lists(st.lists(MARKED, max_size=9), max_size=8),
    st.lists(MERGES, max_size=3),
)
def test_nonsense_in_cells(
    title: list[str], labels: list[str], rows: list[list[str]], merged: list[tuple[int, int, int, int]]
) -> None:
    take_in(Sheet("a.xlsx", "S", [tuple(title), ("姓名", *labels), *map(tuple, rows)], merged=merged))
