"""Dirt of the file itself: names that lie, old formats, encodings, what other programs write."""

from __future__ import annotations

from tests.core.intake.dirt.books import changed, lines, zipped
from tests.core.intake.dirt.kit import Made, case, file
from tests.core.intake.dirt.page import Page, Table
from tests.core.intake.dirt.truth import R1, R2, R3, R6, T01, T02, T05, T19, T20

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def clean(table: Table) -> Page:
    """A page without dirt."""
    return Page(table).put(table.title).header().records()


@case("新格式，名字写成xls.xls")
def new_named_old() -> Made:
    return file("xlsx", clean(R1))


@case("旧格式，名字写成xlsx.xlsx")
def old_named_new() -> Made:
    return file("xls", clean(T02))


@case("WPS旧格式.et")
def old_et() -> Made:
    return file("xls", clean(T19))


@case("WPS新格式.et")
def new_et() -> Made:
    return file("xlsx", clean(T20))


@case("带宏的工作簿.xlsm")
def with_macros() -> Made:
    return file("xlsx", clean(R3))


@case("网页另存为表格.xls")
def saved_page() -> Made:
    return file("page", clean(T05), encoding="gb2312")


@case("网页，一页两个表.xls")
def page_of_two() -> Made:
    second = Page(R3, name="乙").header().records()
    return file("page", Page(R2, name="甲").header().records(), second, encoding="utf-8")


@case("2003年的XML表格.xls")
def old_xml() -> Made:
    return file("xml", clean(R6).hide(rows=[4], columns=[2]))


@case("国标编码，逗号.csv")
def national() -> Made:
    return file("text", clean(T01), encoding="gb18030")


@case("UTF-8带标记，分号.csv")
def marked() -> Made:
    return file("text", clean(T05), encoding="utf-8-sig", mark=";")


@case("UTF-8不带标记，竖线.txt")
def unmarked() -> Made:
    return file("text", clean(R2), encoding="utf-8", mark="|")


@case("UTF-16，制表符.txt")
def sixteen() -> Made:
    return file("text", clean(T19), encoding="utf-16", mark="\t")


@case("UTF-16不带标记.csv")
def sixteen_unmarked() -> Made:
    return file("text", clean(R3), encoding="utf-16-le", mark="\t")


@case("一个坏字节.csv")
def one_bad_byte() -> Made:
    page = clean(T05)
    data, expected = file("text", page, encoding="gb18030")
    page.expected.records[1]["doubts"] = ["documents"]
    page.expected.records[1]["values"]["documents"] = "社区\ufffd正告知书"  # type: ignore[index]
    good, bad = "社区矫正告知书".encode("gb18030"), "社区".encode("gb18030") + b"\xff" + "正告知书".encode("gb18030")
    parts = data.split(good)
    return good.join(parts[:2]) + bad + good.join(parts[2:]), expected


@case("行尾多出逗号、文末多出空行.csv")
def ragged() -> Made:
    page = clean(T01)
    data, expected = lines(page.grid, "gb18030"), [page.expected]
    _, expected = file("text", page)
    return data.replace(b"\r\n", b",,,\r\n") + b",,,,,,\r\n\r\n\r\n\x1a", expected


@case("单独的回车换行.csv")
def line_feeds() -> Made:
    page = clean(R2)
    _, expected = file("text", page)
    return lines(page.grid, "utf-8", end="\n"), expected


@case("范围写错、没有样式，文字在格内.xlsx")
def wrong_dimension() -> Made:
    return file("sparse", clean(R1))


@case("标签带前缀，不写位置.xlsx")
def prefixed() -> Made:
    return file("sparse", clean(T02), prefix="x", references=False, inline=False)


@case("部件名用反斜线和大写.xlsx")
def odd_parts() -> Made:
    import io
    import zipfile

    data, expected = file("xlsx", clean(T19))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts: dict[str, str | bytes] = {name.replace("/", "\\"): book.read(name) for name in book.namelist()}
    return zipped(parts), expected


@case("从1904年算起.xlsx")
def from_1904() -> Made:
    return file("xlsx", clean(R2), date_1904=True)


@case("很远的地方有一个字.xlsx")
def stray() -> Made:
    page = clean(R3)
    page.grid.rows += [[] for _ in range(900_000 - len(page.grid.rows))]
    page.grid.rows.append([None] * 15_000 + ["x"])
    page.expected.rejected.append((900_001, "姓名"))
    return file("xlsx", page)


@case("声明了整张表的范围.xlsx")
def huge_dimension() -> Made:
    data, expected = file("xlsx", clean(T05))
    return changed(data, SHEET, ('<dimension ref="A1:G6"/>', '<dimension ref="A1:XFD1048576"/>')), expected


@case("整列有格式的空格子.ods")
def styled_blanks() -> Made:
    return file("ods", clean(T01))
