"""Work off the window's thread: a ticket to report and stop by, jobs to ask after, one lane that writes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple, TypeVar

from app.core.errors import Cancelled

SECONDS_TO_LET_PAINT = 0.2
SECONDS_BETWEEN_LOOKS = 0.05
Answer = TypeVar("Answer")


class Courtesy:
    """A gate between the window and the workers: while somebody is inside, workers wait at their next step.

    Painting a table means thousands of short calls, each of which would else wait for the interpreter.
    """

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self._inside = 0

    def __enter__(self) -> None:
        self._inside += 1
        self._free.clear()

    def __exit__(self, *_: object) -> None:
        self._inside -= 1
        if not self._inside:
            self._free.set()

    def let_pass(self) -> None:
        """Called by a worker: wait, but never long, until nobody is inside."""
        if not self._free.is_set():
            self._free.wait(SECONDS_TO_LET_PAINT)


class Question(NamedTuple):
    """What a worker wants to know: a sentence, more about it, the answers to choose from; the last lets it be."""

    what: str
    more: str
    choices: tuple[str, ...]


class Ticket:
    """What a worker is given: it reports through it and learns by it that it should stop."""

    def __init__(self, courtesy: Courtesy | None = None) -> None:
        self._stop = threading.Event()
        self._courtesy = courtesy
        self.stoppable = True
        self.seen: tuple[int, int, str] = (0, 0, "")
        self.question: Question | None = None
        self._answered = threading.Event()
        self._answer = ""

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Say how far the work is. Leaves by Cancelled when the user asked for it and it is not too late."""
        if self._stop.is_set() and self.stoppable:
            raise Cancelled
        self.seen = (done, total, text)
        if self._courtesy is not None:
            self._courtesy.let_pass()

    def no_way_back(self) -> None:
        """What cannot be undone has been done: no step leaves by Cancelled from now on, only a question still may."""
        self.stoppable = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def ask(self, question: Question) -> str:
        """Wait for whoever watches the work to choose an answer. Leaves by Cancelled when the work is to stop."""
        self._answered.clear()
        self.question = question
        while not self._answered.wait(SECONDS_BETWEEN_LOOKS):
            if self._stop.is_set():
                self.question = None
                raise Cancelled
        return self._answer

    def answer(self, chosen: str) -> None:
        """Give the answer the work waits for."""
        self.question = None
        self._answer = chosen
        self._answered.set()


def apart(ticket: Ticket, work: Callable[[], Answer]) -> Answer:
    """Do on a thread of its own what cannot be stopped midway, and give its answer.

    Leaves by Cancelled as soon as the user asks for it; the thread ends by itself and its answer is thrown away.
    """
    lane = ThreadPoolExecutor(1, thread_name_prefix="apart")
    try:
        future = lane.submit(work)
        while not wait((future,), SECONDS_BETWEEN_LOOKS).done:
            ticket.step(*ticket.seen)
        return future.result()
    finally:
        lane.shutdown(wait=False)


class Job:
    """One piece of work under way; the window polls it."""

    def __init__(self, ticket: Ticket, future: Future[Any], name: str) -> None:
        self.ticket = ticket
        self.name = name
        self._future = future

    def cancel(self) -> None:
        """Ask the work to stop at its next step, or never to begin."""
        self.ticket.cancel()
        self._future.cancel()

    def done(self) -> bool:
        """Whether the work has ended, in whatever way."""
        return self._future.done()

    def result(self) -> Any:
        """The work's answer; raises what the work raised (Cancelled, UserError or a bug)."""
        try:
            return self._future.result()
        except CancelledError:
            raise Cancelled from None


class Jobs:
    """Two lanes: `write` runs one job after another, `read` beside it."""

    def __init__(self) -> None:
        self.courtesy = Courtesy()
        self._lanes = {
            "write": ThreadPoolExecutor(1, thread_name_prefix="write"),
            "read": ThreadPoolExecutor(1, thread_name_prefix="read"),
        }
        self._open: list[Job] = []
        self.around: Callable[[Ticket], AbstractContextManager[None]] = lambda _: nullcontext()  # every piece of work

    def write(self, name: str, work: Callable[..., Any], *args: Any, **words: Any) -> Job:
        """Start work that changes the store; it gets `ticket=` beside its arguments."""
        return self._start("write", name, work, *args, **words)

    def read(self, name: str, work: Callable[..., Any], *args: Any, **words: Any) -> Job:
        """Start work that only reads; it gets `ticket=` beside its arguments."""
        return self._start("read", name, work, *args, **words)

    def busy(self) -> bool:
        """Whether any job has not ended."""
        return any(not job.done() for job in self._open)

    def cancel(self) -> None:
        """Ask all jobs to stop at their next step; those that have not begun never will."""
        for job in self._open:
            job.cancel()

    def close(self, *, wait: bool = True) -> None:
        """Ask all jobs to stop, and wait for them unless told otherwise; nothing can be started afterwards."""
        self.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=wait, cancel_futures=True)

    def _start(self, lane: str, name: str, work: Callable[..., Any], *args: Any, **words: Any) -> Job:
        ticket, around = Ticket(self.courtesy), self.around

        def do() -> Any:
            with around(ticket):
                return work(*args, ticket=ticket, **words)

        job = Job(ticket, self._lanes[lane].submit(do), name)
        self._open = [each for each in self._open if not each.done()] + [job]
        return job
