"""The workbook of a back-test: the tables of agreement, the disagreements to work through, and everything asked."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.core.findings import Conclusion
from app.core.findings.asked_again import Agreement, Backtested, Ruling
from app.core.reports.sheet import write_sheet
from app.core.workbook import new_book

COLUMNS = {
    "罪犯编号": 13,
    "姓名": 10,
    "单位": 16,
    "法院": 18,
    "裁定日期": 12,
    "提请": 16,
    "裁定": 14,
    "按当时法律的结论": 16,
    "对照": 10,
    "理由": 70,
    "来源": 40,
}
UNKNOWN = "（未填）"
GROUPS: Mapping[str, Callable[[Backtested], str]] = {  # a word for the groups → which group a ruling is in
    "单位": lambda each: each.unit,
    "法院": lambda each: each.court,
    "年度": lambda each: f"{each.ruled_on.year}年",
}
COUNTED = ("裁定", *Agreement, "一致率")


@dataclass(frozen=True, slots=True)
class Tally:
    """How the rulings of one group agree; `share` is in whole per cent of those compared, None without any."""

    name: str
    counts: Mapping[Agreement, int]

    @property
    def share(self) -> int | None:
        """How many of those that could be compared agree."""
        compared = self.counts.get(Agreement.SAME, 0) + self.counts.get(Agreement.DIFFERENT, 0)
        return self.counts.get(Agreement.SAME, 0) * 100 // compared if compared else None

    @property
    def texts(self) -> tuple[str, ...]:
        """The group as a row: its name, how many rulings, how many of each answer, the share that agrees."""
        numbers = (str(self.counts.get(each, 0)) for each in Agreement)
        share = "" if self.share is None else f"{self.share}%"
        return self.name, str(sum(self.counts.values())), *numbers, share


def tally(tested: Sequence[Backtested], group: Callable[[Backtested], str]) -> list[Tally]:
    """How the rulings agree by group, in the order of names; those of no group come last."""
    counts: dict[str, Counter[Agreement]] = defaultdict(Counter)
    for each in tested:
        counts[group(each)][each.agreement] += 1
    return [Tally(name or UNKNOWN, counts[name]) for name in sorted(counts, key=lambda name: (not name, name))]


def crossed(tested: Sequence[Backtested]) -> list[tuple[str, ...]]:
    """Our conclusions by what the court did: a row for each conclusion, a column for each ruling."""
    counts = Counter((each.conclusion, each.ruling) for each in tested)
    return [(str(one), *(str(counts[one, other]) for other in Ruling)) for one in Conclusion]


def backtest_workbook(tested: Sequence[Backtested]) -> bytes:
    """The workbook as bytes: 对照表 (our conclusion by ruling), 按单位, 按法院, 按年度, 不一致, 全部."""
    stream = io.BytesIO()
    with new_book(stream) as book:
        rulings = {str(each): 16 for each in Ruling}
        write_sheet(book, "对照表", {"结论": 16, **rulings}, crossed(tested), rulings)
        for word, group in GROUPS.items():
            columns = {word: 24, **{str(each): 12 for each in COUNTED}}
            write_sheet(book, f"按{word}", columns, [each.texts for each in tally(tested, group)], columns)
        different = [each for each in tested if each.agreement is Agreement.DIFFERENT]
        write_sheet(book, "不一致", COLUMNS, map(_row, different))
        write_sheet(book, "全部", COLUMNS, map(_row, tested))
    return stream.getvalue()


def _row(each: Backtested) -> tuple[str, ...]:
    return (
        each.person.prisoner_no,
        each.person.name,
        each.unit,
        each.court,
        each.ruled_on.isoformat(),
        each.asked_for,
        str(each.ruling),
        str(each.conclusion),
        str(each.agreement),
        "\n".join(each.reasons),
        f"{each.file}《{each.sheet}》第{each.row}行",
    )
