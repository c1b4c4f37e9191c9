"""Jobs: progress, stopping, lanes, and the gate that lets the window paint first."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.core.errors import Cancelled
from app.core.jobs import Courtesy, Jobs, Question, Ticket, apart

SECONDS = 5.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    each = Jobs()
    yield each
    each.close()


def test_a_job_reports_and_answers(jobs: Jobs) -> None:
    def work(number: int, *, ticket: Ticket) -> int:
        ticket.step(1, 2, "一")
        return number + 1

    job = jobs.read("计算", work, 4)
    assert job.result() == 5
    assert job.done()
    assert job.ticket.seen == (1, 2, "一")
    assert not jobs.busy()


def test_a_job_stops_at_its_next_step(jobs: Jobs) -> None:
    begun = threading.Event()

    def work(*, ticket: Ticket) -> None:
        begun.set()
        while True:
            ticket.step(0)

    job = jobs.write("写", work)
    assert begun.wait(SECONDS)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result()


def test_what_cannot_be_undone_goes_to_its_end_but_its_questions_may_stay_unanswered(jobs: Jobs) -> None:
    asked, told = threading.Event(), list[str]()

    def work(*, ticket: Ticket) -> str:
        ticket.no_way_back()
        asked.set()
        ticket.cancel()
        ticket.step(1, 2, "其余")
        try:
            return ticket.ask(Question("写出吗", "", ("是", "否")))
        except Cancelled:
            told.append("没有回答")
            return "做完"

    job = jobs.write("销毁", work)
    assert asked.wait(SECONDS)
    assert job.result() == "做完"
    assert told == ["没有回答"]
    assert not job.ticket.stoppable


def test_a_job_that_waits_in_its_lane_never_begins_once_cancelled(jobs: Jobs) -> None:
    go = threading.Event()
    ran: list[str] = []
    first = jobs.write("一", lambda ticket: go.wait(SECONDS))
    second = jobs.write("二", lambda ticket: ran.append("二"))
    assert jobs.busy()
    second.cancel()
    go.set()
    first.result()
    with pytest.raises(Cancelled):
        second.result()
    assert ran == []


def test_the_writing_lane_runs_one_after_another_and_reading_goes_beside_it(jobs: Jobs) -> None:
    go = threading.Event()
    order: list[int] = []
    first = jobs.write("一", lambda ticket: (go.wait(SECONDS), order.append(1)))
    second = jobs.write("二", lambda ticket: order.append(2))
    assert jobs.read("读", lambda ticket: "读完").result() == "读完"
    assert not first.done()
    go.set()
    second.result()
    assert order == [1, 2]


def test_closing_stops_everything() -> None:
    jobs = Jobs()

    def work(*, ticket: Ticket) -> None:
        while True:
            ticket.step(0)

    job = jobs.write("写", work)
    jobs.close()
    assert job.done()


def test_a_worker_waits_while_the_window_paints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.jobs.SECONDS_TO_LET_PAINT", 60)
    courtesy = Courtesy()
    passed = threading.Event()
    ticket = Ticket(courtesy)
    with courtesy, courtesy:
        thread = threading.Thread(target=lambda: (ticket.step(1), passed.set()))
        thread.start()
        assert not passed.wait(0.05)
    assert passed.wait(SECONDS)
    thread.join()


def test_a_gate_left_shut_delays_a_worker_but_never_stops_it() -> None:
    courtesy = Courtesy()
    courtesy.__enter__()
    Ticket(courtesy).step(1)


def test_what_cannot_stop_midway_is_left_at_once() -> None:
    ticket, go, begun = Ticket(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go.wait(SECONDS)

    def cancel() -> None:
        begun.wait(SECONDS)
        ticket.cancel()

    stopper = threading.Thread(target=cancel)
    stopper.start()
    with pytest.raises(Cancelled):
        apart(ticket, work)
    assert not go.is_set()
    go.set()
    stopper.join()


def test_work_apart_answers_and_fails_as_if_it_were_here() -> None:
    ticket = Ticket()
    ticket.step(3, 4, "三")
    assert apart(ticket, lambda: 7) == 7
    assert ticket.seen == (3, 4, "三")
    with pytest.raises(ZeroDivisionError):
        apart(ticket, lambda: 1 // 0)
