"""What the office told the program once: how a kind of sheet is to be read, and its own name and the like."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.core.store.link import Link


class Mappings:
    """Column mappings, remembered by the fingerprint of a header."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def remember(self, fingerprint: str, table: str, mapping: Mapping[str, str]) -> None:
        """Keep how a header is to be read (column label → field id); the last word counts."""
        sql = "INSERT OR REPLACE INTO mappings (fingerprint, kind, mapping) VALUES (?, ?, ?)"
        self._link.change(sql, (fingerprint, table, json.dumps(dict(mapping), ensure_ascii=False)))

    def known(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Every remembered header: fingerprint → (table, mapping)."""
        found = self._link.rows("SELECT fingerprint, kind, mapping FROM mappings")
        return {fingerprint: (table, json.loads(mapping)) for fingerprint, table, mapping in found}


class Settings:
    """Texts under a name: the office, the department, …"""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, key: str, default: str = "") -> str:
        """The text kept under a name."""
        found = self._link.row("SELECT value FROM settings WHERE key = ?", (key,))
        return default if found is None else str(found[0])

    def set(self, key: str, value: str) -> None:
        """Keep a text under a name."""
        self._link.change("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, value))
