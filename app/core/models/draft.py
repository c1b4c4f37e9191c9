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


def joined_by(data: Mapping[str, Any], table: Mapping[str, Any], shared: Mapping[str, TableKind]) -> list[str]:
    """The ways a table of a draft is joined, by the names of its columns."""
    home = data["table"][0] if "same" in table else table
    names = {each.id: each.name for each in fields_of(home, shared)}
    ways = [[pair.rpartition("=")[2].strip() for pair in way.split("+")] for way in table.get("join", ())]
    return ["和".join(names.get(each, each) for each in way) for way in ways]


def columns(data: Mapping[str, Any], shared: Mapping[str, TableKind], only: str = "") -> Iterator[Column]:
    """Every column of a draft's tables, or of one of them."""
    for table in data["table"]:
        if only in ("", table["table"]):
            home = data["table"][0] if "same" in table else table
            name = shared[home["use"]].name if "use" in home else home["name"]
            name += "（别的行）" if "same" in table else ""
            for each in fields_of(home, shared):
                yield Column(f"{table['table']}.{each.id}", f"[{name}].[{each.name}]", each.type)


def add_lead(data: dict[str, Any]) -> None:
    """Add a lead with a basis of its own."""
    taken = {each["id"] for each in (*data["lead"], *data["basis"])}
    number = next(n for n in range(2, 200) if not taken & {f"lead{n}", f"basis{n}"})
    data["basis"].append({"id": f"basis{number}", "law": "", "article": "", "certainty": "M", "says": ""})
    lead = {"id": f"lead{number}", "name": "", "level": "存疑", "message": "", "basis": [f"basis{number}"]}
    data["lead"].append(lead | {"document": "检察建议书"})


def drop_lead(data: dict[str, Any], place: int) -> None:
    """Take a lead away, with what it alone rested on and the cases that expect it."""
    gone = data["lead"].pop(place)
    kept = {each for lead in data["lead"] for each in lead["basis"]}
    kept |= {each.get("basis", "") for each in data.get("number", ())}
    data["basis"] = [each for each in data["basis"] if each["id"] in kept or each["id"] not in gone["basis"]]
    data["case"] = [each for each in data["case"] if each.get("lead") != gone["id"]]


def basis_of_lead(data: Mapping[str, Any], place: int) -> dict[str, Any]:
    """The first thing a lead rests on, to be changed in its place."""
    wanted = data["lead"][place]["basis"]
    return next((each for each in data["basis"] if wanted and each["id"] == wanted[0]), data["basis"][0])


def blanks(data: Mapping[str, Any]) -> list[str]:
    """What must still be filled in, as people call it."""
    found = {
        "模型名称": data["name"],
        "监督点": data["card"]["point"],
        "本版理由": data["reason"],
        "一张表": data["table"],
    }
    lacking = [name for name, value in found.items() if not value]
    for place, lead in enumerate(data["lead"]):
        basis = basis_of_lead(data, place)
        of = f"第 {place + 1} 条的" if len(data["lead"]) > 1 else ""
        given = {
            "线索名称": lead["name"],
            "会说的话": lead["message"],
            "依据的法律": basis.get("cite") or basis.get("law"),
            "条款": basis.get("cite") or basis.get("article"),
            "条文大意": basis.get("cite") or basis.get("says"),
        }
        lacking += [f"{of}{name}" for name, value in given.items() if not value]
    return lacking


def tryable(data: dict[str, Any]) -> dict[str, Any]:
    """A draft with something in every place that is still empty, so that it can be tried."""
    card = {name: text or BLANK for name, text in data["card"].items()}
    leads = [_spoken(each, ("name", "message")) for each in data["lead"]]
    basis = [_spoken(each, tuple(each)) for each in data["basis"]]
    texts = {"name": data["name"] or BLANK, "reason": data["reason"] or BLANK}
    return data | texts | {"card": card, "lead": leads, "basis": basis}


def _spoken(given: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value or BLANK if name in names else value for name, value in given.items()}


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
