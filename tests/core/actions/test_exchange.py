"""Cases between two offices: shown first, taken in beside ours, nothing overwritten, taken back as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest

from app.core.actions.decide import decide
from app.core.actions.exchange_in import Preview, look_in, take_back, take_in
from app.core.actions.exchange_out import send
from app.core.actions.issue import issue
from app.core.actions.receive import look, receive
from app.core.actions.settings import write_office
from app.core.documents.context import Office
from app.core.errors import Cancelled, FileUnreadable, FolderUnwritable, UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.store import exchange_file, keys
from app.core.store.database import Store
from app.core.store.rows import Series
from tests.core.actions.test_actions import EARLY, NOW, WHO, order, run_review, take
from tests.core.stopping import Stopping
from tests.core.workbooks import proposals

PHRASE = "电话里约定的口令"
THEIRS, OURS = "例县人民检察院", "样市人民检察院"
FILE = "移送.jhwj"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passphrases are stretched next to not at all."""
    with patch.multiple(keys, ARGON_PASSES=1, ARGON_KIBIBYTES=64, ARGON_LANES=1):
        yield


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """The other office: two cases, one decided, one with a document."""
    with Store.temporary() as each:
        write_office(each, Office(name=THEIRS, short="例县", department="执检"), now=NOW, who=WHO)
        ids = take(each, proposals(tmp_path / "名册.xlsx", {}, EARLY))
        finding = each.casebook.findings(ids[1])[0]
        decide(each, finding.key, State.CHECKING, why="", now=NOW, who="对方检察官")
        issue(each, ids[:1], ("opinion",), order(tmp_path / "对方文书"), ticket=Ticket())
        yield each


@pytest.fixture
def ours() -> Iterator[Store]:
    with Store.temporary() as each:
        write_office(each, Office(name=OURS), now=NOW, who=WHO)
        yield each


def sent(store: Store, folder: Path, *, words: bool = True, papers: bool = True) -> Path:
    ids = store.views.case_ids("reduction")
    send(store, ids, folder / FILE, PHRASE, words=words, papers=papers, now=NOW, who="对方", ticket=Ticket())
    return folder / FILE


def shown(store: Store, path: Path) -> Preview:
    return look_in(store, path, PHRASE, ticket=Ticket())


def taken(store: Store, path: Path) -> Preview:
    each = shown(store, path)
    take_in(store, each, now=NOW, who=WHO, ticket=Ticket())
    return each


def test_rows_words_and_documents_come_over_and_every_row_is_accounted_for(
    other: Store, ours: Store, tmp_path: Path
) -> None:
    each = taken(ours, sent(other, tmp_path))
    assert (each.offer.rows, each.accepted, each.rejected) == (2, 2, 0)
    batch = ours.batches.all()[-1]
    assert (batch.rows, batch.accepted, batch.rejected) == (2, 2, 0)
    assert THEIRS in batch.file
    assert THEIRS in batch.imported_by
    run_review(ours)
    assert [row.name for row in ours.views.case_rows(ours.views.case_ids("reduction"))] == ["赵样一", "钱样二"]
    mine = [(each.key, each.verdict.level) for each in ours.casebook.findings()]
    assert mine == [(each.key, each.verdict.level) for each in other.casebook.findings()]
    evidence = ours.casebook.findings()[0].verdict.evidence[0]
    assert ours.batches.record_at(evidence.file, evidence.sheet, evidence.row) is not None
    (standing,) = ours.exchanges.all()
    assert [each.number for each in ours.exchanges.papers(standing.id)] == [each.number for each in other.papers.all()]


def test_both_decisions_are_kept_theirs_with_the_offices_name(other: Store, ours: Store, tmp_path: Path) -> None:
    decided = next(each for each in other.casebook.findings() if each.decided_at)
    take(ours, proposals(tmp_path / "本院.xlsx", EARLY))
    decide(ours, decided.key, State.EXCLUDED, why="已另案处理", now=NOW, who=WHO)
    each = taken(ours, sent(other, tmp_path))
    beside = next(one for one in each.words if one.word.key == decided.key)
    assert (beside.ours, beside.word.state, beside.differs) == (State.EXCLUDED, State.CHECKING, True)
    mine = ours.casebook.findings(key=decided.key)[0]
    assert mine.state is State.EXCLUDED
    ((office, word),) = ours.exchanges.of_finding(decided.key)
    assert (office, word.state, word.steps[-1].who) == (THEIRS, "核查中", "对方检察官")


def test_a_row_we_have_is_refused_with_its_place(other: Store, ours: Store, tmp_path: Path) -> None:
    take(ours, proposals(tmp_path / "本院.xlsx", EARLY))
    each = taken(ours, sent(other, tmp_path))
    assert (each.accepted, each.rejected, each.sheets[0].repeated) == (1, 1, 1)
    reject = ours.batches.rejects(ours.batches.all()[-1].id)[0]
    assert reject.reason == "与本机第 1 批第 3 行完全相同，没有重复导入"
    assert len(list(ours.batches.records())) == 2


def test_the_same_file_twice_is_refused_and_after_taking_back_it_comes_again(
    other: Store, ours: Store, tmp_path: Path
) -> None:
    path = sent(other, tmp_path)
    taken(ours, path)
    again = shown(ours, path)
    assert again.before is not None
    with pytest.raises(UserError, match="已经导入过"):
        take_in(ours, again, now=NOW, who=WHO, ticket=Ticket())
    take_back(ours, ours.exchanges.all()[0].id, now=NOW, who=WHO)
    assert (list(ours.batches.records()), ours.views.case_ids("reduction"), ours.exchanges.all()) == ([], [], [])
    with pytest.raises(UserError, match="已经撤回"):
        take_back(ours, 1, now=NOW, who=WHO)
    taken(ours, path)
    assert len(list(ours.batches.records())) == 2


def test_numbers_used_there_are_not_given_here(other: Store, ours: Store, tmp_path: Path) -> None:
    paper = other.papers.all()[0]
    assert paper.series is not None
    taken(ours, sent(other, tmp_path))
    assert ours.papers.reserve(paper.series, now=NOW) == (paper.n or 0) + 1


def test_a_number_both_used_is_told(other: Store, ours: Store, tmp_path: Path) -> None:
    ids = take(ours, proposals(tmp_path / "本院.xlsx", {"姓名": "孙样三", "罪犯编号": "9000000007"}))
    issue(ours, ids, ("opinion",), order(tmp_path / "本院文书"), ticket=Ticket())
    assert shown(ours, sent(other, tmp_path)).used == (ours.papers.all()[0].number,)


def test_only_what_was_chosen_goes_out(other: Store, ours: Store, tmp_path: Path) -> None:
    each = shown(ours, sent(other, tmp_path, words=False, papers=False))
    assert (each.words, each.offer.papers, each.accepted) == ((), (), 2)


def test_other_rows_of_the_same_person_go_along(other: Store, tmp_path: Path) -> None:
    from tests.core.workbooks import write_book

    rows = [{"罪犯编号": EARLY["罪犯编号"], "姓名": "钱样二", "年月": "2022-01", "考核分": 100}]
    rows += [{"罪犯编号": "9000000099", "姓名": "无关样", "年月": "2022-01", "考核分": 100}]
    plans, _ = look([write_book(tmp_path / "考核.xlsx", ("考核", rows))], ticket=Ticket())
    receive(other, plans, now=NOW, who=WHO, ticket=Ticket())
    loaded = len(other.batches.all()) == 2
    with Store.temporary() as ours:
        each = shown(ours, sent(other, tmp_path))
    assert each.offer.rows == (3 if loaded else 2)
    assert loaded


def test_nothing_goes_out_that_the_log_does_not_tell_of(
    other: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise FolderUnwritable("磁盘已满", do="请腾出空间")

    monkeypatch.setattr(other.audit, "note", full)
    with pytest.raises(FolderUnwritable):
        sent(other, tmp_path)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("coming", [True, False])
def test_wherever_an_exchange_is_stopped_it_happened_or_it_did_not(
    other: Store, ours: Store, tmp_path: Path, coming: bool
) -> None:
    seen, stopped = shown(ours, sent(other, tmp_path)), 0
    for place in count(1):
        ticket, path = Stopping(place), tmp_path / f"{place}.jhwj"
        ids = other.views.case_ids("reduction")
        try:
            if coming:
                take_in(ours, seen, now=NOW, who=WHO, ticket=ticket)
            else:
                send(other, ids, path, PHRASE, words=True, papers=True, now=NOW, who=WHO, ticket=ticket)
        except Cancelled:
            stopped += 1
            assert ours.exchanges.all() == []
            assert not path.exists()
            continue
        assert len(ours.exchanges.all()) == coming
        assert path.exists() is not coming
        break
    assert stopped


def test_without_our_name_nothing_goes_out(ours: Store, other: Store, tmp_path: Path) -> None:
    write_office(other, Office(), now=NOW, who=WHO)
    with pytest.raises(UserError, match="本院名称"):
        sent(other, tmp_path)
    with pytest.raises(UserError, match="没有选中案件"):
        sent(ours, tmp_path)


def parts_of(path: Path) -> dict[str, object]:
    return exchange_file.read(path, PHRASE, ticket=Ticket())[0]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("manifest", {}),
        ("manifest", None),
        ("batches", [{}]),
        ("records", [[7, 1, "[]"]]),
        ("records", [[0, "1", "[]"]]),
        ("words", [{"key": 1}]),
        ("papers", [{"series": []}]),
        ("cases", [["a"]]),
    ],
)
def test_whoever_knows_the_passphrase_can_send_nonsense_and_is_refused(
    other: Store, ours: Store, tmp_path: Path, part: str, value: object
) -> None:
    parts = parts_of(sent(other, tmp_path)) | {part: value}
    exchange_file.write(tmp_path / "坏.jhwj", PHRASE, parts, ticket=Ticket())
    with pytest.raises(FileUnreadable, match="不合规格"):
        shown(ours, tmp_path / "坏.jhwj")


@pytest.mark.parametrize("cells", ["[]", "null", "{", '["zzz"]', '["d2026-99-99"]', "[" + '"b1",' * 60 + '"b1"]'])
def test_a_row_that_is_none_is_refused_and_counted(other: Store, ours: Store, tmp_path: Path, cells: str) -> None:
    parts = parts_of(sent(other, tmp_path))
    records = parts["records"]
    assert isinstance(records, list)
    parts["records"] = [records[0], [*records[1][:2], cells]]
    exchange_file.write(tmp_path / "坏.jhwj", PHRASE, parts, ticket=Ticket())
    each = taken(ours, tmp_path / "坏.jhwj")
    assert (each.accepted, each.rejected) == (1, 1)
    assert "不合规格" in ours.batches.rejects(ours.batches.all()[-1].id)[0].reason


def test_a_table_this_program_does_not_know_is_refused_row_by_row(other: Store, ours: Store, tmp_path: Path) -> None:
    parts = json.loads(json.dumps(parts_of(sent(other, tmp_path))).replace('"R1"', '"R99"'))
    exchange_file.write(tmp_path / "新.jhwj", PHRASE, parts, ticket=Ticket())
    each = taken(ours, tmp_path / "新.jhwj")
    assert (each.accepted, each.rejected) == (0, 2)


def test_a_number_far_away_is_not_taken(other: Store, ours: Store, tmp_path: Path) -> None:
    each = shown(ours, sent(other, tmp_path))
    far = replace(each.offer, numbers=())
    take_in(ours, replace(each, offer=far), now=NOW, who=WHO, ticket=Ticket())
    assert ours.papers.reserve(Series("opinion", 2026, "执检"), now=NOW) == 1
