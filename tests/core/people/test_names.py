"""Names as printed and as compared."""

from __future__ import annotations

import pytest

from app.core.people.names import compare_form, read_name


@pytest.mark.parametrize(
    ("text", "name", "note", "compared"),
    [
        ("李某某(女)", "李某某", "女", "李某某"),
        ("李　某", "李某", "", "李某"),
        ("李 某\u00a0", "李某", "", "李某"),
        ("王某\n（在押）", "王某", "在押", "王某"),
        ("阿不都·热合曼", "阿不都·热合曼", "", "阿不都热合曼"),
        ("阿不都•热合曼", "阿不都•热合曼", "", "阿不都热合曼"),
        ("JOHN  SMITH", "JOHN SMITH", "", "johnsmith"),
        ("ＪＯＨＮ", "ＪＯＨＮ", "", "john"),
        ("'赵某", "赵某", "", "赵某"),
        ("（女）", "", "女", ""),
    ],
)
def test_name(text: str, name: str, note: str, compared: str) -> None:
    read = read_name(text)
    assert (read.name, read.note, read.original) == (name, note, text)
    assert compare_form(text) == compared


@pytest.mark.parametrize(
    ("text", "aliases"),
    [("张某（曾用名：张小某）", ("张小某",)), ("张某(又名张大，绰号老张)", ("张大", "老张")), ("张某(女)", ())],
)
def test_aliases_come_out_of_brackets(text: str, aliases: tuple[str, ...]) -> None:
    assert read_name(text).aliases == aliases
