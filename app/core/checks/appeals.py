"""Whether an appeal or a protest is told of a judgment, in its own column or in the remarks."""

from __future__ import annotations

import re

from app.core.checks.persons import word_of
from app.core.checks.why import Missing
from app.core.records import Record

# Somebody did appeal, or a second instance has the case; 未上诉, 上诉期满 and 二审中院维持 say nothing of the kind.
_TOLD = re.compile(
    r"(?<![未无不])(?<!没有)(?<!放弃)(?:提起|提出|已|被告人|本人|检察院|检察机关)(?:上诉|抗诉)(?!期)"
    r"|(?:上诉|抗诉|二审)(?:中(?![级院])|在审|审理中|未结|未审结)|(?:判决|裁判)(?:尚未|未)生效|^(?:尚未|未)生效"
)
_OVER = re.compile(r"维持|改判|撤回|撤诉|准许|终审|驳回|发回")  # what a second instance came to


def appealed(judgment: Record) -> bool:
    """Whether the judgment is said to be appealed or protested against; False where that is not said.

    Missing where the column says no and the remarks say yes: neither can be relied on.
    """
    told = told_in_remarks(judgment)
    if told and judgment["appealed"] is False:
        raise Missing("是否上诉抗诉（该栏为“否”，备注却写有上诉、抗诉或者未生效）", holder="人民法院")
    return judgment["appealed"] is True or told


def told_in_remarks(judgment: Record) -> bool:
    """Whether the remarks tell of an appeal without its end."""
    remarks = word_of(judgment, "remarks")
    return _TOLD.search(remarks) is not None and _OVER.search(remarks) is None
