"""Makes the sample batch: python -m installer.samples [FOLDER] (resources/samples/减刑 when none is given)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from installer.samples.books import make
from installer.samples.people import Person, people

AS_OF = "2026-11-21"
FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples" / "减刑"
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


def write_answers(batch: Sequence[Person]) -> str:
    """The text of answers.json, one case a line."""
    lines = ",\n".join(json.dumps(answer(each), ensure_ascii=False) for each in batch)
    return f'{{"as_of": "{AS_OF}", "cases": [\n{lines}\n]}}\n'


def write(folder: Path) -> None:
    """Write the spreadsheets and answers.json into a folder, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    batch = people()
    make(folder, batch)
    (folder / "answers.json").write_text(write_answers(batch), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
