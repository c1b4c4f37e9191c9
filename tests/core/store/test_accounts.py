"""Accounts: exactly the present passphrases open the store, whoever was added, changed or taken away before."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import FolderUnwritable, StoreDamaged, UserError, WrongPassphrase
from app.core.jobs import Ticket
from app.core.rights import FIRST_ROLES, Role
from app.core.store import key_swap, keyring, keys, people
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.keyring import Taken
from app.core.store.restore import Note
from tests.core.store.samples import NOW
from tests.tools.kill_base import quick_stretching

FIRST, SECOND, THIRD, FOURTH = PHRASES = tuple(f"例县口令第{each}把钥匙" for each in "一二三四")
CHECK = frozenset({Role.CHECK})


@pytest.fixture
def path(tmp_path: Path):
    """A store with one account; what a passphrase costs to try is not what these tests are about."""
    with quick_stretching():
        Store.create(tmp_path / "数据.db", FIRST, "测试甲").close()
        yield tmp_path / "数据.db"


def opening(path: Path) -> dict[str, str]:
    """Which of the passphrases open the store, and as whom."""
    found = {}
    for each in PHRASES:
        with suppress(WrongPassphrase), Store.open(path, each) as store:
            found[each] = store.account.name
    return found


def do(store: Store, what: str, number: str, phrases: tuple[str, str], name: str) -> None:
    """One step: somebody comes, goes, is given a passphrase or roles, or changes his own passphrase."""
    match what:
        case "add":
            store.locks.add(name, CHECK, phrases[1], now=NOW, who="测试甲")
        case "remove":
            store.locks.remove(number, now=NOW, who="测试甲")
        case "set":
            store.locks.set(number, phrases[1], now=NOW, who="测试甲")
        case "own":
            store.locks.change(*phrases, now=NOW)
        case _:
            store.locks.give(number, {Role.MANAGE}, now=NOW, who="测试甲")


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "set", "own", "roles"]), st.integers(0, 3), st.sampled_from(PHRASES)),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_exactly_the_present_passphrases_open_whatever_came_before(steps: list[tuple[str, int, str]]) -> None:
    with quick_stretching(), TemporaryDirectory() as folder:
        path = Path(folder) / "数据.db"
        Store.create(path, FIRST, "测试甲").close()
        expected, names = {FIRST: "测试甲"}, 0
        for what, place, phrase in steps:
            with Store.open(path, next(each for each, name in expected.items() if name == "测试甲")) as store:
                mine = store.account.number
                one = store.people[place % len(store.people)]
                old = next(each for each, name in expected.items() if name == one.name)
                try:
                    do(store, what, one.number, (old, phrase), f"测试{names}")
                except UserError:
                    assert phrase in expected or one.number == mine or what == "own"
                    continue
                if what in ("remove", "set", "own"):
                    del expected[old]
                if what in ("add", "set", "own"):
                    expected[phrase] = f"测试{names}" if what == "add" else one.name
                names += what == "add"
        assert opening(path) == expected


def test_names_and_roles_do_not_stand_in_the_key_file(path: Path) -> None:
    with Store.open(path, FIRST) as store:
        before = len(json.loads(keyring.file_of(path).read_text())["people"])
        store.locks.add("测试乙某某", CHECK, SECOND, now=NOW, who="测试甲")
        text = keyring.file_of(path).read_text(encoding="utf-8")
        assert not [each for each in ("测试", "复核人", json.dumps("测试")[1:-1]) if each in text]
        assert len(json.loads(text)["people"]) == before


def test_the_first_account_manages_and_works_and_a_reopened_store_knows_everybody(path: Path) -> None:
    with Store.open(path, FIRST) as store:
        assert store.account.roles == FIRST_ROLES
        made = store.locks.add(" 测试　乙 ", CHECK, SECOND, now=NOW, who="测试甲")
        assert made.name == "测试 乙"
    with Store.open(path, SECOND) as store:
        assert store.account == made
        assert [each.name for each in store.people] == ["测试甲", "测试 乙"]
        assert store.reader().account == made


def test_somebody_elses_passphrase_is_refused_and_so_is_a_second_person_of_the_same_name(path: Path) -> None:
    with Store.open(path, FIRST) as store:
        for phrase, name, fault in ((FIRST, "测试乙", Taken), (SECOND, "测 试甲", UserError), (SECOND, " ", UserError)):
            with pytest.raises(fault):
                store.locks.add(name, CHECK, phrase, now=NOW, who="测试甲")
        with pytest.raises(UserError, match="只读"):
            store.locks.add("测试乙", {Role.LOOK, Role.CHECK}, SECOND, now=NOW, who="测试甲")
        assert len(store.people) == 1
    assert opening(path) == {FIRST: "测试甲"}


def test_there_is_always_a_manager_and_nobody_takes_himself_away(path: Path) -> None:
    with Store.open(path, FIRST) as store:
        made = store.locks.add("测试乙", {Role.MANAGE}, SECOND, now=NOW, who="测试甲")
        with pytest.raises(UserError, match="正在使用"):
            store.locks.remove(store.account.number, now=NOW, who="测试甲")
        store.locks.give(made.number, CHECK, now=NOW, who="测试甲")
        with pytest.raises(UserError, match="管理员"):
            store.locks.give(store.account.number, CHECK, now=NOW, who="测试甲")


def test_a_number_is_never_given_again_and_deeds_keep_their_name(path: Path) -> None:
    with Store.open(path, FIRST) as store:
        first = store.locks.add("测试乙", CHECK, SECOND, now=NOW, who="测试甲")
        store.audit.note("办事", {}, at=NOW, who="测试乙")
        store.locks.remove(first.number, now=NOW, who="测试甲")
        again = store.locks.add("测试乙", CHECK, SECOND, now=NOW, who="测试甲")
        assert again.number != first.number
        assert [each.who for each in store.audit.entries() if each.act == "办事"] == ["测试乙"]
        assert store.audit.entries()[1].what["登录账户"] == "测试甲"


def test_a_slot_that_was_taken_away_cannot_be_put_back(path: Path) -> None:
    with Store.open(path, FIRST) as store:
        made = store.locks.add("测试乙", CHECK, SECOND, now=NOW, who="测试甲")
        slot = next(each for each in store.locks.ring().slots if each.id == made.number)
        store.locks.remove(made.number, now=NOW, who="测试甲")
        ring = store.locks.ring()
    keyring.write_ring(path, replace(ring, slots=(*ring.slots, slot)))
    with pytest.raises(StoreDamaged, match="改动"):
        Store.open(path, SECOND)


CHANGES = {
    "add": lambda locks: locks.add("测试丙", CHECK, THIRD, now=NOW, who="测试甲"),
    "remove": lambda locks: locks.remove("2", now=NOW, who="测试甲"),
    "set": lambda locks: locks.set("2", THIRD, now=NOW, who="测试甲"),
    "own": lambda locks: locks.change(FIRST, THIRD, now=NOW),
    "roles": lambda locks: locks.give("2", {Role.MANAGE}, now=NOW, who="测试甲"),
    "recovery": lambda locks: locks.new_recovery(now=NOW, who="测试甲"),
}


@pytest.fixture
def two(path: Path) -> Path:
    """A store of two accounts."""
    with Store.open(path, FIRST) as store:
        store.locks.add("测试乙", CHECK, SECOND, now=NOW, who="测试甲")
    return path


def held_by(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something holds a file of this ending, so that nothing new can take its place."""
    rename = os.replace

    def held(source: Path, target: Path) -> None:
        if str(target).endswith(ending) and str(source).endswith(key_swap.NEW):
            raise PermissionError(13, "in use", str(target))
        rename(source, target)

    monkeypatch.setattr(os, "replace", held)


def broken(store: Store, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can go wrong amid a change: the disk is full, before or at the end, or a file is in use."""

    def full(*_: object, **__: object) -> None:
        raise FolderUnwritable("磁盘已满", do="请腾出空间")

    run = store._link._run
    match what:
        case "log":
            monkeypatch.setattr(store.audit, "note", full)
        case "commit":
            monkeypatch.setattr(store._link, "_run", lambda sql: full() if sql == "COMMIT" else run(sql))
        case "room":
            monkeypatch.setattr(key_swap, "write_whole", full)
        case _:
            held_by(what, monkeypatch)


@pytest.mark.parametrize("fault", ["log", "commit", "room", *keyring.ENDINGS])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_fails_has_changed_nothing(
    two: Path, change: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [each.read_bytes() for each in (keyring.file_of(two), keyring.spare_of(two))]
    with Store.open(two, FIRST) as store:
        everybody, lines = (store.people, store.locks.gone), len(store.audit.entries())
        with monkeypatch.context() as patched:
            broken(store, fault, patched)
            with pytest.raises(UserError):
                CHANGES[change](store.locks)
        assert (store.people, store.locks.gone) == everybody
        assert len(store.audit.entries()) == lines
        assert [each.read_bytes() for each in (keyring.file_of(two), keyring.spare_of(two))] == before
        assert not list(two.parent.glob(".*"))
        CHANGES[change](store.locks)
        assert len(store.audit.entries()) == lines + 1


@pytest.mark.parametrize("change", CHANGES)
def test_a_line_the_power_cut_from_the_log_is_added_at_the_next_start(
    two: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(two, FIRST) as store, monkeypatch.context() as patched:
        patched.setattr(store.audit, "note", lambda *_, **__: 0)
        CHANGES[change](store.locks)
    for _ in range(2):
        with Store.open(two, THIRD if change == "own" else FIRST) as store:
            assert [(each.act, each.at, each.who) for each in store.audit.entries()][1:] == [
                (store.locks._line.act, NOW, "测试甲")
            ]
            assert store.audit.verify() == []


def test_a_copy_put_back_does_not_hide_who_was_let_in_since(two: Path) -> None:
    with Store.open(two, FIRST) as store:
        copy = store.back_up(Why.ASKED, now=NOW, ticket=Ticket())
        store.locks.remove("2", now=NOW, who="测试甲")
        store.become(copy.path, "", Note(NOW, "测试甲"), Ticket())
    for _ in range(3):  # the line has another number now, and is not added again
        with Store.open(two, FIRST) as store:
            assert [each.act for each in store.audit.entries()] == ["增加账户", "恢复备份", "移除账户"]
            assert store.audit.verify() == []


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_changed_list_of_people_is_found(path: Path, place: int) -> None:
    with Store.open(path, FIRST) as store:
        ring, key = store.locks.ring(), store._key
        data = bytearray.fromhex(ring.people)
        data[place] ^= 1
        with pytest.raises(StoreDamaged):
            people.told(replace(ring, people=data.hex()), key)
        assert people.told(ring, key).people == store.people


def test_opening_costs_one_stretching_however_many_there_are(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path, FIRST) as store:
        for number, phrase in enumerate(PHRASES[1:]):
            store.locks.add(f"测试{number}", CHECK, phrase, now=NOW, who="测试甲")
    stretched: list[str] = []
    stretch = keys.stretch
    monkeypatch.setattr(keys, "stretch", lambda secret, *rest: stretched.append(secret) or stretch(secret, *rest))
    with Store.open(path, FOURTH) as store:
        assert len(store.people) == len(PHRASES)
    assert stretched == [FOURTH]
