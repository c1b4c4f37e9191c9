"""All law as entries to be read and searched: numbers, table rows, duties, offences and provisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.law import duties, offences
from app.core.law.book import TITLES, LawBook, Parameter, Row
from app.core.law.duties import Duty
from app.core.law.edition import in_order, name_of
from app.core.law.edition_rows import MERITS
from app.core.law.local import LOCAL, Local, locals_of
from app.core.values.numerals import in_chinese

NUMBER, LOCAL_NUMBER, TABLE_ROW, PROVISION = "数值", "本地数值", "减刑表的行", "条文"
DUTY, OFFENCES = "义务", "罪名"  # to be read only: they are the law's own words, and no practice differs in them
PART = "分之一"  # the unit of a number that is a divisor
COUNTED = {"days": "日", "workdays": "个工作日", "months": "个月"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an entry: its value with the unit, the days it holds for, its provision, and whose it is.

    `change` is the number of the office's change behind it, 0 when it stands as shipped.
    """

    value: str
    start: date | None
    end: date | None
    article: str
    certainty: str
    says: str
    change: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the law: the id it is changed and looked up by, its kind, name, group, and its rows by date."""

    id: str
    kind: str
    name: str
    group: str
    lines: tuple[Line, ...]
    unit: str = ""
    about: str = ""

    @property
    def office(self) -> bool:
        """Whether the office changed it."""
        return any(each.change for each in self.lines)

    @property
    def words(self) -> str:
        """Everything a search looks through."""
        return " ".join((self.name, self.about, *(f"{each.article} {each.says}" for each in self.lines)))


def catalogue(law: LawBook) -> tuple[Entry, ...]:
    """All entries: what the office may enter first, then numbers, table rows and provisions, file by file."""
    return (*_locals(law), *_numbers(law), *_rows(law), *_duties(law), *_offences(), *_provisions(law))


def _locals(law: LawBook) -> Iterator[Entry]:
    for each in locals_of(law).values():
        yield _number(law, each.id, LOCAL_NUMBER, each)


def _numbers(law: LawBook) -> Iterator[Entry]:
    known = locals_of(law)
    for name in law.parameters:
        if name not in known:
            yield _number(law, name, NUMBER, None)


def _number(law: LawBook, name: str, kind: str, local: Local | None) -> Entry:
    rows = in_order(law.parameters.get(name, ()))
    title = local.name if local else rows[-1].says
    group = "本地数值" if local else TITLES[law.origin.get(name, LOCAL)]
    unit = local.unit if local else rows[-1].unit
    return Entry(name, kind, title, group, tuple(_line(law, each) for each in rows), unit, local.says if local else "")


def _line(law: LawBook, row: Parameter) -> Line:
    provision = law.provisions[row.provision]
    if isinstance(row.value, date):
        value = f"{row.value}"
    else:
        value = f"{in_chinese(int(row.value))}{PART}" if row.unit == PART else f"{row.value} {row.unit}"
    article = f"{provision.law}{provision.article}"
    return Line(value, row.start, row.end, article, provision.certainty, row.says, row.change)


def _rows(law: LawBook) -> Iterator[Entry]:
    for name in dict.fromkeys(each.name for each in law.rows):
        versions = sorted((each for each in law.rows if each.name == name), key=lambda each: each.start)
        last = versions[-1]
        lines = tuple(_version(law, each) for each in versions)
        yield Entry(name, TABLE_ROW, f"{last.id} 行：{last.says}", TITLES[law.origin[last.id]], lines, "月")


def _version(law: LawBook, row: Row) -> Line:
    cites = [law.provisions[cite] for cite in dict.fromkeys(row.cites.values())]
    article = "、".join(f"{one.law}{one.article}" for one in cites)
    # The least certain of what it rests on is how certain it is.
    certainty = max((one.certainty for one in cites), key="VSMD".index)
    return Line(_amounts(row), row.start, row.end, article, certainty, row.says, row.change)


def _amounts(row: Row) -> str:
    """The numbers of a table row in words; months throughout."""
    parts = [f"起始 {row.wait}"] if row.wait is not None else []
    parts += [f"间隔 {row.interval}"] if row.interval is not None else []
    parts += [f"从严一次最多 {row.absolute_cap}"] if row.absolute_cap is not None else []
    parts += [f"减为有期徒刑不得少于 {row.floor}"] if row.floor is not None else []
    parts += [f"{MERITS[merit]}至多 {cap}" for merit, cap in row.caps.items()]
    parts += [f"{MERITS[merit]} {low}–{high}" for merit, (low, high) in row.ranges.items()]
    return f"{'，'.join(parts)}（月）"


def duty_id(duty: Duty) -> str:
    """What a duty is looked up by."""
    return f"{DUTY}/{duty.id}"


def _duties(law: LawBook) -> Iterator[Entry]:
    for each in duties.shipped().duties:
        cites = [law.provisions[cite] for cite in each.cites]
        length = name_of(law, each.days) if isinstance(each.days, str) else f"{each.days} {COUNTED[each.counting]}"
        says = f"自{each.on_name}起算，{each.holder}{each.owed}"
        article = "、".join(f"{one.law}{one.article}" for one in cites)
        certainty = max((one.certainty for one in cites), key="VSMD".index, default="")
        line = Line(length, each.start, each.end, article, certainty, says)
        group = TITLES["deprivation" if each.rule.startswith("BQ") else "deliveries"]
        whom = f"（{'、'.join(each.kinds)}）" if each.kinds else ""
        yield Entry(duty_id(each), DUTY, f"{each.holder}{each.owed}{whom}", group, (line,))


def _offences() -> Iterator[Entry]:
    known = offences.shipped()
    groups: dict[tuple[str, str], list[str]] = {}
    for each in known.all:
        groups.setdefault((each.group, each.article), []).append(each.name)
    for (group, article), names in groups.items():
        line = Line(f"{len(names)} 个罪名", None, None, article, "V", "、".join(names))
        name = f"{known.class_names[group]}：{article}"
        yield Entry(f"{OFFENCES}/{group}/{article}", OFFENCES, name, TITLES["reduction"], (line,))


def _provisions(law: LawBook) -> Iterator[Entry]:
    for each in law.provisions.values():
        if not each.office:
            article = f"{each.law}{each.article}"
            line = Line("", each.start, each.end, article, each.certainty, each.says)
            yield Entry(each.id, PROVISION, article, TITLES[law.origin[each.id]], (line,))
