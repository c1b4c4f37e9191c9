"""De-identified copies: nothing in them tells who it is, and the key never lies beside them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.core.actions import masked
from app.core.actions.issue import issue
from app.core.actions.masked import Masked, masked_copies
from app.core.documents.kinds import kind
from app.core.errors import Cancelled, FolderUnwritable, UserError
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.actions.test_actions import NOW, WHO, order, take
from tests.core.documents.papers import docx, p, text
from tests.core.stopping import Stopping
from tests.core.workbooks import proposals

KINDS = ("review_report", "opinion", "receipt")


def issued(store: Store, folder: Path, count: int = 2) -> list[int]:
    people = [
        {"罪犯编号": f"90000001{n:02}", "姓名": f"测试某人{n}", "身份证号码": f"11010119900101{n:04}"}
        for n in range(count)
    ]
    ids = take(store, proposals(folder / "名册.xlsx", *people))
    issue(store, ids, KINDS, order(folder / "文书"), ticket=Ticket())
    return [each.id for each in store.papers.all()]


def copied(store: Store, papers: list[int], folder: Path, key: Path) -> Masked:
    done = masked_copies(store, papers, folder, key, now=NOW, who=WHO, ticket=Ticket())
    assert isinstance(done.value, Masked)
    return done.value


def test_no_byte_of_a_copy_tells_who_it_is(tmp_path: Path) -> None:
    with Store.temporary() as store:
        papers = issued(store, tmp_path)
        found = copied(store, papers, tmp_path / "副本", tmp_path / "另存")
        assert (len(found.files), found.problems) == (6, [])
        secrets = [b"9000000100", b"9000000101"]
        secrets += [each.encode() for each in ("测试某人", "例县", "某检察官", "名册.xlsx")]
        for path in found.files:
            assert not [each for each in secrets if each in str(path.relative_to(tmp_path)).encode()]
            with zipfile.ZipFile(path) as box:
                for name in box.namelist():
                    assert not [each for each in secrets if each in box.read(name)], f"{path.name} {name}"


def test_no_copy_is_left_without_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise FolderUnwritable("磁盘已满", do="请腾出空间")

    with Store.temporary() as store:
        papers = issued(store, tmp_path)
        places = (tmp_path / "副本", tmp_path / "另存")
        with pytest.raises(Cancelled):
            masked_copies(store, papers, *places, now=NOW, who=WHO, ticket=Stopping(4))
        for owner, name in ((masked, "write_whole"), (store.audit, "note")):
            with monkeypatch.context() as patched:
                patched.setattr(owner, name, full)
                with pytest.raises(FolderUnwritable):
                    copied(store, papers, *places)
        assert [each for each in tmp_path.rglob("*.docx") if "副本" in each.parts] == []
        assert list(tmp_path.rglob("*对照表*")) == []
        assert len(copied(store, papers, *places).files) == 6


def test_a_person_is_the_same_in_all_documents_and_the_key_tells_who(tmp_path: Path) -> None:
    with Store.temporary() as store:
        papers = issued(store, tmp_path)
        found = copied(store, papers, tmp_path / "副本", tmp_path / "另存")
        assert found.key is not None
        sheet = load_workbook(found.key)["对照"]
        rows = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=2)}
        for n in range(2):
            shown = rows[f"测试某人{n}"]
            about = [path for path in found.files if path.name.startswith(f"{shown}_")]
            assert len(about) == len(KINDS)
            assert all(shown in text(path.read_bytes()) for path in about if "回证" not in path.name)
        assert not list((tmp_path / "副本").rglob("*.xlsx"))


@pytest.mark.parametrize("place", ["副本", "副本/里面", "."])
def test_the_key_never_lies_beside_the_copies(tmp_path: Path, place: str) -> None:
    with Store.temporary() as store:
        papers = issued(store, tmp_path, 1)
        with pytest.raises(UserError, match="不能与去标识副本放在一起"):
            masked_copies(store, papers, tmp_path / "副本", tmp_path / place, now=NOW, who=WHO, ticket=Ticket())
        assert not (tmp_path / "副本").exists()


def test_a_template_that_spells_a_name_out_in_pieces_gives_no_copy(tmp_path: Path) -> None:
    with Store.temporary() as store:
        papers = issued(store, tmp_path, 1)
        own = docx(p("例县", "人民检察院"), p("{{ 文号 }}{{ 姓名 }}"))
        store.templates.use("opinion", "本院.docx", own, now=NOW, who=WHO)
        found = copied(store, papers, tmp_path / "副本", tmp_path / "另存")
        assert [each.what for each in found.problems if kind("opinion").name in each.what]
        assert len(found.files) == 2


def test_nothing_made_is_said(tmp_path: Path) -> None:
    with Store.temporary() as store, pytest.raises(UserError, match="没有可以制作副本的文书"):
        masked_copies(store, [], tmp_path / "副本", tmp_path / "另存", now=NOW, who=WHO, ticket=Ticket())
