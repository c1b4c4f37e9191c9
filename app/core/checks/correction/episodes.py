"""A person's rows of every list brought to their episodes: one decision, one execution, one ending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.core.checks.case_numbers import case_key
from app.core.checks.correction.case import (
    CLOSINGS,
    DELIVERIES,
    JUDGMENTS,
    OUTSIDE,
    PAROLES,
    ROSTER,
    STRAY,
    Episode,
    frees,
    kind_of,
)
from app.core.checks.persons import Dossier, day_of, word_of
from app.core.law.book import LawBook
from app.core.people.index import place_of
from app.core.records import Record

SAME_EPISODE, SAME_TERMS = "correction_same_episode_days", "correction_same_terms_days"
NUMBERED = (JUDGMENTS, ROSTER)  # lists whose case number is that of the judgment executed


def episodes(dossier: Dossier, law: LawBook) -> list[Episode]:
    """The episodes of a person, oldest first; rows about one decision stand together."""
    near, far = (timedelta(days=law.number(each, dossier.lists.as_of)) for each in (SAME_EPISODE, SAME_TERMS))
    groups: list[list[Record]] = []
    rows = [*dossier.rows(ROSTER)]
    rows += [each for each in dossier.rows(JUDGMENTS) if kind_of(each) is not None]
    rows += [each for each in dossier.rows(PAROLES) if day_of(each, "parole_from", "parole_to") is not None]
    rows += dossier.rows(OUTSIDE)
    numbers = {id(each): _numbers(each) for each in rows}
    for each in sorted(rows, key=lambda row: (_begin(row) or date.max, row.table != ROSTER, *place_of(row))):
        group = next((group for group in groups if _together(group, each, numbers, near, far)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    closings = _closings(dossier, groups)
    if not groups:
        return _stray(dossier, law)
    return [_episode(dossier, law, group, closings[place], len(groups) == 1) for place, group in enumerate(groups)]


def _stray(dossier: Dossier, law: LawBook) -> list[Episode]:
    """Somebody the office's lists tell of, or who was set free by a judgment; nothing says what is executed.

    A row without a number may be about anybody of that name: of these the documents received alone are asked about.
    """
    known = bool(dossier.someone.identity.number)
    freeing = tuple(each for each in dossier.rows(JUDGMENTS) if frees(each)) if dossier.rows("T14") else ()
    if dossier.rows(DELIVERIES) or (known and (freeing or any(map(dossier.rows, STRAY)))):
        return [Episode(dossier, law, closings=tuple(dossier.rows(CLOSINGS)), freeing=freeing)]
    return []


def _episode(
    dossier: Dossier, law: LawBook, group: Sequence[Record], closings: Sequence[Record], alone: bool
) -> Episode:
    of = {
        table: tuple(each for each in group if each.table == table) for table in (JUDGMENTS, ROSTER, PAROLES, OUTSIDE)
    }
    return Episode(dossier, law, of[JUDGMENTS], of[ROSTER], tuple(closings), of[PAROLES], of[OUTSIDE], alone)


def _begin(record: Record) -> date | None:
    match record.table:
        case "T02":
            return day_of(record, "correction_start", "effective_on", "reported_on", "accepted_on")
        case "T22":
            return day_of(record, "parole_from", "released_on", "ruled_on")
        case "T11":
            return day_of(record, "decided_on", "decision_received_on", "handed_over_on")
        case _:
            return day_of(record, "effective_on", "appeal_pronounced_on", "judged_on")


def _together(
    group: Sequence[Record], record: Record, numbers: Mapping[int, frozenset[str]], near: timedelta, far: timedelta
) -> bool:
    """Whether a row is about the decision of a group.

    The same case number decides, and so do two different ones; without, the same day of judgment, begins that lie
    near one another, or the same terms not very far apart.
    """
    own = numbers[id(record)]
    theirs = frozenset().union(*(numbers[id(each)] for each in group))
    if own and theirs:
        return not own.isdisjoint(theirs)
    judged = day_of(record, "judged_on")
    if judged is not None and any(day_of(each, "judged_on") == judged for each in group):
        return True
    begin = _begin(record)
    for each in group:
        other = _begin(each)
        if begin is None or other is None or abs(begin - other) <= near:
            return True
        if record["probation"] is not None and record["probation"] == each["probation"] and abs(begin - other) <= far:
            return True
    return False


def _numbers(record: Record) -> frozenset[str]:
    """The case numbers of the judgment a row is about; that of the second instance is as good as the first's."""
    if record.table not in NUMBERED:
        return frozenset()
    return frozenset(case_key(word_of(record, each)) for each in ("case_no", "appeal_case_no")) - {""}


def _closings(dossier: Dossier, groups: Sequence[Sequence[Record]]) -> list[list[Record]]:
    """The rows of discharge and termination, each with the latest episode that had begun by then."""
    found: list[list[Record]] = [[] for _ in groups]
    for each in dossier.rows(CLOSINGS):
        number = word_of(each, "correction_no")
        by_number = [
            place
            for place, group in enumerate(groups)
            if number and any(word_of(row, "correction_no") == number for row in group)
        ]
        day = day_of(each, "terminated_on", "discharged_on", "recommitted_on", "death_date")
        begun = [
            place
            for place, group in enumerate(groups)
            if day is None or any(begin is None or begin <= day for begin in map(_begin, group))
        ]
        places = by_number or begun
        if places:
            found[places[-1]].append(each)
    return found
