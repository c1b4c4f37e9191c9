"""Identity numbers: what is valid, mended without loss, damaged, masked, or no identity number at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.people.id_number import IdState, check_digit, read_id_number

SOUND = "41282919791003985X"
FIRST17 = st.builds(
    lambda region, born, order: f"{region}{born:%Y%m%d}{order:03d}",
    st.integers(110000, 659999),
    st.dates(date(1920, 1, 1), date(2012, 12, 31)),
    st.integers(1, 999),
)


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        SOUND.lower(),
        "41282919791003985×",
        "41282919791003985х",
        "'41282919791003985X",
        " 412829 19791003 985X\n",
        "412829-19791003-985X",
        "４１２８２９１９７９１００３９８５Ｘ",
        "身份证：41282919791003985X",
    ],
)
def test_ways_of_writing_one_number(text: str) -> None:
    read = read_id_number(text)
    assert (read.number, read.state, read.birth_date, read.sex) == (SOUND, IdState.VALID, date(1979, 10, 3), "男")


@pytest.mark.parametrize("text", ["412829791003985", "412829791003985.0"])
def test_fifteen_digits_become_eighteen(text: str) -> None:
    read = read_id_number(text)
    assert (read.number, read.state, read.birth_date) == (SOUND, IdState.UPGRADED, date(1979, 10, 3))


def test_a_number_with_a_decimal_point_is_whole_where_no_float_can_hold_it() -> None:
    whole, rounded = "110101199001010015", "110101199001011536"
    assert check_digit(rounded[:17]) == rounded[17]
    assert read_id_number(f"{whole}.0").number == whole
    assert read_id_number(f"{rounded}.0").state is IdState.DAMAGED


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("412829197910039850", IdState.WRONG_DIGIT),
        ("41282919791003985", IdState.WRONG_DIGIT),
        ("412829197913039853", IdState.WRONG_DIGIT),
        ("412829791303985", IdState.WRONG_DIGIT),
        ("4.12829197910E+17", IdState.DAMAGED),
        ("412829197910039000", IdState.DAMAGED),
        ("412829197910039850.0", IdState.DAMAGED),
        ("412829********985X", IdState.MASKED),
        ("412829XXXXXXXX985X", IdState.MASKED),
        ("412829●●●●●●●●985X", IdState.MASKED),
        ("E12345678", IdState.OTHER),
        ("护照E123", IdState.OTHER),
        ("000000000000000000", IdState.BLANK),
        ("自报", IdState.BLANK),
        ("无", IdState.BLANK),
        ("/", IdState.BLANK),
        ("", IdState.EMPTY),
        ("  ", IdState.EMPTY),
        ("已核对", IdState.UNREADABLE),
    ],
)
def test_state_of_what_is_not_sound(text: str, state: IdState) -> None:
    read = read_id_number(text)
    assert (read.state, read.birth_date, read.sex) == (state, None, "")


@given(FIRST17)
def test_own_check_digit_is_right(first17: str) -> None:
    read = read_id_number(first17 + check_digit(first17))
    assert read.state is IdState.VALID
    assert read.sex == ("男" if int(first17[16]) % 2 else "女")


@given(FIRST17, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(first17: str, place: int, shift: int) -> None:
    wrong = first17[:place] + str((int(first17[place]) + shift) % 10) + first17[place + 1 :]
    assert read_id_number(wrong + check_digit(first17)).state in (IdState.WRONG_DIGIT, IdState.DAMAGED)


@given(st.dates(date(1920, 1, 1), date(1999, 12, 31)), st.integers(1, 999))
def test_fifteen_and_eighteen_digits_are_one_person(born: date, order: int) -> None:
    short = f"412829{born:%y%m%d}{order:03d}"
    first17 = f"412829{born:%Y%m%d}{order:03d}"
    assert read_id_number(short).number == first17 + check_digit(first17)


@given(st.text(max_size=30) | st.text("0123456789Xx*.E+ '", max_size=22))
def test_any_text_has_a_state(text: str) -> None:
    assert read_id_number(text).state in IdState
