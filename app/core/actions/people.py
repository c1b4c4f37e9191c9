"""Who is who, by hand: pairs somebody should compare, a word on them, and taking it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.errors import UserError
from app.core.findings import Match
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.people.by_hand import UNDER, Judged, warning
from app.core.people.identity import identity_of
from app.core.people.index import Alike, find_people, key_of
from app.core.records import Record, show
from app.core.store.database import Rooms, Store
from app.core.store.rows import Judgement, StoredFinding, Word

# What is laid side by side, the most telling first.
SHOWN: Mapping[str, str] = {
    "name": "姓名",
    "former_name": "曾用名",
    "id_number": "身份证号",
    "birth_date": "出生日期",
    "sex": "性别",
    "ethnicity": "民族",
    "registered_residence": "户籍地",
    "residence": "居住地",
    "offence": "罪名",
    "case_no": "案号",
    "court": "法院",
    "correction_kind": "矫正类别",
    "correction_office": "矫正机构",
    "prisoner_no": "罪犯编号",
}
SAME, DIFFERENT, ONE_SIDE = "相同", "不同", "只有一边有"
CHANGED = frozenset({"cases", "findings"})


@dataclass(frozen=True, slots=True)
class Side:
    """One of two who may be one: their key, how they look in a few words, and the rows."""

    key: str
    says: str
    rows: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the card: what it is, what each side says, and whether they agree."""

    label: str
    one: str
    other: str
    word: str


@dataclass(frozen=True, slots=True)
class Card:
    """Two sides beside each other: what is alike, how sure, why, what rests on it, and what must be warned of.

    `joined`: so far both count as one person.
    """

    one: Side
    other: Side
    match: Match
    why: str
    joined: bool
    facts: tuple[Fact, ...]
    findings: tuple[StoredFinding, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Cards:
    """The pairs to be compared, those findings rest on first; `total` counts those left out too."""

    cards: tuple[Card, ...]
    total: int
    judgements: tuple[Judgement, ...]


def judged_of(store: Rooms) -> Judged:
    """What people decided by hand and did not undo."""
    standing = store.judgements.standing()
    pairs = {word: frozenset(frozenset((e.one, e.other)) for e in standing if e.word is word) for word in Word}
    return Judged(pairs[Word.SAME], pairs[Word.APART])


@needs("people")
def judge(
    store: Store, one: Side, other: Side, word: Word, *, why: str, warned: bool = False, now: str, who: str
) -> Done:
    """Put down that two are one person, or are not; the next review goes by it.

    UserError without a reason, against what was judged already, or, for two sound numbers, without `warned`: that the
    warning was read and holds no longer.
    """
    same = word is Word.SAME
    against = judged_of(store).against(one.key, other.key, same=same)
    if against is not None:
        raise UserError(f"与以前的判断矛盾：{_told(store, against)}", do="请先撤销以前的判断，再作新的判断")
    told = warning(one.key, other.key) if same else ""
    if told and not warned:
        raise UserError(told, do="确认是同一人的，请看过这段提醒再确认")
    store.judgements.add((one.key, one.says), (other.key, other.says), word, why=why, warning=told, now=now, who=who)
    return Done(f"已记下：{one.says} 与 {other.says} {word}。重新运行审查后生效", CHANGED)


@needs("people")
def undo(store: Store, number: int, *, why: str, now: str, who: str) -> Done:
    """Take a word back; the next review goes by what stands then."""
    store.judgements.undo(number, why=why, now=now, who=who)
    return Done("已撤销这个判断。重新运行审查后生效", CHANGED)


def cards(store: Rooms, desk: str, most: int, *, ticket: Ticket) -> Cards:
    """The pairs of a desk somebody should compare, at most so many, and what was judged before."""
    judged = judged_of(store)
    kinds = [each for each in PEOPLE_DESKS[desk].tables if each in store.batches.tables_present()]
    records: list[Record] = []
    for number, kind in enumerate(kinds):
        ticket.step(number, len(kinds) + 1, f"读取《{tables()[kind].name}》")
        records += store.batches.records(kind)
    ticket.step(len(kinds), len(kinds) + 1, "人员比对")
    people = find_people(records, judged)
    rests = _resting(store.casebook.findings(desk=desk))
    pairs = [each for each in _once(people.alike) if judged.says(each.one, each.other) is None]
    pairs.sort(key=lambda each: (not _on(each, rests), not each.joined, each.one, each.other))
    by_key = _by_key(records, {key for each in pairs[:most] for key in (each.one, each.other)})
    shown = [_card(each, by_key, rests) for each in pairs[:most]]
    return Cards(tuple(shown), len(pairs), tuple(store.judgements.all()))


def _told(store: Rooms, pair: frozenset[str]) -> str:
    for each in store.judgements.standing():
        if frozenset((each.one, each.other)) == pair:
            return f"{each.one_says} 与 {each.other_says} {each.word}（{each.judged_by}，{each.judged_at[:10]}）"
    return "、".join(sorted(pair))


def _once(pairs: Iterable[Alike]) -> list[Alike]:
    return list({frozenset((each.one, each.other)): each for each in pairs}.values())


def _by_key(records: Iterable[Record], wanted: set[str]) -> dict[str, list[Record]]:
    """The rows under each key; those of a number under a name stand under both keys."""
    found: dict[str, list[Record]] = defaultdict(list)
    for each in records:
        identity = identity_of(each)
        key = key_of(identity)
        for one in (key, f"{key}{UNDER}{identity.key}"):
            if one in wanted:
                found[one].append(each)
    return found


def _resting(findings: Iterable[StoredFinding]) -> dict[str, list[StoredFinding]]:
    """Findings by the number, prisoner number or name of the person they are about."""
    found: dict[str, list[StoredFinding]] = defaultdict(list)
    for each in findings:
        found[each.person.id_number or each.person.name].append(each)
    return found


def _on(pair: Alike, rests: Mapping[str, Sequence[StoredFinding]]) -> list[StoredFinding]:
    """The findings of both sides, each once."""
    names = [key.partition(UNDER)[0] if "|" not in key else key.partition("|")[0] for key in (pair.one, pair.other)]
    return list({each.key: each for name in names for each in rests.get(name, ())}.values())


def _card(
    pair: Alike,
    rows: Mapping[str, Sequence[Record]],
    rests: Mapping[str, Sequence[StoredFinding]],
) -> Card:
    mine, theirs = tuple(rows.get(pair.one, ())), tuple(rows.get(pair.other, ()))
    if UNDER in pair.other:
        mine = tuple(each for each in mine if each not in theirs)
    one, other = (Side(key, _says(part, key), part) for key, part in ((pair.one, mine), (pair.other, theirs)))
    facts = []
    for field_id, label in SHOWN.items():
        values = [_values(side.rows, field_id) for side in (one, other)]
        if any(values):
            first, second = values
            facts.append(Fact(label, "、".join(first), "、".join(second), _word(first, second)))
    facts.append(Fact("出现在", "；".join(_sources(one.rows)), "；".join(_sources(other.rows)), ""))
    match = Match.LIKELY if pair.joined else Match.WEAK
    found = tuple(_on(pair, rests))
    return Card(one, other, match, pair.why, pair.joined, tuple(facts), found, warning(pair.one, pair.other))


def _says(rows: Sequence[Record], key: str) -> str:
    identity = identity_of(rows[0]) if rows else None
    if identity is None:
        return key.replace("|", " ").strip()
    number = identity.number or identity.id.number
    return " ".join(each for each in (identity.name, number or str(identity.birth or "")) if each)


def _values(rows: Iterable[Record], field_id: str) -> list[str]:
    return list(dict.fromkeys(text for each in rows if (text := show(each[field_id]).strip())))


def _word(one: Sequence[str], other: Sequence[str]) -> str:
    if not one or not other:
        return ONE_SIDE
    return SAME if set(one) & set(other) else DIFFERENT


def _sources(rows: Iterable[Record]) -> list[str]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in rows:
        found[tables()[each.table].name, each.file].append(str(each.row))
    return [f"《{name}》{file} 第{'、'.join(numbers)}行" for (name, file), numbers in found.items()]
