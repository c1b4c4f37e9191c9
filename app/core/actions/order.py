"""What a run of documents is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

from app.core.documents.context import Office
from app.core.errors import UserError


@dataclass(slots=True)
class Issued:
    """What was written, the merged files to print, what could not be written and why, what to look at before sending.

    `cautions` are sentences, each once; `idle` counts cases, of several, that had nothing for a kind.
    """

    files: list[Path] = field(default_factory=list)
    merged: list[Path] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """How documents are to be made: folder, office, the day on them, when and by whom.

    `templates` are the office's own template folders; merged files go to `print_folder`, by default inside `folder`.
    """

    folder: Path
    office: Office
    day: date
    now: str
    who: str
    templates: tuple[Path, ...] = ()
    print_folder: Path | None = None

    def kept(self) -> dict[str, Any]:
        """As plain data, to go on with another time; when and by whom is not part of it."""
        return {
            "folder": str(self.folder.absolute()),
            "office": asdict(self.office),
            "day": self.day.isoformat(),
            "templates": [str(each) for each in self.templates],
            "print_folder": self.print_folder and str(self.print_folder.absolute()),
        }

    @classmethod
    def again(cls, kept: Mapping[str, Any], now: str, who: str) -> Self:
        """The order that `kept` was written from, to go on with now."""
        return cls(
            Path(kept["folder"]),
            Office(**kept["office"]),
            date.fromisoformat(kept["day"]),
            now,
            who,
            tuple(map(Path, kept["templates"])),
            Path(kept["print_folder"]) if kept["print_folder"] else None,
        )
