"""What is said after a review beside its result."""

from __future__ import annotations

from collections import Counter

from app.core.law.book import LawBook
from app.core.store.life_rows import StepKind
from app.core.store.rows import Ending


def refused(law: LawBook) -> str:
    """What of the office's own law was not used."""
    return "".join(f"。注意：{each}" for each in law.refused)


def since(ended: Counter[Ending], again: int) -> str:
    """What became of the leads of the last review, as a sentence to be added."""
    answered = ended[Ending.ANSWERED]
    others = ended.total() - answered
    parts = [
        (answered, f"{answered} 条线索已由新数据回答"),
        (others, f"{others} 条线索因其他原因不再成立"),
        (again, f"{again} 条线索重新成立"),
    ]
    told = [words for number, words in parts if number]
    return f"；与上次相比，{'，'.join(told)}" if told else ""


def again(came: Counter[StepKind]) -> str:
    """Which findings are 待核查 again, as a sentence to be added."""
    parts = [
        (came[StepKind.DUE], f"{came[StepKind.DUE]} 条持续关注的线索到期"),
        (came[StepKind.CHANGED], f"{came[StepKind.CHANGED]} 条已排除、已办结的线索所依据的数据有变化"),
    ]
    told = [words for number, words in parts if number]
    return f"；{'，'.join(told)}，回到待核查" if told else ""
