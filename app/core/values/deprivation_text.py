"""Deprivation of political rights, read from the words of lists and rulings."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.values.reading import Read, plain
from app.core.values.term import Deprivation, Term
from app.core.values.term_grammar import NO_VALUE, parse_term, why_no_term

_NONE = frozenset({"无", "/", "//", "—", "——", "-", "--", "没有", "未附加", "未剥夺", "未判处", "不剥夺", "否", "零"})
_DEPRIVED = re.compile(
    r"^(?:单处|并处|并|附加|附带|同时|判处|处|[,、])*(?:剥夺政治权利|剥夺政权|剥政|剥权|剥夺)?(?:的?(?:期限|年限|刑期))?[为:]?"
)
_UNCHANGED = re.compile(r"(?:期限)?(?:保持|仍)?不变")
_CHANGED = re.compile(r"(?:改为|减为|变更为|缩减为|缩短为|减至)")
_IN_BRACKETS = re.compile(r"[(](.+)[)]")


@lru_cache(maxsize=5_000)
def parse_deprivation(text: str, unit: str = "") -> Read[Deprivation]:
    """Read 剥夺政治权利二年, 剥权2年, 终身, 期限不变, 改为一年, 无; an empty cell is unknown, 无 and dashes mean none.

    ValueError, in Chinese, for other text and for a number without its unit. `unit` as in `parse_term`.
    """
    read = plain(text)
    if read in _NONE:
        return Read(Deprivation())
    if read in NO_VALUE:
        return Read(None)
    if changes := list(_CHANGED.finditer(read)):
        read = read[changes[-1].end() :]
    rest = _DEPRIVED.sub("", read)
    rest = rest if _UNCHANGED.fullmatch(rest) else rest.removesuffix("不变")
    if noted := _IN_BRACKETS.fullmatch(rest):
        rest = noted[1]
    if rest == "终身":
        return Read(Deprivation(life=True))
    if _UNCHANGED.fullmatch(rest):
        return Read(Deprivation(unchanged=True))
    if rest in ("", "是", "有"):
        raise ValueError(f"“{text.strip()}”没有写明剥夺政治权利的期限")
    try:
        term = parse_term(rest, unit)
    except ValueError:
        raise ValueError(f"“{text.strip()}”{why_no_term(rest)}") from None
    return Read(Deprivation(term.value or Term()), term.doubt)
