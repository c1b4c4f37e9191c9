"""Document numbers: taken once, in order, whatever happens to the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import UserError
from app.core.store import keys
from app.core.store.database import Store
from app.core.store.rows import Paper, PaperState, Series
from tests.core.store.samples import LATER, NOW, OPINIONS, WHO, stored_cases


def number(n: int) -> str:
    """A document number the way an office writes it."""
    return f"例检执检减意〔2026〕{n}号"


def reserve(store: Store, case: int, kind: str = "opinion", series: Series = OPINIONS) -> Paper:
    """A reserved paper for a case."""
    return store.papers.reserve_for(case, kind, series, number, template="意见书.docx", now=NOW, who=WHO)


def issue(store: Store, paper: Paper) -> None:
    """Mark a paper as written."""
    store.papers.mark_issued(paper.id, file="意见书.docx", sha256="cc", now=LATER, who=WHO)


def test_counters_run_for_each_series_year_and_office(store: Store) -> None:
    other = (
        Series("parole_opinion", 2026, "执检"),
        Series("commutation_opinion", 2027, "执检"),
        OPINIONS._replace(office="二部"),
    )
    assert [store.papers.reserve(OPINIONS, now=NOW) for _ in range(3)] == [1, 2, 3]
    assert [store.papers.reserve(each, now=NOW) for each in other] == [1, 1, 1]
    assert store.papers.reserve(OPINIONS, now=NOW) == 4


def test_a_paper_goes_from_reserved_to_issued_to_void(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    paper = store.papers.reserve_for(
        case, "opinion", OPINIONS, number, template="意见书.docx", finding_keys=("k1", "k2"), now=NOW, who=WHO
    )
    assert (paper.state, paper.number, paper.n, paper.series) == (PaperState.RESERVED, number(1), 1, OPINIONS)
    assert (paper.case_id, paper.kind, paper.template, paper.finding_keys) == (
        case,
        "opinion",
        "意见书.docx",
        ("k1", "k2"),
    )
    issue(store, paper)
    issued = store.papers.paper(paper.id)
    assert (issued.state, issued.file, issued.sha256, issued.made_at) == (PaperState.ISSUED, "意见书.docx", "cc", LATER)
    store.papers.void(paper.id, why="对象有误", now=LATER, who=WHO)
    assert store.papers.paper(paper.id).state is PaperState.VOID
    assert store.papers.paper(paper.id).void_why == "对象有误"
    assert [each.act for each in store.audit.entries()] == ["预留文书", "制作文书", "作废文书"]
    assert store.audit.verify() == []


def test_a_failed_fill_keeps_its_number(store: Store) -> None:
    case, other = stored_cases(store, 2)
    first = reserve(store, case)
    again = store.papers.reserve_for(
        case, "opinion", OPINIONS, number, template="新模板.docx", finding_keys=("k",), now=LATER, who=WHO
    )
    assert (again.id, again.n) == (first.id, first.n)
    assert (again.template, again.finding_keys, again.reserved_at) == ("新模板.docx", ("k",), NOW)
    assert reserve(store, other).n == 2
    assert reserve(store, case, "review_report", Series("commutation_report", 2026, "执检")).n == 1


def test_after_issue_or_void_a_new_number_is_taken(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    first = reserve(store, case)
    issue(store, first)
    second = reserve(store, case)
    store.papers.void(second.id, why="重做", now=NOW, who=WHO)
    assert [each.n for each in (first, second, reserve(store, case))] == [1, 2, 3]


def test_a_draft_of_last_year_does_not_lend_its_number(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    reserve(store, case)
    assert reserve(store, case, series=OPINIONS._replace(year=2027)).number == number(1)
    assert len(store.papers.all(case, PaperState.RESERVED)) == 2


def test_a_paper_without_a_counter(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    first = store.papers.draft_for(case, "receipt", template="回证.docx", number=number(1), now=NOW, who=WHO)
    again = store.papers.draft_for(case, "receipt", template="回证.docx", number=number(2), now=NOW, who=WHO)
    assert (first.series, first.n, first.number) == (None, None, number(1))
    assert (again.id, again.number) == (first.id, number(2))
    issue(store, again)
    assert store.papers.draft_for(case, "receipt", template="回证.docx", now=NOW, who=WHO).id != first.id
    assert store.papers.reserve(OPINIONS, now=NOW) == 1


def test_moves_that_make_no_sense_are_told(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    paper = reserve(store, case)
    issue(store, paper)
    with pytest.raises(UserError, match="已制作"):
        issue(store, paper)
    store.papers.void(paper.id, why="", now=NOW, who=WHO)
    with pytest.raises(UserError, match="已经作废"):
        store.papers.void(paper.id, why="", now=NOW, who=WHO)
    with pytest.raises(UserError, match="作废"):
        issue(store, paper)
    with pytest.raises(KeyError):
        store.papers.paper(99)


def test_a_bare_number_is_never_part_of_something_that_may_be_taken_back(store: Store) -> None:
    with store.atomic(), pytest.raises(RuntimeError, match="committed"):
        store.papers.reserve(OPINIONS, now=NOW)
    assert store.papers.reserve(OPINIONS, now=NOW) == 1


def test_numbers_of_many_documents_are_taken_together_or_not_at_all(store: Store) -> None:
    cases = stored_cases(store, 2)

    def take_and_fail() -> None:
        with store.atomic():
            assert [reserve(store, each).n for each in cases] == [1, 2]
            raise RuntimeError("stopped before anything was written")

    with pytest.raises(RuntimeError, match="stopped"):
        take_and_fail()
    assert store.papers.all() == []
    assert [reserve(store, each).n for each in cases] == [1, 2]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM numbers",
        "UPDATE numbers SET n = 9",
        "INSERT OR REPLACE INTO numbers VALUES ('commutation_opinion', 2026, '执检', 1, '')",
    ],
)
def test_a_number_cannot_be_taken_off_the_list(store: Store, sql: str) -> None:
    store.papers.reserve(OPINIONS, now=NOW)
    with pytest.raises(Exception, match="stays taken"):
        store._link.change(sql)
    assert store.papers.reserve(OPINIONS, now=NOW) == 2


def void_and_fail(store: Store, papers: Sequence[Paper]) -> None:
    """A larger work that breaks off."""
    with store.atomic():
        for each in papers:
            store.papers.void(each.id, why="", now=NOW, who=WHO)
        raise ZeroDivisionError


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["bare", "case 1", "case 2", "issue", "void", "fail", "crash"]), max_size=25))
def test_no_history_gives_a_number_twice(acts: list[str]) -> None:
    key = keys.random_key()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "数据.db"
        store = Store(path, key)
        cases = stored_cases(store, 2)
        given_: list[int] = []
        for act in acts:
            open_papers = store.papers.all(state=PaperState.RESERVED)
            if act == "bare":
                given_.append(store.papers.reserve(OPINIONS, now=NOW))
            elif act.startswith("case"):
                paper = reserve(store, cases[int(act[-1]) - 1])
                if paper.id not in [each.id for each in open_papers]:
                    given_.append(paper.n or 0)
            elif act == "issue" and open_papers:
                issue(store, open_papers[0])
            elif act == "void" and open_papers:
                store.papers.void(open_papers[0].id, why="", now=NOW, who=WHO)
            elif act == "fail":
                with pytest.raises(ZeroDivisionError):
                    void_and_fail(store, open_papers)
            elif act == "crash":
                store.close()
                store = Store(path, key)
        store.close()
    assert given_ == list(range(1, len(given_) + 1))
