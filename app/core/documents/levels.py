"""Who may send what to whom: some documents come from the procuratorate of the same rank as the court or authority."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.documents.kinds import DocumentKind, kind

COURT, AUTHORITY = "court", "authority"


class Rank(StrEnum):
    """What kind of procuratorate an office is; "" in the settings means that it was not said."""

    RESIDENT = "派驻检察室"
    DISPATCHED = "派出检察院"
    DISTRICT = "区县级人民检察院"
    CITY = "市级人民检察院（分院）"
    PROVINCE = "省级人民检察院"
    TOP = "最高人民检察院"


ORDER = (Rank.DISTRICT, Rank.CITY, Rank.PROVINCE, Rank.TOP)
COURTS = (("最高人民法院", Rank.TOP), ("高级人民法院", Rank.PROVINCE), ("中级", Rank.CITY), ("人民法院", Rank.DISTRICT))
PROVINCIAL = re.compile(r"监狱管理局|省公安厅|自治区公安厅|公安厅|省.*司法厅|卫生健康委")
MUNICIPAL = re.compile(r"[市州盟]公安局$|地区公安局$")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an office should not send a document: in words, what to do; `forbids` when it must not.

    `instead` is the kind of document to make in its place, "" for none.
    """

    says: str
    do: str
    forbids: bool
    instead: str = ""


def rank_of(name: str) -> Rank | None:
    """The rank of a court, or of an authority that decides on temporary execution outside prison; None if unknown."""
    for word, rank in COURTS:
        if word in name:
            return rank
    if PROVINCIAL.search(name):
        return Rank.PROVINCE
    return Rank.CITY if MUNICIPAL.search(name) else None


def objection(wanted: DocumentKind, level: str, to: str) -> Objection | None:
    """What stands against an office of a level sending a document to a court or authority; None when nothing does."""
    if not wanted.rank:
        return None
    what = "作出裁定的人民法院" if wanted.rank == COURT else "决定或者批准机关"
    report = f"《{kind(wanted.instead).name}》" if wanted.instead else "报告"
    theirs = rank_of(to)
    same = f"《{wanted.name}》由{what}的同级人民检察院提出"
    make = f"请改为制作{report}，报请同级人民检察院提出"
    if level == Rank.RESIDENT:
        return Objection(f"{same}，派驻检察室不能直接发送", make, True, wanted.instead)
    if level not in ORDER or theirs is None:
        lack = "没有填写本院级别" if not level else "本院与对方是否同级看不出来"
        return Objection(f"{same}；{lack}，请核对", f"不是同级的，请改为制作{report}", False)
    ours = Rank(level)
    if ORDER.index(ours) < ORDER.index(theirs):
        return Objection(f"{same}，{ours}不能直接发给{to}", make, True, wanted.instead)
    if ours is not theirs:
        return Objection(f"{same}，{ours}与{to}不是同级", "请核对后交由同级人民检察院提出", False)
    return None
