"""Offence names and 从严情形 words, as lists write them."""

from __future__ import annotations

import pytest

from app.core.law.offences import shipped

LIST = shipped()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("受贿罪", ["受贿"]),
        ("受贿", ["受贿"]),
        ("犯贪污罪", ["贪污"]),
        ("盗窃罪、抢劫罪", ["抢劫"]),
        ("盗窃 集资诈骗", ["集资诈骗"]),
        ("盗窃罪\n抢劫罪", ["抢劫"]),
        ("盗窃/集资诈骗", ["集资诈骗"]),
        ("故意 杀人", ["故意杀人"]),
        ("抢劫罪（未遂）", ["抢劫"]),
        ("1.抢劫罪2.强奸罪", ["抢劫", "强奸"]),
        ("组织、领导、参加黑社会性质组织罪", ["组织、领导、参加黑社会性质组织"]),
        ("执行判决、裁定滥用职权罪", ["执行判决、裁定滥用职权"]),
        ("非国家工作人员受贿罪", []),
        ("合同诈骗罪", []),
        ("诈骗罪", []),
        ("非法买卖爆炸物罪", []),
        ("掩饰、隐瞒犯罪所得罪", []),
        ("", []),
    ],
)
def test_listed_offences_are_found(text: str, names: list[str]) -> None:
    assert [each.name for each in LIST.find(text)] == names


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("抢劫罪、盗窃罪", True),
        ("抢劫、盗窃", True),
        ("盗窃 诈骗", True),
        ("抢劫罪", False),
        ("抢劫罪（未遂）", False),
        ("故意 杀人罪", False),
        ("掩饰、隐瞒犯罪所得罪", False),
        ("走私、贩卖、运输、制造毒品罪", False),
        ("组织、领导、参加黑社会性质组织罪", False),
        ("帮助信息网络犯罪活动罪", False),
    ],
)
def test_several_offences_are_told_from_one(text: str, several: bool) -> None:
    assert LIST.several(text) is several


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("累犯", {"K7"}),
        ("累犯、职务犯罪", {"K7", "K1"}),
        ("有履行能力而不履行", {"K8"}),
        ("非累犯", set()),
        ("非累犯，职务犯罪", {"K1"}),
        ("不属于累犯、毒品再犯", set()),
        ("未发现有能力而不履行情形", set()),
        ("累犯：否", set()),
        ("无期徒刑、累犯", {"K7"}),
        ("无", set()),
        ("", set()),
    ],
)
def test_strict_classes_are_read_with_their_denials(text: str, groups: set[str]) -> None:
    assert LIST.flagged(text) == groups


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("受贿", "K1"), ("滥用职权", "K1"), ("非法吸收公众存款", "K2"), ("信用卡诈骗", "K2"), ("洗钱", "K2"),
        ("参加黑社会性质组织", "K3"), ("间谍", "K4"), ("组织、领导、参加恐怖组织", "K5"), ("投放危险物质", "V8"),
    ],
)  # fmt: skip
def test_offences_stand_in_their_class(name: str, group: str) -> None:
    [offence] = LIST.find(name + "罪")
    assert offence.group == group


def test_only_graft_is_graft() -> None:
    assert LIST.find("受贿罪")[0].graft
    assert LIST.find("行贿罪")[0].graft
    assert not LIST.find("滥用职权罪")[0].graft
    assert not LIST.find("行贿罪")[0].certain


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("合同诈骗罪", True),
        ("行贿罪", True),
        ("走私普通货物罪", True),
        ("走私、贩卖、运输、制造毒品罪", False),  # of the sixth chapter
        ("走私普通货物罪、走私毒品罪", True),
        ("生产、销售有毒、有害食品罪", True),
        ("虚开增值税专用发票罪", True),
        ("非法吸收公众存款罪", True),
        ("诈骗罪", False),  # of the fifth chapter
        ("盗窃罪", False),
        ("妨害公务罪", False),
        ("非法低价出让国有土地使用权罪", False),  # of the ninth chapter
        ("非法转让、倒卖土地使用权罪", True),
    ],
)
def test_who_may_not_run_a_company(text: str, bars: bool) -> None:
    assert shipped().economic.named(text) is bars


def test_the_class_of_an_offence_may_tell_it_too() -> None:
    assert shipped().economic.classed("破坏社会主义市场经济秩序罪")
    assert not shipped().economic.classed("侵犯财产罪")
