"""A name the fonts cannot print is told before its document takes a number, and ordinary names are not."""

from __future__ import annotations

from pathlib import Path

from app.core.actions.issue import issue
from app.core.actions.rare_names import look_at_names, rare_names
from app.core.documents.glyphs import RareWords
from app.core.documents.kinds import kind
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.actions.test_actions import order, take
from tests.core.workbooks import proposals

NAMES = ("测试甲", "测试𠮷", "测试喆", "阿卜杜拉·测试")


def prepared(store: Store, folder: Path, *names: str) -> list[int]:
    people = [{"罪犯编号": f"90000001{n:02}", "姓名": name} for n, name in enumerate(names)]
    return take(store, proposals(folder / "a.xlsx", *people))


def test_rare_names_are_told_before_and_after(tmp_path: Path) -> None:
    with Store.temporary() as store:
        ids = prepared(store, tmp_path, *NAMES)
        before = rare_names(store, ids, [kind("opinion")])
        assert [each.partition("（")[0] for each in before] == ["测试𠮷", "测试喆"]
        assert store.papers.all() == []
        done = issue(store, ids, ["opinion"], order(tmp_path / "文书"), ticket=Ticket())
        assert [each for each in done.value.cautions if "字" in each] == before
        assert len(done.value.files) == len(NAMES)


def test_ordinary_names_are_left_in_peace(tmp_path: Path) -> None:
    with Store.temporary() as store:
        ids = prepared(store, tmp_path, "测试甲", "阿卜杜拉·测试")
        assert rare_names(store, ids, [kind("opinion"), kind("review_report")]) == []


def test_offices_and_people_of_a_list_are_looked_at_too() -> None:
    found = RareWords()
    words = {"受文单位": "某㙦监狱", "涉及人员": [{"姓名": "测试𠮷"}, {"姓名": None}], "备注": "𠮷", "监狱": None}
    look_at_names(found, words, ("仿宋_GB2312",))
    told = "".join(found.says())
    assert "某㙦监狱" in told
    assert told.count("𠮷") == 2  # the name, and its character
