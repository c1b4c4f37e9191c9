"""What the office has found: by unit, kind and month, what became of it, and what each rule is worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.due_aside import split
from app.core.actions.dues import dues
from app.core.actions.figure_words import spans
from app.core.actions.law import law_in_force
from app.core.actions.leaving import hand_out
from app.core.checks.reduction.review import DESK
from app.core.findings import Gravity, Level
from app.core.jobs import Ticket
from app.core.reports.shares import NEARLY_ALL, Share, funnel, share
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.database import Rooms
from app.core.store.statistics import Count, RuleYield, UnitCases

LEAST = "batch_least"  # the parameter of the law files: fewer people than that are neither compared nor named
UNDECIDED = frozenset({"待核查", "核查中", "持续关注"})
EXCLUDED = "排除"
KINDS = (*(f"{Level.UNLAWFUL}·{each}" for each in Gravity), str(Level.DOUBT), str(Level.HINT), str(Level.DATA))
DESKS = {DESK: "减刑审查", "correction": "社区矫正", "deprivation": "剥夺政治权利", "models": "监督模型"}
UNKNOWN = "（未写明）"
TREND_MONTHS, TREND_UNITS = 12, 5


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit, or all small ones together: cases, those with an unlawful finding, findings by kind.

    `share` and `chance` (what chance alone explains at 99.8 %) are None where several small units stand together.
    """

    unit: str
    cases: int
    flagged: int
    kinds: tuple[int, ...]
    share: Share | None
    chance: tuple[float, float] | None

    @property
    def word(self) -> str:
        """How the unit stands to the others."""
        if self.share is None or self.chance is None:
            return "件数太少，不比较"
        low, high = self.chance
        return (
            "高于其他单位" if self.share.value > high else "低于其他单位" if self.share.value < low else "在正常起伏内"
        )


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in one version: in how many findings it said something, and what people found out about them.

    `share` is confirmed of all decided ones, None below the least number. `asked` and `hit` are the cases it could
    judge and those it found something in, at the last review by this version (0, 0 when there was none).
    """

    rule: str
    name: str
    version: str
    asked: int
    hit: int
    found: int
    confirmed: int
    excluded: int
    open: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What was first found in a month, by kind, and what became of it."""

    month: str
    kinds: tuple[int, ...]
    confirmed: int
    excluded: int
    open: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it; `mean` is the share of all cases with an unlawful finding, `least` the least number to compare."""

    least: int
    cases: int
    mean: float
    units: tuple[UnitLine, ...]
    kinds: tuple[tuple[str, int, int, int, int], ...]  # kind, found, confirmed, excluded, open
    months: tuple[MonthLine, ...]
    rules: tuple[RuleLine, ...]
    states: tuple[tuple[str, int], ...]
    ahead: tuple[tuple[str, int, int], ...] = ()  # stretch of time, what we must do by then, what others must
    trend_months: tuple[str, ...] = ()
    trend: tuple[tuple[str, tuple[int, ...]], ...] = ()  # unit, unlawful findings first found in each of these months


def figures(store: Rooms, day: date, desk: str = "", *, ticket: Ticket) -> Figures:
    """The figures of one desk, or of all; the ticket is asked before each part."""
    least = int(law_in_force(store).parameter(LEAST, day).value)
    ticket.step(0, 3, "清点线索")
    counts = [each for each in store.statistics.counts() if desk in ("", each.desk)]
    ticket.step(1, 3, "清点案件")
    units = [each for each in store.statistics.unit_cases() if desk in ("", each.desk)]
    ticket.step(2, 3, "清点规则和期限")
    yields = [each for each in store.statistics.yields() if desk in ("", each.desk)]
    cases = sum(each.cases for each in units)
    mean = sum(each.flagged for each in units) / cases if cases else 0.0
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    states: Counter[str] = Counter()
    for each in counts:
        fates[kind_of(each)].update({"found": each.n, fate(each.state): each.n})
        states[each.state] += each.n
    kinds = tuple(
        (kind, told["found"], told["confirmed"], told["excluded"], told["open"])
        for kind in KINDS
        if (told := fates.get(kind))
    )
    lines = _units(units, counts, least, mean)
    due = [each for each in split(store, dues(store, day, ticket=ticket))[0] if desk in ("", each.desk)]
    return Figures(least, cases, mean, lines, kinds, _months(counts), _rules(counts, yields, least),
                   tuple(states.most_common()), spans(due), *_trend(counts, lines))  # fmt: skip


FATES = ("confirmed", "excluded", "open")


def fate(state: str) -> str:
    """What a state says of a finding: still open, excluded, or confirmed and whatever followed."""
    return "open" if state in UNDECIDED else "excluded" if state == EXCLUDED else "confirmed"


def kind_of(each: Count) -> str:
    """Level and gravity in one word."""
    return f"{each.level}·{each.gravity}" if each.gravity else each.level


def _units(units: Sequence[UnitCases], counts: Iterable[Count], least: int, mean: float) -> tuple[UnitLine, ...]:
    cases: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for one in units:
        cases[one.unit] += one.cases
        flagged[one.unit] += one.flagged
    for each in counts:
        if each.current:
            kinds[each.unit][kind_of(each)] += each.n
    large = sorted((unit for unit in cases if cases[unit] >= least), key=lambda unit: (-flagged[unit], unit))
    lines = [
        UnitLine(
            unit or UNKNOWN,
            cases[unit],
            flagged[unit],
            tuple(kinds[unit][kind] for kind in KINDS),
            share(flagged[unit], cases[unit]),
            funnel(mean, cases[unit], NEARLY_ALL),
        )
        for unit in large
    ]
    small = {*cases, *kinds} - set(large)
    if small:
        told = tuple(sum(kinds[unit][kind] for unit in small) for kind in KINDS)
        some, n = sum(flagged[unit] for unit in small), sum(cases[unit] for unit in small)
        lines.append(UnitLine(f"不足 {least} 件的单位（合计 {len(small)} 个）", n, some, told, None, None))
    return tuple(lines)


def _months(counts: Iterable[Count]) -> tuple[MonthLine, ...]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    for each in counts:
        kinds[each.month][kind_of(each)] += each.n
        fates[each.month][fate(each.state)] += each.n
    return tuple(
        MonthLine(month, tuple(kinds[month][kind] for kind in KINDS), *(fates[month][word] for word in FATES))
        for month in sorted(kinds)
    )


def _trend(
    counts: Iterable[Count], lines: Sequence[UnitLine]
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """The newest months, and month by month the units with most unlawful findings among those that may be named."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for each in counts:
        if each.level == Level.UNLAWFUL:
            told[each.unit or UNKNOWN][each.month] += each.n
    named = [each.unit for each in lines if each.share is not None and each.unit in told]
    months = tuple(sorted({month for unit in named for month in told[unit]}))[-TREND_MONTHS:]
    most = sorted(named, key=lambda unit: (-told[unit].total(), unit))[:TREND_UNITS]
    return months, tuple((unit, tuple(told[unit][month] for month in months)) for unit in most)


def _rules(counts: Iterable[Count], yields: Sequence[RuleYield], least: int) -> tuple[RuleLine, ...]:
    last = {(each.rule, _version(each.edition, each.program)): each for each in yields}
    names: dict[str, str] = {}
    fates: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in counts:
        names[each.rule] = each.name
        fates[each.rule, _version(each.edition, each.program)][fate(each.state)] += each.n
    lines = []
    for rule, version in sorted({*fates, *last}):
        told, run = fates[rule, version], last.get((rule, version))
        if not told and (run is None or not run.found):
            continue
        decided = told["confirmed"] + told["excluded"]
        lines.append(
            RuleLine(
                rule,
                names.get(rule, ""),
                version,
                run.asked if run else 0,
                run.found if run else 0,
                told.total(),
                told["confirmed"],
                told["excluded"],
                told["open"],
                share(told["confirmed"], decided) if decided >= least else None,
            )
        )
    return tuple(lines)


def _version(edition: str, program: str) -> str:
    return f"法律数据 {edition}，程序 {program}" if edition else "未记录"


def save_figures(shown: Figures, path: Path) -> Done:
    """Write all tables of the page as a workbook."""
    hand_out(path, tables_workbook(figure_sheets(shown)))
    return Done(f"统计表已保存：{path.name}", value=path)


def figure_sheets(shown: Figures) -> list[Sheet]:
    """The tables beside the charts, in the order of the page."""
    least = f"不足{shown.least}件，不计算"
    kinds = dict.fromkeys(KINDS, 8)
    units = [
        (each.unit, str(each.cases), str(each.flagged), each.share.words if each.share else least, each.word,
         *map(str, each.kinds))
        for each in shown.units
    ]  # fmt: skip
    months = [
        (each.month, *map(str, each.kinds), str(each.confirmed), str(each.excluded), str(each.open))
        for each in shown.months
    ]
    rules = [
        (each.rule, each.name, each.version, str(each.asked), str(each.hit), str(each.found), str(each.confirmed),
         str(each.excluded), str(each.open), each.share.words if each.share else least)
        for each in shown.rules
    ]  # fmt: skip
    after = {"属实及以后": 8, "排除": 6, "待定": 6}
    sheets = [
        Sheet(
            "按单位",
            {"单位": 28, "案件": 7, "有违法线索的": 9, "比例（95%区间）": 22, "与总体相比": 18, **kinds},
            units,
        ),
        Sheet("按种类", {"种类": 12, "发现": 8, **after}, [(each[0], *map(str, each[1:])) for each in shown.kinds]),
        Sheet("按月份", {"首次发现": 10, **kinds, **after}, months),
        Sheet(
            "规则成效",
            {"规则": 9, "名称": 26, "版本": 26, "能判断的案件": 8, "其中有问题": 8, "线索": 7, **after,
             "属实率（95%区间）": 24},
            rules,
        ),
        Sheet("办理状态", {"状态": 12, "线索": 8}, [(state, str(n)) for state, n in shown.states]),
        Sheet(
            "待办期限",
            {"时间": 14, "应由本院办": 10, "等对方办": 10},
            [(each[0], str(each[1]), str(each[2])) for each in shown.ahead],
        ),
        Sheet(
            "各单位逐月",
            {"单位": 28, **dict.fromkeys(shown.trend_months, 9)},
            [(unit, *map(str, numbers)) for unit, numbers in shown.trend],
        ),
    ]  # fmt: skip
    return [replace(each, figures=each.columns) for each in sheets]


def desk_words() -> dict[str, str]:
    """The desks statistics are kept of, by their ids."""
    return dict(DESKS)
