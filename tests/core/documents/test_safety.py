"""Templates that bring along what they must not: each is refused with a sentence, or mended and told."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.core.documents.fill import Template
from app.core.documents.kinds import kind
from app.core.documents.mend import mend
from app.core.documents.package import LARGEST, read_package
from app.core.documents.templates import check_bytes, examine, shipped_template
from app.core.errors import TemplateFault, UserError
from tests.core.documents.papers import MAIN, PACKAGE, RELATIONS, SECTION, W, docx, p, parts, saved, table, text

FIELD = p("{{ 姓名 }}")
EMPTY_RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'


def changed(raw: bytes, **files: bytes | str) -> bytes:
    """A package with some files put in or replaced; `__` stands for a slash, `_dot_` for a point."""
    out = io.BytesIO()
    all_files: dict[str, bytes | str] = {**parts(raw)}
    all_files |= {name.replace("__", "/").replace("_dot_", "."): data for name, data in files.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in all_files.items():
            box.writestr(name, data)
    return out.getvalue()


def related(kind: str, target: str, *, mode: str = ' TargetMode="External"', part: str = "document") -> bytes:
    """A template with a relation to something."""
    listed = f'<Relationship Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
    return changed(docx(FIELD), **{f"word___rels__{part}_dot_xml_dot_rels": EMPTY_RELATIONS.format(listed)})


def field(code: str) -> str:
    """A paragraph with a complex field, its instruction cut in two."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    half = len(code) // 2
    pieces = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in (code[:half], code[half:]))
    return f"<w:p><w:r><w:t>某处</w:t></w:r>{begin}{pieces}{end}</w:p>"


VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
BEGUN = '<w:fldChar w:fldCharType="begin"/>'
STRICT = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def of_type(type_: str) -> bytes:
    return docx(FIELD, main=type_)


WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
REFUSED: Mapping[str, tuple[bytes, str]] = {
    "macros": (changed(docx(FIELD), **{"word__vbaProject_dot_bin": b"x"}), "宏"),
    "macro type": (of_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "宏"),
    "dotx": (of_type(WORD_TYPE + "template.main+xml"), r"\.dotx"),
    "workbook": (of_type(SHEET), "不是 Word 文档"),
    "parent folder": (changed(docx(FIELD), **{"..__..__evil_dot_xml": "<a/>"}), "不正常的路径"),
    "absolute name": (changed(docx(FIELD), **{"__etc__evil_dot_xml": "<a/>"}), "不正常的路径"),
    "drive": (changed(docx(FIELD), **{"C:_dot_xml": "<a/>"}), "不正常的路径"),
    "object": (changed(docx(FIELD), **{"word__embeddings__oleObject1_dot_bin": b"x"}), "嵌有其他程序的对象"),
    "activex": (changed(docx(FIELD), **{"word__activeX__activeX1_dot_bin": b"x"}), "嵌有其他程序的对象"),
    "signature": (changed(docx(FIELD), **{"_xmlsignatures__sig1_dot_xml": "<a/>"}), "数字签名"),
    "properties": (changed(docx(FIELD), **{"docProps__core_dot_xml": "<a>{{ 坏 }}</a>"}), "文件属性"),
    "hyperlink": (related("hyperlink", "http://example.invalid/"), "超链接"),
    "linked picture": (related("image", "file:///C:/x.png"), "链接着外部的图片"),
    "share": (related("image", "\\\\server\\x.png"), "链接着外部的图片"),
    "outside template": (related("attachedTemplate", "http://example.invalid/x.dotm"), "另一个模板文件"),
    "frame": (related("frame", "http://example.invalid/x"), "文件以外的内容"),
    "mail merge source": (related("mailMergeSource", "file:///C:/x.xls"), "邮件合并"),
    "object inside": (related("oleObject", "x.bin", mode=""), "嵌有其他程序的对象"),
    "another file's text": (docx(FIELD, '<w:altChunk r:id="rId9"/>'), "夹带着另一个文件"),
    "sub-document": (docx(FIELD, '<w:subDoc r:id="rId9"/>'), "子文档"),
    "object element": (docx(FIELD, "<w:p><w:r><w:object/></w:r></w:p>"), "嵌有其他程序的对象"),
    "control": (docx(FIELD, "<w:p><w:r><w:control/></w:r></w:p>"), "ActiveX"),
    "comment": (docx(FIELD, '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>甲</w:t></w:r></w:p>'), "批注"),
    "moved text": (docx(FIELD, '<w:p><w:moveTo w:id="1"><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>'), "修订"),
    "vml link": (
        docx(FIELD, f'<w:p><w:r><w:pict><v:imagedata {VML} src="x"/></w:pict></w:r></w:p>'),
        "外部的图片",
    ),
    "dde": (docx(FIELD, field("DDEAUTO c:\\\\windows\\\\cmd.exe")), "DDEAUTO"),
    "included text": (docx(FIELD, field(' includetext "c:/x.docx"')), "INCLUDETEXT"),
    "simple field": (docx(FIELD, '<w:p><w:fldSimple w:instr="DDE x y"/></w:p>'), "DDE"),
    "unfinished field": (docx(FIELD, f"<w:p><w:r>{BEGUN}<w:instrText>LINK x</w:instrText></w:r></w:p>"), "LINK"),
    "quoted field": (docx(FIELD, field("QUOTE 68 68 69")), "QUOTE"),
    "web field": (docx(FIELD, field('HYPERLINK "http://example.invalid"')), "超链接"),
    "mail merge field": (docx(FIELD, field("MERGEFIELD 姓名 \\* MERGEFORMAT")), "{{ 姓名 }}"),
    "unknown field": (docx(FIELD, field("USERNAME")), "USERNAME"),
    "field in a header": (docx(FIELD, header=field("INCLUDEPICTURE x")), "页眉.*INCLUDEPICTURE"),
    "loop over cells": (docx(table(("{% for 项 in 附件 %}{{ 项.序号 }}", "{{ 项.名称 }}{% endfor %}"))), "单元格"),
    "loop into a table": (docx(p("{%p for 项 in 附件 %}"), table(("{{ 项.名称 }}", "{%p endfor %}"))), "单元格"),
    "loop over two tables": (
        docx(table(("{%tr for 项 in 附件 %}",)), p(""), table(("{%tr endfor %}",))),
        "从一个表格里",
    ),
    "row mark ended otherwise": (
        docx(table(("{%tr for 项 in 附件 %}",), ("{{ 项.名称 }}{% endfor %}",))),
        "一个没有用",
    ),
    "too many loops": (
        docx(p("{% for 甲 in 附件 %}{% for 乙 in 附件 %}{{ 乙.名称 }}{% endfor %}{% endfor %}")),
        "同一张清单",
    ),
    "too many conditions": (docx(p("{% if 同意提请 %}" * 40 + "{% endif %}" * 40)), "太多层"),
    "deep expression": (docx(p("{{ " + "(" * 150 + "姓名" + ")" * 150 + " }}")), "太深|写法有误|不支持"),
    "long expression": (docx(p("{{ " + "not " * 2000 + "姓名 }}")), "太长"),
    "strict": (
        changed(
            docx(FIELD),
            word__document_dot_xml='<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>',
        ),
        "严格",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_sentence(case: str) -> None:
    raw, says = REFUSED[case]
    with pytest.raises(TemplateFault, match="模板不能用"):
        Template("模板.docx", raw)
    said = [str(each) for each in check_bytes("模板.docx", raw) if each.fatal]
    assert any(re.search(says, each) for each in said), said


def bomb() -> bytes:
    """A part of a gigabyte that says it is small."""
    raw = bytearray(changed(docx(FIELD), **{"word__big_dot_xml": b"<a>" + b"0" * 5_000_000 + b"</a>"}))
    real, small = (5_000_007).to_bytes(4, "little"), (100).to_bytes(4, "little")
    crc = zlib.crc32((b"<a>" + b"0" * 5_000_000)[:100]).to_bytes(4, "little")
    old = zlib.crc32(b"<a>" + b"0" * 5_000_000 + b"</a>").to_bytes(4, "little")
    return bytes(raw).replace(real, small).replace(old, crc)


WHOLE_FILES: Mapping[str, tuple[bytes, str]] = {
    "lying size": (bomb(), "损坏|完好"),
    "too large": (changed(docx(FIELD), **{"word__big_dot_bin": bytes(LARGEST)}), "大得不正常"),
    "too many": (changed(docx(FIELD), **{f"word__a{n}": b"" for n in range(2100)}), "大得不正常"),
    "entities": (
        changed(docx(FIELD), word__document_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "DTD",
    ),
    "outer entity": (
        changed(docx(FIELD), word__styles_dot_xml='<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>'),
        "DTD",
    ),
    "too deep": (changed(docx(FIELD), word__styles_dot_xml="<a>" * 100_000 + "</a>" * 100_000), "损坏"),
    "rtf": (b"{\\rtf1 }", "RTF"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "web page": (b"\xef\xbb\xbf <HTML>", "网页"),
    "old": (b"\xd0\xcf\x11\xe0", r"旧版 \.doc"),
}


@pytest.mark.parametrize("case", WHOLE_FILES)
def test_whole_files_are_refused(case: str, tmp_path: Path) -> None:
    raw, says = WHOLE_FILES[case]
    path = saved(tmp_path, raw)
    try:
        said = " ".join(str(each) for each in examine(path).complaints if each.fatal)
    except UserError as fault:
        said = str(fault)
    assert re.search(says, said), said


def test_a_page_number_and_a_link_inside_are_welcome() -> None:
    raw = docx(
        FIELD, field(" PAGE \\* MERGEFORMAT "), field("= 1 + 1"), field('HYPERLINK \\l "甲"'), field("EQ \\o(甲)")
    )
    assert check_bytes("模板.docx", raw) == ()


def test_a_date_that_changes_by_itself_is_warned_of() -> None:
    [said] = check_bytes("模板.docx", docx(FIELD, field("DATE \\@ yyyy")))
    assert not said.fatal
    assert "文书日期" in said.do
    assert said.near == "某处"


def test_a_field_cut_to_pieces_is_put_together_and_told() -> None:
    cut = (
        "<w:p><w:r><w:t>罪犯{{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t> 姓</w:t></w:r>"
        '<w:proofErr w:type="spellStart"/><w:r><w:t>名 }}提</w:t></w:r>'
        "<w:r><w:t>请{{ 监</w:t></w:r><w:r><w:t>狱 }}。</w:t></w:r></w:p>"
    )
    raw, said = mend(docx(cut))
    assert said == (
        "字段 {{ 姓名 }} 被拆成了几截，已合并，格式以开头的为准",
        "字段 {{ 监狱 }} 被拆成了几截，已合并，格式以开头的为准",
    )
    assert check_bytes("模板.docx", raw) == ()
    assert text(raw) == text(docx(cut))
    assert text(Template("模板.docx", raw).fill({"姓名": "试甲", "监狱": "例县监狱"})) == "罪犯试甲提请例县监狱。"


def test_a_field_with_a_line_end_inside_is_left_alone() -> None:
    broken = "<w:p><w:r><w:t>{{ 姓</w:t><w:br/><w:t>名 }}</w:t></w:r></w:p>"
    raw = docx(broken)
    assert mend(raw) == (raw, ())


def test_revised_formats_and_the_outside_template_are_taken_out() -> None:
    body = (
        '<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr><w:t>{{ 姓名 }}</w:t></w:r></w:p>'
    )
    kind_ = WORD_TYPE + "settings+xml"
    types = parts(docx(body))["[Content_Types].xml"].decode()
    types = types.replace("</Types>", f'<Override PartName="/word/settings.xml" ContentType="{kind_}"/></Types>')
    target = 'Target="file:///C:/x.dotm" TargetMode="External"'
    listed = f'<Relationship Id="rId1" Type="{RELATIONS}/attachedTemplate" {target}/>'
    inside = '<w:attachedTemplate r:id="rId1"/><w:trackRevisions/>'
    settings = f'<w:settings xmlns:w="{W}" xmlns:r="{RELATIONS}">{inside}</w:settings>'
    more: dict[str, bytes | str] = {
        "[Content_Types]_dot_xml": types,
        "word__settings_dot_xml": settings,
        "word___rels__settings_dot_xml_dot_rels": EMPTY_RELATIONS.format(listed),
    }
    raw = changed(docx(body), **more)
    mended, said = mend(raw)
    assert len(said) == 3
    assert check_bytes("模板.docx", mended) == ()
    assert b"attachedTemplate" not in b"".join(parts(mended).values())
    assert [each for each in check_bytes("模板.docx", raw) if each.fatal]


def test_words_of_other_documents_and_a_missing_number_are_warned_of(tmp_path: Path) -> None:
    said = examine(saved(tmp_path, docx(p("{{ 数据范围 }}{{ 姓名 }}"))), kind("opinion")).complaints
    assert [each.fatal for each in said] == [False, False]
    assert "“数据范围”在《减刑提请检察意见书》里永远填不上" in said[0].what
    assert "《调取数据函》" in said[0].do
    assert "不会印出文号" in said[1].what


def test_two_hundred_rows_and_a_header_with_fields() -> None:
    row = table(("{%tr for 项 in 附件 %}",), ("{{ 项.序号 }}{{ 项.名称 }}",), ("{%tr endfor %}",))
    raw = docx(row, header=p("{{ 院名 }}"))
    assert check_bytes("模板.docx", raw) == ()
    rows = [{"序号": str(n), "名称": f"件{n}"} for n in range(200)]
    made = Template("模板.docx", raw).fill({"附件": rows, "院名": "例县人民检察院"})
    assert text(made).splitlines() == [f"{n}件{n}" for n in range(200)]
    assert text(made, "word/header1.xml") == "例县人民检察院"


BITS = [
    b"{{",
    b"}}",
    b"{%",
    b"%}",
    b"<w:p>",
    b"</w:p>",
    b"<w:tr>",
    b"&amp;",
    b"\x00",
    b"\xff\xfe",
    b"for",
    b"endfor",
    b"<!--",
]


def mutant(raw: bytes, chance: random.Random) -> bytes:
    """A template damaged somewhere: in the package's bytes, or in one part that is packed again."""
    members = parts(raw)
    if chance.random() < 0.3:
        data = bytearray(raw)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.2 else data)
    name = chance.choice([each for each in members if each.endswith((".xml", ".rels"))])
    data = bytearray(members[name])
    for _ in range(chance.randint(1, 5)):
        at, cut = chance.randrange(len(data)), chance.randint(0, 40)
        data[at : at + cut] = chance.choice([b"", *BITS, bytes(data[at : at + 200])])
        if not data:
            data = bytearray(b" ")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for each, plain in members.items():
            box.writestr(each, bytes(data) if each == name else plain)
    return out.getvalue()


def test_a_thousand_damaged_templates_are_refused_in_words_or_work(tmp_path: Path) -> None:
    chance = random.Random(7)
    small = docx(
        p("{{ 文号 }}"),
        p("{%p if 同意提请 %}"),
        p("罪犯{{ 姓名 }}，{% for 项 in 附件 %}{{ 项.名称 }}{% endfor %}"),
        p("{%p endif %}"),
        table(("{%tr for 项 in 违法问题 %}",), ("{{ 项.事项 }}",), ("{%tr endfor %}",)),
        field("PAGE"),
        header=p("{{ 院名 }}"),
    )
    large = shipped_template(kind("notice")).read_bytes()
    refused = 0
    for n in range(1000):
        path = saved(tmp_path, mutant(small if n % 20 else large, chance))
        try:
            examined = examine(path, kind("notice"))
            refused += not examined.usable
            if examined.usable:
                Template(path.name, examined.raw).fill({"姓名": "试甲"})
        except UserError:
            refused += 1
    assert 300 < refused < 1000


def test_the_package_is_read_as_large_as_it_says_and_no_larger() -> None:
    with pytest.raises(TemplateFault):
        Template("模板.docx", bomb())
    assert all(len(each.plain()) == each.size for each in read_package(docx(FIELD, section=SECTION, main=MAIN)))
