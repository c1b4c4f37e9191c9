"""What nobody sees of a sheet in its own program, all of it read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.intake.sheet import Sheet

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Hidden:
    """The sheet itself, rows and columns (from 1) that are hidden."""

    sheet: bool = False
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()

    def says(self, labels: Sequence[str]) -> str:
        """One sentence for people, with the columns' labels; empty when nothing is hidden."""
        names = [labels[each - 1] if each <= len(labels) else "" for each in self.columns]
        named = [name or f"第{each}列" for name, each in zip(names, self.columns, strict=True)]
        parts = [
            "工作表" if self.sheet else "",
            f"{len(self.rows)}行（{_listed([f'第{each}行' for each in self.rows])}）" if self.rows else "",
            f"{len(self.columns)}列（{_listed(named)}）" if self.columns else "",
        ]
        return f"原表隐藏了{'、'.join(filter(None, parts))}" if any(parts) else ""


def hidden_in(sheet: Sheet) -> Hidden:
    """What is hidden of a sheet."""
    return Hidden(sheet.hidden, sheet.hidden_rows, sheet.hidden_columns)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
