"""The parts of a sentence as one text of a judgment states them, and that text printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.values.dates import print_date
from app.core.values.money import Money
from app.core.values.term import Deprivation, OffenceTerm, Sentence, Term

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class SentenceText:
    """What a sentence's text says, part by part; a part it does not speak of is None, False or empty.

    `remaining` is what an earlier judgment's deprivation has left, `offences` are the single sentences it names.
    `beside` was understood but changes no part: fines of single offences, sentences since changed, phrases about
    counting and payment. `unread` was not understood. Both keep the text's order.
    """

    principal: Sentence | None = None
    probation: Term | None = None
    deprivation: Deprivation | None = None
    remaining: Deprivation | None = None
    fine: Money | None = None
    fine_only: bool = False
    deprivation_only: bool = False
    confiscation: str = ""
    restriction: bool = False
    life_without_release: bool = False
    exempted: bool = False
    expulsion: bool = False
    injunction: str = ""
    occupational_ban: str = ""
    restitution: str = ""
    offences: tuple[OffenceTerm, ...] = ()
    span: Span | None = None
    probation_span: Span | None = None
    beside: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def print_sentence_text(said: SentenceText) -> str:
    """Print the way a judgment does; what is printed is read back as the same."""
    single = len(said.offences) == 1 and said.offences[0].sentence == said.principal
    if single:
        penalties = [f"犯{said.offences[0].offence}，判处{said.principal}"]
    else:
        penalties = [str(said.principal)] if said.principal else []
    penalties += [f"缓刑{said.probation}"] if said.probation else []
    if said.fine is not None or said.fine_only:
        penalties.append(f"{'单处' if said.fine_only else '并处'}罚金{said.fine or ''}")
    if said.deprivation or said.deprivation_only:
        penalties.append(f"{'单处' if said.deprivation_only else ''}{said.deprivation or '剥夺政治权利'}")
    penalties += [f"并处{said.confiscation}"] if said.confiscation else []
    flags = (said.restriction, "限制减刑"), (said.life_without_release, "终身监禁"), (said.exempted, "免予刑事处罚")
    penalties += [words for flag, words in (*flags, (said.expulsion, "驱逐出境")) if flag]
    joint = "决定执行" if said.offences and not single else ""
    out = [] if single else [f"犯{each.offence}，判处{each.sentence}" for each in said.offences]
    out += [f"与前罪没有执行完毕的{said.remaining}并罚"] if said.remaining else []
    out += [joint + "，".join(penalties)] if penalties else []
    out += [f"禁止令：{each}" for each in said.injunction.split("；") if each]
    out += filter(None, (said.occupational_ban, said.restitution))
    spans = ("刑期", said.span), ("缓刑考验期", said.probation_span)
    out += [f"{of}自{print_date(span[0])}起至{print_date(span[1])}止" for of, span in spans if span]
    return "；".join([*out, *said.beside, *said.unread])
