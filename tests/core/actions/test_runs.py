"""A run of documents that is cut short at any moment: no number lost or doubled, no half file, and it goes on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.core.actions import writer
from app.core.actions.issue import GO_ON, drop_run, issue, resume
from app.core.errors import Cancelled, FolderUnwritable
from app.core.jobs import Ticket
from app.core.store.database import Store
from app.core.store.rows import PaperState
from app.core.store.runs import Runs
from tests.core.actions.test_actions import NOW, WHO, order, take
from tests.core.stopping import Stopping
from tests.core.workbooks import proposals
from tests.tools import power_cut

KINDS = ("review_report", "opinion", "receipt")


class Cut(BaseException):
    """The power went."""


def prepared(store: Store, folder: Path, count: int) -> list[int]:
    people = [{"罪犯编号": f"90000001{n:02}", "姓名": f"测试{n:02}"} for n in range(count)]
    return take(store, proposals(folder / "a.xlsx", *people))


def cut_at(monkeypatch: pytest.MonkeyPatch, name: str, place: int) -> None:
    """Let the power go at the n-th call of a function that changes something."""
    real, calls = getattr(writer, name), Counter[str]()

    def failing(*words: object, **more: object) -> object:
        calls[name] += 1
        if calls[name] == place:
            raise Cut
        return real(*words, **more)

    monkeypatch.setattr(writer, name, failing)


@pytest.mark.parametrize(("name", "place"), [("write_whole", 1), ("write_whole", 4), ("_digest", 2), ("_digest", 9)])
def test_a_run_cut_short_goes_on_under_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, place: int
) -> None:
    monkeypatch.setattr("app.core.actions.issue.CHUNK", 2)
    with Store.temporary() as store:
        ids = prepared(store, tmp_path, 5)
        with monkeypatch.context() as patched:
            cut_at(patched, name, place)
            with pytest.raises(Cut):
                issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket())
        [run] = store.runs.open()
        early = {each.id: each.number for each in store.papers.all()}
        done = resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
        assert not done.value.problems
        assert store.runs.open() == []
        assert power_cut.faults(store, tmp_path / "文书", len(ids) * len(KINDS)) == []
        assert early.items() <= {each.id: each.number for each in store.papers.all()}.items()
        assert [each.name[-9:] for each in done.value.merged] == ["印5份）.docx"] * 3


def test_wherever_a_run_is_stopped_what_was_made_is_told_and_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.actions.issue.CHUNK", 2)
    seen = Counter[str]()
    for place in range(1, 7):
        folder = tmp_path / str(place)
        folder.mkdir()
        with Store.temporary() as store:
            ids = prepared(store, folder, 5)
            try:
                done = issue(store, ids, KINDS, order(folder / "文书"), ticket=Stopping(place))
            except Cancelled:
                seen["nothing"] += 1
                assert not list((folder / "文书").rglob("*.docx"))
                assert store.papers.all() == []
                continue
            if place == 6:
                assert store.runs.open() == []
                continue
            seen["some"] += 1
            written = len(done.value.files)
            assert done.says == f"生成文书 {written} 份后停下。{GO_ON}"
            assert done.value.cautions == [GO_ON]
            assert written == len([each for each in store.papers.all() if each.state is PaperState.ISSUED]) > 0
            [run] = store.runs.open()
            resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
            assert power_cut.faults(store, folder / "文书", len(ids) * len(KINDS)) == []
    assert seen == {"nothing": 2, "some": 3}


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_store_without_room_amid_a_run_is_told_with_what_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    monkeypatch.setattr("app.core.actions.issue.CHUNK", 2)
    calls = Counter[str]()
    advance = Runs.advance

    def full(runs: Runs, run_id: int, done: int) -> None:
        calls["advance"] += 1
        if calls["advance"] == place:
            raise FolderUnwritable("磁盘已满", do="请腾出空间")
        advance(runs, run_id, done)

    with Store.temporary() as store:
        ids = prepared(store, tmp_path, 4)
        with monkeypatch.context() as patched:
            patched.setattr(Runs, "advance", full)
            if place == 1:
                with pytest.raises(FolderUnwritable):
                    issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket())
            else:
                done = issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket())
                assert [each.what for each in done.value.problems] == ["磁盘已满"]
                assert GO_ON in done.says
        [run] = store.runs.open()
        resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
        assert power_cut.faults(store, tmp_path / "文书", len(ids) * len(KINDS)) == []


def test_what_was_written_and_not_entered_is_entered_when_the_run_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.temporary() as store:
        ids = prepared(store, tmp_path, 2)
        with monkeypatch.context() as patched:
            patched.setattr(writer.Writer, "_enter", lambda *_: (_ for _ in ()).throw(Cut()))
            with pytest.raises(Cut):
                issue(store, ids, KINDS, order(tmp_path / "文书"), ticket=Ticket())
        [run] = store.runs.open()
        lost = next((tmp_path / "文书").rglob("*.docx"))
        lost.unlink()
        said = drop_run(store, run.id, now=NOW, who=WHO).says
        assert "5 份" in said
        assert Counter(each.state for each in store.papers.all()) == {PaperState.ISSUED: 5, PaperState.RESERVED: 1}
        assert store.runs.open() == []


def test_a_document_changed_by_hand_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.temporary() as store:
        ids = prepared(store, tmp_path, 1)
        with monkeypatch.context() as patched:
            patched.setattr(writer.Writer, "_enter", lambda *_: (_ for _ in ()).throw(Cut()))
            with pytest.raises(Cut):
                issue(store, ids, ("opinion",), order(tmp_path / "文书"), ticket=Ticket())
        [written] = (tmp_path / "文书").rglob("*.docx")
        written.write_bytes(b"mended by hand")
        [run] = store.runs.open()
        resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
        assert written.read_bytes() == b"mended by hand"
        assert len(list((tmp_path / "文书").rglob("*.docx"))) == 2


def test_two_of_a_kind_for_one_case_never_go_on_with_one_number(tmp_path: Path) -> None:
    with Store.temporary() as store:
        [case] = prepared(store, tmp_path, 1)
        words = {"template": "a.docx", "now": NOW, "who": WHO}
        series = writer.Series("commutation_opinion", 2026, "执检")
        with store.atomic():
            one = store.papers.reserve_for(case, "opinion", series, str, finding_keys=("甲",), **words)
            other = store.papers.reserve_for(
                case, "opinion", series, str, finding_keys=("乙",), taken={one.id}, **words
            )
        assert (one.n, other.n) == (1, 2)
        again = store.papers.reserve_for(case, "opinion", series, str, finding_keys=("乙",), **words)
        assert again.id == other.id


def test_killed_at_some_moment_of_a_batch_nothing_is_lost(tmp_path: Path) -> None:
    assert power_cut.main(["--cuts", "2", "--cases", "8", "--folder", str(tmp_path)]) == 0


def test_the_fault_tool_sees_a_fault(tmp_path: Path) -> None:
    with Store.temporary() as store:
        ids = prepared(store, tmp_path, 2)
        issue(store, ids, ("opinion",), order(tmp_path / "文书"), ticket=Ticket())
        assert power_cut.faults(store, tmp_path / "文书", 2) == []
        one, *_ = sorted((tmp_path / "文书" / "减刑提请检察意见书").glob("*.docx"))
        one.write_bytes(one.read_bytes()[:100])
        assert len(power_cut.faults(store, tmp_path / "文书", 3)) >= 2
