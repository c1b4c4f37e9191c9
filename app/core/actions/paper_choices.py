"""How this office numbers its documents and within how long it asks for an answer: its own words over the defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.actions.settings import read_office
from app.core.documents.context import Office
from app.core.documents.kinds import DocumentKind, Reply, kind, kinds
from app.core.documents.numbering import all_series, format_number, pattern_faults, series
from app.core.errors import UserError
from app.core.store.database import Rooms, Store

PATTERNS, REPLIES = "papers.patterns", "papers.replies"
DAYS, MONTHS = "days", "months"
LONGEST = {DAYS: 366, MONTHS: 12}
UNITS = {DAYS: "日", MONTHS: "个月"}
OWN_WORD = "D"  # certainty of what the office set itself


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One series: its pattern in force, what it prints, whether the office set it."""

    id: str
    name: str
    pattern: str
    example: str
    own: bool


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One kind that asks for an answer: within how many days or months, in words, whether the office set it."""

    id: str
    name: str
    count: int
    unit: str
    says: str
    own: bool


def pattern_of(store: Rooms, series_id: str) -> str:
    """The pattern a series is numbered by in this office."""
    return str(_read(store, PATTERNS).get(series_id) or series(series_id).pattern)


def reply_of(store: Rooms, wanted: DocumentKind) -> Reply | None:
    """Within how long a document of a kind asks for an answer in this office; None when it asks for none."""
    own = _read(store, REPLIES).get(wanted.id)
    return Reply(**own) if own else wanted.reply


def number_lines(store: Rooms, year: int) -> list[NumberLine]:
    """Every series with its pattern in force and an example."""
    office, own = read_office(store), _read(store, PATTERNS)
    return [
        NumberLine(each.id, each.name, text, _printed(text, office, year), each.id in own)
        for each in all_series()
        for text in [pattern_of(store, each.id)]
    ]


def reply_lines(store: Rooms) -> list[ReplyLine]:
    """Every kind that asks for an answer."""
    own, lines = _read(store, REPLIES), []
    for each in kinds():
        reply = reply_of(store, each)
        if reply is not None:
            unit = MONTHS if reply.months else DAYS
            count = reply.months or reply.days
            lines.append(ReplyLine(each.id, each.name, count, unit, f"{count}{UNITS[unit]}内", each.id in own))
    return lines


@needs("templates")
def keep_pattern(store: Store, series_id: str, pattern: str, *, now: str, who: str) -> Done:
    """Number a series by a pattern from now on, "" for the default.

    UserError for a pattern with faults, or one that would give the same numbers as another series.
    """
    wanted, text = series(series_id), pattern.strip()
    faults = pattern_faults(text) if text else []
    if faults:
        raise UserError("；".join(faults), do="请改正文号的写法，例如 {院}检{部门}减意〔{年}〕{n}号")
    office = read_office(store)
    for each in all_series():
        if each.id != series_id and _same(text or wanted.pattern, pattern_of(store, each.id), office):
            raise UserError(
                f"这样写，《{wanted.name}》和《{each.name}》会出现相同的文号",
                do="请给两种文书用不同的字，例如“减意”和“假意”",
            )
    own = {**_read(store, PATTERNS)}
    own.pop(series_id, None)
    if text and text != wanted.pattern:
        own[series_id] = text
    _write(store, PATTERNS, own, "修改文号写法", {"文书": wanted.name, "写法": text or wanted.pattern}, now, who)
    return Done(
        f"《{wanted.name}》的文号{'已改为本院的写法' if series_id in own else '用默认的写法'}", frozenset({"settings"})
    )


@needs("templates")
def keep_reply(store: Store, kind_id: str, count: int, unit: str, *, now: str, who: str) -> Done:
    """Ask for an answer to a kind of document within so many days or months from now on, 0 for the default.

    UserError for a number that cannot be meant.
    """
    wanted = kind(kind_id)
    if wanted.reply is None:
        raise UserError(f"《{wanted.name}》不要求回复", do="请选别的文书")
    if not 0 <= count <= LONGEST[unit]:
        raise UserError("回复期限写得不对", do=f"请填 1 到 {LONGEST[unit]} 的整数；留空就用默认")
    own = {**_read(store, REPLIES)}
    own.pop(kind_id, None)
    if count and {unit: count} != {name: each for name, each in asdict(wanted.reply).items() if name in UNITS and each}:
        own[kind_id] = {unit: count, "certainty": OWN_WORD}
    _write(store, REPLIES, own, "修改回复期限", {"文书": wanted.name, "期限": own.get(kind_id, "默认")}, now, who)
    says = f"改为 {count} {UNITS[unit]}" if kind_id in own else "用默认的"
    return Done(f"《{wanted.name}》的回复期限{says}", frozenset({"settings"}))


def _same(one: str, other: str, office: Office) -> bool:
    """Whether two patterns print the same for our office, or for one whose names we do not know yet."""
    names = ((office.short, office.department), ("甲", "乙"), ("甲", "甲"))
    return any(format_number(one, *each, 2026, 1) == format_number(other, *each, 2026, 1) for each in names)


def _printed(pattern: str, office: Office, year: int) -> str:
    return format_number(pattern, office.short, office.department, year, 1)


def _read(store: Rooms, key: str) -> Mapping[str, Any]:
    text = store.settings.get(key)
    found: Mapping[str, Any] = json.loads(text) if text else {}
    return found


def _write(
    store: Store, key: str, own: Mapping[str, Any], act: str, what: Mapping[str, Any], now: str, who: str
) -> None:
    with store.atomic():
        store.settings.set(key, json.dumps(dict(own), ensure_ascii=False))
        store.audit.note(act, dict(what), at=now, who=who)
