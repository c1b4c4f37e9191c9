"""What the window asks: order, filters, search, counts, choices; all by SQL, nothing but known columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.core.findings import Conclusion, Level, State
from app.core.jobs import Ticket
from app.core.store.database import Store
from app.core.store.link import Link
from app.core.store.rows import CaseRow
from app.core.store.salvage import salvage
from app.core.store.search import condition
from app.core.store.views import UNSAID, Views
from tests.core.store.samples import NOW, OPINIONS, WHO, not_evaluated, put, review, stored_batch, verdict

PEOPLE: list[Mapping[str, str]] = [
    {
        "name": "赵样一",
        "prisoner_no": "0033000001",
        "id_number": "99010119900101001X",
        "ward": "一监区",
        "offence": "盗窃罪",
        "court": "例市中级人民法院",
    },
    {"name": "钱样二", "prisoner_no": "0033000002", "ward": "二监区", "offence": "抢劫罪", "filed_on": "2026-10-02"},
    {"name": "孙样三", "prisoner_no": "0033000010", "ward": "一监区", "offence": "诈骗罪", "filed_on": "2026-10-01"},
    {"name": "李100%_样!四", "prisoner_no": "", "ward": "", "offence": "盗窃罪", "filed_on": "2026-09-30"},
]


@pytest.fixture
def cases(store: Store) -> list[int]:
    """Four cases of the reduction desk, three of them reviewed, and one case of another desk."""
    batch = stored_batch(store, len(PEOPLE))
    rows = [
        {"record_id": n + 1, "batch_id": batch, "desk": "reduction", "batch": "第四批"} | p
        for n, p in enumerate(PEOPLE)
    ]
    ids = list(store.casebook.open_cases(rows))
    store.casebook.open_cases([{"record_id": 1, "batch_id": batch, "desk": "correction", "name": "周样五"}])
    put(
        store,
        (
            ids[0],
            review(1, verdict("JX-T03", Level.UNLAWFUL, "早了，间隔差三日"), verdict("JX-M01", Level.UNLAWFUL, "多")),
        ),
        (ids[1], review(2, verdict("JX-R08", Level.DOUBT, "疑"), conclusion=Conclusion.INVESTIGATE)),
        (ids[2], review(3, not_evaluated("JX-T02"), conclusion=Conclusion.UNDECIDED)),
    )
    pattern = "例检意〔2026〕{}号".format
    store.papers.reserve_for(ids[1], "opinion", OPINIONS, pattern, template="甲", now=NOW, who=WHO)
    return ids


def test_rows_come_in_the_order_asked(store: Store, cases: list[int]) -> None:
    wanted = [cases[2], 999, cases[0], cases[3]]
    rows = store.views.case_rows(wanted)
    assert [each.name for each in rows] == ["孙样三", "赵样一", "李100%_样!四"]
    assert store.views.case_rows([]) == []
    assert isinstance(rows[0], tuple)


@pytest.mark.parametrize("column", CaseRow._fields)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_both_ways(store: Store, cases: list[int], column: str, descending: bool) -> None:
    ids = store.views.case_ids("reduction", order_by=column, descending=descending)
    rows = store.views.case_rows(ids)
    expected = sorted(store.views.case_rows(cases), key=lambda row: (getattr(row, column), row.id), reverse=descending)
    assert rows == expected


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        ({}, [0, 1, 2, 3]),
        ({"ward": ["一监区"]}, [0, 2]),
        ({"ward": ["一监区", ""]}, [0, 2, 3]),
        ({"ward": ["一监区"], "offence": {"诈骗罪", "抢劫罪"}}, [2]),
        ({"conclusion": ["建议不予提请", "需调查核实"]}, [0, 1]),
        ({"conclusion": [""]}, [3]),
        ({"level": ["违法"]}, [0]),
        ({"level": ["违法", "不能判断"]}, [0, 2]),
        ({"level": []}, []),
        ({UNSAID: ["违法"]}, [0]),
        ({UNSAID: ["违法", "存疑"]}, [0, 1]),
        ({UNSAID: []}, []),
        ({"ward": []}, []),
        ({"batch_id": [1]}, [0, 1, 2, 3]),
        ({"batch_id": [2]}, []),
    ],
)
def test_filters(store: Store, cases: list[int], filters: Mapping[str, list[str]], places: list[int]) -> None:
    assert store.views.case_ids("reduction", filters) == [cases[place] for place in places]


@pytest.mark.parametrize(
    ("search", "places"),
    [
        ("样", [0, 1, 2, 3]),
        ("赵", [0]),
        ("003300001", [2]),
        ("001x", [0]),
        ("盗窃", [0, 3]),
        ("盗窃 赵", [0]),
        ("盗窃 钱", []),
        ("  ", [0, 1, 2, 3]),
        ("%", [3]),
        ("100%_样!", [3]),
        ("_", [3]),
        ("!", [3]),
        ("'; DROP TABLE cases; --", []),
        ("例市中级", [0]),
        ("９９０１０１１９９００１０１００１Ｘ", [0]),
        ("2026-10", [1, 2]),
        ("第四批", [0, 1, 2, 3]),
        ("间隔差三日", [0]),
        ("jx-r08", [1]),
        ("规则jx-m01", [0]),
        ("间隔差三日 一监区", [0]),
        ("间隔差三日 二监区", []),
        ("规则JX-T02", []),  # it could not be judged: nothing was found
        ("早", [0]),
        ("例检意〔2026〕1号", [1]),
    ],
)
def test_search_takes_every_character_as_it_is(store: Store, cases: list[int], search: str, places: list[int]) -> None:
    assert store.views.case_ids("reduction", search=search) == [cases[place] for place in places]


def test_what_somebody_said_a_word_about_is_no_longer_unsaid(store: Store, cases: list[int]) -> None:
    keys = [each.key for each in store.casebook.findings(cases[0])]
    for key, left in zip(keys, ([cases[0]], []), strict=True):
        store.lives.move(key, State.CHECKING, who=WHO, now=NOW)
        assert store.views.case_ids("reduction", {UNSAID: ["违法"]}) == left


def found(store: Store, word: str) -> list[int]:
    """The cases a word finds."""
    return store.views.case_ids("reduction", search=word)


def test_what_a_review_no_longer_finds_is_not_found_either(store: Store, cases: list[int]) -> None:
    put(store, (cases[0], review(1, verdict("JX-T03", Level.UNLAWFUL, "报请早了"))))
    assert found(store, "间隔差三日") == []
    assert found(store, "报请早了") == [cases[0]]
    put(store, (cases[0], review(1, verdict("JX-T03", Level.UNLAWFUL, "早了，间隔差三日"))))
    assert found(store, "间隔差三日") == [cases[0]]


def test_nothing_is_found_of_a_list_taken_back(store: Store, cases: list[int]) -> None:
    [batch] = store.batches.all()
    store.batches.withdraw(batch.id, now=NOW, who=WHO)
    assert [found(store, word) for word in ("样", "间隔差三日", "例市中级")] == [[], [], []]


def test_a_rescued_store_is_searched_as_before(store: Store, cases: list[int], tmp_path: Path) -> None:
    store._link.fold()
    target = tmp_path / "救出.db"
    salvage(store.path, store._link._key, target, Ticket())
    link = Link(target, store._link._key, writes=False)
    views = Views(link)
    assert [views.case_ids("reduction", search=word) for word in ("间隔差三日", "例市中级", "〔2026〕1号")] == [
        [cases[0]],
        [cases[0]],
        [cases[1]],
    ]
    link.close()


@pytest.mark.parametrize("word", ["赵", "间隔差三日"])
def test_the_words_own_indexes_answer_a_search(store: Store, cases: list[int], word: str) -> None:
    holds, values = condition("reduction", word)
    plan = " ".join(
        each[3] for each in store._link.rows(f"EXPLAIN QUERY PLAN SELECT id FROM cases WHERE {holds}", values)
    )
    for name in ("cases_searched", "sightings_searched", "papers_searched"):
        assert f"INDEX {name}" in plan


def test_the_summary_counts_cases_and_findings(store: Store, cases: list[int]) -> None:
    summary = store.views.summary("reduction")
    assert summary.cases == len(cases)
    assert summary.by_conclusion == {"": 1, "建议不予提请": 1, "需调查核实": 1, "不能判断": 1}
    assert summary.by_level == {"违法": 2, "存疑": 1, "提示": 0, "数据": 0, "不能判断": 1}
    assert store.views.summary("reduction", {"ward": ["一监区"]}, "孙").by_conclusion == {"不能判断": 1}
    for filters, search in (({}, ""), ({"ward": ["一监区"]}, "孙"), ({"conclusion": ["不能判断"]}, "")):
        told = store.views.summary("reduction", filters, search).by_conclusion
        assert store.views.conclusions("reduction", filters, search) == told
    assert store.views.summary("deprivation").cases == 0


def test_choices_are_the_words_in_use(store: Store, cases: list[int]) -> None:
    assert sorted(store.views.choices("reduction", "ward")) == ["一监区", "二监区"]
    assert store.views.choices("reduction", "batch") == ["第四批"]
    assert store.views.choices("correction", "ward") == []


@pytest.mark.parametrize("column", ["id; DROP TABLE cases", "content", "", "NAME"])
def test_only_known_columns_reach_the_database(store: Store, column: str) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        store.views.case_ids("reduction", order_by=column)
    with pytest.raises(ValueError, match="cannot be"):
        store.views.case_ids("reduction", {column: ["x"]})
    with pytest.raises(ValueError, match="cannot be"):
        store.views.choices("reduction", column)


def test_large_selections_are_fetched_whole(store: Store) -> None:
    batch = stored_batch(store, 3000)
    ids = store.casebook.open_cases(
        {"record_id": n + 1, "batch_id": batch, "desk": "reduction", "name": f"赵样{n}"} for n in range(3000)
    )
    assert len(store.views.case_rows(ids)) == 3000
    assert store.views.case_ids("reduction", order_by="name")[0] == ids[0]


def test_cases_are_found_by_the_places_of_their_rows(store: Store, cases: list[int]) -> None:
    [batch] = store.batches.all()
    rows = {each.id: each.row for each in store.batches.records(batch.table)}
    wanted = [(batch.file, batch.sheet, rows[3]), (batch.file, batch.sheet, rows[1])]
    found = store.views.cases_at(
        "reduction", [*wanted, (batch.file, "别的表", rows[2]), (batch.file, batch.sheet, 999)]
    )
    assert found == [cases[0], cases[2]]
    assert store.views.case_ids("reduction", {"id": found}) == found
    assert store.views.cases_at("reduction", []) == []
