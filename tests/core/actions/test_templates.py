"""The office's own templates: looked at, put into use, tried, given up, restored; documents are made with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.asking import LETTER
from app.core.actions.issue import Order, issue
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.templates import (
    check_in_use,
    in_use,
    look_at,
    restore_earlier,
    restore_shipped,
    save_copy,
    template_for,
    try_template,
    use_template,
    word_list,
)
from app.core.documents.context import Office
from app.core.documents.kinds import kind, kinds
from app.core.documents.templates import shipped_template
from app.core.errors import TemplateFault, UserError
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.documents.papers import docx, p, saved, text
from tests.core.workbooks import proposals

DAY = date(2026, 11, 21)
NOW, WHO = "2026-11-21T09:00:00", "承办人甲"
OWN = docx(p("本院自己的意见书{{ 文号 }}"), p("罪犯{{ 姓名 }}"))


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as each:
        yield each


def put(store: Store, folder: Path, data: bytes = OWN, name: str = "本院意见书.docx", kind_id: str = "opinion") -> str:
    examined = look_at(kind_id, saved(folder, data, name), ticket=Ticket())
    return use_template(store, kind_id, examined, now=NOW, who=WHO).says


def case(store: Store, folder: Path) -> list[int]:
    plans, _ = look([proposals(folder / "提请.xlsx", {"报请日期": "2022.2.20"})], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
    return store.views.case_ids("reduction")


def opinion(store: Store, ids: list[int], folder: Path, templates: tuple[Path, ...] = ()) -> str:
    order = Order(folder, Office("例县人民检察院", "例", "刑执"), DAY, NOW, WHO, templates=templates)
    made = issue(store, ids, ["opinion"], order, ticket=Ticket()).value
    assert made.problems == []
    return text(made.files[0].read_bytes())


def test_documents_are_made_with_the_offices_template_until_it_is_given_up(store: Store, tmp_path: Path) -> None:
    ids = case(store, tmp_path)
    assert put(store, tmp_path) == "《减刑提请检察意见书》已换成本院模板“本院意见书.docx”"
    assert opinion(store, ids, tmp_path / "一") == "本院自己的意见书例检刑执减意〔2026〕1号\n罪犯赵样一"
    folder = tmp_path / "模板"
    folder.mkdir()
    saved(folder, docx(p("另一个{{ 文号 }}")), kind("opinion").template)
    assert opinion(store, ids, tmp_path / "二", (folder,)).startswith("另一个")
    assert "本院模板仍保存" in restore_shipped(store, "opinion", now=NOW, who=WHO).says
    assert "例县人民检察院" in opinion(store, ids, tmp_path / "三")
    assert [each.own for each in in_use(store) if each.own] == []
    [old] = store.templates.history("opinion")
    restore_earlier(store, old.id, now=NOW, who=WHO)
    assert template_for(store, kind("opinion")).fields() == ("文号", "姓名")
    assert len(store.templates.history("opinion")) == 2
    with pytest.raises(KeyError):
        restore_earlier(store, 99, now=NOW, who=WHO)


def test_what_cannot_be_used_is_not_taken(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"模板还不能用：正文“\{\{ 姓明 \}\}”处不认识的字段“姓明”"):
        put(store, tmp_path, docx(p("{{ 姓明 }}")))
    with pytest.raises(TemplateFault):
        put(store, tmp_path, b"PK")
    assert store.templates.current("opinion") is None


def test_mended_bytes_are_what_is_kept(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, docx("<w:p><w:r><w:t>{{ 姓</w:t></w:r><w:r><w:t>名 }}{{ 文号 }}</w:t></w:r></w:p>"))
    own = store.templates.current("opinion")
    assert own is not None
    assert b"\xe5\xa7\x93\xe5\x90\x8d" in next(
        each for each in _members(store.templates.content(own.id)) if b"w:body" in each
    )
    assert check_in_use(store, "opinion", ticket=Ticket()) == ()


def _members(raw: bytes) -> list[bytes]:
    from tests.core.documents.papers import parts

    return list(parts(raw).values())


def test_a_copy_is_saved_and_comes_back(store: Store, tmp_path: Path) -> None:
    save_copy(store, "opinion", tmp_path / "出厂.docx", shipped=True)
    assert (tmp_path / "出厂.docx").read_bytes() == shipped_template(kind("opinion")).read_bytes()
    put(store, tmp_path)
    save_copy(store, "opinion", tmp_path / "在用.docx", shipped=False)
    assert (tmp_path / "在用.docx").read_bytes() == OWN
    own = store.templates.current("opinion")
    assert own is not None
    restore_shipped(store, "opinion", now=NOW, who=WHO)
    save_copy(store, "opinion", tmp_path / "以前.docx", shipped=False, number=own.id)
    assert (tmp_path / "以前.docx").read_bytes() == OWN


@pytest.mark.parametrize("each", kinds(), ids=lambda each: each.id)
def test_every_shipped_template_is_sound_for_its_kind_and_can_be_tried(
    each: object, store: Store, tmp_path: Path
) -> None:
    kind_id = getattr(each, "id")  # noqa: B009
    assert check_in_use(store, kind_id, ticket=Ticket()) == ()
    done = try_template(store, kind_id, tmp_path, DAY, ticket=Ticket())
    assert "〔" in text(done.value.read_bytes())


def test_a_trial_with_a_case_takes_no_number(store: Store, tmp_path: Path) -> None:
    [number] = case(store, tmp_path)
    done = try_template(store, "opinion", tmp_path, DAY, case_id=number, ticket=Ticket())
    said = text(done.value.read_bytes())
    assert "赵样一" in said
    assert "〔试填，没有编号〕" in said
    assert text(try_template(store, "receipt", tmp_path, DAY, case_id=number, ticket=Ticket()).value.read_bytes())
    assert store.papers.all() == []
    with pytest.raises(UserError, match="不能用案件试填"):
        try_template(store, LETTER, tmp_path, DAY, case_id=number, ticket=Ticket())
    with pytest.raises(UserError):
        try_template(store, "wrong_outside", tmp_path, DAY, case_id=number, ticket=Ticket())
    examined = look_at("opinion", saved(tmp_path, OWN), ticket=Ticket())
    tried = try_template(store, "opinion", tmp_path, DAY, case_id=number, examined=examined, ticket=Ticket())
    assert text(tried.value.read_bytes()) == "本院自己的意见书〔试填，没有编号〕\n罪犯赵样一"
    assert store.templates.current("opinion") is None


def test_the_list_of_words_is_that_of_the_kind() -> None:
    written = [each.written for each in word_list("data_quality")]
    assert "{{ 院名 }}" in written
    assert "{%p if 有退回行 %} … {%p endif %}" in written
    assert not any("提请内容" in each for each in written)
    assert "{{ 提请内容 }}" in [each.written for each in word_list("opinion")]
    assert "　　{{ 项.名称 }}" in [each.written for each in word_list("opinion")]
