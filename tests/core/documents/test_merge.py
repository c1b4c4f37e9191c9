"""One file to print: all documents, each on pages of its own, nothing lost."""

from __future__ import annotations

import pytest

from app.core.documents.context import case_context
from app.core.documents.fill import Template, compile_template
from app.core.documents.kinds import kinds
from app.core.documents.merge import merge_documents
from app.core.documents.templates import find_template
from app.core.errors import TemplateFault
from tests.core.documents import samples
from tests.core.documents.papers import W, docx, p, parts, root, table, text

FOOTED = (
    '<w:sectPr w:rsidR="1"><w:headerReference w:type="default" r:id="rId1"/><w:type w:val="continuous"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgNumType w:fmt="decimal" w:start="5"/><w:cols w:space="425"/>'
    '<w:docGrid w:linePitch="579"/></w:sectPr>'
)


def children(data: bytes) -> list[str]:
    """Local names of what stands in the body."""
    return [str(each.tag).rpartition("}")[2] for each in root(data)[0]]


def sections(data: bytes) -> list[list[tuple[str, dict[str, str]]]]:
    """The settings of each section, in order."""
    return [
        [
            (str(each.tag).rpartition("}")[2], {str(k).rpartition("}")[2]: str(v) for k, v in each.items()})
            for each in it
        ]
        for it in root(data).iter(f"{{{W}}}sectPr")
    ]


@pytest.mark.parametrize("kind", kinds("reduction"), ids=lambda each: each.id)
def test_real_documents_keep_every_word_and_every_section_its_layout(kind: object) -> None:
    template = compile_template(find_template(kind))  # type: ignore[arg-type]
    cases = samples.EACH_CONCLUSION.values()
    made = [
        template.fill(case_context(each, samples.proposal(), (), samples.OFFICE, samples.NUMBER, samples.DAY))
        for each in cases
    ]
    merged = merge_documents(made)
    assert text(merged).replace("\n", "") == "".join(text(each) for each in made).replace("\n", "")
    whole, single = sections(merged), sections(made[0])[0]
    assert len(whole) == len(made)
    for each in whole:
        assert ("type", {"val": "oddPage"}) in each
        assert ("pgNumType", {"start": "1"}) in each
        assert [item for item in each if item[0] not in ("type", "pgNumType")] == single
    assert {name for name, data in parts(merged).items() if data != parts(made[0])[name]} == {"word/document.xml"}


def test_order_of_settings_is_the_one_word_wants() -> None:
    header = p("院名")
    merged = merge_documents([docx(p("甲"), header=header, section=FOOTED)] * 2, odd_page=False)
    for each in sections(merged):
        assert [name for name, _ in each] == ["headerReference", "type", "pgSz", "pgNumType", "cols", "docGrid"]
        assert dict(each)["type"] == {"val": "nextPage"}
        assert dict(each)["pgNumType"] == {"fmt": "decimal", "start": "1"}


def test_a_last_paragraph_carries_the_break_so_that_no_page_is_added() -> None:
    merged = merge_documents([docx(p("甲"), p("乙")), docx(p("丙"), "<w:p/>"), docx("<w:p><w:pPr/></w:p>")])
    assert children(merged) == ["p"] * 6 + ["sectPr"]
    merged = merge_documents([docx(p("甲"), p("乙"))] * 3)
    assert children(merged) == ["p"] * 6 + ["sectPr"]
    ends = [index for index, each in enumerate(root(merged)[0]) if each.find(f"{{{W}}}pPr/{{{W}}}sectPr") is not None]
    assert ends == [1, 3]


def test_after_a_table_a_carrier_of_no_height_ends_the_section() -> None:
    merged = merge_documents([docx(table(("甲",)))] * 2)
    assert children(merged) == ["tbl", "p", "tbl", "sectPr"]
    spacing = root(merged)[0][1].find(f".//{{{W}}}spacing")
    assert spacing is not None
    assert spacing.get(f"{{{W}}}line") == "20"


def test_sections_inside_a_document_stay_and_only_the_first_begins_a_page_anew() -> None:
    inner = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr></w:pPr></w:p>'
    merged = merge_documents([docx(p("甲"), inner, p("乙"))] * 2)
    assert [("type", {"val": "oddPage"}) in each for each in sections(merged)] == [True, False, True, False]


def test_a_document_without_section_settings_gets_them() -> None:
    merged = merge_documents([docx(p("甲"), section="")] * 2)
    assert [dict(each) for each in sections(merged)] == [{"type": {"val": "oddPage"}, "pgNumType": {"start": "1"}}] * 2


def test_marks_that_must_stand_once_are_left_out() -> None:
    marked = '<w:p><w:bookmarkStart w:id="0" w:name="a"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>'
    merged = merge_documents([docx(marked)] * 2)
    assert b"bookmark" not in parts(merged)["word/document.xml"]
    assert text(merged) == "甲\n甲"


def test_one_document_is_merged_too_and_none_is_a_bug() -> None:
    assert text(merge_documents([docx(p("甲"))])) == "甲"
    with pytest.raises(ValueError, match="nothing"):
        merge_documents([])


def test_a_header_with_words_of_a_person_cannot_be_merged() -> None:
    template = Template("t", docx(p("正文"), header=p("{{ 姓名 }}")))
    with pytest.raises(TemplateFault, match="页眉页脚里有因人而异的内容"):
        merge_documents([template.fill({"姓名": "甲"}), template.fill({"姓名": "乙"})])
