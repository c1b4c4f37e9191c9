"""Which columns a rule cannot do without, found by taking each column away from each data case.

`python -m tests.core.checks.unlocking` prints for each field of the tables in use the rules that need it and those
that merely read it; with `--write` the declarations of the tables are put right.

A field is needed by a rule when some case exists that the rule can judge and cannot judge any more once the column is
gone. A required column takes its whole table along: without it no row of the sheet is a record.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.core.checks.dossier import Attached, place_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import HOLDER, TABLES, build_cases
from app.core.checks.rule import Rule, run_rule
from app.core.findings import Outcome, Verdict
from app.core.intake import declared
from app.core.intake.declared import tables
from app.core.law.book import shipped
from app.core.records import Cell, Record
from tests.core.checks import batches
from tests.core.checks.casefiles import Case, all_cases, records_of

LAW = shipped()
LINE = 110  # letters of a line of rule ids
Place = tuple[str, str]  # table, field
# What building a case settles before any rule is asked.
PARTS = (
    "history", "history_gap", "awards", "awards_present", "months", "months_present", "spending", "spending_present",
    "remitters", "property_rows", "property_present", "crimes", "crimes_present", "twins", "kin",
    "strangers",
)  # fmt: skip
SEEN_PARTS: set[str] = set()


@dataclass(frozen=True, slots=True)
class Uses:
    """For each field the rules that need it, and those whose answer changes without it."""

    needed: Mapping[Place, frozenset[str]]
    read: Mapping[Place, frozenset[str]]


class _Watched(dict[str, Cell]):
    """Cells that remember which of them were looked at."""

    def __init__(self, table: str, cells: Mapping[str, Cell], seen: set[Place]) -> None:
        super().__init__(cells)
        self._table, self._seen = table, seen

    def get(self, key: str, default: Cell | None = None) -> Cell | None:  # type: ignore[override]
        self._seen.add((self._table, key))
        return super().get(key, default)

    def __getitem__(self, key: str) -> Cell:
        self._seen.add((self._table, key))
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[str]:
        self._seen.update((self._table, each) for each in dict.keys(self))
        return super().__iter__()

    def items(self) -> Iterable[tuple[str, Cell]]:  # type: ignore[override]
        return [(each, self[each]) for each in self]

    def values(self) -> Iterable[Cell]:  # type: ignore[override]
        return [self[each] for each in self]


class _Case(ReductionCase):
    """A case that remembers which of its settled parts were looked at."""

    def __getattribute__(self, name: str) -> Any:
        if name in PARTS:
            SEEN_PARTS.add(name)
        return super().__getattribute__(name)


def without(records: Sequence[Record], place: Place) -> list[Record]:
    """The records as they come when a column of one table is not delivered."""
    table, field_id = place
    if tables()[table].field(field_id).required:
        return [each for each in records if each.table != table]
    return [_less(each, field_id) if each.table == table else each for each in records]


def _less(record: Record, field_id: str) -> Record:
    return replace(record, cells={key: cell for key, cell in record.cells.items() if key != field_id})


def first_case(records: Sequence[Record], day: date) -> ReductionCase | None:
    """The case of the first proposal; None when there is none."""
    cases = build_cases(records, LAW, day)
    return cases[0] if cases else None


def ask(rule: Rule[ReductionCase], case: ReductionCase) -> list[Verdict]:
    """One rule's answer to a case that nobody has asked before."""
    fresh = replace(case)
    SEEN_PARTS.clear()
    return run_rule(rule, fresh, LAW, case.as_of, weak=case.loose, holder=HOLDER)


def blind(verdicts: Iterable[Verdict]) -> bool:
    """Whether something could not be judged."""
    return any(each.outcome is Outcome.NOT_EVALUATED for each in verdicts)


def uses_in(case: Case, known: Mapping[Place, Collection[str]]) -> Iterator[tuple[Place, str, bool]]:
    """Every field and rule of one data case whose answer changes without the field; True where it cannot be given.

    What is `known` already is not asked again.
    """
    day = date.fromisoformat(case["as_of"])
    records = records_of(case)
    seen: set[Place] = set()
    built = first_case([replace(each, cells=_Watched(each.table, each.cells, seen)) for each in records], day)
    assert built is not None
    whole = _Case(**{each.name: getattr(built, each.name) for each in fields(built) if each.init})
    answers: dict[str, list[Verdict]] = {}
    readers: dict[Place | str, set[str]] = defaultdict(set)
    for rule in RULES.all():
        seen.clear()
        answers[rule.id] = ask(rule, whole)
        found = any(each.outcome is Outcome.FOUND for each in answers[rule.id])
        for each in {*seen, *SEEN_PARTS, *(["loose"] if found else [])}:
            readers[each].add(rule.id)
    for place in sorted({(each.table, key) for each in records for key, cell in each.cells.items() if cell.raw}):
        less = first_case(without(records, place), day)
        if less is None:
            yield from ((place, rule_id, True) for rule_id in answers)
            continue
        changed = [part for part in (*PARTS, "loose") if _shape(less, part) != _shape(built, part)]
        asked = set().union(*(readers[each] for each in (place, *changed)))
        for rule_id in sorted(asked - set(known.get(place, ()))):
            before, after = answers[rule_id], ask(RULES[rule_id], less)
            if _told(after) != _told(before):
                yield place, rule_id, blind(after) and not blind(before)


def _shape(case: ReductionCase, part: str) -> object:
    """A part in a form that does not change with the cells of its rows, but for the order of the rulings."""
    value = getattr(case, part)
    if isinstance(value, Attached):
        return sorted(map(place_of, value.records)), value.loose, value.doubt
    return [place_of(each) for each in value] if part in ("history", "twins", "kin") else value


def _told(verdicts: Iterable[Verdict]) -> list[tuple[object, ...]]:
    return [(each.outcome, each.level, each.message, each.missing) for each in verdicts]


def batch_uses(case: Case) -> Iterator[tuple[Place, str, bool]]:
    """The same for one data case about a whole batch."""
    rows = batches.records(case)
    whole = batches.overview_of(rows, case["as_of"])
    assert whole is not None
    before = _by_rule(whole.verdicts)
    for place in sorted({(each.table, key) for each in rows for key, cell in each.cells.items() if cell.raw}):
        less = batches.overview_of(without(rows, place), case["as_of"])
        for rule_id, verdicts in before.items():
            after = _by_rule(less.verdicts)[rule_id] if less is not None else []
            if less is None or _told(after) != _told(verdicts):
                yield place, rule_id, not blind(verdicts) and (less is None or blind(after))


def _by_rule(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        found[each.rule].append(each)
    return found


def uses() -> Uses:
    """What all data cases show; takes some seconds."""
    needed: dict[Place, set[str]] = defaultdict(set)
    read: dict[Place, set[str]] = defaultdict(set)
    for case in batches.all_batches():
        for place, rule_id, lost in batch_uses(case):
            (needed if lost else read)[place].add(rule_id)
    for case in all_cases():
        for place, rule_id, lost in uses_in(case, needed):
            (needed if lost else read)[place].add(rule_id)
    # Registers of other offices (T13, T14) declare what they are for at the desks that cannot do without them.
    return Uses(
        {place: frozenset(found) for place, found in needed.items() if place[0] in TABLES},
        {place: frozenset(found - needed.get(place, set())) for place, found in read.items()},
    )


def declared_uses() -> dict[Place, frozenset[str]]:
    """What the tables of this desk declare."""
    return {
        (table, each.id): frozenset(each.unlocks) for table in TABLES for each in tables()[table].fields if each.unlocks
    }


def written(text: str, unlocks: Mapping[str, Iterable[str]]) -> str:
    """A table's declaration with these rules beside its fields and no others."""
    text = re.sub(r"^unlocks = \[[^\]]*\]\n", "", text, flags=re.MULTILINE)

    def put(match: re.Match[str]) -> str:
        rules = ", ".join(f'"{each}"' for each in sorted(unlocks.get(match[2], ())))
        if not rules:
            return match[0]
        if len(rules) <= LINE:
            return f"{match[1]}unlocks = [{rules}]\n"
        lines = textwrap.wrap(rules + ",", LINE, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        return "{}unlocks = [\n{}\n]\n".format(match[1], "\n".join(lines))

    return re.sub(r'(\[\[field\]\]\nid = "(\w+)"\nname = .*\ntype = .*\n)', put, text)


def main() -> None:
    """Print the map, or write it into the declarations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the declarations of the tables right")
    options = parser.parse_args()
    found = uses()
    for table in TABLES:
        print(f"{table} {tables()[table].name}")
        for each in tables()[table].fields:
            place = (table, each.id)
            print(f"  {each.name}: {' '.join(sorted(found.needed.get(place, ()))) or '—'}")
            if found.read.get(place):
                print(f"      （改变答复：{' '.join(sorted(found.read[place]))}）")
        if options.write:
            path = Path(declared.TABLES) / f"{table}.toml"
            rules = {field_id: ids for (of, field_id), ids in found.needed.items() if of == table}
            path.write_text(written(path.read_text(encoding="utf-8"), rules), encoding="utf-8")


if __name__ == "__main__":
    main()
