"""One file to print from many documents of the same template: bodies in a row, each on pages of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.documents.package import Member, Packer, part_names, read_package, write_package
from app.core.errors import TemplateFault

BODY = re.compile(r"<w:body(?:\s[^>]*)?>")
SECTION = re.compile(r"<w:sectPr(?:\s[^>]*)?(?:/>|>.*?</w:sectPr>)", re.DOTALL)
TYPE = re.compile(r'<w:type\s+w:val="[^"]*"\s*/>')
NUMBERING = re.compile(r"<w:pgNumType(?:\s[^>]*)?/>")
START = re.compile(r'\s+w:start="[^"]*"')
# Marks that must be there once in a document at most.
ONCE = re.compile(r"<w:bookmark(?:Start|End)\s[^>]*/>|\s+w14:(?:paraId|textId)=\"[^\"]*\"")
ONCE_BEGINS = ("<w:bookmark", " w14:paraId=", " w14:textId=")
BEFORE_TYPE = ("headerReference", "footerReference", "footnotePr", "endnotePr")
AFTER_NUMBERING = (
    *("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi"),
    *("rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
)
# A paragraph that carries the end of a section and takes no room itself.
CARRIER = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{}'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


class Merger:
    """Takes documents one after another and holds them compressed; page numbers begin anew with each.

    `odd_page`: each begins on a front side, as for printing on both sides.
    """

    def __init__(self, *, odd_page: bool = True) -> None:
        self.count = 0
        self._page = "oddPage" if odd_page else "nextPage"
        self._members: list[Member] = []
        self._main = ""
        self._common: dict[str, int] = {}
        self._tail = ""
        self._last = ""  # the body that may yet be the last one
        self._packer = Packer()

    def add(self, document: bytes) -> None:
        """Take one more, as `add_members` does."""
        self.add_members(read_package(document))

    def add_members(self, parts: Sequence[Member]) -> None:
        """Take one more. TemplateFault, and it is left out, when it differs in more than its body from the first.

        That is so with another template, or with words of a person in a header or footer.
        """
        main = self._main or part_names(parts, "document.main+xml")[0]
        common = {each.name: each.crc for each in parts if each.name != main}
        if self.count and common != self._common:
            raise TemplateFault(
                "这些文书不能合并：模板不同，或者页眉页脚里有因人而异的内容",
                do="请分别打印，或者把字段从页眉页脚移到正文里",
            )
        head, body, tail = _cut(next(part for part in parts if part.name == main).plain().decode())
        if self.count:
            self._packer.add(_closed(self._last).encode())
        else:
            self._members, self._main, self._common, self._tail = list(parts), main, common, tail
            self._packer.add(head.encode())
        self._last = _restarted(ONCE.sub("", body) if any(each in body for each in ONCE_BEGINS) else body, self._page)
        self.count += 1

    def merged(self) -> bytes:
        """One .docx with all of them in their order; nothing can be added afterwards. ValueError for none."""
        return write_package(self.merged_members())

    def merged_members(self) -> list[Member]:
        """As `merged`, as the files of the package."""
        if not self.count:
            raise ValueError("nothing to merge")
        self._packer.add((self._last + self._tail).encode())
        whole = self._packer.member(self._main)
        return [whole if each.name == self._main else each for each in self._members]


def merge_documents(documents: Sequence[bytes], *, odd_page: bool = True) -> bytes:
    """One .docx with all documents in their order, as `Merger` makes it."""
    merger = Merger(odd_page=odd_page)
    for each in documents:
        merger.add(each)
    return merger.merged()


def _cut(xml: str) -> tuple[str, str, str]:
    """What stands before, in and after the body."""
    begin = BODY.search(xml)
    end = xml.rfind("</w:body>")
    if begin is None or end < 0:
        raise TemplateFault("文书没有正文", do="请检查模板")
    return xml[: begin.end()], xml[begin.end() : end], xml[end:]


def _restarted(body: str, page: str) -> str:
    """The body with its first section beginning on a page of its own, numbered from 1."""
    first = SECTION.search(body)
    if first is None:
        return f"{body}{_begun('<w:sectPr></w:sectPr>', page)}"
    return body[: first.start()] + _begun(first[0], page) + body[first.end() :]


def _begun(section: str, page: str) -> str:
    if section.endswith("/>"):
        section = section.removesuffix("/>") + "></w:sectPr>"
    old = NUMBERING.search(section)
    kept = START.sub("", old[0]) if old else "<w:pgNumType/>"
    number = kept.removesuffix("/>") + ' w:start="1"/>'
    if old:
        section = section.replace(old[0], number)
    else:
        section = _insert(section, number, [section.find(f"<w:{each}") for each in AFTER_NUMBERING])
    section = TYPE.sub("", section)
    ends = [
        found.end() for each in BEFORE_TYPE for found in re.finditer(rf"<w:{each}\b(?:[^>]*/>|.*?</w:{each}>)", section)
    ]
    place = max(ends, default=section.index(">") + 1)
    return f'{section[:place]}<w:type w:val="{page}"/>{section[place:]}'


def _insert(section: str, piece: str, places: list[int]) -> str:
    place = min((each for each in places if each >= 0), default=section.index("</w:sectPr>"))
    return section[:place] + piece + section[place:]


def _closed(body: str) -> str:
    """The body with its last section made a section break: in its last paragraph, or in a carrier after a table."""
    last = list(SECTION.finditer(body))[-1]
    content, section = body[: last.start()].rstrip(), last[0]
    begin = max(content.rfind("<w:p>"), content.rfind("<w:p "))
    paragraph = content[begin:] if begin >= 0 and content.endswith("</w:p>") else ""
    if paragraph.count("</w:p>") != 1 or SECTION.search(paragraph):
        return content + CARRIER.format(section) + body[last.end() :]
    return content[:begin] + _with_section(paragraph, section)


def _with_section(paragraph: str, section: str) -> str:
    """A paragraph that ends the section."""
    if "<w:pPr/>" in paragraph:
        paragraph = paragraph.replace("<w:pPr/>", "<w:pPr></w:pPr>", 1)
    if "<w:pPr>" not in paragraph:
        opening = paragraph.index(">") + 1
        return f"{paragraph[:opening]}<w:pPr>{section}</w:pPr>{paragraph[opening:]}"
    end = paragraph.index("</w:pPr>")
    change = paragraph.find("<w:pPrChange", 0, end)
    place = change if change >= 0 else end
    return paragraph[:place] + section + paragraph[place:]
