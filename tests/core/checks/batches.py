"""Data cases for the rules about whole batches: a few words a case, spread out to as many people as it says.

`groups` are people alike: `n` of them from a base of bases.json, with columns `set` (a list is dealt out in turn) and
rows of other tables, dealt out the same way; with `people` they are those of an earlier group again. `others` are
people nobody proposed, who stand in those tables only. `says`, `words` and `never` mean what they mean in
casefiles.py; `edge` names the rules that stand at a border.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from app.core.checks.reduction.batch_facts import facts_of
from app.core.checks.reduction.batch_review import review_batches
from app.core.checks.reduction.review import build_cases
from app.core.findings import Overview
from app.core.law.book import shipped
from app.core.records import Record
from tests.core.checks.casefiles import DAY, FOLDER, SAYS, bases, dated, records_of

LETTERS = "子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸"
LISTS = ("R3", "R4", "R5")
Case = dict[str, Any]


@cache
def all_batches() -> tuple[Case, ...]:
    """Every line of the file, spread out."""
    lines = json.loads((FOLDER.parent / "batches.json").read_text(encoding="utf-8"))
    return tuple(spread(line) for line in lines)


def spread(line: Case) -> Case:
    """A line as a whole case: the tables, and what is expected of the batch."""
    made: dict[str, list[dict[str, str]]] = {"R1": []}
    for number, group in enumerate(line["groups"]):
        for index in range(group["n"]):
            who = group.get("people", number)
            person = {"罪犯编号": f"99{who:02d}{index:06d}", "姓名": name(who, index), "身份证号码": ""}
            row = {**bases()[group.get("base", "a3")]["R1"], **_dealt(group.get("set", {}), index), **person}
            made["R1"].append(dated(row, row))
            _lists(made, group, person, index)
    for number, group in enumerate(line.get("others", [])):
        for index in range(group["n"]):
            _lists(made, group, {"罪犯编号": f"98{number:02d}{index:06d}", "姓名": name(number + 50, index)}, index)
    return {
        "id": line["id"],
        "as_of": line.get("as_of", DAY),
        "tables": made,
        "says": {f"JX-{rule}": SAYS[word] for rule, word in line["says"].items()},
        "edge": [f"JX-{rule}" for rule in line.get("edge", [])],
        "words": {f"JX-{rule}": texts for rule, texts in line.get("words", {}).items()},
        "never": line.get("never", []),
        "why": line["why"],
    }


def name(group: int, index: int) -> str:
    """A name of its own for everybody, plainly made up."""
    size = len(LETTERS)
    return f"测试{LETTERS[group % size]}{LETTERS[index // size]}{LETTERS[index % size]}"


def _dealt(columns: Mapping[str, Any], index: int) -> dict[str, str]:
    return {key: value[index % len(value)] if isinstance(value, list) else value for key, value in columns.items()}


def _lists(made: dict[str, list[dict[str, str]]], group: Case, person: Mapping[str, str], index: int) -> None:
    own = {key: value for key, value in person.items() if key != "身份证号码"}
    for table in LISTS:
        for row in group.get(table, []):
            made.setdefault(table, []).append({**own, **_dealt(row, index)})


def overview_of(records: list[Record], as_of: str) -> Overview | None:
    """What is said of the first batch; None when there is no proposal."""
    law, day = shipped(), date.fromisoformat(as_of)
    facts = [facts_of(each) for each in build_cases(records, law, day)]
    lists = [[each for each in records if each.table == table] for table in ("R3", "R4")]
    found = [each for each, _ in review_batches(facts, lists[0], lists[1], law, day)]
    return found[0] if found else None


def records(case: Case) -> list[Record]:
    """The rows of a case as records."""
    return records_of(case)
