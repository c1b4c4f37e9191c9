"""Rows destroyed for good: no byte of them is left in the file, and what was concluded stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.core.actions.receive import look, receive
from app.core.errors import FileInUse, FolderUnwritable, UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.store import keys, link
from app.core.store.database import Store
from app.core.store.destruction import GONE
from tests.core.actions.test_actions import NOW, WHO, run_review, take
from tests.core.actions.test_leaving import number
from tests.core.workbooks import proposals

PLACE, REMARK = "例县某镇某村七十二号", "交叉核对备注甲乙"


def plain(path: Path, _: keys.StoreKey) -> Any:
    """A store that is not encrypted, so that its bytes can be searched."""
    return dbapi2.connect(str(path), check_same_thread=False)


def people(count: int) -> list[dict[str, object]]:
    return [
        {"姓名": f"测试某甲{n}", "罪犯编号": f"90000010{n:02}", "身份证号码": number(n), "罪名": f"罪名{PLACE}{n}"}
        for n in range(count)
    ]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An unencrypted store of three people, one of whose rows was refused, reviewed and decided."""
    monkeypatch.setattr(link, "_connect", plain)
    with Store(tmp_path / "数据.db", keys.random_key()) as each:
        rows = [*people(3), {"姓名": "", "罪犯编号": "9000001099", "罪名": REMARK}]
        take(each, proposals(tmp_path / "名册.xlsx", *rows))
        finding = each.casebook.findings()[0]
        each.lives.move(finding.key, State.EXCLUDED, code="other", why="另案处理", now=NOW, who=WHO)
        yield each


def bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir() if each.name.startswith("数据.db"))


def destroyed(store: Store) -> Any:
    made = store.destruction.destroy([each.id for each in store.batches.all()], now=NOW, who=WHO, ticket=Ticket())
    store.destruction.clean()
    return made


def test_no_byte_is_left_of_what_stood_in_the_rows(store: Store, tmp_path: Path) -> None:
    needles = [each.encode() for each in (REMARK, *(number(n) for n in range(3)), "2020-04-11")]
    assert all(each in bytes_of(tmp_path) for each in needles[:-1])
    made = destroyed(store)
    left = [each.decode() for each in needles[:-1] if each in bytes_of(tmp_path)]
    assert left == []
    assert (made.rows, made.refused, len(made.sha256)) == (3, 1, 64)
    assert (tmp_path / "数据.db-wal").stat().st_size == 0
    assert not store.problems()
    assert store.audit.verify() == []


def test_conclusions_decisions_and_the_log_stay_and_quote_no_cell(store: Store) -> None:
    rows = store.views.case_rows(store.views.case_ids("reduction"))
    before = [(each.key, each.state, each.verdict.message) for each in store.casebook.findings()]
    destroyed(store)
    after = store.views.case_rows(store.views.case_ids("reduction"))
    assert [(each.name, each.conclusion) for each in after] == [(each.name, each.conclusion) for each in rows]
    assert [(each.key, each.state, each.verdict.message) for each in store.casebook.findings()] == before
    for row in after:
        review = store.casebook.review_of(row.id)
        assert review is not None
        assert {cell.raw for verdict in review.verdicts for cell in verdict.evidence} <= {GONE}
        assert (review.person.id_number, row.id_number) == ("", "")
    assert store.audit.entries()[-1].act == "销毁原始数据"


def test_the_rows_are_read_no_more_and_the_next_review_says_what_is_missing(store: Store, tmp_path: Path) -> None:
    destroyed(store)
    assert (store.batches.all(), store.batches.tables_present(), list(store.batches.records())) == ([], set(), [])
    ((batch, at, who),) = store.batches.destroyed()
    assert (batch.file, at, who) == ("名册.xlsx", NOW, WHO)
    assert store.batches.record_at(batch.file, batch.sheet, 3) is None
    with pytest.raises(UserError, match="已经销毁"):
        run_review(store)
    plans, _ = look([proposals(tmp_path / "新名册.xlsx", *people(5)[3:])], ticket=Ticket())
    receive(store, plans, now="2026-11-22T09:00:00", who=WHO, ticket=Ticket())
    run_review(store)
    kept = [each.conclusion for each in store.views.case_rows(store.views.case_ids("reduction"))]
    assert len(kept) == 5
    assert all(kept)
    assert any(each.state is State.EXCLUDED for each in store.casebook.findings())


def test_it_is_all_or_nothing_and_what_was_cut_short_is_cleaned_later(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可以销毁"):
        store.destruction.destroy([99], now=NOW, who=WHO, ticket=Ticket())
    assert not store.destruction.unclean()
    store.destruction.destroy([1], now=NOW, who=WHO, ticket=Ticket())
    assert store.destruction.unclean()
    store.destruction.clean()
    assert not store.destruction.unclean()
    assert number(0).encode() not in bytes_of(tmp_path)


def test_without_room_to_write_the_file_anew_nothing_is_destroyed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(FolderUnwritable, match="还缺 1 MB，什么也没有销毁"):
        store.destruction.destroy([1], now=NOW, who=WHO, ticket=Ticket())
    assert len(store.batches.all()) == 1
    assert not store.destruction.unclean()


def test_a_journal_somebody_still_reads_is_not_taken_for_empty(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store._link.rows("PRAGMA busy_timeout = 1")
    reader = store.reader()
    reader._link._conn.execute("BEGIN")
    reader.batches.all()
    store.destruction.destroy([1], now=NOW, who=WHO, ticket=Ticket())
    with pytest.raises(FileInUse, match="没有清空"):
        store.destruction.clean()
    assert store.destruction.unclean()
    reader._link._conn.execute("COMMIT")
    store.destruction.clean()
    assert not store.destruction.unclean()
