"""A person's rows of every list brought to their deprivations: one order, one release, one listing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.checks.case_numbers import case_key
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.sources import stated_in
from app.core.checks.persons import Dossier, day_of, word_of
from app.core.law.book import LawBook
from app.core.law.offences import shipped as offences
from app.core.people.index import place_of
from app.core.records import Record
from app.core.values import Sentence, SentenceKind

STATE_SECURITY = "K4"
FOR_LIFE = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
RULING = re.compile(r"刑更|刑执|刑减|假字|减字")
LISTS = ("deprivation", "deprivation_start", "deprivation_end")


@dataclass(slots=True)
class _Group:
    judgments: list[Record] = field(default_factory=list)
    releases: list[Record] = field(default_factory=list)
    listings: list[Record] = field(default_factory=list)
    rulings: list[Record] = field(default_factory=list)
    outside: list[Record] = field(default_factory=list)

    def ordered(self) -> list[Record]:
        return [*self.judgments, *self.releases, *self.rulings, *self.outside]

    def numbers(self) -> set[str]:
        return {number for each in (*self.judgments, *self.releases, *self.listings) if (number := number_of(each))}

    def spans(self) -> tuple[date, date] | None:
        """First and last day its rows tell of, without the listings."""
        days = [day for each in self.ordered() if (day := _day(each)) is not None]
        return (min(days), max(days)) if days else None


def number_of(record: Record) -> str:
    """The case number of a judgment in the form of comparison; "" for rulings, which have numbers of their own."""
    number = word_of(record, "case_no")
    return "" if RULING.search(number) else case_key(number).rstrip("号字")


def matters(dossier: Dossier, law: LawBook, kept_since: date = date.max) -> list[Matter]:
    """The deprivations of a person, oldest first; `kept_since` as in a matter."""
    groups: list[_Group] = []
    slack = timedelta(days=law.number("deprivation_same_release_days", dossier.lists.as_of))
    for table, put in (("T01", _judgments), ("T19", _releases)):
        for row in sorted(dossier.rows(table), key=_order):
            _join(groups, row, put, slack)
    on_roster = any((said := stated_in(each, "supplementary")) and said.value for each in dossier.rows("T02"))
    for row in sorted(dossier.rows("T22"), key=_order):
        paroled = on_roster and day_of(row, "parole_from", "parole_to") is not None
        _serve(groups, row, lambda group: group.rulings, slack, own=_changes(row) or paroled)
    for row in sorted(dossier.rows("T11"), key=_order):
        _serve(groups, row, lambda group: group.outside, slack, own=on_roster)
    bare = []
    for row in sorted(dossier.rows("T20"), key=_order):
        if lists_deprivation(row):
            _list(groups, row, slack)
        else:
            bare.append(row)
    kept = [each for each in groups if _about_deprivation(each, dossier)]
    return [_matter(dossier, law, each, kept, bare, kept_since, place == 0) for place, each in enumerate(kept)]


def lists_deprivation(row: Record) -> bool:
    """Whether a row of the police's list is about deprivation: such lists mix in other people."""
    return any(row[each] is not None for each in LISTS) or "剥" in word_of(row, "remarks")


def _judgments(group: _Group) -> list[Record]:
    return group.judgments


def _releases(group: _Group) -> list[Record]:
    return group.releases


def _matter(
    dossier: Dossier,
    law: LawBook,
    group: _Group,
    groups: Sequence[_Group],
    bare: Sequence[Record],
    kept_since: date,
    first: bool,
) -> Matter:
    others = tuple(row for each in groups if each is not group for row in each.listings)
    return Matter(
        dossier,
        law,
        tuple(group.judgments),
        tuple(group.releases),
        tuple(group.listings),
        tuple(group.rulings),
        tuple(group.outside),
        (*others, *bare),
        first,
        kept_since,
    )


def _day(record: Record) -> date | None:
    """The day by which a row is brought to others: the release, else the decision."""
    match record.table:
        case "T19":
            return day_of(record, "released_on", "current_end", "sentence_end")
        case "T20":
            return day_of(record, "released_on", "deprivation_start", "listed_on")
        case "T22":
            return day_of(record, "ruled_on", "parole_from", "released_on", "served_on")
        case "T11":
            return day_of(record, "sentence_end", "decided_on")
        case _:
            return day_of(record, "effective_on", "appeal_pronounced_on", "judged_on")


def _order(record: Record) -> tuple[date, tuple[str, str, int]]:
    return _day(record) or date.max, place_of(record)


def _join(groups: list[_Group], row: Record, put: Callable[[_Group], list[Record]], slack: timedelta) -> None:
    """Add a judgment or a release to the group of its case number, else of its time, else to one of its own."""
    number, day = number_of(row), _day(row)
    for group in groups:
        numbers = group.numbers()
        same = number in numbers if number and numbers else _near(group, row, day, slack)
        if same:
            put(group).append(row)
            return
    group = _Group()
    put(group).append(row)
    groups.append(group)


def _near(group: _Group, row: Record, day: date | None, slack: timedelta) -> bool:
    """Whether a row without a number to compare tells of the same sentence."""
    if day is None:
        return True
    same_table = [other for each in group.ordered() if each.table == row.table and (other := _day(each)) is not None]
    if same_table:
        return any(abs(other - day) <= slack for other in same_table)
    return all((other := _day(each)) is None or other <= day for each in group.judgments)


def _serve(
    groups: list[_Group], row: Record, put: Callable[[_Group], list[Record]], slack: timedelta, *, own: bool
) -> None:
    """Add a ruling to the sentence being served on its day: the first group whose release does not lie before it."""
    day = _day(row)
    for group in groups:
        freed = [other for each in group.releases if (other := _day(each)) is not None]
        begun = [other for each in group.judgments if (other := _day(each)) is not None]
        if day is None or ((not freed or day <= max(freed) + slack) and (not begun or min(begun) <= day)):
            put(group).append(row)
            return
    if own:
        group = _Group()
        put(group).append(row)
        groups.append(group)


def _changes(ruling: Record) -> bool:
    """Whether a ruling speaks of deprivation, so that it may stand alone."""
    return any(
        (found := stated_in(ruling, each)) and found.value for each in ("deprivation_before", "deprivation_after")
    )


def _list(groups: list[_Group], row: Record, slack: timedelta) -> None:
    """Add a listing to what it executes: the same number, else the same release, else the only one that fits."""
    number = number_of(row)
    if number and (group := next((each for each in groups if number in each.numbers()), None)) is not None:
        group.listings.append(row)
        return
    starts = [day for name in ("released_on", "deprivation_start") if (day := day_of(row, name)) is not None]
    fitting = [each for each in groups if _fits(each, row, slack) and not (number and _ordered_none(each))]
    if fitting:
        best = min(fitting, key=lambda each: _distance(each, starts))
        best.listings.append(row)
    else:
        groups.append(_Group(listings=[row]))


def _fits(group: _Group, row: Record, slack: timedelta) -> bool:
    """Whether a listing may execute what a group orders: it was not over before, and no other release is stated."""
    span = group.spans()
    if span is None:
        return True
    over = day_of(row, "delisted_on", "deprivation_end")
    if over is not None and over < span[0]:
        return False
    freed = [day for each in group.releases if (day := _day(each)) is not None]
    stated = day_of(row, "released_on")
    if freed and stated is not None:
        return min(abs(day - stated) for day in freed) <= slack
    return True


def _ordered_none(group: _Group) -> bool:
    """Whether every judgment of a group says that there is no deprivation; a listing of another number is not its."""
    said = [stated_in(each, "deprivation") for each in group.judgments]
    return (
        bool(group.numbers() and said)
        and not group.releases
        and all(each is not None and not each.value for each in said)
    )


def _distance(group: _Group, starts: Sequence[date]) -> int:
    days = [day for each in group.ordered() if (day := _day(each)) is not None]
    return min((abs((one - other).days) for one in days for other in starts), default=0)


def _about_deprivation(group: _Group, dossier: Dossier) -> bool:
    """Whether deprivation was ordered, is listed, or had to be ordered."""
    if group.listings:
        return True
    names = [(each, "deprivation") for each in (*group.judgments, *group.releases)]
    names += [(each, name) for each in group.rulings for name in ("deprivation_before", "deprivation_after")]
    names += [(each, "supplementary") for each in group.judgments]
    if group.outside or group.rulings:
        names += [(each, "supplementary") for each in dossier.rows("T02")]
    if any((found := stated_in(row, name)) is not None and found.value for row, name in names):
        return True
    if any("剥夺政治权利" in word_of(each, "supplementary") for each in group.judgments):
        return True
    return bool(group.releases) or any(must_deprive(each) for each in group.judgments)


def must_deprive(judgment: Record) -> str:
    """Why a judgment must impose deprivation: its penalty or the class of offence; "" when it need not."""
    sentence = judgment["sentence"]
    kind = word_of(judgment, "sentence_kind") or (sentence.kind if isinstance(sentence, Sentence) else "")
    if kind in FOR_LIFE:
        return str(kind)
    found = offences().find(word_of(judgment, "offence"))
    return "危害国家安全犯罪" if any(each.group == STATE_SECURITY and each.certain for each in found) else ""
