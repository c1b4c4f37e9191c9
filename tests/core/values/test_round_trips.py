"""What is printed is read back as the same value; whatever else comes is read or refused, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.values import Deprivation, Money, OffenceTerm, Sentence, SentenceKind, Term
from app.core.values.dates import parse_date, parse_month, parse_range, print_date, print_date_chinese
from app.core.values.deprivation_text import parse_deprivation
from app.core.values.money import parse_money
from app.core.values.numerals import in_chinese, read_number
from app.core.values.reading import Read
from app.core.values.term_grammar import parse_term
from app.core.values.term_text import parse_offence_terms, parse_sentence

DAYS = st.dates(date(1901, 1, 1), date(2200, 12, 31))
TERMS = st.builds(Term, st.integers(0, 99), st.integers(0, 11), st.integers(0, 30))
WITH_LENGTH = st.sampled_from([SentenceKind.FIXED_TERM, SentenceKind.DETENTION, SentenceKind.CONTROL])
SENTENCES = st.builds(Sentence, WITH_LENGTH, TERMS.filter(bool)) | st.builds(
    Sentence, st.sampled_from([SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH])
)
DEPRIVATIONS = st.builds(Deprivation, TERMS) | st.just(Deprivation(life=True)) | st.just(Deprivation(unchanged=True))
OFFENCES = st.sampled_from(["盗窃罪", "走私、贩卖、运输、制造毒品罪", "掩饰、隐瞒犯罪所得、犯罪所得收益罪", "强奸罪"])
PARSERS = [parse_date, parse_month, parse_range, parse_money, parse_term, parse_sentence, parse_deprivation]
# Letters the grammars are made of, so that nonsense comes close to sense.
NEARLY = st.text(
    "一二十百零〇两年个月日半减为去刑有期徒无死缓剥权改罪盗窃万元整千0123456789.-/_~至（）,，；、 Ee×罚金并处",
    max_size=24,
)


@given(st.integers(0, 9999))
def test_numerals(number: int) -> None:
    assert read_number(in_chinese(number)) == number


@given(TERMS)
def test_terms(term: Term) -> None:
    assert parse_term(str(term)) == Read(term)


@given(SENTENCES)
def test_sentences(sentence: Sentence) -> None:
    assert parse_sentence(str(sentence)) == Read(sentence)


@given(DEPRIVATIONS)
def test_deprivation(deprivation: Deprivation) -> None:
    assert parse_deprivation(str(deprivation)) == Read(deprivation)


@given(st.lists(st.builds(OffenceTerm, OFFENCES, SENTENCES), min_size=1, max_size=4))
def test_offence_terms(terms: list[OffenceTerm]) -> None:
    assert parse_offence_terms("；".join(map(str, terms))) == Read(tuple(terms))


@given(DAYS)
def test_dates(day: date) -> None:
    for text in (print_date(day), print_date_chinese(day), day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y.%m.%d}"):
        assert parse_date(text) == Read(day)


@given(DAYS, DAYS)
def test_ranges(first: date, last: date) -> None:
    read = parse_range(f"自{print_date(first)}起至{print_date(last)}止")
    assert read.value == (first, last)
    assert bool(read.doubt) == (last < first)


@given(st.integers(-(10**12), 10**12))
def test_money(fen: int) -> None:
    assert parse_money(str(Money(fen))) == Read(Money(fen))


@pytest.mark.parametrize("parse", [*PARSERS, parse_offence_terms])
@given(text=NEARLY | st.text(max_size=40))
def test_nonsense_is_read_or_refused_in_chinese(parse: Callable[[str], Read[Any]], text: str) -> None:
    refusal = ""
    try:
        assert isinstance(parse(text), Read)
    except ValueError as fault:
        refusal = str(fault)
    assert not refusal or any("一" <= char <= "龥" for char in refusal)
