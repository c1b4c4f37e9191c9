"""Faults of templates, each said in words before the template is used."""

from __future__ import annotations

import pytest

from app.core.documents.lint import Complaint, inspect
from app.core.documents.package import read_package
from tests.core.documents.papers import docx, p, table


def faults(*body: str, header: str = "") -> list[Complaint]:
    """What is said about a template with this body."""
    return inspect(read_package(docx(*body, header=header)))[1]


def uses(*body: str) -> set[str]:
    """What a template with this body uses."""
    parts, complaints = inspect(read_package(docx(*body)))
    assert complaints == []
    return {name for each in parts for name in each.use.paths()}


FATAL = {
    "unknown field": (p("{{ 姓明 }}"), "不认识的字段“姓明”", "您是否想写 {{ 姓名 }}"),
    "nothing like it": (p("{{ zzzz }}"), "不认识的字段", "请对照字段表"),
    "column outside its loop": (p("{{ 规则号 }}"), "不认识的字段“规则号”", "里的一列"),
    "unknown column": (
        p("{%p for 项 in 审查事项 %}") + p("{{ 项.结伦 }}") + p("{%p endfor %}"),
        "“审查事项”里没有“结伦”",
        "您是否想写“结论”",
    ),
    "text has no columns": (p("{{ 姓名.字 }}"), "“姓名”后面不能再加“.字”", "去掉圆点"),
    "list printed whole": (p("{{ 审查事项 }}"), "是一张清单", "循环"),
    "row printed whole": (p("{% for 项 in 审查事项 %}{{ 项 }}{% endfor %}"), "是一张清单", "循环"),
    "flag printed": (p("{{ 同意提请 }}"), "只表示是否成立", "{%p if 同意提请 %}"),
    "loop over a text": (p("{% for 字 in 姓名 %}{{ 字 }}{% endfor %}"), "循环里的不是清单", "清单"),
    "unclosed loop": (p("{%p for 项 in 审查事项 %}"), "“for”没有成对的“endfor”", "成对"),
    "end without beginning": (p("{%p endif %}"), "“endif”没有成对的“if”", "成对"),
    "crossed blocks": (
        p("{%p if 同意提请 %}") + p("{%p for 项 in 审查事项 %}") + p("{%p endif %}") + p("{%p endfor %}"),
        "“endif”没有成对的“if”",
        "成对",
    ),
    "unclosed braces": (p("{{ 姓名 }"), "花括号不成对", "{{ 字段 }}"),
    "field over two paragraphs": (p("{{ 姓") + p("名 }}"), "花括号不成对", "同一段"),
    "single braces": (p("{姓名}"), "少了一层花括号", "{{ 姓名 }}"),
    "full-width braces": (p("｛｛姓名｝｝"), "全角花括号", "半角"),
    "full-width percent": (p("{％ if 同意提请 ％}"), "全角花括号", "半角"),
    "blank inside the mark": (p("{% p if 同意提请 %}"), "“{% p”中间多了空格", "{%p"),
    "two words in a field": (p("{{ 姓名 性别 }}"), "写法有误", "字段"),
    "unknown mark": (p("{% loop 审查事项 %}"), "写法有误", "字段"),
    "text beside a paragraph mark": (p("{%p if 同意提请 %}同意"), "会随标记一起消失", "单独占一段"),
    "two marks in a paragraph": (p("{%p if 同意提请 %}{%p endif %}"), "两个 {%p 标记", "单独占一段"),
    "text in a row mark's row": (table(("{%tr for 项 in 审查事项 %}", "结论")), "同一行的文字会随标记一起消失", "一行"),
    "two row marks in a row": (table(("{%tr if 同意提请 %}", "{%tr endif %}")), "两个 {%tr 标记", "一行"),
    "row mark outside a table": (p("{%tr endfor %}"), "不在表格里", "一行"),
}


@pytest.mark.parametrize("case", FATAL)
def test_fatal_fault(case: str) -> None:
    body, what, do = FATAL[case]
    said = faults(body)
    assert [each for each in said if each.fatal and what in each.what and do in each.do], list(map(str, said))


CODE = [
    "{{ 姓名.__class__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ 姓名.upper() }}",
    "{{ 审查事项[0] }}",
    "{{ '甲' * 999999999 }}",
    "{{ 1 + 1 }}",
    "{{ range(10) }}",
    "{{ 姓名|attr('x') }}",
    "{% for 项 in range(9) %}{% endfor %}",
    "{% for 甲, 乙 in 审查事项 %}{% endfor %}",
    "{% for 项 in 审查事项 recursive %}{% endfor %}",
    "{% set 甲 = 姓名 %}",
    "{% include 'x' %}",
    "{% import 'x' as x %}",
    "{% macro 甲() %}{% endmacro %}",
    "{% filter upper %}{% endfilter %}",
    "{% for 项 in 审查事项 %}{{ loop.changed }}{% endfor %}",
    "{{ loop }}",
    "{{ self }}",
]


@pytest.mark.parametrize("source", CODE)
def test_no_code_is_let_in(source: str) -> None:
    assert any(each.fatal for each in faults(p(source)))


def test_a_fault_says_where() -> None:
    said = faults(p("{{ 姓名 }}"), p("关于罪犯{{ 姓明 }}的报告"), header=p("{{ 院明 }}"))
    assert [(each.where, each.near) for each in said] == [("正文", "关于罪犯{{ 姓明 }}的报告"), ("页眉", "{{ 院明 }}")]
    assert str(said[0]) == "正文“关于罪犯{{ 姓明 }}的报告”处：不认识的字段“姓明”。您是否想写 {{ 姓名 }}。"


def test_a_fault_in_every_branch_and_loop_is_found() -> None:
    body = "{% if 同意提请 %}{% if 甲 %}{% endif %}{% elif 乙 %}{% else %}{{ 丙 }}{% endif %}"
    body += "{% for 项 in 审查事项 if 项.丁 %}{% else %}{{ 戊 }}{% endfor %}{{ 姓名 if 己 else 庚 }}"
    words = "".join(each.what for each in faults(p(body)))
    assert all(f"“{each}”" in words for each in "甲乙丙丁戊己庚")


def test_a_field_split_by_formatting_is_only_warned_of() -> None:
    bold = "<w:p><w:r><w:t>{{ 姓</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>名 }}</w:t></w:r></w:p>"
    said = faults(bold)
    assert [(each.fatal, "换了格式" in each.what) for each in said] == [(False, True)]


def test_a_field_split_by_the_spelling_check_is_fine() -> None:
    split = (
        '<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{</w:t></w:r><w:proofErr w:type="spellStart"/>'
        "<w:r><w:rPr><w:lang/></w:rPr><w:t>{ 姓</w:t></w:r><w:r><w:t>名 }}</w:t></w:r></w:p>"
    )
    assert uses(split) == {"姓名"}


def test_curly_quotes_of_the_editor_are_fine() -> None:
    assert uses(p("{% if 结论 == “同意提请” %}同意{% endif %}")) == {"结论"}


def test_tracked_changes_are_refused() -> None:
    said = faults(p("{{ 姓名 }}"), '<w:p><w:ins w:id="1"><w:r><w:t>添</w:t></w:r></w:ins></w:p>')
    assert [(each.fatal, each.what, each.near) for each in said] == [(True, "有尚未接受的修订", "添")]


def test_uses_are_found_through_loops_conditions_and_text_boxes() -> None:
    box = f"<w:p><w:r><w:txbxContent>{p('{{ 院名 }}')}</w:txbxContent></w:r></w:p>"
    rows = table(("{%tr for 项 in 违法问题 %}",), ("{{ 项.事项 }}{% for 条 in 项.依据 %}{{ 条 }}{% endfor %}",))
    end = table(("{%tr endfor %}",))
    body = (rows + end).replace('</w:tbl><w:tbl><w:tblGrid><w:gridCol w:w="1000"/></w:tblGrid>', "")
    assert uses(box, body, p("{% if not 附件 and (违法数 or 存疑数) %}{{ 附件|length }}{% endif %}")) == {
        *("院名", "违法问题", "违法问题.事项", "违法问题.依据"),
        *("附件", "违法数", "存疑数"),
    }


def test_braces_that_are_no_fields_are_left_alone() -> None:
    assert faults(p("{甲}、{1}、100％、{ }")) == []
