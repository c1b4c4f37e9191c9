"""The store to practise in: filled by the ordinary way, opened without a passphrase, gone without a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core import paths
from app.core.actions.issue import issue
from app.core.actions.order import Order
from app.core.actions.practice import DAY, fill, is_ready, open_practice, remove_practice, strangers
from app.core.actions.receive import look
from app.core.actions.settings import read_office
from app.core.errors import Cancelled, FileInUse
from app.core.jobs import Ticket
from tests.core.workbooks import proposals

NOW, WHO = "2026-11-21T09:00:00", "测试承办"
SAMPLES = paths.RESOURCES / "samples"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store lies in this test."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "家"))
    return paths.practice_store()


class Stopping(Ticket):
    """Stops the work as soon as the first review begins."""

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        if text.startswith("审查"):
            self.cancel()
        super().step(done, total, text)


def test_it_is_filled_with_all_samples_even_after_a_stop(path: Path, tmp_path: Path) -> None:
    with open_practice(path) as store:
        with pytest.raises(Cancelled):
            fill(store, now=NOW, who=WHO, ticket=Stopping())
        assert not is_ready(store)
    with open_practice(path) as store:
        fill(store, now=NOW, who=WHO, ticket=Ticket())
        assert is_ready(store)
        assert not store.lasting
        assert not store.needs_backup()
        for folder, desk in (("减刑", "reduction"), ("社区矫正", "correction"), ("剥夺政治权利", "deprivation")):
            expected = json.loads((SAMPLES / folder / "answers.json").read_text(encoding="utf-8"))
            assert expected["as_of"] == DAY.isoformat()
            taken = sum(each["accepted"] for each in expected["expected_import"])
            files = {each["file"] for each in expected["expected_import"]}
            assert sum(each.accepted for each in store.batches.all() if each.file in files) == taken
            assert store.views.summary(desk).cases
        ids = store.views.case_ids("reduction", {"conclusion": ["建议不予提请"]})
        order = Order(tmp_path / "文书", read_office(store), DAY, NOW, WHO)
        issue(store, ids[:1], ["review_report"], order, ticket=Ticket())
        assert [each.number.partition("检")[0] for each in store.papers.all()] == ["（练习）例"]


def test_one_that_is_broken_or_of_another_kind_is_made_anew(path: Path) -> None:
    open_practice(path).close()
    path.write_bytes(b"SQLite format 3\0" + bytes(4000))
    with open_practice(path) as store:
        assert not is_ready(store)


def test_two_windows_do_not_share_it(path: Path) -> None:
    with open_practice(path), pytest.raises(FileInUse):
        open_practice(path)


def test_nothing_is_left_of_it_and_nothing_else_is_taken_away(path: Path) -> None:
    open_practice(path).close()
    beside = paths.default_store()
    beside.write_bytes(b"the real one")
    (path.parent / "文书").mkdir()
    (path.parent / "文书" / "意见书.docx").write_bytes(b"x")
    remove_practice(path)
    remove_practice(path)
    assert [each.name for each in paths.data_folder().iterdir()] == [beside.name]
    with pytest.raises(ValueError, match="no store of artificial people"):
        remove_practice(beside)


def test_files_that_did_not_come_with_the_program_are_named(tmp_path: Path) -> None:
    own = proposals(tmp_path / "真名册.xlsx", {})
    plans, _ = look([own, SAMPLES / "减刑" / "提请减刑假释案件名册.xlsx"], ticket=Ticket())
    assert strangers(plans) == ["真名册.xlsx"]
