"""De-identified words: the same piece always has the same mask, and nothing identifying is left."""

from __future__ import annotations

import pytest

from app.core.documents.dictionary import dictionary
from app.core.documents.fill import Template
from app.core.documents.identity import Kind, Masks, left_over, scrubbed
from app.core.documents.package import Member, read_package
from tests.core.documents.papers import docx, p, text

WORDS: dict[str, object] = {
    "姓名": "测试甲",
    "承办人": "某官",
    "罪犯编号": "9000000001",
    "身份证号码": "110101199001011237",
    "出生日期": "1990年1月1日",
    "监狱": "例县监狱",
    "法院": "例市中级人民法院",
    "院名": "例县人民检察院",
    "备注": "测试甲在例县监狱服刑，家属电话13800000000，另一人110101199001011229",
    "同意提请": True,
    "涉及人员": [{"姓名": "测试乙", "单位": "另县监狱", "情况": "测试乙与测试甲同住"}],
}


def test_people_offices_and_numbers_are_masked_wherever_they_stand() -> None:
    masks = Masks()
    pieces = masks.gather(WORDS)
    shown = masks.words(WORDS, pieces)
    assert shown["姓名"] == "甲某"
    assert shown["承办人"] == "乙某"
    assert shown["监狱"] == "某某监狱"
    assert shown["法院"] == "某某中级人民法院"
    assert shown["出生日期"] == "××××年×月×日"
    assert shown["备注"] == "甲某在某某监狱服刑，家属电话×××3，另一人×××4"
    assert shown["涉及人员"] == [{"姓名": "丙某", "单位": "某某监狱2", "情况": "丙某与甲某同住"}]
    assert shown["同意提请"] is True


def test_the_same_piece_has_the_same_mask_in_every_document_of_a_run() -> None:
    masks = Masks()
    for _ in range(2):
        pieces = masks.gather(WORDS)
        assert pieces["测试甲"].shown == "甲某"
    names = [masks.of(Kind.PERSON, f"测试{n}号").shown for n in range(12)]
    assert len(set(names)) == 12
    assert names[-1].endswith("某2")
    assert len({each.original for each in masks.all()}) == len(masks.all())


@pytest.mark.parametrize("general", ["人民法院", "监狱", "执行机关", "【待填】", "甲", ""])
def test_what_tells_nothing_stays(general: str) -> None:
    assert Masks().gather({"法院": general}) == {}


def test_every_word_that_is_masked_is_a_word_of_templates() -> None:
    from app.core.documents.identity import _kinds

    known = set(dictionary()) | {one for each in dictionary().values() for one in each.inside}
    assert set(_kinds()) <= known


def test_properties_authors_paths_and_fixed_text_are_cleaned() -> None:
    run = '<w:ins w:id="1" w:author="测试甲"><w:r><w:t>例县监狱专用</w:t></w:r></w:ins>'
    made = Template("t", docx(p("{{ 姓名 }}"), f"<w:p>{run.replace('w:ins', 'w:smartTag')}</w:p>")).members(
        {"姓名": "甲某"}
    )
    core = '<x><dc:creator xmlns:dc="d">测试甲</dc:creator></x>'.encode()
    more = [
        Member.pack("docProps/core.xml", core),
        Member.pack("docProps/app.xml", "<x><Company>例县监狱</Company></x>".encode()),
        Member.pack("docProps/custom.xml", "<x>测试甲</x>".encode()),
        Member.pack("docProps/thumbnail.jpeg", "测试甲".encode()),
        Member.pack(
            "word/_rels/settings.xml.rels",
            '<R><Relationship Id="1" Type="x/attachedTemplate" Target="file:///C:/测试甲/a.dot"/></R>'.encode(),
        ),
        Member.pack("word/settings.xml", b'<w:s><w:attachedTemplate r:id="1"/></w:s>'),
    ]
    masks = Masks()
    pieces = masks.gather(WORDS)
    parts = scrubbed([*made, *more], pieces)
    assert left_over(parts, pieces) == []
    everything = b"".join(each.plain() for each in parts)
    assert not [each for each in ("测试甲", "例县监狱") if each.encode() in everything]
    assert "thumbnail" not in "".join(each.name for each in parts)
    assert b"attachedTemplate" not in everything


def test_a_name_split_by_its_format_is_noticed() -> None:
    split = read_package(docx(p("测试", "甲")))
    assert left_over(scrubbed(split, Masks().gather(WORDS)), ["测试甲", "测试乙"]) == ["测试甲"]
    assert text(docx(p("测试", "甲"))) == "测试甲"
