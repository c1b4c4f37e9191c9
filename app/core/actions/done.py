"""What an action gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """An action that went through: one sentence for the user, what changed, and its value.

    `changed` is drawn from batches, cases, findings, papers, settings, law.
    """

    says: str
    changed: frozenset[str] = field(default=frozenset())
    value: Any = None
