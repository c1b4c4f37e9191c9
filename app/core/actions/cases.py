"""The cases that a list of proposals opens, or goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.core.actions.rights import needs
from app.core.checks.reduction.review import DESK, case_row
from app.core.records import Record
from app.core.store.database import Store
from app.core.store.repeats import Pair


@needs("import")
def open_cases(store: Store, batch_id: int, records: Iterable[tuple[int, Record]]) -> None:
    """A case for each proposal, given with its record id."""
    store.casebook.open_cases(_case(record, record_id, batch_id) for record_id, record in records)


@needs("import")
def go_on(store: Store, batch_id: int, pairs: Mapping[int, Pair]) -> None:
    """A case for each proposal; one that came before (`pairs`, by its newer row) goes on as the same case."""
    cases = store.casebook.case_of(DESK)
    opened: list[tuple[int, Record]] = []
    again: list[tuple[int, Mapping[str, str | int], bool]] = []
    for record in store.batches.records_of(batch_id):
        pair = pairs.get(record.id)
        if pair is not None and pair.old in cases:
            again.append((cases[pair.old], _case(record, record.id, batch_id), pair.changed))
        else:
            opened.append((record.id, record))
    open_cases(store, batch_id, opened)
    store.casebook.take_over(batch_id, again)


def _case(record: Record, record_id: int, batch_id: int) -> dict[str, str | int]:
    return {**case_row(record), "record_id": record_id, "batch_id": batch_id, "desk": DESK}
