"""Data cases for the checks of quality: grids of texts, read as a spreadsheet is, inspected, compared.

A case of a case file: `check`, `kind` (defective, clean, boundary or absent), `table`, `why`, `grid` (rows of texts,
the header among them), and what is expected: `result`, `at` (every place as row and column label, "" for a whole row),
`words` that must be said. `more` are further sheets of the same report, each with `table` and `grid`. The text
`@1990-05-06男` stands for an artificial identity number that passes its own check; what follows a blank in it is put in
place of its last signs (`@1990-05-06男 X1`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.core.checks.quality.check import SheetFacts
from app.core.checks.quality.report import Remark, SheetQuality
from app.core.checks.quality.run import inspect
from app.core.intake.declared import tables
from app.core.intake.headers import find_header
from app.core.intake.mapping import BETWEEN, known_words, match
from app.core.intake.reading import read_table
from app.core.intake.sheets import Sheet
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.records import Record
from tests.core.checks.casefiles import identity

FOLDER = Path(__file__).parent / "cases"
DAY = date(2026, 11, 21)
KINDS = ("defective", "clean", "boundary", "absent")
Case = dict[str, Any]
_NUMBER = re.compile(r"@(\d{4}-\d\d-\d\d)([男女])(?: (.+))?")


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every case file."""
    return tuple(
        case for file in sorted(FOLDER.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]
    )


def report_of(case: Case) -> tuple[SheetQuality, ...]:
    """The report on all sheets of a case."""
    sheets = [case, *case.get("more", [])]
    read = [read_grid(number, each["table"], each["grid"]) for number, each in enumerate(sheets, 1)]
    return inspect(read, shipped(), DAY, Ticket())


def answer(case: Case) -> Remark:
    """What the check of a case says of its first sheet."""
    return next(each for each in report_of(case)[0].remarks if each.rule == case["check"])


def read_grid(number: int, table_id: str, grid: Sequence[Sequence[str]]) -> tuple[SheetFacts, tuple[Record, ...]]:
    """A grid as a sheet of the report: what is known of it and its records."""
    sheet = Sheet(f"表{number}.xlsx", "名册", [tuple(_text(each) for each in row) for row in grid])
    header = find_header(sheet, known_words())
    assert header is not None, grid
    table = tables()[table_id]
    mapping = match(header, table, sheet)
    assert not mapping.lacking(), grid
    read = read_table(sheet, header, mapping)
    fields = {field: label for label, both in mapping.by_label().items() for field in both.split(BETWEEN)}
    facts = SheetFacts(
        number,
        sheet.file,
        sheet.name,
        table,
        header.first,
        header.row,
        fields,
        unmapped=mapping.unmapped,
        rejects=read.rejects,
        aside=read.aside,
    )
    return facts, tuple(read.records)


def _text(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    number, end = identity(found[1], found[2]), found[3] or ""
    return number[: len(number) - len(end)] + end
