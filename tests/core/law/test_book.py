"""The law book: every number has its article, nothing overlaps, every rule cites, and a broken file is refused."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.core.checks.reduction import (
    batch_review,  # noqa: F401
    review,  # noqa: F401  the families enter their rules
)
from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.checks.reduction.book import RULES as CASE_RULES
from app.core.law import book
from app.core.law.book import FILES, HERE, LawGap, Row, load, shipped

PARAMETERS: list[dict[str, Any]] = [
    each for name in FILES for each in tomllib.loads((HERE / name).read_text(encoding="utf-8")).get("parameter", [])
]
LAW = shipped()
RULES = (*CASE_RULES.all(), *BATCH_RULES.all())
MERITS = ("repentance", "merit", "repentance_merit", "major", "repentance_major")
DAY = date(2026, 11, 21)
# Known by name, not by article.
UNREAD = (
    *(
        "司法部令第130号",
        "监外执行检察办法（2008）",
        "法释〔2012〕2号",
        "法释〔1997〕25号",
        "本程序约定",
        "法释〔2000〕7号",
        "司办通〔2021〕94号",
        "国移民公〔2021〕420号",
    ),
    *("司发通〔2014〕112号", "劳社厅函〔2001〕44号", "高检会〔2009〕3号"),
)
CITED = {
    "A": {"wait", "interval", "cap", "exempt"},
    "B": {"wait", "range", "exempt"},
    "D": {"interval", "cap", "exempt"},
}
MORE = (
    ("repentance", "repentance_merit"),
    ("merit", "repentance_merit"),
    ("repentance", "major"),
    ("merit", "major"),
    ("repentance_merit", "repentance_major"),
    ("major", "repentance_major"),
)


@pytest.mark.parametrize("provision", LAW.provisions.values(), ids=LAW.provisions)
def test_every_provision_can_be_looked_up(provision: book.Provision) -> None:
    assert provision.law
    assert provision.article.startswith("第") or provision.law in UNREAD
    assert provision.certainty in {"V", "S", "M", "D"}
    assert len(provision.says) > 5
    assert provision.start is None or provision.end is None or provision.start <= provision.end


def test_every_provision_is_used() -> None:
    cited = {cite for row in LAW.rows for cite in row.cites.values()}
    cited |= {each.provision for group in LAW.parameters.values() for each in group}
    cited |= {cite for rule in RULES for cite in rule.cites}
    source = "".join(path.read_text(encoding="utf-8") for path in HERE.parent.joinpath("checks").rglob("*.py"))
    source += HERE.joinpath("duties.toml").read_text(encoding="utf-8")
    assert {each for each in LAW.provisions if each not in cited and f'"{each}"' not in source} == UNUSED


# Held for people to read; no rule rests on them yet.
UNUSED = {"R16-41", "CPI-498"}


@pytest.mark.parametrize("row", LAW.rows, ids=lambda row: f"{row.id} {row.group} {row.table}")
def test_every_row_is_whole(row: Row) -> None:
    assert set(row.cites.values()) <= set(LAW.provisions)
    assert set(row.cites) == CITED["B" if row.table == "C" else row.table[0]]
    silent = row.group == "any" and row.table == "A" and row.band[0] == 0  # no number was handed down
    assert (row.wait is not None) == (row.table in "ABC" and not silent)
    assert (row.interval is not None) == (row.table not in ("B", "C") and not silent)
    assert set(row.caps or row.ranges) == set(MERITS)
    assert row.start == max(LAW.provision(cite).start or row.start for cite in row.cites.values())
    assert row.says


@pytest.mark.parametrize("row", LAW.rows, ids=lambda row: f"{row.id} {row.group} {row.table}")
def test_more_merit_never_gets_less(row: Row) -> None:
    for less, more in MORE:
        if row.caps:
            assert row.caps[less] <= row.caps[more]
        else:
            assert row.ranges[more] <= row.ranges[less]
            assert row.ranges[more][0] <= row.ranges[more][1]


def ordinary(row: Row) -> Row:
    """The ordinary row for the same sentence."""
    return LAW.row(row.table, "ordinary", DAY, row.band[0])


@pytest.mark.parametrize(
    "row", [each for each in LAW.rows if each.group not in ("ordinary", "any")], ids=lambda row: row.says
)
def test_strict_is_never_milder_than_ordinary(row: Row) -> None:
    usual = ordinary(row)
    assert (row.wait or 0) >= (usual.wait or 0)
    assert (row.interval or 0) >= (usual.interval or 0)
    for merit in MERITS:
        if row.caps:
            assert row.caps[merit] <= usual.caps[merit]
        elif row.floor is None:
            assert row.ranges[merit] >= usual.ranges[merit]
        else:
            assert row.ranges[merit][0] >= min(row.floor, usual.ranges[merit][0])


@pytest.mark.parametrize("row", [each for each in LAW.rows if each.floor is not None], ids=lambda row: row.says)
def test_strict_ranges_begin_at_their_floor_or_where_others_begin(row: Row) -> None:
    usual = ordinary(row)
    assert min(low for low, _ in row.ranges.values()) == row.floor
    assert all(row.ranges[merit][0] in (row.floor, usual.ranges[merit][0]) for merit in MERITS)


def test_rows_of_one_group_never_overlap() -> None:
    for one in LAW.rows:
        for other in LAW.rows:
            if one is other or (one.table, one.group) != (other.table, other.group):
                continue
            days = one.start <= (other.end or date.max) and other.start <= (one.end or date.max)
            months = one.band[0] < other.band[1] and other.band[0] < one.band[1]
            assert not (days and months), (one.id, other.id)


@pytest.mark.parametrize("months", [1, 59, 60, 119, 120, 121, 180, 240, 300])
@pytest.mark.parametrize("group", ["ordinary", "strict", "graft"])
def test_every_fixed_term_has_a_row(group: str, months: int) -> None:
    low, high = LAW.row("A", group, DAY, months).band
    assert low <= months < high


def test_before_the_rules_there_is_no_row() -> None:
    assert LAW.row("A", "ordinary", date(2017, 1, 1), 60).id == "A2"
    with pytest.raises(LawGap):
        LAW.row("A", "ordinary", date(2016, 12, 31), 60)
    assert LAW.row("A", "graft", date(2019, 6, 1), 60).id == "A6"
    with pytest.raises(LawGap):
        LAW.row("A", "graft", date(2019, 5, 31), 60)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda each: each["id"])
def test_every_parameter_has_its_source(parameter: dict[str, Any]) -> None:
    provision = LAW.provision(parameter["cite"])
    assert parameter["says"]
    assert parameter["unit"]
    begin = parameter.get("from")
    assert begin is None or provision.start is None or provision.start <= begin
    assert isinstance(parameter["value"], date) or parameter["value"] > 0


def test_parameters_never_overlap() -> None:
    for group in LAW.parameters.values():
        spans = sorted((each.start or date.min, each.end or date.max) for each in group)
        for earlier, later in pairwise(spans):
            assert earlier[1] < later[0]


def test_a_parameter_changes_on_its_day() -> None:
    assert LAW.number("life_minimum", date(2011, 4, 30)) == 120
    assert LAW.number("life_minimum", date(2011, 5, 1)) == 156
    assert LAW.parameter("notice_workdays", date(2026, 10, 31)).provision == "MJ130-NOTICE"
    assert LAW.parameter("notice_workdays", date(2026, 11, 1)).provision == "PL26-50"
    assert LAW.number("notice_workdays", date(2014, 12, 1)) == 5
    for name, day in (("property_wait", date(2024, 4, 30)), ("notice_workdays", date(2014, 11, 30))):
        with pytest.raises(LawGap):
            LAW.number(name, day)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_cites(rule: Any) -> None:
    assert rule.cites
    assert set(rule.cites) <= set(LAW.provisions)
    assert rule.name


def test_unread_texts_are_marked() -> None:
    assert LAW.provision("MJ130-NOTICE").certainty == "M"
    assert LAW.provision("LOCAL").certainty == "D"
    assert LAW.provision("R16-6.1").certainty == "V"


SOURCE = '[[source]]\nid = "X"\nshort = "某法"\ncertainty = "V"\n'
PROVISION = '[[provision]]\nid = "X-1"\nlaw = "X"\narticle = "第一条"\nsays = "说明"\n'
PARAMETER = '[[parameter]]\nid = "n"\nvalue = 1\nunit = "月"\ncite = "X-1"\nsays = "说明"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (SOURCE + PROVISION + PARAMETER.replace("X-1", "X-2"), "X-2"),
        (SOURCE + PROVISION + PROVISION, "twice"),
        (SOURCE + PROVISION + PARAMETER + PARAMETER, "overlapping"),
        (SOURCE + PROVISION + PARAMETER + "to = 2020-01-01\n" + PARAMETER + "from = 2020-01-01\n", "overlapping"),
    ],
)
def test_a_broken_book_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "book.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        load([path])


def test_a_sound_book_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    later = PARAMETER.replace("= 1", "= 2") + "from = 2020-01-02\n"
    path.write_text(SOURCE + PROVISION + PARAMETER + "to = 2020-01-01\n" + later, encoding="utf-8")
    law = load([path])
    day = date(2020, 1, 1)
    assert (law.number("n", day), law.number("n", day + timedelta(days=1))) == (1, 2)
