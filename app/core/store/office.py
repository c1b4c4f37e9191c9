"""What the office told the program once: how a kind of sheet is to be read, and its own name and the like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from app.core.store.link import Link


class KnownMapping(NamedTuple):
    """How a header was read for a unit ("" for none in particular): the table, and column label → field id."""

    fingerprint: str
    unit: str
    table: str
    mapping: dict[str, str]


class Mappings:
    """Column mappings, remembered by the fingerprint of a header and the unit whose list it was."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def remember(self, fingerprint: str, unit: str, table: str, mapping: Mapping[str, str]) -> None:
        """Keep how a unit's header is to be read (column label → field id); the last word counts."""
        sql = "INSERT OR REPLACE INTO mappings (fingerprint, unit, kind, mapping) VALUES (?, ?, ?, ?)"
        self._link.change(sql, (fingerprint, unit, table, json.dumps(dict(mapping), ensure_ascii=False)))

    def known(self) -> list[KnownMapping]:
        """Every remembered header, those of a unit before those of none, the newest first."""
        sql = "SELECT fingerprint, unit, kind, mapping FROM mappings ORDER BY unit = '', rowid DESC"
        found = self._link.rows(sql)
        return [KnownMapping(header, unit, table, json.loads(mapping)) for header, unit, table, mapping in found]


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
