"""Cells, verdicts and reviews as compact JSON, and back to equal objects.

Inside one text every evidence cell and every provision stands once and is pointed at by its place in a list.
What equals its default is left out.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.core.findings import (
    Basis,
    CaseReview,
    Conclusion,
    Evidence,
    Finding,
    Gravity,
    Harm,
    Level,
    Match,
    Outcome,
    Person,
    Verdict,
)
from app.core.records import Cell, decode, encode

MOST_KEPT = 5_000  # cells a field
ITSELF = ("", "x", "d")  # how a value begins whose raw text may be just what follows: none, texts, days
FAST = 1  # the level of compression; higher ones cost more time than the smaller file saves

pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class CellWriter:
    """Writes the cells of a batch's records as {field: [value, raw, doubt, column]}.

    From the end, what the reader can tell is left out: a column that the batch's `labels` (field → label) give,
    an empty doubt, and a raw text that is the value itself. Cells that many rows share are written out once.
    """

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._known: dict[str, dict[int, tuple[Cell, str]]] = {}  # by identity; the cell is kept so that it stays

    def write(self, cells: Mapping[str, Cell]) -> str:
        """One record."""
        parts = []
        for field_id, cell in cells.items():
            known = self._known.setdefault(field_id, {})
            found = known.get(id(cell))
            if found is None:
                found = cell, f'"{field_id}":{pack(self._parts(field_id, cell))}'
                if len(known) < MOST_KEPT:
                    known[id(cell)] = found
            parts.append(found[1])
        return f"{{{','.join(parts)}}}"

    def _parts(self, field_id: str, cell: Cell) -> list[str]:
        value = encode(cell.value)
        if self._labels.get(field_id) != cell.column:
            return [value, cell.raw, cell.doubt, cell.column]
        if cell.doubt:
            return [value, cell.raw, cell.doubt]
        return [value] if value[1:] == cell.raw and value[:1] in ITSELF else [value, cell.raw]


def read_cells(text: str, labels: Mapping[str, str]) -> dict[str, Cell]:
    """Read back what a `CellWriter` wrote, with the same labels."""
    out = {}
    for field_id, parts in json.loads(text).items():
        value = parts[0]
        match parts:
            case [_]:
                out[field_id] = Cell(decode(value), value[1:], labels[field_id])
            case [_, raw]:
                out[field_id] = Cell(decode(value), raw, labels[field_id])
            case [_, raw, doubt]:
                out[field_id] = Cell(decode(value), raw, labels[field_id], doubt)
            case [_, raw, doubt, column]:
                out[field_id] = Cell(decode(value), raw, column, doubt)
    return out


def write_review(review: CaseReview) -> bytes:
    """Write a whole review, compressed."""
    pool = _Pool()
    out = _heading(review.person, review.case, review.unit) | {
        "conclusion": review.conclusion.value,
        "reasons": review.reasons,
        "largest": review.largest_lawful,
        "facts": None if review.facts is None else dict(review.facts),
        "verdicts": [_verdict(each, pool) for each in review.verdicts],
    }
    return zlib.compress(pack(out | pool.lists()).encode(), FAST)


def read_review(content: bytes) -> CaseReview:
    """Read back what `write_review` wrote."""
    found = json.loads(zlib.decompress(content))
    cells, basis = _lists(found)
    return CaseReview(
        _person(found["person"]),
        found["case"],
        found["unit"],
        Conclusion(found["conclusion"]),
        tuple(found["reasons"]),
        tuple(_read_verdict(each, cells, basis) for each in found["verdicts"]),
        found["largest"],
        found["facts"],
    )


def write_finding(finding: Finding) -> str:
    """Write what a finding says: person, case, unit and verdict; its key and desk are columns of their own."""
    pool = _Pool()
    out = _heading(finding.person, finding.case, finding.unit) | {"verdict": _verdict(finding.verdict, pool)}
    return pack(out | pool.lists())


def read_finding(content: str) -> tuple[Person, str, str, Verdict]:
    """Read back what `write_finding` wrote: person, case, unit, verdict."""
    found = json.loads(content)
    verdict = _read_verdict(found["verdict"], *_lists(found))
    return _person(found["person"]), found["case"], found["unit"], verdict


class _Pool:
    """The evidence cells and provisions of one text, each once."""

    def __init__(self) -> None:
        self._cells: dict[Evidence, int] = {}
        self._basis: dict[Basis, int] = {}

    def cells(self, evidence: Iterable[Evidence]) -> list[int]:
        """Where these cells stand in the list."""
        return [self._cells.setdefault(each, len(self._cells)) for each in evidence]

    def basis(self, basis: Iterable[Basis]) -> list[int]:
        """Where these provisions stand in the list."""
        return [self._basis.setdefault(each, len(self._basis)) for each in basis]

    def lists(self) -> dict[str, Any]:
        """Both lists as plain JSON."""
        return {
            "cells": [[e.file, e.sheet, e.row, e.column, e.field, e.raw, e.value] for e in self._cells],
            "basis": [[b.law, b.article, *map(_day, b.in_force), b.certainty, b.says] for b in self._basis],
        }


def _lists(found: Mapping[str, Any]) -> tuple[list[Evidence], list[Basis]]:
    cells = [Evidence(*each) for each in found["cells"]]
    basis = [
        Basis(law, article, (_read_day(start), _read_day(end)), certainty, says)
        for law, article, start, end, certainty, says in found["basis"]
    ]
    return cells, basis


def _verdict(verdict: Verdict, pool: _Pool) -> dict[str, Any]:
    out = {
        "rule": verdict.rule,
        "name": verdict.rule_name,
        "outcome": verdict.outcome.value,
        "steps": verdict.steps,
        "evidence": pool.cells(verdict.evidence),
        "basis": pool.basis(verdict.basis),
        "level": verdict.level and verdict.level.value,
        "gravity": verdict.gravity and verdict.gravity.value,
        "harm": verdict.harm and verdict.harm.value,
        "message": verdict.message,
        "missing": verdict.missing,
        "holder": verdict.holder,
        "fact": verdict.fact,
    }
    kept = {key: value for key, value in out.items() if value}
    if verdict.document is not None:
        kept["document"] = verdict.document
    return kept


def _read_verdict(found: Mapping[str, Any], cells: list[Evidence], basis: list[Basis]) -> Verdict:
    get = found.get
    return Verdict(
        get("rule", ""),
        get("name", ""),
        Outcome(found["outcome"]),
        tuple(get("steps", ())),
        tuple(cells[place] for place in get("evidence", ())),
        tuple(basis[place] for place in get("basis", ())),
        Level(found["level"]) if "level" in found else None,
        Gravity(found["gravity"]) if "gravity" in found else None,
        Harm(found["harm"]) if "harm" in found else None,
        get("message", ""),
        get("document"),
        tuple(get("missing", ())),
        get("holder", ""),
        get("fact", ""),
    )


def _heading(person: Person, case: str, unit: str) -> dict[str, Any]:
    who = [person.name, person.id_number, person.prisoner_no, person.match.value]
    return {"person": who, "case": case, "unit": unit}


def _person(found: list[str]) -> Person:
    name, id_number, prisoner_no, match = found
    return Person(name, id_number, prisoner_no, Match(match))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
