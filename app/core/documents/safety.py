"""What may not be in a template whatever its fields are: macros, things outside it, objects, revisions, live fields."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.core.documents.package import CONTENT_TYPES, WORD_ML, Member, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_ENDINGS = (".xml", ".rels", ".vml")
LARGEST_XML = 16 << 20  # of one part
FILE, BODY = "文件", "正文"
ASK = "请用可靠来历的文件，在 Word 或 WPS 中打开后另存为 .docx"
ALLOWED_WORDS = (
    "PAGE NUMPAGES SECTION SECTIONPAGES TOC TC XE INDEX REF PAGEREF NOTEREF SEQ STYLEREF EQ SYMBOL ADVANCE"
    " FORMTEXT FORMCHECKBOX FORMDROPDOWN LISTNUM ="
)
ALLOWED_FIELDS = frozenset(ALLOWED_WORDS.split())
CLOCK_FIELDS = frozenset({"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"})
RUNNING_WORDS = (
    "DDE DDEAUTO INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK EMBED DATABASE MACROBUTTON RD AUTOTEXT AUTOTEXTLIST"
    " QUOTE CONTROL PRINT HTMLCONTROL GOTOBUTTON"
)
RUNNING_FIELDS = frozenset(RUNNING_WORDS.split())
OUTSIDE: Mapping[str, tuple[str, str]] = {  # the last word of a relation to something outside: what it is, what to do
    "attachedTemplate": ("挂接着另一个模板文件", "请在“开发工具—文档模板”中改为 Normal"),
    "hyperlink": ("有指向外部的超链接", "请右击链接，选择“取消超链接”"),
    "image": ("图片没有放进文件，只链接着外部的图片", "请删去图片，重新插入（不要选“链接到文件”）"),
    "oleObject": ("链接着外部的文件", "请断开链接，或者删去这个对象"),
    "subDocument": ("链接着外部的子文档", "请把子文档的内容复制进来，再断开链接"),
    "mailMergeSource": ("连着邮件合并的数据文件", "请在“邮件”中改为普通 Word 文档"),
    "recipientData": ("连着邮件合并的数据文件", "请在“邮件”中改为普通 Word 文档"),
}
MACROS = ("文件里有宏（程序代码）", "请另存为不含宏的“Word 文档（*.docx）”")
OBJECTS = ("嵌有其他程序的对象（表格、公式编辑器、附件等）", "请删去这个对象，需要的内容改成文字、表格或者图片")
REVISED = frozenset(W + each for each in ("ins", "del", "moveFrom", "moveTo"))
COMMENTED = frozenset(W + each for each in ("commentRangeStart", "commentReference"))
INSIDE: Mapping[str, tuple[str, str]] = {
    W + "altChunk": ("夹带着另一个文件的内容", "请把那些内容直接写进模板"),
    W + "subDoc": OUTSIDE["subDocument"],
    W + "object": OBJECTS,
    W + "control": ("有 ActiveX 控件", "请删去控件"),
    **dict.fromkeys(REVISED, ("有尚未接受的修订", "请在“审阅”中接受或者拒绝全部修订，并关闭修订")),
    **dict.fromkeys(COMMENTED, ("有批注", "请在“审阅”中删除全部批注")),
}
VML = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}")
LINKS = re.compile(r"(?:^|\})(?:src|href)$")


class Danger(NamedTuple):
    """What is wrong, what to do, in which part, near which text; `fatal` forbids the use."""

    what: str
    do: str
    where: str = FILE
    near: str = ""
    fatal: bool = True


def package_dangers(members: list[Member]) -> Iterator[Danger]:
    """What is wrong with a package as a whole, each kind of thing once; TemplateFault for parts that are no XML."""
    yield from dict.fromkeys(_of_names(members))
    types = next(each for each in members if each.name == CONTENT_TYPES)
    listed = [each.get("ContentType", "") for each in parse_xml(types.plain())]
    if any("macroEnabled" in each or "vbaProject" in each for each in listed):
        yield Danger(*MACROS)
    elif WORD_ML + "template.main+xml" in listed:
        yield Danger("这是 Word 的模板格式（.dotx）", "请打开后另存为“Word 文档（*.docx）”")
    elif WORD_ML + "document.main+xml" not in listed:
        yield Danger("这不是 Word 文档", "请选择 .docx 文件")
    yield from dict.fromkeys(_of_relations(members))


def _of_names(members: list[Member]) -> Iterator[Danger]:
    names = [each.name for each in members]
    odd = any(
        ".." in each.split("/") or each.startswith("/") or re.search(r"[\\:\x00-\x1f]", each) is not None
        for each in names
    )
    if odd or len({each.lower() for each in names}) < len(names):
        yield Danger("文件内部有不正常的路径", ASK)
    for each in members:
        low = each.name.lower()
        if "vbaproject" in low or "vbadata" in low:
            yield Danger(*MACROS)
        elif "/embeddings/" in low or "/activex/" in low:
            yield Danger(*OBJECTS)
        elif low.startswith("_xmlsignatures/"):
            yield Danger("文件带有数字签名，填写后签名会失效", "请去掉数字签名，再另存为 .docx")
        if not _sound(each):
            yield Danger("文件内部有损坏或者伪装过的内容", ASK)
        if low.endswith(XML_ENDINGS):
            if each.size > LARGEST_XML:
                yield Danger("文件展开以后大得不正常", "请检查是不是选错了文件")
                return
            parse_xml(each.plain(), each.name)


def _sound(member: Member) -> bool:
    """Whether the compressed bytes come to exactly as many as the package says."""
    if member.method == 0:
        return len(member.data) == member.size
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    return len(stream.decompress(member.data, member.size + 1)) == member.size


def _of_relations(members: list[Member]) -> Iterator[Danger]:
    for each in members:
        if not each.name.endswith(".rels"):
            continue
        for relation in parse_xml(each.plain(), each.name):
            kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
            if str(relation.get("TargetMode", "")).lower() == "external":
                yield Danger(*OUTSIDE.get(kind, ("链接着文件以外的内容", "请断开链接，或者删去它")))
            elif kind in ("oleObject", "package", "control", "activeXControlBinary"):
                yield Danger(*OBJECTS)
            elif kind == "aFChunk":
                yield Danger(*INSIDE[W + "altChunk"])
            elif kind == "vbaProject":
                yield Danger(*MACROS)


def part_dangers(root: Any, where: str) -> Iterator[Danger]:
    """What is wrong inside one part that is printed: revisions, comments, objects, links, fields that fetch or run."""
    seen: set[tuple[str, str]] = set()
    for element in root.iter():
        said = INSIDE.get(element.tag) if isinstance(element.tag, str) else None
        if said is None and _links_out(element):
            said = OUTSIDE["image"]
        if said is not None and said not in seen:
            seen.add(said)
            yield Danger(*said, where, _text_near(element))
    for code, element in _field_codes(root):
        danger = _of_field(code)
        if danger is not None:
            yield danger._replace(where=where, near=_text_near(element))


def _links_out(element: Any) -> bool:
    if not isinstance(element.tag, str) or not element.tag.startswith(VML):
        return False
    return any(LINKS.search(name) and value for name, value in element.items())


def _text_near(element: Any) -> str:
    paragraph = element if element.tag == W + "p" else next(element.iterancestors(W + "p"), None)
    return "" if paragraph is None else "".join(paragraph.itertext(W + "t")).strip()


def _field_codes(root: Any) -> Iterator[tuple[str, Any]]:
    """Every field's instruction with the element it began in, however it was cut into runs."""
    open_: list[tuple[list[str], Any]] = []
    for each in root.iter(W + "fldSimple", W + "fldChar", W + "instrText", W + "delInstrText"):
        if each.tag == W + "fldSimple":
            yield each.get(W + "instr", ""), each
        elif each.tag != W + "fldChar":
            if open_:
                open_[-1][0].append(each.text or "")
            else:
                yield each.text or "", each
        elif each.get(W + "fldCharType") == "begin":
            open_.append(([], each))
        elif each.get(W + "fldCharType") == "end" and open_:
            pieces, begun = open_.pop()
            yield "".join(pieces), begun
    yield from (("".join(pieces), begun) for pieces, begun in open_)


def _of_field(code: str) -> Danger | None:
    words = code.split()
    name = words[0].upper() if words else ""
    name = "=" if name.startswith("=") else name
    if not name or name in ALLOWED_FIELDS or (name == "HYPERLINK" and words[1:2] == ["\\l"]):
        return None
    if name in CLOCK_FIELDS:
        return Danger(
            f"有自动日期（域 {name}），打开文书那天的日期会印在上面",
            "请删去它，写成 {{ 文书日期 }}",
            fatal=False,
        )
    if name == "MERGEFIELD":
        field = words[1].strip('"') if len(words) > 1 else ""
        return Danger(f"用了邮件合并域“{field}”", f"请删去这个域，写成 {{{{ {field or '字段'} }}}}")
    if name in RUNNING_FIELDS:
        return Danger(f"有会调用其他文件或者程序的域（{name}）", "请删去这个域；不是本院自己加的，请不要使用这个文件")
    if name == "HYPERLINK":
        return Danger(*OUTSIDE["hyperlink"])
    return Danger(f"有本程序不支持的域（{name}）", "请按 Ctrl+Shift+F9 把它变成文字，或者删去")
