"""Rows brought to their people: nothing joined across the traps, nothing lost, whatever the order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.core.people.by_hand import APART, UNDER, Judged, warning
from app.core.people.id_number import check_digit
from app.core.people.index import People, find_people
from app.core.records import Record
from tests.core.people.rows import row

ONE, TWO = "110101199001010015", "110101199001010031"


def rows_of(people: People) -> list[tuple[str, list[tuple[str, int]]]]:
    return [
        (each.identity.name, sorted((table, one.row) for table, rows in each.rows.items() for one in rows))
        for each in people.all
    ]


def test_a_row_with_only_a_name_that_two_share_goes_to_nobody() -> None:
    found = find_people(
        [row(1, name="测试甲", id_number=ONE), row(2, name="测试甲", id_number=TWO), row(1, "T12", name="测试甲")]
    )
    by_row = {each.key: each for each in found.all}
    assert not by_row[ONE].rows["T12"]
    assert not by_row[TWO].rows["T12"]
    assert [each.row for each, _ in by_row[ONE].maybe["T12"]] == [1]
    assert {each.one for each in found.alike} >= {ONE, TWO}


def test_a_row_with_only_a_name_is_not_joined_even_when_nobody_else_bears_it() -> None:
    found = find_people([row(1, name="测试甲", id_number=ONE), row(1, "T12", name="测试甲")])
    person = next(each for each in found.all if each.key == ONE)
    assert not person.rows["T12"]
    assert person.maybe["T12"]


def test_name_and_case_number_join_loosely() -> None:
    number = "（2026）样0101刑初1号"
    found = find_people(
        [row(1, name="测试甲", id_number=ONE, case_no=number), row(4, "T05", name="测试甲", case_no=number)]
    )
    (person,) = found.all
    assert [each.row for each in person.rows["T05"]] == [4]
    assert person.loose == {("T05.xlsx", "名册", 4): "姓名和案号相同，缺少身份证号"}


def test_rows_of_one_number_under_clearly_different_people_are_a_conflict() -> None:
    found = find_people(
        [
            row(1, name="测试甲", id_number=ONE),
            row(2, "T12", name="样本丁戊", id_number=ONE, birth_date="1970-05-05", sex="女"),
        ]
    )
    (person,) = found.all
    assert not person.rows["T12"]
    assert person.conflicts


def test_people_without_any_sound_number_are_people_too() -> None:
    found = find_people(
        [row(1, name="测试甲", birth_date="1990-01-01", sex="男", offence="盗窃罪"), row(2, name="测试乙")]
    )
    assert sorted(each.identity.name for each in found.all) == ["测试乙", "测试甲"]


def test_people_without_a_sound_number_know_whose_rows_may_be_theirs() -> None:
    found = find_people([row(1, name="测试甲", id_number=ONE), row(1, "T04", name="测试甲")])
    nameless = next(each for each in found.all if each.key != ONE)
    assert [each.table for each, _ in nameless.maybe["T02"]] == ["T02"]


def test_two_numbers_of_one_name_birth_and_sex_know_each_others_rows() -> None:
    twin = ONE[:14] + "0031"
    twin = twin[:17] + check_digit(twin[:17])
    found = find_people([row(1, name="测试甲", id_number=ONE), row(1, "T01", name="测试甲", id_number=twin)])
    assert len(found.alike) == 1
    assert {each.key: list(each.maybe) for each in found.all} == {ONE: ["T01"], twin: ["T02"]}


def test_a_cell_with_several_names_is_nobodys_but_known_to_all_of_them() -> None:
    found = find_people([row(1, name="测试甲", id_number=ONE), row(1, "T01", name="测试甲、测试丁")])
    person = next(each for each in found.all if each.key == ONE)
    assert person.maybe["T01"]
    assert not person.rows["T01"]


def test_a_word_by_hand_counts_more_than_the_rules_and_can_part_people_too() -> None:
    rows = [
        row(1, name="测试甲", id_number=ONE),
        row(1, "T12", name="测试甲"),
        row(2, "T12", name="测试甲", id_number=TWO),
    ]
    nameless = next(each for each in find_people(rows).all if each.key not in (ONE, TWO)).key
    joined = find_people(rows, Judged(same=frozenset({frozenset((ONE, nameless)), frozenset((ONE, TWO))})))
    (person,) = joined.all
    assert sorted(each.row for each in person.rows["T12"]) == [1, 2]
    apart = find_people(rows, Judged(apart=frozenset({frozenset((ONE, nameless))})))
    assert [each.row for each, _ in next(each for each in apart.all if each.key == ONE).maybe["T12"]] == [2]


def test_words_by_hand_reach_over_several_people_and_other_names() -> None:
    third = "110101198505050016"
    rows = [
        row(1, name="测试甲", id_number=ONE),
        row(2, name="测试乙", id_number=TWO),
        row(3, name="测试丙", id_number=third),
        row(4, "T12", name="样本戊", birth_date="1990-01-01"),
    ]
    nameless = next(each for each in find_people(rows).all if "|" in each.key).key
    pairs = [(ONE, TWO), (TWO, third), (third, nameless)]
    (person,) = find_people(rows, Judged(same=frozenset(map(frozenset, pairs)))).all
    assert person.key == min(ONE, TWO, third)
    assert {each.row for table in person.rows.values() for each in table} == {1, 2, 3, 4}
    assert len(person.conflicts) == 2
    assert warning(ONE, TWO)
    assert not warning(ONE, nameless)


def test_rows_of_one_number_under_two_names_can_be_parted_by_hand() -> None:
    rows = [row(place, name="测试甲", id_number=ONE) for place in (1, 3)]
    rows.append(row(2, "T12", name="样本丙丁", id_number=ONE))
    together = find_people(rows)
    (open_,) = together.alike
    assert (open_.joined, open_.one, open_.other) == (True, ONE, f"{ONE}{UNDER}样本丙丁")
    parted = find_people(rows, Judged(apart=frozenset({frozenset((open_.one, open_.other))})))
    assert [(each.key, [row.row for rows in each.rows.values() for row in rows]) for each in parted.all] == [
        (ONE, [1, 3]),
        (open_.other, [2]),
    ]
    again = [*rows, *(row(place, "T12", name="样本丙丁", id_number=ONE) for place in (5, 6, 7))]
    later = find_people(again, Judged(apart=frozenset({frozenset((open_.one, open_.other))})))
    assert [(each.key, each.identity.name) for each in later.all] == [(ONE, "测试甲"), (open_.other, "样本丙丁")]
    sure = find_people(rows, Judged(same=frozenset({frozenset((open_.one, open_.other))})))
    assert not sure.all[0].loose
    assert not sure.alike


def test_what_was_judged_cannot_be_contradicted_by_what_follows() -> None:
    judged = Judged(frozenset({frozenset("ab"), frozenset("bc")}), frozenset({frozenset("cd")}))
    assert judged.against("a", "d", same=True) == frozenset("cd")
    assert judged.against("a", "c", same=False) in {frozenset("ab"), frozenset("bc")}
    assert judged.against("a", "b", same=False) == frozenset("ab")
    assert judged.against("d", "e", same=True) is None
    assert judged.says("d", "c").why == APART


records = st.lists(
    st.builds(
        lambda place, table, values: row(place, table, **{key: value for key, value in values.items() if value}),
        st.integers(1, 10_000),
        st.sampled_from(["T01", "T02", "T12"]),
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["测试甲", "测试乙", "测试丙", "测试甲（曾用名测试丙）"]),
                "id_number": st.sampled_from(["", ONE, TWO, "110101199001010016", "1101011990****0015"]),
                "birth_date": st.sampled_from(["", "1990-01-01", "1985-03-03"]),
                "sex": st.sampled_from(["", "男"]),
                "offence": st.sampled_from(["", "盗窃罪"]),
            }
        ),
    ),
    max_size=12,
    unique_by=lambda each: (each.table, each.row),
)


@given(records, st.randoms())
def test_no_row_is_lost_or_doubled_and_the_order_does_not_matter(rows: list[Record], chance: Any) -> None:
    found = find_people(rows)
    given_to = [(each.table, each.row) for person in found.all for table in person.rows.values() for each in table]
    unplaced = {(each.table, each.row) for person in found.all for table in person.maybe.values() for each, _ in table}
    assert len(given_to) == len(set(given_to))
    assert {(each.table, each.row) for each in rows} <= {*given_to, *unplaced}
    chance.shuffle(rows)
    assert sorted(rows_of(find_people(rows))) == sorted(rows_of(found))
