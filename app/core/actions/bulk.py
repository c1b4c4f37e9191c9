"""One word on many findings, as far as that is lawful, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.core.actions.decide import CHANGED, decide, undo
from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.errors import FileInUse, FolderUnwritable, StoreDamaged, UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.life import By, Move, life
from app.core.store.database import Rooms, Store
from app.core.store.rows import StoredFinding

AIMS = (State.CHECKING, State.WATCHED, State.EXCLUDED)


def bulk_move(finding: StoredFinding, after: State) -> Move | None:
    """The move that brings a finding there together with others; None when it is not allowed, or not by the dozen."""
    move = life().move(finding.state, after, By.PERSON)
    return move if move is not None and finding.verdict.level in move.bulk else None


def findings_of(store: Rooms, cases: Sequence[int], *, ticket: Ticket) -> list[StoredFinding]:
    """The present findings of these cases."""
    found: list[StoredFinding] = []
    for number, case_id in enumerate(cases):
        ticket.step(number, len(cases), "查看选中案件的线索")
        found += store.casebook.findings(case_id)
    return found


@needs("decide")
def decide_many(  # noqa: PLR0913  what is said, by whom and when
    store: Store,
    findings: Sequence[StoredFinding],
    state: State,
    *,
    who: str,
    why: str,
    now: str,
    code: str = "",
    until: date | None = None,
    ticket: Ticket,
) -> Done:
    """Put down one word on many findings, all or none; its value are the keys. UserError when nothing may go there."""
    chosen = [each.key for each in findings if bulk_move(each, state) is not None]
    if not chosen:
        raise UserError(f"选中的线索没有可以成批记为“{state}”的", do="违法、存疑的线索请逐条核查")
    with store.atomic():
        for number, key in enumerate(chosen):
            ticket.step(number, len(chosen), f"记录核查结果 {number + 1}/{len(chosen)}")
            decide(store, key, state, who=who, why=why, now=now, code=code, until=until)
    return Done(f"已将 {len(chosen)} 条线索记为{state}，可以在“批量处理”里撤销", CHANGED, chosen)


@needs("decide")
def undo_many(store: Store, keys: Sequence[str], *, who: str, now: str, ticket: Ticket) -> Done:
    """Take the last word on these findings back; those that somebody or a document moved on since stay as they are."""
    taken = 0
    with store.atomic():
        for number, key in enumerate(keys):
            ticket.step(number, len(keys), f"撤销 {number + 1}/{len(keys)}")
            try:
                undo(store, key, who=who, now=now)
            except (FolderUnwritable, FileInUse, StoreDamaged):  # of the store, not of this finding
                raise
            except UserError:
                continue
            taken += 1
    left = f"，{len(keys) - taken} 条后来已有变化，没有动" if taken < len(keys) else ""
    return Done(f"已撤销 {taken} 条{left}", CHANGED, taken)
