"""What is known of paying what the judgment ordered: whether it is settled, whether the prisoner refuses."""

from __future__ import annotations

import re
from enum import IntEnum

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.why import Missing
from app.core.law.offences import shipped as offence_list
from app.core.records import Record
from app.core.values import Money


class Sure(IntEnum):
    """Whether something holds: no, not said, open to doubt, yes."""

    NO = 0
    UNSAID = 1
    OPEN = 2
    YES = 3


NONE_WORDS = ("无", "否", "没有", "未发现", "不存在")
_NO_REFUSAL = re.compile(r"^(?:无|否|没有|未发现|未见|未曾|从未|不存在|不具有|不属于|非)")
_REFUSAL = re.compile(r"有|是|拒不|隐瞒|藏匿|转移|妨害|虚假|借名|虚报|超额度|明显超|不如实|未如实")
_OVER = re.compile(r"已(?:经)?(?:消失|消除|终止|停止|改正|纠正)|(?:情形|行为)消失")
_DONE = re.compile(r"(?:履行|执行|缴纳|缴|交|付|结)(?:完毕|清|完|到位)|(?:全部|全额)(?:履行|缴纳|执行)")
_LAWFULLY_OVER = re.compile(r"终结执行|免除|分期.*(?:未到期|未逾期|无逾期|按期)")
_DENIED = re.compile(r"(?:无|没有|未发现|未见|不存在|不属于|不具有)[^，。；;,]*不履行")
_NOT_DONE = re.compile(r"未|部分|不履行|尚|不足")
PAID_UP = "执行完毕"
LAWFUL_ENDS = (PAID_UP, "终结执行", "分期未到期")


def refusing(case: ReductionCase) -> Sure:
    """Whether the prisoner can pay and does not, today: refusal recorded and neither ended nor made good."""
    states = [row_refusal(each) for each in case.property_rows.records]
    status = text_of(case.proposal, "property_status")
    told = "K8" in offence_list().flagged(status)
    if Sure.YES in states:
        return Sure.YES
    if states and all(state is Sure.NO for state in states):
        # The list says what the table denies.
        return Sure.OPEN if told else Sure.NO
    if told:
        return Sure.YES
    return Sure.NO if property_settled(case) or _DENIED.search(status) else Sure.OPEN


def row_refusal(row: Record) -> Sure:
    """What one property row says of refusal: going on, over or none, or nothing that can be read."""
    said = said_refusal(text_of(row, "refusal"))
    if said is None:
        return Sure.NO if text_of(row, "enforcement") in LAWFUL_ENDS else Sure.OPEN
    if not said or over_since(row) or text_of(row, "enforcement") == PAID_UP:
        return Sure.NO
    return Sure.OPEN if _unread(row, "refusal_ended_on") else Sure.YES


def over_since(row: Record) -> bool:
    """Whether a refusal is said to have ended, with its day or in words."""
    return row["refusal_ended_on"] is not None or bool(_OVER.search(text_of(row, "refusal")))


def _unread(row: Record, field_id: str) -> bool:
    cell = row.cells.get(field_id)
    return cell is not None and cell.value is None and bool(cell.doubt)


def nothing_ordered(case: ReductionCase) -> bool:
    """Whether the list says that no payment was ordered: by the word, or nothing due where no item is named."""
    penalty, due = text_of(case.proposal, "property_penalty"), case.proposal["amount_due"]
    return penalty in NONE_WORDS or (isinstance(due, Money) and due.fen == 0 and not penalty)


def property_settled(case: ReductionCase) -> bool:
    """Whether nothing is owed: no property item, or all paid or lawfully ended; amounts go before words."""
    status = text_of(case.proposal, "property_status")
    due, paid = case.proposal["amount_due"], case.proposal["amount_paid"]
    if nothing_ordered(case):
        return True
    if _LAWFULLY_OVER.search(status):
        return True
    if isinstance(due, Money) and isinstance(paid, Money) and due.fen > 0:
        return paid.fen >= due.fen
    return bool(_DONE.search(status) or status in ("已履行", "已缴纳")) and not _NOT_DONE.search(status)


def said_refusal(text: str) -> bool | None:
    """Read 有无拒不履行情形: yes, no, or None when nothing usable is written."""
    words = text.strip()
    if not words or words in ("/", "—", "-"):
        return None
    if _NO_REFUSAL.match(words) and not re.match(r"未如实|不如实", words):
        return False
    return True if _REFUSAL.search(words) else None


def need_own_rows(case: ReductionCase, holder: str) -> None:
    """Raise Missing when property rows were left out because it is not clear whose they are."""
    if case.property_rows.doubt:
        raise Missing(f"财产性判项记录的归属（{case.property_rows.doubt}）", holder=holder)
