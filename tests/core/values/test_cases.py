"""Every grammar of the tables by example: what is read, read with a doubt, and refused with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core.records import show
from app.core.values.dates import is_serial_day, is_zero_day, parse_date, parse_month, parse_range
from app.core.values.deprivation_text import parse_deprivation
from app.core.values.money import parse_money
from app.core.values.numerals import read_number
from app.core.values.reading import Read
from app.core.values.term_grammar import parse_term
from app.core.values.term_text import parse_offence_terms, parse_sentence

CASES: dict[str, list[Any]] = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
PARSERS: dict[str, Callable[..., Read[Any]]] = {
    "term": parse_term,
    "sentence": parse_sentence,
    "deprivation": parse_deprivation,
    "offence_terms": parse_offence_terms,
    "date": parse_date,
    "month": parse_month,
    "range": parse_range,
    "money": parse_money,
}


def rows(suffix: str) -> list[tuple[Any, ...]]:
    return [(name, *case) for name in PARSERS for case in CASES.get(name + suffix, ())]


def printed(name: str, value: Any) -> str:
    return " ".join(map(str, value)) if name == "range" and value else show(value)


@pytest.mark.parametrize(("name", "text", "value"), rows(""))
def test_read_without_doubt(name: str, text: str, value: str) -> None:
    read = PARSERS[name](text)
    assert (printed(name, read.value), read.doubt) == (value, "")
    assert (read.value is None) == (value == "")


@pytest.mark.parametrize(("name", "text", "value", "doubt"), rows("_doubted"))
def test_read_with_a_doubt_that_says_why(name: str, text: str, value: str, doubt: str) -> None:
    read = PARSERS[name](text)
    assert printed(name, read.value) == value
    assert doubt in read.doubt


@pytest.mark.parametrize(("name", "text", "reason"), rows("_refused"))
def test_refused_with_the_reason_and_the_words(name: str, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"“.*”") as caught:
        PARSERS[name](text)
    assert reason in str(caught.value)


@pytest.mark.parametrize(("name", "text", "unit", "value"), rows("_with_unit"))
def test_unit_of_the_header_holds_for_bare_numbers(name: str, text: str, unit: str, value: str) -> None:
    assert str(PARSERS[name](text, unit).value) == value


@pytest.mark.parametrize(("text", "number"), CASES["number"])
def test_numerals(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", CASES["number_refused"])
def test_numerals_that_can_be_read_in_two_ways(text: str) -> None:
    with pytest.raises(ValueError, match=r"[一-龥]"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "serial", "zero"),
    [
        ("44715", True, False),
        ("44715.0", True, False),
        ("自44715起", True, False),
        ("99999", False, False),
        ("2022-06-03", False, False),
        ("1900/1/0", False, True),
        ("1899-12-30", False, True),
        ("1899-12-30 00:00:00", False, True),
        ("0:00:00", False, True),
        ("1900-01-02", False, False),
        ("", False, False),
    ],
)
def test_days_a_spreadsheet_made_are_told_apart(text: str, serial: bool, zero: bool) -> None:
    assert (is_serial_day(text), is_zero_day(text)) == (serial, zero)
