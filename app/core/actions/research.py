"""Research data: one line a case and one a finding, in codes only, with the book that says what the codes mean.

No name, number, place or text of a case goes in. Units are numbered in an order nobody can work back, days are given as
months. A combination of unit, month and kind of matter that fewer than five people share is made coarser: the unit is
left out, then the month becomes the year, then all three are left out. Units with fewer cases than the least number
that may be compared are never told apart.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.law import law_in_force
from app.core.actions.leaving import hand_out
from app.core.actions.statistics import LEAST
from app.core.jobs import Ticket
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.database import Rooms
from app.core.store.statistics import Coded, Matter

ALIKE = 5  # people who must share what could tell one of them from the others
OTHERS, LEFT_OUT = "U000", "*"
KNOWN_PROPOSALS = frozenset({"减刑", "假释"})
Traits = tuple[str, str, str, str]  # desk, unit, month, kind of matter
CASES = {
    "序号": ("无意义的流水号", 6),
    "台面": ("reduction 减刑审查，correction 社区矫正，deprivation 剥夺政治权利", 12),
    "单位": (f"单位代号；{OTHERS} 为件数太少、合并的单位；{LEFT_OUT} 为隐去", 8),
    "时间": (f"案件为提请或者起始的年月，线索为首次发现的年月；只有年份或者 {LEFT_OUT} 的是隐去", 10),
    "类别": (f"减刑、假释、其他；{LEFT_OUT} 为隐去", 8),
    "结论": ("程序按当时数据得出的结论", 14),
    "违法": ("违法线索条数", 6),
    "存疑": ("存疑线索条数", 6),
    "提示": ("提示条数", 6),
    "数据": ("数据问题条数", 6),
    "未判断": ("因缺少数据没有判断的项目数", 8),
}
LEADS = {
    **{each: CASES[each] for each in ("序号", "台面", "单位", "时间")},
    "规则": ("规则编号，含义见程序内说明", 9),
    "级别": ("违法、存疑、提示、数据", 6),
    "程度": ("重大、较重、轻微；没有则空", 6),
    "危害": ("多关、少关、权利、程序；没有则空", 6),
    "文书": ("规则建议的文书种类", 16),
    "人员匹配": ("M1 确定，M2 可能，M3 弱", 8),
    "状态": ("核查状态", 8),
    "核查天数": ("从首次发现到最近一次核查结果的天数；未核查则空", 8),
    "现在仍有": ("1 最近一次审查仍然发现，0 已不再发现", 8),
    "法律版本": ("首次发现时的法律数据版本", 18),
    "程序版本": ("首次发现时的程序版本", 10),
}


def save_research(store: Rooms, day: date, path: Path, *, ticket: Ticket) -> Done:
    """Write the research data as a workbook with its code book."""
    least = int(law_in_force(store).parameter(LEAST, day).value)
    ticket.step(0, 3, "清点案件")
    matters, sizes = store.statistics.matters(), store.statistics.unit_cases()
    ticket.step(1, 3, "清点线索")
    leads = store.statistics.coded()
    large = sorted({each.unit for each in sizes if each.cases >= least and each.unit})
    random.SystemRandom().shuffle(large)
    units = {unit: f"U{number:03d}" for number, unit in enumerate(large, 1)}
    ticket.step(2, 3, "隐去能认出个人的组合")
    cases, hidden = _cases(matters, units)
    found, hidden_leads = _leads(leads, units)
    random.SystemRandom().shuffle(cases)  # the order of import would tell who is who
    random.SystemRandom().shuffle(found)
    notes = [(sheet, name, says) for sheet, of in (("案件", CASES), ("线索", LEADS)) for name, (says, _) in of.items()]
    notes += [
        ("说明", "隐去", f"少于 {ALIKE} 人共有的单位、时间、类别组合已隐去：案件 {hidden} 行，线索 {hidden_leads} 行"),
        ("说明", "合并", f"不足 {least} 件的单位合并为 {OTHERS}"),
    ]
    sheets = [
        Sheet("案件", _widths(CASES), [(str(n), *row) for n, row in enumerate(cases, 1)], ("序号",)),
        Sheet("线索", _widths(LEADS), [(str(n), *row) for n, row in enumerate(found, 1)], ("序号",)),
        Sheet("编码本", {"工作表": 8, "列": 12, "含义": 70}, notes),
    ]
    hand_out(path, tables_workbook(sheets))
    return Done(f"研究数据已保存：{path.name}（案件 {len(cases)} 件，线索 {len(found)} 条）", value=path)


def coarse(rows: Sequence[tuple[str, Traits]]) -> list[Traits]:
    """Of each row (a person, what could tell them apart) the traits that at least `ALIKE` people share.

    What fewer share becomes coarser step by step; the last step leaves all but the desk out, and the desk too where
    it has too few people.
    """
    told = [traits for _, traits in rows]
    for step in (_without_unit, _without_month, _without_kind, _without_all):
        people: dict[Traits, set[str]] = defaultdict(set)
        for (person, _), traits in zip(rows, told, strict=True):
            people[traits].add(person)
        told = [traits if len(people[traits]) >= ALIKE else step(traits) for traits in told]
    return told


def _without_unit(traits: Traits) -> Traits:
    return traits[0], LEFT_OUT, traits[2], traits[3]


def _without_month(traits: Traits) -> Traits:
    return traits[0], LEFT_OUT, traits[2][:4] or LEFT_OUT, traits[3]


def _without_kind(traits: Traits) -> Traits:
    return traits[0], LEFT_OUT, LEFT_OUT, LEFT_OUT


def _without_all(_: Traits) -> Traits:
    return (LEFT_OUT,) * 4


def _cases(matters: Sequence[Matter], units: dict[str, str]) -> tuple[list[tuple[str, ...]], int]:
    traits = [
        (each.person, (each.desk, units.get(each.unit, OTHERS), each.filed_on[:7], _kind(each.proposal)))
        for each in matters
    ]
    told = coarse(traits)
    rows = [(*coded, each.conclusion, *map(str, each[6:])) for coded, each in zip(told, matters, strict=True)]
    return rows, _hidden(traits, told)


def _leads(leads: Sequence[Coded], units: dict[str, str]) -> tuple[list[tuple[str, ...]], int]:
    traits = [(each.person, (each.desk, units.get(each.unit, OTHERS), each.first_day[:7], "")) for each in leads]
    told = coarse(traits)
    rare = {rule for rule, number in Counter(each.rule for each in leads).items() if number < ALIKE}
    rows: list[tuple[str, ...]] = [
        (
            *coded[:3],
            LEFT_OUT if each.rule in rare else each.rule,
            each.level,
            each.gravity,
            each.harm,
            each.document,
            each.match,
            each.state,
            _days(each.first_day, each.decided_on),
            str(each.current),
            each.edition,
            each.program,
        )
        for coded, each in zip(told, leads, strict=True)
    ]
    return rows, _hidden(traits, told)


def _hidden(before: Sequence[tuple[str, Traits]], after: Sequence[Traits]) -> int:
    return sum(traits != told for (_, traits), told in zip(before, after, strict=True))


def _kind(proposal: str) -> str:
    return next((each for each in sorted(KNOWN_PROPOSALS) if each in proposal), "其他")


def _days(first: str, decided: str) -> str:
    return str((date.fromisoformat(decided) - date.fromisoformat(first)).days) if decided else ""


def _widths(columns: dict[str, tuple[str, int]]) -> dict[str, int]:
    return {name: width for name, (_, width) in columns.items()}
