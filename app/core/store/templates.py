"""The office's own templates: one in use a kind at most, every earlier one kept.

They are kept here and not in a folder: so they are in every backup, are written whole or not at all, survive an
update, and nobody can slip in another file unseen. They hold no personal data; encrypting them costs nothing.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from app.core.store.audit import Audit
from app.core.store.link import Link

COLUMNS = "id, kind, file, sha256, added_at, added_by, ended_at, ended_by"


class OwnTemplate(NamedTuple):
    """One template of the office: its kind of document, the file's name, since when and by whom; until when."""

    id: int
    kind: str
    file: str
    sha256: str
    added_at: str
    added_by: str
    ended_at: str
    ended_by: str


class Templates:
    """The office's own templates of all kinds."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def use(self, kind: str, file: str, content: bytes, *, now: str, who: str) -> int:
        """Put a template into use for a kind instead of the one before; returns its number."""
        with self._link.atomic():
            self._end(kind, now, who)
            sha256 = hashlib.sha256(content).hexdigest()
            values = {"kind": kind, "file": file, "sha256": sha256, "content": content}
            number = self._link.insert("templates", values | {"added_at": now, "added_by": who})
            self._audit.note(
                "换用本院模板", {"文书": kind, "文件": file, "sha256": sha256, "编号": number}, at=now, who=who
            )
        return number

    def end(self, kind: str, *, now: str, who: str) -> bool:
        """Go back to the shipped template of a kind; whether there was one of the office."""
        with self._link.atomic():
            if self.current(kind) is None:
                return False
            self._end(kind, now, who)
            self._audit.note("恢复出厂模板", {"文书": kind}, at=now, who=who)
        return True

    def current(self, kind: str) -> OwnTemplate | None:
        """The template in use for a kind; None when it is the shipped one."""
        found = self._link.row(f"SELECT {COLUMNS} FROM templates WHERE kind = ? AND ended_at = ''", (kind,))
        return None if found is None else OwnTemplate._make(found)

    def history(self, kind: str) -> list[OwnTemplate]:
        """Every template a kind ever had of the office, the newest first."""
        found = self._link.rows(f"SELECT {COLUMNS} FROM templates WHERE kind = ? ORDER BY id DESC", (kind,))
        return [OwnTemplate._make(each) for each in found]

    def content(self, number: int) -> bytes:
        """The bytes of a template; KeyError when there is none under this number."""
        found = self._link.row("SELECT content FROM templates WHERE id = ?", (number,))
        if found is None:
            raise KeyError(number)
        return bytes(found[0])

    def _end(self, kind: str, now: str, who: str) -> None:
        sql = "UPDATE templates SET ended_at = ?, ended_by = ? WHERE kind = ? AND ended_at = ''"
        self._link.change(sql, (now, who, kind))
