"""Dirt around the rows: titles, headers, totals, footers, blank columns, merged cells, several tables."""

from __future__ import annotations

from tests.core.intake.dirt.kit import Made, case, file
from tests.core.intake.dirt.page import COUNT, Page
from tests.core.intake.dirt.truth import R1, R2, R3, R6, T01, T02, T05, T19, T20


@case("标题合并、空行、填报单位在表头之上.xlsx")
def titles() -> Made:
    page = Page(R1).put(R1.title, merge=True).put().put("单位：（盖章）", None, None, "填报日期：2026年11月1日")
    return file("xlsx", page.header().records())


@case("表头在第十五行.xlsx")
def far_header() -> Made:
    page = Page(T02).put(T02.title, merge=True).put("填表说明：")
    for number in range(1, 12):
        page.put(f"{number}、本表由各司法所填写，姓名、身份证号与户籍一致，第{number}项。")
    return file("xlsx", page.put().header().records())


@case("两行表头，合并.xls")
def two_lines() -> Made:
    page = Page(R1, "# prisoner_no name sentence_start sentence_end proposed filed_on").put(R1.title, merge=True)
    merged = [(0, at, 1, at) for at in (0, 1, 2, 5, 6)] + [(0, 3, 0, 4)]
    upper = ["序号", "罪犯编号", "姓名", "刑期", "", "提请减刑幅度", "报请日期"]
    return file("xls", page.header_lines(upper, ["", "", "", "起日", "止日", "", ""], merged=merged).records())


@case("两行表头，没有合并.csv")
def two_lines_of_text() -> Made:
    page = Page(T19, "# name prisoner_no sentence_start sentence_end deprivation released_on")
    upper = ["序号", "姓名", "罪犯编号", "刑期", "", "附加剥权年限", "释放日期"]
    return file("text", page.header_lines(upper, ["", "", "", "起", "止", "", ""]).records())


@case("三行表头.xlsx")
def three_lines() -> Made:
    page = Page(T20, "name id_number police_station deprivation deprivation_start deprivation_end status")
    merged = [(0, at, 2, at) for at in (0, 1, 2, 6)] + [(0, 3, 0, 5), (1, 3, 2, 3), (1, 4, 1, 5)]
    lines = (
        ["姓名", "身份证号", "管辖派出所", "剥夺政治权利情况", "", "", "状态"],
        ["", "", "", "剥权期限", "剥权", "", ""],
        ["", "", "", "", "起始日期", "截止日期", ""],
    )
    return file("xlsx", page.header_lines(*lines, merged=merged).records())


@case("分页打印，标题和表头在中间重复.xls")
def repeated_header() -> Made:
    page = Page(T19).put(T19.title, merge=True).header().records(*T19.rows[:2])
    page.aside("表尾", "第1页 共2页").aside("重复的标题", T19.title)
    page.aside("重复的表头", *[page.label(each) for each in page.columns])
    return file("xls", page.records(*T19.rows[2:]).aside("表尾", "第2页 共2页"))


@case("小计合计.xlsx")
def totals() -> Made:
    page = Page(R6, "# prisoner_no name penalty_kind amount_due amount_paid paid_on").header().records(*R6.rows[:2])
    page.aside("合计、小计", "小计", None, None, None, 60000, 10000).records(*R6.rows[2:])
    page.aside("合计、小计", None, None, "小  计", None, 140000, 10000)
    return file("xlsx", page.aside("合计、小计", "合计（4人）", None, None, None, 200000, 20000))


@case("制表人、填报单位在表尾.csv")
def footers() -> Made:
    page = Page(T05).put(T05.title).header().records().put()
    page.aside("表尾", "填报单位：样例县人民检察院", None, None, "填报时间：2026年11月1日")
    page.aside("表尾", "制表人：某某", None, "审核人：某某").aside("表尾", "注：1.本表按月填报；2.空白为未填。")
    return file("text", page)


@case("表尾写在右边.xlsx")
def footer_at_the_right() -> Made:
    page = Page(T05).header().records()
    return file("xlsx", page.aside("表尾", None, None, None, None, "制表人：某某", "2026年11月1日"))


@case("序号列写成编号.ods")
def serials() -> Made:
    page = Page(R2, "# name ruled_on reduced end_after court").put(R2.title)
    return file("ods", page.header({COUNT: "编号"}).records())


@case("预留序号的空行.xlsx")
def reserved_rows() -> Made:
    page = Page(T01, "# name id_number case_no offence probation judged_on effective_on").header().records()
    for number in range(5, 9):
        page.aside("只有序号的空行", number)
    return file("xlsx", page)


@case("栏次行和填写示例.xlsx")
def numbered_columns() -> Made:
    page = Page(R1, "# name prisoner_no offence proposed filed_on").header()
    page.aside("栏次", "甲", "乙", 1, 2, 3, 4).aside(
        "填写示例", "例", "某某", "9000000099", "盗窃罪", "六个月", "2022-9-1"
    )
    return file("xlsx", page.records())


@case("姓名纵向合并.xlsx")
def merged_names() -> Made:
    page = Page(R2).header().record(R2.rows[0])
    same = {each: R2.rows[0][each] for each in ("prisoner_no", "name")}
    for row in R2.rows[1:3]:
        page.record({**row, **same}, dict.fromkeys(same), doubts=list(same))
    page.record(R2.rows[3]).grid.merged = [(1, 0, 3, 0), (1, 1, 3, 1)]
    return file("xlsx", page)


@case("司法所纵向合并.xls")
def merged_offices() -> Made:
    return file("xls", _offices())


@case("司法所纵向合并，网页.xls")
def merged_offices_page() -> Made:
    return file("page", _offices(), encoding="utf-8")


def _offices() -> Page:
    page = Page(T02, "correction_office correction_no name correction_kind correction_start correction_end").header()
    page.record(T02.rows[0])
    for row in T02.rows[1:]:
        page.record(row, {"correction_office": None}, doubts=["correction_office"])
    page.grid.merged = [(1, 0, len(T02.rows), 0)]
    return page


@case("前面空两列一行.xlsx")
def blank_columns() -> Made:
    return file("xlsx", Page(T01).put().put(T01.title).header().records().shifted(2))


@case("列之间空着几列.ods")
def blank_columns_between() -> Made:
    page = Page(R3, "prisoner_no _ name _ _ awarded_on award points")
    return file("ods", page.header().records())


@case("数据之间有空行.csv")
def blank_rows() -> Made:
    page = Page(R3).put(R3.title).header()
    for row in R3.rows:
        page.record(row).put().put(None, " ")
    return file("text", page)


@case("列名换行、空格、星号、括注、单位.xlsx")
def spaced_labels() -> Made:
    page = Page(R6, "# prisoner_no name penalty_kind amount_due amount_paid paid_on enforcement")
    labels = {
        "prisoner_no": "罪 犯\n编 号",
        "name": "*姓    名",
        "penalty_kind": "判项种类（罚金/没收财产）",
        "amount_due": "应缴金额\n（万元）",
        "amount_paid": "已缴金额(万元)",
        "paid_on": "③缴纳日期（年月日）",
        "enforcement": "执行结论：",
    }
    page.header(labels)
    for order, row in enumerate(R6.rows, 1):
        page.record(row, {"amount_due": 2 * order, "amount_paid": 0.5})
    return file("xlsx", page)


@case("隐藏的行、列，筛选.xlsx")
def hidden_rows() -> Made:
    return file("xlsx", Page(T02).header().records().hide(rows=[3, 4], columns=[3, 5]))


@case("隐藏的行、列、工作表.xls")
def hidden_old() -> Made:
    seen = Page(T02, name="在册").header().records().hide(rows=[2], columns=[2])
    return file("xls", seen, Page(T19, name="藏").header().records().hide(sheet=True))


@case("隐藏的行、列、工作表.ods")
def hidden_open() -> Made:
    seen = Page(R1, name="名册").header().records().hide(rows=[2, 5], columns=[1])
    return file("ods", seen, Page(R2, name="藏").header().records().hide(sheet=True))


@case("各司法所一张表，列不同.xlsx")
def several_sheets() -> Made:
    first = Page(T02, "# correction_no name id_number correction_kind correction_start correction_end", name="甲所")
    second = Page(T02, "name correction_kind reported_on correction_end correction_start status", name="乙所")
    third = Page(T02, "id_number name correction_no offence correction_kind correction_start monitored", name="丙所")
    first.put(T02.title, merge=True).header().records(*T02.rows[:2])
    second.header({"reported_on": "报到日期", "correction_end": "矫正期止"}).records(*T02.rows[2:3])
    third.put().put("丙所在册人员").header().records(*T02.rows[3:])
    return file("xlsx", first, second, third)


@case("一张工作表上下两个表.xlsx")
def two_below() -> Made:
    first = Page(R2).put(R2.title, merge=True).header().records()
    second = Page(R3, grid=first.grid).put().put("奖惩情况").header().records()
    return file("xlsx", first, second)


@case("上下两个表，列相同.xlsx")
def same_below() -> Made:
    page = Page(T05).put("一月收文登记").header().records(*T05.rows[:2]).put()
    page.aside("表中标题", "二月收文登记").aside("重复的表头", *[page.label(each) for each in page.columns])
    return file("xlsx", page.records(*T05.rows[2:]))


@case("分组标题行.xlsx")
def group_rows() -> Made:
    page = Page(T02).header()
    page.aside("表中标题", "一、甲司法所").records(*T02.rows[:2])
    return file("xlsx", page.aside("表中标题", "二、乙司法所（3人）").records(*T02.rows[2:]))


@case("左右并排两栏.xlsx")
def side_by_side() -> Made:
    labels = ["序号", "姓名", "判项种类", "应缴金额"]
    left = Page(R6, "# name penalty_kind amount_due").put(R6.title).header_lines([*labels, *labels])
    right = Page(R6, "_ _ _ _ # name penalty_kind amount_due", grid=left.grid)
    right.expected.header_row = left.expected.header_row
    for one, other in zip(R6.rows[:2], R6.rows[2:], strict=True):
        left.record(one)
        row = left.grid.rows.pop()
        right.record(other)
        left.grid.rows[-1][:4] = row
    return file("xlsx", left, right)
