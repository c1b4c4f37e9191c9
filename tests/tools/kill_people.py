"""What is killed besides: people let in and taken out, the office's settings changed, findings decided on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from app.core.actions.accounts import add_account, new_passphrase, remove_account
from app.core.actions.decide import choose_levels, decide
from app.core.actions.settings import read_office, write_office
from app.core.documents.context import Office
from app.core.findings import Level, State
from app.core.rights import Account, Role
from app.core.store.database import Store
from app.core.store.locks import ADDED, REMOVED, SET
from tests.tools.kill_base import PASSPHRASES, Say, opened, quick_stretching, sound
from tests.tools.power_cut import NOW, WHO

ROUNDS = 12
FIELDS = ("name", "short", "department", "room", "handler")
DECIDED = (State.CHECKING, State.CONFIRMED, State.EXCLUDED)  # in this order, one word after the other


def names() -> dict[str, tuple[str, str]]:
    """The people who come and go: each one's passphrase and the one that takes its place."""
    return {f"测试{place}": (each, f"{each}（新）") for place, each in enumerate(PASSPHRASES[1:])}


def do_accounts(folder: Path, say: Say) -> None:
    """Everybody comes, gets a new passphrase and goes; said after each step by the number of steps."""
    with quick_stretching(), opened(folder) as store:
        for name, (phrase, new) in names().items():
            step = _step(folder, store, name)
            if step < 1:
                add_account(store, name, {Role.LOOK}, phrase, now=NOW, who=WHO)
                say(f"{name} 1")
            if step < 2:
                new_passphrase(store, _account(store, name), new, now=NOW, who=WHO)
                say(f"{name} 2")
            if step < 3:
                remove_account(store, _account(store, name), now=NOW, who=WHO)
                say(f"{name} 3")


def check_accounts(folder: Path, said: list[str]) -> list[str]:
    """Everybody is where they were said to be or one step further, and the log has a line for each step."""
    with quick_stretching(), opened(folder) as store:
        found, wanted = sound(store), _last(said)
        steps = {name: _step(folder, store, name) for name in names()}
        store.locks.mend()
        told = Counter((each.what["账户"], each.act) for each in store.audit.entries() if "账户" in each.what)
    for name, step in steps.items():
        if step not in (wanted[name], wanted[name] + 1):
            found.append(f"{name} was at step {wanted[name]} and is at {step}")
        lines = [told[name, act] for act in (ADDED, SET, REMOVED)]
        if lines != [int(place < step) for place in range(3)]:
            found.append(f"{name} is at step {step}, the log has {lines}")
    return found + [f"left behind: {each.name}" for each in folder.glob(".*.key*")]


def _account(store: Store, name: str) -> Account:
    return next(each for each in store.people if each.name == name)


def _step(folder: Path, store: Store, name: str) -> int:
    """How far somebody is: 0 not come yet, 1 there, 2 with a new passphrase, 3 gone."""
    if name in {each.name for each in store.locks.gone}:
        return 3
    if name not in {each.name for each in store.people}:
        return 0
    ring, (old, new) = store.locks.ring(), names()[name]
    opening = [ring.found(ring.stretched(each), ring.accounts()) is not None for each in (old, new)]
    return 1 if opening == [True, False] else 2 if opening == [False, True] else -1


def _last(said: list[str]) -> Counter[str]:
    """The last step that was said of each."""
    return Counter({each.split()[0]: int(each.split()[1]) for each in said if each[-1:].isdigit()})


def do_settings(folder: Path, say: Say) -> None:
    """Other words for the office and other levels to be checked, again and again."""
    with opened(folder) as store:
        for number in range(_office(store) + 1, _office(store) + ROUNDS):
            write_office(store, Office(**dict.fromkeys(FIELDS, str(number))), now=NOW, who=WHO)
            say(f"office {number}")
            choose_levels(store, set(Level) if number % 2 else set(), now=NOW, who=WHO)
            say(f"levels {number}")


def _office(store: Store) -> int:
    return int(read_office(store).name or 0)


def check_settings(folder: Path, said: list[str]) -> list[str]:
    """The words said last or the next, all of one time; a line in the log for each."""
    with opened(folder) as store:
        found, wanted, office = sound(store), _last(said), read_office(store)
        number = _office(store)
        if {getattr(office, each) or "0" for each in FIELDS} != {str(number)}:
            found.append(f"half an office: {office}")
        if number not in (wanted["office"], wanted["office"] + 1):
            found.append(f"office {wanted['office']} was kept, {number} is there")
        if number == wanted["levels"] and bool(store.lives.levels()) != bool(number % 2):
            found.append("other levels than were kept")
        told = Counter(each.act for each in store.audit.entries())
        if told["修改本院信息"] != number or told["修改复核范围"] not in (number, number - 1):
            found.append(f"{number} changes, the log has {told}")
        return found


def do_decisions(folder: Path, say: Say) -> None:
    """A word on every finding, and another, and another."""
    with opened(folder) as store:
        for place, key in enumerate(_keys(store)):
            for step, state in enumerate(DECIDED, 1):
                if _word(store, key) < step:
                    decide(store, key, state, who=WHO, why="试验", now=NOW)
                    say(f"{place} {step}")


def check_decisions(folder: Path, said: list[str]) -> list[str]:
    """Every finding has the word that was said or the next one, and its history and the log have all of them."""
    with opened(folder) as store:
        found, wanted = sound(store), _last(said)
        total = 0
        for place, key in enumerate(_keys(store)):
            step, history = _word(store, key), store.lives.told(key).history
            total += step
            if step not in (wanted[str(place)], wanted[str(place)] + 1):
                found.append(f"finding {place} was at {wanted[str(place)]} and is at {step}")
            if len(history) != step:
                found.append(f"finding {place} has {len(history)} steps of {step}")
        lines = sum("finding" in each.what for each in store.audit.entries())
        return found + ([] if lines == total else [f"{total} words, the log has {lines}"])


def _keys(store: Store) -> list[str]:
    return sorted(each.key for each in store.casebook.findings())


def _word(store: Store, key: str) -> int:
    """How many words there were: the place of the state a finding is in."""
    (finding,) = store.casebook.findings(key=key)
    return 0 if finding.state is State.OPEN else DECIDED.index(finding.state) + 1
