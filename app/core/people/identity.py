"""What a row says of whom it is about, in the forms in which two rows are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.core.people.id_number import IdRead, IdState, read_id_number
from app.core.people.names import compare_form, read_name
from app.core.records import Record

SOUND = frozenset({IdState.VALID, IdState.UPGRADED})
NOBODY = frozenset({IdState.EMPTY, IdState.BLANK, IdState.UNREADABLE})
WHO = ("name", "former_name", "id_number", "birth_date", "sex")
HINTS = ("case_no", "court", "offence", "registered_residence", "residence")
TELLING = (*WHO, *HINTS)  # whose a row is


@dataclass(frozen=True, slots=True)
class Identity:
    """Name, identity number, birth date and sex of one row, and what else may tell namesakes apart.

    `key` is the name's form of comparison, `aliases` the same of its other names; birth date and sex are the row's own
    or else those a sound number carries.
    """

    name: str
    key: str
    aliases: frozenset[str]
    id: IdRead
    birth: date | None
    sex: str
    hints: frozenset[tuple[str, str]] = frozenset()

    @property
    def number(self) -> str:
        """A sound number of eighteen characters; "" when there is none."""
        return self.id.number if self.id.state in SOUND else ""

    @property
    def has_number(self) -> bool:
        """Whether the row gives any number, sound or not."""
        return self.id.state not in NOBODY

    @property
    def detail(self) -> int:
        """How much is known beside the name."""
        return bool(self.id.number) + (self.birth is not None) + bool(self.sex) + len(self.hints)


def identity_of(record: Record, *, hints: bool = True) -> Identity:
    """What a record says of its person; `hints` may be left out where numbers decide."""
    birth, sex = record["birth_date"], record["sex"]
    known = _identity(
        _text(record, "name"),
        _text(record, "former_name"),
        number_text(record),
        birth if isinstance(birth, date) else None,
        sex if isinstance(sex, str) else "",
    )
    found = frozenset((each, text) for each in HINTS if (text := _text(record, each))) if hints else None
    return replace(known, hints=found) if found else known


def number_text(record: Record) -> str:
    """The identity number of a row as it was read, else as it stands there."""
    cell = record.cells.get("id_number")
    return "" if cell is None else str(cell.value if cell.value is not None else cell.raw)


def sound_number(text: str) -> str:
    """The sound number of eighteen characters a text holds; "" when it holds none."""
    read = read_id_number(text)
    return read.number if read.state in SOUND else ""


@lru_cache(maxsize=4096)
def _identity(name: str, former: str, number: str, birth: date | None, sex: str) -> Identity:
    """What a row says of its person, hints apart; the rows of one person mostly say the same."""
    called, key, aliases = _names(name)
    read = read_id_number(number)
    others = aliases | {compare_form(former)} if former else aliases
    return Identity(called, key, others, read, birth or read.birth_date, sex or read.sex)


def merged(identities: Iterable[Identity]) -> Identity:
    """Rows of one person as one: the commonest name, and of the rest what they do not disagree in."""
    several = list(identities)
    names = Counter((each.key, each.name) for each in several)
    key, name = min(names, key=lambda each: (not each[0], -names[each], each))
    births, sexes = {each.birth for each in several} - {None}, {each.sex for each in several} - {""}
    aliases = frozenset().union(*(each.aliases | {each.key} for each in several)) - {key, ""}
    return Identity(
        name,
        key,
        aliases,
        min((each.id for each in several), key=lambda read: (read.state not in SOUND, read.number)),
        min(births, key=str) if len(births) == 1 else None,
        min(sexes) if len(sexes) == 1 else "",
        frozenset().union(*(each.hints for each in several)),
    )


@lru_cache(maxsize=200_000)
def _names(text: str) -> tuple[str, str, frozenset[str]]:
    read = read_name(text)
    return read.name, compare_form(text), frozenset(compare_form(each) for each in read.aliases)


def _text(record: Record, field_id: str) -> str:
    value = record[field_id]
    return "" if value is None else str(value).strip()
