"""What reviews have in common stands once, and every review comes back whole."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from app.core.findings import CaseReview, Level, Verdict
from app.core.store.database import Store
from app.core.store.phrases import deflate, phrases_of
from app.core.store.written import write
from tests.core.store.samples import DAY, NOW, findings_of, review, stored_cases, verdict
from tests.core.store.test_verdicts import REVIEWS

RULES = tuple(verdict(f"JX-T{number:02}") for number in range(1, 9))
BREACH = verdict("JX-T09", Level.UNLAWFUL, "报请时间不足")


def put(store: Store, case: int, found: CaseReview, phrases: bytes) -> None:
    written = write(found, findings_of(found), phrases)
    store.casebook.put_reviews([(case, written)], as_of=DAY, law_edition="示例版", now=NOW)


def test_reviews_come_back_and_take_less_room(store: Store) -> None:
    one, other = stored_cases(store, 2)
    first, second = review(1, *RULES, BREACH), review(2, *RULES)
    phrases = store.casebook.phrases.keep("reduction", "示例版", [second, first])
    put(store, one, first, phrases)
    put(store, other, second, b"")
    assert store.casebook.review_of(one) == first
    assert store.casebook.review_of(other) == second
    assert len(deflate(second, phrases)) < len(deflate(second)) / 2


def test_every_edition_of_the_law_has_phrases_of_its_own_and_keeps_them(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    phrases = store.casebook.phrases
    assert phrases.of("reduction", "示例版") == b""
    old = phrases.keep("reduction", "示例版", [review(1, *RULES)])
    put(store, case, review(1, *RULES), old)
    new = phrases.keep("reduction", "另一版", [review(1, *RULES[:2])])
    assert phrases.of("reduction", "示例版") == old != new == phrases.of("reduction", "另一版")
    assert phrases.keep("reduction", "示例版", [review(1, RULES[0])]) == old
    assert store.casebook.review_of(case) == review(1, *RULES)


def test_another_window_reads_what_was_written_by_phrases(store: Store) -> None:
    (case,) = stored_cases(store, 1)
    put(store, case, review(1, *RULES), store.casebook.phrases.keep("reduction", "示例版", [review(1, *RULES)]))
    with store.reader() as reader:
        assert reader.casebook.review_of(case) == review(1, *RULES)


def test_phrases_hold_nothing_of_anybody() -> None:
    named = Verdict("JX-T10", "规则", RULES[0].outcome, ("赵样7（003300007）无异常",), RULES[0].evidence)
    text = phrases_of(review(7, *RULES, named, BREACH)).decode()
    assert "JX-T10" in text
    for each in ("赵样7", "003300007", BREACH.message, "2025.3.14", "7号案", "示例提请表"):
        assert each not in text


@given(REVIEWS, REVIEWS)
def test_whatever_the_phrases_a_review_is_the_same(one: CaseReview, other: CaseReview) -> None:
    phrases = phrases_of(other)
    stream = zlib.decompressobj(zdict=phrases)
    assert stream.decompress(deflate(one, phrases)) == zlib.decompress(deflate(one))


@given(st.binary(min_size=1, max_size=40_000))
def test_phrases_longer_than_deflate_looks_back_do_no_harm(phrases: bytes) -> None:
    found = review(1, *RULES)
    assert zlib.decompressobj(zdict=phrases).decompress(deflate(found, phrases)) == zlib.decompress(deflate(found))
