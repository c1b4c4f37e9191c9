"""Lawful proposals of a prison: fixed terms of every length and class, life, deferred death, parole, long histories.

The numbers of the law stand here a second time, typed from the texts by themselves: an error in the program's
tables shows as a lawful person accused or as a planted breach nobody found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.core.law.holidays import shipped
from app.core.sentence.terms import add_months, end_of_term, move_back
from app.core.sentence.workdays import nth_workday
from app.core.values import Term
from tests.scenarios.scenario import Made, Maker, in_words
from tests.scenarios.world import Row, Rows

PRISON = "样本省样本监狱"
COURT = "样本省样本市中级人民法院"
HIGH_COURT = "样本省高级人民法院"
FIRST, LAST = date(2026, 2, 20), date(2026, 5, 20)  # between which days everybody is proposed
REPENTED, BOTH, GREAT = "确有悔改表现", "确有悔改表现并立功", "重大立功"
WARDS = ("一监区", "二监区", "三监区", "四监区", "五监区")
CYCLE = 6  # months in which six hundred points are reached at a hundred a month
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Kind:
    """What the law asks of a kind of fixed term: months until the first proposal, between two, and at most at once."""

    offences: tuple[str, ...]
    terms: tuple[int, int]
    start: int
    interval: int
    most: int
    label: str = "无"
    official: str = "否"
    recidivist: str = "否"


ORDINARY = ("盗窃罪", "诈骗罪", "故意伤害罪", "寻衅滋事罪", "掩饰、隐瞒犯罪所得罪", "合同诈骗罪", "交通肇事罪")
SHORT = Kind(ORDINARY, (40, 59), 12, 12, 9)
MIDDLE = Kind(ORDINARY, (60, 119), 18, 12, 9)
LONG = Kind(ORDINARY, (120, 180), 24, 18, 9)
STRICT = Kind(("集资诈骗罪", "非法吸收公众存款罪", "信用卡诈骗罪"), (60, 119), 24, 12, 8, "金融犯罪")
STRICT_LONG = Kind(("集资诈骗罪", "保险诈骗罪"), (121, 180), 24, 18, 8, "金融犯罪")
VIOLENT = Kind(("抢劫罪", "强奸罪", "故意杀人罪", "绑架罪"), (121, 180), 24, 18, 8, "严重暴力犯罪")
AGAIN = Kind(("盗窃罪", "诈骗罪"), (50, 119), 24, 12, 8, "累犯", recidivist="是")
OFFICIAL = Kind(("受贿罪", "贪污罪"), (50, 119), 24, 18, 6, "职务犯罪", official="是")
OFFICIAL_LONG = Kind(("受贿罪", "贪污罪"), (121, 180), 36, 24, 6, "职务犯罪", official="是")


@dataclass(frozen=True)
class Earlier:
    """One earlier reduction: filed, ruled, served, how many months, and the last day of the sentence after it."""

    filed: date
    ruled: date
    served: date
    months: int
    end: date
    points_until: date


def ill(made: Maker, calm: bool) -> Made:
    """Somebody too ill to look after himself, proposed when two thirds of the usual start were over."""
    days, rows = fixed(made, calm, kind=replace(MIDDLE, start=MIDDLE.start * 2 // 3), earlier=0, after=(35, 150))
    rows["R1"][0] |= {"从宽情形": "严重疾病难以自理", "丧失劳动能力": "是"}
    for each in rows["R4"]:
        each |= {"监管得分": 50, "教育得分": 50, "劳动得分": 0}
    return days, rows


def fixed(
    made: Maker, _calm: bool, *, kind: Kind = MIDDLE, earlier: int | None = None, after: tuple[int, int] = (35, 700)
) -> Made:
    """A fixed term with none to four earlier reductions, proposed some time after the interval was full."""
    while True:
        story = _try(made, kind, made.chance.choice((0, 0, 1, 1, 2, 3)) if earlier is None else earlier, after)
        if story is not None:
            return story


def _try(made: Maker, kind: Kind, count: int, after: tuple[int, int]) -> Made | None:
    """One life, or None when its reductions would not leave half of the sentence or not end in this season."""
    chance = made.chance
    term = chance.randint(*kind.terms)
    begun = date(2026, 6, 30) - timedelta(days=chance.randint(600, 30 * term))
    judged = begun + timedelta(days=chance.randint(120, 200))
    effective = judged + timedelta(days=chance.randint(11, 16))
    delivered = effective + timedelta(days=chance.randint(12, 35))
    if judged < date(2017, 6, 1):
        return None
    end = original_end = end_of_term(begun, Term.of_months(term))
    half = end_of_term(begun, Term(0, term // 2, 15 * (term % 2)))
    waits, taken = kind.start, 0
    counted, history = delivered, []
    while len(history) < count:
        filed = add_months(counted, waits) + timedelta(days=chance.randint(35, 120))
        months = chance.randint(4, min(kind.most, 8))
        end, taken = move_back(end, Term.of_months(months)), taken + months
        ruled = filed + timedelta(days=chance.randint(15, 28))
        served = ruled + timedelta(days=chance.randint(1, 6))
        history.append(Earlier(filed, ruled, served, months, end, month_end(filed - timedelta(days=45))))
        counted, waits = served, max(kind.interval, months)
    earliest = add_months(counted, waits)
    filed = season(made)
    months = chance.randint(3, kind.most)
    new_end = move_back(end, Term.of_months(months))
    soon, late = (earliest + timedelta(days=each) for each in after)
    if not soon <= filed <= late or new_end < filed + timedelta(days=130):
        return None
    if new_end <= half + timedelta(days=5) or 2 * (taken + months) > term:
        return None
    days = {"begun": begun, "judged": judged, "effective": effective, "delivered": delivered, "filed": filed}
    days |= {"end": end, "new_end": new_end, "original_end": original_end, "half": half}
    days["start_day_short"] = add_months(filed, -kind.start) + ONE
    days["start_day_full"] = add_months(filed, -kind.start)
    days["served_day_short"] = add_months(filed, -kind.interval) + ONE
    days["early_start"] = filed - (half - begun) + timedelta(days=10)
    days["early_end"] = end_of_term(days["early_start"], Term.of_months(term))
    days["one_more"] = move_back(end, Term.of_months(kind.most + 1))
    row = proposal(made, days, history)
    row |= {
        "罪名": chance.choice(kind.offences),
        "原判刑种": "有期徒刑",
        "原判刑期": in_words(term),
        "刑期起日": begun,
        "刑期止日": end,
        "累犯": kind.recidivist,
        "从严情形": kind.label,
        "国家工作人员": kind.official,
        "职务级别": "乡科级" if kind.official == "是" else "无",
        "提请减刑幅度": in_words(months),
        "减后刑期止日": new_end,
    }
    if chance.random() < 0.3:
        row |= {"附加剥夺政治权利": "二年", "减后剥夺政治权利": "二年"}
    return days, rows_of(made, row, history, days)


def season(made: Maker) -> date:
    """A day of filing, never near the end of a month, where a day earlier may be the same day months before."""
    while True:
        day = FIRST + timedelta(days=made.chance.randint(0, (LAST - FIRST).days))
        if day.day < 28:
            return day


def proposal(made: Maker, days: dict[str, date], history: list[Earlier]) -> Row:
    """What every proposal says, with its days in lawful order."""
    chance, filed = made.chance, days["filed"]
    points_until = month_end(filed - timedelta(days=chance.randint(40, 55)))
    last = history[-1].points_until if history else month_end(days["delivered"] + timedelta(days=50))
    from_day = last + ONE
    assessed = filed - timedelta(days=30)
    shown = assessed + timedelta(days=2)
    hidden, short = (nth_workday(shown, each, shipped()) for each in (6, 3))
    assert hidden is not None
    assert short is not None
    cycles = whole_months(from_day, points_until) // CYCLE
    days |= {"points_from": from_day, "points_until": points_until, "assessed": assessed, "shown": shown}
    days |= {"hidden": hidden, "short_notice": short, "paid": days["judged"] - timedelta(days=20)}
    owed = chance.choice((2000, 5000, 10000, 30000))
    return {
        "罪犯编号": f"98{made.number:08}",
        "监狱": PRISON,
        "监区": chance.choice(WARDS),
        "批次": f"{filed.year}年第{1 + (filed.month > 4)}批",
        "数罪并罚": "否",
        "判决日期": days["judged"],
        "判决生效日期": days["effective"],
        "犯罪时间": days["begun"] - timedelta(days=chance.randint(5, 90)),
        "送交执行日期": days["delivered"],
        "附加剥夺政治权利": "无",
        "累犯": "否",
        "毒品再犯": "否",
        "从严情形": "无",
        "限制减刑": "否",
        "终身监禁": "否",
        "国家工作人员": "否",
        "职务级别": "无",
        "财产性判项": f"罚金{owed}元",
        "应缴金额": owed,
        "已缴金额": owed,
        "履行情况": "已全部履行",
        "狱内月均消费": chance.randint(80, 240),
        "消费额度": 300,
        "账户余额": chance.randint(100, 2500),
        "悔改立功情形": REPENTED,
        "从宽情形": "无",
        "考核起日": from_day,
        "考核止日": points_until,
        "表扬次数": cycles,
        "提请类型": "减刑",
        "减后剥夺政治权利": "无",
        "评审日期": assessed,
        "公示起日": shown,
        "公示止日": hidden,
        "报请日期": filed,
        "检察院收到日期": filed,
        "法院": COURT,
    }


def rows_of(made: Maker, row: Row, history: list[Earlier], days: dict[str, date]) -> Rows:
    """The proposal with the earlier rulings, the awards by cycle, a hundred points a month, and the fine paid."""
    number = row["罪犯编号"]
    of: Row = {"罪犯编号": number}
    rulings: list[Row] = [
        of
        | {
            "裁定日期": each.ruled,
            "送达日期": each.served,
            "减刑幅度": in_words(each.months),
            "减后刑期止日": each.end,
            "裁定法院": COURT,
            "裁定类型": "减刑",
        }
        for each in history
    ]
    awards: list[Row] = []
    points: list[Row] = []
    begin = days["points_from"]
    for place in range(whole_months(begin, days["points_until"])):
        month = add_months(begin, place)
        points.append(
            of | {"月份": f"{month:%Y-%m}", "监管得分": 35, "教育得分": 35, "劳动得分": 30, "专项加分": 0, "得分": 100}
        )
        if place % CYCLE == CYCLE - 1:
            ended = month_end(month)
            cycle: Row = {"周期起日": add_months(begin, place - CYCLE + 1), "周期止日": ended, "分值": 600}
            awards.append(of | {"日期": ended + timedelta(days=12), "类别": "表扬", "事由": "考核周期满六百分"} | cycle)
    paid: Row = {
        "判项种类": "罚金",
        "应缴金额": row["应缴金额"],
        "已缴金额": row["已缴金额"],
        "缴纳日期": days["paid"],
        "执行结论": "执行完毕",
        "执行法院": "样本县人民法院",
        "有无拒不履行情形": "无",
    }
    rows: Rows = {"R1": [row], "R3": awards, "R4": points, "R6": [of | paid]}
    return rows | ({"R2": rulings} if rulings else {})


def month_end(day: date) -> date:
    """The last day of the month before this day's month."""
    return day.replace(day=1) - ONE


def whole_months(first: date, last: date) -> int:
    """Whole months from the first of a month to the end of one."""
    return (last.year - first.year) * 12 + last.month - first.month + 1
