"""A finding's life in words: what state it is in by whose word, and what was done with it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from app.core.findings import State
from app.core.life import life
from app.core.store.life_rows import Step, StepKind, TheirWord, Told
from app.core.store.rows import StoredFinding

DONE = {
    StepKind.CHECK: "复核同意",
    StepKind.RETURN: "复核退回，改为“{after}”",
    StepKind.UNDO: "撤销上一步，回到“{after}”",
    StepKind.VOID: "文书作废，回到“{after}”",
    StepKind.DUE: "关注的日子到了，回到“{after}”",
    StepKind.CHANGED: "所依据的数据有变化，由“{before}”回到“{after}”",
    StepKind.AGAIN: "所依据的数据又与原来相同，仍为“{after}”",
    StepKind.CARRIED: "人员合并、拆分或者换了编号，沿用原线索的“{after}”",
}


def state_html(finding: StoredFinding, told: Told) -> str:
    """The state, by whom and why; what it was before its facts changed; what is waited for."""
    if not finding.decided_at:
        return f"状态：{finding.state}"
    by = f"{finding.decided_by} {finding.decided_at[:10]}"
    why = _reason(finding.code, finding.why)
    said = escape(f"{by}{f'，{why}' if why else ''}")
    if finding.shelved:
        was = f"原来记为“{finding.shelved}”（{said}）"
        return f"状态：{finding.state}。{was}，现在所依据的数据有变化，请重新核查。"
    if finding.state is State.OPEN and told.history and told.history[-1].kind is StepKind.DUE:
        return f"状态：{finding.state}。原来持续关注（{said}），日子到了，请再核查。"
    until = f"至 {finding.until}" if finding.until else ""
    checked = f"；{escape(finding.checked_by)}复核同意" if finding.checked_by else ""
    waits = "，<b>待另一位同志复核</b>" if told.waits else ""
    return f"状态：{finding.state}{until}（{said}{checked}）{waits}"


def history_html(steps: Iterable[Step]) -> str:
    """What was done, the oldest first, a line each; what was taken back is struck out."""
    return "".join(f"<p style='margin:2px 0'>{_line(each)}</p>" for each in steps)


def others_html(others: Iterable[tuple[str, TheirWord]]) -> str:
    """What other offices said of it, a line each; none of it is our word."""
    return "".join(f"<p style='margin:2px 0'>{_other(*each)}</p>" for each in others)


def _other(office: str, word: TheirWord) -> str:
    last = word.steps[-1] if word.steps else None
    by = f"，{last.who} {last.at[:10]}{f'：{last.why}' if last.why else ''}" if last is not None else ""
    return escape(f"{office}（交换文件）：{word.state}{by}")


def _line(step: Step) -> str:
    done = DONE.get(step.kind, "记为“{after}”").format(before=step.before, after=step.after)
    until = f"，至 {step.until}" if step.until else ""
    why = _reason(step.code, step.why)
    text = escape(f"{step.at[:16].replace('T', ' ')}　{step.who}：{done}{until}{f'。{why}' if why else ''}")
    return f"<s>{text}</s>（已撤销）" if step.undone else text


def _reason(code: str, why: str) -> str:
    """A coded reason with its sentence."""
    reason = life().reasons.get(code)
    name = reason.name if reason is not None else ""
    return "：".join(each for each in (name, why) if each)
