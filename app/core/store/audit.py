"""The log of what was done: only added to, every line sealed with the hash of the line before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from app.core.store.link import Link
from app.core.store.rows import AuditEntry

SIGNED_IN = "登录账户"
COLUMNS = "id, at, who, act, what, hash"


class Audit:
    """The log."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.account: Callable[[], str] = str  # the name of whoever signed in, "" where nobody does

    def note(self, act: str, what: Mapping[str, Any], *, at: str, who: str) -> int:
        """Add a line; `what` holds the particulars as plain JSON values. Returns the line's number.

        Where another is named than signed in, the line tells the account too.
        """
        account = self.account()
        text = pack_what({**what, SIGNED_IN: account} if account not in ("", who) else what)
        with self._link.atomic():
            before = self._link.row("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")
            number = self._link.next_id("audit")
            seal = seal_of("" if before is None else str(before[0]), number, at, who, act, text)
            values = (number, at, who, act, text, seal)
            self._link.change(f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", values)
        return number

    def entries(self, newest: int | None = None) -> list[AuditEntry]:
        """The log in order, or only its newest lines."""
        limit = -1 if newest is None else newest
        found = self._link.rows(f"SELECT {COLUMNS} FROM audit ORDER BY id DESC LIMIT ?", (limit,))
        return [_entry(*each) for each in reversed(found)]

    def last(self, act: str = "") -> AuditEntry | None:
        """The newest line, or the newest of one kind."""
        sql = f"SELECT {COLUMNS} FROM audit WHERE ? IN ('', act) ORDER BY id DESC LIMIT 1"
        found = self._link.row(sql, (act,))
        return None if found is None else _entry(*found)

    def tells(self, number: int, act: str, what: Mapping[str, Any], *, at: str, who: str) -> bool:
        """Whether a line tells of this, most likely that of this number, whatever account it names besides."""
        for where, more in (("id = ?", (number,)), ("id <> ?", (number,))):  # all of them are read as a last resort
            sql = f"SELECT what FROM audit WHERE {where} AND act = ? AND at = ? AND who = ?"
            if any(json.loads(said).items() >= what.items() for (said,) in self._link.rows(sql, (*more, act, at, who))):
                return True
        return False

    def following(self) -> int:
        """The number the next line gets."""
        return self._link.next_id("audit")

    def seal(self, number: int) -> str:
        """The seal of a line; "" when there is no such line."""
        found = self._link.row("SELECT hash FROM audit WHERE id = ?", (number,))
        return "" if found is None else str(found[0])

    def verify(self) -> list[str]:
        """What was tampered with: a sentence a line that was changed, taken out, put in or cut off; [] when whole."""
        faults = []
        expected, before = 1, ""
        for number, at, who, act, what, seal in self._link.rows(f"SELECT {COLUMNS} FROM audit ORDER BY id"):
            if number != expected:
                faults.append(f"日志缺少第 {expected} 条至第 {number - 1} 条")
            elif seal != seal_of(before, number, at, who, act, what):
                faults.append(f"日志第 {number} 条被改动过")
            expected, before = number + 1, seal
        last = self._link.next_id("audit") - 1
        if last >= expected:
            faults.append(f"日志末尾缺少第 {expected} 条至第 {last} 条")
        return faults


def pack_what(what: Mapping[str, Any]) -> str:
    """The particulars of a line as they are kept and sealed."""
    return json.dumps(dict(what), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _entry(number: int, at: str, who: str, act: str, what: str, seal: str) -> AuditEntry:
    return AuditEntry(number, at, who, act, json.loads(what), seal)


def seal_of(before: str, number: int, at: str, who: str, act: str, what: str) -> str:
    """SHA-256 over the seal of the line before and this line's content, each part told apart from the next."""
    line = json.dumps([before, number, at, who, act, what], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()  # a file from outside may hold anything
