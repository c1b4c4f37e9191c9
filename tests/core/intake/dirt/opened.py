"""Grids as an OpenDocument spreadsheet and as the sparse workbooks small programs write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from tests.core.intake.dirt.books import text_of, zipped
from tests.core.intake.dirt.page import Cell, Fault, Formula, Grid, Serial

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def ods(grids: Sequence[Grid]) -> bytes:
    """An OpenDocument spreadsheet with the long blank tail such programs write."""
    spaces = "".join(f' xmlns:{each}="{OFFICE}:{each}:1.0"' for each in ("office", "table", "text", "style"))
    parts = [f'<?xml version="1.0"?><office:document-content{spaces} office:version="1.2"><office:automatic-styles>']
    parts.append('<style:style style:name="h"><style:table-properties table:display="false"/></style:style>')
    parts.append("</office:automatic-styles><office:body><office:spreadsheet>")
    for grid in grids:
        hidden = ' table:style-name="h"' if grid.hidden else ""
        parts.append(f'<table:table table:name="{escape(grid.name)}"{hidden}>')
        for column in range(1, 1 + max(map(len, grid.rows))):
            unseen = ' table:visibility="collapse"' if column in grid.hidden_columns else ""
            parts.append(f"<table:table-column{unseen}/>")
        for number, row in enumerate(grid.rows):
            unseen = ' table:visibility="filter"' if number + 1 in grid.hidden_rows else ""
            cells = "".join(_ods_cell(grid, (number, column), cell) for column, cell in enumerate(row))
            tail = '<table:table-cell table:number-columns-repeated="16000"/>'
            parts.append(f"<table:table-row{unseen}>{cells}{tail}</table:table-row>")
        parts.append('<table:table-row table:number-rows-repeated="1048000">')
        parts.append('<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>')
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": "".join(parts)})


def _ods_cell(grid: Grid, place: tuple[int, int], cell: Cell) -> str:
    spans = ""
    for up, left, down, right in grid.merged:
        if (up, left) == place:
            spans = f' table:number-rows-spanned="{down - up + 1}" table:number-columns-spanned="{right - left + 1}"'
        elif up <= place[0] <= down and left <= place[1] <= right:
            return "<table:covered-table-cell/>"
    kind = 'office:value-type="string"'
    match cell:
        case None | "":
            return f"<table:table-cell{spans}/>"
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
        case int() | float():
            kind = f'office:value-type="float" office:value="{cell}"'
        case Serial():
            kind = f'office:value-type="float" office:value="{cell.number}"'
        case date():
            kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        case Fault():
            kind = 'table:formula="of:=NA()" office:value-type="string" office:string-value=""'
        case Formula():
            result = "" if cell.result is None else f' office:value-type="float" office:value="{cell.result}"'
            kind = f'table:formula="of:={escape(cell.text)}"{result}'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in text_of(cell).split("\n"))
    return f"<table:table-cell{spans} {kind}>{text}</table:table-cell>"


def sparse(grid: Grid, *, prefix: str = "", references: bool = True, inline: bool = True) -> bytes:
    """A workbook with the least it can have: a wrong dimension, inline or plain texts, tags with a prefix or none."""
    tag = f"{prefix}:" if prefix else ""
    rows = []
    for number, row in enumerate(grid.rows, 1):
        cells = [_sparse_cell(tag, number, column, cell, (references, inline)) for column, cell in enumerate(row)]
        where = f' r="{number}"' if references else ""
        rows.append(f"<{tag}row{where}>{''.join(cells)}</{tag}row>")
    space = f'xmlns:{prefix}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    body = f'<{tag}dimension ref="A1"/><{tag}sheetData>{"".join(rows)}</{tag}sheetData>'
    links = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    link = '<Relationship Id="{}" Type="' + RELATIONS + '/{}" Target="{}"/>'
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{CONTENT}.{kind}+xml"/>'
        for name, kind in (("xl/workbook.xml", "sheet.main"), ("xl/worksheets/sheet1.xml", "worksheet"))
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{default}{types}</Types>',
            "_rels/.rels": links.format(link.format("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": links.format(link.format("rId1", "worksheet", "worksheets/sheet1.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            f'<sheet name="{escape(grid.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><{tag}worksheet {space}>{body}</{tag}worksheet>',
        }
    )


def _sparse_cell(tag: str, row: int, column: int, cell: Cell, ways: tuple[bool, bool]) -> str:
    references, inline = ways
    where = f' r="{chr(65 + column)}{row}"' if references else ""
    if cell in (None, ""):
        return f"<{tag}c{where}/>"
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"<{tag}c{where}><{tag}v>{cell}</{tag}v></{tag}c>"
    text = escape(text_of(cell))
    if inline:
        return f'<{tag}c{where} t="inlineStr"><{tag}is><{tag}t>{text}</{tag}t></{tag}is></{tag}c>'
    return f'<{tag}c{where} t="str"><{tag}v>{text}</{tag}v></{tag}c>'
