"""Lists with all the dirt at once."""

from __future__ import annotations

from datetime import date

from tests.core.intake.dirt.kit import Made, case, file
from tests.core.intake.dirt.page import Cell, Fault, Page
from tests.core.intake.dirt.truth import R1, R2, T02, T19


def proposals() -> Page:
    """A list of proposals: title, notes, two-line header, mixed days, totals, a repeated header, footers."""
    page = Page(R1, "_ # prisoner_no name sentence sentence_start sentence_end amount_due proposed filed_on remarks")
    page.put(None, R1.title).put().put(None, "填报单位：", None, None, None, None, None, None, "2026.11.1")
    labels = [
        "",
        "序号",
        "罪犯\n编号",
        "姓  名",
        "原判刑期",
        "刑期",
        "",
        "应缴金额\n（万元）",
        "提请减刑幅度",
        "报请日期",
        "备注",
    ]
    lower = ["", "", "", "", "", "起日", "止日", "", "", "", ""]
    merged = [(0, at, 1, at) for at in (1, 2, 3, 4, 7, 8, 9, 10)] + [(0, 5, 0, 6)]
    page.header_lines(labels, lower, merged=merged)
    first, second, third, fourth, fifth = R1.rows
    page.record(first, {"prisoner_no": 9000000001, "filed_on": "2022.9.20", "amount_due": 0.1})
    page.record(
        second,
        {"name": "孙 样\n三", "sentence_start": "20180211", "sentence_end": "#N/A", "amount_due": "0.2"},
        {"sentence_end": ""},
        ["sentence_end"],
    )
    page.put().aside("合计、小计", None, "小计", None, "2人", None, None, None, 0.3)
    page.aside("重复的表头", *labels).aside("重复的表头", *lower)
    page.record(
        third,
        {
            "name": f"\u00a0{third['name']}（男）",
            "sentence": "６年",
            "filed_on": "二〇二二年九月二十二日",
            "amount_due": 0.3,
        },
    )
    page.refuse(fourth, {"name": None, "amount_due": 0.4}, "姓名")
    page.record(
        fifth,
        {"proposed": "同上", "filed_on": "2022年9月24日", "amount_due": "0.5万元", "remarks": "2026.4.1已收监"},
        {"proposed": "有期徒刑六个月", "remarks": "2026.4.1已收监"},
        ["proposed"],
    )
    page.aside("合计、小计", None, "合计", None, "4人", None, None, None, 1.5)
    return page.aside("表尾", None, "制表人：某某", None, None, None, "审核人：某某")


def corrections() -> Page:
    """A list of people in correction: merged offices, groups, blank words, numbers as texts, hidden columns."""
    page = Page(
        T02, "# correction_office correction_no name id_number correction_kind correction_start correction_end status"
    )
    page.put(T02.title, merge=True).put("（截至2026年11月）").header(
        {"correction_no": "社区矫正对象编号", "correction_end": "矫正期满日期"}
    )
    first, second, third, fourth, fifth = T02.rows
    page.record(first, {"correction_kind": "宣告缓刑"})
    page.record(
        second, {"correction_office": None, "id_number": f"'{second['id_number']}"}, doubts=["correction_office"]
    )
    page.record(
        third, {"correction_office": None, "id_number": "不详"}, {"id_number": ""}, doubts=["correction_office"]
    )
    page.aside("合计、小计", "小计", "3人")
    page.record(fourth, {"correction_start": "45762", "correction_no": 2026000004}, doubts=["correction_start"])
    page.aside("表尾", "第1页 共2页").aside("重复的表头", *[page.label(each) for each in page.columns])
    page.record(fifth, {"correction_end": "长期"}, {"correction_end": ""}, ["correction_end"])
    page.grid.merged += [(3, 1, 5, 1)]
    return page.aside("表尾", "填报单位：样例县司法局").hide(rows=[5], columns=[5])


def reductions() -> Page:
    """Rulings: names merged downwards, ditto marks, impossible days."""
    page = Page(R2).put(R2.title).put().header()
    page.record(R2.rows[0])
    same: dict[str, Cell] = dict.fromkeys(("prisoner_no", "name"))
    again = {**R2.rows[1], **{each: R2.rows[0][each] for each in same}}
    page.record(again, {**same, "court": "〃"}, doubts=["prisoner_no", "name", "court"])
    page.refuse(R2.rows[2], {"ruled_on": "2022.2.30"}, "裁定日期")
    page.record(R2.rows[3], {"ruled_on": date(2020, 4, 12), "end_after": "/"}, {"end_after": ""})
    page.grid.merged += [(3, 0, 4, 0), (3, 1, 4, 1)]
    return page.aside("合计、小计", None, "合计", "3次").aside("表尾", "经办人：某某")


@case("全部问题，提请名册.xlsx")
def all_proposals() -> Made:
    return file("xlsx", proposals())


@case("全部问题，提请名册.xls")
def all_proposals_old() -> Made:
    return file("xls", proposals())


@case("全部问题，提请名册.csv")
def all_proposals_text() -> Made:
    return file("text", proposals())


@case("全部问题，矫正名册.xlsx")
def all_corrections() -> Made:
    return file("xlsx", corrections())


@case("全部问题，矫正名册.ods")
def all_corrections_open() -> Made:
    return file("ods", corrections())


@case("全部问题，几种表.xls")
def all_of_three() -> Made:
    third = Page(T19, name="剥权").put(T19.title).header({"deprivation": "剥权\n年限"})
    third.refuse(T19.rows[0], {"name": Fault("#N/A")}, "姓名").records(*T19.rows[1:])
    parts = [corrections(), reductions(), third]
    for page, name in zip(parts, ("矫正", "减刑", "剥权"), strict=True):
        page.grid.name = page.expected.sheet = name
    return file("xls", *parts)


@case("全部问题，网页.xls")
def all_as_page() -> Made:
    return file("page", corrections(), encoding="utf-8")
