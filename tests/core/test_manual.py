"""The manual: every page is in the contents, every link leads somewhere, every button named stands in the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.core import manual
from app.core.paths import APP

BRACKETS = re.compile(r"【([^】]+)】")
BLANK = "待填"  # what documents print in these brackets
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")
MNEMONIC = re.compile(r"\(&\w\)")
PAGES = [page for chapter in manual.chapters() for page in chapter.pages]
LARGEST = 80_000  # bytes of a picture in the manual


def words_of_the_program() -> Iterator[str]:
    """Every text in the program's code and tables, as it is read on a button."""
    for file in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield shown(node.value)
    for file in sorted((APP / "core").glob("*.toml")):
        yield from (shown(each) for each in re.findall(r'"([^"\n]+)"', file.read_text(encoding="utf-8")))


def shown(text: str) -> str:
    """A button's text without its key and its dots."""
    return MNEMONIC.sub("", text).partition("\t")[0].removesuffix("…").strip()


@pytest.fixture(scope="module")
def program() -> set[str]:
    return set(words_of_the_program())


def test_every_page_is_in_the_contents_once() -> None:
    assert sorted(page.name for page in PAGES) == sorted(each.stem for each in manual.FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_button_named_stands_in_the_program(page: manual.Page, program: set[str]) -> None:
    named = {each.removesuffix("…") for each in BRACKETS.findall(page.text)} - {BLANK}
    assert named <= program, sorted(named - program)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: manual.Page) -> None:
    for picture, target in LINK.findall(page.text):
        name, _, heading = unquote(target).partition("#")
        file = manual.FOLDER / name
        assert file.is_file(), target
        if heading:
            assert heading in [each for each, _ in manual.read_page(Path(name).stem).sections()], target
        if picture:
            assert file.stat().st_size <= LARGEST, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_begins_with_its_title(page: manual.Page) -> None:
    assert page.text.startswith(f"# {page.title}\n")
    assert page.sections()[0][0] == page.title


def test_what_is_looked_for_is_found_by_heading_first() -> None:
    hits = manual.find("撤回", PAGES)
    assert hits[0].heading == "撤回导错的表"
    assert all("撤回" in f"{hit.page.title}{hit.heading}{hit.excerpt}" for hit in hits)
    assert manual.find("撤回 文书", PAGES)
    assert manual.find("绝没有这个词", PAGES) == manual.find("  ", PAGES) == []


def test_every_word_of_contributing_is_explained() -> None:
    told = (APP.parent / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## 用词对照")[2]
    cells = [cell.strip() for line in told.splitlines() if line.startswith("|") for cell in line.strip("|").split("|")]
    words = [word for cell in cells for word in re.split(r"[、/（）\s]+", cell) if re.search(r"[一-鿿]", word)]
    explained = " ".join(f"{each.name} {' '.join(each.words)} {each.says}" for each in manual.terms())
    missing = [word for word in words if word not in explained and word not in ("中文", "代码里", "日期")]
    assert missing == []


def test_no_word_is_explained_twice() -> None:
    names = [each.name for each in manual.terms()]
    assert len(names) == len(set(names))
    assert {"提示", "存疑", "违法", "不能判断", "依据待核"} <= {each.name for each in manual.terms() if each.own}
