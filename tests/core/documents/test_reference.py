"""Every shipped template filled with every word, line by line as the committed reference has it.

After a template was changed on purpose: python -m tests.core.documents.test_reference --write
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from app.core.documents.fill import compile_template
from app.core.documents.kinds import kind, kinds
from app.core.documents.templates import find_template, trials
from tests.core.documents.papers import W, root, text

FOLDER = Path(__file__).with_name("reference")
ROWS = 200


def outline(data: bytes) -> str:
    """A line for each paragraph: its style, what it is kept with, how deep in tables it lies, and its words."""
    lines = []
    for each in root(data).iter(f"{{{W}}}p"):
        style = each.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        marks = [name for name in ("keepNext", "pageBreakBefore") if each.find(f"{{{W}}}pPr/{{{W}}}{name}") is not None]
        depth = sum(1 for _ in each.iterancestors(f"{{{W}}}tc"))
        words = "".join(part.text or "" for part in each.iter(f"{{{W}}}t"))
        name = "" if style is None else style.get(f"{{{W}}}val")
        lines.append(" ".join(filter(None, (f"{name}", *marks, "·" * depth, words))))
    return "\n".join(lines) + "\n"


def made(kind_id: str) -> str:
    everything = trials()[1]
    return outline(compile_template(find_template(kind(kind_id))).fill(everything))


@pytest.mark.parametrize("kind_id", [each.id for each in kinds()])
def test_every_template_gives_the_committed_document(kind_id: str) -> None:
    assert made(kind_id) == (FOLDER / f"{kind_id}.txt").read_text(encoding="utf-8")


def test_no_reference_is_left_of_a_template_that_is_gone() -> None:
    assert {each.stem for each in FOLDER.glob("*.txt")} == {each.id for each in kinds()}


def test_a_list_of_two_hundred_people_with_rare_names_stays_whole() -> None:
    names = ["阿依古丽·买买提", "𬍛𠅤", "测试㛃"]
    people = [{"序号": str(n), "姓名": f"{names[n % 3]}{n}", "案号": "", "情况": "0元"} for n in range(1, ROWS + 1)]
    began = time.perf_counter()
    told = text(compile_template(find_template(kind("class_advice"))).fill({"涉及人员": people, "人数": str(ROWS)}))
    assert time.perf_counter() - began < 5
    assert all(each["姓名"] in told for each in people)
    assert told.count("【待填】") >= ROWS


if __name__ == "__main__" and "--write" in sys.argv:
    FOLDER.mkdir(exist_ok=True)
    for one in kinds():
        (FOLDER / f"{one.id}.txt").write_text(made(one.id), encoding="utf-8")
