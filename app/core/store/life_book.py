"""The words that stand on findings and the history below them: read, and written together with the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from typing import Any

from app.core.findings import Level, State, Verdict
from app.core.store.audit import Audit
from app.core.store.codec import pack
from app.core.store.life_rows import Line, Step, StepKind, Word
from app.core.store.link import Link
from app.core.store.verdicts import read_finding

WORD = ", ".join(Word._fields)
SET_WORD = f"UPDATE findings SET ({WORD}) = ({', '.join('?' * len(Word._fields))}) WHERE key = ?"
SEEN = "SELECT content FROM sightings WHERE key = ? ORDER BY current DESC, place"
SEEN_NOW = "SELECT content FROM sightings WHERE key = ? AND current = 1"
STEP = """
    INSERT INTO steps (key, kind, before, after, code, why, until, at, who, paper_id, origin, undoes, prior)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
READ = """
    SELECT s.id, s.kind, s.before, s.after, s.code, s.why, s.until, s.at, s.who, coalesce(s.paper_id, 0),
        EXISTS (SELECT 1 FROM steps u WHERE u.undoes = s.id), s.origin, s.prior
    FROM steps s WHERE s.key = ? ORDER BY s.id
"""
HEIRS = """
    WITH RECURSIVE chain (key) AS (
        SELECT value FROM json_each(?) UNION SELECT s.key FROM steps s JOIN chain c ON s.origin = c.key)
    SELECT key FROM chain WHERE key IN (SELECT key FROM findings)
"""


class LifeBook:
    """The words and the history of findings."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def word(self, key: str) -> Word:
        """What stands on a finding; KeyError when there is no such finding."""
        found = self._link.row(f"SELECT {WORD} FROM findings WHERE key = ?", (key,))
        if found is None:
            raise KeyError(f"no finding {key}")
        return Word(*found)

    def last(self, key: str, before: int | None = None) -> tuple[Step, Word] | None:
        """The last step that stands, with the word it took the place of; of the steps before one, if asked."""
        undone: set[int] = set()
        rows = self._link.rows("SELECT id, undoes FROM steps WHERE key = ? ORDER BY id DESC", (key,))
        for number, undoes in rows:
            if undoes is not None:
                undone.add(undoes)
            elif number not in undone and (before is None or number < before):
                row = next(each for each in self._link.rows(READ, (key,)) if each[0] == number)
                return _read(row[:-2]), Word(*json.loads(row[-1]))
        return None

    def behind(self, key: str, before: int | None = None) -> tuple[Step, Word] | None:
        """The last step that stands; of a finding that only took a word over, that of the one it came from then."""
        found = self.last(key, before)
        if found is not None and found[0].kind is not StepKind.CARRIED:
            return found
        taken = [(each[0], each[-2]) for each in self._link.rows(READ, (key,)) if each[-2]]
        taken = [each for each in taken if before is None or each[0] < before]
        return self.behind(taken[-1][1], taken[-1][0]) if taken else found

    def history(self, key: str, before: int | None = None) -> list[Step]:
        """Every step of a finding, oldest first, and what it had been through under the key it was taken over from."""
        found: list[Step] = []
        for number, *row, origin, _ in self._link.rows(READ, (key,)):
            if before is None or number < before:
                found += self.history(origin, number) if origin else ()
                found.append(_read([number, *row]))
        return found

    def heirs(self, keys: Collection[str]) -> list[str]:
        """Of these findings those there are, and those that took their word over."""
        return [key for (key,) in self._link.rows(HEIRS, (pack(list(keys)),))]

    def level(self, key: str) -> Level | None:
        """How far a finding goes, as last seen."""
        found = self._link.row(SEEN, (key,))
        return read_finding(found[0])[3].level if found else None

    def seals(self, key: str, *, current: bool) -> set[str]:
        """The seals of the facts of a finding wherever it is seen, or was."""
        return {seal(read_finding(content)[3]) for (content,) in self._link.rows(SEEN_NOW if current else SEEN, (key,))}

    def write(self, key: str, word: Word, kept: Word, line: Line, *, log: bool = True) -> int:
        """Put a word in the place of another, with its line in the history and, if asked, in the log; the step's id."""
        self._link.change(SET_WORD, (*kept, key))
        number = self._add(key, State(word.state), State(kept.state), line, "", word)
        if not log:
            return number
        rule = (self._link.row("SELECT rule FROM findings WHERE key = ?", (key,)) or ("",))[0]
        what = {"finding": key, "rule": rule, "from": str(word.state), "to": str(kept.state), "why": line.why}
        more = {"code": line.code, "until": line.until, "paper": line.paper}
        self._audit.note(
            line.kind, what | {name: each for name, each in more.items() if each}, at=line.now, who=line.who
        )
        return number

    def carry(self, old: str, new: str, *, now: str, who: str) -> None:
        """Let a finding nobody decided on take over the word and the history of one under another key, and log it."""
        before = self._link.row(f"SELECT {WORD} FROM findings WHERE key = ? AND decided_at <> ''", (old,))
        fresh = self._link.row(f"SELECT {WORD} FROM findings WHERE key = ? AND decided_at = ''", (new,))
        if before is None or fresh is None:
            return
        self._link.change(SET_WORD, (*before, new))
        state = State(Word(*before).state)
        self._add(new, State.OPEN, state, Line(StepKind.CARRIED, who, now), old, Word(*fresh))
        self._audit.note("沿用核查结果", {"finding": new, "from": old, "to": state.value}, at=now, who=who)

    def _add(self, key: str, before: State, after: State, line: Line, origin: str, prior: Word) -> int:
        said = (line.code, line.why, line.until, line.now, line.who)
        values = (key, line.kind, before, after, *said, line.paper or None, origin, line.undoes, pack(list(prior)))
        number = self._link.next_id("steps")
        self._link.change(STEP, values)
        return number


def seal(verdict: Verdict) -> str:
    """What tells the facts of a finding from other facts: the values of its cells, wherever they stand."""
    values = sorted({(each.field, each.value) for each in verdict.evidence}) or [(verdict.rule, verdict.message)]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()[:16]


def _read(row: Sequence[Any]) -> Step:
    number, kind, before, after, code, why, until, at, who, paper, undone = row
    return Step(number, StepKind(kind), State(before), State(after), code, why, until, at, who, paper, bool(undone))
