"""The workbook of a back-test: the table of agreement, the disagreements to work through, and everything asked."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

from app.core.findings import Agreement, Backtested, Conclusion, Ruling
from app.core.reports.ledger import write_sheet

COLUMNS = {
    "罪犯编号": 13,
    "姓名": 10,
    "单位": 16,
    "裁定日期": 12,
    "提请": 16,
    "裁定": 14,
    "按当时法律的结论": 16,
    "对照": 10,
    "理由": 70,
    "来源": 40,
}


def backtest_workbook(tested: Sequence[Backtested]) -> bytes:
    """The workbook as bytes: 对照表 (our conclusion by ruling), 不一致, 全部."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        counts = Counter((each.conclusion, each.ruling) for each in tested)
        rows = [[str(conclusion), *(str(counts[conclusion, ruling]) for ruling in Ruling)] for conclusion in Conclusion]
        write_sheet(book, "对照表", {"结论": 16, **{str(each): 16 for each in Ruling}}, rows)
        different = [each for each in tested if each.agreement is Agreement.DIFFERENT]
        write_sheet(book, "不一致", COLUMNS, map(_row, different))
        write_sheet(book, "全部", COLUMNS, map(_row, tested))
    return stream.getvalue()


def _row(each: Backtested) -> tuple[str, ...]:
    return (
        each.person.prisoner_no,
        each.person.name,
        each.unit,
        each.ruled_on.isoformat(),
        each.asked_for,
        str(each.ruling),
        str(each.conclusion),
        str(each.agreement),
        "\n".join(each.reasons),
        f"{each.file}《{each.sheet}》第{each.row}行",
    )
