"""What a document that goes out means for its findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.core.actions.drafts import Draft
from app.core.actions.rights import needs
from app.core.documents.kinds import kind
from app.core.errors import UserError
from app.core.findings import Level, State
from app.core.store.database import Rooms, Store
from app.core.store.rows import Paper, StoredFinding


def unchecked(store: Rooms, draft: Draft) -> UserError | None:
    """Why a document cannot go out yet: findings it rests on still wait for a second person; None when none does."""
    waiting = store.lives.waiting(draft.keys)
    if not waiting:
        return None
    what = f"《{draft.kind.name}》所依据的线索有 {len(waiting)} 条还没有核查属实并经第二人复核，没有制作"
    return UserError(what, do="请先核查、复核这些线索，再制作文书")


@needs("papers")
def sent_out(store: Store, paper: Paper, *, now: str, who: str) -> None:
    """Findings an outgoing document accuses by are 已制发: those that are unlawful, and those somebody confirmed."""
    if kind(paper.kind).outgoing and paper.case_id is not None:
        findings = store.casebook.findings(paper.case_id)
        store.lives.issued(accused(findings, paper.finding_keys), paper.id, paper.number, now=now, who=who)


def accused(findings: Sequence[StoredFinding], keys: Collection[str]) -> list[str]:
    """Of these findings those a document speaks of as breaches."""
    meant = (each for each in findings if each.key in keys)
    return [each.key for each in meant if each.verdict.level is Level.UNLAWFUL or each.state is State.CONFIRMED]
