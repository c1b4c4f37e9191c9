"""The workbook of who could be proposed: those held too long first, then everybody by their day."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

from app.core.findings.asked_again import Chance, Forecast
from app.core.reports.sheet import write_sheet
from app.core.workbook import new_book

COLUMNS = {
    "罪犯编号": 13,
    "姓名": 10,
    "单位": 16,
    "监区": 10,
    "种类": 6,
    "情况": 14,
    "确定可提请的最早日": 13,
    "存有疑义的最早日": 13,
    "还差什么": 34,
    "缺少的数据（由谁提供）": 30,
    "提请前须核实": 34,
    "合法的最大幅度": 18,
    "刑期止日": 12,
    "可能多关": 34,
    "算式": 60,
    "依据": 34,
    "来源": 34,
}
URGENT, LONGEST, EVERYBODY, COUNTS = "可能多关", "可提请未提请", "全部人员", "汇总"


def forecast_workbook(found: Sequence[Forecast]) -> bytes:
    """The workbook as bytes: 可能多关, 可提请未提请, 全部人员 (one line a person and kind), 汇总 by unit."""
    stream = io.BytesIO()
    with new_book(stream) as book:
        write_sheet(book, URGENT, COLUMNS, (forecast_texts(each) for each in found if each.urgent))
        write_sheet(book, LONGEST, COLUMNS, (forecast_texts(each) for each in found if each.chance is Chance.NOW))
        write_sheet(book, EVERYBODY, COLUMNS, map(forecast_texts, found))
        counts = Counter((each.unit, each.kind, each.chance) for each in found)
        units = sorted({(unit, kind) for unit, kind, _ in counts})
        rows = [[unit, kind, *(str(counts[unit, kind, chance]) for chance in Chance)] for unit, kind in units]
        chances = {str(each): 14 for each in Chance}
        write_sheet(book, COUNTS, {"单位": 24, "种类": 8, **chances}, rows, chances)
    return stream.getvalue()


def forecast_texts(each: Forecast) -> tuple[str, ...]:
    """One line of the workbook, in the order of its columns."""
    return (
        each.person.prisoner_no,
        each.person.name,
        each.unit,
        each.ward,
        each.kind,
        str(each.chance),
        str(each.certain or ""),
        str(each.since or "") if each.since != each.certain else "",
        "；".join(each.lacking),
        "；".join(f"{item}（{holder}）" if holder else item for item, holder in each.missing),
        "；".join(each.to_check),
        each.most,
        str(each.end or ""),
        each.urgent,
        "\n".join(each.steps),
        "\n".join(f"{basis.law}{basis.article}" for basis in each.basis),
        f"{each.file}《{each.sheet}》第{each.row}行",
    )
