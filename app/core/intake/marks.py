"""Marks a reader puts in front of a cell's text when the file held something else than that text.

They are Unicode noncharacters, so no file can hold them; `shown` takes them off for people.
"""

from __future__ import annotations

LOSSY = "\ufdd0"  # a number of sixteen digits or more: the last ones are not those that were typed
ERROR = "\ufdd1"  # an error value such as #N/A
UNSAVED = "\ufdd2"  # a formula whose result was never saved
CARRIED = "\ufdd3"  # carried down from a cell above: a merged range, or 同上
CUT = "\ufdd4"  # a decimal whose last zero may be lost: 2022.1 may have been 2022.10
GARBLED = "\ufffd"  # stands, anywhere in a text, for bytes that are no character of the file's encoding
_ALL = LOSSY + ERROR + UNSAVED + CARRIED + CUT
MARKS = frozenset(_ALL)

WHY = {
    LOSSY: "以数字存放，超过15位的部分已失真，请以文本格式重新导出",
    ERROR: "是表格的错误值，请改正后重新导出",
    GARBLED: "有读不出的乱码，请核对原件",
    UNSAVED: "是没有保存结果的公式，请用 WPS 或 Excel 打开、保存一次再导入",
}


def shown(text: str) -> str:
    """A cell's text as people see it, without marks."""
    return text.lstrip(_ALL)


def marks_of(text: str) -> str:
    """The marks in front of a cell's text, in order; usually none."""
    return text[: len(text) - len(text.lstrip(_ALL))]
