"""Verdicts and reviews as compact JSON, and back to equal objects.

Inside one text every evidence cell and every provision stands once and is pointed at by its place in a list.
What equals its default is left out. A finding tells of its verdict by names, so that the store can ask for them; in a
review verdicts are lists, for there are a hundred in each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

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
from app.core.memory import OnceEach
from app.core.store.codec import pack, quote

MOST_KEPT = 8192
OUTCOMES = tuple(Outcome)
PROOF = Verdict._fields.index("basis") + 1  # what stands behind it is all there is beside the proof
NO_MORE = Verdict("", "", Outcome.NOT_APPLICABLE)[PROOF:]


def write_review(review: CaseReview) -> bytes:
    """Write a whole review."""
    cells, basis = _Pool(), _Pool()
    verdicts = ",".join([_verdict_text(each, cells, basis) for each in review.verdicts])
    out = _heading(review.person, review.case, review.unit) | {
        "conclusion": review.conclusion.value,
        "reasons": review.reasons,
        "largest": review.largest_lawful,
        "facts": None if review.facts is None else dict(review.facts),
        "days": [each.texts for each in review.days],
        "unplaced": review.unplaced,
        "cells": cells.things,
    }
    provisions = ",".join([_basis_text(each) for each in basis.things])
    return f'{{"verdicts":[{verdicts}],"basis":[{provisions}],{pack(out)[1:]}'.encode()


def read_review(text: bytes) -> CaseReview:
    """Read back what `write_review` wrote."""
    found = json.loads(text)
    cells, basis = _lists(found)
    return CaseReview(
        _person(found["person"]),
        found["case"],
        found["unit"],
        _conclusion(found["conclusion"]),
        tuple(found["reasons"]),
        tuple(_read_listed(each, cells, basis) for each in found["verdicts"]),
        found["largest"],
        found["facts"],
        tuple(DaySpan.of(*each) for each in found.get("days", ())),
        tuple(found.get("unplaced", ())),
    )


def _conclusion(text: str) -> Conclusion | Standing:
    return Conclusion(text) if text in set(Conclusion) else Standing(text)


def write_finding(finding: Finding) -> str:
    """Write what a finding says: person, case, unit and verdict; its key and desk are columns of their own."""
    verdict = finding.verdict
    cells, basis = _Pool(), _Pool()
    told: dict[str, Any] = {"rule": verdict.rule, "name": verdict.rule_name, "outcome": verdict.outcome.value}
    told |= {"steps": verdict.steps} if verdict.steps else {}
    told |= _more(verdict)
    for key, pool, things in (("evidence", cells, verdict.evidence), ("basis", basis, verdict.basis)):
        if things:
            told[key] = [int(each) for each in pool.places(things)]
    lists = {"cells": cells.things, "basis": [_provision(each) for each in basis.things]}
    return pack(_heading(finding.person, finding.case, finding.unit) | {"verdict": told} | lists)


def read_finding(content: str) -> tuple[Person, str, str, Verdict]:
    """Read back what `write_finding` wrote: person, case, unit, verdict."""
    found = json.loads(content)
    told = found["verdict"]
    listed = [told["rule"], told["name"], OUTCOMES.index(Outcome(told["outcome"])), told.get("steps", ())]
    listed += [told.get("evidence", ()), told.get("basis", ()), told]
    return _person(found["person"]), found["case"], found["unit"], _read_listed(listed, *_lists(found))


class _Pool:
    """The evidence cells or the provisions of one text, each object once."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._places: dict[int, str] = {}

    def places(self, things: Iterable[Any]) -> list[str]:
        """Where these stand in the list, as text."""
        known = self._places
        try:
            return [known[id(each)] for each in things]
        except KeyError:  # one of them is new
            return self._enter(things)

    def _enter(self, things: Iterable[Any]) -> list[str]:
        known, out = self._places, []
        for each in things:
            place = known.get(id(each))
            if place is None:
                place = known[id(each)] = str(len(self.things))
                self.things.append(each)
            out.append(place)
        return out


def _provision(b: Basis) -> list[Any]:
    return [b.law, b.article, *map(_day, b.in_force), b.certainty, b.says]


def _provision_text(b: Basis) -> str:
    return pack(_provision(b))


_basis_text = OnceEach(_provision_text, MOST_KEPT)


def _lists(found: Mapping[str, Any]) -> tuple[list[Evidence], list[Basis]]:
    cells = list(map(Evidence._make, found["cells"]))
    basis = [
        Basis(law, article, (_read_day(start), _read_day(end)), certainty, says)
        for law, article, start, end, certainty, says in found["basis"]
    ]
    return cells, basis


def _verdict_text(verdict: Verdict, cells: _Pool, basis: _Pool) -> str:
    """Rule, name, outcome, steps, places of evidence and basis, and the rest, as far as there is any of it."""
    more = verdict[PROOF:]
    if not verdict.evidence and not verdict.basis and more == NO_MORE:
        return _shared(verdict) if verdict.outcome is Outcome.NOT_APPLICABLE else _bare(verdict)
    head = _head(verdict.rule, verdict.rule_name, verdict.outcome)
    steps = ",".join([quote(each) for each in verdict.steps])
    seen, law = ",".join(cells.places(verdict.evidence)), ",".join(basis.places(verdict.basis))
    rest = "" if more == NO_MORE else f",{pack(_more(verdict))}"
    return f"{head},[{steps}],[{seen}],[{law}]{rest}]"


@lru_cache(MOST_KEPT)
def _head(rule: str, name: str, outcome: Outcome) -> str:
    return pack([rule, name, OUTCOMES.index(outcome)])[:-1]


def _bare(verdict: Verdict) -> str:
    return f"{_head(verdict.rule, verdict.rule_name, verdict.outcome)},[{','.join(map(quote, verdict.steps))}]]"


_shared = OnceEach(_bare, MOST_KEPT)  # that a rule does not apply is one verdict for thousands of cases


def _more(verdict: Verdict) -> dict[str, Any]:
    """What a verdict says beside its proof, without what it has nothing of."""
    more = {
        "level": verdict.level,
        "gravity": verdict.gravity,
        "harm": verdict.harm,
        "message": verdict.message,
        "missing": verdict.missing,
        "holder": verdict.holder,
        "fact": verdict.fact,
        "role": verdict.role,
        "office": verdict.office,
    }
    kept = {key: told for key, told in more.items() if told}
    return kept if verdict.document is None else kept | {"document": verdict.document}


def _read_listed(found: Sequence[Any], cells: list[Evidence], basis: list[Basis]) -> Verdict:
    rule, name, outcome, steps, *rest = found
    seen, law = rest[:2] or ((), ())
    more = rest[2] if len(rest) > 2 else {}
    get = more.get
    return Verdict(
        rule,
        name,
        OUTCOMES[outcome],
        tuple(steps),
        tuple(cells[place] for place in seen),
        tuple(basis[place] for place in law),
        Level(more["level"]) if "level" in more else None,
        Gravity(more["gravity"]) if "gravity" in more else None,
        Harm(more["harm"]) if "harm" in more else None,
        get("message", ""),
        get("document"),
        tuple(get("missing", ())),
        get("holder", ""),
        get("fact", ""),
        get("role", ""),
        get("office", ""),
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
