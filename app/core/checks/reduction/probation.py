"""Whether a prisoner serves a suspended sentence (缓刑), which has rules of its own."""

from __future__ import annotations

import re

from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.told import REMARKS, said
from app.core.law.offences import plain
from app.core.values.sentence_text import parse_sentence_text

SUSPENDED = re.compile(r"(?<!死)缓刑(?!期间再|考验期内犯)|(?<!死刑)(?<!死刑,)宣告缓|缓[一二三四五\d]+年")
FORMERLY = re.compile(r"撤销缓刑|缓刑(?:被|已|后)?撤销|前罪[^,，。；;]*缓刑|曾[^,，。；;]*缓刑")


def probation(case: ReductionCase) -> str:
    """The words that tell of a suspended sentence; "" where none does, or where it was revoked."""
    cell = case.proposal.cells.get("sentence")
    raw = plain(cell.raw) if cell is not None else ""
    told = raw if _suspended(raw) else said(case, SUSPENDED, REMARKS, "strict_classes")
    return "" if FORMERLY.search(told) or "死" in raw or "无期" in raw else told


def _suspended(raw: str) -> bool:
    if "缓" not in raw or "死" in raw:
        return False
    try:
        value = parse_sentence_text(raw).value
    except ValueError:
        return bool(SUSPENDED.search(raw))
    return (value is not None and value.probation is not None) or bool(SUSPENDED.search(raw))
