"""Places as offices write them, brought to province, city and county, and whether one lies where another does.

Only what a text says is compared. Names between province and county come from a list of the state's standard; counties
are taken as written. Where two texts do not say enough, the answer is None and a person must look.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

PROVINCE_ENDS = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|省$|市$")
# 海南藏族自治州 is known as 海南州, 延边朝鲜族自治州 as 延边.
CITY_ENDS = re.compile(
    r"(?:布依族苗族|土家族苗族|苗族侗族|壮族苗族|哈尼族彝族|傣族景颇族|藏族羌族|蒙古族藏族|柯尔克孜|哈萨克|蒙古|朝鲜族|彝族|白族"
    r"|傣族|傈僳族|藏族|回族)?自治州$|地区$|市$|盟$"
)
UNKNOWN_PROVINCE = re.compile(r"^[^省市县区州旗盟\d]{1,6}(?:省|自治区)")
UNKNOWN_CITY = re.compile(r"^([^省市县区旗盟\d]{1,7}(?:市|自治州|地区|盟))(?=[^省路街巷道号]{1,12}?(?:县|区|市|旗))")
COUNTY = re.compile(
    r"^(市中区|市北区|市南区|[^省市县区旗路街巷号村镇乡\d]{1,12}?(?:自治县|自治旗|林区|特区|县|旗|区|市))"
)
LANE = re.compile(r"^[路街巷道大村镇乡号东西南北中一二三四五六七八九\d]")
# No district of the state: a zone, or a part of a town, may lie in any county of its city.
ZONE = re.compile(
    r"(?:开发|高新|示范|园|风景|度假|集聚|试验|合作|保税|小|社|片|校|景|厂|库|院|服务|管理|功能|辖)区$"
    r"|^(?:主|中心|市|县)?城区$|^营区$|^地区$|^郊区$|(?<!浦东)(?<!滨海)新区$"
)
STATION = re.compile(r"(?:火车|高铁|汽车|客运|长途)*(?:总|客运|中心)?站$|(?:国际)?机场$|口岸$")
WINDS = "东西南北"


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says of a place: each level as written in full, "" where it says nothing; `rest` is what follows.

    `either` is a city of which the text does not tell whether it lies above or at the level of a county.
    """

    text: str
    province: str = ""
    city: str = ""
    county: str = ""
    either: str = ""
    rest: str = ""

    @property
    def known(self) -> bool:
        """Whether any level is said."""
        return bool(self.province or self.city or self.county or self.either)


@dataclass(frozen=True, slots=True)
class _Names:
    provinces: Mapping[str, str]  # full and short name → full name
    cities: Mapping[str, tuple[tuple[str, str], ...]]  # full and short name → its province and full name
    municipalities: frozenset[str]


@cache
def _names() -> _Names:
    data = tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))
    municipalities = frozenset(data["municipalities"])
    full = [*data["provinces"], *municipalities]
    provinces = {name: each for each in full for name in (each, PROVINCE_ENDS.sub("", each))}
    cities: dict[str, list[tuple[str, str]]] = {}
    for province, units in data["provinces"].items():
        for each in units:
            for name in (each, CITY_ENDS.sub("", each)):
                cities.setdefault(name, []).append((province, each))
    return _Names(provinces, {name: tuple(each) for name, each in cities.items()}, municipalities)


@lru_cache(maxsize=50_000)
def read_place(text: str, *, station: bool = False) -> Place:
    """Province, city and county of a text; of a station's name only what comes before the direction is a place."""
    plain = re.sub(r"[\s,，、/\\-]+", "", unicodedata.normalize("NFKC", text)).removeprefix("中国")
    if station:
        plain = STATION.sub("", plain)
        short = plain.rstrip(WINDS) or plain
        plain = short if len(short) > 1 else plain
    province, city, rest = _upper(plain, station)
    if province in _names().municipalities:
        city = province
        rest = re.sub(r"^(?:市辖区|县|" + province + ")", "", rest)
    either = ""
    if not city and (match := UNKNOWN_CITY.match(rest)):
        city, rest = match[1], rest[match.end() :]
    rest = rest.removeprefix("市辖区")
    county = match[1] if (match := COUNTY.match(rest)) else ""
    if county:
        rest = rest[len(county) :]
    if county.endswith("市") and not city and province not in _names().provinces:
        county, either = "", county
    if ZONE.search(county):
        county = ""
    return Place(text.strip(), province, city, county, either, rest)


def _upper(plain: str, station: bool) -> tuple[str, str, str]:
    """Province and city at the beginning of a text, and what is left."""
    names = _names()
    city, rest = _city(plain, "", station)
    if city and plain.startswith(city[1]):
        return city[0], city[1], rest
    province = next((each for each in _prefixes(plain) if each in names.provinces), "")
    if province and _plausible(plain[len(province) :], province in names.provinces.values(), station):
        left = plain[len(province) :]
        own, after = _city(left, names.provinces[province], station)
        return names.provinces[province], own[1] if own else "", after if own else left
    if city:
        return city[0], city[1], rest
    if match := UNKNOWN_PROVINCE.match(plain):
        return match[0], "", plain[match.end() :]
    return "", "", plain


def _city(plain: str, province: str, station: bool) -> tuple[tuple[str, str] | None, str]:
    for each in _prefixes(plain):
        left = plain[len(each) :]
        for of, full in _names().cities.get(each, ()):
            if (not province or of == province) and _plausible(left, each == full, station):
                return (of, full), left
    return None, plain


def _prefixes(plain: str) -> Iterable[str]:
    return (plain[:length] for length in range(min(len(plain), LONGEST), 1, -1))


LONGEST = len("克孜勒苏柯尔克孜自治州")


def _plausible(left: str, full: bool, station: bool) -> bool:
    """Whether a name without its ending is a place and not the beginning of a street: 中山路 is none."""
    if full or station or not left:
        return True
    return not LANE.match(left) and left[0] not in "省市县区州盟旗"


def same_place(one: Place, other: Place) -> bool | None:
    """Whether two places lie in one county, or in districts of one city; None when the texts do not tell.

    A district and another county of the same city are None: practice differs there.
    """
    for level in ("province", "city"):
        mine, theirs = getattr(one, level), getattr(other, level)
        if mine and theirs and _core(mine) != _core(theirs):
            return False
    if one.either or other.either:
        return _either(one, other)
    if one.county and other.county:
        return _counties(one, other)
    for known, bare in ((one, other), (other, one)):
        if known.county and not bare.county and _core(known.county) in bare.rest[: len(_core(known.county))]:
            return True
    return None


def _counties(one: Place, other: Place) -> bool | None:
    if _core(one.county) == _core(other.county):
        return True
    urban = one.county.endswith("区"), other.county.endswith("区")
    same_city = bool(one.city) and _core(one.city) == _core(other.city)
    if all(urban):
        return True if same_city else None
    # The home district's city has counties around it.
    return None if urban[0] and same_city else False


def _either(one: Place, other: Place) -> bool | None:
    mine, theirs = one.either, other.either
    if mine and theirs:
        return _core(mine) == _core(theirs) or None
    name, place = (mine, other) if mine else (theirs, one)
    if _core(name) == _core(place.county):
        return True if place.county.endswith("市") else None
    return False if place.city and place.county and _core(name) != _core(place.city) else None


@lru_cache(maxsize=50_000)
def _core(name: str) -> str:
    """A name without its ending, as units change from county to city to district and keep it."""
    core = re.sub(r"(?:自治区|特别行政区|自治州|自治县|自治旗|地区|林区|特区|省|市|县|区|旗|盟)$", "", name)
    return core if len(core) > 1 else name


def away(homes: Iterable[Place], there: Place) -> bool | None:
    """Whether a place lies outside all of a person's homes; None when one of them cannot be compared with it."""
    answers = [same_place(home, there) for home in homes if home.known]
    if any(answers):
        return False
    return None if not answers or None in answers else True
