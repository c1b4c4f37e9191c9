"""All rows brought to their people: by sound number first, then by name with what else agrees; never all with all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from app.core.findings import Match
from app.core.people.by_hand import APART, BY_HAND, UNDER, Judged, merge_by_hand
from app.core.people.id_number import IdRead, IdState, read_id_number
from app.core.people.identity import Identity, identity_of, merged, number_text, sound_number
from app.core.people.matching import Likeness, compare
from app.core.people.names import compare_form
from app.core.records import Record

Place = tuple[str, str, int]
NO_NUMBER = IdRead("", IdState.EMPTY)
SEVERAL = re.compile(r"[、,，;；/]")


@dataclass(slots=True)
class Someone:
    """One person with all rows that are theirs, by table.

    `key` stays the same from import to import. `loose` are the places of rows joined with grade M2, and why; `maybe`
    the rows that could be theirs and were not joined, by table; `conflicts` say what in the sources cannot be of one
    person.
    """

    key: str
    identity: Identity
    rows: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[Place, str] = field(default_factory=dict)
    maybe: dict[str, list[tuple[Record, str]]] = field(default_factory=lambda: defaultdict(list))
    conflicts: list[str] = field(default_factory=list)
    known_as: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two keys that may be of one person, for somebody to compare, and why; `joined` when they count as one so far."""

    one: str
    other: str
    why: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Everybody found in the rows, in the order of their first row, and pairs somebody should compare."""

    all: tuple[Someone, ...]
    alike: tuple[Alike, ...]


def key_of(identity: Identity) -> str:
    """What rows of one person share at least: the sound number, else name, number as written, birth date and case."""
    if identity.number:
        return identity.number
    case_no = next((text for kind, text in identity.hints if kind == "case_no"), "")
    return "|".join((identity.key, identity.id.number, str(identity.birth or ""), case_no))


def place_of(record: Record) -> Place:
    """Where a record stands: file, sheet, row."""
    return record.file, record.sheet, record.row


def find_people(records: Iterable[Record], judged: Judged | None = None) -> People:
    """Bring rows to their people; the answer does not depend on the order of the rows but for the order of people."""
    judged = judged or Judged()
    people: dict[str, Someone] = {}
    rest: dict[str, list[Record]] = {}
    alike: list[Alike] = []
    for key, rows in _grouped(records).items():
        if "|" in key:
            rest[key] = rows
        else:
            people |= {each.key: each for each in _sound_people(key, rows, judged, alike)}
    whole = {key: merged(identity_of(each) for each in rows) for key, rows in rest.items()}
    by_name = _by_name(people, whole) | judged.named(people)
    left, given = set(rest), []
    for key, rows in rest.items():
        fit = _fitting(key, whole[key], rows, by_name, judged, alike)
        if fit is not None:
            given.append((rows, *fit))
            _note_joined(key, *fit, alike)
            left.remove(key)
    # Given only now, so that no row is compared with another one that was just given.
    for each in given:
        _give(*each)
    others, owner = _among_themselves(left, whole, rest, judged, alike)
    for pair in [each for each in alike if each.one in people and each.other in owner]:
        _note(others[owner[pair.other]], people[pair.one], pair.why)
    people |= others
    alike += _twins(people.values(), judged)
    merge_by_hand(people, judged)
    return People(tuple(people.values()), tuple(alike))


def _grouped(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Rows with the same number, or the same name, number, birth date and case."""
    groups: dict[str, list[Record]] = defaultdict(list)
    sound: dict[str, str] = {}
    for each in records:
        text = number_text(each)
        number = sound.get(text)
        if number is None:
            number = sound[text] = sound_number(text)
        groups[number or key_of(identity_of(each))].append(each)
    return groups


def _sound_people(key: str, rows: list[Record], judged: Judged, alike: list[Alike]) -> list[Someone]:
    """The person of a sound number; rows under another name are graded, those of somebody else by hand stand apart."""
    identities = [identity_of(each, hints=False) for each in rows]
    names = Counter(each.key for each in identities)
    if len(names) == 1:
        main = min(identities, key=lambda each: (each.name, str(each.birth), each.sex))
        person = Someone(key, main, known_as={main.key}.union(*(each.aliases for each in identities)))
        for each in rows:
            person.rows[each.table].append(each)
        return [person]
    own = read_id_number(key)
    strange = {name for name in names if judged.says(key, f"{key}{UNDER}{name}") == Likeness(None, APART)}
    usual = min(
        identities,
        key=lambda each: (each.key in strange, not each.key, not _own(each, own), -names[each.key], each.key),
    )
    main = merged(each for each in identities if each.key == usual.key)
    found = {key: Someone(key, main)}
    for record, identity in zip(rows, identities, strict=True):
        person, part = found[key], f"{key}{UNDER}{identity.key}"
        likeness = _SURE if identity.key == main.key else judged.says(key, part) or compare(main, identity)
        if likeness.why == APART:
            person = found.setdefault(part, Someone(part, replace(identity, id=NO_NUMBER)))
        elif likeness.grade not in (Match.SURE, Match.LIKELY):
            person.maybe[record.table].append((record, likeness.why))
            person.conflicts.append(f"《{record.sheet}》第{record.row}行：{likeness.why}")
            alike.append(Alike(key, part, likeness.why))
            continue
        person.known_as |= {identity.key, *identity.aliases}
        person.rows[record.table].append(record)
        if likeness.grade is Match.LIKELY:
            person.loose[place_of(record)] = likeness.why
            alike.append(Alike(key, part, likeness.why, joined=True))
    return list(found.values())


def _own(identity: Identity, number: IdRead) -> bool:
    """Whether birth date and sex are those the number carries."""
    return identity.birth == number.birth_date and identity.sex == number.sex


_SURE = Likeness(Match.SURE, "")


def _by_name(people: Mapping[str, Someone], whole: Mapping[str, Identity]) -> dict[str, list[Someone]]:
    """People by each of their names, as far as rows without a sound number ask for it."""
    wanted = {name for identity in whole.values() for name in _names(identity)}
    found: dict[str, list[Someone]] = defaultdict(list)
    for person in people.values() if wanted else ():
        for name in person.known_as & wanted:
            found[name].append(person)
    return found


def _names(identity: Identity) -> set[str]:
    """The names a row may be looked up by; a cell may name several defendants."""
    parts = SEVERAL.split(identity.name)
    several = {compare_form(each) for each in parts if each.strip()} if len(parts) > 1 else set()
    return {identity.key, *identity.aliases, *several} - {""}


def _fitting(
    key: str,
    identity: Identity,
    rows: list[Record],
    by_name: Mapping[str, list[Someone]],
    judged: Judged,
    alike: list[Alike],
) -> tuple[Someone, Likeness] | None:
    """The one person rows without a sound number fit; None when two fit or none surely does."""
    found = {each.key: each for name in (*_names(identity), key) for each in by_name.get(name, ())}
    graded = [(each, _graded(key, identity, each, judged)) for each in found.values()]
    fits = [(each, likeness) for each, likeness in graded if likeness.grade in (Match.SURE, Match.LIKELY)]
    fits = [pair for pair in fits if pair[1].why == BY_HAND] or fits
    if len(fits) == 1:
        return fits[0]
    for person, likeness in graded:
        if likeness.grade is not None:
            why = likeness.why if len(fits) < 2 else f"{likeness.why}，但有{len(fits)}人相符"
            for each in rows:
                person.maybe[each.table].append((each, why))
            alike.append(Alike(person.key, key, why))
    return None


def _give(rows: list[Record], person: Someone, likeness: Likeness) -> None:
    for each in rows:
        person.rows[each.table].append(each)
        if likeness.grade is Match.LIKELY:
            person.loose[place_of(each)] = likeness.why


def _graded(key: str, identity: Identity, person: Someone, judged: Judged) -> Likeness:
    word = judged.says(key, person.key)
    if word is not None:
        return word
    theirs = merged(identity_of(each) for rows in person.rows.values() for each in rows)
    likeness = compare(identity, theirs)
    if likeness.grade is None and len(SEVERAL.split(identity.name)) > 1:
        return Likeness(Match.WEAK, "一格写有几个人的姓名")
    return likeness


def _among_themselves(
    left: Iterable[str],
    whole: Mapping[str, Identity],
    rest: Mapping[str, list[Record]],
    judged: Judged,
    alike: list[Alike],
) -> tuple[dict[str, Someone], dict[str, str]]:
    """People known without a sound number only, and under which of their keys rows of each key stand.

    Rows that surely or likely fit one of them are given to that one.
    """
    by_name: dict[str, list[Someone]] = defaultdict(list)
    people: dict[str, Someone] = {}
    owner: dict[str, str] = {}
    for key in sorted(left, key=lambda each: (-whole[each].detail, each)):
        identity = whole[key]
        graded = [(each, _graded(key, identity, each, judged)) for each in by_name[identity.key]]
        fits = [(each, likeness) for each, likeness in graded if likeness.grade in (Match.SURE, Match.LIKELY)]
        owner[key] = fits[0][0].key if len(fits) == 1 else key
        if len(fits) == 1:
            _give(rest[key], *fits[0])
            _note_joined(key, *fits[0], alike)
            continue
        person = people[key] = Someone(key, identity, known_as={identity.key, *identity.aliases})
        _give(rest[key], person, _SURE)
        by_name[identity.key].append(person)
        for other, likeness in graded:
            if likeness.grade is not None:
                _note_both(person, other, likeness.why)
                alike.append(Alike(other.key, key, likeness.why))
    return people, owner


def _note_joined(key: str, person: Someone, likeness: Likeness, alike: list[Alike]) -> None:
    """Rows joined with grade M2 stay open to somebody's word."""
    if likeness.grade is Match.LIKELY:
        alike.append(Alike(person.key, key, likeness.why, joined=True))


def _note_both(one: Someone, other: Someone, why: str) -> None:
    _note(one, other, why)
    _note(other, one, why)


def _note(one: Someone, other: Someone, why: str) -> None:
    """Whatever the other person's rows are, they may be this one's."""
    for table, rows in other.rows.items():
        one.maybe[table] += [(each, why) for each in rows]


def _twins(people: Iterable[Someone], judged: Judged) -> list[Alike]:
    """People of one name and birth date under two sound numbers, who may be one: each may have the other's rows."""
    seen: dict[tuple[object, ...], list[Someone]] = defaultdict(list)
    for each in people:
        if each.identity.number and each.identity.birth is not None:
            seen[each.identity.key, each.identity.birth].append(each)
    found = []
    for group in seen.values():
        for one, other in combinations(group, 2):
            likeness = compare(one.identity, other.identity)
            if likeness.grade is not None and judged.says(one.key, other.key) is None:
                _note_both(one, other, likeness.why)
                found.append(Alike(one.key, other.key, likeness.why))
    return found
