"""The readable preview: what the document says is there, numbered, aligned, on its pages; bad files give a sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.core import paths
from app.core.documents.preview import MOST_LETTERS, Shown, read_preview, show
from app.core.documents.preview_look import Looks, indents
from app.core.errors import UserError
from tests.core.documents.papers import W, docx, p, root, table, text
from tests.core.documents.papers import saved as save

TEMPLATES = sorted((Path(paths.RESOURCES).parent / "app" / "templates").rglob("*.docx"))
STYLED = '<w:p><w:pPr><w:jc w:val="{jc}"/>{more}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>'


def paragraph(text: str, *, jc: str = "left", more: str = "", look: str = "") -> str:
    return STYLED.format(jc=jc, more=more, look=look, text=text)


def shown(*body: str, section: str = "") -> Shown:
    return show(docx(*body, section=section) if section else docx(*body), "样张.docx")


def test_every_template_is_shown_whole() -> None:
    assert len(TEMPLATES) > 20
    for each in TEMPLATES:
        raw = each.read_bytes()
        found = show(raw, each.name)
        words = "".join(text(raw).split())
        seen = "".join(part for part in _plain(found.html).split())
        missing = [piece for piece in words.split("。") if piece and piece not in seen]
        assert missing == [], each.name
        assert not found.cut
        assert found.paper == pytest.approx((595.3, 841.9), abs=1)


def _plain(html: str) -> str:
    from lxml.html import fromstring

    return str(fromstring(f"<div>{html}</div>").text_content())


def test_alignment_letters_and_page_breaks_come_over() -> None:
    html = shown(
        paragraph("标题", jc="center", look='<w:b/><w:sz w:val="44"/><w:rFonts w:eastAsia="方正小标宋简体"/>'),
        paragraph("正文", more='<w:ind w:firstLineChars="200"/>', look='<w:sz w:val="32"/>'),
        paragraph("次页", more="<w:pageBreakBefore/>", look='<w:u w:val="single"/><w:color w:val="FF0000"/>'),
    ).html
    first, second, third = html.split("<p ")[1:]
    assert "text-align:center" in first
    assert "font-size:22pt" in first
    assert "font-weight:bold" in first
    assert "'方正小标宋简体'" in first
    assert "text-indent:0px" in second or "text-indent:28px" in second
    assert "page-break-before:always" in third
    assert "text-decoration:underline" in third
    assert "color:#FF0000" in third
    assert "page-break-before" not in first + second


def test_an_indent_counted_in_letters_goes_before_one_measured() -> None:
    assert indents({"sz": "32", "firstLineChars": "200", "firstLine": "100"})["first"] == 32
    assert indents({"firstLine": "640", "hanging": "0", "left": "200"}) == {"first": 32, "left": 10, "right": 0}


def test_lists_count_on_as_word_does() -> None:
    numbers = root(
        docx(
            '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1">'
            '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        )
    ).find(f"{{{W}}}body")
    looks = Looks(None, numbers)
    levels = ("0", "1", "1", "0", "1")
    said = [looks.number({"numId": "3", "ilvl": each}).strip() for each in levels]
    assert said == ["一、", "(1)", "(2)", "二、", "(1)"]
    assert looks.number({"numId": "99", "ilvl": "0"}) == ""


def test_merged_cells_span_rows_and_columns() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [
        cell.format('<w:vMerge w:val="restart"/>', "左") + cell.format('<w:gridSpan w:val="2"/>', "宽"),
        cell.format("<w:vMerge/>", "") + cell.format("", "甲") + cell.format("", "乙"),
    ]
    body = "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{each}</w:tr>" for each in rows) + "</w:tbl>"
    html = shown(body).html
    assert html.count("<td") == 4
    assert 'colspan="1" rowspan="2"' in html
    assert 'colspan="2" rowspan="1"' in html


def test_words_of_a_document_stay_words() -> None:
    html = shown(p("<b>不是标签</b> & <img src=x>".replace("&", "&amp;").replace("<", "&lt;"))).html
    assert "<img" not in html
    assert "&lt;b&gt;不是标签&lt;/b&gt; &amp; &lt;img" in html
    sly = shown(paragraph("字", look="""<w:rFonts w:eastAsia="x';background:url(file:///etc)"/>""")).html
    assert "url(" not in sly
    assert "background:" not in sly


def test_a_very_long_document_is_cut_and_says_so() -> None:
    found = shown(*[p("甲" * 1000)] * (MOST_LETTERS // 1000 + 30))
    assert found.cut
    assert found.html.count("甲") <= MOST_LETTERS + 1000


def test_the_paper_may_lie_on_its_side_and_strange_sizes_are_not_taken() -> None:
    margins = '<w:pgMar w:left="1440" w:top="720" w:right="1440" w:bottom="720"/>'
    wide = f'<w:sectPr><w:pgSz w:w="16838" w:h="11906"/>{margins}</w:sectPr>'
    assert shown(p("横"), section=wide).paper == pytest.approx((841.9, 595.3))
    assert shown(p("横"), section=wide).margins == (72, 36, 72, 36)
    strange = '<w:sectPr><w:pgSz w:w="9" w:h="99999999999999"/><w:pgMar w:left="-5" w:right="一"/></w:sectPr>'
    assert shown(p("怪"), section=strange).paper == (595, 842)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not a document at all",
        b"PK\x03\x04" + b"\0" * 300,
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        docx(p("正文"))[:-80],
        docx(p("正文"), main="application/octet-stream"),
        docx("<w:p>" * 500 + "</w:p>" * 500),
    ],
    ids=["empty", "text", "half", "old word", "cut short", "no main part", "too deep"],
)
def test_what_is_no_document_gives_a_sentence(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError) as found:
        read_preview(save(tmp_path, raw, "来路不明.docx"))
    assert found.value.do


def test_a_missing_file_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开"):
        read_preview(tmp_path / "没有.docx")


def test_spoiled_documents_are_shown_or_refused_and_nothing_else() -> None:
    raw = bytearray(docx(paragraph("正文", jc="center"), table(("一", "二"), ("三", "四")), p("尾")))
    dice = random.Random(8)
    outcomes = set()
    for _ in range(300):
        spoiled = bytearray(raw)
        for _ in range(dice.randint(1, 6)):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        try:
            show(bytes(spoiled), "坏.docx")
            outcomes.add("shown")
        except UserError:
            outcomes.add("refused")
    assert outcomes == {"shown", "refused"}
