"""Which templates there are, and the look at one before it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.documents.kinds import kind, kinds_in
from app.core.documents.templates import check_template, find_template, list_templates, read_fields
from app.core.errors import FileUnreadable, TemplateFault
from tests.core.documents.papers import docx, p, saved, table


def test_shipped_templates_make_every_kind() -> None:
    for folder in ("reduction", "common", "quality"):
        listed = list_templates(folder)
        assert [each.kind for each in listed] == list(kinds_in(folder))
        assert all(each.shipped for each in listed)


@pytest.mark.parametrize(
    "each", [*list_templates("reduction"), *list_templates("common")], ids=lambda each: each.path.name
)
def test_shipped_templates_are_sound(each: object) -> None:
    assert check_template(getattr(each, "path")) == ()  # noqa: B009


def test_the_offices_own_template_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    first, second = tmp_path / "一", tmp_path / "二"
    first.mkdir()
    second.mkdir()
    own = saved(first, docx(p("{{ 姓名 }}")), "送达回证.docx")
    saved(second, docx(p("{{ 姓名 }}")), "送达回证.docx")
    extra = saved(second, docx(p("{{ 姓名 }}")), "本院自用函.docx")
    saved(second, b"", "~$送达回证.docx")
    folders = (tmp_path / "没有", first, second)
    listed = list_templates("common", folders)
    assert find_template(kind("receipt"), folders) == own
    assert find_template(kind("notice"), folders).parent.name == "common"
    assert [(each.path, each.shipped) for each in listed if each.kind is None] == [(extra, False)]


def test_no_template_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("app.core.documents.templates.SHIPPED", tmp_path)
    with pytest.raises(TemplateFault, match=r"找不到《送达回证》的模板。请把 送达回证\.docx 放进模板文件夹"):
        find_template(kind("receipt"))


def test_fields_are_read_even_from_a_faulty_template(tmp_path: Path) -> None:
    path = saved(tmp_path, docx(p("{{ 姓名 }}{{ 姓明 }}{% for 项 in 附件 %}{{ 项.名称 }}{% endfor %}")))
    assert read_fields(path) == ("姓名", "附件", "附件.名称")


def test_a_sound_template_has_nothing_said_of_it(tmp_path: Path) -> None:
    assert check_template(saved(tmp_path, docx(p("{{ 姓名 }}")))) == ()


def test_a_template_without_fields_is_warned_of(tmp_path: Path) -> None:
    said = check_template(saved(tmp_path, docx(p("姓名"))))
    assert [(each.what, each.fatal) for each in said] == [("没有任何字段", False)]


def test_what_only_shows_when_filled_is_found_by_a_trial(tmp_path: Path) -> None:
    row = table(("{%tr for 项 in 违法问题 %}",), ("{%p for 步 in 项.计算过程 %}",), ("{%tr endfor %}",))
    row = row.replace('</w:tc></w:tr><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t xml:space="preserve">{%tr endfor', "§", 1)
    inner, end = row.split("§")
    body = (
        f"{inner}{p('{{ 步 }}')}{p('{%p endfor %}')}</w:tc></w:tr><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>{{%tr endfor{end}"
    )
    said = check_template(saved(tmp_path, docx(body)))
    assert len(said) == 1
    assert said[0].fatal
    assert "试填不成功：填写后表格里有一格没有段落" in said[0].what


@pytest.mark.parametrize("raw", [b"", b"abc", b"\xd0\xcf\x11\xe0"])
def test_other_files_are_refused(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(TemplateFault):
        check_template(saved(tmp_path, raw))
    with pytest.raises(FileUnreadable):
        check_template(tmp_path / "没有.docx")
