"""Lawful people in community correction who came from prison: on parole, or serving outside."""

from __future__ import annotations

from datetime import timedelta

from tests.scenarios.correction_lives import OFFENCES, documents, from_effect, roster
from tests.scenarios.scenario import DAY, Made, Maker
from tests.scenarios.world import Row


def parole(made: Maker, calm: bool) -> Made:
    """Parole by an intermediate court; its period is what was left of the sentence."""
    released = made.days_ago(150, 500, calm=calm)
    days = {"judged": released - timedelta(days=10)} | from_effect(made, released)
    days["end"] = DAY + timedelta(days=made.chance.randint(60, 700))
    case_no, court = made.case_no("刑更", released.year), "样本市中级人民法院"
    ruling: Row = {
        "案号": case_no,
        "服刑机关": "样本监狱",
        "裁定日": days["judged"],
        "送达日": released - timedelta(days=6),
        "变更前主刑": "有期徒刑六年",
        "变更后刑期止": days["end"],
        "假释考验期起始": released,
        "假释考验期届满": days["end"],
        "出监日期": released,
    }
    row = roster(
        made,
        days,
        矫正类别="假释",
        罪名=made.chance.choice(OFFENCES),
        原判刑罚="有期徒刑",
        原判刑期="六年",
        社区矫正决定机关名称=court,
        判决书编号=case_no,
        判决日期=days["judged"],
    )
    papers = documents(made, days, "样本监狱", "刑事裁定书、假释证明书、执行通知书", case_no)
    return days, {"T22": [ruling], "T02": [row]} | papers


def outside(made: Maker, calm: bool, *, ground: str = "生活不能自理") -> Made:
    """A sentence served outside prison."""
    decided = made.days_ago(150, 420, calm=calm)
    received = decided + timedelta(days=1)
    handed = received + timedelta(days=made.chance.randint(0, 5))
    days = {
        "decided": decided,
        "effective": received,
        "decision": received,
        "start": handed,
        "sent": handed,
        "received": handed,
        "reported": handed,
        "announced": made.later(handed, 0, 9),
        "copied": made.later(handed, 0, 4),
        "end": DAY + timedelta(days=made.chance.randint(100, 900)),
    }
    number = f"样监外〔{decided.year}〕{made.number}号"
    order: Row = {
        "情形": ground,
        "决定机关": "样本省监狱管理局",
        "决定书号": number,
        "决定日期": decided,
        "收到决定日": received,
        "移送日": handed,
        "余刑止日": days["end"],
        "子女出生日期": "",
        **{f"病情复查日期{each}": "" for each in range(1, 6)},
        "医院": "",
        "结论": "",
        "延长批准机关": "",
        "延长批准日期": "",
        "不计入刑期起止": "",
        "不计入刑期裁定号": "",
        "收监建议日期": "",
        "释放通知日": "",
    }
    row = roster(
        made,
        days,
        矫正类别="暂予监外执行",
        罪名=made.chance.choice(OFFENCES),
        原判刑罚="有期徒刑",
        原判刑期="六年",
        社区矫正决定机关名称="样本省监狱管理局",
    )
    names = "暂予监外执行决定书、病情诊断书、执行通知书、判决书、保证书"
    papers = documents(made, days, "样本监狱", names, number)
    return days, {"T11": [order], "T02": [row]} | papers


def ill(made: Maker, calm: bool) -> Made:
    """Outside prison for illness, with a review every eighty days or so."""
    days, rows = outside(made, calm, ground="严重疾病保外就医")
    while days["start"] < DAY - timedelta(days=400):
        days, rows = outside(made, calm, ground="严重疾病保外就医")
    day, number = days["start"], 0
    while number < 5 and (day := day + timedelta(days=made.chance.randint(70, 85))) < DAY:
        number += 1
        rows["T11"][0][f"病情复查日期{number}"] = days[f"review{number}"] = day
    rows["T11"][0] |= {"医院": "样本省人民医院", "结论": "病情未愈"}
    return days, rows


def child(made: Maker, calm: bool) -> Made:
    """Outside prison to nurse a child not yet one year old."""
    days, rows = outside(made, calm, ground="哺乳自己婴儿")
    rows["T11"][0]["子女出生日期"] = days["born"] = DAY - timedelta(days=made.chance.randint(60, 300))
    return days, rows
