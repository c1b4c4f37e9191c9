"""The words of a verdict's proof, as rich text: its steps, and the provisions it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from app.core.findings import Basis, Outcome, Verdict
from app.ui.verdict_list import lacking

CERTAINTY = {"V": "已核对原文", "S": "据转载，原文待核", "M": "依据待核", "D": "依据待核，有不同理解"}

ARTICLES = "依据条文"  # how the pages of the help about laws begin
HELP = "help:"  # how a link to a place of the help begins


def message_html(verdict: Verdict) -> str:
    """What the rule says, in one paragraph."""
    if verdict.outcome is Outcome.NOT_EVALUATED:
        return f"{escape(lacking(verdict))}。补齐后重新运行审查即可判断。"
    if verdict.outcome is Outcome.FOUND:
        tail = f"（影响：{verdict.harm}）" if verdict.harm is not None else ""
        return escape(verdict.message + tail)
    return {Outcome.LAWFUL: "已检查，没有这个问题。", Outcome.NOT_APPLICABLE: "本案没有这一项需要检查的情形。"}[
        verdict.outcome
    ]


def checklist_html(asked: Iterable[str]) -> str:
    """Questions with an empty box before each, to be gone through by hand."""
    return "".join(f"<p style='margin:2px 0'>□　{escape(each)}</p>" for each in asked)


def steps_html(steps: Iterable[str]) -> str:
    """The dates and sums, numbered."""
    items = "".join(f"<li>{escape(each)}</li>" for each in steps)
    return f"<ol style='margin:0'>{items}</ol>" if items else ""


def basis_html(basis: Iterable[Basis], *, linked: bool = False) -> str:
    """Each provision: law and article, when it is in force, how sure we are of it, and our paraphrase.

    `linked`: the article leads to what the help tells of it.
    """
    return "".join(_provision(each, linked) for each in basis)


def article_place(law: str, article: str) -> str:
    """The place of the help that tells of an article."""
    return f"{ARTICLES} {law}#{article}"


def article_link(basis: Basis) -> str:
    """An article as a link to what the help tells of it."""
    place = escape(article_place(basis.law, basis.article), quote=True)
    return f'<a href="{HELP}{place}">{escape(basis.law + basis.article)}</a>'


def _provision(basis: Basis, linked: bool) -> str:
    certainty = CERTAINTY.get(basis.certainty, basis.certainty)
    says = f"<br>大意：{escape(basis.says)}" if basis.says else ""
    head = f"<b>{article_link(basis) if linked else escape(basis.law + basis.article)}</b>"
    return f"<p style='margin:0'>{head}（{in_force(basis.in_force)}；{escape(certainty)}）{says}</p>"


def in_force(days: tuple[date | None, date | None]) -> str:
    """From when to when a provision is in force."""
    start, end = days
    if start is None and end is None:
        return "施行日期未录入"
    if end is None:
        return f"{start}起施行"
    return f"{start}至{end}有效" if start is not None else f"有效至{end}"
