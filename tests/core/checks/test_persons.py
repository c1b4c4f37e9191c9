"""Which lists are there, and whether a place lies in the office's own districts."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.checks.persons import Lists

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("place", "inside"),
    [
        ("吉林省吉林市船营区", True),
        ("吉林市中级人民法院", True),
        ("吉林丰满看守所", True),
        ("吉林省长春市南关区", False),
        ("长春市中级人民法院", False),
        ("四川省成都市", False),
        ("向阳镇二组", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_district_is_not_the_province_of_its_name(place: str, inside: bool | None) -> None:
    assert Lists(DAY, {}, districts=("吉林市",)).inside(place) is inside


@pytest.mark.parametrize(
    ("place", "inside"),
    [("朝阳区司法局", True), ("朝阳法院", True), ("辽宁省朝阳市双塔区", False), ("海淀区朝阳路1号", False)],
)
def test_nor_another_place_or_a_street_of_its_name(place: str, inside: bool) -> None:
    assert Lists(DAY, {}, districts=("朝阳区",)).inside(place) is inside


def test_without_districts_every_place_counts_and_a_short_name_counts_in_full_only() -> None:
    assert Lists(DAY, {}).inside("") is True
    assert Lists(DAY, {}, districts=("滦县",)).inside("河北省滦县") is True
    assert Lists(DAY, {}, districts=("滦县",)).inside("河北省滦南县") is False
