"""Whose list a sheet is: stated, in a column, or plainly named; nothing is guessed."""

from __future__ import annotations

import pytest

from app.core.intake.headers import Header, find_header
from app.core.intake.mapping import known_words, recognise
from app.core.intake.sheet import Sheet
from app.core.intake.unit import unit_of_sheet

LABELS = ("罪犯编号", "姓名", "监狱", "批次", "提请减刑幅度", "报请日期", "原判刑期")


def unit(
    *above: str, prisons: tuple[str, ...] = ("",), name: str = "Sheet1", file: str = "a.xlsx", folder: str = ""
) -> str:
    """The unit of a small proposal list."""
    rows = [
        (f"900000000{place}", f"赵样{place}", prison, "四", "六个月", "2026-10-01", "八年")
        for place, prison in enumerate(prisons)
    ]
    sheet = Sheet(file, name, (*((each, *[""] * 6) for each in above), LABELS, *rows))
    header: Header | None = find_header(sheet, known_words())
    assert header is not None
    return unit_of_sheet(sheet, header, recognise(header, (), sheet), folder)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (unit("填报单位：例县监狱   2026年11月"), "例县监狱"),
        (unit("填报单位：例县监狱刑罚执行科（盖章）"), "例县监狱"),
        (unit("填报单位：例县公安局治安管理大队"), "例县公安局治安管理大队"),
        (unit("报送单位:例县监狱(盖章)", prisons=("样市监狱",)), "例县监狱"),
        (unit(prisons=("例县监狱", "例县监狱 ", "")), "例县监狱"),
        (unit(prisons=("例县监狱", "样市监狱")), "例县监狱、样市监狱"),
        (unit("例县监狱2026年第四批提请减刑名册"), "例县监狱"),
        (unit(file="例县监狱2026年11月.xlsx"), "例县监狱"),
        (unit(folder="样市监狱"), "样市监狱"),
        (unit("全省监狱提请减刑名册"), ""),
        (unit("例县监狱和样市监狱名册"), ""),
        (unit(), ""),
    ],
)
def test_whose_list_it_is(told: str, wanted: str) -> None:
    assert told == wanted


@pytest.mark.parametrize(
    ("above", "file", "wanted"),
    [
        (("填报单位：例县监狱狱政管理科  填报日期：2026.11.18",), "a.xlsx", "例县监狱"),
        (("例县监狱2026年第四批提请减刑名册",), "a.xlsx", "例县监狱"),
        ((), "例县监狱减刑名册.xlsx", "例县监狱"),
        (("例县监狱提请减刑名册", "单位：样市监狱"), "a.xlsx", "样市监狱"),
        (("例县监狱和样市监狱名册",), "a.xlsx", None),
        (("例县人民法院减刑名册",), "a.xlsx", None),
        (("全省监狱提请减刑名册",), "a.xlsx", None),
    ],
)
def test_the_prison_of_every_row_where_no_column_tells(above: tuple[str, ...], file: str, wanted: str | None) -> None:
    labels = tuple(each for each in LABELS if each != "监狱")
    row = ("9000000001", "赵样", "四", "六个月", "2026-10-01", "八年")
    sheet = Sheet(file, "Sheet1", (*((each, *[""] * 5) for each in above), labels, row))
    header = find_header(sheet, known_words())
    assert header is not None
    mapped = recognise(header, (), sheet)
    assert mapped is not None
    told = mapped.said.get("prison")
    assert (told.text if told else None) == wanted
