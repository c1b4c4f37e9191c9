"""The report on quality in the words of the paper 数据体检单."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.checks.quality.report import Coverage, Health, Remark, SheetQuality, percent
from app.core.documents.context import Office
from app.core.values.dates import print_date
from app.core.values.numerals import in_chinese

EXAMPLES = 2
REFUSED_LISTED = 20
BREAKABLE = "、\u200b"  # a line of numbers may end after the mark, never before it


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent the sheets, by full name, and the time their data are about; empty words print 【待填】."""

    name: str = ""
    period: str = ""


def unit_of(sheets: Iterable[SheetQuality]) -> str:
    """Whose lists these are by their own columns; empty when they do not say, or name several."""
    named = {each.unit for each in sheets} - {""}
    return named.pop() if len(named) == 1 else ""


def quality_words(sheets: Sequence[SheetQuality], sender: Sender, office: Office, day: date) -> dict[str, object]:
    """All words of the paper about some sheets of one sender on a day."""
    return {
        "院名": office.name,
        "承办人": office.handler,
        "文书日期": print_date(day),
        "报送单位": sender.name,
        "数据期间": sender.period,
        "核对日": print_date(day),
        "需核对总数": str(sum(remark.count for each in sheets for remark in each.faults)),
        "有需核对事项": any(each.faults for each in sheets),
        "有退回行": any(each.rejects for each in sheets),
        "体检表": [_sheet(n, each) for n, each in enumerate(sheets, 1)],
    }


def _sheet(n: int, sheet: SheetQuality) -> dict[str, object]:
    refused = sheet.rejects[:REFUSED_LISTED]
    more = len(sheet.rejects) - len(refused)
    return {
        "序号": str(n),
        "中文序号": in_chinese(n),
        "文件": sheet.file,
        "工作表": sheet.sheet + ("（隐藏）" if sheet.hidden else ""),
        "表名": sheet.table_name,
        "行数": str(sheet.rows),
        "读入行数": str(sheet.accepted),
        "退回行数": str(len(sheet.rejects)),
        "证件可用率": percent(sheet.identified, sheet.accepted),
        "未识别的列": "、".join(sheet.unmapped),
        "需核对事项": [_remark(i, each) for i, each in enumerate(sheet.faults, 1)],
        "供了解事项": [_remark(i, each) for i, each in enumerate(sheet.told, 1)],
        "未查事项": _not_asked(sheet.remarks),
        "退回行": [{"行号": str(row), "列名": column, "原因": reason} for row, column, reason in refused],
        "退回行说明": f"另有{more}行，见随附的退回行表格。" if more else "",
        "填写情况": [_coverage(each) for each in sheet.coverage],
    }


def _remark(n: int, remark: Remark) -> dict[str, object]:
    shown = remark.spots[:EXAMPLES] if remark.count > 1 else ()
    examples = [f"第{each.row}行" + (f"“{each.column}”" if each.column else "") + f"：{each.why}" for each in shown]
    return {
        "序号": str(n),
        "规则号": remark.rule,
        "事项": remark.name,
        "行号": remark.where.replace("、", BREAKABLE),
        "处数": str(remark.count),
        "情况": remark.says,
        "举例": examples,
        "请求": remark.do,
    }


def _not_asked(remarks: Iterable[Remark]) -> str:
    """What could not be looked at for want of a column: 报到日期早于裁判日期（表中没有“报到时间”列）."""
    return "；".join(f"{each.name}（{each.says}）" for each in remarks if each.health is Health.LACKING)


def _coverage(each: Coverage) -> dict[str, object]:
    return {
        "列名": each.column,
        "读作": each.name if each.name != each.column else "",
        "填写数": str(each.filled),
        "填写率": percent(each.filled, each.rows),
        "可读率": percent(each.readable, each.filled),
    }
