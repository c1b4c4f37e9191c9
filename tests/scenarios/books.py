"""Rows of a scenario as the workbooks offices send: title lines, other words in headers, dates in many ways, totals."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from app.core.intake.declared import tables
from tests.scenarios.world import Cell, Row

BLANKS = ("", "", "", "/", "无", "—")
KEPT_BLANK = ("T07", "T12", "T15")  # lists where an empty cell is left empty
# Other words for columns that offices use; every list draws some of them.
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "T01": {
        "姓名": ("被告人", "罪犯姓名"),
        "身份证号": ("公民身份号码", "证件号码"),
        "案号": ("判决书号", "裁判文书号"),
        "审理法院": ("一审法院",),
        "缓刑考验期": ("考验期限",),
        "宣判日期": ("判决日期",),
        "生效日期": ("判决生效日", "裁判生效时间"),
        "执行地": ("社区矫正执行地",),
        "羁押起止": ("先行羁押",),
    },
    "T02": {
        "姓名": ("社区矫正对象姓名", "服刑人员姓名"),
        "身份证号": ("身份证号码", "sfzh"),
        "矫正机构": ("司法所", "所属司法所"),
        "矫正类别": ("刑罚种类", "社矫类型"),
        "原判刑期": ("刑期",),
        "判决书编号": ("判决书号",),
        "文书生效日期": ("判决生效日期",),
        "社区矫正开始日期": ("矫正起始", "sqjzksrq"),
        "社区矫正结束日期": ("矫正截止", "sqjzjsrq"),
        "报到时间": ("报到日期",),
        "状态": ("矫正状态",),
    },
    "T04": {"收文日期": ("收到时间",), "来文机关": ("来文单位",), "发文日期": ("寄出日期",), "通知日期": ("5日通知",)},
    "T05": {"来文单位": ("来文机关",), "事由": ("收文事由",)},
    "T12": {
        "违法行为人姓名": ("被处罚人", "姓名"),
        "证件号码": ("身份证号码", "身份证"),
        "违法行为发生时间": ("作案时间",),
        "案由": ("违法行为名称",),
        "决定日期": ("处罚时间",),
    },
    "T19": {"姓名": ("罪犯姓名",), "附加剥权年限": ("附加剥夺政治权利",), "释放日期": ("出监日期",)},
    "T20": {"管辖派出所": ("列管单位",), "剥权起始日期": ("列管起始",), "列管日期": ("建档日期",)},
}
Page = tuple[str, str, Sequence[Row]]  # the sheet's name, the table's id, its rows


def write(path: Path, pages: Sequence[Page], chance: random.Random) -> int:
    """One workbook; the number of rows written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        style = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table, rows in pages:
            sheet = book.add_worksheet(name)
            labels = [each.name for each in tables()[table].fields if any(each.name in row for row in rows)]
            top = 0
            if chance.random() < 0.7:
                sheet.merge_range(0, 0, 0, max(len(labels), 1), f"{name}登记表")
                top = chance.choice((1, 2))
            words = {each: chance.choice((each, *WORDS.get(table, {}).get(each, ()))) for each in labels}
            sheet.write_row(top, 0, ["序号", *(_header(words[each], chance) for each in labels)])
            habits = {each: chance.choice(DAYS) for each in labels}
            for number, row in enumerate(rows, 1):
                sheet.write_number(top + number, 0, number)
                for column, label in enumerate(labels, 1):
                    value = row.get(label, "")
                    if value == "" and table not in KEPT_BLANK:
                        value = chance.choice(BLANKS) if label == "备注" else ""
                    if isinstance(value, date):
                        habit = habits[label] if chance.random() < 0.9 else chance.choice(DAYS)
                        if habit == "cell":
                            sheet.write_datetime(top + number, column, value, style)  # type: ignore[arg-type]
                            continue
                        value = told(value, habit)
                    if isinstance(value, int):
                        sheet.write_number(top + number, column, value)
                    elif value:
                        sheet.write_string(top + number, column, value)
            if chance.random() < 0.5:
                sheet.write_row(top + len(rows) + 1, 0, ["合计", f"{len(rows)}人"])
    return sum(len(rows) for _, _, rows in pages)


DAYS = ("cell", "iso", "iso", "dots", "slashes", "plain", "chinese", "clock")


def told(day: date, habit: str) -> str:
    """A day as text."""
    match habit:
        case "dots":
            return f"{day.year}.{day.month}.{day.day}"
        case "slashes":
            return f"{day.year}/{day.month}/{day.day}"
        case "plain":
            return f"{day:%Y%m%d}"
        case "chinese":
            return f"{day.year}年{day.month}月{day.day}日"
        case "clock":
            return f"{day} 00:00:00"
    return day.isoformat()


def _header(label: str, chance: random.Random) -> str:
    """A header as printed: sometimes broken over two lines, with blanks or a remark."""
    kind = chance.random()
    if kind < 0.08 and len(label) > 3:
        return f"{label[:2]}\n{label[2:]}"
    return f" {label} " if kind < 0.12 else f"{label}＊" if kind < 0.15 else label


def in_order(rows: Sequence[Row], label: str) -> list[Row]:
    """Rows sorted by a cell, as registers are kept."""
    return sorted(rows, key=lambda row: str(_plain(row.get(label, ""))))


def _plain(value: Cell) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
