"""Verdicts and reviews as compact JSON, and back to equal objects.

Inside one text every evidence cell and every provision stands once and is pointed at by its place in a list.
What equals its default is left out.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from app.core.findings import (
    Basis,
    CaseReview,
    Conclusion,
    DaySpan,
    Evidence,
    Finding,
    Gravity,
    Harm,
    Level,
    Match,
    Outcome,
    Person,
    Standing,
    Verdict,
)
from app.core.store.codec import pack

FAST = 1  # the level of compression; higher ones cost more time than the smaller file saves
REST = attrgetter(
    *(each.name for each in fields(Verdict) if each.name not in ("rule", "rule_name", "outcome", "steps"))
)
NOTHING = REST(Verdict("", "", Outcome.NOT_APPLICABLE))  # what a rule that does not apply says besides why
Part = TypeVar("Part", Evidence, Basis)


def write_review(review: CaseReview) -> bytes:
    """Write a whole review, compressed."""
    pool = _Pool()
    out = _heading(review.person, review.case, review.unit) | {
        "conclusion": review.conclusion.value,
        "reasons": review.reasons,
        "largest": review.largest_lawful,
        "facts": None if review.facts is None else dict(review.facts),
        "days": [each.texts for each in review.days],
        "unplaced": review.unplaced,
    }
    verdicts = ",".join([_verdict_text(each, pool) for each in review.verdicts])
    # The verdicts stand first: many are known as text already.
    text = f'{{"verdicts":[{verdicts}],{pack(out | pool.lists())[1:]}'
    return zlib.compress(text.encode(), FAST)


def read_review(content: bytes) -> CaseReview:
    """Read back what `write_review` wrote."""
    found = json.loads(zlib.decompress(content))
    cells, basis = _lists(found)
    return CaseReview(
        _person(found["person"]),
        found["case"],
        found["unit"],
        _conclusion(found["conclusion"]),
        tuple(found["reasons"]),
        tuple(_read_verdict(each, cells, basis) for each in found["verdicts"]),
        found["largest"],
        found["facts"],
        tuple(DaySpan.of(*each) for each in found.get("days", ())),
        tuple(found.get("unplaced", ())),
    )


def _conclusion(text: str) -> Conclusion | Standing:
    return Conclusion(text) if text in set(Conclusion) else Standing(text)


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
    """The evidence cells and provisions of one text, each once; the same object is found without comparing."""

    def __init__(self) -> None:
        self._cells: dict[Evidence, int] = {}
        self._basis: dict[Basis, int] = {}
        self._places: dict[int, int] = {}

    def cells(self, evidence: Iterable[Evidence]) -> list[int]:
        """Where these cells stand in the list."""
        known = self._places.get
        return [self._take(each, self._cells) if (place := known(id(each))) is None else place for each in evidence]

    def basis(self, basis: Iterable[Basis]) -> list[int]:
        """Where these provisions stand in the list."""
        known = self._places.get
        return [self._take(each, self._basis) if (place := known(id(each))) is None else place for each in basis]

    def _take(self, each: Part, known: dict[Part, int]) -> int:
        place = self._places[id(each)] = known.setdefault(each, len(known))
        return place

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


def _verdict_text(verdict: Verdict, pool: _Pool) -> str:
    """A verdict as JSON; why a rule does not apply reads the same in thousands of cases."""
    if verdict.outcome is Outcome.NOT_APPLICABLE and REST(verdict) == NOTHING:
        return _apart(verdict.rule, verdict.rule_name, verdict.steps)
    return pack(_verdict(verdict, pool))


@lru_cache(maxsize=4096)
def _apart(rule: str, name: str, steps: tuple[str, ...]) -> str:
    return pack(_verdict(Verdict(rule, name, Outcome.NOT_APPLICABLE, steps), _Pool()))


def _verdict(verdict: Verdict, pool: _Pool) -> dict[str, Any]:
    """What a verdict says, without what it has nothing of: most say that they do not apply, and why."""
    kept: dict[str, Any] = {"rule": verdict.rule, "name": verdict.rule_name, "outcome": verdict.outcome.value}
    for key, told in (
        ("steps", verdict.steps),
        ("missing", verdict.missing),
        ("message", verdict.message),
        ("holder", verdict.holder),
        ("fact", verdict.fact),
        ("level", verdict.level),
        ("gravity", verdict.gravity),
        ("harm", verdict.harm),
    ):
        if told:
            kept[key] = told
    if verdict.evidence:
        kept["evidence"] = pool.cells(verdict.evidence)
    if verdict.basis:
        kept["basis"] = pool.basis(verdict.basis)
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
