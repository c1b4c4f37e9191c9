"""Reading a filled part back: it opens, nothing of the template is left in it, and every value can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.documents.package import parse_xml
from app.core.documents.safety import W
from app.core.documents.syntax import Use
from app.core.documents.words import printed
from app.core.errors import TemplateFault

MARKS = ("{{", "{%", "}}", "%}")
PIECES = re.compile(r"[\n\t]")
MEND = "请用“检查模板”查看，改好后再生成"


def check_part(xml: bytes, use: Use, words: Mapping[str, object], where: str) -> None:
    """TemplateFault when the part would not open, shows a mark of the template, or hides a value it was given."""
    root = parse_xml(xml, where)
    if any(len(cell) == 0 or cell[-1].tag != W + "p" for cell in root.iter(W + "tc")):
        raise TemplateFault(
            "填写后表格里有一格没有段落，Word 打不开", do="请在这一格的标记后面留一个空段落", where=where
        )
    text = "".join(root.itertext(W + "t"))
    values = list(printed(use, words))
    for name, value in values:
        for piece in PIECES.split(value):
            if piece not in text:
                raise TemplateFault(f"字段“{name}”的内容没有出现在文书里", do=MEND, where=where)
    given = "".join(_strings(words)) if any(mark in text for mark in MARKS) else ""
    if any(mark in text and mark not in given for mark in MARKS):
        raise TemplateFault("文书里还留有没有填写的标记", do=MEND, where=where)


def _strings(value: object) -> list[str]:
    """Every text among the words given."""
    if isinstance(value, str):
        return [value]
    rows = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for each in rows for text in _strings(each)]
