"""Days moved and values compared by the names the format gives the comparisons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.core.models.asking import Unknown
from app.core.sentence.terms import due


def moved(day: date, plus: int, counting: str) -> date:
    """A day some days or months on."""
    if not plus:
        return day
    try:
        return day + timedelta(days=plus) if counting == "days" else due(day, plus).late
    except (OverflowError, ValueError) as error:
        raise Unknown("超出日历的日期", "") from error


def compare(op: str, left: Any, right: Any) -> bool:
    """One comparison by its name."""
    match op:
        case "over" | "after":
            return bool(left > right)
        case "at_least" | "not_before":
            return bool(left >= right)
        case "under" | "before":
            return bool(left < right)
        case "at_most" | "not_after":
            return bool(left <= right)
        case "equal":
            return bool(left == right)
    return bool(left != right)
