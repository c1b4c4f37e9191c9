"""What a text written by hand says: words that are not denied, and texts that say there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from app.core.law.offences import plain

_NOT = (
    "没有发现|没有|没|未发现|未见|未认定|尚未|从未|未曾|未|"
    "不存在|不属于|不构成|不符合|不具有|不予|不得|不是|不系|不|非|无(?!期)"
)
LONGEST = 4000  # signs of a cell that are read
BEFORE = 80  # signs before a word in which it may be denied
_HERE = re.compile(f"(?:{_NOT})(?:被|曾|有|再|经|予以|给予|认定|属于|构成|执行|履行|批准|全部|完全|为|是|系)*$")
_LISTED = re.compile(f"^(?:{_NOT})[^,;。]*[、或和及]$")  # 无累犯、涉黑：the second one is denied too
_AFTER = re.compile(r"[:(]?(?:否|无(?!期)|不是|没有)(?:[),;。]|$)")
_NOTHING = re.compile(r"(?:经查|经核实|经审查|暂)*(?:无|没有|否|不|未发现|未见|不存在|不具有|/|-|—|×|0)+")
_LOOSE = frozenset(
    "情形节况因素记载处理罚上述以此该等的发现存在有任何及其他第条款项所列规定一二三四五六七八九十.,、。;:()"
)


def affirmed(text: str, words: Iterable[str]) -> bool:
    """Whether a text says one of the words without denying it."""
    return _says(plain(text[:LONGEST]), tuple(map(plain, words)))


@lru_cache(maxsize=4096)
def _says(text: str, words: tuple[str, ...]) -> bool:
    """没有自伤自残 denies both words, so a word is looked for behind those that stand right before it too."""
    for match in re.finditer("|".join(map(re.escape, words)), text):
        clause = re.split(r"[;,。]", text[max(match.start() - BEFORE, 0) : match.start()])[-1]
        while before := next((each for each in words if clause.endswith(each)), ""):
            clause = clause.removesuffix(before)
        if not (_HERE.search(clause) or _LISTED.search(clause) or _AFTER.match(text[match.end() :])):
            return True
    return False


def nothing(text: str, column: str) -> bool:
    """Whether a text says that there is none of what its column is for: 无, 没有从重情形; 无证驾驶 is something."""
    read = plain(text[:LONGEST])
    found = _NOTHING.match(read)
    return not read or (found is not None and set(read[found.end() :]) <= _LOOSE | set(plain(column)))
