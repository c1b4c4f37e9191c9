"""What the lists say differently about one person: each saying with its cell, and who can tell which is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.checks.entries import Disagreement, Saying, cell_of
from app.core.checks.persons import Dossier
from app.core.people.id_number import read_id_number
from app.core.people.identity import SOUND
from app.core.people.index import place_of
from app.core.people.names import compare_form
from app.core.records import Value, show


def _number(value: Value) -> str:
    """A sound number; one that was cut off or masked says nothing else than the whole one."""
    read = read_id_number(show(value))
    return read.number if read.state in SOUND else ""


# What a person has only one of, and the form in which two sayings are the same.
COMPARED: Mapping[str, tuple[str, Callable[[Value], str]]] = {
    "name": ("姓名", lambda value: compare_form(show(value))),
    "id_number": ("身份证号", _number),
    "birth_date": ("出生日期", show),
    "sex": ("性别", show),
}


def disagreements(dossier: Dossier) -> tuple[Disagreement, ...]:
    """What the person's rows say differently; empty cells say nothing."""
    found = []
    for name, (what, form) in COMPARED.items():
        sayings: dict[str, Saying] = {}
        for table, rows in sorted(dossier.someone.rows.items()):
            source, holder = dossier.lists.names.get(table, (table, ""))
            for row in sorted(rows, key=place_of):
                cell, same = cell_of(row, name), form(row[name])
                if cell is not None and same and same not in sayings:
                    sayings[same] = Saying(source, holder, cell)
        if len(sayings) > 1:
            found.append(Disagreement(what, tuple(sayings.values())))
    return tuple(found)
