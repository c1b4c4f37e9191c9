"""The rules hold no number of the law: it comes from the law book."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import app.core.checks

ROOM = Path(app.core.checks.__file__).parent
COUNTING = 3

# File and number → why it is no number of the law.
ALLOWED = {
    ("reduction/arithmetic.py", 28): "the shortest month's last day, from which month ends can be read two ways",
    ("reduction/consistency.py", 1950): "a date before it is a slip of the keyboard",
    ("reduction/consistency.py", 1920): "a date before it is a slip of the keyboard",
    ("desk.py", 20): "characters of a finding's key",
    ("desk.py", 500): "people whose rows are fetched together",
    ("why.py", 8192): "objects kept because many verdicts share them",
    ("why.py", 512): "records whose cells are kept",
    ("reduction/batch_book.py", 100): "per cent",
    ("reduction/batch_book.py", 20): "rows shown as evidence with every cell",
    ("reduction/batch_book.py", 500): "rows shown as evidence at all",
    ("reduction/batch_review.py", 20): "characters of a finding's key",
    ("reduction/deductions.py", 100): "per cent",
    ("reduction/spending.py", 100): "per cent",
    ("events.py", 12): "days of one kind told one by one",
    ("places.py", 50_000): "places kept in mind",
}


def numbers(source: str) -> Iterator[float]:
    """Every number above plain counting that stands in the code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > COUNTING:
            yield node.value


def found() -> set[tuple[str, float]]:
    """All of them, with their files."""
    files = {path.relative_to(ROOM).as_posix(): path for path in ROOM.rglob("*.py")}
    return {(name, each) for name, path in files.items() for each in numbers(path.read_text(encoding="utf-8"))}


def test_every_number_is_accounted_for() -> None:
    assert {each for each in found() if not each[0].startswith("quality/")} == set(ALLOWED)


def test_a_number_is_seen() -> None:
    assert list(numbers("wait = 24 if x else 3")) == [24]
    assert list(numbers("flag = True")) == []
