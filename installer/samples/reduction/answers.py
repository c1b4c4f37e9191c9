"""The reduction folder: its spreadsheets and its answers.json."""

from __future__ import annotations

from pathlib import Path

from installer.samples.reduction.books import make
from installer.samples.reduction.people import Person, people
from installer.samples.shared.days import AS_OF
from installer.samples.shared.sheets import expected_import, write_answers

# Clean rows must not be said to be dirty.
DATA_RULES = tuple(f"JX-D{number:02}" for number in range(1, 11))


def answer(person: Person) -> dict[str, object]:
    """The answer of one case in the shape installer/answers.py reads, with the reason beside it."""
    case = person.case
    silent = dict.fromkeys((*case.must_not, *DATA_RULES))
    return {
        "prisoner_no": person.number,
        "name": person.name,
        "conclusion": list(case.conclusion),
        "findings": dict(case.findings),
        "only_unlawful": list(case.unlawful),
        "must_not": [rule for rule in silent if rule not in case.findings],
        "why": case.why,
    }


def write(folder: Path) -> None:
    """Write the spreadsheets and answers.json into a folder, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    batch = people()
    sheets = make(folder, batch)
    lists = {"expected_import": map(expected_import, sheets), "cases": map(answer, batch)}
    text = write_answers({"as_of": str(AS_OF)}, lists)
    (folder / "answers.json").write_text(text, encoding="utf-8", newline="\n")
