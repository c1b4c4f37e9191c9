"""What a rule lacks: in which list and column it would stand, whether it was delivered, and what to do next."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.core.findings import Verdict
from app.core.intake.declared import tables
from app.core.records import Field, Record, TableKind
from app.core.store.database import Rooms
from app.core.store.rows import CaseRow

_LIST = re.compile(r"《(.+?)》")
_ASIDE = re.compile(r"（(.*)）?$")
_ROW = re.compile(r"第\d+行")
_PARTS = re.compile(r"、|，|或者|以及|和")
MOST = 3  # places told of one item
MODELS = "models"  # the desk whose tables are those of one model each


class Delivered(StrEnum):
    """How far a column was delivered."""

    NO_LIST = "没有导入这种名单"
    NO_COLUMN = "导入的名单里没有认出这一列"
    UNREAD = "这一行写的内容读不懂"
    EMPTY = "这一行空着，或者名单里没有这个人的记录"
    OLD = "导入的名单没有说到那一天"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an item would stand: table id, its name, who holds it, the column ("" for the list as a whole).

    `delivered` tells how far it is there, `raw` what the case's own row says that could not be read.
    """

    table: str
    name: str
    holder: str
    column: str
    delivered: Delivered
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """One item a rule lacks: its name, where it would stand, else `says` why, and `page` of the manual."""

    item: str
    spots: tuple[Spot, ...]
    says: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    item: str
    columns: tuple[str, ...]
    says: str
    page: str


@cache
def _known() -> tuple[_Known, ...]:
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["item"]
    return tuple(
        _Known(each["item"], tuple(each.get("columns", ())), each.get("says", ""), each.get("page", ""))
        for each in listed
    )


def lacking(store: Rooms, verdict: Verdict, row: CaseRow | None) -> tuple[Lacking, ...]:
    """Each item a verdict lacks; `row` is the case it was asked of, whose own row of the list is looked into."""
    records = list(store.batches.records(ids=[row.record_id])) if row is not None and row.record_id else []
    mapped: dict[str, set[str]] = {}
    for batch in store.batches.all():
        mapped.setdefault(batch.table, set()).update(batch.mapping.values())
    found = []
    for item in verdict.missing:
        told = explained(item)
        dated = bool(_LIST.search(item)) and "不能反映" in item
        places = columns_of(item, verdict.rule, verdict.holder)
        spots = (_spot(table, field, mapped, records, dated=dated) for table, field in places)
        found.append(Lacking(item, tuple(spots), *(told or ("", ""))))
    return tuple(found)


def explained(item: str) -> tuple[str, str] | None:
    """Why there is no column for an item, and the page of the manual that helps; None for one with columns."""
    for each in _known():
        if each.says and each.item in item:
            return each.says, each.page
    return None


def columns_of(item: str, rule: str, holder: str) -> list[tuple[TableKind, Field | None]]:
    """The tables and columns an item would stand in, those the rule is known to use first; None for a whole list.

    A model's own lists are looked at for its own answers only.
    """
    every = [each for each in tables().values() if each.desk != MODELS or each.id.startswith(f"{rule}.")]
    if names := _LIST.findall(item):
        return [(each, None) for each in every if each.name in names]
    base = _ROW.sub("", _ASIDE.sub("", item)).strip()
    aside = _ASIDE.search(item)
    if not base or (aside and "未提供备注" in aside[1]):
        return [_column("R1.remarks")]
    for known in _known():
        if known.item in (base, item) and known.columns:
            return [_column(each) for each in known.columns]
    if same := [each for each in every if each.name == base]:
        return [(each, None) for each in same]
    within = [each for each in every if aside and each.name in aside[1]] or every
    found: list[tuple[TableKind, Field]] = []
    for word in dict.fromkeys((base, *_PARTS.split(base), base.rpartition("的")[2])):
        if word and not any(word in (field.name, *field.synonyms) for _, field in found):
            found += [(each, one) for each in within for one in each.fields if word in (one.name, *one.synonyms)]
    return list(_narrowed(found, rule, holder))


def _narrowed(
    found: Sequence[tuple[TableKind, Field]], rule: str, holder: str
) -> Iterable[tuple[TableKind, Field | None]]:
    """Of the columns so called, those the rule uses, else those in the lists of the office that has the item."""
    used = [each for each in found if rule in each[1].unlocks or each[0].desk == MODELS]
    held = [each for each in found if any(part in holder for part in each[0].holder.split("、"))]
    return (used or held or found)[:MOST]


def _column(place: str) -> tuple[TableKind, Field]:
    table, _, field = place.partition(".")
    return tables()[table], tables()[table].field(field)


def _spot(
    table: TableKind, field: Field | None, mapped: dict[str, set[str]], records: Sequence[Record], *, dated: bool
) -> Spot:
    column = field.name if field is not None else ""
    raw = ""
    if table.id not in mapped:
        delivered = Delivered.NO_LIST
    elif field is None:
        delivered = Delivered.OLD if dated else Delivered.EMPTY
    elif field.id not in mapped[table.id]:
        delivered = Delivered.NO_COLUMN
    else:
        cells = [cell for each in records if each.table == table.id and (cell := each.cells.get(field.id)) is not None]
        raw = next((each.raw.strip() for each in cells if each.value is None and each.raw.strip()), "")
        delivered = Delivered.UNREAD if raw else Delivered.EMPTY
    return Spot(table.id, table.name, table.holder, column, delivered, raw)
