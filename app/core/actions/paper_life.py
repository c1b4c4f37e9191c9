"""What became of documents: entered one by one or for many at once, taken back, or the document declared void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.documents.kinds import kinds
from app.core.errors import UserError
from app.core.life import Stage
from app.core.store.database import Store
from app.core.store.rows import PaperState

CHANGED = frozenset({"papers", "findings"})


@needs("papers")
def enter(
    store: Store,
    paper_ids: Sequence[int],
    name: str,
    day: date,
    *,
    said: str = "",
    told: Mapping[str, str] | None = None,
    now: str,
    who: str,
) -> Done:
    """Enter the same event about some documents, about all of them or none; their findings follow.

    UserError, naming the document, as `PaperLives.enter` says.
    """
    moved = 0
    with store.atomic():
        for each in paper_ids:
            moved += store.paper_lives.enter(each, name, day, said=said, told=told or {}, now=now, who=who)
    many = f"{len(paper_ids)} 份文书" if len(paper_ids) != 1 else f"《{_title(store, paper_ids[0])}》"
    follow = f"，{moved} 条线索随之变更" if moved else ""
    return Done(f"{many}已登记{name}{follow}", CHANGED, moved)


@needs("papers")
def take_back(store: Store, paper_id: int, *, now: str, who: str) -> Done:
    """Take the last entry about a document back; what somebody said of its findings since stays."""
    step, stay = store.paper_lives.undo(paper_id, now=now, who=who)
    more = f"；其中 {stay} 条线索此后另有处理，保持不变" if stay else ""
    return Done(f"已撤销登记的“{step.name}”（{step.day}）{more}", CHANGED, step)


@needs("papers")
def void(store: Store, paper_id: int, why: str, *, now: str, who: str) -> Done:
    """Declare a document void, with a reason: its number is never given again, its findings are what they were.

    UserError without a reason, when it is void, or when an answer to it was entered already.
    """
    paper, why = store.papers.paper(paper_id), why.strip()
    if not why:
        raise UserError("作废文书要写明理由", do="请用一句话写明为什么作废，再确认")
    stage = store.paper_lives.life(paper_id).stage
    if stage not in (Stage.UNSERVED, Stage.SERVED):
        what = f"文书{paper.number}已经登记到“{stage}”，不能作废"
        raise UserError(what, do="登记有误的，请先逐步撤销登记，再作废")
    sending = [each.id for each in kinds() if each.outgoing]
    with store.atomic():
        store.papers.void(paper_id, why=why, now=now, who=who)
        if paper.state is PaperState.ISSUED and paper.kind in sending:
            store.lives.voided(paper.finding_keys, paper_id, sending, why, now=now, who=who)
    number = f"文号{paper.number}不再使用" if paper.number else "没有文号"
    return Done(f"《{_title(store, paper_id)}》已作废，{number}", CHANGED)


def _title(store: Store, paper_id: int) -> str:
    """What a document is called, with its number."""
    paper = store.papers.paper(paper_id)
    name = next((each.name for each in kinds() if each.id == paper.kind), paper.kind)
    return f"{name} {paper.number}".rstrip()
