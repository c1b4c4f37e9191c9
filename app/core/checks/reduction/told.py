"""Facts that have no column of their own and stand in 备注 and the like as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.cell_history import DAY
from app.core.checks.why import MOST_KEPT, Missing
from app.core.law.offences import plain
from app.core.values.dates import parse_date

REMARKS = "remarks"
PLACES = (REMARKS, "strict_classes")
_DENIED = re.compile(r"(?:未|没有|无|不存在|非|不是|不属于?|未曾|从未|未见|并无|不系)[^,，。；;、]{0,3}$")
_DAY = re.compile(DAY)
REVOKED = re.compile(r"撤销假释|假释(?:被|后被|已被|已)?撤销")


def clauses(case: ReductionCase, *fields: str) -> Iterator[tuple[str, str]]:
    """The sentences of the free texts with the field each stands in."""
    for field_id in fields or PLACES:
        text = text_of(case.proposal, field_id)
        for part in _parts(text) if text else ():
            yield field_id, part


@lru_cache(MOST_KEPT)
def _parts(text: str) -> tuple[str, ...]:
    """The sentences of a text; many rules look for their own words in the same one."""
    return tuple(filter(None, re.split(r"[。；;\n]", plain(text))))


def said(case: ReductionCase, pattern: re.Pattern[str] | str, *fields: str) -> str:
    """The sentence that says something without denying it; "" when none does."""
    wanted = re.compile(pattern)
    for _, part in clauses(case, *fields):
        if any(not _DENIED.search(part[: match.start()]) for match in wanted.finditer(part)):
            return part
    return ""


def delivered(case: ReductionCase, field_id: str = REMARKS) -> bool:
    """Whether a column came with the list, filled or not."""
    return field_id in case.proposal.cells


def need_remarks(case: ReductionCase, what: str) -> None:
    """Raise Missing for a fact that only 备注 could tell, when that column was not delivered."""
    if not delivered(case):
        raise Missing(f"{what}（未提供备注）")


def days_in(text: str) -> list[date]:
    """The days a text names, in its order; what cannot be read as a day is passed over."""
    found = []
    for match in _DAY.finditer(text):
        try:
            value = parse_date(match[0]).value
        except ValueError:
            continue
        if value is not None:
            found.append(value)
    return found


def revocation(case: ReductionCase) -> tuple[str, date | None]:
    """The sentence that tells of a revoked parole, and the day of recommitment it names; "" when none was told.

    Of several days the one that stands with 收监 counts, else the last.
    """
    told = said(case, REVOKED, REMARKS, "strict_classes", "history")
    if not told:
        return "", None
    for part in re.split(r"[,，]", told):
        if "收监" in part and (days := days_in(part)):
            return told, days[-1]
    days = days_in(told)
    return told, days[-1] if days else None
