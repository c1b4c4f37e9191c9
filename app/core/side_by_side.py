"""Pure computing on several cores: portions of work go out to processes of our own, answers come back in order.

    with SideBySide(work, cores(len(cases), least=3000)) as crew:
        ...  # the processes start while what they are to get is prepared
        for answer in crew.answers(law, portions, ticket):
            ...

`work(state, portion)` is a function of a module that imports little (no Qt, no spreadsheet library) and depends on its
arguments alone; state, portions and answers are pickled. What all portions need, such as the law, is the `state` and
goes to each process once. A portion should take some tenths of a second, so that going there and back is nothing
beside it. Processes are spawned on every platform and hold nothing but that: neither the store nor its key.

A process that cannot be started, dies or gives no answer costs time and nothing else: what it was to do is done here.
So is a portion at which the function raises, which then raises here. Processes end when the `with` is left, and when
the program does, in whatever way.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import count, islice
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Any, Generic, Self, TypeVar

from app.core.errors import Cancelled
from app.core.jobs import Ticket
from app.core.memory import collect_rarely

MOST = 4  # processes; whoever writes what they answer keeps no more of them busy
AT_ONCE = 2  # portions a process has: the one it is at and the one it goes on with
AHEAD = 4  # portions under way for each process, those included whose answers wait for their turn
SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_TO_ANSWER = 60.0  # a hundred times what a portion takes
READY = "ready"

State = TypeVar("State")
Portion = TypeVar("Portion")
Answer = TypeVar("Answer")


def cores(things: int, least: int) -> int:
    """How many processes so many things are worth; 1 for fewer than `least`, since starting takes a second or two."""
    return 1 if things < least else max(1, min(os.cpu_count() or 1, MOST))


class SideBySide(Generic[State, Portion, Answer]):
    """So many processes for one function; with fewer than two everything is done in this one. Leave it by `with`."""

    def __init__(self, work: Callable[[State, Portion], Answer], processes: int) -> None:
        self._work = work
        self._state: Future[bytes] = Future()
        self._stopped = threading.Event()
        self._here = threading.Lock()  # the function need not be made for threads
        self._helpers: list[_Helper] = []
        self._idle: SimpleQueue[_Helper] = SimpleQueue()
        self._order = threading.Condition()
        self._numbers, self._given = count(), 0
        self._lanes: ThreadPoolExecutor | None = None
        if processes < 2 or multiprocessing.parent_process() is not None:
            return
        self._lanes = ThreadPoolExecutor(processes * AT_ONCE, thread_name_prefix="side")
        self._helpers = [_Helper(work) for _ in range(processes)]
        for each in self._helpers:
            self._lanes.submit(self._begin, each)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._state.cancel()  # whoever still waits for it
        if self._lanes is None:
            return
        for each in self._helpers:
            each.end()
        self._lanes.shutdown(wait=True, cancel_futures=True)
        for each in self._helpers:  # one may just have been starting
            each.end()

    def answers(self, state: State, portions: Iterable[Portion], ticket: Ticket) -> Iterator[Answer]:
        """The answers in the order of the portions, which are taken a few ahead of them; asked for once.

        Leaves by Cancelled as soon as the user asks for it, between two portions where all is done in this process.
        """
        if self._lanes is None:
            for each in portions:
                ticket.step(*ticket.seen)
                yield self._work(state, each)
            return
        self._state.set_result(pickle.dumps(state, pickle.HIGHEST_PROTOCOL))
        stream = iter(portions)
        waiting: deque[Future[Answer]] = deque()
        while True:
            for each in islice(stream, len(self._helpers) * AHEAD - len(waiting)):
                waiting.append(self._lanes.submit(self._ask, next(self._numbers), state, each))
            if not waiting:
                return
            ticket.step(*ticket.seen)
            while not wait((waiting[0],), SECONDS_BETWEEN_LOOKS).done:
                ticket.step(*ticket.seen)
            yield waiting.popleft().result()

    def _begin(self, helper: _Helper) -> None:
        try:
            if not self._stopped.is_set():
                helper.begin()
            with suppress(CancelledError):
                helper.give(self._state.result())
        finally:
            self._idle.put(helper)

    def _give(self, number: int, portion: Portion) -> tuple[_Helper, int]:
        """Give a portion away, after those before it: whoever waits for it must not wait for later ones as well."""
        with self._order:
            self._order.wait_for(lambda: self._given == number)
        try:
            helper = self._idle.get()
            turn = helper.send(portion)
            if helper.spare:  # now that it is at something; before, others come first
                helper.spare -= 1
                self._idle.put(helper)
        finally:
            with self._order:
                self._given += 1
                self._order.notify_all()
        return helper, turn

    def _ask(self, number: int, state: State, portion: Portion) -> Answer:
        helper, turn = self._give(number, portion)
        try:
            found = helper.answer(turn)
        finally:
            self._idle.put(helper)
        if found:
            answer: Answer = found[0]
            return answer
        if self._stopped.is_set():
            raise Cancelled
        with self._here:
            return self._work(state, portion)


class _Helper:
    """One process and the pipes to it and back; without a process it answers nothing.

    The state follows once it listens: what is given at the start waits for ever for one that dies before reading it.
    """

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self.spare = AT_ONCE - 1
        self._sending = threading.Lock()
        self._turns = threading.Condition()  # answers come in the order in which portions were sent
        self._sent = self._answered = 0
        self._process: SpawnProcess | None = None
        self._ends: list[Connection] = []

    def begin(self) -> None:
        """Start the process, if that can be done, and wait until it listens: what is sent before may fill the pipe."""
        spawn = multiprocessing.get_context("spawn")
        inbox, to = spawn.Pipe(duplex=False)
        back, outbox = spawn.Pipe(duplex=False)
        process = spawn.Process(target=_serve, args=(self._work, inbox, outbox), daemon=True)
        with suppress(OSError), self._lock:
            process.start()
            self._process, self._ends = process, [to, back]
        inbox.close()
        outbox.close()
        if self._process is not None and self._answer(process) != (READY,):
            self.end()

    def give(self, state: bytes) -> None:
        """Hand over what all portions need, before any of them."""
        with suppress(OSError):  # whoever is asked next notices
            if self._process is not None:
                self._ends[0].send(state)

    def send(self, portion: Any) -> int:
        """Give a portion to the process; the turn in which its answer comes."""
        with self._sending:
            turn, self._sent = self._sent, self._sent + 1
            with suppress(OSError):
                if self._process is not None:
                    self._ends[0].send(portion)
        return turn

    def answer(self, turn: int) -> tuple[Any] | tuple[()]:
        """The answer of a turn alone in a tuple; an empty one when there is none to be had."""
        with self._turns:
            self._turns.wait_for(lambda: self._answered == turn)
        process = self._process
        answer = () if process is None else self._answer(process)
        if not answer:
            self.end()
        with self._turns:
            self._answered += 1
            self._turns.notify_all()
        return answer

    def _answer(self, process: SpawnProcess) -> tuple[Any] | tuple[()]:
        """What came, or nothing once the process has ended.

        The pipe alone does not tell that: on Windows the end meant for a process that never took it stays open here.
        """
        back = self._ends[1]
        with suppress(EOFError, OSError):
            wait_for((back, process.sentinel), SECONDS_TO_ANSWER)
            if back.poll():
                return (back.recv(),)
        return ()

    def end(self) -> None:
        """Let the process be no more; it has nothing to put in order."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._process = None


def _serve(work: Callable[..., Any], inbox: Connection, outbox: Connection) -> None:
    """What a process does until nobody asks it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends this
    collect_rarely()
    portions: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(inbox, portions), daemon=True).start()
    outbox.send(READY)
    state = pickle.loads(portions.get())
    while True:
        try:
            outbox.send(work(state, portions.get()))
        except Exception:  # the program finds nobody here, does it itself and meets the same fault, if it is one
            return


def _listen(inbox: Connection, portions: SimpleQueue[Any]) -> None:
    """Pass on what comes; end the process, whatever it is at, when nothing can come any more."""
    try:
        while True:
            portions.put(inbox.recv())
    finally:
        os._exit(0)
