"""The life of a finding: the table of moves, a second person, undo, documents, and when a matter comes back."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.core.errors import UserError
from app.core.findings import Level, State, Verdict
from app.core.life import CODE, UNTIL, By, life
from app.core.store.database import Store
from app.core.store.life_rows import StepKind
from tests.core.store.samples import DAY, LATER, NOW, WHO, put, review, stored_cases, verdict

OTHER = "另一检察官"
SHORT = verdict("JX-T03", Level.UNLAWFUL, "间隔不足一年")
DESK = "reduction"
ROADS = {  # how to come to a state, by a person or a document
    State.OPEN: (),
    State.CHECKING: (State.CHECKING,),
    State.WATCHED: (State.WATCHED,),
    State.CONFIRMED: (State.CONFIRMED,),
    State.EXCLUDED: (State.EXCLUDED,),
    State.ISSUED: (State.ISSUED,),
    State.REPLIED: (State.ISSUED, State.REPLIED),
    State.RECTIFIED: (State.ISSUED, State.RECTIFIED),
    State.UNRECTIFIED: (State.ISSUED, State.UNRECTIFIED),
    State.LOOKED_BACK: (State.ISSUED, State.RECTIFIED, State.LOOKED_BACK),
    State.CLOSED: (State.CONFIRMED, State.CLOSED),
}
FORBIDDEN = {  # what must never be possible, whatever the table says
    (State.ISSUED, State.OPEN),
    (State.ISSUED, State.EXCLUDED),
    (State.ISSUED, State.CONFIRMED),
    (State.OPEN, State.ISSUED),
    (State.OPEN, State.CLOSED),
    (State.OPEN, State.REPLIED),
    (State.EXCLUDED, State.ISSUED),
    (State.CLOSED, State.OPEN),
}


def found(store: Store, given: Verdict = SHORT) -> str:
    """One case with one finding; its key."""
    (case,) = stored_cases(store, 1)
    put(store, (case, review(1, given)))
    return store.casebook.findings()[0].key


def go(store: Store, key: str, state: State, who: str = WHO, now: str = NOW) -> None:
    """One step with all that any step needs."""
    if state is State.ISSUED:
        store.lives.issued([key], 7, "例县检纠违〔2026〕7号", now=now, who=who)
        return
    until = "2027-02-21" if state is State.WATCHED else ""
    code = "data_error" if state is State.EXCLUDED else ""
    store.lives.move(key, state, who=who, why="已核对", now=now, code=code, until=until)


def state(store: Store) -> State:
    return store.casebook.findings(current=None)[0].state


def other_facts(given: Verdict = SHORT) -> Verdict:
    """The same finding on another value of the cell it quotes."""
    return given._replace(evidence=(given.evidence[0]._replace(value="2025-03-15", raw="2025.3.15"),))


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_only_the_moves_of_the_table_are_made_and_each_is_logged(store: Store, before: State, after: State) -> None:
    key = found(store)
    for step in ROADS[before]:
        go(store, key, step)
    assert state(store) is before
    lines, steps = len(store.audit.entries()), len(store.lives.told(key).history)
    allowed = after is not State.ISSUED and life().move(before, after, By.PERSON) is not None
    if allowed:
        go(store, key, after, now=LATER)
        entry = store.audit.entries()[-1]
        assert (entry.act, entry.who, entry.at) == ("核查", WHO, LATER)
        assert (entry.what["from"], entry.what["to"], entry.what["why"]) == (before.value, after.value, "已核对")
        last = store.lives.told(key).history[-1]
        assert (last.before, last.after, last.who, last.at) == (before, after, WHO, LATER)
        assert state(store) is after
    else:
        with pytest.raises(UserError):
            store.lives.move(key, after, who=WHO, why="x", now=LATER, code="other", until="2027-01-01")
        assert state(store) is before
        assert (len(store.audit.entries()), len(store.lives.told(key).history)) == (lines, steps)


@pytest.mark.parametrize(("before", "after"), sorted(FORBIDDEN))
def test_a_person_never_makes_these_moves(before: State, after: State) -> None:
    assert life().move(before, after, By.PERSON) is None


def test_every_state_is_reached_and_none_is_a_trap() -> None:
    moves = life().moves.values()
    assert {each.after for each in moves} == set(State)
    assert {each.before for each in moves if each.by is By.PERSON} == set(State)


def test_what_must_be_said_must_be_said(store: Store) -> None:
    key = found(store)
    with pytest.raises(UserError, match="选一个理由"):
        store.lives.move(key, State.EXCLUDED, who=WHO, now=NOW, why="因为")
    with pytest.raises(UserError, match="没有写明"):
        store.lives.move(key, State.EXCLUDED, who=WHO, now=NOW, code="data_error", why="  ")
    for until in ("", NOW[:10], "2026-01-01"):
        with pytest.raises(UserError, match="今后的日子"):
            store.lives.move(key, State.WATCHED, who=WHO, now=NOW, why="等判决", until=until)
    store.lives.move(key, State.EXCLUDED, who=WHO, now=NOW, code="namesake")
    (one,) = store.casebook.findings()
    assert (one.state, one.code, one.why) == (State.EXCLUDED, "namesake", "")


def test_every_reason_and_every_button_can_be_told_apart() -> None:
    assert len({each.name for each in life().reasons.values()}) == len(life().reasons)
    for before in State:
        keys = [each.button.partition("&")[2][:1] for each in life().steps(before)]
        assert len(set(keys) | {"0", "6", "V", "T"}) == len(keys) + 4
        assert all(keys)
        assert all(each.asks for each in life().steps(before) if each.needs - {CODE, UNTIL})


def test_the_last_step_can_be_taken_back_again_and_again(store: Store) -> None:
    key = found(store)
    for each in (State.CHECKING, State.CONFIRMED, State.EXCLUDED):
        go(store, key, each)
    assert store.lives.undo(key, who=OTHER, now=LATER) is State.CONFIRMED
    (one,) = store.casebook.findings()
    assert (one.state, one.decided_by, one.code) == (State.CONFIRMED, WHO, "")
    assert store.lives.undo(key, who=OTHER, now=LATER) is State.CHECKING
    assert store.lives.undo(key, who=OTHER, now=LATER) is State.OPEN
    (one,) = store.casebook.findings()
    assert (one.decided_at, one.decided_by, one.why) == ("", "", "")
    with pytest.raises(UserError, match="没有可以撤销"):
        store.lives.undo(key, who=WHO, now=LATER)
    history = store.lives.told(key).history
    assert [each.undone for each in history] == [True] * 3 + [False] * 3
    assert [each.kind for each in history[3:]] == [StepKind.UNDO] * 3


def test_what_a_document_did_is_not_taken_back_by_hand_but_by_declaring_it_void(store: Store) -> None:
    key = found(store)
    go(store, key, State.CONFIRMED)
    go(store, key, State.ISSUED, now=LATER)
    assert store.casebook.findings()[0].why == "制发例县检纠违〔2026〕7号"
    with pytest.raises(UserError, match="随文书"):
        store.lives.undo(key, who=WHO, now=LATER)
    go(store, key, State.REPLIED, now=LATER)
    assert store.lives.undo(key, who=WHO, now=LATER) is State.ISSUED
    store.lives.voided([key], 7, ["notice"], "文号有误", now=LATER, who=OTHER)
    (one,) = store.casebook.findings()
    assert (one.state, one.decided_by, one.why) == (State.CONFIRMED, WHO, "已核对")
    assert store.lives.undo(key, who=WHO, now=LATER) is State.OPEN


def test_a_document_leaves_alone_what_it_may_not_move(store: Store) -> None:
    key = found(store)
    go(store, key, State.EXCLUDED)
    go(store, key, State.ISSUED)
    assert state(store) is State.EXCLUDED


def test_chosen_levels_wait_for_another_person(store: Store) -> None:
    key = found(store)
    store.lives.set_levels([Level.UNLAWFUL], now=NOW, who=WHO)
    assert store.lives.levels() == {Level.UNLAWFUL}
    assert store.lives.waiting([key]) == [key]
    go(store, key, State.CONFIRMED)
    assert store.lives.told(key).waits
    with pytest.raises(UserError, match="复核"):
        go(store, key, State.CLOSED)
    for same in (WHO, f" {WHO[:2]} {WHO[2:]} "):
        with pytest.raises(UserError, match="不能就是核查人"):
            store.lives.check(key, agrees=True, why="", who=same, now=LATER)
    with pytest.raises(UserError, match="复核人"):
        store.lives.check(key, agrees=True, why="", who=" ", now=LATER)
    with pytest.raises(UserError, match="理由"):
        store.lives.check(key, agrees=False, why=" ", who=OTHER, now=LATER)
    store.lives.check(key, agrees=False, why="送达日未核", who=OTHER, now=LATER)
    assert state(store) is State.CHECKING
    go(store, key, State.CONFIRMED)
    store.lives.check(key, agrees=True, why="", who=OTHER, now=LATER)
    assert store.casebook.findings()[0].checked_by == OTHER
    assert store.lives.waiting([key]) == []
    with pytest.raises(UserError, match="不需要复核"):
        store.lives.check(key, agrees=True, why="", who=OTHER, now=LATER)
    assert store.lives.undo(key, who=OTHER, now=LATER) is State.CONFIRMED
    assert store.lives.told(key).waits


def test_other_levels_wait_for_nobody(store: Store) -> None:
    key = found(store)
    store.lives.set_levels([Level.DOUBT], now=NOW, who=WHO)
    go(store, key, State.CONFIRMED)
    assert not store.lives.told(key).waits
    go(store, key, State.CLOSED)


def test_the_same_facts_stay_excluded_however_often_they_are_found(store: Store) -> None:
    key = found(store)
    go(store, key, State.EXCLUDED)
    renewed = SHORT._replace(message="换了说法", evidence=(SHORT.evidence[0]._replace(file="另一份.xlsx", row=99),))
    put(store, (store.casebook.findings()[0].case_id, review(1, renewed)), now=LATER)
    assert not store.lives.settle(DESK, DAY, now=LATER, who=WHO)
    assert state(store) is State.EXCLUDED


@pytest.mark.parametrize("closed", [State.EXCLUDED, State.CLOSED])
def test_other_facts_bring_a_closed_matter_back_with_the_old_word_and_the_old_facts_close_it(
    store: Store, closed: State
) -> None:
    key = found(store)
    for step in ROADS[closed]:
        go(store, key, step)
    case = store.casebook.findings()[0].case_id
    put(store, (case, review(1, other_facts())), now=LATER)
    assert store.lives.settle(DESK, DAY, now=LATER, who=OTHER) == {StepKind.CHANGED: 1}
    (one,) = store.casebook.findings()
    assert (one.key, one.state, one.shelved, one.why, one.decided_by) == (key, State.OPEN, closed.value, "已核对", WHO)
    assert not store.lives.settle(DESK, DAY, now=LATER, who=OTHER)
    put(store, (case, review(1, SHORT)), now=LATER)
    assert store.lives.settle(DESK, DAY, now=LATER, who=OTHER) == {StepKind.AGAIN: 1}
    (one,) = store.casebook.findings()
    assert (one.state, one.shelved, one.why) == (closed, "", "已核对")


def test_a_word_on_the_new_facts_counts_for_them(store: Store) -> None:
    key = found(store)
    go(store, key, State.EXCLUDED)
    case = store.casebook.findings()[0].case_id
    put(store, (case, review(1, other_facts())), now=LATER)
    store.lives.settle(DESK, DAY, now=LATER, who=OTHER)
    go(store, key, State.EXCLUDED, who=OTHER, now=LATER)
    put(store, (case, review(1, other_facts())), now=LATER)
    assert not store.lives.settle(DESK, DAY, now=LATER, who=OTHER)
    assert store.casebook.findings()[0].decided_by == OTHER


@pytest.mark.parametrize(("day", "after"), [("2027-02-20", State.WATCHED), ("2027-02-21", State.OPEN)])
def test_what_is_watched_comes_back_on_its_day(store: Store, day: str, after: State) -> None:
    key = found(store)
    go(store, key, State.WATCHED)
    assert store.casebook.findings()[0].until == "2027-02-21"
    store.lives.settle(DESK, date.fromisoformat(day), now=LATER, who=WHO)
    assert state(store) is after


def test_what_a_finding_has_been_through_goes_with_it_under_another_key(store: Store) -> None:
    first, second = stored_cases(store, 2)
    put(store, (first, review(1, SHORT)), (second, review(2, SHORT)))
    old, new = (each.key for each in store.casebook.findings())
    go(store, old, State.CONFIRMED)
    store.endings.carry(old, new, now=LATER, who=WHO)
    assert [each.kind for each in store.lives.told(new).history] == [StepKind.WORD, StepKind.CARRIED]
    store.lives.issued([old], 3, "", now=LATER, who=WHO)
    assert {each.state for each in store.casebook.findings()} == {State.ISSUED}


def test_the_history_can_neither_be_changed_nor_deleted(store: Store) -> None:
    key = found(store)
    go(store, key, State.CONFIRMED)
    for sql in ("DELETE FROM steps", "UPDATE steps SET who = '别人'"):
        with pytest.raises(Exception, match="stays on record"):
            store._link.change(sql)


def test_deciding_on_nothing_is_a_bug(store: Store) -> None:
    with pytest.raises(KeyError):
        store.lives.move("没有", State.CONFIRMED, who=WHO, now=NOW)


def test_a_word_that_goes_to_another_key_and_back_is_told_once(store: Store) -> None:
    first, second = stored_cases(store, 2)
    put(store, (first, review(1, SHORT)), (second, review(2, SHORT)))
    old, new = (each.key for each in store.casebook.findings())
    go(store, old, State.CONFIRMED)
    store.endings.carry(old, new, now=LATER, who=WHO)
    store.lives.undo(old, who=WHO, now=LATER)
    store.endings.carry(new, old, now=LATER, who=WHO)
    kinds = [each.kind for each in store.lives.told(old).history]
    assert kinds == [StepKind.WORD, StepKind.UNDO, StepKind.WORD, StepKind.CARRIED, StepKind.CARRIED]
    store.lives.issued([old], 3, "", now=LATER, who=WHO)
    store.lives.voided([old], 3, ["notice"], "有误", now=LATER, who=WHO)
    assert {each.state for each in store.casebook.findings()} == {State.CONFIRMED}
