"""The findings that wait for a second person's word."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.actions.rights import why_not
from app.core.findings import State
from app.core.life import life
from app.core.store.database import Rooms

COLUMNS = ("姓名", "规则", "级别", "记为", "核查人", "核查日期", "由我复核")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One finding that waits, and whether whoever signed in may check it."""

    desk: str
    case_id: int
    texts: tuple[str, ...]
    mine: bool


def checks_due(store: Rooms) -> tuple[Waiting, ...]:
    """All of them, those for whoever signed in first, then the oldest."""
    levels = store.lives.levels()
    if not levels:
        return ()
    may = not why_not(store, "check")
    found: dict[str, tuple[bool, str, Waiting]] = {}
    for state in sorted(life().second):
        for each in store.casebook.findings(state=State(state)):
            if each.checked_by or each.verdict.level not in levels:
                continue
            mine = may and each.decided_by != store.account.name
            verdict = each.verdict
            head = (each.person.name, f"{verdict.rule} {verdict.rule_name}", str(verdict.level), str(each.state))
            texts = (*head, each.decided_by, each.decided_at[:10], "是" if mine else "")
            found.setdefault(each.key, (not mine, each.decided_at, Waiting(each.desk, each.case_id, texts, mine)))
    return tuple(each for *_, each in sorted(found.values(), key=lambda row: row[:2]))
