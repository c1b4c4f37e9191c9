"""A person's word on a finding, or on a row that is missed; and a second person's, who must be another account.

Three ways to vouch: whoever signed in checks what another found; a second person types a passphrase of their own
beside the first; or, where there is one account only, a name is typed, and the record says that no account stands
behind it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from app.core.actions.accounts import second_person
from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.documents.kinds import kinds
from app.core.errors import UserError
from app.core.findings import Level, State
from app.core.store.database import Store

CHANGED = frozenset({"findings"})


@needs("decide")
def decide(
    store: Store,
    key: str,
    state: State,
    *,
    who: str,
    why: str,
    now: str,
    code: str = "other",
    until: date | None = None,
) -> Done:
    """Put down a person's word on a finding, by the table of moves in life.toml.

    `code` is a reason to exclude, `until` the day up to which it is watched. UserError as `Lives.move` says.
    """
    code = code if state is State.EXCLUDED else ""
    store.lives.move(key, state, who=who, why=why, now=now, code=code, until=until.isoformat() if until else "")
    waits = "，待另一位同志复核" if store.lives.needs_check(key) else ""
    return Done(f"已记为{state}{waits}", CHANGED, state)


@needs("check")
def check(store: Store, key: str, *, agrees: bool, why: str, who: str, now: str) -> Done:
    """Put down the word of whoever signed in on what another found: agreed, or sent back with a reason."""
    return _check(store, key, agrees, why, store.account.name or who, now)


@needs("decide")
def check_beside(store: Store, key: str, *, agrees: bool, why: str, passphrase: str, now: str) -> Done:
    """Put down the word of a second person, who types a passphrase of their own; errors as `second_person`."""
    return _check(store, key, agrees, why, second_person(store, passphrase, now=now).name, now)


@needs("decide")
def check_by_name(store: Store, key: str, *, agrees: bool, why: str, name: str, now: str) -> Done:
    """Put down a second person's word by their name alone, where nobody else has an account; the record says so."""
    if len(store.people) > 1:
        raise UserError("已有多个账户，不能只登记姓名", do="请复核人输入本人的口令，或者登录后复核")
    return _check(store, key, agrees, why, name, now, proven=False)


def _check(store: Store, key: str, agrees: bool, why: str, who: str, now: str, *, proven: bool = True) -> Done:
    store.lives.check(key, agrees=agrees, why=why, who=who, now=now, proven=proven)
    return Done("复核同意" if agrees else "已退回，线索回到核查中", CHANGED)


@needs("decide")
def undo(store: Store, key: str, *, who: str, now: str) -> Done:
    """Take a person's last step on a finding back."""
    sending = [each.id for each in kinds() if each.outgoing]
    state = store.lives.undo(key, who=who, now=now, sending=sending)
    return Done(f"已撤销上一步，现在是{state}", CHANGED, state)


@needs("office")
def choose_levels(store: Store, levels: Collection[Level], *, now: str, who: str) -> Done:
    """Choose the levels whose findings need a second person's word before a document goes out or they are closed."""
    store.lives.set_levels(levels, now=now, who=who)
    names = "、".join(each for each in Level if each in levels)
    return Done(f"需要第二人复核的线索：{names or '没有'}", frozenset({"settings", "findings"}))


@needs("decide")
def answer(store: Store, questions: Sequence[int], note: str, *, who: str, now: str) -> Done:
    """Put down what was found out about rows a list lacks, by the ids of the questions; UserError without words."""
    store.repeats.answer(questions, note, now=now, who=who)
    return Done(f"已记下 {len(questions)} 行的核实情况", value=len(questions))
