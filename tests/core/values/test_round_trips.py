"""What is printed is read back as the same value; whatever else comes is read or refused, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.people.id_number import CHECK_DIGITS, IdState, check_digit, read_id_number
from app.core.values import Deprivation, Money, OffenceTerm, Sentence, SentenceKind, Term
from app.core.values.dates import (
    EXCEL_EPOCH,
    FIRST_SERIAL,
    LAST_SERIAL,
    parse_date,
    parse_month,
    parse_range,
    print_date,
)
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
WIDE = {char: char + 0xFEE0 for char in range(ord("!"), ord("~") + 1)}
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
# Letters the grammars are made of, so that nonsense comes close to sense.
NEARLY = st.text(
    "一二十百零〇两年个月日半减为去刑有期徒无死缓剥权改罪盗窃万元整千0123456789.-/_~至（）,，；、 Ee×罚金并处",
    max_size=24,
)


def print_date_chinese(day: date) -> str:
    """二〇二四年三月十五日, as legal instruments write it."""
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日"


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


def term_forms(term: Term) -> list[str]:
    """The ways lists write a term, all of its parts named."""
    years, months, days = term.years, term.months, term.days
    chinese = "".join(
        f"{in_chinese(number)}{unit}" for number, unit in ((years, "年"), (months, "个月"), (days, "天")) if number
    )
    return [
        f"{years:02}_{months:02}_{days:02}",
        f"{years}年{months}个月{days}日",
        f"{years}年{months}月{days}天",
        f" {years} 年 {months} 个月 {days} 日 ",
        f"{years}Y{months}M{days}D",
        chinese,
        chinese.translate(FORMAL),
    ]


@given(TERMS.filter(bool))
def test_terms_in_every_form(term: Term) -> None:
    for text in term_forms(term):
        assert parse_term(text) == Read(term), text


@given(st.integers(1, 1199))
def test_terms_in_months_alone(months: int) -> None:
    for text in (f"{months}个月", f"{months}月", f"{months}M", f"{in_chinese(months)}个月"):
        assert parse_term(text) == Read(Term.of_months(months))


@given(DAYS)
def test_dates(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    texts = [print_date(day), print_date_chinese(day), day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y.%m.%d}"]
    texts += [f"{year}{mark}{month}{mark}{number}" for mark in "-/.,"]
    texts += [f"{day:%Y/%m/%d} 00:00:00", f"{day:%Y-%m-%d}T00:00:00", f"{year} 年 {month} 月 {number} 日"]
    texts += [f"{day:%Y年%m月%d日}", f"{year}.{month}.{number}日", f"'{day.isoformat()}", f"至{print_date(day)}止"]
    texts += [print_date_chinese(day).replace("〇", zero) for zero in "零○O"]
    texts += [f"{year}年{month}月{number}日".translate(WIDE)]
    for text in texts:
        assert parse_date(text) == Read(day), text


@given(st.dates(EXCEL_EPOCH + timedelta(days=FIRST_SERIAL), EXCEL_EPOCH + timedelta(days=LAST_SERIAL)))
def test_serial_days(day: date) -> None:
    read = parse_date(str((day - EXCEL_EPOCH).days))
    assert (read.value, bool(read.doubt)) == (day, True)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_days_with_a_short_year(day: date) -> None:
    read = parse_date(f"{day:%y}.{day.month}.{day.day}")
    assert (read.value, bool(read.doubt)) == (day, True)


@given(DAYS, DAYS)
def test_ranges(first: date, last: date) -> None:
    texts = [f"自{print_date(first)}起至{print_date(last)}止", f"{first:%Y%m%d}-{last:%Y%m%d}"]
    texts += [f"{first:%Y.%m.%d}{joint}{last:%Y.%m.%d}" for joint in "-–—~～至到"]
    for text in texts:
        read = parse_range(text)
        assert read.value == (first, last), text
        assert bool(read.doubt) == (last < first)


@given(st.integers(-(10**12), 10**12))
def test_money(fen: int) -> None:
    assert parse_money(str(Money(fen))) == Read(Money(fen))


@given(st.integers(0, 10**11))
def test_money_in_digits(fen: int) -> None:
    yuan = Decimal(fen) / 100
    texts = [
        f"{yuan:.2f}",
        f"{yuan:,.2f}",
        f"￥{yuan:,.2f}",
        f"¥{yuan:.2f}元",
        f"人民币{yuan:.2f}元整",
        f" {yuan:.2f} ",
    ]
    for text in [*texts, f"{yuan:,.2f}元".translate(WIDE)]:
        assert parse_money(text) == Read(Money(fen)), text
    if fen:
        assert parse_money(f"-{yuan:.2f}") == parse_money(f"负{yuan:.2f}元") == Read(Money(-fen))


@given(st.integers(1, 10**8))
def test_money_in_ten_thousands(hundreds: int) -> None:
    amount = Decimal(hundreds) / 100
    for text in (f"{amount}万元", f"{amount}万", f"人民币{amount}万元整", f"罚金{amount}万元"):
        assert parse_money(text) == Read(Money(hundreds * 10_000)), text
    assert parse_money(str(amount), "万元") == Read(Money(hundreds * 10_000))


@given(st.integers(1, 9_999), st.integers(0, 9_999), st.integers(0, 99))
def test_money_in_words(ten_thousands: int, rest: int, fen: int) -> None:
    gap = "零" if 0 < rest < 1000 else ""
    words = f"{in_chinese(ten_thousands)}万{gap}{in_chinese(rest) if rest else ''}".replace("万十", "万一十")
    words = words.replace("万零十", "万零一十")
    cents = f"{in_chinese(fen // 10)}角" * (fen >= 10) + f"{in_chinese(fen % 10)}分" * (fen % 10 > 0)
    value = Money((ten_thousands * 10_000 + rest) * 100 + fen)
    for text in (f"{words}元{cents or '整'}", f"人民币{words}元{cents}"):
        assert parse_money(text) == Read(value), text
        assert parse_money(text.translate(FORMAL)) == Read(value), text


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(110_000, 659_999), st.integers(0, 999))
def test_identity_numbers(born: date, place: int, serial: int) -> None:
    first17 = f"{place}{born:%Y%m%d}{serial:03}"
    number = first17 + check_digit(first17)
    same = [
        number,
        number.lower(),
        f"'{number}",
        f" {number[:6]} {number[6:14]} {number[14:]} ",
        number.translate(WIDE),
    ]
    same += [number.replace("X", other) for other in "×хX"]
    for text in same:
        read = read_id_number(text)
        assert (read.number, read.state, read.birth_date) == (number, IdState.VALID, born), text
    short = f"{place}{born:%y%m%d}{serial:03}"
    for text in (short, f"{short}.0", f"'{short}"):
        upgraded = read_id_number(text)
        assert (upgraded.number, upgraded.state) == (number, IdState.UPGRADED), text


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)), st.integers(110_000, 659_999), st.integers(0, 999))
def test_identity_numbers_a_spreadsheet_spoilt(born: date, place: int, serial: int) -> None:
    first17 = f"{place}{born:%Y%m%d}{serial:03}"
    number = first17 + check_digit(first17)
    assert read_id_number(f"{number[0]}.{number[1:6]}E+17").state is IdState.DAMAGED
    assert read_id_number(f"{float(first17 + '0'):.1f}").state is IdState.DAMAGED
    lucky = check_digit(f"{first17[:15]}00") == "0"
    spoilt = read_id_number(f"{first17[:15]}000").state
    assert spoilt is (IdState.VALID if lucky else IdState.DAMAGED)
    other = str((CHECK_DIGITS.index(number[-1]) + 1) % 10)
    assert other == number[-1] or read_id_number(first17 + other).state is not IdState.VALID


@pytest.mark.parametrize("parse", [*PARSERS, parse_offence_terms])
@given(text=NEARLY | st.text(max_size=40))
def test_nonsense_is_read_or_refused_in_chinese(parse: Callable[[str], Read[Any]], text: str) -> None:
    refusal = ""
    try:
        assert isinstance(parse(text), Read)
    except ValueError as fault:
        refusal = str(fault)
    assert not refusal or any("一" <= char <= "龥" for char in refusal)
