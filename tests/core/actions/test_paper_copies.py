"""Copies and lines of signature: what the office chose is what is printed, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.actions.issue import issue
from app.core.actions.paper_copies import copies_of, copy_lines, keep_copies, signers_of
from app.core.actions.templates import try_template
from app.core.documents.fill import compile_template
from app.core.documents.kinds import kind, kinds
from app.core.documents.templates import find_template
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.actions.test_actions import DAY, NOW, WHO, order, take
from tests.core.documents.papers import W, root, text
from tests.core.workbooks import proposals

OPINION = kind("opinion")


def issued(store: Store, folder: Path, ids: list[int]) -> list[Path]:
    done = issue(store, ids, ["opinion"], order(folder), ticket=Ticket())
    assert done.value.problems == []
    return [*done.value.files, *done.value.merged]


def test_copies_stand_in_one_file_each_under_its_name(tmp_path: Path) -> None:
    with Store.temporary() as store:
        ids = take(store, proposals(tmp_path / "a.xlsx", {}))
        [plain] = issued(store, tmp_path / "一", ids)
        one = text(plain.read_bytes())
        keep_copies(store, "opinion", "正本、副本，存根", "检察官：；书记员：", now=NOW, who=WHO)
        [path] = issued(store, tmp_path / "二", ids)
        whole = text(path.read_bytes())
        assert [name for name in ("（正本）", "（副本）", "（存根）") if whole.count(name) == 1] == [
            "（正本）",
            "（副本）",
            "（存根）",
        ]
        assert whole.count("检察官：\n书记员：") == 3
        assert len(list(root(path.read_bytes()).iter(f"{{{W}}}sectPr"))) == 3
        number = store.papers.all()[-1].number
        assert whole.count(number) == 3
        assert "正本" not in one
        assert "检察官：" not in one


def test_copies_of_many_are_merged_too(tmp_path: Path) -> None:
    with Store.temporary() as store:
        people = [{"罪犯编号": f"90000001{n:02}", "姓名": f"测试{n:02}"} for n in range(3)]
        ids = take(store, proposals(tmp_path / "a.xlsx", *people))
        keep_copies(store, "opinion", "正本、副本", "", now=NOW, who=WHO)
        *_, merged = issued(store, tmp_path / "二", ids)
        whole = text(merged.read_bytes())
        assert (whole.count("（正本）"), whole.count("（副本）")) == (3, 3)


def test_what_is_kept_is_listed_and_can_be_taken_back() -> None:
    with Store.temporary() as store:
        said = keep_copies(store, "notice", " 正本 、副本", "", now=NOW, who=WHO).says
        assert said == "《纠正违法通知书》印正本、副本；署名栏：没有"
        assert copies_of(store, kind("notice")) == ("正本", "副本")
        assert next(each.copies for each in copy_lines(store) if each.id == "notice") == ("正本", "副本")
        keep_copies(store, "notice", "", "检察官：", now=NOW, who=WHO)
        assert copies_of(store, kind("notice")) == ()
        assert signers_of(store, kind("notice")) == ("检察官：",)
        assert copies_of(store, OPINION) == ()


@pytest.mark.parametrize(
    ("copies", "signers", "what"),
    [
        ("一、二、三、四、五、六、七", "", "太多"),
        ("正本、正本", "", "重复"),
        ("正" * 9, "", "太长"),
        ("", "官" * 25, "太长"),
    ],
)
def test_what_cannot_be_meant_is_refused(copies: str, signers: str, what: str) -> None:
    with Store.temporary() as store, pytest.raises(UserError, match=what):
        keep_copies(store, "notice", copies, signers, now=NOW, who=WHO)


def test_a_trial_shows_the_first_copy(tmp_path: Path) -> None:
    with Store.temporary() as store:
        keep_copies(store, "notice", "正本、副本", "检察官：", now=NOW, who=WHO)
        made = text(try_template(store, "notice", tmp_path, DAY, ticket=Ticket()).value.read_bytes())
        assert made.startswith("（正本）\n")
        assert "检察官：" in made


def test_every_document_that_goes_out_can_show_both() -> None:
    for each in kinds():
        if each.outgoing and each.id != "oral":  # it is signed on the spot, in lines of its own
            assert {"联名", "署名栏"} <= set(compile_template(find_template(each)).fields()), each.name
