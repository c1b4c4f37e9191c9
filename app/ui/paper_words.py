"""What became of a document, in words: every entry, what was taken back, why it is void."""

from __future__ import annotations

from html import escape

from app.core.actions.paper_list import PaperLine
from app.core.life import ADOPTED, NAME, RANK, RECEIVER, WAY
from app.core.store.life_rows import PaperStep

SHOWN = (RANK, NAME, WAY, RECEIVER, ADOPTED)
BEFORE = {NAME: "审批人", RECEIVER: "签收人"}


def history_html(line: PaperLine) -> str:
    """The document with its summary, then its entries, the oldest first; what was taken back is struck out."""
    head = f"《{line.name}》{line.paper.number}，{line.to or '受文单位未写明'}"
    parts = [f"<b>{escape(head)}</b>"]
    if line.summary:
        parts.append(escape(line.summary))
    parts.append(escape(f"{line.day or ''} 制作，文件 {line.paper.file}".strip()))
    parts += [_step(each) for each in line.life.steps]
    if line.void:
        parts.append(f"<b>已作废</b>：{escape(line.paper.void_why)}。文号不再使用。")
    return "".join(f"<p style='margin:2px 0'>{each}</p>" for each in parts)


def _step(step: PaperStep) -> str:
    told = "，".join(f"{BEFORE.get(name, '')}{step.told[name]}" for name in SHOWN if name in step.told)
    words = "，".join(each for each in (f"{step.day}　{step.name}", told, step.said) if each)
    text = escape(f"{words}（{step.who} {step.at[:10]}登记）")
    return f"<s>{text}</s>（已撤销）" if step.undone else text
