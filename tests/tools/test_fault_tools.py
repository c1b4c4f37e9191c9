"""The fault tools, each at a few points: what they look for is really found, and there is nothing to be found."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from app.core.store import keys
from app.core.store.database import Store
from tests.core.store.samples import stored_batch
from tests.tools import find_bytes, flip_bits, full_disk, kill_base, kill_store, kill_works, mutate_files

CHANCE = 20_261_122
KEY = keys.random_key()
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked on POSIX only")


@needs_fork
@pytest.mark.parametrize("name", kill_store.WORKS)
def test_a_kill_loses_nothing_that_was_committed(tmp_path: Path, name: str) -> None:
    tally = kill_store.kill_at(name, 1, random.Random(CHANCE), tmp_path)
    assert tally.points >= 1
    assert tally.faults == []


def test_lost_rows_and_numbers_given_twice_are_seen(tmp_path: Path) -> None:
    kill_base.prepare(tmp_path)
    kill_works.do_import(tmp_path, lambda _: None)
    assert kill_works.check_import(tmp_path, []) == []
    assert kill_works.check_import(tmp_path, ["batch 99", "number 50"]) == ["batch 99", "number 10 again"]
    with kill_base.opened(tmp_path) as store:
        store._link.change("DELETE FROM records WHERE id = (SELECT max(id) FROM records)")
        assert kill_base.sound(store) == ["2405 rows of 2406"]


@pytest.mark.parametrize("name", ["accounts", "settings", "decision"])
def test_steps_that_were_lost_or_left_no_line_in_the_log_are_seen(tmp_path: Path, name: str) -> None:
    work, said = kill_store.WORKS[name], list[str]()
    work.prepare(tmp_path)
    work.do(tmp_path, said.append)
    assert len(said) > 10
    assert work.check(tmp_path, said) == []
    what, step = said[-1].split()
    assert work.check(tmp_path, [*said, f"{what if name != 'settings' else 'office'} {int(step) + 1}"])
    more = {
        "accounts": ("增加账户", {"账户": "测试1"}),
        "settings": ("修改本院信息", {}),
        "decision": ("核查", {"finding": ""}),
    }
    with kill_base.quick_stretching(), kill_base.opened(tmp_path) as store:
        store.audit.note(*more[name], at="", who="")
    assert work.check(tmp_path, said)


def test_a_flipped_bit_never_passes_for_other_data(tmp_path: Path) -> None:
    seen, wrong = flip_bits.flip(12, random.Random(CHANCE), tmp_path)
    assert wrong == []
    assert seen.total() == 12
    assert seen[flip_bits.HARMLESS] < 12


def test_other_data_would_be_seen(tmp_path: Path) -> None:
    path, _, expected = flip_bits.prepare(tmp_path)
    assert flip_bits.after_flip(path, expected) == flip_bits.HARMLESS
    with Store(path, flip_bits.KEY) as store:
        stored_batch(store, 1)
    assert flip_bits.after_flip(path, expected) == flip_bits.SILENT


def test_a_copy_that_did_not_give_everything_again_would_be_seen(tmp_path: Path) -> None:
    with kill_base.quick_stretching():
        path, copy, _ = flip_bits.prepare(tmp_path)
        (tmp_path / "坏").mkdir()
        broken = Path(shutil.copy(path, tmp_path / "坏"))
        assert flip_bits.put_back(broken, copy)
        broken.write_bytes(b"\xff" * 8192)
        assert flip_bits.put_back(broken, copy)
        with Store(copy, flip_bits.KEY) as store:
            store._link.change("UPDATE settings SET value = 'x'")
            stored_batch(store, 1)
        with patch.object(flip_bits.safekeep, "put_back", lambda *_, **__: None):
            assert not flip_bits.put_back(broken, copy)


def test_no_file_of_the_program_holds_a_name(tmp_path: Path) -> None:
    said, size = find_bytes.search(1, 20, random.Random(CHANCE), tmp_path)
    assert said == []
    assert size > 1_000_000


@pytest.mark.parametrize("coding", find_bytes.CODINGS)
def test_a_name_in_a_file_would_be_found(tmp_path: Path, coding: str) -> None:
    (tmp_path / "日志.txt").write_bytes(b"\x00x" + find_bytes.person(3)["姓名"].encode(coding) + b"y")
    said, _ = find_bytes.found_in((tmp_path,), 5)
    assert said == [f"{find_bytes.person(3)['姓名']} in 日志.txt"]


@pytest.mark.skipif(bool(full_disk.can_mount()), reason=full_disk.can_mount() or "can be mounted")
@pytest.mark.parametrize("reading_only", [False, True])
def test_a_disk_that_takes_nothing_is_told_and_loses_nothing(reading_only: bool) -> None:
    _, wrong = full_disk.once("import", random.Random(CHANCE), reading_only=reading_only)
    assert wrong == []
    assert full_disk.while_open(30_000) == []


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "只读" / "数据.db"
    path.parent.mkdir()
    Store(path, KEY).close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        if os.access(path.parent, os.W_OK):
            pytest.skip("root writes everywhere")
        outcome, wrong = full_disk.tried(lambda: Store(path, KEY))
    finally:
        path.parent.chmod(0o700)
        shutil.rmtree(path.parent)
    assert (outcome, wrong) == (full_disk.TOLD, [])


def test_mutated_files_are_read_or_refused_in_words(tmp_path: Path) -> None:
    seen, wrong = mutate_files.mutate(110, random.Random(CHANCE), tmp_path)
    assert wrong == []
    assert all(outcomes[mutate_files.SENTENCE] for outcomes in seen.values())
    assert sum(outcomes[mutate_files.VALUE] for outcomes in seen.values())


def test_sound_files_are_read_and_an_impolite_reader_would_be_seen(tmp_path: Path) -> None:
    for name, kind in mutate_files.kinds().items():
        for example in kind.examples:
            path = tmp_path / name.removeprefix("law ")
            path.write_bytes(example)
            kind.read(path)
            path.unlink()

    def impolite(path: Path) -> None:
        path.with_name("另一个.txt").write_bytes(b"")
        raise KeyError(path)

    kind = mutate_files.Kind("json", [b"{}"], impolite)
    outcome, fault = mutate_files.once(kind, "x", tmp_path, random.Random(CHANCE))
    assert outcome == "traceback"
    assert "KeyError" in fault
