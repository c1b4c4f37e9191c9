"""Artificial people, their rows in several lists, and what must be found of each: what the seeded scenarios are of."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from app.core.intake.declared import tables
from app.core.people.id_number import check_digit
from app.core.records import FieldType
from app.core.sentence.terms import end_of_term
from app.core.values import Term

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃"
PROVINCE = "11"
DAY = re.compile(r"\{(\w+)(?:([+-]\d+)|~(\d+))?\}")
Cell = str | int | date
Row = dict[str, Cell]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Who:
    """One artificial person: name, a sound identity number, sex, birth date."""

    name: str
    number: str
    sex: str
    birth: date


@dataclass
class Life:
    """A person's rows by list, and what the desk must say: rule → level.

    `may` are rules that may speak too because what was planted makes them true; `story` names what was planted.
    """

    who: Who
    rows: Rows
    days: dict[str, date] = field(default_factory=dict)
    story: str = ""
    says: Mapping[str, str] = field(default_factory=dict)
    may: tuple[str, ...] = ()


class People:
    """Makes people; everybody has a number of their own, and the first thirty thousand a name of their own."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._made = 0

    def make(self, sex: str = "", *, name: str = "", birth: date | None = None) -> Who:
        """One more person; `name` makes a namesake. All are old enough to have had a number of fifteen digits."""
        number = self._made
        self._made += 1
        sex = sex or ("女" if self._chance.random() < 0.15 else "男")
        birth = birth or date(
            self._chance.randint(1960, 1999), self._chance.randint(1, 12), self._chance.randint(1, 28)
        )
        order = f"{number // 5 % 100:02}{number % 5 * 2 + (sex == '男')}"
        first17 = f"{PROVINCE}{number // 500 % 9000 + 1000}{birth:%Y%m%d}{order}"
        return Who(name or self._name(number), first17 + check_digit(first17), sex, birth)

    def _name(self, number: int) -> str:
        first, rest = number % len(SIGNS), number // len(SIGNS)
        second, third = rest % len(SIGNS), rest // len(SIGNS)
        name = SIGNS[first] + SIGNS[second] + (SIGNS[(third - 1) % len(SIGNS)] if third else "")
        return f"试买·提{name}" if number % 40 == 7 else f"测{name}"


@cache
def identity_labels(table: str) -> tuple[str, str, str]:
    """What a list calls the name, the identity number and the birth date; "" for what it has no column for."""
    fields = tables()[table].fields
    number = next((each.name for each in fields if each.type is FieldType.ID_NUMBER), "")
    birth = next((each.name for each in fields if each.id == "birth_date"), "")
    return next(each.name for each in fields if each.id == "name"), number, birth


def sign(life: Life) -> None:
    """Write the person into every row that does not say itself whose it is."""
    for table, rows in life.rows.items():
        name, number, birth = identity_labels(table)
        for place, row in enumerate(rows):
            mine: Row = {name: life.who.name, number: life.who.number}
            if birth:
                mine[birth] = life.who.birth
            if any(each.name == "性别" for each in tables()[table].fields):
                mine["性别"] = life.who.sex
            rows[place] = {**mine, **row}


def written(text: Cell, days: Mapping[str, date]) -> Cell:
    """A cell as a story gives it: {end}, {start+30} and {start~24} (the last day of 24 months) are days."""
    if not isinstance(text, str):
        return text
    whole = DAY.fullmatch(text)
    return _day(whole, days) if whole else DAY.sub(lambda match: str(_day(match, days)), text)


def _day(match: re.Match[str], days: Mapping[str, date]) -> date:
    day = days[match[1]]
    return end_of_term(day, Term.of_months(int(match[3]))) if match[3] else day + timedelta(days=int(match[2] or 0))


def change(life: Life, story: Mapping[str, object]) -> None:
    """Put a story into a lawful life: `days` new days, `set` cells, `drop` lists, "T12+" rows, `as` identities."""
    for name, text in dict(story.get("days", {})).items():  # type: ignore[call-overload]
        day = written(text, life.days)
        assert isinstance(day, date), text
        life.days[name] = day
    for table in list(story.get("drop", ())):  # type: ignore[call-overload]
        life.rows.pop(table, None)
    for place, text in dict(story.get("set", {})).items():  # type: ignore[call-overload]
        table, _, label = place.partition(".")
        tables()[table].field(next(each.id for each in tables()[table].fields if each.name == label))
        for row in life.rows[table]:
            old = row.get(label)
            row[label] = written(text, life.days | ({"own": old} if isinstance(old, date) else {}))
    for key, rows in story.items():
        if key.endswith("+"):
            made = [{label: written(text, life.days) for label, text in row.items()} for row in rows]  # type: ignore[attr-defined]
            life.rows.setdefault(key[:-1], []).extend(made)
    for table, how in dict(story.get("as", {})).items():  # type: ignore[call-overload]
        name, number, birth = identity_labels(table)
        for row in life.rows.get(table, ()):
            row |= {
                label: text
                for label, text in zip((name, number, birth), disguised(life.who, how), strict=True)
                if label and text is not None
            }
    life.story = str(story["name"])
    life.says = dict(story.get("says", {}))  # type: ignore[call-overload]
    life.may = tuple(story.get("may", ()))  # type: ignore[arg-type]


def disguised(who: Who, how: str) -> tuple[str | None, Cell | None, str | None]:
    """Name, number and birth date as a careless list writes them; None leaves what stands. KeyError for another way."""
    name, number = who.name, who.number
    wide = number.translate({ord(each): ord(each) + 0xFEE0 for each in "0123456789X"})
    ways: dict[str, tuple[str | None, Cell | None, str | None]] = {
        "fifteen": (None, number[:6] + number[8:17], None),
        "masked": (None, number[:6] + "********" + number[14:], None),
        "typo": (None, number[:15] + str((int(number[15]) + 1) % 10) + number[16:], None),
        "swapped": (None, number[:15] + number[16] + number[15] + number[17:], None),
        "none": (None, "", ""),
        "spaced": (f" {name[0]}  {name[1:]}\u3000", f"{number[:6]} {number[6:14]} {number[14:]}", None),
        "small": (None, "'" + number.lower(), None),
        "wide": (None, wide, None),
        "cut": (None, int(number[:15] + "000"), None),
        "alias": (f"{name}（曾用名旧{name}）", None, None),
        "dotless": (name.replace("·", ""), None, None),
        "dot": (name.replace("·", "•"), None, None),
        "sign": (name[:-1] + "□", None, None),
        "slip": (name[:-1] + "齉", None, None),
    }
    return ways[how]
