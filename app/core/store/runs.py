"""Runs of documents: how far each came, to go on with it, and the words every document was filled with."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.core.store.codec import pack
from app.core.store.link import Link

COLUMNS = "id, asked, cases, done, begun_at, begun_by"


class PaperRun(NamedTuple):
    """One order of documents: how they are made, as plain data, for which cases, and how many had their turn."""

    id: int
    asked: Mapping[str, Any]
    cases: tuple[int, ...]
    done: int
    begun_at: str
    begun_by: str


class Runs:
    """One run is one order of documents for some cases; it is open until all its cases had their turn."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def begin(self, asked: Mapping[str, Any], cases: Sequence[int], *, now: str, who: str) -> int:
        """Enter a run; `asked` is plain data that tells how its documents are made."""
        values = {"asked": pack(dict(asked)), "cases": pack(list(cases)), "begun_at": now, "begun_by": who}
        return self._link.insert("paper_runs", values)

    def advance(self, run_id: int, done: int) -> None:
        """Put down that the first `done` cases had their turn."""
        self._link.change("UPDATE paper_runs SET done = ? WHERE id = ?", (done, run_id))

    def end(self, run_id: int, *, now: str) -> None:
        """Close a run: it is not gone on with any more."""
        self._link.change("UPDATE paper_runs SET ended_at = ? WHERE id = ?", (now, run_id))

    def open(self) -> list[PaperRun]:
        """The runs that were not brought to an end, oldest first."""
        found = self._link.rows(f"SELECT {COLUMNS} FROM paper_runs WHERE ended_at = '' ORDER BY id")
        return [_read(row) for row in found]

    def run(self, run_id: int) -> PaperRun:
        """One run; KeyError when there is none under this id."""
        found = self._link.row(f"SELECT {COLUMNS} FROM paper_runs WHERE id = ?", (run_id,))
        if found is None:
            raise KeyError(f"no run {run_id}")
        return _read(found)

    def put_words(self, run_id: int, paper_id: int, words: Mapping[str, object]) -> None:
        """Keep what a document was filled with, in place of what an earlier try was filled with."""
        content = zlib.compress(pack(dict(words)).encode())
        self._link.change("INSERT OR REPLACE INTO fillings VALUES (?, ?, ?)", (paper_id, run_id, content))

    def words_of(self, paper_id: int) -> Mapping[str, object] | None:
        """What a document was filled with; None when that was not kept."""
        found = self._link.row("SELECT words FROM fillings WHERE paper_id = ?", (paper_id,))
        return None if found is None else json.loads(zlib.decompress(found[0]))

    def papers_of(self, run_id: int) -> list[int]:
        """The ids of a run's documents."""
        found = self._link.rows("SELECT paper_id FROM fillings WHERE run_id = ? ORDER BY paper_id", (run_id,))
        return [paper_id for (paper_id,) in found]

    def run_of(self, paper_id: int) -> PaperRun | None:
        """The run a document was last made in."""
        found = self._link.row("SELECT run_id FROM fillings WHERE paper_id = ?", (paper_id,))
        return None if found is None else self.run(found[0])


def _read(row: Sequence[Any]) -> PaperRun:
    number, asked, cases, done, at, who = row
    return PaperRun(number, json.loads(asked), tuple(json.loads(cases)), done, at, who)
