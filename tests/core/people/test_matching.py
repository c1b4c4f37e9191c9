"""How alike two rows are: the cases of the catalogue, and that the order of the two does not matter."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.findings import Match
from app.core.people.id_number import check_digit
from app.core.people.identity import identity_of
from app.core.people.matching import compare
from tests.core.people.rows import row

CASES = tomllib.loads(Path(__file__).with_name("likeness.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[each["is"] for each in CASES])
def test_a_case_of_the_catalogue(case: dict[str, Any]) -> None:
    one, other = identity_of(row(1, **case["one"])), identity_of(row(2, **case["other"]))
    found = compare(one, other)
    assert (found.grade.value if found.grade else "") == case["grade"], found.why
    assert found.why


people = st.builds(
    lambda name, number, birth, sex: row(
        1,
        **{
            key: value
            for key, value in {"name": name, "id_number": number, "birth_date": birth, "sex": sex}.items()
            if value
        },
    ),
    st.sampled_from(["测试甲", "测试乙", "测甲试", "测?甲", "买买提·样本", "买买提样本测试", "样本丁（又名测试甲）"]),
    st.sampled_from(
        [
            "",
            "110101199001010015",
            "110101199001010016",
            "110101900101001",
            "1101011990****0015",
            "1.1E+17",
            "E12345678",
        ]
    ),
    st.sampled_from(["", "1990-01-01", "1991-01-01"]),
    st.sampled_from(["", "男", "女"]),
)


@given(people, people)
def test_the_order_of_the_two_does_not_matter(one: Any, other: Any) -> None:
    first, second = identity_of(one), identity_of(other)
    assert compare(first, second).grade == compare(second, first).grade


@given(
    st.from_regex(r"110101(19[5-9][0-9])(0[1-9])(1[0-9])[0-9]{3}", fullmatch=True),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_two_sound_numbers_are_never_joined(first17: str, place: int, shift: int) -> None:
    other17 = f"{first17[:place]}{(int(first17[place]) + shift) % 10}{first17[place + 1 :]}"
    one, other = (identity_of(row(1, name="测试甲", id_number=each + check_digit(each))) for each in (first17, other17))
    if one.number and other.number:
        assert compare(one, other).grade in (None, Match.WEAK)
