"""Small .docx files made in a test, and the text of made documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="{{main}}"/>{{more}}</Types>"""
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def p(*runs: str) -> str:
    """A paragraph; each text a run of its own."""
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{each}</w:t></w:r>' for each in runs) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells with one paragraph each."""
    cells = ["".join(f"<w:tc><w:tcPr/>{p(each)}</w:tc>" for each in row) for row in rows]
    grid = '<w:gridCol w:w="1000"/>' * len(rows[0])
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>" + "".join(f"<w:tr>{each}</w:tr>" for each in cells) + "</w:tbl>"


def docx(*body: str, header: str = "", section: str = SECTION, main: str = MAIN) -> bytes:
    """A .docx with this body and, when given, a header."""
    part = f'<w:hdr xmlns:w="{W}">{header}</w:hdr>'
    more = f'<Override PartName="/word/header1.xml" ContentType="{HEADER}"/>' if header else ""
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/header" Target="header1.xml"/>' if header else ""
    files = {
        "[Content_Types].xml": TYPES.format(main=main, more=more),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{"".join(body)}{section}'
        "</w:body></w:document>",
    }
    if header:
        files["word/header1.xml"] = part
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, text in files.items():
            box.writestr(name, text)
    return out.getvalue()


def saved(folder: Path, data: bytes, name: str = "模板.docx") -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def parts(data: bytes) -> Mapping[str, bytes]:
    """Every file of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        assert box.testzip() is None
        return {name: box.read(name) for name in box.namelist()}


def root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    """The root of a part."""
    return etree.fromstring(parts(data)[part])


def text(data: bytes, part: str = "word/document.xml") -> str:
    """What can be read, a line a paragraph; line breaks and tabs inside as they are."""
    lines = []
    for paragraph in root(data, part).iter(f"{{{W}}}p"):
        pieces = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
        lines.append(
            "".join(pieces.get(str(each.tag), each.text or "") for each in paragraph.iter(f"{{{W}}}t", *pieces))
        )
    return "\n".join(lines)
