"""Sheets in the store: nothing of a row is lost, a withdrawn sheet is gone, its number is not given again."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from app.core.errors import UserError
from app.core.records import Aside, Cell, Record, Reject
from app.core.store.codec import RecordReader
from app.core.store.database import Store
from app.core.store.rows import PaperState
from tests.core.store.samples import (
    FILE,
    LABELS,
    LATER,
    NOW,
    OPINIONS,
    SHEET,
    WHO,
    facts,
    findings_of,
    record,
    records,
    review,
    stored_batch,
    stored_cases,
    verdict,
)
from tests.core.store.samples import put as put_reviews

REJECTS = [
    Reject(FILE, SHEET, 9, "刑期止日", "2026.13.1", "没有这一天", ("9", "赵样9", "2026.13.1")),
    Reject(FILE, SHEET, 12, "", "", "整行无法识别", ()),
]


def test_records_come_back_as_they_were_with_ids_in_order(store: Store) -> None:
    batch = store.batches.add(facts(2500), now=NOW, who=WHO)
    ids = store.batches.put_records(batch, records(2500))
    found = list(store.batches.records())
    assert [each.id for each in found] == list(ids)
    for back, given_ in zip(found, records(2500), strict=True):
        assert (back.table, back.file, back.sheet, back.row) == ("R1", FILE, SHEET, given_.row)
        assert back.cells == given_.cells


def test_records_by_table_and_by_id(store: Store) -> None:
    stored_batch(store, 3)
    stored_batch(store, 2, table="R2")
    assert store.batches.tables_present() == {"R1", "R2"}
    assert [each.table for each in store.batches.records("R2")] == ["R2", "R2"]
    assert [each.id for each in store.batches.records(ids=[5, 2, 99])] == [2, 5]
    assert [each.id for each in store.batches.records("R1", ids=[5, 2])] == [2]
    assert list(store.batches.records(ids=[])) == []


def test_slim_rows_come_table_by_table_as_asked(store: Store) -> None:
    stored_batch(store, 2)
    stored_batch(store, 1, table="R2")
    found = list(store.batches.slim({"R2": {"name"}, "R1": {"name", "nowhere"}}))
    assert [(each.table, each.id) for each in found] == [("R2", 3), ("R1", 1), ("R1", 2)]
    whole = {each.id: each for each in store.batches.records()}
    assert all(each["name"] == whole[each.id]["name"] and set(each.cells) == {"name"} for each in found)


def test_rows_may_be_read_elsewhere(store: Store) -> None:
    stored_batch(store, 3)
    ids = [each.id for each in store.batches.records()]
    there: RecordReader = pickle.loads(pickle.dumps(store.batches.reader()))
    rows = list(store.batches.rows_under(ids))
    assert list(there.read(rows)) == list(store.batches.records(None, ids))
    assert list(there.read([(each, 99, *more) for each, _, *more in rows])) == []


def test_the_records_of_one_batch_are_its_own(store: Store) -> None:
    stored_batch(store, 1500)
    stored_batch(store, 2)
    first, second = (each.id for each in store.batches.all())
    assert [each.row for each in store.batches.records_of(first)] == list(range(3, 1503))
    assert [each.id for each in store.batches.records_of(second)] == [1501, 1502]
    store.batches.withdraw(second, now=NOW, who=WHO)
    with pytest.raises(KeyError):
        list(store.batches.records_of(second))


def test_the_record_of_one_row_is_found_in_the_newer_import(store: Store) -> None:
    stored_batch(store, 3)
    newer = stored_batch(store, 3)
    wanted = list(records(3))[1]
    found = store.batches.record_at(FILE, SHEET, wanted.row)
    assert found is not None
    assert found.cells == wanted.cells
    store.batches.withdraw(newer, now=LATER, who=WHO)
    older = store.batches.record_at(FILE, SHEET, wanted.row)
    assert older is not None
    assert older.id < found.id
    assert store.batches.record_at(FILE, "别的表", wanted.row) is None
    assert store.batches.record_at(FILE, SHEET, 9999) is None


def test_the_store_may_be_used_between_two_records(store: Store) -> None:
    stored_batch(store, 1500)
    for number, each in enumerate(store.batches.records()):
        if number % 700 == 0:
            store.settings.set("到", str(each.id))
    assert store.settings.get("到") == "1401"


def test_columns_read_into_one_field_keep_their_own_labels(store: Store) -> None:
    mapping = {"姓名": "name", "罪犯姓名": "name", "编号": "prisoner_no"}
    base = facts(2)
    batch = store.batches.add(
        type(base)(**{name: getattr(base, name) for name in base.__dataclass_fields__} | {"mapping": mapping}),
        now=NOW,
        who=WHO,
    )
    cells = [{"name": Cell("赵样一", "赵样一", "姓名")}, {"name": Cell("赵样二", "赵样 二", "罪犯姓名", "去掉空格")}]
    store.batches.put_records(batch, [Record("R1", FILE, SHEET, place, each) for place, each in enumerate(cells)])
    assert [each.cells for each in store.batches.records()] == cells


def test_the_batch_list_tells_what_was_imported(store: Store) -> None:
    number = store.batches.add(facts(3, 2), now=NOW, who=WHO)
    store.batches.put_rejects(number, REJECTS)
    (batch,) = store.batches.all()
    assert (batch.id, batch.rows, batch.accepted, batch.rejected) == (number, 5, 3, 2)
    assert (batch.imported_at, batch.imported_by, batch.unmapped) == (NOW, WHO, ("从严情形说明",))
    assert (batch.mapping, batch.header_row, batch.file, batch.sheet) == (LABELS, 2, FILE, SHEET)
    assert store.batches.rejects(number) == REJECTS


def test_what_lay_around_the_rows_is_kept(store: Store) -> None:
    aside = (Aside(9, "合计、小计", "合计 3人"), Aside(10, "表尾", "制表人：试甲"))
    store.batches.add(replace(facts(3), header_first=3, header_row=4, hidden=True, aside=aside), now=NOW, who=WHO)
    store.batches.add(facts(1), now=NOW, who=WHO)
    batch, plain = store.batches.all()
    assert (batch.header_first, batch.header_row, batch.hidden, batch.aside) == (3, 4, True, aside)
    assert (plain.hidden, plain.aside) == (False, ())


def test_a_file_imported_before_is_recognised_by_its_bytes(store: Store) -> None:
    first = store.batches.add(facts(0, sha256="aa"), now=NOW, who=WHO)
    store.batches.add(facts(0, sha256="bb"), now=NOW, who=WHO)
    assert [each.id for each in store.batches.same_file("aa")] == [first]
    store.batches.withdraw(first, now=LATER, who=WHO)
    assert store.batches.same_file("aa") == []


def test_rows_that_do_not_add_up_are_a_bug() -> None:
    with pytest.raises(ValueError, match="5 rows"):
        type(facts(1))(**{name: getattr(facts(3, 2), name) for name in facts(1).__dataclass_fields__} | {"accepted": 1})


@pytest.mark.parametrize("stranger", [record(2, table="R2"), record(2, sheet="另一页")])
def test_a_record_of_another_sheet_is_a_bug_and_nothing_is_kept(store: Store, stranger: Record) -> None:
    batch = store.batches.add(facts(2), now=NOW, who=WHO)
    with pytest.raises(ValueError, match="does not belong"):
        store.batches.put_records(batch, [record(1), stranger])
    assert list(store.batches.records()) == []


def test_a_withdrawn_batch_is_gone_everywhere(store: Store) -> None:
    cases = stored_cases(store, 3)
    kept = stored_cases(store, 2)
    store.batches.put_rejects(1, REJECTS)
    put_reviews(store, *((case, review(case, verdict("JX-T01"))) for case in (*cases, *kept)))
    store.batches.withdraw(1, now=LATER, who=WHO)
    assert [each.id for each in store.batches.all()] == [2]
    assert len(list(store.batches.records())) == 2
    assert store.views.case_ids("reduction") == list(kept)
    assert store.views.summary("reduction").cases == 2
    assert {each.case_id for each in store.casebook.findings(current=None)} <= set(kept)
    assert store.casebook.review_of(cases[0]) is None
    assert store.casebook.case_of("reduction").keys() == {4, 5}
    assert store.audit.entries()[-1].act == "撤销导入"
    assert store._link.rows("SELECT count(*) FROM rejects") == [(0,)]
    assert store.problems() == ()
    with pytest.raises(KeyError):
        store.batches.withdraw(1, now=LATER, who=WHO)


def test_the_numbers_of_a_withdrawn_batch_and_its_rows_are_not_given_again(store: Store) -> None:
    old_cases = stored_cases(store, 3)
    old_records = {each.id for each in store.batches.records()}
    store.batches.withdraw(1, now=LATER, who=WHO)
    new_cases = stored_cases(store, 3)
    assert store.batches.all()[0].id == 2
    assert not set(old_cases) & set(new_cases)
    assert not old_records & {each.id for each in store.batches.records()}


def test_a_batch_with_an_issued_document_stays(store: Store) -> None:
    case = stored_cases(store, 2)[0]
    paper = store.papers.reserve_for(
        case, "opinion", OPINIONS, "例检〔2026〕{}号".format, template="t", now=NOW, who=WHO
    )
    store.papers.mark_issued(paper.id, file="意见书.docx", sha256="cc", now=NOW, who=WHO)
    with pytest.raises(UserError, match=r"已制作文书1份（例检〔2026〕1号）.*作废"):
        store.batches.withdraw(1, now=LATER, who=WHO)
    assert len(store.views.case_ids("reduction")) == 2
    store.papers.void(paper.id, why="对象有误", now=LATER, who=WHO)
    store.batches.withdraw(1, now=LATER, who=WHO)
    assert store.views.case_ids("reduction") == []


def test_withdrawing_voids_reserved_papers_and_keeps_their_numbers(store: Store) -> None:
    case = stored_cases(store, 1)[0]
    store.papers.reserve_for(case, "opinion", OPINIONS, str, template="t", now=NOW, who=WHO)
    store.batches.withdraw(1, now=LATER, who=WHO)
    (paper,) = store.papers.all()
    assert (paper.state, paper.n, paper.case_id) == (PaperState.VOID, 1, None)
    assert "撤销导入" in paper.void_why
    assert store.papers.reserve(OPINIONS, now=LATER) == 2


def test_importing_again_brings_back_what_people_decided(store: Store) -> None:
    from app.core.findings import Level, State

    found = review(1, verdict("JX-T03", Level.UNLAWFUL, "间隔不足"))
    put_reviews(store, (stored_cases(store, 1)[0], found))
    store.lives.move(findings_of(found)[0].key, State.EXCLUDED, who=WHO, why="笔误", code="data_error", now=NOW)
    store.batches.withdraw(1, now=LATER, who=WHO)
    put_reviews(store, (stored_cases(store, 1)[0], found), now=LATER)
    (back,) = store.casebook.findings()
    assert (back.state, back.why, back.first_seen, back.last_seen) == (State.EXCLUDED, "笔误", NOW, LATER)
