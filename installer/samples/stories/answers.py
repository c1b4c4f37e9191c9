"""answers.json of a folder of stories: what the import must take and refuse, and what is to be found later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from installer.samples.shared.days import AS_OF
from installer.samples.shared.sheets import expected_import, write_answers
from installer.samples.stories.layout import Told, make, own_words
from installer.samples.stories.story import Desk, Person, people

DISTRICT = "例县"
QUALITY = "DQ-"


def finding(rule: str, said: str) -> dict[str, object]:
    """One finding as the story tells it (`违法/轻微`, `违法|存疑`): its rule, the right levels and the gravity."""
    levels, _, gravity = said.partition("/")
    return {"rule": rule, "level": levels.split("|"), **({"gravity": gravity} if gravity else {})}


def rows_of(person: Person, sheets: Sequence[Told]) -> list[dict[str, object]]:
    """Where somebody stands: what a check of quality finds is said of a row of a sheet, not of a person."""
    return [
        {"file": each.written.file, "sheet": each.written.sheet, "row": row}
        for each in sheets
        for row, truth in each.truths.items()
        if truth.get(own_words(each.written.table)[0]) == person.name
    ]


def expected(person: Person, sheets: Sequence[Told]) -> dict[str, object]:
    """The answer for one person; who has no finding is lawful throughout."""
    about_rows = any(each.startswith(QUALITY) for each in person.findings)
    return {
        "name": person.name,
        "id_number": person.id_number,
        "findings": [finding(rule, said) for rule, said in person.findings.items()],
        **({"rows": rows_of(person, sheets)} if about_rows else {}),
        "allowed": list(person.told.get("allowed", ())),
        "must_not": list(person.told.get("must_not", ())),
        "why": person.why,
    }


def write(folder: Path, desk: Desk, desks: Sequence[Desk]) -> None:
    """Write the sheets and answers.json of a desk into a folder, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = make(folder, desk, [person for each in desks for person in people(each)])
    lists = {
        "expected_import": (expected_import(each.written) for each in sheets),
        "expected_findings": (expected(each, sheets) for each in people(desk)),
    }
    text = write_answers({"as_of": str(AS_OF), "desk": desk.id, "district": DISTRICT}, lists)
    (folder / "answers.json").write_text(text, encoding="utf-8", newline="\n")
