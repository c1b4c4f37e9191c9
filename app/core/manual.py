"""The manual: pages of Markdown in resources/manual, their table of contents, and looking for words in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.core.paths import RESOURCES

FOLDER = RESOURCES / "manual"
CONTENTS = "目录.toml"
HEADING = re.compile(r"^(#{1,4}) +(.+)$", re.M)
AROUND = 24  # letters shown before and after what was looked for
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[|]|^[#>\-: ]+", re.M)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the name links call it by, its title, and its text in Markdown."""

    name: str
    title: str
    text: str

    def sections(self) -> list[tuple[str, str]]:
        """Its headings with the text below each, the page's title first; the text is without marks."""
        pieces = HEADING.split(self.text)
        found = [] if not pieces[0].strip() else [(self.title, plain(pieces[0]))]
        return found + [(pieces[at + 1].strip(), plain(pieces[at + 2])) for at in range(1, len(pieces), 3)]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the table of contents with its pages."""

    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where all the words stand: page, heading, and the words around the first of them."""

    page: Page
    heading: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word explained; `words` are other ways it is written, `own` marks a word of the program itself."""

    name: str
    says: str
    words: tuple[str, ...] = ()
    own: bool = False


@cache
def chapters() -> tuple[Chapter, ...]:
    """The table of contents as it ships."""
    listed = tomllib.loads((FOLDER / CONTENTS).read_text(encoding="utf-8"))["chapter"]
    return tuple(Chapter(each["title"], tuple(map(read_page, each["pages"]))) for each in listed)


def read_page(name: str) -> Page:
    """A page by its name; its first line is its title."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return Page(name, text.partition("\n")[0].removeprefix("# ").strip(), text)


@cache
def terms() -> tuple[Term, ...]:
    """The glossary as it ships, in its order."""
    listed = tomllib.loads((FOLDER / "词汇表.toml").read_text(encoding="utf-8"))["term"]
    return tuple(
        Term(each["name"], each["says"], tuple(each.get("words", ())), each.get("own", False)) for each in listed
    )


def plain(text: str) -> str:
    """Markdown without its marks, on one line."""
    return " ".join(_MARKS.sub(" ", text).split())


def find(text: str, pages: Iterable[Page]) -> list[Hit]:
    """Where all words of `text` (parted by blanks) stand under one heading; those with a word in the heading first."""
    words = text.casefold().split()
    ranked: list[tuple[int, Hit]] = []
    for page in pages if words else ():
        for heading, below in page.sections():
            title = f"{page.title} {heading}".casefold()
            if all(word in title or word in below.casefold() for word in words):
                rank = sum(word not in title for word in words)
                ranked.append((rank, Hit(page, heading, _excerpt(below, words))))
    return [hit for _, hit in sorted(ranked, key=lambda each: each[0])]


def _excerpt(text: str, words: Iterable[str]) -> str:
    places = [place for word in words if (place := text.casefold().find(word)) >= 0]
    start = max(min(places, default=0) - AROUND, 0)
    end = min(start + 3 * AROUND, len(text))
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
