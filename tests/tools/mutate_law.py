"""Which numbers of the law could be wrong without any data case noticing.

Run as `python -m tests.tools.mutate_law [ID…]`: every number in the law files (or those of the parameters, rows and
duties named) is made larger and smaller by one, one at a time and in memory only; a change survives when the law book's
own tests and every data case that reads the number still agree. Days of holidays and the list of offences are left out.
It prints what survived and ends with 1 when anything did.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from app.core.actions.desks import PEOPLE_DESKS
from app.core.law import duties
from app.core.law.book import LawBook, Parameter, Row, shipped
from app.core.law.duties import Duty
from tests.core.checks import deskcases
from tests.core.law import test_book
from tests.tools.law_questions import Ask, asked, of_people

Key = tuple[str, str]
# The ends of a band that stand for "from nothing" and "without limit".
OPEN_ENDS = (0, 10_000)
# Changes that cannot alter an answer, each with its reason; whatever is not named here must be noticed.
WITHOUT_EFFECT = {
    ("A5", "violent", "band 0", 119): "the class itself asks for ten years and more, so that nobody has 119 months",
}
BANDED = ("A",)  # the other tables have one row for every sentence
ROW_NUMBERS = ("wait", "interval", "floor", "absolute_cap")
READ: set[Key] = set()


class Watched(LawBook):
    """A law book that notes which numbers were asked for."""

    def parameter(self, parameter_id: str, day: date) -> Parameter:
        """As the book's own, noted."""
        found = LawBook.parameter(self, parameter_id, day)
        READ.add(_key(found))
        return found

    def row(self, table: str, group: str, day: date, months: int = 0) -> Row:
        """As the book's own, noted."""
        found = LawBook.row(self, table, group, day, months)
        READ.add(_key(found))
        return found


@dataclass(frozen=True)
class Change:
    """One number changed: what it belongs to, where it stands, from what to what, and the book with it."""

    key: Key
    place: str
    before: object
    after: object
    law: LawBook

    def __str__(self) -> str:
        return f"{' '.join(self.key)} {self.place}: {self.before} → {self.after}"


def _key(item: Parameter | Row) -> Key:
    if isinstance(item, Parameter):
        return item.id, str(item.start or "")
    return item.id, f"{item.table} {item.group} {item.start}"


def changes(law: LawBook) -> Iterator[Change]:
    """Every number of the book, one larger and one smaller."""
    for name, group in law.parameters.items():
        for place, each in enumerate(group):
            for value in _beside(each.value):
                swapped = (*group[:place], replace(each, value=value), *group[place + 1 :])
                book = replace(law, parameters={**law.parameters, name: swapped})
                yield Change(_key(each), "value", each.value, value, book)
    for place, row in enumerate(law.rows):
        for field, before, after, changed in _rows(row):
            rows = (*law.rows[:place], changed, *law.rows[place + 1 :])
            yield Change(_key(row), field, before, after, replace(law, rows=rows))


def _beside(value: Any) -> tuple[Any, ...]:
    if isinstance(value, date):
        return value - timedelta(days=1), value + timedelta(days=1)
    if isinstance(value, int):
        return value - 1, value + 1
    return value * 0.9, value * 1.1


def _rows(row: Row) -> Iterator[tuple[str, object, object, Row]]:
    for field in ROW_NUMBERS:
        if (before := getattr(row, field)) is not None:
            for value in _beside(before):
                yield field, before, value, replace(row, **{field: value})
    for place, before in enumerate(row.band if row.table in BANDED else ()):
        for value in _beside(before) if before not in OPEN_ENDS else ():
            if (row.id, row.group, f"band {place}", value) in WITHOUT_EFFECT:
                continue
            band = (value, row.band[1]) if place == 0 else (row.band[0], value)
            yield f"band {place}", before, value, replace(row, band=band)
    for merit, months in row.caps.items():
        for value in _beside(months):
            yield f"cap {merit}", months, value, replace(row, caps={**row.caps, merit: value})
    for merit, (low, high) in row.ranges.items():
        for pair in ((low - 1, high), (low + 1, high), (low, high - 1), (low, high + 1)):
            yield f"range {merit}", (low, high), pair, replace(row, ranges={**row.ranges, merit: pair})


def duty_changes() -> Iterator[tuple[Duty, str, Any, Any]]:
    """Every number of the duty table, one larger and one smaller: the duty, its field, what it holds, and instead."""
    for duty in duties.shipped().duties:
        for name in ("days", "early"):
            number = getattr(duty, name)
            if isinstance(number, int) and (number or name == "days"):
                yield from ((duty, name, number, value) for value in _beside(number))
        for place, (days, gravity) in enumerate(duty.late):
            for value in _beside(days) if days > 1 else (days + 1,):  # no delay is shorter than a day
                later = (*duty.late[:place], (value, gravity), *duty.late[place + 1 :])
                yield duty, "late", duty.late, later
        if duty.tolerance is not None:
            for value in _beside(duty.tolerance.days):
                yield duty, "tolerance", duty.tolerance, replace(duty.tolerance, days=value)


@contextmanager
def put(duty: Duty, name: str, value: Any) -> Iterator[None]:
    """The duty with something else in a field for a while: rules hold the very object."""
    before = getattr(duty, name)
    object.__setattr__(duty, name, value)
    try:
        yield
    finally:
        object.__setattr__(duty, name, before)


def duty_survivors(wanted: Sequence[str] = ()) -> tuple[int, list[str]]:
    """How many changes of duties were tried, and those no data case of the duty's rule noticed."""
    by_rule: dict[str, list[Ask]] = defaultdict(list)
    for desk in PEOPLE_DESKS.values():
        for case in sorted(deskcases.all_cases(desk.id), key=lambda each: not each["edge"]):
            ask = of_people(case, deskcases.records_of(case), desk.review)
            if disagrees(ask, shipped()):
                raise SystemExit(f"case {case['id']} fails as it is")
            for rule in case["says"]:
                by_rule[rule].append(ask)
    tried, left = 0, []
    for duty, name, before, value in duty_changes():
        if wanted and duty.id not in wanted:
            continue
        tried += 1
        with put(duty, name, value):
            if not any(disagrees(ask, shipped()) for ask in by_rule[duty.rule]):
                left.append(f"{duty.rule} {duty.id} {name}: {before} → {value} ({len(by_rule[duty.rule])} cases)")
    return tried, left


def noticed_by_the_book(law: LawBook) -> bool:
    """Whether the law book's own tests fail."""
    with patch.object(test_book, "LAW", law):
        try:
            test_book.test_rows_of_one_group_never_overlap()
            test_book.test_a_parameter_changes_on_its_day()
            for group in ("ordinary", "strict", "graft"):
                for months in (1, 59, 60, 119, 120, 121, 180, 240, 300):
                    test_book.test_every_fixed_term_has_a_row(group, months)
            for row in law.rows:
                test_book.test_more_merit_never_gets_less(row)
                if row.group not in ("ordinary", "any"):
                    test_book.test_strict_is_never_milder_than_ordinary(row)
                if row.floor is not None:
                    test_book.test_strict_ranges_begin_at_their_floor_or_where_others_begin(row)
        except (AssertionError, LookupError):
            return True
    return False


def disagrees(ask: Ask, law: LawBook) -> bool:
    """Whether a case notices the book it is asked under; a rule that breaks on a wrong number has noticed it too."""
    try:
        return not ask(law)
    except Exception:
        return True


def readers(cases: Sequence[tuple[str, Ask]], law: LawBook) -> Mapping[Key, list[tuple[str, Ask]]]:
    """The cases that read each number under the book as it is."""
    watched = Watched(law.edition, law.provisions, law.rows, law.parameters)
    found: dict[Key, list[tuple[str, Ask]]] = defaultdict(list)
    for name, ask in cases:
        READ.clear()
        if disagrees(ask, watched):
            raise SystemExit(f"case {name} fails as it is")
        for key in READ:
            found[key].append((name, ask))
    return found


def survivors(wanted: Sequence[str] = ()) -> tuple[int, list[tuple[Change, int]]]:
    """How many changes were tried, and those nobody noticed with the number of cases that read the number."""
    law = shipped()
    if noticed_by_the_book(law):
        raise SystemExit("the book's own tests fail as it is")
    cases = asked()
    reading = readers(cases, law)
    tried, left = 0, []
    for change in changes(law):
        if wanted and change.key[0] not in wanted:
            continue
        tried += 1
        if noticed_by_the_book(change.law):
            continue
        asks = reading.get(change.key, [])
        # A case can only notice a number it reads; the last to notice its neighbour is asked first.
        for place, (_, ask) in enumerate(asks):
            if disagrees(ask, change.law):
                asks.insert(0, asks.pop(place))
                break
        else:
            left.append((change, len(asks)))
    return tried, left


def main() -> int:
    """Print what survived."""
    begin = time.perf_counter()
    tried, left = survivors(sys.argv[1:])
    more, duties_left = duty_survivors(sys.argv[1:])
    said = [*(f"{change} ({count} cases read it)" for change, count in left), *duties_left]
    for each in said:
        print(f"survived: {each}")
    for change, why in WITHOUT_EFFECT.items():
        print(f"without effect: {' '.join(map(str, change))}: {why}")
    print(f"{tried + more} changes, {len(said)} survived, {time.perf_counter() - begin:.0f} s")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
