"""Supervision models in the store: every version of the office's own and imported ones, and which models run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from app.core.store.audit import Audit
from app.core.store.link import Link

COLUMNS = "id, model, version, name, content, sha256, origin, added_at, added_by, stands"


class StoredModel(NamedTuple):
    """One version: its number, the model's id, version and name, the file, where it came from, who added it when."""

    id: int
    model: str
    version: int
    name: str
    content: bytes
    sha256: str
    origin: str
    added_at: str
    added_by: str
    stands: bool


class ModelBook:
    """All versions ever added; of each model one stands at most, the others can stand again."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def standing(self) -> list[StoredModel]:
        """The version that stands of each model, by the models' ids."""
        return self._select("stands = 1 ORDER BY model", ())

    def versions(self, model: str) -> list[StoredModel]:
        """Every version of a model, the newest first."""
        return self._select("model = ? ORDER BY id DESC", (model,))

    def put(self, model: str, version: int, name: str, content: bytes, *, origin: str, now: str, who: str) -> int:
        """Add a version and let it stand; returns its number."""
        values = {
            "model": model,
            "version": version,
            "name": name,
            "content": content,
            "sha256": hashlib.sha256(content).hexdigest(),
            "origin": origin,
            "added_at": now,
            "added_by": who,
        }
        with self._link.atomic():
            number = self._link.insert("models", values)
            self._stand(model, number)
            what = {"模型": model, "名称": name, "版本": version, "来源": origin}
            self._audit.note("采用监督模型", what, at=now, who=who)
        return number

    def stand(self, number: int, *, now: str, who: str) -> None:
        """Let an earlier version stand again; KeyError when there is none such."""
        found = self._select("id = ?", (number,))
        if not found:
            raise KeyError(number)
        with self._link.atomic():
            self._stand(found[0].model, number)
            what = {"模型": found[0].model, "名称": found[0].name, "版本": found[0].version}
            self._audit.note("监督模型退回旧版", what, at=now, who=who)

    def retire(self, model: str, *, now: str, who: str) -> None:
        """Let no version of a model stand; the shipped one, if there is any, holds again."""
        with self._link.atomic():
            self._stand(model, 0)
            self._audit.note("停用本院的监督模型", {"模型": model}, at=now, who=who)

    def switches(self) -> Mapping[str, bool]:
        """Which models somebody switched on or off."""
        return {model: bool(on) for model, on in self._link.rows("SELECT model, running FROM model_switches")}

    def switch(self, model: str, on: bool, *, now: str, who: str) -> None:
        """Switch a model on or off."""
        with self._link.atomic():
            self._link.change("INSERT OR REPLACE INTO model_switches VALUES (?, ?)", (model, int(on)))
            self._audit.note("启用监督模型" if on else "停用监督模型", {"模型": model}, at=now, who=who)

    def _stand(self, model: str, number: int) -> None:
        self._link.change("UPDATE models SET stands = 0 WHERE model = ? AND stands = 1", (model,))
        self._link.change("UPDATE models SET stands = 1 WHERE id = ?", (number,))

    def _select(self, condition: str, values: tuple[object, ...]) -> list[StoredModel]:
        rows = self._link.rows(f"SELECT {COLUMNS} FROM models WHERE {condition}", values)
        return [StoredModel(*row)._replace(stands=bool(row[-1])) for row in rows]
