"""Loops and conditions that begin in one place and end in another: they would tear a table apart when filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.core.documents.safety import W

MARK = re.compile(r"\{%-?(tr|tc|p|r)?\s*(for|if|endfor|endif)\b")
DEEPEST = 16
TOO_DEEP = "循环和如果套了太多层"
WHOLE_ROWS = "要逐行重复的，请把 {%tr for … %} 和 {%tr endfor %} 各放在单独的一行里；其余的请让开头和结尾在同一格里"


def block_faults(root: Any) -> Iterator[tuple[str, str, str, bool]]:
    """What, what to do, near what and whether fatal, for blocks that cross a cell or table or nest too deep.

    A block without its other end is left to the look at the syntax.
    """
    open_: list[tuple[str, str, Any, str]] = []
    for paragraph in root.iter(W + "p"):
        pieces = [each for each in paragraph.iter(W + "t") if next(each.iterancestors(W + "p"), None) is paragraph]
        text = "".join(each.text or "" for each in pieces)
        if "{%" not in text:
            continue
        for found in MARK.finditer(text):
            mark, word = found[1] or "", found[2]
            place = _place(paragraph, mark)
            if not word.startswith("end"):
                open_.append((word, mark, place, text))
                if len(open_) > DEEPEST:
                    yield TOO_DEEP, "请拆开，或者减少层数", text, True
                    return
                continue
            if not open_ or open_[-1][0] != word.removeprefix("end"):
                return
            begun, other, begin, near = open_.pop()
            if (mark == "tr") is not (other == "tr"):
                what = f"“{begun}”的开头和结尾一个用了 {{%tr、一个没有用"
                yield what, "请让开头和结尾用同一种写法", near, True
            elif begin is not place:
                where = "表格" if mark == "tr" else "单元格"
                what = "循环" if begun == "for" else "如果"
                yield f"{what}从一个{where}里开始，到另一个{where}（或者外面）才结束", WHOLE_ROWS, near, True


def _place(paragraph: Any, mark: str) -> Any:
    """The cell a mark stands in, or the table of a row's mark, or the row of a cell's; the story itself outside."""
    wanted = {"tr": W + "tbl", "tc": W + "tr"}.get(mark, W + "tc")
    for each in paragraph.iterancestors(wanted, W + "txbxContent"):
        return each
    return None
