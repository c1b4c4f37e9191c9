"""What a template asks for, read from its syntax tree: only known words, loops and conditions are let in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from rapidfuzz import fuzz, process

from app.core.documents.dictionary import Word, WordType

LOOP = "loop"
LOOP_WORDS = frozenset({"index", "first", "last", "length"})
FILTERS = frozenset({"length", "count", "join"})
EACH = ""  # in `Use.inside`: one line of a list of lines
LIKENESS = 40  # of 100
DEEPEST_LOOP = 3
LINE_END, TAB = (f'</w:t><w:{each}/><w:t xml:space="preserve">' for each in ("br", "tab"))
WRITE_LIKE_THIS = "请只用字段、循环（for）和如果（if）"


@dataclass(slots=True)
class Use:
    """How a template uses a word: `printed` when it stands on paper in every case; `inside` the use of its rows."""

    printed: bool = False
    inside: dict[str, Use] = field(default_factory=dict)

    def of(self, name: str) -> Use:
        """The use of a word inside, begun when it is new."""
        return self.inside.setdefault(name, Use())

    def join(self, other: Use) -> None:
        """Take over what another part of the same template uses."""
        self.printed = self.printed or other.printed
        for name, use in other.inside.items():
            self.of(name).join(use)

    def paths(self, before: str = "") -> Iterator[str]:
        """Every name used, rows' names after their list's: 审查事项.结论."""
        for name, use in self.inside.items():
            if name != EACH:
                yield before + name
                yield from use.paths(f"{before}{name}.")


@dataclass(frozen=True, slots=True)
class _Thing:
    """What an expression stands for: a word with its use; `row` when it is one row of it."""

    word: Word
    use: Use
    row: bool = False


Say = Callable[[int, str, str], None]  # line of the template, what is wrong, what to do


@cache
def environment() -> SandboxedEnvironment:
    """The one Jinja environment: escaping, strict about unknown words, no code."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


class _Quick(SandboxedEnvironment):
    """For parts that are known to stay sound: values are made XML by one function, rows are looked into at once."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return obj[attribute] if type(obj) is dict else super().getattr(obj, attribute)


@cache
def quick_environment() -> SandboxedEnvironment:
    """As `environment`, for parts whose values all stand right inside text elements."""
    return _Quick(undefined=StrictUndefined, finalize=_in_text)


def _in_text(value: object) -> object:
    """A value as the XML inside a text element; line ends and tabs become elements of their own."""
    if type(value) is not str:
        return value
    if "&" in value or "<" in value or ">" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in value or "\t" in value:
        value = value.replace("\n", LINE_END).replace("\t", TAB)
    return value


def nearest(name: str, known: Iterable[str]) -> str:
    """The known word most like a name; "" when none is like it."""
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return found[0] if found else ""


def read_uses(tree: nodes.Template, words: Mapping[str, Word], say: Say) -> Use:
    """What a parsed part uses; whatever may not stand in a template is said."""
    reader = _Reader(words, say)
    reader.block(tree.body, {}, sure=True)
    return reader.use


Scope = Mapping[str, _Thing | None]


class _Reader:
    """Walks the tree of one part; `sure` tells what is printed whatever the values are."""

    def __init__(self, words: Mapping[str, Word], say: Say) -> None:
        self.use = Use()
        self._words = words
        self._say = say
        self._loops: list[Use] = []  # those the reader is inside of

    def block(self, body: list[nodes.Node], scope: Scope, *, sure: bool) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for each in node.nodes:
                        self._print(each, scope, sure=sure)
                case nodes.For():
                    self._loop(node, scope, sure=sure)
                case nodes.If():
                    self._expression(node.test, scope)
                    for part in (node.body, node.elif_, node.else_):
                        self.block(list(part), scope, sure=False)
                case _:
                    self._refuse(node)

    def _print(self, node: nodes.Node, scope: Scope, *, sure: bool) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        thing = self._expression(node, scope)
        if thing is None:
            return
        word = thing.word
        if word.type is WordType.FLAG:
            self._say(
                node.lineno,
                f"“{word.name}”只表示是否成立，不能打印",
                f"请写成 {{%p if {word.name} %}} … {{%p endif %}}",
            )
        elif thing.row or word.type is not WordType.TEXT:
            what = f"“{word.name}”是一张清单，不能直接打印"
            self._say(node.lineno, what, f"请用循环 {{%p for 项 in {word.name} %}} 逐行打印")
        elif sure:
            thing.use.printed = True

    def _loop(self, node: nodes.For, scope: Scope, *, sure: bool) -> None:
        source = self._expression(node.iter, scope)
        if not isinstance(node.target, nodes.Name) or node.recursive:
            self._refuse(node)
            return
        if isinstance(node.iter, nodes.Name | nodes.Getattr) and source is None:
            return  # said already
        if source is None or source.row or source.word.type not in (WordType.ROWS, WordType.TEXTS):
            self._say(node.lineno, "循环里的不是清单", "for … in 后面请写字段表中的清单，如 审查事项")
            return
        if self._loops.count(source.use) or len(self._loops) >= DEEPEST_LOOP:
            self._say(
                node.lineno, "循环里又循环同一张清单，或者循环套了太多层", "请把里层的循环改成“项.某某”，或者移到外面"
            )
            return
        line = Word(source.word.name, source.word.says, blank=True)
        rows = source.word.type is WordType.ROWS
        each = _Thing(source.word, source.use, row=True) if rows else _Thing(line, source.use.of(EACH))
        inner: Scope = {**scope, node.target.name: each, LOOP: None}
        if node.test is not None:
            self._expression(node.test, inner)
        self._loops.append(source.use)
        self.block(node.body, inner, sure=sure and node.test is None)
        self._loops.pop()
        self.block(node.else_, scope, sure=False)

    def _expression(self, node: nodes.Node, scope: Scope) -> _Thing | None:
        """Look through an expression; the word it stands for when it is nothing but a word."""
        match node:
            case nodes.Const():
                return None
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return self._column(node, scope)
            case nodes.Filter() if node.name in FILTERS and not node.dyn_args and not node.dyn_kwargs:
                pass
            case nodes.Not() | nodes.And() | nodes.Or() | nodes.Compare() | nodes.Operand() | nodes.CondExpr():
                pass
            case _:
                self._refuse(node)
                return None
        for child in node.iter_child_nodes():
            self._expression(child, scope)
        return None

    def _name(self, node: nodes.Name, scope: Scope) -> _Thing | None:
        if node.name in scope and scope[node.name] is not None:
            return scope[node.name]
        word = self._words.get(node.name)
        if word is None:
            self._say(node.lineno, f"不认识的字段“{node.name}”", self._advice(node.name))
            return None
        return _Thing(word, self.use.of(word.name))

    def _column(self, node: nodes.Getattr, scope: Scope) -> _Thing | None:
        if isinstance(node.node, nodes.Name) and node.node.name == LOOP and LOOP in scope:
            if node.attr not in LOOP_WORDS:
                self._refuse(node)
            return None
        if not isinstance(node.node, nodes.Name | nodes.Getattr):
            self._refuse(node)
            return None
        thing = self._expression(node.node, scope)
        if thing is None:
            return None
        if not thing.row:
            self._say(node.lineno, f"“{thing.word.name}”后面不能再加“.{node.attr}”", "请去掉圆点和后面的字")
            return None
        word = thing.word.inside.get(node.attr)
        if word is None:
            near = nearest(node.attr, thing.word.inside)
            advice = f"您是否想写“{near}”" if near else f"可用的有：{'、'.join(thing.word.inside)}"
            self._say(node.lineno, f"“{thing.word.name}”里没有“{node.attr}”", advice)
            return None
        return _Thing(word, thing.use.of(word.name))

    def _advice(self, name: str) -> str:
        """What an unknown name was probably meant to be."""
        lists = [each.name for each in self._words.values() if name in each.inside]
        if lists:
            return f"“{name}”是“{lists[0]}”里的一列，请放在循环里写成 {{{{ 项.{name} }}}}"
        near = nearest(name, self._words)
        return f"您是否想写 {{{{ {near} }}}}" if near else "请对照字段表改正"

    def _refuse(self, node: nodes.Node) -> None:
        self._say(node.lineno, "用了本程序不支持的写法", WRITE_LIKE_THIS)
