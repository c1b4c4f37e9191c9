"""Reviews and findings come back equal to what was put in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.findings import (
    Basis,
    CaseReview,
    Conclusion,
    Evidence,
    Finding,
    Gravity,
    Harm,
    Level,
    Match,
    Outcome,
    Person,
    Verdict,
)
from app.core.store.verdicts import read_finding, read_review, write_finding, write_review

TEXT = st.text(max_size=8)
DAYS = st.none() | st.dates()
EVIDENCE = st.builds(Evidence, TEXT, TEXT, st.integers(1, 9), TEXT, TEXT, TEXT, TEXT)
BASIS = st.builds(Basis, TEXT, TEXT, st.tuples(DAYS, DAYS), st.sampled_from("VSMD"), TEXT)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
VERDICTS = st.builds(
    Verdict,
    TEXT,
    TEXT,
    st.sampled_from(Outcome),
    TEXTS,
    st.lists(EVIDENCE, max_size=3).map(tuple),
    st.lists(BASIS, max_size=2).map(tuple),
    st.none() | st.sampled_from(Level),
    st.none() | st.sampled_from(Gravity),
    st.none() | st.sampled_from(Harm),
    TEXT,
    st.none() | TEXT,
    TEXTS,
    TEXT,
    TEXT,
)
PERSONS = st.builds(Person, TEXT, TEXT, TEXT, st.sampled_from(Match))
REVIEWS = st.builds(
    CaseReview,
    PERSONS,
    TEXT,
    TEXT,
    st.sampled_from(Conclusion),
    TEXTS,
    st.lists(VERDICTS, max_size=3).map(tuple),
    TEXT,
    st.none() | st.dictionaries(TEXT, TEXT, max_size=2),
)


@given(REVIEWS)
def test_reviews_come_back(review: CaseReview) -> None:
    assert read_review(write_review(review)) == review


@given(PERSONS, VERDICTS)
def test_findings_come_back(person: Person, verdict: Verdict) -> None:
    finding = Finding("k", "reduction", person, "案", "单位", verdict)
    assert read_finding(write_finding(finding)) == (person, "案", "单位", verdict)
