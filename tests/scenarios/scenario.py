"""A seeded scenario: kinds of lawful lives, stories planted among them, and the workbooks they are written to."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.scenarios.books import in_order, write
from tests.scenarios.world import Life, People, Row, Rows, Who, change, identity_labels, sign

HERE = Path(__file__).parent
DAY = date(2026, 6, 30)  # the day taken as today
NAMESAKE = "namesake"  # in a story: the number of somebody else of the same name, sex and birth date
# Around these holidays deadlines move by many days; leads that count days are planted elsewhere in the year.
STILL = (((1, 5), (3, 5)), ((4, 1), (5, 10)), ((6, 5), (6, 30)), ((9, 10), (10, 15)), ((12, 20), (12, 31)))
DIGITS = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
Made = tuple[dict[str, date], Rows]
Story = Mapping[str, object]


def in_words(months: int) -> str:
    """A term as courts write it: 一年六个月."""
    years, rest = divmod(months, 12)
    return (f"{numeral(years)}年" if years else "") + (f"{numeral(rest)}个月" if rest else "")


def numeral(number: int) -> str:
    """A number below a hundred in Chinese: 十一, 二十五."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


class Maker:
    """What a kind of life is made with: chance, the person it is of, and a number no other life has."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = People(chance)
        self.number = 0
        self.who = Who("", "", "", DAY)

    def next(self, sex: str) -> None:
        """Begin another life."""
        self.number += 1
        self.who = self.people.make(sex)

    def days_ago(self, least: int, most: int, *, calm: bool) -> date:
        """A day so many days back; a calm one lies well away from long holidays."""
        while True:
            day = DAY - timedelta(days=self.chance.randint(least, most))
            if not calm or not any(first <= (day.month, day.day) <= last for first, last in STILL):
                return day

    def later(self, day: date, least: int, most: int) -> date:
        """A day so many days later, not after the day taken as today."""
        return min(day + timedelta(days=self.chance.randint(least, most)), DAY)

    def case_no(self, kind: str, year: int) -> str:
        """A case number of its own."""
        return f"（{year}）样0101{kind}{self.number}号"


@dataclass(frozen=True)
class Scenario:
    """One desk's scenario; its stories stand in the file of its name.

    `kinds` make the days and rows of a lawful life, `mix` says how often each comes, `women` are those only women
    lead; `sheets` are the workbooks, each with its sheets, and `parted` names a list with a sheet for each word of a
    column.
    """

    desk: str
    kinds: Mapping[str, Callable[[Maker, bool], Made]]
    mix: tuple[str, ...]
    sheets: Mapping[str, tuple[tuple[str, str], ...]]
    rows: int
    seconds: int
    districts: tuple[str, ...] = ("样本县",)
    women: tuple[str, ...] = ()
    parted: Mapping[str, str] = field(default_factory=dict)

    def stories(self) -> list[Story]:
        """What is planted."""
        text = (HERE / f"{self.desk}.toml").read_text(encoding="utf-8")
        return list(tomllib.loads(text)["story"])

    def lives(self, seed: int, rows: int, each: int) -> list[Life]:
        """Everybody: each story `each` times, and lawful people until the lists have about so many rows together."""
        made = Maker(random.Random(seed))
        found = [self._planted(made, story) for story in self.stories() for _ in range(each)]
        total = sum(len(group) for life in found for group in life.rows.values())
        while total < rows:
            life = self._lawful(made, made.chance.choice(self.mix))
            sign(life)
            found.append(life)
            total += sum(len(group) for group in life.rows.values())
        return found

    def _lawful(self, made: Maker, kind: str, *, calm: bool = False, sex: str = "") -> Life:
        made.next("女" if kind in self.women else sex)
        days, rows = self.kinds[kind](made, calm)
        return Life(made.who, rows, days | {"today": DAY})

    def _planted(self, made: Maker, story: Story) -> Life:
        kind = str(story.get("base", self.mix[0]))
        life = self._lawful(made, kind, calm=not story.get("any_day"), sex=str(story.get("sex", "")))
        change(life, story)
        for table, rows in life.rows.items():
            _, number, _ = identity_labels(table)
            for row in rows:
                if row.get(number) == NAMESAKE:
                    row[number] = made.people.make(life.who.sex, name=life.who.name, birth=life.who.birth).number
        sign(life)
        return life

    def write(self, people: list[Life], folder: Path, seed: int) -> list[Path]:
        """The workbooks."""
        chance = random.Random(seed)
        order = people[:]
        chance.shuffle(order)
        tables: dict[str, list[Row]] = {}
        for life in order:
            for table, rows in life.rows.items():
                tables.setdefault(table, []).extend(rows)
        paths = []
        for name, sheets in self.sheets.items():
            pages = []
            for title, table in sheets:
                rows = in_order(tables.get(table, []), "收文日期")
                if table in self.parted:
                    words = sorted({str(row[self.parted[table]]) for row in rows})
                    pages += [(each, table, [row for row in rows if row[self.parted[table]] == each]) for each in words]
                elif rows:
                    pages.append((title, table, rows))
            if pages:
                paths.append(folder / name)
                write(paths[-1], pages, chance)
        return paths
