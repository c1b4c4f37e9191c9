"""Places are compared by what their texts say, and by nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks import places
from app.core.checks.places import away, read_place, same_place


@pytest.mark.parametrize(
    ("text", "province", "city", "county"),
    [
        ("河南省驻马店市新蔡县古吕镇", "河南省", "驻马店市", "新蔡县"),
        ("河南 驻马店 新蔡县", "河南省", "驻马店市", "新蔡县"),
        ("新蔡县", "", "", "新蔡县"),
        ("江苏省苏州市昆山市花桥镇", "江苏省", "苏州市", "昆山市"),
        ("江苏昆山市", "江苏省", "", "昆山市"),
        ("北京市市辖区朝阳区某路", "北京市", "北京市", "朝阳区"),
        ("上海浦东新区", "上海市", "上海市", "浦东新区"),
        ("吉林市船营区", "吉林省", "吉林市", "船营区"),
        ("吉林省吉林市", "吉林省", "吉林市", ""),
        ("济南市市中区经四路", "山东省", "济南市", "市中区"),
        ("海南藏族自治州共和县", "青海省", "海南藏族自治州", "共和县"),
        ("郑州市高新区科学大道", "河南省", "郑州市", ""),
        ("中国香港", "香港特别行政区", "", ""),
        ("例省例州市例县例路1号", "例省", "例州市", "例县"),
        ("中山路12号", "", "", ""),
        ("海南路1号", "", "", ""),
        ("古吕街道办事处月亮湾小区", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_text_is_read(text: str, province: str, city: str, county: str) -> None:
    place = read_place(text)
    assert (place.province, place.city, place.county) == (province, city, county)


@pytest.mark.parametrize(
    ("text", "city"),
    [("郑州东站", "郑州市"), ("西安", "西安市"), ("驻马店西", "驻马店市"), ("上海虹桥", "上海市"), ("明港东", "")],
)
def test_a_station_is_read(text: str, city: str) -> None:
    assert read_place(text, station=True).city == city


@pytest.mark.parametrize(
    ("home", "there", "same"),
    [
        ("河南省驻马店市新蔡县", "新蔡县", True),
        ("新蔡县", "河南驻马店新蔡古吕镇", True),
        ("河南省驻马店市新蔡县", "驻马店市驿城区", False),
        ("新蔡县", "临泉县", False),
        ("河南省驻马店市新蔡县", "驻马店市", None),
        ("河南省驻马店市新蔡县", "驻马店市高新区", None),
        ("郑州市金水区", "郑州市二七区", True),
        ("郑州市金水区", "二七区", None),
        ("郑州市金水区", "郑州市中牟县", None),
        ("北京市朝阳区", "长春市朝阳区", False),
        ("昆山市", "苏州市昆山市", True),
        ("昆山市", "苏州市吴中区", False),
        ("例州市", "例省例州市例县", None),
        ("新蔡县", "人民路1号", None),
    ],
)
def test_two_places_are_compared(home: str, there: str, same: bool | None) -> None:
    assert same_place(read_place(home), read_place(there)) is same


def test_one_home_is_enough_and_a_doubtful_one_forbids() -> None:
    homes = [read_place("河南省驻马店市新蔡县"), read_place("郑州市金水区")]
    assert away(homes, read_place("郑州市二七区")) is False
    assert away(homes, read_place("安徽省阜阳市临泉县")) is True
    assert away(homes, read_place("郑州市")) is None
    assert away([], read_place("新蔡县")) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_read_and_nobody_is_away_from_there(one: str, other: str) -> None:
    place = read_place(one)
    assert same_place(place, place) in (True, None)
    assert same_place(place, read_place(other)) in (True, False, None)


def test_every_unit_is_found_in_its_province() -> None:
    data = tomllib.loads(Path(places.__file__).with_name("places.toml").read_text(encoding="utf-8"))
    for province, units in data["provinces"].items():
        for unit in units:
            place = read_place(province + unit)
            assert (place.province, place.city) == (province, unit)
    assert all(read_place(each).city == each for each in data["municipalities"])
