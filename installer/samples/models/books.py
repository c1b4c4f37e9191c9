"""The sample workbook of a model and its answers, out of the file that tells both.

A cell is `@3` (name of person 3), `#3` (that person's identity number, `#3!` with a slip in its last digit),
`=2026-01-31` (a real date), `+12` (a number), or text as it stands.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from installer.samples.shared.days import AS_OF, id_number, wrong_check_digit
from installer.samples.shared.names import sample_birth, sample_name
from installer.samples.shared.sheets import Page, formats, open_book

TOLD = Path(__file__).resolve().parent / "told"
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "models" / "samples"
SURNAMES = "模例仿式"  # no surnames at all: nobody is called that
SERIAL = 600
_CELL = re.compile(r"([@#=+])(.+?)(!?)")


@cache
def models() -> Mapping[str, Mapping[str, Any]]:
    """What is told of each model's sample, by the model's id."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(TOLD.glob("MX-*.toml"))}


def cell(text: str) -> object:
    """What a cell holds."""
    match = _CELL.fullmatch(text)
    if match is None:
        return text
    sign, rest, slip = match.groups()
    if sign == "=":
        return date.fromisoformat(rest)
    if sign == "+":
        return int(rest)
    person = int(rest)
    if sign == "@":
        return sample_name(person, SURNAMES)
    number = id_number(sample_birth(person), SERIAL + person)
    return wrong_check_digit(number) if slip else number


def rows_of(sheet: Mapping[str, Any]) -> list[list[object]]:
    """The rows of a sheet; lines without a bar stand alone, as offices write units and sums between the rows."""
    return [[cell(each.strip()) for each in line.split("|")] for line in sheet["rows"].strip().splitlines()]


def write_workbook(told: Mapping[str, Any], path: Path) -> None:
    """Write the workbook of one model."""
    with open_book(path, "样例") as book:
        looks = formats(book)
        for sheet in told["sheet"]:
            head = [tuple((each + "/").split("/")[:2]) for each in sheet["head"]]
            page = Page(book, sheet["name"], looks)
            page.title(sheet["title"], len(head))
            if sheet.get("note"):
                page.line([sheet["note"]])
            if any(lower for _, lower in head):
                page.two_line_head(head)
            else:
                page.line([upper for upper, _ in head], "head")
            for row in rows_of(sheet):
                page.line(row)
            if sheet.get("foot"):
                page.line([sheet["foot"]])
            page.sheet.set_column(0, len(head) - 1, 16)


def answers(told: Mapping[str, Any]) -> str:
    """The text of the answers that lie beside the workbook; cells stand as the program reads them."""

    def plain(text: str) -> str:
        return str(cell(text))

    expect = told["expect"]
    given = {
        "as_of": AS_OF.isoformat(),
        "leads": [[plain(each), name] for each, name in expect["leads"]],
        "not_judged": [plain(each) for each in expect.get("unknown", ())],
        "innocent": {plain(each): why for each, why in expect.get("innocent", {}).items()},
        "refused": expect.get("refused", 0),
        "local_numbers": expect.get("local", {}),
    }
    return json.dumps(given, ensure_ascii=False, indent=1) + "\n"


def write(folder: Path) -> None:
    """Write workbooks and answers of all models."""
    folder.mkdir(parents=True, exist_ok=True)
    for model, told in models().items():
        write_workbook(told, folder / f"样例-{model}.xlsx")
        (folder / f"样例-{model}.json").write_text(answers(told), encoding="utf-8")
