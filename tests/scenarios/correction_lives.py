"""Lawful people in community correction by a court's judgment: probation and control, running or over."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.law.holidays import shipped
from app.core.sentence.terms import end_of_term
from app.core.sentence.workdays import deadline
from app.core.values import Term
from tests.scenarios.scenario import DAY, Made, Maker, in_words
from tests.scenarios.world import Row, Rows

OFFICES = ("样本县第一司法所", "样本县第二司法所", "样本县第三司法所")
COURT, FAR_COURT = "样本县人民法院", "邻样县人民法院"
OFFENCES = ("盗窃罪", "危险驾驶罪", "故意伤害罪", "诈骗罪", "交通肇事罪", "寻衅滋事罪", "开设赌场罪")
APPEAL = 10


def judged(made: Maker, *, calm: bool, least: int, most: int) -> dict[str, date]:
    """The days of a judgment of first instance: served at once or soon, in force the day after the time to appeal."""
    served = made.days_ago(least, most, calm=calm)
    last = deadline(served, APPEAL, shipped()).moved
    assert last is not None
    return {"judged": served - timedelta(days=made.chance.choice((0, 0, 0, 3, 5))), "served": served} | from_effect(
        made, last + timedelta(days=1)
    )


def from_effect(made: Maker, effective: date) -> dict[str, date]:
    """What follows a decision in time: documents sent and received, the report, the announcement."""
    sent = made.later(effective, 0, 2)
    received = made.later(sent, 0, 3)
    reported = made.later(effective, 1, 10)
    return {
        "effective": effective,
        "start": effective,
        "sent": sent,
        "received": received,
        "reported": reported,
        "announced": made.later(reported, 0, 9),
        "copied": made.later(effective, 1, 8),
    }


def documents(made: Maker, days: dict[str, date], sender: str, names: str, case_no: str) -> Rows:
    """The office's register and the procuratorate's."""
    row: Row = {
        "收文日期": days["received"],
        "来文机关": sender,
        "文书名称": names,
        "文号": case_no,
        "送达方式": made.chance.choice(("直接送达", "邮寄送达", "电子送达")),
        "发文日期": days["sent"],
        "文书是否齐全": "是",
        "缺少文书": "",
        "通知补齐日期": "",
        "补齐日期": "",
        "回执日期": made.later(days["received"], 0, 5),
        "通知日期": days["received"],
        "转送检察院日期": "",
        "转送公安日期": made.later(days["received"], 0, 9),
    }
    copy: Row = {
        "收文日期": days["copied"],
        "来文单位": sender,
        "文书名称": names,
        "案号": case_no,
        "事由": "抄送",
        "承办人": "样本检察官",
    }
    return {"T04": [row], "T05": [copy]}


def roster(made: Maker, days: dict[str, date], **cells: object) -> Row:
    """A row of the roster, lawful as far as the days are."""
    row: Row = {
        "社区矫正对象编号": f"样矫{made.number:05}",
        "固定居住地": f"样本县样本镇{made.number % 97 + 1}号",
        "矫正机构": OFFICES[made.number % len(OFFICES)],
        "文书生效日期": days["effective"],
        "社区矫正开始日期": days["start"],
        "社区矫正结束日期": days["end"],
        "法律文书收到时间": days["received"],
        "法律文书种类": "",
        "报到时间": days["reported"],
        "报到情况": "在规定时限内报到",
        "未按时报到说明": "",
        "是否建立矫正小组": "是",
        "矫正小组组成": f"司法所工作人员、{'村妇联主任' if made.who.sex == '女' else '社会工作者'}、家属",
        "宣告日期": days["announced"],
        "是否被宣告禁止令": "否",
        "状态": "在矫",
        "备注": "",
    }
    return row | cells  # type: ignore[operator]


def probation(
    made: Maker,
    calm: bool,
    *,
    short: bool = False,
    ended: bool = False,
    far: bool = False,
    age: tuple[int, int] | None = None,
) -> Made:
    """A suspended sentence: of this county's court or another's, of a short detention, over already.

    `age` is between how many days ago it was served.
    """
    months = made.chance.randint(2, 6) if short else made.chance.randint(6, 36)
    least = max(months, 2 if short else 12)
    term = made.chance.randint(least, 12 if short else least + 12)
    span = int(term * 30.4)
    if age is None:
        age = (span + 90, span + 240) if ended else (20, span - 20) if short else (160, min(span - 90, 700))
    days = judged(made, calm=calm, least=age[0], most=age[1])
    days["end"] = end_of_term(days["start"], Term.of_months(term))
    case_no, court = made.case_no("刑初", days["judged"].year), FAR_COURT if far else COURT
    kind, offence = "拘役" if short else "有期徒刑", made.chance.choice(OFFENCES)
    judgment: Row = {
        "居住地": f"样本县样本镇{made.number % 97 + 1}号",
        "案号": case_no,
        "审理法院": court,
        "罪名": offence,
        "主刑": kind,
        "刑期": in_words(months),
        "缓刑考验期": in_words(term),
        "附加刑": made.chance.choice(("罚金", "无", "")),
        "禁止令": "",
        "禁止令期限": "",
        "宣判日期": days["judged"],
        "送达日期": days["served"],
        "是否上诉抗诉": "否",
        "二审案号": "",
        "二审结果": "",
        "二审宣告日期": "",
        "生效日期": days["effective"],
        "执行通知书日期": days["effective"],
        "执行地": "样本县",
        "羁押起止": "",
        "是否累犯": "否",
        "是否数罪并罚": "否",
        "备注": "",
    }
    row = roster(
        made,
        days,
        矫正类别="缓刑",
        罪名=offence,
        原判刑罚=kind,
        原判刑期=in_words(months),
        社区矫正决定机关名称=court,
        判决书编号=case_no,
        判决日期=days["judged"],
        缓刑考验期限=in_words(term),
        管制期限="",
    )
    rows = {"T01": [judgment], "T02": [row]} | documents(made, days, court, "刑事判决书、执行通知书", case_no)
    if far:
        rows["T04"][0]["转送检察院日期"] = made.later(days["received"], 0, 9)
        rows["T05"][0] |= {"来文单位": "样本县司法局", "事由": "转送法律文书"}
    if ended:
        discharge(made, days, rows)
    return days, rows


def discharge(made: Maker, days: dict[str, date], rows: Rows) -> None:
    """The end of a correction whose time is over."""
    over = days["over"] = days["end"] + timedelta(days=made.chance.randint(0, 1))
    rows["T02"][0]["状态"] = "解除"
    row: Row = {
        "编号": rows["T02"][0]["社区矫正对象编号"],
        "解除矫正类型": "期满解除",
        "解除矫正日期": over,
        "解除证明书编号": f"样矫解〔{over.year}〕{made.number}号",
        "宣告日期": over,
        "通知决定机关日期": over + timedelta(days=made.chance.randint(0, 5)),
        "抄送检察院日期": over + timedelta(days=made.chance.randint(0, 5)),
        "抄送公安日期": over + timedelta(days=made.chance.randint(0, 5)),
        "终止矫正类型": "",
        "终止日期": "",
    }
    rows["T03"] = [row]


def appealed(made: Maker, calm: bool) -> Made:
    """Appealed and upheld: in force on the day the second instance pronounced."""
    days, rows = probation(made, calm)
    second = days["served"] + timedelta(days=made.chance.randint(35, 60))
    days |= from_effect(made, second)
    term = Term.of_months(made.chance.randint(36, 48))
    days["end"] = end_of_term(second, term)
    rows["T01"][0] |= {
        "缓刑考验期": in_words(term.total_months),
        "是否上诉抗诉": "是",
        "二审案号": made.case_no("刑终", second.year),
        "二审结果": "维持原判",
        "二审宣告日期": second,
        "生效日期": second,
        "执行通知书日期": second,
    }
    case_no = str(rows["T01"][0]["案号"])
    fresh = roster(made, days)
    rows["T02"][0] |= {**{key: text for key, text in fresh.items() if isinstance(text, date)}}
    rows["T02"][0]["缓刑考验期限"] = in_words(term.total_months)
    rows |= documents(made, days, COURT, "刑事判决书、刑事裁定书、执行通知书", case_no)
    return days, rows


def control(made: Maker, calm: bool) -> Made:
    """Control, with nobody held before the judgment."""
    days, rows = probation(made, calm)
    months = made.chance.randint(18, 24)
    while days["start"] < DAY - timedelta(days=450):
        days, rows = probation(made, calm)
    days["end"] = end_of_term(days["start"], Term.of_months(months))
    rows["T01"][0] |= {"主刑": "管制", "刑期": in_words(months), "缓刑考验期": "", "羁押起止": "无"}
    rows["T02"][0] |= {
        "矫正类别": "管制",
        "原判刑罚": "管制",
        "原判刑期": in_words(months),
        "缓刑考验期限": "",
        "管制期限": in_words(months),
        "社区矫正结束日期": days["end"],
    }
    return days, rows


def young(made: Maker, calm: bool) -> Made:
    """In force since a few days: most is not due yet."""
    while True:
        days, rows = probation(made, calm, age=(11, 28))
        if days["effective"] <= DAY:
            return days, rows
