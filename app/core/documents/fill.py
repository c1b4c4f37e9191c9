"""Filling: a template is compiled once, then each document costs one rendering and one compression a part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Template as JinjaTemplate

from app.core.documents.dictionary import dictionary
from app.core.documents.glyphs import fonts_of
from app.core.documents.lint import Part, docxtpl, inspect
from app.core.documents.package import Member, read_package, read_template, write_package
from app.core.documents.readback import check_part
from app.core.documents.soundness import cells_end_well, stays_sound
from app.core.documents.syntax import Use, environment, quick_environment
from app.core.documents.words import Picture, Plan, Prepared, kept, lacking
from app.core.errors import TemplateFault

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One part with fields: its name, its Jinja template, what it uses, whether it is sound whatever it is told."""

    name: str
    jinja: JinjaTemplate
    use: Use
    sound: bool


class Template:
    """A template ready to be filled many times, from any thread."""

    def __init__(self, name: str, raw: bytes) -> None:
        """`raw` is the .docx; TemplateFault with the first fault when it cannot be used."""
        self.name = name
        self._raw = raw
        members = read_package(raw, name)
        parts, complaints = inspect(members, name)
        fatal = [each for each in complaints if each.fatal]
        if fatal:
            more = f"（另有{len(fatal) - 1}处）" if len(fatal) > 1 else ""
            first = fatal[0]
            raise TemplateFault(f"模板不能用：{first.place}{first.what}{more}", do=first.do, where=name)
        self.use = Use()
        for each in parts:
            self.use.join(each.use)
        compiled = {each.name: _compile(each) for each in parts}
        self._members: list[Member | _Compiled] = [compiled.get(each.name, each) for each in members]
        self._dynamic = any(each.dynamic for each in parts)
        self.fonts = fonts_of(members)
        self._plan = Plan(self.use, dictionary())
        self._seen = False

    @property
    def sound(self) -> bool:
        """Whether its documents cannot come out broken, whatever the words are, and need no look each."""
        return all(each.sound for each in self._members if isinstance(each, _Compiled))

    def fields(self) -> tuple[str, ...]:
        """Every word the template uses, rows' words after their list's: 审查事项.结论."""
        return tuple(self.use.paths())

    def missing(self, context: Mapping[str, object]) -> tuple[str, ...]:
        """The words of this template that will print 【待填】."""
        return lacking(self.use, dictionary(), context)

    def kept(self, context: Mapping[str, object]) -> dict[str, object]:
        """The words of this template as plain data, to tell later what a document was filled with."""
        return kept(self.use, context)

    def fill(self, context: Mapping[str, object]) -> bytes:
        """One document. The same words give the same bytes.

        Words of the dictionary without a value print 【待填】 or stay empty, as the dictionary says. The result was
        read back: TemplateFault when a value is not visible in it or it would not open.
        """
        return write_package(self.members(context))

    def members(self, context: Mapping[str, object]) -> list[Member]:
        """One document as the files of its package; as `fill` otherwise."""
        filling = self._plan.ready(context)
        if self._dynamic or filling.pictures:
            return self._fill_by_docxtpl(filling)
        members = [each if isinstance(each, Member) else self._part(each, filling) for each in self._members]
        self._seen = True
        return members

    def _part(self, part: _Compiled, filling: Prepared) -> Member:
        """One part, looked at as a whole unless its template showed that nothing can go wrong."""
        xml = part.jinja.render(filling.words)
        if filling.breaks and not part.sound:
            xml = docxtpl().resolve_listing(xml)
        plain = (HEAD + xml).encode()
        if not (part.sound and self._seen and cells_end_well(xml)):
            check_part(plain, part.use, filling.words, self.name)
        return Member.pack(part.name, plain)

    def _fill_by_docxtpl(self, filling: Prepared) -> list[Member]:
        """The slow way, for what needs the whole document as a tree."""
        import io

        from docx.shared import Mm
        from docxtpl import DocxTemplate, InlineImage

        book = DocxTemplate(io.BytesIO(self._raw))
        book.init_docx()

        def place(value: object) -> Any:
            if isinstance(value, Picture):
                return InlineImage(book, io.BytesIO(value.data), width=Mm(value.width_mm))
            if isinstance(value, dict):
                return {name: place(each) for name, each in value.items()}
            return [place(each) for each in value] if isinstance(value, list) else value

        book.render(place(filling.words), environment())
        out = io.BytesIO()
        book.save(out)
        members = read_package(out.getvalue(), self.name)
        uses = {each.name: each.use for each in self._members if isinstance(each, _Compiled)}
        for member in members:
            if member.name in uses:
                check_part(member.plain(), uses[member.name], filling.words, self.name)
        return members


def compile_template(path: Path) -> Template:
    """Read and compile a template; FileUnreadable or TemplateFault, in words, when it cannot be used."""
    return Template(path.name, read_template(path))


def _compile(part: Part) -> _Compiled:
    sound = not part.dynamic and stays_sound(environment().parse(part.source))
    jinja = (quick_environment() if sound else environment()).from_string(part.source)
    return _Compiled(part.name, jinja, part.use, sound)
