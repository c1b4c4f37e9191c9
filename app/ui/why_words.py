"""Why a finding stands, and why nothing could be said: one plain answer of fact, cell, sum, article, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from app.core.actions.lacking import Delivered, Lacking, Spot
from app.core.findings import Level, Outcome, Verdict
from app.ui.law_words import HELP, article_link

FLAGGED, UNJUDGED = "为什么提示", "为什么没有判断"
CELL = "cell:"  # how a link begins that leads to a place in the evidence
MOST_CELLS, MOST_STEPS, MOST_ARTICLES = 6, 3, 2
MEANS = {
    Level.UNLAWFUL: "按这些数据与条文不符，提为“违法”。先核对原始行，属实的可以制发文书。",
    Level.DOUBT: "可能违法，但有不确定的地方，提为“存疑”。请先查清，查实以前不指责任何人。",
    Level.HINT: "没有说违法，只是“提示”：值得看一眼，或者了解一下原因。",
    Level.DATA: "毛病在数据上，提为“数据”。请报送单位更正，改好再导入。",
}
NEXT = {
    Delivered.NO_LIST: "向{holder}要《{name}》{column}，导入以后再运行审查",
    Delivered.NO_COLUMN: "原表里有这一列的，点“已导入”撤回那张表，重新导入时在“对应字段”里指定；没有的，向{holder}要",
    Delivered.UNREAD: "对照原表核实；写法特别的，改成日期、数字的平常写法再导入",
    Delivered.EMPTY: "请{holder}补填这一格，再导入",
    Delivered.OLD: "向{holder}要新的《{name}》",
}


def heading(verdict: Verdict) -> str:
    """What the answer answers; "" for a verdict that needs none."""
    if verdict.outcome is Outcome.FOUND:
        return FLAGGED
    return UNJUDGED if verdict.outcome is Outcome.NOT_EVALUATED else ""


def why_html(verdict: Verdict, lacks: Sequence[Lacking] = ()) -> str:
    """The answer; `lacks` are the items it lacks with their places."""
    if verdict.outcome is Outcome.FOUND:
        told = list(_flagged(verdict))
    elif verdict.outcome is Outcome.NOT_EVALUATED:
        told = list(_unjudged(verdict, lacks))
    else:
        return ""
    return "".join(f"<p style='margin:2px 0'>{each}</p>" for each in told)


def _flagged(verdict: Verdict) -> Iterator[str]:
    cells = _cells(verdict)
    if cells:
        yield f"<b>事实</b>：{cells}。"
    if verdict.steps:
        shown = verdict.steps[-MOST_STEPS:]
        more = f"（全部 {len(verdict.steps)} 步见下面的“计算过程”）" if len(verdict.steps) > len(shown) else ""
        yield f"<b>算式</b>：{escape('；'.join(shown))}{more}。"
    if verdict.basis:
        yield f"<b>依据</b>：{_articles(verdict)}。"
    yield f"<b>规则</b>：{escape(f'{verdict.rule} {verdict.rule_name}')}。{MEANS.get(verdict.level, '')}"


def _cells(verdict: Verdict) -> str:
    """The cells it rests on: those the sum speaks of first, those with nothing in them last."""
    cells, sum_ = verdict.evidence, " ".join((verdict.message, *verdict.steps))

    def weight(place: int) -> tuple[bool, bool]:
        each = cells[place]
        return not each.raw.strip(), not any(word and word in sum_ for word in (each.value, each.raw.strip()))

    places = sorted(range(len(cells)), key=weight)[:MOST_CELLS]
    told = [
        f"{escape(each.column)}写“<a href='{CELL}{place}'>{escape(each.raw.strip() or '（空）')}</a>”"
        f"（《{escape(each.sheet)}》第{each.row}行）"
        for place in places
        for each in (cells[place],)
    ]
    return "，".join(told) + (f"，等 {len(cells)} 格" if len(cells) > MOST_CELLS else "")


def _articles(verdict: Verdict) -> str:
    told = []
    for each in verdict.basis[:MOST_ARTICLES]:
        says = f"（{escape(each.says)}）" if each.says else ""
        told.append(f"{article_link(each)}{says}")
    more = f"；等 {len(verdict.basis)} 条" if len(verdict.basis) > MOST_ARTICLES else ""
    return "；".join(told) + more


def _unjudged(verdict: Verdict, lacks: Sequence[Lacking]) -> Iterator[str]:
    yield f"规则 {escape(f'{verdict.rule} {verdict.rule_name}')} 需要的数据不全，所以既没有说合法，也没有说违法。"
    if verdict.basis:
        yield f"<b>要核对的条文</b>：{_articles(verdict)}。"
    for each in lacks or [Lacking(item, ()) for item in verdict.missing]:
        yield f"<b>缺少</b>：{escape(each.item)}。{_where(each, verdict.holder)}"


def _where(lack: Lacking, holder: str) -> str:
    if lack.says:
        page = f"<a href='{HELP}{lack.page}'>怎么办</a>" if lack.page else ""
        return f"{escape(lack.says)}。{page}"
    if not lack.spots:
        return f"请向{escape(holder)}核实。" if holder else "请看下面的“计算过程”，按原始材料核实。"
    groups: dict[tuple[str, Delivered], list[Spot]] = {}
    for each in lack.spots:
        groups.setdefault((each.table, each.delivered), []).append(each)
    return "".join(f"<br>　• {_spots(each, holder)}" for each in groups.values())


def _spots(spots: Sequence[Spot], holder: str) -> str:
    """Columns of one list that were delivered equally far."""
    first = spots[0]
    names = "、".join(f"“{each.column}”" for each in spots if each.column)
    column = f"的{names}一列" if len(spots) == 1 else f"的{names}各列"
    raw = "".join(f"（原文“{each.raw}”）" for each in spots if each.raw)
    whom = first.holder if first.delivered in (Delivered.NO_LIST, Delivered.OLD) else holder or first.holder
    wanted = f"，要有{names}" if names else ""
    todo = NEXT[first.delivered].format(name=first.name, holder=whom, column=wanted)
    where = f"应在《{first.name}》（{first.holder}）{column if names else ''}"
    return escape(f"{where}：{first.delivered}{raw}。怎么办：{todo}。")
