"""Reviews kept whole, findings that stay the same finding, and a person's word that no rerun takes away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from app.core.errors import Cancelled
from app.core.findings import Conclusion, Level, State
from app.core.store import casebook
from app.core.store.database import Store
from app.core.store.person_cases import IDS
from app.core.store.written import Written
from tests.core.store.samples import (
    DAY,
    LATER,
    NOW,
    WHO,
    findings_of,
    not_evaluated,
    put,
    review,
    stored_batch,
    stored_cases,
    verdict,
    written,
)

SHORT = verdict("JX-T03", Level.UNLAWFUL, "间隔不足一年")
UNCLEAR = verdict("JX-R08", Level.DOUBT, "须核实")


def test_a_review_comes_back_whole_and_counts_stand_in_the_case(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    given_ = review(
        1, SHORT, UNCLEAR, verdict("JX-D01", Level.DATA, "缺项"), verdict("JX-T01"), not_evaluated("JX-P01")
    )
    assert put(store, (case, given_)) == 1
    assert store.casebook.review_of(case) == given_
    (row,) = store.views.case_rows([case])
    assert row.conclusion == Conclusion.REFUSE
    assert (row.n_unlawful, row.n_doubt, row.n_hint, row.n_data, row.n_not_evaluated) == (1, 1, 0, 1, 1)
    assert row.reviewed_as_of == "2026-11-21"


def test_a_case_not_reviewed_says_so(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    assert store.casebook.review_of(case) is None
    assert store.views.case_rows([case])[0].conclusion == ""


def test_findings_come_back_with_their_proof(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    given_ = review(1, SHORT, UNCLEAR, verdict("JX-T01"))
    put(store, (case, given_))
    found = store.casebook.findings(case)
    assert [each.verdict for each in found] == [SHORT, UNCLEAR]
    for back, made in zip(found, findings_of(given_), strict=True):
        assert (back.key, back.desk, back.person, back.case, back.unit) == (
            made.key, made.desk, made.person, made.case, made.unit,
        )  # fmt: skip
        assert (back.state, back.first_seen, back.current, back.case_id) == (State.OPEN, NOW, True, case)


def test_reviewing_again_keeps_the_human_word_and_renews_the_text(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    put(store, (case, review(1, SHORT)))
    key = store.casebook.findings()[0].key
    store.lives.move(key, State.CONFIRMED, who=WHO, why="与裁定书一致", now=NOW)
    renewed = verdict("JX-T03", Level.UNLAWFUL, "间隔不足一年，早 1 日")
    put(store, (case, review(1, renewed)), now=LATER)
    (found,) = store.casebook.findings()
    assert found.verdict.message == "间隔不足一年，早 1 日"
    assert (found.key, found.state, found.why, found.decided_by) == (key, State.CONFIRMED, "与裁定书一致", WHO)
    assert (found.first_seen, found.last_seen) == (NOW, LATER)


def test_a_finding_not_made_again_is_kept_but_not_current_and_may_return(store: Store) -> None:
    case, other = stored_cases(store, 2)
    put(store, (case, review(1, SHORT, UNCLEAR)), (other, review(2, SHORT)))
    put(store, (case, review(1, UNCLEAR)), now=LATER)
    assert [each.verdict.rule for each in store.casebook.findings(case)] == ["JX-R08"]
    assert [each.verdict.rule for each in store.casebook.findings(case, current=False)] == ["JX-T03"]
    assert len(store.casebook.findings(case, current=None)) == 2
    assert len(store.casebook.findings(other)) == 1
    assert store.views.case_rows([case])[0].n_unlawful == 0
    put(store, (case, review(1, SHORT, UNCLEAR)), now="2026-11-23T08:00:00")
    assert [each.first_seen for each in store.casebook.findings(case)] == [NOW, NOW]


def test_one_finding_in_two_imported_copies_of_a_case_has_one_state(store: Store) -> None:
    (first,), (second,) = stored_cases(store, 1), stored_cases(store, 1)
    put(store, (first, review(1, SHORT)), (second, review(1, SHORT)))
    key = store.casebook.findings(first)[0].key
    store.lives.move(key, State.EXCLUDED, who=WHO, code="namesake", now=NOW)
    assert [each.state for each in store.casebook.findings()] == [State.EXCLUDED, State.EXCLUDED]
    assert [each.case_id for each in store.casebook.findings()] == [first, second]


def test_two_findings_under_one_key_are_both_kept(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    twice = review(1, verdict("JX-T03", Level.UNLAWFUL, "第一处"), verdict("JX-T03", Level.UNLAWFUL, "第二处"))
    put(store, (case, twice))
    put(store, (case, twice))
    found = store.casebook.findings(case)
    assert [each.verdict.message for each in found] == ["第一处", "第二处"]
    assert len({each.key for each in found}) == 2


def test_a_cancelled_review_changes_nothing(store: Store) -> None:
    cases = stored_cases(store, 2)
    put(store, (cases[0], review(1, SHORT)))

    def stopped() -> Iterator[tuple[int, Written]]:
        yield written((cases[0], review(1, UNCLEAR)))
        raise Cancelled

    with pytest.raises(Cancelled):
        store.casebook.put_reviews(stopped(), as_of=DAY, law_edition="示例版", now=LATER)
    assert [each.verdict for each in store.casebook.findings()] == [SHORT]
    assert store.casebook.review_of(cases[0]) == review(1, SHORT)


@pytest.mark.parametrize("whole", [True, False])
def test_indexes_are_the_same_after_a_review_of_most_cases(
    store: Store, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casebook, "WORTH_NEW_INDEXES", 2)
    one, other = stored_cases(store, 2)
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'cases' ORDER BY name"
    before, during = store.casebook._link.rows(sql), []

    def reviews() -> Iterator[tuple[int, Written]]:
        yield written((one, review(1, SHORT)))
        during.append(store.casebook._link.rows(sql))
        if not whole:
            raise Cancelled
        yield written((other, review(2)))

    with suppress(Cancelled):
        store.casebook.put_reviews(reviews(), as_of=DAY, law_edition="一", now=NOW, expected=2)
    assert store.casebook._link.rows(sql) == before
    assert len(during[0]) < len(before)
    assert (store.casebook.review_of(one) is not None) is whole


def test_the_reviews_may_be_computed_from_the_store_while_they_are_kept(store: Store) -> None:
    cases = stored_cases(store, 2100)
    reviews = (
        written((case, review(each.id, SHORT))) for case, each in zip(cases, store.batches.records("R1"), strict=True)
    )
    assert store.casebook.put_reviews(reviews, as_of=DAY, law_edition="示例版", now=NOW) == 2100
    assert len(store.casebook.findings(desk="reduction")) == 2100
    assert store.casebook.findings(desk="correction") == []


def test_a_case_takes_only_the_words_it_knows(store: Store) -> None:
    batch = stored_batch(store, 1)
    row = {"record_id": 1, "batch_id": batch, "desk": "reduction", "name": "赵样1"}
    with pytest.raises(ValueError, match="colour"):
        store.casebook.open_cases([row | {"colour": "红"}])
    with pytest.raises(KeyError):
        store.casebook.open_cases([{"record_id": 1, "batch_id": batch, "desk": "reduction"}])
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.casebook.open_cases([row | {"record_id": 99}])
    (case,) = store.casebook.open_cases([row | {"ward": "一监区"}])
    assert store.casebook.case_of("reduction") == {1: case}
    assert store.casebook.case_of("correction") == {}
    assert store.views.case_rows([case])[0].ward == "一监区"


def test_cases_are_found_by_their_keys_without_going_through_all(store: Store) -> None:
    [plan] = store.casebook._link.rows(f"EXPLAIN QUERY PLAN {IDS}", ("correction", "[]"))[:1]
    assert "cases_by_key" in plan[-1]
