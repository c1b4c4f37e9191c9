"""Names a font cannot print: each kind of lack is told apart, and ordinary names are left in peace."""

from __future__ import annotations

import pytest

from app.core.documents.fill import compile_template
from app.core.documents.glyphs import RareWords, fonts_of, lacking
from app.core.documents.kinds import kinds
from app.core.documents.package import read_package
from app.core.documents.templates import find_template
from tests.core.documents.papers import docx, p

OLD, NEW, BIG = "仿宋_GB2312", "方正小标宋_GBK", "仿宋"


@pytest.mark.parametrize(
    ("char", "font", "gap"),
    [
        ("张", OLD, ""),
        ("·", OLD, ""),
        ("〇", OLD, ""),
        ("A", OLD, ""),
        ("喆", OLD, "swapped"),
        ("喆", NEW, ""),
        ("㛃", NEW, "swapped"),
        ("㛃", BIG, ""),
        ("喆", "某家没有见过的字体", ""),
        ("𠮷", BIG, "extra"),
        ("𬍛", BIG, "nowhere"),
        ("\ue000", BIG, "private"),
        ("\U000f0001", BIG, "private"),
        ("ཀ", BIG, "swapped"),
    ],
)
def test_what_a_font_lacks(char: str, font: str, gap: str) -> None:
    assert lacking(char, frozenset((font,)))[0] == gap


def test_names_are_told_once_with_the_worst_first() -> None:
    found = RareWords()
    for name in ("测试甲", "测试喆", "测试𠮷", "测\ue815试", "测试喆", "阿卜杜拉·测试"):
        found.look(name, (OLD, "黑体"))
    private, extra, swapped = found.says()
    assert private.startswith("测\ue815试（“\ue815”U+E815）里有自造字")
    assert extra.startswith("测试𠮷（“𠮷”U+20BB7）里有生僻字（扩展B区）")
    assert swapped.startswith("测试喆（“喆”U+5586）里有仿宋_GB2312没有的字")
    assert all(each.endswith("。") for each in found.says())


def test_of_many_names_some_are_told() -> None:
    found = RareWords()
    for number in range(30):
        found.look(f"测试喆{number}", (OLD,))
    assert "等 30 个名称" in found.says()[0]


def test_fonts_are_read_from_every_part() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii="A" w:eastAsia="某体"/></w:rPr><w:t>{{ 姓名 }}</w:t></w:r></w:p>'
    assert fonts_of(read_package(docx(run, header=run.replace("某体", "另一体")))) == {"某体", "另一体"}
    assert fonts_of(read_package(docx(p("甲")))) == frozenset()


def test_the_fonts_of_every_shipped_template_are_known() -> None:
    for each in kinds():
        template = compile_template(find_template(each))
        assert OLD in template.fonts
        assert lacking("𠮷", template.fonts)[0] == "extra"
