"""Clean truth the dirty workbooks start from; all persons are artificial."""

from __future__ import annotations

from datetime import date

from tests.core.intake.dirt.page import Row, Table

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FAMILY, GIVEN = "赵钱孙李周吴郑王", "样"
NUMBERS = "一二三四五六七八九"
MANY = 6


def id_number(order: int, year: int, *, letter: bool = False) -> str:
    """An artificial identity number with a sound last digit; with `letter` the first from there on that ends in X."""
    while True:
        body = f"110101{year}0101{order % 1000:03}"
        last = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]
        if last == "X" or not letter:
            return body + last
        order += 1


def person(order: int) -> Row:
    """Name, numbers and birth day of an artificial person."""
    return {
        "prisoner_no": f"90000000{order:02}",
        "name": f"{FAMILY[order % len(FAMILY)]}{GIVEN}{NUMBERS[order % len(NUMBERS)]}",
        "id_number": id_number(order * 7, 1970 + order),
        "birth_date": date(1970 + order, 1, 1),
        "sex": "男" if order % 3 else "女",
    }


R1 = Table(
    "R1",
    "样例监狱2026年第四批提请减刑名册",
    {
        "prisoner_no": "罪犯编号",
        "name": "姓名",
        "id_number": "身份证号码",
        "offence": "罪名",
        "sentence": "原判刑期",
        "sentence_start": "刑期起日",
        "sentence_end": "刑期止日",
        "recidivist": "累犯",
        "amount_due": "应缴金额",
        "proposed": "提请减刑幅度",
        "filed_on": "报请日期",
        "remarks": "备注",
    },
    [
        {
            **person(order),
            "offence": "盗窃罪",
            "sentence": (f"{order + 3}年", f"有期徒刑{NUMBERS[order + 2]}年"),
            "sentence_start": date(2018, order, 11),
            "sentence_end": date(2021 + order, order, 10),
            "recidivist": order == 2,
            "amount_due": (1000 * order, f"{1000 * order}元"),
            "proposed": ("六个月", "有期徒刑六个月"),
            "filed_on": date(2022, 9, 19 + order),
            "remarks": None,
        }
        for order in range(1, MANY)
    ],
    {"prison": "样例监狱"},
)
R2 = Table(
    "R2",
    "历次减刑情况表",
    {
        "prisoner_no": "罪犯编号",
        "name": "姓名",
        "ruled_on": "裁定日期",
        "reduced": "减刑幅度",
        "end_after": "减后刑期止日",
        "court": "裁定法院",
    },
    [
        {
            **person(order),
            "ruled_on": date(2020, order, 12),
            "reduced": (f"{order + 4}个月", f"有期徒刑{NUMBERS[order + 3]}个月"),
            "end_after": date(2027, order, 20),
            "court": "样例中级人民法院",
        }
        for order in range(1, 5)
    ],
)
R3 = Table(
    "R3",
    "罪犯奖惩情况表",
    {
        "prisoner_no": "罪犯编号",
        "name": "姓名",
        "awarded_on": "奖惩日期",
        "award": "奖惩类别",
        "points": "分值",
        "reason": "事由",
    },
    [
        {
            **person(order),
            "awarded_on": date(2022, order, 13),
            "award": word,
            "points": 600 - order,
            "reason": f"事由{order}",
        }
        for order, word in enumerate(("表扬", "立功", "警告", "记过", "表扬"), 1)
    ],
)
R6 = Table(
    "R6",
    "财产性判项履行情况表",
    {
        "prisoner_no": "罪犯编号",
        "name": "姓名",
        "penalty_kind": "判项种类",
        "amount_due": "应缴金额",
        "amount_paid": "已缴金额",
        "paid_on": "缴纳日期",
        "enforcement": "执行结论",
    },
    [
        {
            **person(order),
            "penalty_kind": "罚金",
            "amount_due": (20000 * order, f"{20000 * order}元"),
            "amount_paid": (5000, "5000元"),
            "paid_on": date(2021, order, 14),
            "enforcement": "终结本次执行",
        }
        for order in range(1, 5)
    ],
)
T01 = Table(
    "T01",
    "非监禁刑判决情况表",
    {
        "name": "姓名",
        "id_number": "身份证号",
        "case_no": "案号",
        "court": "审理法院",
        "offence": "罪名",
        "sentence": "刑期",
        "probation": "缓刑考验期",
        "fine": "罚金",
        "judged_on": "宣判日期",
        "effective_on": "生效日期",
    },
    [
        {
            **person(order),
            "case_no": f"（2026）豫0000刑初{order}号",
            "court": "样例县人民法院",
            "offence": "危险驾驶罪",
            "sentence": ("拘役二个月", "拘役二个月"),
            "probation": ("三个月", "三个月"),
            "fine": (3000, "3000元"),
            "judged_on": date(2026, 3, order),
            "effective_on": date(2026, 3, order + 11),
        }
        for order in range(1, 5)
    ],
)
T02 = Table(
    "T02",
    "社区矫正对象名册",
    {
        "correction_no": "矫正编号",
        "name": "姓名",
        "id_number": "身份证号",
        "correction_office": "司法所",
        "correction_kind": "矫正类别",
        "offence": "罪名",
        "correction_start": "矫正开始日期",
        "correction_end": "矫正结束日期",
        "reported_on": "报到时间",
        "monitored": "是否电子定位",
        "status": "状态",
    },
    [
        {
            **person(order),
            "correction_no": f"20260000{order:02}",
            "correction_office": "样例司法所",
            "correction_kind": "缓刑",
            "offence": "盗窃罪",
            "correction_start": date(2025, order, 15),
            "correction_end": date(2026, order, 14),
            "reported_on": date(2025, order, 16),
            "monitored": order % 2 == 0,
            "status": "在矫",
        }
        for order in range(1, MANY)
    ],
)
T05 = Table(
    "T05",
    "检察院收文登记",
    {
        "received_on": "收文日期",
        "sender": "来文单位",
        "documents": "文书名称",
        "name": "姓名",
        "id_number": "身份证号",
        "reason": "事由",
        "handler": "承办人",
    },
    [
        {
            **person(order),
            "received_on": date(2026, order, 17),
            "sender": "样例县司法局",
            "documents": "社区矫正告知书",
            "reason": "抄送",
            "handler": "承办某",
        }
        for order in range(1, 5)
    ],
)
T19 = Table(
    "T19",
    "刑满释放人员附加剥夺政治权利名单",
    {
        "prisoner_no": "罪犯编号",
        "name": "姓名",
        "id_number": "身份证号",
        "offence": "罪名",
        "sentence_start": "刑期起",
        "sentence_end": "刑期止",
        "deprivation": "附加剥权年限",
        "released_on": "释放日期",
        "release_kind": "释放类型",
        "receiving_station": "接收派出所",
    },
    [
        {
            **person(order),
            "offence": "抢劫罪",
            "sentence_start": date(2015, order, 18),
            "sentence_end": date(2025, order, 17),
            "deprivation": ("二年", "剥夺政治权利二年"),
            "released_on": date(2025, order, 17),
            "release_kind": "刑满释放",
            "receiving_station": "样例派出所",
        }
        for order in range(1, 5)
    ],
)
T20 = Table(
    "T20",
    "被剥夺政治权利人员列管名单",
    {
        "name": "姓名",
        "id_number": "身份证号",
        "police_station": "管辖派出所",
        "officer": "责任民警",
        "released_on": "释放日期",
        "deprivation": "剥权期限",
        "deprivation_start": "剥权起始日期",
        "deprivation_end": "剥权截止日期",
        "status": "状态",
    },
    [
        {
            **person(order),
            "police_station": "样例派出所",
            "officer": "民警某",
            "released_on": date(2025, order, 17),
            "deprivation": ("二年", "剥夺政治权利二年"),
            "deprivation_start": date(2025, order, 17),
            "deprivation_end": date(2027, order, 16),
            "status": "在管",
        }
        for order in range(1, 5)
    ],
)
