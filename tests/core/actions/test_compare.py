"""The same list again: what is new, changed or gone, what people decided stays, and taking it back undoes it all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.actions.compare import GONE, REFUSED, UNSURE, Compared, differences
from app.core.actions.decide import decide
from app.core.actions.issue import issue
from app.core.actions.order import Order
from app.core.actions.receive import SheetResult, look, receive, save_rejects
from app.core.actions.review import review
from app.core.actions.withdraw import withdraw
from app.core.documents.context import Office
from app.core.errors import Cancelled, UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from app.core.store.rows import QuestionState
from tests.core.workbooks import PROPOSAL, proposals, write_book

DAY, NOW, LATER, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "2026-12-21T09:00:00", "测试员"
ONE: Mapping[str, object] = {}
TWO = {"罪犯编号": "9000000002", "姓名": "钱样二", "报请日期": "2022-04-13"}
THREE = {"罪犯编号": "9000000003", "姓名": "孙样三"}
LESS = {"提请减刑幅度": "五个月", "减后刑期止日": "2027-11-10"}
# The view of a batch is not restored: the next review makes it anew from what is left.
KEPT_FOREVER = {
    "review_runs",  # what each review asked and found, told once and for all
    "rule_yields",
    "overviews",
    "overview_batches",
    "audit",
    "batches",
    "sqlite_sequence",
    "findings",
    "_sqlite_migrations",
    "numbers",
    "law_items",
    "phrases",
    "law_sets",
}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def take(store: Store, *paths: Path) -> list[SheetResult]:
    """Receive files as they are recognised."""
    plans, problems = look(paths, ticket=Ticket())
    assert not problems
    results: list[SheetResult] = receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value
    assert not any(each.skipped for each in results)
    return results


def compared(store: Store, *paths: Path) -> Compared:
    """How the one sheet of files stands to the one before."""
    [result] = take(store, *paths)
    assert result.compared is not None
    return result.compared


def numbers(found: Compared) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.same, len(found.missed)


def cases(store: Store) -> dict[int, str]:
    """Name by case id."""
    return {each.id: each.name for each in store.views.case_rows(store.views.case_ids("reduction"))}


def run_review(store: Store) -> None:
    review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that withdrawing must restore."""
    names = [name for (name,) in store._link.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    told = {name: sorted(map(repr, store._link.rows(f"SELECT * FROM {name}"))) for name in names}  # type: ignore[misc]
    return {name: rows for name, rows in told.items() if name not in KEPT_FOREVER}  # type: ignore[misc]


def test_the_first_list_is_compared_with_nothing(store: Store, tmp_path: Path) -> None:
    [result] = take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    assert result.compared is None
    assert store.batches.all()[0].unit == "例县监狱"


def test_the_same_list_again_changes_nothing_and_its_cases_go_on(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    run_review(store)
    before = cases(store)
    found = compared(store, proposals(tmp_path / "b.xlsx", TWO, ONE, title="例县监狱名册（再报）"))
    assert numbers(found) == (0, 0, 2, 0)
    assert (found.before.file, found.before.sheet) == ("a.xlsx", "提请")
    assert cases(store) == before
    assert len(list(store.batches.records())) == 2
    assert all(each.conclusion for each in store.views.case_rows(list(before)))


def test_a_changed_cell_supersedes_the_row_and_the_case_keeps_what_was_decided(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    run_review(store)
    before = cases(store)
    [finding] = [each for each in store.casebook.findings() if each.verdict.rule == "JX-T01"]
    decide(store, finding.key, State.EXCLUDED, who=WHO, why="已核对回执", now=NOW)
    found = compared(store, proposals(tmp_path / "b.xlsx", ONE, {**TWO, **LESS}))
    assert numbers(found) == (0, 1, 1, 0)
    [change] = differences(store, store.batches.all()[-1].id)
    assert [(each.field, each.before, each.after) for each in change.fields] == [
        ("提请减刑幅度", "六个月", "五个月"),
        ("减后刑期止日", "2027-10-10", "2027-11-10"),
    ]
    assert store.repeats.earlier(change.new.id) == [change.old.id]
    assert cases(store) == before
    [row] = [each for each in store.views.case_rows(list(before)) if each.name == "钱样二"]
    assert (row.proposal, row.conclusion, row.record_id) == ("减刑五个月", "", change.new.id)
    run_review(store)
    [again] = [each for each in store.casebook.findings() if each.verdict.rule == "JX-T01"]
    assert (again.state, again.why) == (State.EXCLUDED, "已核对回执")


def test_a_vanished_row_raises_a_question_and_closes_nothing(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    found = compared(store, proposals(tmp_path / "b.xlsx", ONE, THREE))
    assert numbers(found) == (1, 0, 1, 1)
    assert len(cases(store)) == 3
    newest = store.batches.all()[-1].id
    [question] = store.repeats.questions(newest)
    assert (question.person, question.what, question.state) == ("钱样二（9000000002）", GONE, QuestionState.OPEN)
    assert store.repeats.open_questions() == {newest: 1}
    with pytest.raises(UserError, match="说明"):
        store.repeats.answer([question.id], " ", now=LATER, who=WHO)
    store.repeats.answer([question.id], "已撤回提请", now=LATER, who=WHO)
    [answered] = store.repeats.questions()
    assert (answered.state, answered.note, answered.answered_by) == (QuestionState.ANSWERED, "已撤回提请", WHO)
    assert store.repeats.open_questions() == {}
    assert "钱样二" in cases(store).values()


def test_a_row_is_asked_about_once_and_may_come_back(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    take(store, proposals(tmp_path / "b.xlsx", ONE))
    assert numbers(compared(store, proposals(tmp_path / "c.xlsx", ONE, THREE))) == (1, 0, 1, 0)
    assert numbers(compared(store, proposals(tmp_path / "d.xlsx", ONE, TWO, THREE))) == (0, 0, 3, 0)
    [question] = store.repeats.questions()
    assert question.back_in == store.batches.all()[-1].id
    assert store.repeats.open_questions() == {}


def test_two_units_with_the_same_table_do_not_miss_each_others_rows(store: Store, tmp_path: Path) -> None:
    here, there = {"监狱": "例县监狱"}, {"监狱": "样市监狱"}
    take(store, proposals(tmp_path / "a.xlsx", {**ONE, **here}, {**TWO, **here}))
    [result] = take(store, proposals(tmp_path / "b.xlsx", {**THREE, **there}, title="样市监狱提请减刑名册"))
    assert result.compared is None
    assert [each.unit for each in store.batches.all()] == ["例县监狱", "样市监狱"]
    found = compared(store, proposals(tmp_path / "c.xlsx", {**THREE, **there, **LESS}, title="样市监狱提请减刑名册"))
    assert numbers(found) == (0, 1, 0, 0)


def test_another_batch_of_proposals_misses_nobody(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    later = {"批次": "2026年第五批", "报请日期": "2022-11-20"}
    [result] = take(store, proposals(tmp_path / "b.xlsx", {**ONE, **later}))
    assert result.compared is None or numbers(result.compared) == (1, 0, 0, 0)
    assert store.repeats.questions() == []
    assert len(cases(store)) == 3


def test_the_same_person_twice_in_a_list_is_two_rows(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, ONE, TWO))
    found = compared(store, proposals(tmp_path / "b.xlsx", ONE, ONE, {**TWO, **LESS}))
    assert numbers(found) == (0, 1, 2, 0)
    unsure = compared(store, proposals(tmp_path / "c.xlsx", {**ONE, **LESS}, TWO))
    assert numbers(unsure) == (1, 1, 0, 2)
    assert {each.what for each in unsure.missed} == {UNSURE}


def test_refused_rows_mended_are_no_list_of_their_own(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO, THREE))
    [result] = take(store, proposals(tmp_path / "b.xlsx", ONE, TWO, {**THREE, "姓名": ""}))
    assert (len(result.rejected), result.compared is None) == (1, False)
    assert result.compared is not None
    assert [each.what for each in result.compared.missed] == [REFUSED]
    save_rejects(result, tmp_path / "退回.xlsx")
    mended(tmp_path / "退回.xlsx", "姓名", "孙样三")
    assert numbers(compared(store, tmp_path / "退回.xlsx")) == (0, 0, 1, 0)
    assert store.repeats.open_questions() == {}
    assert len(cases(store)) == 3


def mended(path: Path, label: str, value: str) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    [column] = [cell.column for cell in sheet[1] if cell.value == label]
    sheet.cell(2, column, value)
    book.save(path)


def test_sheets_of_one_file_are_one_list(store: Store, tmp_path: Path) -> None:
    rows = [{**PROPOSAL, **each} for each in (ONE, TWO, THREE)]
    take(store, write_book(tmp_path / "a.xlsx", ("甲", rows[:2]), ("乙", rows[2:])))
    results = take(store, write_book(tmp_path / "b.xlsx", ("甲", rows[:1]), ("乙", rows[1:])))
    assert [numbers(each.compared) for each in results if each.compared] == [(0, 0, 1, 0), (0, 0, 2, 0)]


def test_files_dropped_together_miss_only_what_none_of_them_has(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO, THREE))
    results = take(store, proposals(tmp_path / "b.xlsx", ONE), proposals(tmp_path / "c.xlsx", TWO))
    missed = [each.person for result in results if result.compared for each in result.compared.missed]
    assert missed == ["孙样三（9000000003）"]
    assert len(cases(store)) == 3


def test_withdrawing_restores_the_state_before(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO, THREE))
    run_review(store)
    before = dump(store)
    take(store, proposals(tmp_path / "b.xlsx", {**ONE, **LESS}, TWO))
    run_review(store)
    after = dump(store)
    withdraw(store, store.batches.all()[-1].id, now=LATER, who=WHO)
    assert dump(store) == before
    again = compared(store, tmp_path / "b.xlsx")
    assert numbers(again) == (0, 1, 1, 1)
    assert dump(store) != after
    withdraw(store, store.batches.all()[-1].id, now=LATER, who=WHO)
    assert dump(store) == before


def test_a_list_between_two_others_can_be_withdrawn(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO, THREE))
    known = cases(store)
    take(store, proposals(tmp_path / "b.xlsx", {**ONE, **LESS}, TWO))
    take(store, proposals(tmp_path / "c.xlsx", {**ONE, **LESS}))
    first, second, third = (each.id for each in store.batches.all())
    withdraw(store, second, now=LATER, who=WHO)
    assert store.problems() == ()
    [change] = differences(store, third)
    assert (change.old.file, change.new.file) == ("a.xlsx", "c.xlsx")
    asked = {(each.person[:3], each.batch_id) for each in store.repeats.questions()}
    assert asked == {("钱样二", third), ("孙样三", third)}
    assert cases(store) == known
    withdraw(store, third, now=LATER, who=WHO)
    assert cases(store) == known
    assert [each.id for each in store.batches.all()] == [first]
    assert (store.repeats.questions(), len(list(store.batches.records()))) == ([], 3)


def test_the_first_of_two_lists_can_be_withdrawn(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    take(store, proposals(tmp_path / "b.xlsx", {**ONE, **LESS}))
    first, second = (each.id for each in store.batches.all())
    withdraw(store, first, now=LATER, who=WHO)
    assert list(cases(store).values()) == ["赵样一"]
    assert store.repeats.questions() == []
    assert store.batches.all()[0].before == 0
    withdraw(store, second, now=LATER, who=WHO)
    assert (cases(store), store.problems()) == ({}, ())


def test_a_document_issued_from_a_list_keeps_that_list(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE))
    take(store, proposals(tmp_path / "b.xlsx", {**ONE, **LESS}))
    run_review(store)
    office = Office(name="例县人民检察院", short="例县", department="执检", handler="某检察官")
    issue(store, list(cases(store)), ("opinion",), Order(tmp_path / "文书", office, DAY, NOW, WHO), ticket=Ticket())
    first, second = (each.id for each in store.batches.all())
    with pytest.raises(UserError, match="已制作文书1份"):
        withdraw(store, second, now=LATER, who=WHO)
    withdraw(store, first, now=LATER, who=WHO)
    assert list(cases(store).values()) == ["赵样一"]


def test_a_draft_goes_with_its_case_and_back(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE))
    run_review(store)
    (tmp_path / "堵").write_text("不是文件夹", encoding="utf-8")
    order = Order(tmp_path / "堵", Office(name="例县人民检察院", short="例县", department="执检"), DAY, NOW, WHO)
    issue(store, list(cases(store)), ("opinion",), order, ticket=Ticket())
    before = dump(store)
    take(store, proposals(tmp_path / "b.xlsx", {**ONE, **LESS}))
    first, second = (each.id for each in store.batches.all())
    assert (len(store.papers.of_batch(first)), len(store.papers.of_batch(second))) == (0, 1)
    withdraw(store, second, now=LATER, who=WHO)
    assert dump(store) == before


def test_a_comparison_that_is_stopped_leaves_nothing(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", ONE, TWO))
    before = dump(store)
    plans, _ = look([proposals(tmp_path / "b.xlsx", {**ONE, **LESS})], ticket=Ticket())

    class Stopping(Ticket):
        def step(self, done: int, total: int = 0, says: str = "") -> None:
            if says.startswith("与以前的名单比较"):
                raise Cancelled

    with pytest.raises(Cancelled):
        receive(store, plans, now=NOW, who=WHO, ticket=Stopping())
    assert dump(store) == before
    assert len(store.batches.all()) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_lists_withdrawn_in_any_order_leave_a_sound_store(store: Store, tmp_path: Path, order: Sequence[int]) -> None:
    lists = [(ONE, TWO), ({**ONE, **LESS}, THREE), (ONE, {**TWO, **LESS}, THREE)]
    for number, rows in enumerate(lists):
        take(store, proposals(tmp_path / f"{number}.xlsx", *rows))
        run_review(store)
    ids = [each.id for each in store.batches.all()]
    for place in order:
        withdraw(store, ids[place], now=LATER, who=WHO)
        assert store.problems() == ()
        standing = {each.id for each in store.batches.records()}
        assert {each.record_id for each in store.views.case_rows(list(cases(store)))} == standing
    left = dump(store)
    assert {name: rows for name, rows in left.items() if rows} == {}


def test_the_report_tells_how_the_list_stands_to_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.core.batch import main

    monkeypatch.setenv("XZZJ_PASSPHRASE", "口令")
    for book in (proposals(tmp_path / "a.xlsx", ONE, TWO), proposals(tmp_path / "b.xlsx", THREE, {**ONE, **LESS})):
        words = [str(book), "--out", str(tmp_path / "果"), "--store", str(tmp_path / "数据.db")]
        assert main(words, today=DAY, now=NOW) == 0
    [sheet] = json.loads((tmp_path / "果" / "import.json").read_text(encoding="utf-8"))
    assert sheet["compared"] == {
        "before": {"file": "a.xlsx", "sheet": "提请", "imported_at": NOW},
        "new": 1,
        "changed": [
            {
                "row": 4,
                "before_row": 3,
                "columns": {
                    "提请减刑幅度": {"before": "六个月", "after": "五个月"},
                    "减后刑期止日": {"before": "2027-10-10", "after": "2027-11-10"},
                },
            }
        ],
        "same": 0,
        "vanished": [{"file": "a.xlsx", "sheet": "提请", "row": 4, "person": "钱样二（9000000002）", "question": GONE}],
    }


PEOPLE = st.dictionaries(st.integers(1, 9), st.sampled_from(["四个月", "五个月", "六个月"]), min_size=1)


@settings(max_examples=15, deadline=None)
@given(old=PEOPLE, new=PEOPLE)
def test_the_counts_add_up_to_both_lists(
    old: dict[int, str], new: dict[int, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("名册")

    def rows(people: dict[int, str]) -> list[Mapping[str, object]]:
        listed = ({"罪犯编号": f"900000000{each}", "姓名": f"赵样{each}"} for each in people)
        return [{**who, "提请减刑幅度": amount} for who, amount in zip(listed, people.values(), strict=True)]

    with Store.temporary() as store:
        take(store, proposals(folder / "a.xlsx", *rows(old)))
        before = dump(store)
        [result] = take(store, proposals(folder / "b.xlsx", *rows(new), title="例县监狱名册（再报）"))
        both = old.keys() & new.keys()
        found = result.compared
        assert (found is not None) == bool(both)
        if found is not None:
            new_rows, changed, same, missed = numbers(found)
            assert (new_rows + changed + same, changed + same + missed) == (len(new), len(old))
            assert changed == sum(old[each] != new[each] for each in both)
        assert len(cases(store)) == len(old.keys() | new.keys())
        withdraw(store, store.batches.all()[-1].id, now=LATER, who=WHO)
        assert dump(store) == before
