"""The actions join the rooms: what is received can be reviewed, decided, issued and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.issue import issue
from app.core.actions.mappings import load_mappings, remembered, save_mappings
from app.core.actions.order import Order
from app.core.actions.receive import look, preview, receive, remap, save_rejects
from app.core.actions.review import review
from app.core.actions.settings import read_office, write_office
from app.core.actions.withdraw import withdraw
from app.core.checks.names import spoken
from app.core.documents.context import Office
from app.core.errors import Cancelled, TemplateFault, UserError
from app.core.findings import Conclusion, State
from app.core.intake.blank import blank_workbook
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.records import Reject, show
from app.core.store.database import Store
from app.core.store.rows import PaperState
from tests.core.workbooks import proposals

DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "测试员"
EARLY = {"罪犯编号": "9000000002", "姓名": "钱样二", "报请日期": "2022-04-13"}
KINDS = ("review_report", "opinion", "receipt")


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def take(store: Store, path: Path) -> list[int]:
    """Receive a file, review, and give the case ids."""
    plans, problems = look([path], ticket=Ticket())
    assert not problems
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    run_review(store)
    return sorted(store.casebook.case_of("reduction").values())


def run_review(store: Store) -> str:
    return review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket()).says


def order(folder: Path, **words: object) -> Order:
    office = Office(name="例县人民检察院", short="例县", department="执检", handler="某检察官")
    return Order(folder, office, DAY, NOW, WHO, **words)  # type: ignore[arg-type]


def test_a_review_says_how_many_of_each_conclusion(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", {}, EARLY))
    assert run_review(store) == "审查 2 件：同意提请 1 件，建议不予提请 1 件"


def test_a_review_without_cases_says_what_to_do(store: Store) -> None:
    with pytest.raises(UserError, match="请先导入案件表"):
        run_review(store)


def test_the_explanations_of_a_template_are_no_sheet_of_data(tmp_path: Path) -> None:
    path = tmp_path / "历次减刑表.xlsx"
    path.write_bytes(blank_workbook(tables()["R2"], spoken))
    plans, problems = look([path], ticket=Ticket())
    assert not problems
    assert [(each.sheet.name, each.mapping and each.mapping.table.id) for each in plans] == [("历次减刑表", "R2")]


def test_a_humans_word_outlives_the_next_review(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", EARLY))
    [finding] = [each for each in store.casebook.findings() if each.verdict.rule == "JX-T01"]
    with pytest.raises(UserError, match="理由"):
        decide(store, finding.key, State.EXCLUDED, who=WHO, why=" ", now=NOW)
    decide(store, finding.key, State.EXCLUDED, who=WHO, why="送交日期录入有误，已核对回执", now=NOW)
    run_review(store)
    [again] = [each for each in store.casebook.findings() if each.verdict.rule == "JX-T01"]
    assert (again.state, again.why) == (State.EXCLUDED, "送交日期录入有误，已核对回执")


def test_a_stopped_review_leaves_the_last_one(store: Store, tmp_path: Path) -> None:
    [case] = take(store, proposals(tmp_path / "a.xlsx", {}))
    stopped = Ticket()
    stopped.cancel()
    with pytest.raises(Cancelled):
        review(store, shipped(), "reduction", date(2027, 1, 1), now=NOW, who=WHO, ticket=stopped)
    [row] = store.views.case_rows([case])
    assert row.reviewed_as_of == "2026-11-21"


def test_a_stopped_import_leaves_nothing(store: Store, tmp_path: Path) -> None:
    plans, _ = look([proposals(tmp_path / "a.xlsx", {})], ticket=Ticket())
    stopped = Ticket()
    stopped.cancel()
    with pytest.raises(Cancelled):
        receive(store, plans, now=NOW, who=WHO, ticket=stopped)
    assert store.batches.all() == []


def test_documents_bear_numbers_that_are_never_used_again(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", {}, EARLY))
    done = issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket()).value
    assert len(done.files) == 6
    assert len(done.merged) == 3
    again = issue(store, ids, ("opinion",), order(tmp_path / "文书"), ticket=Ticket()).value
    assert len(again.files) == 2
    numbers = [each.number for each in store.papers.all() if each.kind == "opinion"]
    assert sorted(numbers) == [f"例县检执检减意〔2026〕{n}号" for n in (1, 2, 3, 4)]


def test_a_document_that_cannot_be_written_keeps_its_number(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", {}))
    (tmp_path / "堵").write_text("不是文件夹", encoding="utf-8")
    done = issue(store, ids, ("opinion",), order(tmp_path / "堵"), ticket=Ticket()).value
    assert len(done.problems) == 1
    assert "请换一个文件夹" in str(done.problems[0])
    [paper] = store.papers.all()
    assert paper.state is PaperState.RESERVED
    issue(store, ids, ("opinion",), order(tmp_path / "文书"), ticket=Ticket())
    [same] = store.papers.all()
    assert (same.number, same.state) == (paper.number, PaperState.ISSUED)


def test_a_template_at_fault_takes_no_number(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", {}))
    own = tmp_path / "本院模板"
    own.mkdir()
    (own / "减刑提请检察意见书.docx").write_bytes(b"not a document")
    with pytest.raises(TemplateFault):
        issue(store, ids, ("opinion",), order(tmp_path / "文书", templates=(own,)), ticket=Ticket())
    assert store.papers.all() == []


def test_the_receipt_carries_the_opinions_number(store: Store, tmp_path: Path) -> None:
    ids = take(store, proposals(tmp_path / "a.xlsx", {}))
    issue(store, ids, ("opinion",), order(tmp_path / "文书"), ticket=Ticket())
    issue(store, ids, ("receipt",), order(tmp_path / "文书"), ticket=Ticket())
    by_kind = {each.kind: each.number for each in store.papers.all()}
    assert by_kind["receipt"] == by_kind["opinion"]


def test_a_case_not_reviewed_gets_no_document(store: Store, tmp_path: Path) -> None:
    plans, _ = look([proposals(tmp_path / "a.xlsx", {})], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    ids = sorted(store.casebook.case_of("reduction").values())
    done = issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket()).value
    assert (done.files, len(done.problems)) == ([], 1)


def test_a_batch_is_withdrawn_whole_until_a_document_is_out(store: Store, tmp_path: Path) -> None:
    first = take(store, proposals(tmp_path / "a.xlsx", {}))
    [batch] = store.batches.all()
    withdraw(store, batch.id, now=NOW, who=WHO)
    assert store.casebook.case_of("reduction") == {}
    assert store.casebook.findings() == []
    second = take(store, proposals(tmp_path / "a.xlsx", {}))
    assert set(second).isdisjoint(first)
    issue(store, second, KINDS, order(tmp_path / "文书"), ticket=Ticket())
    with pytest.raises(UserError):
        withdraw(store, store.batches.all()[0].id, now=NOW, who=WHO)


def test_the_user_mends_a_mapping(tmp_path: Path) -> None:
    [plan] = look([proposals(tmp_path / "a.xlsx", {})], ticket=Ticket())[0]
    assert plan.mapping is not None
    columns = {index: field.id for index, field in plan.mapping.columns.items() if field.id != "name"}
    without = remap(plan, columns=columns)
    assert "姓名" in without.problem
    moved = remap(plan, header_rows=(3, 3))
    assert moved.problem
    again = remap(moved, header_rows=(2, 2))
    assert again.mapping is not None
    assert again.mapping.by_label() == plan.mapping.by_label()
    assert [each["name"] for each in preview(again) if not isinstance(each, Reject)] == ["赵样一"]


def test_refused_rows_are_mended_and_received(store: Store, tmp_path: Path) -> None:
    plans, _ = look([proposals(tmp_path / "a.xlsx", {}, {"姓名": "", "罪犯编号": "9000000003"})], ticket=Ticket())
    [result] = receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value
    assert (result.rows, result.accepted, len(result.rejected)) == (2, 1, 1)
    save_rejects(result, tmp_path / "退回.xlsx")
    [plan] = look([tmp_path / "退回.xlsx"], ticket=Ticket())[0]
    assert plan.mapping is not None
    assert plan.mapping.by_label().keys() >= result.mapping.keys()


def test_a_value_in_several_columns_is_kept_and_its_refused_rows_are_read_again(store: Store, tmp_path: Path) -> None:
    header = "罪犯编号,姓名,报请日期,拟减幅度,,附加剥夺政治权利,\n,,,年,月,终身,年\n"
    (tmp_path / "a.csv").write_text(
        f"{header}9000000001,赵样一,2022-09-20,1,3,√,\n9000000002,,2022-09-20,,6,,2\n", encoding="utf-8"
    )
    plans, _ = look([tmp_path / "a.csv"], ticket=Ticket())
    [result] = receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value
    parts = {"附加剥夺政治权利终身": "deprivation", "附加剥夺政治权利年": "deprivation"}
    parts |= {"拟减幅度年": "proposed", "拟减幅度月": "proposed"}
    assert parts.items() <= result.mapping.items()
    [record] = store.batches.records_of(result.batch_id)
    cells = {field: (show(cell.value), cell.raw, cell.column) for field, cell in record.cells.items()}
    assert cells["proposed"] == ("有期徒刑一年三个月", "1年3个月", "拟减幅度")
    assert cells["deprivation"] == ("剥夺政治权利终身", "终身", "附加剥夺政治权利")
    save_rejects(result, tmp_path / "退回.xlsx")
    [plan] = look([tmp_path / "退回.xlsx"], ticket=Ticket())[0]
    assert plan.mapping is not None
    assert plan.mapping.by_label() == result.mapping


def test_the_offices_words_are_kept(store: Store) -> None:
    assert read_office(store) == Office()
    office = Office(name="例县人民检察院", short="例县", department="执检", room="驻例县监狱检察室", handler="某检察官")
    write_office(store, office, now=NOW, who=WHO)
    assert read_office(store) == office


def test_a_lawful_case_is_agreed_to(store: Store, tmp_path: Path) -> None:
    [case] = take(store, proposals(tmp_path / "a.xlsx", {}))
    reviewed = store.casebook.review_of(case)
    assert reviewed is not None
    assert reviewed.conclusion is Conclusion.AGREE


def test_a_mapping_set_by_hand_is_offered_again_first_to_its_unit(store: Store, tmp_path: Path) -> None:
    there = {"监狱": "样市监狱"}

    def left_out(path: Path) -> set[str]:
        [plan] = look([path], remembered(store), ticket=Ticket())[0]
        assert plan.mapping is not None
        return set(plan.mapping.unmapped)

    def take_without(path: Path, name: str) -> None:
        [plan] = look([path], ticket=Ticket())[0]
        assert plan.mapping is not None
        columns = {index: field.id for index, field in plan.mapping.columns.items() if field.name != name}
        receive(store, [remap(plan, columns=columns)], now=NOW, who=WHO, ticket=Ticket())

    take_without(proposals(tmp_path / "a.xlsx", {}), "监区")
    theirs = proposals(tmp_path / "b.xlsx", there, title="样市监狱提请减刑名册")
    assert left_out(theirs) == {"监区"}  # better than nothing: the header is the same
    take_without(theirs, "批次")
    assert left_out(proposals(tmp_path / "c.xlsx", EARLY)) == {"监区"}
    assert left_out(proposals(tmp_path / "d.xlsx", {**EARLY, **there}, title="样市监狱提请减刑名册")) == {"批次"}
    assert {each.unit for each in remembered(store)} == {"例县监狱", "样市监狱"}
    save_mappings(store, tmp_path / "映射.json")
    with Store.temporary() as elsewhere:
        with pytest.raises(UserError, match="还没有记住"):
            save_mappings(elsewhere, tmp_path / "空.json")
        load_mappings(elsewhere, tmp_path / "映射.json", now=NOW, who=WHO)
        assert set(map(repr, remembered(elsewhere))) == set(map(repr, remembered(store)))


def test_two_tables_of_one_sheet_are_two_batches(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ("罪犯编号,姓名,裁定日期,减刑幅度", "9000000001,赵样一,2020-06-02,六个月", "", "奖惩情况")
    more = ("罪犯编号,姓名,奖惩日期,奖惩类别,分值", "9000000001,赵样一,2022-06-02,表扬,600")
    path.write_text("\n".join((*lines, *more)), encoding="utf-8")
    plans, _ = look([path], ticket=Ticket())
    first, second = receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value
    assert [(each.table, each.header_row, each.accepted) for each in (first, second)] == [("R2", 1, 1), ("R3", 5, 1)]
    again = receive(store, plans, now=NOW, who=WHO, ticket=Ticket()).value
    assert [each.known for each in again] == [True, True]
