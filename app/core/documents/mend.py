"""What a template is mended of by itself before it is looked at, each thing told; nothing that is printed changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.core.documents.lint import PLACES, TAG
from app.core.documents.package import Member, parse_xml, part_names, read_package, write_package
from app.core.documents.safety import W
from app.core.errors import TemplateFault

SETTINGS = "settings+xml"
FORMATS_CHANGED = tuple(
    W + each for each in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange")
)
SETTLED = {
    W + "attachedTemplate": "已去掉与外部模板文件的挂接",
    W + "trackRevisions": "已关闭“修订”状态",
}
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def mend(raw: bytes, where: str = "") -> tuple[bytes, tuple[str, ...]]:
    """The template mended, and what was done in words; the very same bytes when there was nothing to do."""
    members = read_package(raw, where)
    said: list[str] = []
    changed: dict[str, bytes] = {}
    by_name = {each.name: each for each in members}
    for name in [each for kind in PLACES for each in part_names(members, kind)]:
        root = _root(by_name[name])
        done = [] if root is None else [*_formats(root), *_joined(root)]
        if done and root is not None:
            changed[name] = _bytes(root)
            said += done
    for name in part_names(members, SETTINGS):
        said += _settle(by_name, name, changed)
    if not said:
        return raw, ()
    mended = [Member.pack(each.name, changed[each.name]) if each.name in changed else each for each in members]
    return write_package(mended), tuple(dict.fromkeys(said))


def _root(member: Member) -> Any:
    """The root of a part; None when it cannot be parsed, which is said when the template is looked at."""
    try:
        return parse_xml(member.plain(), member.name)
    except TemplateFault:
        return None


def _bytes(root: Any) -> bytes:
    from lxml import etree

    plain: bytes = etree.tostring(root, encoding="UTF-8")
    return HEAD + plain.removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>\n")


def _formats(root: Any) -> list[str]:
    """Take over changes of format that were recorded as revisions."""
    found = list(root.iter(*FORMATS_CHANGED))
    for each in found:
        each.getparent().remove(each)
    return ["已接受格式的修订（文字的修订仍须您自己处理）"] if found else []


def _joined(root: Any) -> Iterator[str]:
    """Put each field that formatting or the editor cut into pieces back into one, in the format it begins with."""
    for paragraph in list(root.iter(W + "p")):
        pieces = [each for each in paragraph.iter(W + "t") if next(each.iterancestors(W + "p"), None) is paragraph]
        text = "".join(each.text or "" for each in pieces)
        for found in TAG.finditer(text):
            cut = list(_within(pieces, found.start(), found.end()))
            if len(cut) > 1 and _only_text_between(paragraph, cut[0][0], cut[-1][0]):
                _gather(cut, found[0])
                yield f"字段 {found[0]} 被拆成了几截，已合并，格式以开头的为准"


def _within(pieces: list[Any], start: int, end: int) -> Iterator[tuple[Any, int, int]]:
    """The text elements a stretch of a paragraph's text stands in, each with its part of the stretch."""
    at = 0
    for each in pieces:
        length = len(each.text or "")
        if at < end and at + length > start and length:
            yield each, max(start - at, 0), min(end - at, length)
        at += length


def _only_text_between(paragraph: Any, first: Any, last: Any) -> bool:
    """Whether nothing but text (no picture, line end, field) lies between two text elements of a paragraph."""
    plain = {
        W + each for each in ("r", "t", "rPr", "proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd")
    }
    inside = False
    for each in paragraph.iter():
        if each is last:
            return inside
        in_format = next(each.iterancestors(W + "rPr"), None) is not None
        if inside and not in_format and each.tag not in plain:
            return False
        inside = inside or each is first
    return False


def _gather(cut: list[tuple[Any, int, int]], text: str) -> None:
    """Write the whole stretch into the first element, keeping the length of what lies before it."""
    (first, begin, _), *others = cut
    first.text = (first.text or "")[:begin] + text
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for each, start, end in others:
        each.text = (each.text or "")[:start] + (each.text or "")[end:]
        each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _settle(by_name: dict[str, Member], name: str, changed: dict[str, bytes]) -> Iterator[str]:
    """Take out of the settings what ties the template to another file or keeps recording revisions."""
    root = _root(by_name[name])
    found = [] if root is None else [each for each in root if each.tag in SETTLED]
    for each in found:
        root.remove(each)
        yield SETTLED[each.tag]
    if found:
        changed[name] = _bytes(root)
    folder, _, file = name.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    if relations in by_name and b"attachedTemplate" in by_name[relations].plain():
        listed = _root(by_name[relations])
        for each in [] if listed is None else list(listed):
            if re.search(r"/attachedTemplate$", each.get("Type", "")):
                listed.remove(each)
                changed[relations] = _bytes(listed)
                yield SETTLED[W + "attachedTemplate"]
