"""Data cases for the desks outside prison: a few words a case, spread out to lists, read as spreadsheets are, reviewed.

A line of a case file names a base of the desk's bases*.json and what differs from it:
`set` changes cells of the first row of a list ("T02.报到时间"); a list's own id (`"T07": [{…}]`) gives its rows, in
canonical column names, name and identity number filled in; `"empty"` is a list without a row about this person, null
a list that was not delivered; `"T12+"` adds rows. `as_of` is the day taken as today, `through` the last day a list is
known for, `strangers` what a list tells of somebody else (so that it is seen where it begins), `districts` the office's
own places.

`says` holds what each rule must answer: 合规, 不适用, 不能判断 or a level, 违法 with its gravity (`违法 轻微`) where it
matters. Whatever is not named may be neither 违法 nor 存疑, but for the rules in `may`. `edge` names the rules for
which the case stands right at a border, `words` texts that must stand in what a rule says, `count` how many findings a
rule makes. `checked` names provisions taken as read word for word: what rests on others alone is never more than 轻微.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.core.checks.desk import Reviewed
from app.core.checks.persons import Lists
from app.core.findings import Level, Outcome, Verdict
from app.core.intake.declared import tables
from app.core.intake.headers import Header
from app.core.intake.mapping import match
from app.core.intake.reading import read_table
from app.core.intake.sheets import Sheet
from app.core.jobs import Ticket
from app.core.law.book import LawBook, shipped
from app.core.records import FieldType, Record

HERE = Path(__file__).parent
NAME, NUMBER = "测试甲", "110101199001010015"
STRANGER, STRANGERS_NUMBER = "旁人乙", "110101198505050012"
CLOSED = (Level.UNLAWFUL, Level.DOUBT)
WORDS = {each.value: each for each in (*Level, *Outcome)}
Case = dict[str, Any]
Review = Callable[[Iterable[Record], LawBook, Lists, Ticket], Iterable[Reviewed]]


@cache
def bases(desk: str) -> Mapping[str, Case]:
    """The bases of a desk by name, of every file that begins with bases, each with what it extends."""
    data: dict[str, Case] = {}
    for file in sorted((HERE / desk / "cases").glob("bases*.json")):
        read = json.loads(file.read_text(encoding="utf-8"))
        assert not data.keys() & read.keys(), file.name
        data |= read

    def whole(name: str) -> Case:
        own = data[name]
        parent = whole(own["extends"]) if "extends" in own else {"tables": {}}
        made = {table: [dict(row) for row in rows] for table, rows in parent["tables"].items()}
        return {**parent, **own, "tables": _changed({**made, **own.get("tables", {})}, own.get("set", {}))}

    return {name: whole(name) for name in data}


@cache
def all_cases(desk: str) -> tuple[Case, ...]:
    """Every line of every case file of a desk, spread out."""
    found: list[Case] = []
    for file in sorted(each for each in (HERE / desk / "cases").glob("*.json") if not each.stem.startswith("bases")):
        lines = json.loads(file.read_text(encoding="utf-8"))
        family = {rule for line in lines for rule in line.get("says", {})}
        found += [{**spread(desk, line), "family": family} for line in lines]
    return tuple(found)


def spread(desk: str, line: Case) -> Case:
    """A line as a whole case: id, as_of, lists, and what is expected of it."""
    base = bases(desk)[line["base"]]
    made = {table: [dict(row) for row in rows] for table, rows in base["tables"].items()}
    for key, rows in line.items():
        if len(key) not in (3, 4) or not key[1:3].isdigit():
            continue
        if rows is None:
            made.pop(key[:3], None)
        else:
            added = [] if rows == "empty" else [dict(row) for row in rows]
            made[key[:3]] = [*made.get(key[:3], []), *added] if key.endswith("+") else added
    says = {rule: str(words).split() for rule, words in line.get("says", {}).items()}
    return {
        **{
            "edge": [],
            "may": [],
            "words": {},
            "count": {},
            "through": {},
            "strangers": {},
            "districts": [],
            "checked": [],
        },
        **line,
        "as_of": line.get("as_of", base.get("as_of", "2026-06-30")),
        "tables": _changed(made, line.get("set", {})),
        "says": says,
    }


def _changed(made: dict[str, list[dict[str, str]]], changes: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    for place, text in changes.items():
        table, _, label = place.partition(".")
        made[table][0][label] = text
    return made


def records_of(case: Case) -> list[Record]:
    """The rows of a case as records, by the same mapping and reading a spreadsheet goes through."""
    found: list[Record] = []
    for table, rows in case["tables"].items():
        kind = tables()[table]
        label = {each.id: each.name for each in kind.fields}
        number = next((each.name for each in kind.fields if each.type is FieldType.ID_NUMBER), "")
        own = {label["name"]: NAME, number: NUMBER}
        other = case["strangers"].get(table, {})
        filled = [{**own, **row} for row in rows] + [{label["name"]: STRANGER, number: STRANGERS_NUMBER, **other}]
        labels = tuple(dict.fromkeys(name for row in filled for name in row if name))
        header = Header(1, 1, labels, labels)
        texts = [tuple(str(row.get(name, "") or "") for name in labels) for row in filled]
        read = read_table(Sheet(f"{table}.xlsx", "表", [labels, *texts]), header, match(header, kind))
        wanted = len(filled) + 1 if other else len(rows) + 1
        refused = [each for each in read.rejects if each.row <= wanted]
        assert not refused, (case["id"], refused)
        found += [each for each in read.records if each.row <= wanted]
    return found


def lists_of(case: Case) -> Lists:
    """The lists a case delivers; a list without any row about the person is loaded all the same."""
    day = date.fromisoformat(case["as_of"])
    through = {table: date.fromisoformat(case["through"].get(table, case["as_of"])) for table in case["tables"]}
    names = {key: (kind.name, kind.holder) for key, kind in tables().items()}
    return Lists(day, through, names, tuple(case["districts"]))


def law_of(case: Case, law: LawBook | None = None) -> LawBook:
    """The shipped law (or another), with the provisions the case takes as read word for word."""
    law = law or shipped()
    read = {each: replace(law.provisions[each], certainty="V") for each in case["checked"]}
    return replace(law, provisions={**law.provisions, **read}) if read else law


def verdicts_of(case: Case, review: Review) -> list[Verdict]:
    """What the desk says of the person of a case, all episodes together."""
    reviewed = review(records_of(case), law_of(case), lists_of(case), Ticket())
    return [each for one in reviewed for each in one.review.verdicts]


def faults(case: Case, verdicts: list[Verdict]) -> list[str]:
    """Where the answers differ from what the case expects."""
    found = []
    for rule, (word, *gravity) in case["says"].items():
        given = [each for each in verdicts if each.rule == rule]
        if word == Outcome.NOT_APPLICABLE:
            found += [f"{rule} must not be asked: {line(each)}" for each in given]
        elif not any(_says(each, word, gravity) for each in given):
            found.append(f"{rule} must say {word} {gravity}: {[line(each) for each in given]}")
    for each in verdicts:
        mine = each.rule in case.get("family", {each.rule}) and each.rule not in case["may"]
        if mine and each.level in CLOSED and case["says"].get(each.rule, [""])[0] != each.level:
            found.append(f"not expected: {line(each)}")
    for rule, texts in case["words"].items():
        told = "".join(text(each) for each in verdicts if each.rule == rule)
        found += [f"{rule} does not say {each}: {told}" for each in texts if each not in told]
    for rule, number in case["count"].items():
        given = [each for each in verdicts if each.rule == rule and each.outcome is Outcome.FOUND]
        if len(given) != number:
            found.append(f"{rule} must be found {number} times: {[line(each) for each in given]}")
    return found


def _says(verdict: Verdict, word: str, gravity: list[str]) -> bool:
    said = verdict.level if verdict.outcome is Outcome.FOUND else verdict.outcome
    return said == WORDS[word] and (not gravity or verdict.gravity in gravity)


def text(verdict: Verdict) -> str:
    """Everything a verdict says to people."""
    return "；".join((verdict.message, *verdict.steps, *verdict.missing))


def line(verdict: Verdict) -> str:
    """A verdict on one line, for a failed test."""
    said = verdict.level if verdict.outcome is Outcome.FOUND else verdict.outcome
    return f"{verdict.rule} {said} {verdict.gravity or ''} {text(verdict)}"
