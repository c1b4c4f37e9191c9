"""Filling: every value visible, nothing left over, the same bytes each time; awkward words do no harm."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.documents.dictionary import BLANK
from app.core.documents.fill import Template, compile_template
from app.core.documents.words import Picture, clean
from app.core.errors import TemplateFault
from tests.core.documents.papers import docx, p, parts, root, saved, table, text

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def template(*body: str, header: str = "") -> Template:
    return Template("模板.docx", docx(*body, header=header))


def filled(*body: str, **words: object) -> str:
    """The text of a template with this body, filled."""
    return text(template(*body).fill(words))


def test_values_go_where_the_fields_are_everywhere() -> None:
    data = template(p("甲：{{ 姓名 }}乙"), header=p("{{ 院名 }}")).fill({"姓名": "试甲", "院名": "某院"})
    assert text(data) == "甲：试甲乙"
    assert text(data, "word/header1.xml") == "某院"


@pytest.mark.parametrize("value", [None, "", "  \u3000\n", "\x00"])
def test_a_missing_value_is_a_visible_blank(value: object) -> None:
    assert filled(p("{{ 姓名 }}"), 姓名=value) == BLANK
    assert filled(p("{{ 姓名 }}")) == BLANK
    assert filled(p("[{{ 备注 }}]"), 备注=value) == "[]"


def test_zero_and_none_in_words_are_values() -> None:
    assert (
        filled(p("{{ 表扬次数 }}{{ 从严情形 }}{{ 已缴金额 }}"), 表扬次数=0, 从严情形="无", 已缴金额="0元") == "0无0元"
    )


AWKWARD = [
    "A&B公司",
    "刑期<5年",
    "《刑法》<某某>条",
    "\"双\"引'单'引",
    "&lt;已经转义&amp;",
    "{{ 姓名 }}",
    "{% if %}",
    "{# 注 #}",
    "]]>",
    "𠮷𡈽𬭚",
    "阿卜杜拉·买买提",
    "长" * 5000,
    "{_{",
]


@pytest.mark.parametrize("value", AWKWARD)
def test_awkward_values_arrive_as_they_are(value: str) -> None:
    assert filled(p("甲{{ 姓名 }}乙"), 姓名=value) == f"甲{value}乙"


def test_what_xml_cannot_hold_is_dropped_and_nothing_else() -> None:
    assert filled(p("{{ 姓名 }}"), 姓名="张\x00\x0b\x07\x1f\ud800\ufffe三") == "张三"


def test_line_ends_and_tabs_stay() -> None:
    assert filled(p("{{ 备注 }}"), 备注="一\r\n二\r三\t四\u2028五") == "一\n二\n三\t四\n五"


@given(st.text())
def test_any_text_arrives(value: str) -> None:
    assert filled(p("[{{ 备注 }}]"), 备注=value) == f"[{clean(value)}]"


def test_rows_and_conditions() -> None:
    body = p("{%p for 项 in 违法问题 %}") + p(
        "{{ 项.序号 }}{{ 项.事项 }}{% for 步 in 项.计算过程 %}/{{ 步 }}{% endfor %}"
    )
    body += (
        p("{%p endfor %}") + p("{%p if 同意提请 %}") + p("同意") + p("{%p else %}") + p("不同意") + p("{%p endif %}")
    )
    rows = [{"序号": "1", "事项": "甲", "计算过程": ["一", "", None, "二"]}, {}]
    assert filled(body, 违法问题=rows, 同意提请=True).split("\n") == ["1甲/一/二", f"{BLANK}{BLANK}", "同意"]
    assert filled(body) == "不同意"


def test_the_same_words_give_the_same_bytes() -> None:
    made = template(p("{{ 姓名 }}"))
    assert made.fill({"姓名": "甲"}) == made.fill({"姓名": "甲"})
    assert made.fill({"姓名": "甲"}) != made.fill({"姓名": "乙"})


def test_words_the_template_does_not_ask_for_do_no_harm() -> None:
    assert filled(p("{{ 姓名 }}"), 姓名="甲", 别的=object()) == "甲"


def test_untouched_parts_are_copied() -> None:
    raw = docx(p("{{ 姓名 }}"), header=p("不变"))
    before, after = parts(raw), parts(Template("t", raw).fill({}))
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]


def test_missing_words_are_named_before_the_run() -> None:
    made = template(p("{{ 姓名 }}{{ 备注 }}{{ 文号 }}{% for 项 in 附件 %}{{ 项.名称 }}{% endfor %}"))
    assert made.missing({"姓名": "甲", "附件": [{"名称": "乙"}, {"名称": ""}]}) == ("文号", "附件.名称")
    assert made.fields() == ("姓名", "备注", "文号", "附件", "附件.名称")


@pytest.mark.parametrize("words", [{"姓名": 1.5}, {"姓名": True}, {"姓名": ["甲"]}, {"附件": "甲"}, {"附件": ["甲"]}])
def test_values_of_another_type_are_a_bug(words: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        template(p("{{ 姓名 }}{% for 项 in 附件 %}{{ 项.名称 }}{% endfor %}")).fill(words)


def test_a_faulty_template_cannot_be_compiled(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(p("{{ 姓明 }}"), p("{{ 院明 }}")), "坏模板.docx")
    with pytest.raises(TemplateFault) as fault:
        compile_template(path)
    assert str(fault.value).startswith(
        "坏模板.docx：模板不能用：正文“{{ 姓明 }}”处不认识的字段“姓明”（另有1处）。您是否想写"
    )


def test_a_value_that_would_not_be_seen_is_refused() -> None:
    hidden = f"<w:p><w:r><w:delText>{'{{ 姓名 }}'}</w:delText></w:r></w:p>"
    with pytest.raises(TemplateFault, match="字段“姓名”的内容没有出现"):
        template(hidden).fill({"姓名": "试甲"})


def test_a_cell_left_without_a_paragraph_is_refused() -> None:
    cell = p("{%p if 同意提请 %}") + p("同意") + p("{%p endif %}")
    grid = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{cell}</w:tc></w:tr></w:tbl>"
    made = template(grid)
    assert text(made.fill({"同意提请": True})) == "同意"
    with pytest.raises(TemplateFault, match="没有段落"):
        made.fill({})


def test_pictures_and_columns_made_by_a_loop_are_left_to_docxtpl() -> None:
    data = template(p("{{ 姓名 }}"), p("{{ 备注 }}")).fill({"姓名": "A&B\x07<某>", "备注": Picture(DOT, 20)})
    assert text(data).startswith("A&B<某>")
    assert any(name.startswith("word/media/") for name in parts(data))
    columns = table(("{%tc for 件 in 附件 %}", "{{ 件.名称 }}", "{%tc endfor %}"))
    data = template(columns).fill({"附件": [{"名称": f"<{n}>"} for n in range(5)]})
    assert text(data) == "<0>\n<1>\n<2>\n<3>\n<4>"
    assert len(list(root(data).iter("{*}gridCol"))) == 5


def test_one_template_serves_several_threads() -> None:
    made = template(p("{{ 姓名 }}"), p("{{ 备注 }}"))
    with ThreadPoolExecutor(4) as pool:
        made_texts = list(pool.map(lambda n: text(made.fill({"姓名": f"甲{n}", "备注": f"一\n{n}"})), range(40)))
    assert made_texts == [f"甲{n}\n一\n{n}" for n in range(40)]
