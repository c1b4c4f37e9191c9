"""Small artificial workbooks for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

PROPOSAL: Mapping[str, object] = {
    "罪犯编号": "9000000001",
    "姓名": "赵样一",
    "身份证号码": "",
    "出生日期": "1990-05-06",
    "性别": "男",
    "监狱": "例县监狱",
    "监区": "一监区",
    "批次": "2026年第四批",
    "罪名": "盗窃罪",
    "原判刑种": "有期徒刑",
    "原判刑期": "八年",
    "数罪并罚": "否",
    "刑期起日": "2020-04-11",
    "刑期止日": "2028-04-10",
    "判决日期": "2020-09-10",
    "判决生效日期": "2020-09-22",
    "犯罪时间": "2020-04-05",
    "送交执行日期": "2020-10-14",
    "附加剥夺政治权利": "无",
    "累犯": "否",
    "毒品再犯": "否",
    "从严情形": "无",
    "财产性判项": "无",
    "悔改立功情形": "确有悔改表现",
    "从宽情形": "无",
    "考核止日": "2022-07-31",
    "表扬次数": 3,
    "提请类型": "减刑",
    "提请减刑幅度": "六个月",
    "减后刑期止日": "2027-10-10",
    "减后剥夺政治权利": "无",
    "公示起日": "2022-08-09",
    "公示止日": "2022-08-31",
    "报请日期": "2022-09-20",
    "检察院收到日期": "2022-09-21",
}


def write_book(path: Path, *sheets: tuple[str, Sequence[Mapping[str, object]]], title: str = "") -> Path:
    """Write sheets of rows (columns in the order of the first row), each below an optional title row."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        if title:
            sheet.append([title])
        if rows:
            sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def proposals(path: Path, *changes: Mapping[str, object], title: str = "例县监狱提请减刑名册") -> Path:
    """A proposal list: one row for each set of changes to the lawful one."""
    return write_book(path, ("提请", [{**PROPOSAL, **each} for each in changes]), title=title)
