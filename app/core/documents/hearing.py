"""What hearing officers ask about a proposal, answered in plain words: repentance, property penalties, conduct."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from app.core.documents.phrases import in_words
from app.core.findings import CaseReview, Level, Outcome, Verdict

UNSAID = "材料没有写明"
OF_REPENTANCE = frozenset({"JX-B06", "JX-B07", "JX-B08", "JX-K11"})
PROPERTY, CONDUCT = "JX-F", "JX-K"
TOLD = (Level.UNLAWFUL, Level.DOUBT, Level.HINT)


def hearing_questions(review: CaseReview, words: Mapping[str, object]) -> list[dict[str, object]]:
    """The three questions with what the material says and what the review found, from the words of the case."""
    told = (
        ("是否确有悔改表现？", _repentance, lambda rule: rule in OF_REPENTANCE),
        ("财产性判项履行了没有？", _property, lambda rule: rule.startswith(PROPERTY)),
        ("改造表现怎么样？", _conduct, lambda rule: rule.startswith(CONDUCT) and rule not in OF_REPENTANCE),
    )
    return [{"问": ask, "答": answer(words), "留意": _heed(review.verdicts, about)} for ask, answer, about in told]


def _repentance(words: Mapping[str, object]) -> list[str]:
    return [
        f"监狱认定的表现：{_said(words, '悔改立功情形')}。",
        f"监狱写明的事实：{_said(words, '悔改立功证明')}。",
        f"从严情形：{_said(words, '从严情形')}；从宽情形：{_said(words, '从宽情形')}。",
    ]


def _property(words: Mapping[str, object]) -> list[str]:
    return [
        f"判项：{_said(words, '财产性判项')}。",
        f"应缴{_said(words, '应缴金额')}，已缴{_said(words, '已缴金额')}；履行情况：{_said(words, '履行情况')}。",
        f"狱内月均消费{_said(words, '狱内月均消费')}，消费额度{_said(words, '消费额度')}。",
        f"账户余额{_said(words, '账户余额')}。",
    ]


def _conduct(words: Mapping[str, object]) -> list[str]:
    return [
        f"考核期间：{_said(words, '考核期间')}。",
        f"获得表扬：{_said(words, '表扬次数')}{'次' if words.get('表扬次数') else ''}。",
        f"劳动岗位：{_said(words, '劳动岗位')}。",
    ]


def _said(words: Mapping[str, object], name: str) -> str:
    """The word as it stands, 0 and 无 too; an empty one is said to be so."""
    return str(words.get(name) or "").strip().rstrip("。") or f"（{UNSAID}）"


def _heed(verdicts: Iterable[Verdict], about: Callable[[str], bool]) -> list[str]:
    """What was found and what could not be judged about a question, one sentence each."""
    told = []
    for each in verdicts:
        if not about(each.rule):
            continue
        if each.outcome is Outcome.FOUND and each.level in TOLD:
            kind = "" if each.level is Level.UNLAWFUL else f"（{each.level}，尚须核实）"
            told.append(f"{in_words(each.message)}{kind}。")
        elif each.outcome is Outcome.NOT_EVALUATED:
            told.append(f"{each.rule_name}：缺少{'、'.join(each.missing)}，还不能判断。")
    return told
