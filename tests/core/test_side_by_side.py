"""Work on several cores: the same answers in the same order, whatever becomes of the processes."""

from __future__ import annotations

import multiprocessing
import multiprocessing.spawn
import os
import pickle
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from app.core.errors import Cancelled
from app.core.jobs import Ticket
from app.core.side_by_side import MOST, SideBySide, _Helper, cores
from tests.core import side_by_side_work as work

ROOT = Path(__file__).parents[2]
SECONDS_TO_END = 5.0


def test_answers_come_in_order_from_bare_processes() -> None:
    with SideBySide(work.tell, 2) as crew:
        told = list(crew.answers("法", iter(range(9)), Ticket()))
    assert [each[:2] for each in told] == [("法", number) for number in range(9)]
    assert os.getpid() not in {each[2] for each in told}
    assert {each[3:5] for each in told} == {(False, True)}
    assert all(each[5] == [] for each in told)
    assert not multiprocessing.active_children()


def test_what_a_dead_process_leaves_is_done_here() -> None:
    with SideBySide(work.die, 2) as crew:
        assert list(crew.answers(None, range(40), Ticket())) == [2 * number for number in range(40)]


def test_a_process_that_ended_is_not_waited_for_although_its_pipe_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "close", lambda _: None)  # the ends given away stay open here too, as on Windows
    helper = _Helper(work.tell)
    helper.begin()
    helper.give(pickle.dumps("法"))
    begin = time.perf_counter()
    assert helper._process is not None
    helper._process.kill()
    assert helper.answer(helper.send(1)) == ()
    assert time.perf_counter() - begin < SECONDS_TO_END


def test_without_any_process_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise PermissionError("no processes on this machine")

    monkeypatch.setattr(SpawnProcess, "start", refused)
    with SideBySide(work.tell, 2) as crew:
        told = list(crew.answers("法", range(6), Ticket()))
    assert [each[:3] for each in told] == [("法", number, os.getpid()) for number in range(6)]


def test_processes_that_die_at_once_are_not_waited_for_with_what_they_were_to_get(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(multiprocessing.spawn, "get_command_line", lambda **_: [sys.executable, "-c", "pass"])
    more_than_a_pipe_holds = "法" * 1_000_000
    with SideBySide(work.tell, 2) as crew:
        told = list(crew.answers(more_than_a_pipe_holds, iter(range(6)), Ticket()))
    assert [each[1:3] for each in told] == [(number, os.getpid()) for number in range(6)]


def test_a_fault_is_raised_here() -> None:
    with SideBySide(work.fail, 2) as crew, pytest.raises(ZeroDivisionError, match="here"):
        list(crew.answers(None, range(6), Ticket()))


def test_stop_ends_every_process_at_once() -> None:
    ticket = Ticket()
    with SideBySide(work.last, 2) as crew:
        found = crew.answers(None, [0, 1, 1], ticket)
        next(found)
        ticket.cancel()
        begin = time.perf_counter()
        with pytest.raises(Cancelled):
            next(found)
    assert time.perf_counter() - begin < SECONDS_TO_END
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_processes_end_with_the_program() -> None:
    words = [sys.executable, "-m", "tests.core.side_by_side_work"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        first = int(program.stdout.readline())
        program.kill()
    end = time.monotonic() + SECONDS_TO_END
    while _lives(first):
        assert time.monotonic() < end
        time.sleep(0.02)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return f"{number} (" in (stat := Path(f"/proc/{number}/stat").read_text()) and ") Z" not in stat


def test_processes_nobody_asks_end_as_well() -> None:
    with pytest.raises(ValueError, match="sample"), SideBySide(work.tell, 2):
        raise ValueError("sample")
    assert not multiprocessing.active_children()


def test_few_things_are_not_worth_a_process() -> None:
    assert cores(9, least=10) == 1
    assert 1 <= cores(10, least=10) <= MOST


def test_one_process_is_this_one() -> None:
    with SideBySide(work.tell, 1) as crew:
        assert {each[2] for each in crew.answers("法", range(3), Ticket())} == {os.getpid()}
