"""A model while it is being written: the plain data of its file, changed part by part."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app.core.models.parts import FORMAT, Model
from app.core.records import Field, FieldType, TableKind

BLANK = "（待填）"
LABELS = ("案号", "文号", "编号")
UNITS = ("单位", "法院", "机关", "所")


class Column(NamedTuple):
    """A column a clause may name: its reference, how people call it, and its type."""

    ref: str
    said: str
    type: FieldType


def new_draft(model_id: str, author: str, day: date) -> dict[str, Any]:
    """The data of a model with nothing in it yet."""
    return {
        "format": FORMAT,
        "id": model_id,
        "name": "",
        "version": 1,
        "author": author,
        "changed": day,
        "reason": "新编写",
        "card": {"point": "", "about": ""},
        "table": [],
        "subject": {"table": "t1"},
        "basis": [{"id": "basis", "law": "", "article": "", "certainty": "M", "says": ""}],
        "step": [],
        "lead": [
            {"id": "lead", "name": "", "level": "存疑", "message": "", "basis": ["basis"], "document": "检察建议书"}
        ],
        "case": [],
    }


def draft_of(model: Model, day: date, author: str) -> dict[str, Any]:
    """The data of a model's next version."""
    data = tomllib.loads(model.text, parse_float=Decimal)
    bare: dict[str, Any] = {"step": []}  # a model may have steps in its leads alone; the form asks for its own
    return bare | data | {"version": model.version + 1, "changed": day, "author": author, "reason": ""}


def add_table(data: dict[str, Any], kind: TableKind, use: str = "") -> str:
    """Add a table, joined to the first by whatever both have; returns its local name."""
    name = next(f"t{place}" for place in range(1, 100) if all(each["table"] != f"t{place}" for each in data["table"]))
    table: dict[str, Any] = {"table": name}
    if data["table"]:
        table["join"] = ways(fields_of(data["table"][0], {kind.id: kind}), kind.fields)
    if use:
        table["use"] = use
    else:
        table |= {"name": kind.name, "holder": kind.holder, "field": [_written(each) for each in kind.fields]}
    data["table"].append(table)
    if len(data["table"]) == 1:
        data["subject"] = _subject(name, kind.fields)
    return name


def _written(each: Field) -> dict[str, Any]:
    field: dict[str, Any] = {"id": each.id, "name": each.name, "type": each.type.value}
    if each.synonyms:
        field["synonyms"] = list(each.synonyms)
    if each.required:
        field["required"] = True
    if each.choices:
        field["choices"] = {word: list(others) for word, others in each.choices.items()}
    return field


def _subject(name: str, fields: tuple[Field, ...]) -> dict[str, str]:
    """Which columns say who it is about, which case and which unit."""
    found = {"table": name}
    first = {
        "name": next((each.id for each in fields if each.type is FieldType.NAME), fields[0].id),
        "number": next((each.id for each in fields if each.type is FieldType.ID_NUMBER), ""),
        "label": next((each.id for each in fields if any(word in each.name for word in LABELS)), ""),
        "unit": next((each.id for each in fields if each.name.endswith(UNITS)), ""),
    }
    return found | {key: value for key, value in first.items() if value}


def ways(one: tuple[Field, ...], other: tuple[Field, ...]) -> list[str]:
    """How rows of two tables may be joined: by identity numbers, by equal columns of numbers, by names."""
    found = []
    for kind in (FieldType.ID_NUMBER, FieldType.TEXT, FieldType.NUMBER_TEXT):
        for left in one:
            for right in other:
                same = kind is FieldType.ID_NUMBER or (left.name == right.name and left.name.endswith((*LABELS, "号")))
                if left.type is right.type is kind and same:
                    found.append(_pair(left, right))
    names = [(a, b) for a in one for b in other if a.type is b.type is FieldType.NAME]
    return [*found[:2], *(_pair(*pair) for pair in names[:1])]


def _pair(left: Field, right: Field) -> str:
    return left.id if left.id == right.id else f"{left.id}={right.id}"


def fields_of(table: Mapping[str, Any], shared: Mapping[str, TableKind]) -> tuple[Field, ...]:
    """The columns of a table of a draft."""
    if "use" in table:
        return shared[table["use"]].fields
    return tuple(Field(each["id"], each["name"], FieldType(each["type"])) for each in table.get("field", ()))


def columns(data: Mapping[str, Any], shared: Mapping[str, TableKind], only: str = "") -> Iterator[Column]:
    """Every column of a draft's tables, or of one of them."""
    for table in data["table"]:
        if only in ("", table["table"]):
            name = shared[table["use"]].name if "use" in table else table["name"]
            for each in fields_of(table, shared):
                yield Column(f"{table['table']}.{each.id}", f"[{name}].[{each.name}]", each.type)


def blanks(data: Mapping[str, Any]) -> list[str]:
    """What must still be filled in, as people call it."""
    lead, basis = data["lead"][0], data["basis"][0]
    given = {
        "模型名称": data["name"],
        "监督点": data["card"]["point"],
        "本版理由": data["reason"],
        "一张表": data["table"],
        "线索名称": lead["name"],
        "会说的话": lead["message"],
        "依据的法律": basis.get("cite") or basis.get("law"),
        "条款": basis.get("cite") or basis.get("article"),
        "条文大意": basis.get("cite") or basis.get("says"),
    }
    return [name for name, value in given.items() if not value]


def tryable(data: dict[str, Any]) -> dict[str, Any]:
    """A draft with something in every place that is still empty, so that it can be tried."""
    card = {name: text or BLANK for name, text in data["card"].items()}
    lead = {name: text or BLANK if name in ("name", "message") else text for name, text in data["lead"][0].items()}
    basis = {name: text or BLANK for name, text in data["basis"][0].items()}
    texts = {"name": data["name"] or BLANK, "reason": data["reason"] or BLANK}
    told = {"card": card, "lead": [lead, *data["lead"][1:]], "basis": [basis, *data["basis"][1:]]}
    return data | texts | told


def unname(text: str, given: Mapping[str, str]) -> str:
    """A sentence in which columns are called as people call them, with references in their place (said → ref)."""
    for word in sorted(given, key=len, reverse=True):
        text = text.replace("{" + word + "}", "{" + given[word] + "}")
    return text


def rename(text: str, given: Mapping[str, str]) -> str:
    """The way back: references as people call them (ref → said)."""
    for ref, word in given.items():
        text = text.replace("{" + ref + "}", "{" + word + "}")
    return text
