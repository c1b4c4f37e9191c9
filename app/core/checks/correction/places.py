"""Whether the authority that decided and the place of execution are in one place."""

from __future__ import annotations

import re

from app.core.checks.correction.case import Episode
from app.core.checks.matter import once
from app.core.checks.persons import word_of

_ABOVE_COUNTY = re.compile(r"中级|高级|最高|监狱管理|公安厅|[省区]公安")
_OFFICE = re.compile(r"(人民法院|法院|公安|监狱|看守所).*$")
_UNITS = re.compile(r"[省市州盟]|自治区|地区")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,}[县区旗市]")
SHORTEST = 2  # letters of a place's name


@once
def authority(case: Episode) -> str:
    """The name of the court or the authority that decided; "" when no list says it."""
    named = word_of(case.judgment, "court") or word_of(case.roster, "decision_authority_name", "decision_authority")
    return named or next((text for each in case.outside if (text := word_of(each, "decision_authority"))), "")


def home(case: Episode) -> tuple[str, ...]:
    """What the lists say of the place of execution."""
    texts = (
        word_of(case.judgment, "execution_place"),
        word_of(case.roster, "residence"),
        word_of(case.roster, "correction_office"),
    )
    return tuple(each for each in texts if each)


def above_county(case: Episode) -> bool:
    """Whether the authority that decided stands above the county: whose place is its place nobody can tell here."""
    return _ABOVE_COUNTY.search(authority(case)) is not None


def _telling(name: str) -> str:
    """A county's name without its rank; with it where the name alone is one sign, as of 滑县: it stands in too many."""
    short = name.rstrip("县区旗")
    return short if len(short) >= SHORTEST else name


@once
def same_place(case: Episode) -> bool | None:
    """Whether the authority that decided sits where the decision is executed; None when that cannot be told."""
    name = authority(case)
    if not name or above_county(case):
        return None
    parts = [each for each in _UNITS.split(_OFFICE.sub("", name)) if each]
    own = _telling(parts[-1]) if parts else ""
    if len(own) < SHORTEST:
        return None
    if case.lists.districts:
        return case.lists.inside(name)
    texts = home(case)
    if any(own in each for each in texts):
        return True
    return False if any(_COUNTY.search(each) for each in texts) else None
