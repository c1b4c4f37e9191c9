"""What is wrong with a template, in words: found in its paragraphs before Jinja sees them, and in what Jinja says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from app.core.documents.blocks import TOO_DEEP, block_faults
from app.core.documents.dictionary import dictionary
from app.core.documents.package import Member, parse_xml, part_names
from app.core.documents.safety import W, package_dangers, part_dangers
from app.core.documents.syntax import WRITE_LIKE_THIS, Use, environment, read_uses

PLACES = {
    "document.main+xml": "正文",
    "header+xml": "页眉",
    "footer+xml": "页脚",
    "footnotes+xml": "脚注",
    "endnotes+xml": "尾注",
}
STRICT = "{http://purl.oclc.org/"
FULL_WIDTH = re.compile(r"｛\s*[{｛%％#]|\{\s*[｛％]|[}｝%％#]\s*｝|[｝％]\s*\}")
SPACED = re.compile(r"\{%\s+(tr|tc|p|r)\s")
WHOLE = {"p": re.compile(r"\{%p\s.*?%\}"), "tr": re.compile(r"\{%tr\s.*?%\}")}
SINGLE = re.compile(r"(?<!\{)\{\s*(\w+)\s*\}(?!\})")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
BLOCK = re.compile(r"\{%-?\s*(for|if|endfor|endif)\b")
CELL_MARK = "{%tc"
PROPERTIES = "docProps/core.xml"
LONGEST_TAG = 400  # characters
NEAR = 24  # characters of a paragraph shown to find it by
TRIVIAL = frozenset({W + "lang", W + "noProof", W + "webHidden"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with a template: what, what to do, in which part, near which text; `fatal` forbids its use."""

    what: str
    do: str
    where: str
    near: str
    fatal: bool = True

    @property
    def place(self) -> str:
        """Where to look: 正文“…”处."""
        return f"{self.where}“{self.near}”处" if self.near else self.where

    def __str__(self) -> str:
        return f"{self.place}：{self.what}。{self.do}。"


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds fields: its name in the package, its text ready for Jinja, what it uses."""

    name: str
    source: str
    use: Use
    dynamic: bool  # has what only docxtpl itself puts right afterwards
    place: str = ""


def inspect(members: list[Member], where: str = "") -> tuple[list[Part], list[Complaint]]:
    """The parts with fields and everything wrong with them; a part that cannot be parsed is only complained about."""
    parts: list[Part] = []
    complaints = [Complaint(each.what, each.do, each.where, each.near, each.fatal) for each in package_dangers(members)]
    by_name = {each.name: each for each in members}
    if by_name.get(PROPERTIES) and re.search(rb"\{[{%#]", by_name[PROPERTIES].plain()):
        complaints.append(Complaint("文件属性（标题、作者等）里写了字段", "请在“文件—信息”中改掉", "文件", ""))
    for kind, place in PLACES.items():
        for name in part_names(members, kind):
            part, said = _inspect_part(by_name[name], place, where)
            parts += [part] if part else []
            complaints += said
    return parts, complaints


def _inspect_part(member: Member, place: str, where: str) -> tuple[Part | None, list[Complaint]]:
    from lxml import etree

    root = parse_xml(member.plain(), where)
    said = [
        Complaint(each.what, each.do, each.where, each.near[:NEAR], each.fatal) for each in part_dangers(root, place)
    ]
    if root.tag.startswith(STRICT):
        said.append(Complaint("文件是“严格”格式的 .docx", "请另存为普通的“Word 文档（*.docx）”", place, ""))
    written, blocks = list(_paragraph_faults(root)), list(block_faults(root))
    said += [Complaint(what, do, place, near[:NEAR], fatal) for what, do, near, fatal in (*written, *blocks)]
    if any(fatal for *_, fatal in written) or any(what == TOO_DEEP for what, *_ in blocks):
        return None, said
    plain = etree.tostring(root, encoding="unicode")
    source: str = docxtpl().patch_xml(plain)
    if not TAG.search(source):
        return None, said
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)

    def say(line: int, what: str, do: str) -> None:
        complaint = Complaint(what, do, place, _near(lines, line))
        if complaint not in said:
            said.append(complaint)

    tree = _parse(lines, say)
    use = read_uses(tree, dictionary(), say) if tree else Use()
    dynamic = CELL_MARK in "".join(root.itertext(W + "t")) or _repeats_drawing(source)
    return Part(member.name, source, use, dynamic, place), said


def _repeats_drawing(source: str) -> bool:
    """Whether a drawing stands inside a loop, where its number must change from row to row."""
    open_ = 0
    for found in re.finditer(r"<wp:docPr|\{% (end)?for", source):
        if found[0] == "<wp:docPr":
            if open_ > 0:
                return True
        else:
            open_ += -1 if found[1] else 1
    return False


def _parse(lines: str, say: Any) -> nodes.Template | None:
    """The syntax tree; None, and the reason said, when Jinja cannot read it."""
    try:
        return environment().parse(lines)
    except TemplateSyntaxError as error:
        line, what = _unmatched(lines) or (error.lineno, "字段或者标记的写法有误")
        say(line, what, "请检查 for 与 endfor、if 与 endif 是否成对" if "成对" in what else WRITE_LIKE_THIS)
        return None
    except RecursionError:
        say(1, "字段或者标记套得太深", WRITE_LIKE_THIS)
        return None


def _unmatched(lines: str) -> tuple[int, str] | None:
    """The first loop or condition without its end, or end without its beginning: line and words."""
    open_: list[tuple[str, int]] = []
    for found in BLOCK.finditer(lines):
        word, line = found[1], lines.count("\n", 0, found.start()) + 1
        if not word.startswith("end"):
            open_.append((word, line))
        elif not open_ or open_.pop()[0] != word.removeprefix("end"):
            return line, f"“{word}”没有成对的“{word.removeprefix('end')}”"
    return (open_[-1][1], f"“{open_[-1][0]}”没有成对的“end{open_[-1][0]}”") if open_ else None


def _near(lines: str, line: int) -> str:
    """The text of the paragraph at a line."""
    texts = lines.split("\n")
    text = texts[min(line, len(texts)) - 1] if texts else ""
    return re.sub(r"<[^>]*>", "", text).strip()[:NEAR]


def _paragraph_faults(root: Any) -> Iterator[tuple[str, str, str, bool]]:
    """What, what to do, near what and whether fatal, for every paragraph."""
    known = dictionary()
    for paragraph in root.iter(W + "p"):
        runs = _runs(paragraph)
        text = "".join(each for each, _ in runs)
        if not set(text) & set("{}｛｝"):
            continue
        if FULL_WIDTH.search(text):
            yield "字段用了全角花括号或者百分号", "请改用英文半角的 {{ }} 和 {% %}", text, True
        elif text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            yield "花括号不成对", "每个字段请写成 {{ 字段 }}，每个标记请写成 {% … %}，并放在同一段里", text, True
        elif any(len(each) > LONGEST_TAG for each in TAG.findall(text)):
            yield "字段或者标记太长", WRITE_LIKE_THIS, text, True
        elif spaced := SPACED.search(text):
            yield f"“{{% {spaced[1]}”中间多了空格", f"请写成“{{%{spaced[1]}”", text, True
        elif lone := next((each for each in SINGLE.findall(text) if each in known), None):
            yield f"“{{{lone}}}”少了一层花括号", f"请写成 {{{{ {lone} }}}}", text, True
        elif lost := _lost(paragraph, text):
            yield lost, "请让这个标记单独占一段（{%p）或者一行（{%tr）", text, True
        elif split := _split(runs, text):
            yield f"“{split}”中间换了格式，填写后以开头的格式为准", "请选中整个字段，统一字体字号", text, False


def _lost(paragraph: Any, text: str) -> str:
    """Why text would vanish with a paragraph or row mark; "" when none would."""
    marks = WHOLE["p"].findall(text)
    if len(marks) > 1:
        return "一段里有两个 {%p 标记"
    if marks and WHOLE["p"].sub("", text).strip():
        return "与 {%p 标记同段的文字会随标记一起消失"
    if WHOLE["tr"].search(text):
        row = next(paragraph.iterancestors(W + "tr"), None)
        if row is None:
            return "{%tr 标记不在表格里"
        rest = "".join(row.itertext(W + "t"))
        if len(WHOLE["tr"].findall(rest)) > 1:
            return "表格的一行里有两个 {%tr 标记"
        if WHOLE["tr"].sub("", rest).strip():
            return "与 {%tr 标记同一行的文字会随标记一起消失"
    return ""


def _runs(paragraph: Any) -> list[tuple[str, str]]:
    """Text and format of each run of a paragraph, text boxes inside it left out."""
    runs = []
    for run in paragraph.iter(W + "r"):
        if next(run.iterancestors(W + "p"), None) is not paragraph:
            continue
        text = "".join(each.text or "" for each in run if each.tag == W + "t")
        runs.append((text, _format(run.find(W + "rPr"))))
    return [each for each in runs if each[0]]


def _format(properties: Any) -> str:
    if properties is None:
        return ""
    shown = []
    for each in properties:
        settings = sorted((key, value) for key, value in each.items() if key != W + "hint")
        if each.tag not in TRIVIAL and (settings or each.tag != W + "rFonts"):
            shown.append(f"{each.tag}{settings}")
    return "".join(sorted(shown))


def _split(runs: list[tuple[str, str]], text: str) -> str:
    """The first field whose characters stand in runs of different format; "" when there is none."""
    formats: list[str] = []
    for each, format_ in runs:
        formats += [format_] * len(each)
    for found in TAG.finditer(text):
        if len(set(formats[found.start() : found.end()])) > 1:
            return found[0]
    return ""


@cache
def docxtpl() -> Any:
    """docxtpl's own reading of a template, so that what works there works here."""
    from docxtpl import DocxTemplate

    return DocxTemplate("")
