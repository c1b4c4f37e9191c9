"""Deadlines of our own that were met outside the program: put aside with a reason, brought back, both in the log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.core.actions.done import Done
from app.core.actions.due_line import DueLine
from app.core.actions.rights import needs
from app.core.errors import UserError
from app.core.store.database import Rooms, Store

KEY = "dues.aside"
CHANGED = frozenset({"settings"})
MOST_LOGGED = 20  # lines named in one entry of the log


def split(store: Rooms, lines: Sequence[DueLine]) -> tuple[list[DueLine], list[DueLine]]:
    """The lines that stand, and those that were put aside, which tell why."""
    aside = _read(store)
    standing = [each for each in lines if each.token not in aside]
    return standing, [replace(each, aside=aside[each.token]) for each in lines if each.token in aside]


@needs("dues")
def put_aside(store: Store, lines: Sequence[DueLine], why: str, *, now: str, who: str) -> Done:
    """Put down that these were met outside the program.

    UserError without a reason, or for a line that a document or a finding of the program itself brings to an end.
    """
    why = why.strip()
    if not why:
        raise UserError("没有写明怎样办的", do="请用一句话写明，例如“已于何日书面回复”")
    if not lines or any(not each.token for each in lines):
        raise UserError("随文书、线索计算的期限不能在这里记为已办", do="请在文书里登记办理情况，或者改变线索的状态")
    note = f"{why}（{who} {now[:10]}）"
    kept = {**_read(store), **{each.token: note for each in lines}}
    _write(store, kept, "期限记为已办", lines, why, now, who)
    return Done(f"已记为已办 {len(lines)} 项", CHANGED)


@needs("dues")
def bring_back(store: Store, lines: Sequence[DueLine], *, now: str, who: str) -> Done:
    """Let deadlines stand again that were put aside."""
    gone = {each.token for each in lines}
    kept = {token: note for token, note in _read(store).items() if token not in gone}
    _write(store, kept, "恢复待办期限", lines, "", now, who)
    return Done(f"已恢复 {len(lines)} 项", CHANGED)


def _read(store: Rooms) -> Mapping[str, str]:
    text = store.settings.get(KEY)
    found: Mapping[str, str] = json.loads(text) if text else {}
    return found


def _write(
    store: Store, kept: Mapping[str, str], act: str, lines: Sequence[DueLine], why: str, now: str, who: str
) -> None:
    what = {"count": len(lines), "first": [each.token for each in lines[:MOST_LOGGED]], "why": why}
    with store.atomic():
        store.settings.set(KEY, json.dumps(dict(kept), ensure_ascii=False))
        store.audit.note(act, what, at=now, who=who)
