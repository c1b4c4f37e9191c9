"""Seeded lists for supervision models, in the shape of those offices worked with: who is planted, who is innocent."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from app.core.people.id_number import check_digit

AS_OF = date(2026, 11, 1)
CASES = "案件编号 犯罪嫌疑人 身份证号 案由 办案单位 立案日期 刑拘日期 强制措施 强制措施起日"


class Planted(NamedTuple):
    """Files of a scenario, and the case labels that must, and alone may, be leads, by the lead's name."""

    files: tuple[Path, ...]
    leads: Mapping[str, str]


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A list as a CSV file."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(header)
        out.writerows(rows)
    return path


def name(place: int) -> str:
    """An artificial name; many people share it."""
    signs = "甲乙丙丁戊己庚辛壬癸"
    return f"测试{signs[place % 10]}{signs[place // 10 % 10]}"


def pending(folder: Path, seed: int = 22, filed: int = 4000, refused: int = 1700) -> Planted:
    """Criminal cases filed and arrests refused (挂案)."""
    dice = random.Random(seed)
    cases, refusals, ended, explained = [], [], [], []
    leads: dict[str, str] = {}
    for place in range(filed):
        label, who, id_number = f"A测试{place:05d}", name(place), unique(place)
        detained = AS_OF - timedelta(days=dice.randint(800, 1400))
        measure, measured = dice.choice([("取保候审", detained + timedelta(days=20)), ("监视居住", detained), ("", "")])
        fate = dice.random()
        if fate < 0.08:  # nothing happened: a lead
            leads[label] = {
                "取保候审": "取保候审超过十二个月没有处理",
                "监视居住": "监视居住超过六个月没有处理",
            }.get(measure, "刑事拘留满二年没有处理")
        elif fate < 0.12:  # explained
            explained.append([who, id_number, label, dice.choice(["已移送外省检察机关", "分案处理，主案仍在侦查"])])
        elif fate < 0.16:  # still within the time
            measure, measured = "取保候审", AS_OF - timedelta(days=dice.randint(10, 300))
            detained = measured - timedelta(days=10)
        elif fate < 0.2:  # nobody was detained
            detained, measure, measured = "", "", ""
        else:
            how = dice.choice(["移送起诉", "撤销案件", "终止侦查", "并案处理"])
            ended.append([who, id_number, label, how, AS_OF - timedelta(days=dice.randint(1, 500))])
        cases.append([label, who, id_number, "盗窃", "测试县公安局", detained or AS_OF, detained, measure, measured])
        if place < refused:
            reason = dice.choice(["证据不足", "无社会危险性", "不构成犯罪"])
            day = (detained or AS_OF - timedelta(days=900)) + timedelta(days=15)
            if reason == "不构成犯罪" and detained and label in leads:
                leads[label] = "不构成犯罪不批捕后没有撤案"
            if reason == "不构成犯罪" and 0.12 <= fate < 0.16:
                reason = "证据不足"
            refusals.append([who, id_number, label, day, reason])
    return Planted(
        (
            write(
                folder / "立案.csv",
                CASES.split(),
                cases,
            ),
            write(folder / "不批捕.csv", ["犯罪嫌疑人", "身份证号", "案件编号", "不批捕日期", "不批捕理由"], refusals),
            write(folder / "侦查终结.csv", ["犯罪嫌疑人", "身份证号", "案件编号", "处理结果", "处理日期"], ended),
            write(folder / "另案.csv", ["犯罪嫌疑人", "身份证号", "案件编号", "另案分案情况"], explained),
        ),
        leads,
    )


def unique(place: int) -> str:
    """A sound identity number for each place below some ten thousands."""
    born = date(1960, 1, 1) + timedelta(days=place % 14_000)
    first = f"110101{born:%Y%m%d}{place // 14_000 * 7 + 1:03d}"
    return first + check_digit(first)


def settlements(folder: Path, seed: int = 23, count: int = 600) -> Planted:
    """Administrative enforcement cases ended by settlement (行政非诉执行和解)."""
    dice = random.Random(seed)
    rows, leads = [], {}
    for place in range(count):
        label, due = f"（2024）测试执{place}号", dice.randint(5, 500) * 1000
        until = AS_OF - timedelta(days=dice.randint(1, 1200))
        how, paid, resumed, extended = "执行和解", due, "", ""
        fate = dice.random()
        if fate < 0.085:
            paid = dice.randint(0, due - 1000)
            leads[label] = (
                "和解协议到期满二年没有恢复执行"
                if until.replace(year=until.year + 2) < AS_OF
                else "和解协议到期没有履行完毕，也没有恢复执行"
            )
        elif fate < 0.15:
            paid, resumed = 0, until + timedelta(days=30)
        elif fate < 0.2:
            paid, extended = 0, AS_OF + timedelta(days=60)
        elif fate < 0.3:
            paid, until = 0, AS_OF + timedelta(days=dice.randint(0, 300))
        elif fate < 0.4:
            how, paid = "执行完毕", 0
        rows.append([label, f"测试第{place}公司", "测试县某局", how, until, extended, due, paid, resumed])
    header = "执行案号 被执行人 申请执行的行政机关 结案方式 协议履行期限 展期至 应履行金额 已履行金额 恢复执行日期"
    return Planted((write(folder / "结案.csv", header.split(), rows),), leads)


def drivers(folder: Path, seed: int = 24, count: int = 466) -> Planted:
    """Drunk-driving cases (醉驾) still open below the limit, and ten with an innocent explanation, one of each kind."""
    dice = random.Random(seed)
    innocent = dict(zip(dice.sample(range(count), 10), range(10), strict=True))
    rows, leads = [], {}
    for place in range(count):
        label, day = f"测公刑立〔2025〕{place}号", AS_OF - timedelta(days=dice.randint(100, 900))
        alcohol, grave = dice.randint(800, 1499) / 10, dice.choice(["无", "没有", "未发现从重情形", ""])
        status, spared, punished = dice.choice(["在侦", "取保候审", "监视居住", "侦查中"]), "", ""
        if place in innocent:
            status, alcohol, grave, spared, punished = (
                ("取保候审", 120, "造成交通事故且负主要责任", "", ""),
                ("在侦", 120, "在高速公路上驾驶", "", ""),
                ("在侦", 150, "无", "", ""),
                ("取保候审", 260.5, "无", "", ""),
                ("侦查终结撤案", 120, "无", "", ""),
                ("取保候审后撤销案件", 120, "无", "", ""),
                ("取保候审，已移送起诉", 120, "无", "", ""),
                ("终止侦查", 120, "无", "", ""),
                ("不起诉", 120, "无", AS_OF - timedelta(days=90), AS_OF - timedelta(days=60)),
                ("不起诉", 120, "无", AS_OF - timedelta(days=30), ""),
            )[innocent[place]]
        elif dice.random() < 0.1:
            status, spared = "不起诉", AS_OF - timedelta(days=dice.randint(31, 90))
            leads[label] = "不起诉以后没有行政处罚"
        else:
            leads[label] = "应当审查是否撤案"
        rows.append([label, name(place), unique(place), "测试分局", day, alcohol, grave, status, spared, punished])
    header = "案件编号 犯罪嫌疑人 身份证号 办案单位 查获日期 血液酒精含量 从重情形 案件状态 不起诉日期 行政处罚决定日期"
    return Planted((write(folder / "醉驾.csv", header.split(), rows),), leads)
