"""Whether a part stays sound whatever it is filled with: shown once for its template, not for every document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jinja2 import nodes

from app.core.documents.safety import W

TAG = re.compile(r"<(/?)([\w:.-]+)([^<>]*?)(/?)>")
DECLARED = re.compile(r'xmlns(?::[\w.-]+)?="[^"]*"')
W_PREFIX = re.compile(r'xmlns:w="([^"]*)"')
MARKS = re.compile(r"\{\{|\{%|\}\}|%\}")
TEXT = "w:t"


class _Unsound(Exception):
    """The part may come out broken for some words, so each document must be looked at."""


Open = tuple[str, str]  # an open element: its name, and the namespaces it declares


def stays_sound(tree: nodes.Template) -> bool:
    """Whether every filling is well-formed XML with every value in sight.

    It is so when each branch of a condition and each turn of a loop leaves the same elements open as it found, and
    every value stands right inside a text element. The values themselves must be escaped and hold only what XML can.
    """
    data = "".join(each.data for each in tree.find_all(nodes.TemplateData))
    if set(W_PREFIX.findall(data)) != {W.strip("{}")}:
        return False
    try:
        return not _body(tree.body, ())
    except _Unsound:
        return False


def cells_end_well(xml: str) -> bool:
    """Whether each cell plainly ends with a paragraph, as Word demands; when false, the document is to be looked at."""
    return xml.count("</w:tc>") == xml.count("</w:p></w:tc>") + xml.count("<w:p/></w:tc>")


def _body(body: Iterable[nodes.Node], open_: Sequence[Open]) -> tuple[Open, ...]:
    """What is open after a body, beginning with what was open before it."""
    now = list(open_)
    for node in body:
        match node:
            case nodes.Output():
                for each in node.nodes:
                    if isinstance(each, nodes.TemplateData):
                        _read(each.data, now)
                    elif not now or now[-1][0] != TEXT:
                        raise _Unsound
            case nodes.For():
                now = _either(now, (node.body, node.else_))
            case nodes.If():
                now = _either(now, (node.body, *(each.body for each in node.elif_), node.else_))
            case _:
                raise _Unsound
    return tuple(now)


def _either(before: Sequence[Open], branches: Iterable[Iterable[nodes.Node]]) -> list[Open]:
    """What is open after any one of several branches: the same as before."""
    if any(_body(each, before) != tuple(before) for each in branches):
        raise _Unsound
    return list(before)


def _read(data: str, open_: list[Open]) -> None:
    """Follow the tags of a piece of the template."""
    rest = TAG.sub("", data)
    if "<" in rest or ">" in rest or MARKS.search(rest):
        raise _Unsound
    for closes, name, attributes, empty in TAG.findall(data):
        if closes:
            if not open_ or open_.pop()[0] != name:
                raise _Unsound
        elif not empty:
            open_.append((name, "".join(DECLARED.findall(attributes))))
