"""The strip: it follows jobs, shows them when they last, stops them, and tells how they ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import UserError
from app.core.jobs import Jobs, Ticket
from app.ui import job_bar
from app.ui.job_bar import JobBar
from tests.ui.conftest import PATIENCE, Person


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    each = Jobs()
    yield each
    each.close()


@pytest.fixture
def bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, person: Person) -> JobBar:
    monkeypatch.setattr(job_bar, "SECONDS_BEFORE_SHOWN", 0)
    each = JobBar()
    qtbot.addWidget(each)
    each.show()
    return each


def endless(*, ticket: Ticket) -> None:
    """Work that only ends when it is stopped."""
    while True:
        ticket.step(3, 10, "第三件")


def test_a_job_under_way_is_shown_with_its_words_and_stopped(bar: JobBar, jobs: Jobs, qtbot: QtBot) -> None:
    ended: list[str] = []
    bar.watch(jobs.write("运行审查", endless), lambda _: ended.append("done"), lambda: ended.append("not"))
    qtbot.waitUntil(lambda: bar.text() == "运行审查：第三件", timeout=PATIENCE)
    assert bar._bar.isVisible()
    assert (bar._bar.value(), bar._bar.maximum()) == (3, 10)
    assert bar.busy()
    bar._stop.click()
    qtbot.waitUntil(lambda: not bar.busy(), timeout=PATIENCE)
    assert bar.text() == "已停止：运行审查"
    assert ended == ["not"]
    assert not bar._bar.isVisible()


def test_what_cannot_be_undone_goes_on_being_told_and_takes_no_stop(bar: JobBar, jobs: Jobs, qtbot: QtBot) -> None:
    stopped, go = threading.Event(), threading.Event()

    def work(*, ticket: Ticket) -> str:
        ticket.step(0, 2, "销毁")
        assert stopped.wait(5)
        ticket.no_way_back()
        ticket.step(1, 2, "重写数据文件")
        assert go.wait(5)
        return "做完了"

    told: list[str] = []
    bar.watch(jobs.write("销毁", work), told.append)
    qtbot.waitUntil(lambda: bar.text() == "销毁：销毁", timeout=PATIENCE)
    assert bar._stop.isEnabled()
    bar._stop.click()
    assert bar.text() == "正在停止……"
    stopped.set()
    qtbot.waitUntil(lambda: bar.text() == "销毁：重写数据文件", timeout=PATIENCE)
    assert not bar._stop.isEnabled()
    go.set()
    qtbot.waitUntil(lambda: told == ["做完了"], timeout=PATIENCE)


def test_a_short_job_never_shows_itself(qtbot: QtBot, jobs: Jobs) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    bar.show()
    answers: list[int] = []
    with qtbot.waitSignal(bar.idle, timeout=PATIENCE):
        bar.watch(jobs.read("读", lambda ticket: 7), answers.append)
        assert not bar._bar.isVisible()
    assert answers == [7]


def test_a_quiet_job_is_not_busy(bar: JobBar, jobs: Jobs, qtbot: QtBot) -> None:
    go = threading.Event()
    bar.watch(jobs.read("预览", lambda ticket: go.wait(5)), lambda _: None, quiet=True)
    assert not bar.busy()
    bar.stop()
    go.set()
    with qtbot.waitSignal(bar.idle, timeout=PATIENCE):
        pass
    assert not bar._bar.isVisible()


def test_what_the_user_can_mend_is_said(bar: JobBar, jobs: Jobs, qtbot: QtBot, person: Person) -> None:
    def work(*, ticket: Ticket) -> None:
        raise UserError("磁盘已满", do="请腾出空间")

    with qtbot.waitSignal(bar.idle, timeout=PATIENCE):
        bar.watch(jobs.write("导入表格", work), lambda _: pytest.fail("it did not end well"))
    assert [fault.what for fault in person.errors] == ["磁盘已满"]
    assert bar.text() == "未完成：导入表格"


def test_a_bug_goes_to_the_crash_dialog_and_the_strip_goes_on(bar: JobBar, jobs: Jobs, qtbot: QtBot) -> None:
    def work(*, ticket: Ticket) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        bar.watch(jobs.write("导入表格", work), lambda _: None)
        qtbot.waitUntil(lambda: not bar.busy(), timeout=PATIENCE)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    with qtbot.waitSignal(bar.idle, timeout=PATIENCE):
        bar.watch(jobs.write("再来", lambda ticket: "好"), bar.tell)
    assert bar.text() == "好"


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 100, 10, ""),
        (1, 100, 60, ""),
        (50, 100, 1, ""),
        (50, 100, 10, "约剩 10 秒"),
        (10, 100, 60, "约剩 9 分钟"),
        (5, 0, 10, ""),
    ],
)
def test_the_time_left_is_guessed_when_it_can_be(done: int, total: int, seconds: float, words: str) -> None:
    assert job_bar._time_left(done, total, seconds) == words
