"""What Word and WPS do to a template, and what tables hold: each trap with its own small document."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from app.core.documents.dictionary import BLANK
from app.core.documents.fill import Template
from app.core.documents.mend import mend
from tests.core.documents.papers import docx, p, parts, text

RUN = '<w:r w:rsidR="00A1"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
BETWEEN = (
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>',
    "<w:r><w:lastRenderedPageBreak/></w:r>",
    "",
)
PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
ROWS = 200


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("pieces", [("{", "{ 姓名 }", "}"), ("{{", " 姓名 ", "}}"), ("{{ 姓", "名 }}")])
def test_a_field_an_editor_split_into_runs_is_filled(pieces: tuple[str, ...], between: str) -> None:
    body = f"<w:p>{between.join(RUN.format(each) for each in pieces)}</w:p>"
    raw, _ = mend(docx(body), "模板.docx")
    assert text(Template("模板.docx", raw).fill({"姓名": "测试甲"})) == "测试甲"


def test_page_numbers_beside_a_field_in_a_header_stay() -> None:
    made = Template("t", docx(p("甲"), header=f"<w:p>{RUN.format('{{ 院名 }}第')}{PAGE}</w:p>")).fill({"院名": "某院"})
    header = parts(made)["word/header1.xml"].decode()
    assert " PAGE " in header
    assert text(made, "word/header1.xml") == "某院第1"


def test_pictures_of_a_template_are_copied_byte_by_byte() -> None:
    out = io.BytesIO(docx(p("{{ 姓名 }}")))
    picture = bytes(range(256)) * 40
    with zipfile.ZipFile(out, "a") as box:
        box.writestr("word/media/image1.png", picture)
    assert parts(Template("t", out.getvalue()).fill({"姓名": "甲"}))["word/media/image1.png"] == picture


def test_a_table_of_two_hundred_rows_has_them_all_and_in_time() -> None:
    cells = "".join(f"<w:tc><w:tcPr/>{p(each)}</w:tc>" for each in ("{{ 人.序号 }}", "{{ 人.姓名 }}", "{{ 人.情况 }}"))
    mark = "<w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr>"
    rows = mark.format(p("{%tr for 人 in 涉及人员 %}")) + f"<w:tr>{cells}</w:tr>" + mark.format(p("{%tr endfor %}"))
    template = Template("t", docx(f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>", p("{{ 院名 }}")))
    people = [{"序号": str(n), "姓名": f"测试{n}", "情况": "0元"} for n in range(ROWS)]
    began = time.perf_counter()
    made = template.fill({"涉及人员": people})
    assert time.perf_counter() - began < 2
    assert parts(made)["word/document.xml"].count(b"<w:tr>") == ROWS
    assert all(each in text(made).split("\n") for each in ("0", "测试199", "0元"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("𠮷田𡈽", "𠮷田𡈽"),
        (0, "0"),
        ("0元", "0元"),
        ("无", "无"),
        ("", BLANK),
        (None, BLANK),
    ],
)
def test_values_that_are_easily_lost(value: object, shown: str) -> None:
    assert text(Template("t", docx(p("{{ 姓名 }}"))).fill({"姓名": value})) == shown
