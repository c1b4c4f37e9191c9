"""A person's word on a finding, or on a row that is missed."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.findings import State
from app.core.store.database import Store


def decide(store: Store, key: str, state: State, *, who: str, why: str, now: str) -> Done:
    """Set a finding's state; excluding one needs a reason."""
    if state is State.EXCLUDED and not why.strip():
        raise UserError("排除一条线索要写明理由", do="请填写理由，再确认")
    store.casebook.decide(key, state, who=who, why=why.strip(), now=now)
    return Done(f"已记为{state}", frozenset({"findings"}), state)


def answer(store: Store, questions: Sequence[int], note: str, *, who: str, now: str) -> Done:
    """Put down what was found out about rows a list lacks, by the ids of the questions; UserError without words."""
    store.repeats.answer(questions, note, now=now, who=who)
    return Done(f"已记下 {len(questions)} 行的核实情况", value=len(questions))
