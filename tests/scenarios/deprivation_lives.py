"""Lawful people deprived of political rights: released, paroled, deprived alone; listed, over, or not this office's."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.law.holidays import shipped
from app.core.sentence.terms import add_months, end_of_term
from app.core.sentence.workdays import deadline
from app.core.values import Term
from tests.scenarios.scenario import DAY, Made, Maker, in_words
from tests.scenarios.world import Row, Rows

STATIONS = ("样本派出所", "样北派出所", "样南派出所", "样东派出所")
HOME, AWAY = "样本省样本市样本县", "样本省样本市邻样县"
COURT = "样本县人民法院"
OFFENCES = ("抢劫罪", "盗窃罪", "诈骗罪", "故意伤害罪", "贩卖毒品罪")


def released(
    made: Maker, calm: bool, *, ago: tuple[int, int] = (110, 800), home: str = HOME, over: bool = False
) -> Made:
    """Released at the end of a fixed term, with one to five years of deprivation, and listed soon after.

    `ago` is between how many days ago; `over` is for those whose deprivation has ended since.
    """
    years, months = made.chance.randint(3, 9), made.chance.randint(1, 5) * 12
    if over:
        months = made.chance.randint(1, 2) * 12
        ago = (months * 31 + 60, months * 31 + 700)
    elif ago[0] > 31:
        months = made.chance.randint(3, 5) * 12
    freed = made.days_ago(*ago, calm=calm)
    begun = add_months(freed, -12 * years) + timedelta(days=1)
    judged = begun + timedelta(days=made.chance.randint(100, 150))
    days = {
        "begun": begun,
        "judged": judged,
        "effective": judged + timedelta(days=30),
        "released": freed,
        "start": freed,
        "end": end_of_term(freed, Term.of_months(months)),
        "sent": add_months(freed, -1) - timedelta(days=made.chance.randint(2, 12)),
        "listed": made.later(freed, 1, 10),
    }
    number, sentence, term = made.case_no("刑初", judged.year), f"有期徒刑{in_words(years * 12)}", in_words(months)
    offence = made.chance.choice(OFFENCES)
    judgment: Row = {
        "居住地": home,
        "案号": number,
        "审理法院": COURT,
        "罪名": offence,
        "主刑": "有期徒刑",
        "刑期": in_words(years * 12),
        "缓刑考验期": "",
        "附加刑": "剥夺政治权利",
        "剥权期限": term,
        "宣判日期": judged,
        "送达日期": judged,
        "是否上诉抗诉": "",
        "生效日期": days["effective"],
        "是否数罪并罚": "否",
        "备注": "",
    }
    release: Row = {
        "罪犯编号": f"99{made.number:06}",
        "罪名": offence,
        "判决法院": COURT,
        "案号": number,
        "原判主刑": sentence,
        "刑期起": begun,
        "刑期止": freed,
        "现刑期止日": freed,
        "附加剥权年限": term,
        "变更后剥权": "",
        "释放日期": freed,
        "释放类型": "刑满释放",
        "户籍地": home,
        "接收派出所": made.chance.choice(STATIONS),
    }
    paper: Row = {
        "释放日期": freed,
        "文书": "刑满释放通知书、刑事判决书、出监鉴定表",
        "送达公安机关": f"{home[-3:]}公安局",
        "通知/寄出日期": days["sent"],
        "签收日期": days["sent"] + timedelta(days=3),
        "是否载明剥权起止": "是",
    }
    rows: Rows = {"T01": [judgment], "T19": [release], "T21": [paper]}
    rows["T20"] = [
        listing(made, days, 案号=number, 罪名=offence, 主刑="有期徒刑", 刑期=in_words(years * 12), 剥权期限=term)
    ]
    return days, rows


def listing(made: Maker, days: dict[str, date], **cells: str) -> Row:
    """A row of the police's list, lawful as far as the days are."""
    end = days["end"]
    over = end < DAY
    told = made.later(end, 0, 5) if over else ""
    row: Row = {
        "户籍地": HOME,
        "现住址": HOME,
        "管辖派出所": made.chance.choice(STATIONS),
        "责任民警": "样本警一",
        "文书号": cells.pop("案号", ""),
        "释放日期": days.get("released", ""),
        "剥权起始日期": days["start"],
        "剥权截止日期": end,
        "列管日期": days["listed"],
        "宣布日期": made.later(days["listed"], 0, 6),
        "告知书签收": "是",
        "所在单位": "",
        "村居": f"样本村{made.number % 9 + 1}组",
        "期满通知本人日期": told,
        "期满通知单位日期": "",
        "期满通知村居日期": told,
        "撤管日期": told,
        "撤管原因": "期满" if over else "",
        "状态": "撤管" if over else "在管",
    }
    return row | cells


def alone(made: Maker, calm: bool) -> Made:
    """Deprivation imposed alone, served on the police by the court."""
    served = made.days_ago(80, 330, calm=calm)
    last = deadline(served, 10, shipped()).moved
    assert last is not None
    effective = last + timedelta(days=1)
    months = made.chance.randint(1, 3) * 12
    days = {
        "judged": served,
        "effective": effective,
        "start": effective,
        "end": end_of_term(effective, Term.of_months(months)),
        "sent": effective + timedelta(days=made.chance.randint(1, 6)),
        "listed": effective + timedelta(days=made.chance.randint(8, 15)),
    }
    number = made.case_no("刑初", served.year)
    judgment: Row = {
        "居住地": HOME,
        "案号": number,
        "审理法院": COURT,
        "罪名": "寻衅滋事罪",
        "主刑": "无",
        "附加刑": "剥夺政治权利",
        "剥权期限": in_words(months),
        "宣判日期": served,
        "送达日期": served,
        "是否上诉抗诉": "否",
        "生效日期": effective,
        "备注": "单处剥夺政治权利",
    }
    paper: Row = {
        "文书": "刑事判决书、执行通知书",
        "送达公安机关": "样本县公安局",
        "通知/寄出日期": days["sent"],
        "签收日期": days["sent"] + timedelta(days=1),
        "是否载明剥权起止": "是",
    }
    rows: Rows = {"T01": [judgment], "T21": [paper]}
    rows["T20"] = [listing(made, days, 案号=number, 罪名="寻衅滋事罪", 主刑="无", 剥权期限=in_words(months))]
    return days, rows


def parole(made: Maker, calm: bool) -> Made:
    """Released on parole: the deprivation runs from that day."""
    days, rows = released(made, calm, ago=(60, 300))
    freed = days["released"]
    last = days["parole_end"] = DAY + timedelta(days=made.chance.randint(200, 600))
    rows["T19"][0] |= {"释放类型": "假释", "现刑期止日": last, "刑期止": last}
    rows.pop("T21")
    ruling: Row = {
        "案号": made.case_no("刑更", freed.year),
        "罪犯编号": rows["T19"][0]["罪犯编号"],
        "服刑机关": "样本监狱",
        "裁定日": freed - timedelta(days=4),
        "变更前主刑": rows["T19"][0]["原判主刑"],
        "变更前剥权": rows["T19"][0]["附加剥权年限"],
        "假释考验期起始": freed,
        "假释考验期届满": last,
        "出监日期": freed,
    }
    rows["T22"] = [ruling]
    return days, rows


def commuted(made: Maker, calm: bool) -> Made:
    """The deprivation was shortened to one year together with the sentence; prison and police know."""
    days, rows = released(made, calm, ago=(60, 330))
    days["end"] = end_of_term(days["released"], Term.of_months(12))
    ruling: Row = {
        "案号": made.case_no("刑更", days["released"].year - 1),
        "罪犯编号": rows["T19"][0]["罪犯编号"],
        "服刑机关": "样本监狱",
        "裁定日": days["released"] - timedelta(days=200),
        "变更前主刑": rows["T19"][0]["原判主刑"],
        "变更前剥权": rows["T19"][0]["附加剥权年限"],
        "本次剥权": "一年",
        "变更后刑期止": days["released"],
    }
    rows["T22"] = [ruling]
    rows["T19"][0]["变更后剥权"] = "一年"
    rows["T20"][0] |= {"剥权期限": "一年", "剥权截止日期": days["end"]}
    return days, rows


def far(made: Maker, calm: bool) -> Made:
    """Gone home to another county, whose police keep another list."""
    days, rows = released(made, calm, home=AWAY)
    rows.pop("T20")
    rows["T19"][0]["接收派出所"] = ""
    return days, rows


def recent(made: Maker, calm: bool) -> Made:
    """Released days ago: the police still have time."""
    days, rows = released(made, calm, ago=(1, 10))
    rows.pop("T20")
    return days, rows


def plain(made: Maker, calm: bool) -> Made:
    """Released without any deprivation: not listed, a voter, a company's legal representative."""
    days, rows = released(made, calm)
    rows.pop("T20")
    rows["T21"][0]["是否载明剥权起止"] = ""
    rows["T19"][0] |= {"附加剥权年限": "无"}
    rows["T01"][0] |= {"附加刑": "罚金", "剥权期限": "无"}
    rows["T23"] = [
        {"选区": "样本镇人大代表选区", "名单公布日": DAY - timedelta(days=50), "选举日": DAY - timedelta(days=30)}
    ]
    rows["T24"] = [
        {
            "企业名称": "样本商贸有限公司",
            "企业类型": "民营企业",
            "职务": "法定代表人",
            "任职起": DAY - timedelta(days=40),
        }
    ]
    return days, rows


def past(made: Maker, calm: bool) -> Made:
    """Over for good: told of it, off the list, a voter again."""
    days, rows = released(made, calm, over=True)
    rows["T23"] = [{"选区": "样本镇人大代表选区", "选举日": made.later(days["end"], 1, 90)}]
    return days, rows
