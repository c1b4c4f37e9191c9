"""Words by hand on who is who: added, undone, never erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core.errors import UserError
from app.core.store.audit import Audit
from app.core.store.link import Link
from app.core.store.rows import Judgement, Word

COLUMNS = (
    "id", "one", "other", "one_says", "other_says", "word", "why", "warning",
    "judged_at", "judged_by", "undone_at", "undone_by", "undone_why",
)  # fmt: skip
ADD = f"INSERT INTO judgements ({', '.join(COLUMNS[1:10])}) VALUES (?{', ?' * 8})"
UNDO = "UPDATE judgements SET undone_at = ?, undone_by = ?, undone_why = ? WHERE id = ?"


class Judgements:
    """What people decided about who is who."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def add(
        self,
        one: tuple[str, str],
        other: tuple[str, str],
        word: Word,
        *,
        why: str,
        warning: str = "",
        now: str,
        who: str,
    ) -> int:
        """Put down a word on two people, each a key and how they look, and log it; returns its number.

        UserError without a reason, or when one stands already.
        """
        if not why.strip():
            raise UserError("没有写明理由", do="请用一句话写明依据，再确认")
        (first, first_says), (second, second_says) = sorted((one, other))
        with self._link.atomic():
            if self._link.row(
                "SELECT 1 FROM judgements WHERE one = ? AND other = ? AND undone_at = ''", (first, second)
            ):
                raise UserError("这两边已经判断过", do="要改判断的，请先撤销原来的判断")
            number = self._link.next_id("judgements")
            self._link.change(ADD, (first, second, first_says, second_says, word, why.strip(), warning, now, who))
            what = {"judgement": number, "one": first_says, "other": second_says, "word": word, "why": why.strip()}
            self._audit.note("判断人员", what | ({"warning": warning} if warning else {}), at=now, who=who)
        return number

    def undo(self, number: int, *, why: str, now: str, who: str) -> None:
        """Take a word back, and log it; UserError without a reason or when that was done already."""
        if not why.strip():
            raise UserError("没有写明撤销的理由", do="请用一句话写明理由，再确认")
        with self._link.atomic():
            found = self._select("WHERE id = ?", (number,))
            if not found:
                raise KeyError(f"no judgement {number}")
            if found[0].undone_at:
                raise UserError("这个判断已经撤销", do="不必再撤销")
            self._link.change(UNDO, (now, who, why.strip(), number))
            what = {"judgement": number, "one": found[0].one_says, "other": found[0].other_says, "why": why.strip()}
            self._audit.note("撤销人员判断", what, at=now, who=who)

    def all(self) -> list[Judgement]:
        """Every word, undone ones too, the newest first."""
        return self._select("ORDER BY id DESC", ())

    def standing(self) -> list[Judgement]:
        """The words that were not undone, oldest first."""
        return self._select("WHERE undone_at = '' ORDER BY id", ())

    def touched(self) -> dict[str, str]:
        """When somebody last judged a key or undid a judgement on it."""
        moments: dict[str, str] = {}
        for each in self._select("", ()):
            for key in (each.one, each.other):
                moments[key] = max(moments.get(key, ""), each.judged_at, each.undone_at)
        return moments

    def _select(self, condition: str, values: Sequence[Any]) -> list[Judgement]:
        rows = self._link.rows(f"SELECT {', '.join(COLUMNS)} FROM judgements {condition}", values)
        return [
            Judgement(**{**dict(zip(COLUMNS, row, strict=True)), "word": Word(row[COLUMNS.index("word")])})
            for row in rows
        ]
