"""Asking for data: each holder gets a letter that names the columns, and blank workbooks that can be read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.asking import OURSELVES, Inquiry, by_holder, letter_words, save_blanks, write_letters
from app.core.actions.receive import look
from app.core.documents.context import Office
from app.core.errors import Cancelled, TemplateFault, UserError
from app.core.intake.blank import how
from app.core.intake.declared import tables
from app.core.intake.wanted import useful
from app.core.jobs import Ticket
from app.core.records import FieldType
from app.core.store.database import Store
from tests.core.documents.papers import docx, p, saved, text

DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "测试员"
OFFICE = Office("例县人民检察院", "例县", "执检", "", "某检察官")
REDUCTION = ("R1", "R2", "R7")


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def written(store: Store, folder: Path, *table_ids: str, **words: object) -> list[Path]:
    """The letters for these tables."""
    inquiry = Inquiry(table_ids, folder, OFFICE, DAY, **words)  # type: ignore[arg-type]
    return write_letters(store, inquiry, now=NOW, who=WHO, ticket=Ticket()).value


def test_every_blank_workbook_is_known_again_by_the_import(tmp_path: Path) -> None:
    done = save_blanks(tuple(tables()), tmp_path, ticket=Ticket())
    assert done.says == "已保存空白表 35 张"
    plans, problems = look(done.value, ticket=Ticket())
    assert not problems
    assert [each.mapping.table.id for each in plans if each.mapping and not each.problem] == list(tables())


def test_a_holder_gets_one_letter_with_all_its_tables_and_their_blanks(store: Store, tmp_path: Path) -> None:
    prison, justice = written(store, tmp_path, "R1", "T02", "R7", "T05", recipients={"监狱": "例县监狱"})
    assert prison.parent.name == "调取数据_例县监狱"
    assert justice.parent.name == "调取数据_社区矫正机构"
    assert {each.name for each in prison.parent.iterdir()} == {
        "调取数据函.docx",
        "提请减刑(假释)案件表（空白表）.xlsx",
        "狱内再犯罪_漏罪表（空白表）.xlsx",
    }
    said = text(prison.read_bytes())
    assert "例县监狱：" in said
    assert "2026年11月21日" in said
    assert "附件2" in said
    assert "T02" not in said
    assert tables()["T02"].name not in said
    assert "【待填】：" in text(justice.read_bytes())


def test_the_letter_names_the_useful_columns_the_most_useful_first(store: Store, tmp_path: Path) -> None:
    [letter] = written(store, tmp_path, *REDUCTION, span="2026年的案件", due="2026年12月5日", phone="000-0000")
    lines = text(letter.read_bytes()).split("\n")
    for table in (tables()[each] for each in REDUCTION):
        names = [each.name for each in useful(table)]
        start = lines.index(f"《{table.name}》的各列")
        places = [lines.index(name, start) for name in names]
        assert places == sorted(places)
        assert any(f"《{table.name}》，共{len(names)}列" in line for line in lines)
    assert lines[:3] == ["例县人民检察院", "调取数据函", "【待填】"]
    said = "\n".join(lines)
    assert said.count("【待填】") == 2  # the number, the recipient
    for words in ("数据范围：2026年的案件", "请于2026年12月5日前", "联系电话：000-0000", "联系人：某检察官"):
        assert words in said
    assert f"{len(tables()['R1'].field('filed_on').unlocks)} 项" in lines


def test_columns_of_choices_list_them_and_no_word_is_about_cells(store: Store, tmp_path: Path) -> None:
    for table in tables().values():
        for field in table.fields:
            assert "本列" not in how(field)
            assert "下拉" not in how(field)
            if field.type is FieldType.CHOICE:
                assert all(each in how(field) for each in field.choices)


@pytest.mark.parametrize("table", tables().values(), ids=lambda each: each.id)
def test_every_table_has_words_for_a_letter(table: object) -> None:
    words = letter_words([table], "某单位", Inquiry((), Path(), OFFICE, DAY))  # type: ignore[list-item]
    [row] = words["调取的表"]  # type: ignore[misc]
    assert int(row["列数"]) == len(row["各列"]) > 2
    assert all(each["列名"] and each["怎样填写"] and each["示例"] for each in row["各列"])


def test_our_own_tables_need_no_letter() -> None:
    held = by_holder(tuple(tables()))
    assert OURSELVES not in held
    kept = {each.id for each in tables().values() if each.holder == OURSELVES}
    assert kept
    assert {each.id for group in held.values() for each in group} == set(tables()) - kept


def test_nothing_is_written_over_and_the_log_tells(store: Store, tmp_path: Path) -> None:
    first = written(store, tmp_path, "R2", recipients={"监狱": "例县监狱"})
    second = written(store, tmp_path, "R2", recipients={"监狱": "例县监狱"})
    assert first != second
    assert all(each.exists() for each in first + second)
    entry = store.audit.entries(1)[0]
    assert (entry.act, entry.who) == ("生成调取数据函", WHO)
    assert "例县监狱" in str(entry.what)


def test_the_offices_own_template_is_used_and_a_faulty_one_stops_it(store: Store, tmp_path: Path) -> None:
    own = tmp_path / "模板"
    own.mkdir()
    saved(own, docx(p("致{{ 受文单位 }}")), "调取数据函.docx")
    [letter] = written(store, tmp_path / "出", "R2", recipients={"监狱": "例县监狱"}, templates=(own,))
    assert text(letter.read_bytes()) == "致例县监狱"
    saved(own, docx(p("{{ 受文单味 }}")), "调取数据函.docx")
    with pytest.raises(TemplateFault):
        written(store, tmp_path / "另", "R2", templates=(own,))
    assert not (tmp_path / "另").exists()


def test_it_can_be_stopped_and_a_folder_that_is_none_is_said(store: Store, tmp_path: Path) -> None:
    stopped = Ticket()
    stopped.cancel()
    with pytest.raises(Cancelled):
        save_blanks(("R1",), tmp_path, ticket=stopped)
    (tmp_path / "占").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(UserError):
        save_blanks(("R1",), tmp_path / "占" / "内", ticket=Ticket())
