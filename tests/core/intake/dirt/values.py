"""Dirt within cells: how numbers, days, names and blanks are really written."""

from __future__ import annotations

from datetime import date

from tests.core.intake.dirt.books import day_number
from tests.core.intake.dirt.kit import Made, case, file
from tests.core.intake.dirt.page import Cell, Fault, Formula, Page, Row, Serial
from tests.core.intake.dirt.truth import NUMBERS, R1, R2, R3, R6, T01, T02, T05, T19, T20, id_number

WIDE = str.maketrans("0123456789.-/X", "０１２３４５６７８９．－／Ｘ")
UNLIKELY = "\u200b\ufeff\u00a0\u3000 \t"
FULL_NUMERALS = "〇一二三四五六七八九"


@case("编号存成数字，金额存成文本.xlsx")
def numbers_and_texts() -> Made:
    page = Page(R6).header()
    for row in R6.rows:
        due = int(str(row["amount_due"][0]))  # type: ignore[index]
        written: dict[str, Cell] = {"prisoner_no": int(str(row["prisoner_no"])), "amount_due": f"{due:,}.00"}
        page.record(row, {**written, "amount_paid": "￥5,000元"})
    return file("xlsx", page)


@case("身份证号码存成数字.xlsx")
def numeric_id() -> Made:
    page = Page(T02).header()
    for row in T02.rows:
        page.record(row, {"id_number": int(str(row["id_number"])[:17]) * 10}, {"id_number": ""}, ["id_number"])
    return file("xlsx", page)


@case("身份证号码存成数字.xls")
def numeric_id_old() -> Made:
    page = Page(R1).header().record(R1.rows[0], {"id_number": 4.13028199001011e17}, {"id_number": ""}, ["id_number"])
    return file("xls", page.records(*R1.rows[1:]))


@case("身份证号码成了科学计数.csv")
def scientific_id() -> Made:
    page = Page(T01).header()
    for row in T01.rows:
        page.record(row, {"id_number": "1.10101E+17"}, {"id_number": ""}, ["id_number"])
    return file("text", page)


@case("身份证号码带引号、空格、小写x.csv")
def odd_ids() -> Made:
    number = id_number(40, 1990, letter=True)
    split = f"{number[:6]} {number[6:14]} {number[14:]}"
    page = Page(T19).header()
    for row, written in zip(T19.rows, (f"'{number}", number.lower(), split, f"\t{number}"), strict=True):
        page.record(row, {"id_number": written}, {"id_number": number})
    return file("text", page)


@case("日期写成序列号.xlsx")
def serial_days() -> Made:
    page = Page(T02).header()
    for order, row in enumerate(T02.rows):
        number = day_number(date(2025, order + 1, 15))
        written: list[Cell] = [number, str(number), f"{number}.0", Serial(number, "0.00"), Serial(number, "General")]
        page.record(row, {"correction_start": written[order]}, doubts=["correction_start"])
    return file("xlsx", page)


DAYS = (
    "2022-06-{0:02}",
    "2022/6/{0}",
    "2022.6.{0}",
    "2022.06.{0:02}",
    "202206{0:02}",
    "2022年6月{0}日",
    "2022年06月{0:02}日",
    "二〇二二年六月{1}日",
    "二○二二年六月{1}日",
    "二零二二年六月{1}日",
    "2022-06-{0:02} 00:00:00",
    "2022.6.{0}日",
    "2022,6,{0}",
    " 2022－06－{0:02} ",
    "2022 年 6 月 {0} 日",
    "2022/06/{0:02} 8:30",
    "2022-6-{0}　",
)


@case("一列里日期写法各不相同.xlsx")
def mixed_days() -> Made:
    page = Page(R1).header()
    for order, pattern in enumerate(DAYS):
        day = 1 + order % 9
        text = pattern.format(day, FULL_NUMERALS[day])
        page.record(R1.rows[order % 5], {"filed_on": text}, {"filed_on": f"2022-06-{day:02}"})
    page.record(R1.rows[0], {"filed_on": date(2022, 6, 3)}, {"filed_on": "2022-06-03"})
    return file("xlsx", page)


@case("两位年份的日期.csv")
def short_years() -> Made:
    page = Page(T05).header()
    for row in T05.rows:
        day = row["received_on"]
        assert isinstance(day, date)
        page.record(row, {"received_on": f"{day:%y}.{day.month}.{day.day}"}, doubts=["received_on"])
    return file("text", page)


@case("没有的日子、含糊的日子.xlsx")
def impossible_days() -> Made:
    page = Page(R2).header().record(R2.rows[0], {"end_after": "2022.6.31"}, {"end_after": ""}, ["end_after"])
    page.refuse(R2.rows[1], {"ruled_on": "2022.6.31"}, "裁定日期").refuse(
        R2.rows[2], {"ruled_on": "03/06/2022"}, "裁定日期"
    )
    page.refuse(R2.rows[3], {"ruled_on": "近期"}, "裁定日期")
    return file("xlsx", page.refuse(R2.rows[3], {"ruled_on": None}, "裁定日期"))


@case("空日期显示成1900-01-00.xlsx")
def no_day() -> Made:
    page = Page(R1).header()
    for row, written in zip(R1.rows, (Serial(0, "yyyy/m/d"), "1900/1/0", "1900-01-00", "0", 0), strict=True):
        page.record(row, {"filed_on": written}, {"filed_on": ""}, [] if written in ("0", 0) else ["filed_on"])
    return file("xlsx", page)


@case("起止写在一格里.xlsx")
def ranges() -> Made:
    page = Page(T19, "prisoner_no name offence sentence_start deprivation released_on")
    page.header({"sentence_start": "刑期起止"})
    ways = (
        "2015.{0}.18-2025.{0}.17",
        "2015.{0}.18—2025.{0}.17",
        "2015年{0}月18日至2025年{0}月17日",
        "自2015年{0}月18日起至2025年{0}月17日止",
    )
    for order, (row, way) in enumerate(zip(T19.rows, ways, strict=True), 1):
        page.record(row, {"sentence_start": way.format(order)}, {"sentence_end": f"2025-{order:02}-17"})
    return file("xlsx", page)


@case("全角的数字和字母.csv")
def full_width() -> Made:
    page = Page(R1).header()
    for order, row in enumerate(R1.rows, 1):
        written = {
            each: str(row[each]).translate(WIDE) for each in ("prisoner_no", "id_number", "sentence_start", "filed_on")
        }
        page.record(row, {**written, "amount_due": f"{order}０００", "sentence": f"{order + 3}年".translate(WIDE)})
    return file("text", page)


@case("首尾空格、不断行空格、零宽字符.xlsx")
def invisible() -> Made:
    page = Page(T05).header()
    for row in T05.rows:
        names = {each: f"{UNLIKELY}{row[each]}\r\n{UNLIKELY}" for each in ("name", "id_number", "received_on")}
        page.record(row, names)
    return file("xlsx", page)


@case("姓名里有空格、换行、括注.xlsx")
def odd_names() -> Made:
    page = Page(T19).header()
    for row, pattern in zip(
        T19.rows, ("{0[0]}  {0[1]}{0[2]}", "{0[0]}{0[1]}\n{0[2]}", "{0}(女)", "{0}（男）"), strict=True
    ):
        page.record(row, {"name": pattern.format(row["name"])})
    return file("xlsx", page)


@case("无、不详、斜杠、横线.xlsx")
def blanks() -> Made:
    page = Page(T20).header()
    words = ("无", "/", "—", "--")
    for row, word in zip(T20.rows, words, strict=True):
        empty = dict.fromkeys(("released_on", "id_number"), word)
        page.record(row, empty, dict.fromkeys(empty, ""))
    return file("xlsx", page)


@case("同上.xlsx")
def ditto() -> Made:
    page = Page(T05).header().record(T05.rows[0])
    first = T05.rows[0]
    for row, word in zip(T05.rows[1:], ("同上", "〃", "同 上"), strict=True):
        same = ("received_on", "sender", "documents")
        page.record({**row, "received_on": first["received_on"]}, dict.fromkeys(same, word), doubts=same)
    return file("xlsx", page)


@case("错误值.xlsx")
def faults() -> Made:
    page = Page(R1).header()
    for row, word in zip(R1.rows, ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"), strict=True):
        page.record(row, {"sentence_end": Fault(word)}, {"sentence_end": ""}, ["sentence_end"])
    return file("xlsx", page.refuse(R1.rows[0], {"name": Fault("#N/A")}, "姓名"))


@case("错误值.xls")
def faults_old() -> Made:
    page = Page(T19).header().refuse(T19.rows[0], {"name": Fault("#REF!")}, "姓名")
    for row in T19.rows[1:]:
        page.record(row, {"offence": Fault("#N/A")}, {"offence": ""}, ["offence"])
    return file("xls", page)


@case("错误值成了文字.csv")
def faults_as_text() -> Made:
    page = Page(T01).header().refuse(T01.rows[0], {"name": "#N/A"}, "姓名")
    page.record(T01.rows[1], {"court": "#REF!"}, {"court": ""}, ["court"])
    return file("text", page.records(*T01.rows[2:]))


@case("公式，有结果.xlsx")
def formulas() -> Made:
    page = Page(R6).header()
    for order, row in enumerate(R6.rows, 1):
        page.record(row, {"amount_due": Formula("20000*1", 20000 * order), "name": Formula('A1&""', str(row["name"]))})
    return file("xlsx", page)


@case("公式，结果没有保存.xlsx")
def unsaved_formulas() -> Made:
    page = Page(R6).header()
    for row in R6.rows:
        page.record(row, {"paid_on": Formula("TODAY()")}, {"paid_on": ""}, ["paid_on"])
    return file("xlsx", page)


@case("刑期写法各不相同.xlsx")
def terms() -> Made:
    page = Page(R1).header()
    ways = {
        "三年六个月": "三年六个月",
        "3年6个月": "三年六个月",
        "3年6月": "三年六个月",
        "三年又六个月": "三年六个月",
        "一年零三个月": "一年三个月",
        "拾个月": "十个月",
        "有期徒刑３年": "三年",
        "03_06_00": "三年六个月",
        "贰年": "二年",
        "两年": "二年",
        "1 年": "一年",
        "无期": "无期徒刑",
    }
    for order, (way, value) in enumerate(ways.items()):
        whole = value if value.startswith("无期") else f"有期徒刑{value}"
        page.record(R1.rows[order % 5], {"sentence": way}, {"sentence": whole})
    return file("xlsx", page.record(R1.rows[0], {"sentence": "1.6"}, {"sentence": ""}, ["sentence"]))


@case("是否写法各不相同.xlsx")
def booleans() -> Made:
    page = Page(R1).header()
    ways = {"√": "是", "×": "否", "Y": "是", "n": "否", "有": "是", "无": "否", "累犯": "是", "非累犯": "否"}
    for order, (way, value) in enumerate(ways.items()):
        page.record(R1.rows[order % 5], {"recidivist": way}, {"recidivist": value})
    page.record(R1.rows[0], {"recidivist": True}, {"recidivist": "是"})
    return file("xlsx", page.record(R1.rows[1], {"recidivist": "疑似"}, {"recidivist": ""}, ["recidivist"]))


@case("一格里有几行字.csv")
def several_lines() -> Made:
    page = Page(T05).header()
    for row in T05.rows:
        page.record(
            row, {"documents": '判决书\n"执行通知书",\r\n告知书'}, {"documents": '判决书\n"执行通知书",\r\n告知书'}
        )
    return file("text", page)


@case("同一人两行.xlsx")
def twice() -> Made:
    second: Row = {**T01.rows[0], "case_no": "（2026）豫0000刑初99号", "offence": "盗窃罪"}
    return file("xlsx", Page(T01).header().record(T01.rows[0]).record(second).records(*T01.rows[1:]))


@case("缺姓名的行.xlsx")
def nameless() -> Made:
    page = Page(R3).header().records(*R3.rows[:2])
    for word in (None, "/", "不详"):
        page.refuse(R3.rows[2], {"name": word}, "姓名")
    return file("xlsx", page.record(R3.rows[3], {"award": f"表扬（第{NUMBERS[0]}次）"}, {"award": "表扬"}, ["award"]))
