"""Which field of a table a column is: by name, synonym, its lowest line, or a known word with harmless affixes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from app.core.intake.declared import resting, tables
from app.core.intake.headers import Header
from app.core.intake.split import Split
from app.core.intake.words import (
    AROUND,
    GENERIC,
    IGNORED_COLUMNS,
    NEUTRAL_GROUPS,
    PERSON_WORDS,
    PRESENT,
    SHIFTING,
    WORDS,
    dated_key,
    joined_key,
    label_key,
)
from app.core.records import Field, FieldType, TableKind

SHORTEST_INSIDE = 3  # a word of two characters is found inside too many others
EXACT, SYNONYM, LOWER, INSIDE = 1.0, 0.95, 0.85, 0.7
LATER = 0.001  # an earlier synonym goes before a later one


@dataclass(frozen=True, slots=True)
class Match:
    """One way to read a column: the field (and for a range column the field of its last day), how, and how surely.

    With a `split` its columns make one value of the field; `column` is the first of them.
    """

    column: int
    field: Field
    until: Field | None
    how: str
    quality: float
    key: str
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    field: Field
    until: Field | None
    quality: float
    how: str


def assign(header: Header, table: TableKind) -> dict[int, Match]:
    """The best match of each column, no field given twice; longer words and surer ways go first.

    Columns with the parts of one value stand under the first of them, and after any column with the whole value.
    """
    known = words_of(table.id)
    splits = {min(each.columns): each for each in header.splits}
    whole = _whole(header, splits, known) if splits else header
    found = [
        _of_parts(match, splits.get(match.column))
        for match in _found(whole, known)
        if match.column not in splits or (match.until is None and splits[match.column].fits(match.field))
    ]
    taken = _best(found, {})
    used = {column for match in taken.values() if match.split for column in match.split.columns}
    if parts := {column for each in header.splits for column in each.alone} - used:
        taken = _best([each for each in _found(header, known) if each.column in parts], taken)
    return dict(sorted(taken.items()))


def _of_parts(match: Match, split: Split | None) -> Match:
    return match if split is None else replace(match, how="年月日分列", split=split)


def _whole(header: Header, splits: Mapping[int, Split], known: Collection[str]) -> Header:
    """The header with one column for each value in parts."""
    lines = [list(each) or [""] * len(header.labels) for each in (header.labels, header.lower, header.upper)]
    nearest = list(header.nearest) or [""] * len(header.labels)
    for first, split in splits.items():
        for column in split.columns:
            for line in (*lines, nearest):
                line[column] = ""
        meant = WORDS["split"]["meaning"].get(label_key(split.lower), ())
        lower = next((word for word in meant if label_key(word) in known), split.lower)
        lines[0][first], lines[1][first], lines[2][first] = split.upper + lower, lower, split.upper
    labels, lower, upper = map(tuple, lines)
    return replace(header, labels=labels, lower=lower, upper=upper, nearest=tuple(nearest))


def _found(header: Header, known: Mapping[str, _Word]) -> list[Match]:
    """Every way to read every column."""
    keys = {label_key(label) for label in header.labels}
    return [
        match
        for column, label in enumerate(header.labels)
        if label and column not in header.serial and label_key(label) not in IGNORED_COLUMNS
        for match in _matches(header, column, known)
        if not _was(match, label_key(label), keys, known)
    ]


def _best(found: list[Match], taken: Mapping[int, Match]) -> dict[int, Match]:
    """Those taken and, of the others, the surest for each column and field."""
    best = dict(taken)
    given = {each.id for match in taken.values() for each in (match.field, match.until) if each is not None}
    for match in sorted(found, key=lambda each: (each.split is not None, -each.quality, -len(each.key), each.column)):
        fields = {match.field.id} | ({match.until.id} if match.until else set())
        if match.column not in best and not fields & given:
            best[match.column] = match
            given |= fields
    return best


def _was(match: Match, key: str, keys: Collection[str], known: Mapping[str, _Word]) -> bool:
    """Whether another column says how it stands today: beside 现刑期止日, 刑期止日 is the original one."""
    others = (known.get(other) for present in PRESENT if (other := f"{present}{key}") in keys)
    return any(each is not None and each.field is match.field for each in others)


def _matches(header: Header, column: int, known: Mapping[str, _Word]) -> list[Match]:
    label = header.labels[column]
    upper, lower = (header.upper[column] if header.upper else ""), header.lower[column]
    whole = label_key(upper + lower) if upper else label_key(label)
    joined = (whole, joined_key(upper, lower), dated_key(upper, lower))
    matches = [_match(column, known[key], key) for key in dict.fromkeys(joined) if key in known]
    nearest = header.nearest[column] if header.nearest else ""
    if nearest and (key := joined_key(nearest, lower)) in known and not SHIFTING.search(label_key(upper)):
        word = known[key]
        matches.append(Match(column, word.field, word.until, "下层列名", word.quality - EXACT + LOWER, key))
    if upper and (key := label_key(lower)) in known and _lower_stands_alone(upper, key):
        word = known[key]
        matches.append(Match(column, word.field, word.until, "下层列名", word.quality - EXACT + LOWER, key))
    if not matches and (key := _inside(whole, known)):
        word = known[key]
        matches.append(Match(column, word.field, word.until, "列名包含", word.quality - EXACT + INSIDE, key))
    return matches


def _match(column: int, word: _Word, key: str) -> Match:
    return Match(column, word.field, word.until, word.how, word.quality, key)


def _lower_stands_alone(upper: str, key: str) -> bool:
    group = label_key(upper)
    if group in NEUTRAL_GROUPS:
        return True
    return key not in GENERIC and not SHIFTING.search(group)


def _inside(whole: str, known: Mapping[str, _Word]) -> str:
    """The longest known word in a label that has nothing else of meaning."""
    words = [key for key in known if SHORTEST_INSIDE <= len(key) < len(whole) and key in whole and key not in GENERIC]
    return max((key for key in words if AROUND.fullmatch(whole.replace(key, "\0", 1))), key=len, default="")


@lru_cache(maxsize=256)
def words_of(table_id: str) -> Mapping[str, _Word]:
    """Every word of a table, as labels are compared, with the field it names; an exact name beats a synonym."""
    table = tables()[table_id]
    known: dict[str, _Word] = {}
    for field in table.fields:
        known[label_key(field.name)] = _Word(field, None, EXACT, "列名相同")
    for field in table.fields:
        for place, word in enumerate(field.synonyms):
            known.setdefault(label_key(word), _Word(field, None, SYNONYM - LATER * place, "同义列名"))
    for person in (each for each in table.fields if each.required and each.type is FieldType.NAME):
        for word in PERSON_WORDS:
            known.setdefault(label_key(word), _Word(person, None, SYNONYM - LATER * len(person.synonyms), "同义列名"))
    known |= {key: word for key, word in _ranges(known).items() if key not in known}
    return known


resting(words_of.cache_clear)


def _ranges(known: Mapping[str, _Word]) -> dict[str, _Word]:
    """刑期起日 and 刑期止日 make 刑期起止, a column that holds both days."""
    found: dict[str, _Word] = {}
    for key, word in known.items():
        end = known.get(f"{key.removesuffix('起日')}止日")
        days = end is not None and word.field.type is end.field.type is FieldType.DATE
        if key.endswith("起日") and end is not None and days:
            stem = key.removesuffix("起日")
            both = _Word(word.field, end.field, min(word.quality, end.quality) - LATER, "起止在一列")
            tails = ("起止", "起止日", "期间", "期", "日", *([""] if stem.endswith("期") else []))
            found |= {f"{stem}{tail}": both for tail in tails}
    return found
