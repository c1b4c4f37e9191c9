"""The particulars of a line of the log as a person reads them; the sealed line itself stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.actions.statistics import DESKS
from app.core.documents.kinds import kinds
from app.core.life import life

NAMES = {  # the names particulars are kept under → what they are called; those in Chinese are called so already
    "adopted": "对方是否采纳",
    "batch": "批次",
    "case": "案件",
    "code": "理由",
    "count": "项数",
    "day": "日期",
    "department": "部门简称",
    "districts": "辖区",
    "file": "文件",
    "findings": "线索条数",
    "folder": "文件夹",
    "from": "原来",
    "handler": "承办人",
    "headers": "表头数",
    "judgement": "判断",
    "kind": "文书",
    "level": "级别",
    "name": "名称",
    "note": "说明",
    "number": "文号",
    "one": "一边",
    "other": "另一边",
    "paper": "文书序号",
    "papers": "文书份数",
    "questions": "待核实的行",
    "receiver": "签收人",
    "records": "行数",
    "room": "派驻检察室",
    "rule": "规则",
    "said": "说明",
    "sha256": "文件校验值",
    "sheet": "工作表",
    "short": "简称",
    "to": "改为",
    "until": "关注到",
    "warning": "提醒",
    "way": "送达方式",
    "why": "理由",
    "word": "判断为",
}
HIDDEN = frozenset({"finding", "first"})  # names the program gives, of no use to a reader


def told(what: Mapping[str, Any]) -> str:
    """All particulars in one line; what is empty is left out."""
    shown = ((name, value) for name, value in what.items() if name not in HIDDEN and value not in ("", None, [], {}))
    return "；".join(f"{NAMES.get(name, name)}：{_said(name, value)}" for name, value in shown)


def _said(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{each} {_said('', own)}" for each, own in value.items())
    if isinstance(value, list):
        return "、".join(_said("", each) for each in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    if name == "台面":
        return DESKS.get(text, text)
    if name in ("kind", "文书"):
        return next((each.name for each in kinds() if each.id == text), text)
    if name == "code":
        reason = life().reasons.get(text)
        return reason.name if reason is not None else text
    return text
