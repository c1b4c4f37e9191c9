"""The log is proven line by line, against a copy, and in a file that was taken out of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actions import log_book
from app.core.actions.log_book import check_exported, export_log, log_lines, prove_log
from app.core.actions.log_words import told
from app.core.errors import FileUnreadable, UserError
from app.core.jobs import Ticket
from app.core.store import audit_proof, keys
from app.core.store.audit_proof import check, code_of, written
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.untrusted import LARGEST_TEXT
from tests.core.store.samples import NOW, WHO

LINES = 5


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "数据.db", keys.random_key()) as opened:
        for number in range(1, LINES + 1):
            opened.audit.note("导入", {"文件": f"示例{number}.xlsx", "行数": number}, at=NOW, who=WHO)
        yield opened


def without_guards(store: Store, *sql: str) -> None:
    """What somebody does who has the key and knows the tables."""
    for each in ("DROP TRIGGER audit_stays", "DROP TRIGGER audit_stands", *sql):
        store._link.change(each)


def test_lines_are_shown_newest_first_in_words(store: Store) -> None:
    lines = log_lines(store)
    assert [each[0] for each in lines] == ["5", "4", "3", "2", "1"]
    assert lines[0][1:] == (NOW.replace("T", " "), WHO, "导入", "文件：示例5.xlsx；行数：5")


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"台面": "reduction", "件数": 3, "不再成立": {}}, "台面：减刑审查；件数：3"),
        ({"不再成立": {"已补正": 2}, "批次": [7, 8]}, "不再成立：已补正 2；批次：7、8"),
        ({"kind": "notice", "number": "例检纠违〔2026〕1号"}, "文书：纠正违法通知书；文号：例检纠违〔2026〕1号"),
        ({"finding": "a1b2", "from": "待核查", "to": "排除", "why": ""}, "原来：待核查；改为：排除"),
        ({"own": True}, "own：是"),
    ],
)
def test_particulars_are_told_in_words(what: dict[str, object], says: str) -> None:
    assert told(what) == says


def test_a_whole_log_gives_its_code(store: Store) -> None:
    done = prove_log(store, Ticket())
    assert done.value == ()
    assert f"共 {LINES} 条" in done.says
    assert code_of(store.audit.entries()[-1].hash) in done.says


def test_lines_cut_off_with_every_trace_are_missed_by_the_copy(store: Store) -> None:
    store.back_up(Why.ASKED, now=NOW, ticket=Ticket())
    without_guards(store, "DELETE FROM audit WHERE id > 3", "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'audit'")
    assert store.audit.verify() == []
    (fault,) = prove_log(store, Ticket()).value
    assert "备份" in fault
    assert f"第 {LINES} 条" in fault


def test_a_log_written_anew_with_sound_seals_is_told_from_the_copy(store: Store) -> None:
    store.back_up(Why.ASKED, now=NOW, ticket=Ticket())
    without_guards(store, "DELETE FROM audit", "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'audit'")
    for number in range(LINES):
        store.audit.note("导入", {"文件": "伪造.xlsx", "行数": number}, at=NOW, who="他人")
    assert store.audit.verify() == []
    assert prove_log(store, Ticket()).value


def test_a_copy_put_back_in_good_order_accuses_nobody(store: Store) -> None:
    from app.core.actions.safekeep import put_back

    copy = store.back_up(Why.ASKED, now=NOW, ticket=Ticket())
    store.audit.note("审查", {}, at=NOW, who=WHO)
    store.back_up(Why.ASKED, now="2026-11-21T10:00:00", ticket=Ticket())
    put_back(store, copy.path, now="2026-11-21T11:00:00", who=WHO, ticket=Ticket())
    assert prove_log(store, Ticket()).value == ()


def test_a_file_of_the_log_proves_itself(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "操作记录.txt"
    done = export_log(store, path, now=NOW, who=WHO)
    assert store.audit.entries()[-1].act == "导出操作记录"
    told = check_exported(path)
    assert told.value == ()
    assert done.value in told.says


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [*lines[:2], *lines[3:]], "缺少第 2 条至第 2 条"),
        (lambda lines: [lines[0], lines[1], lines[3], lines[2], *lines[4:]], "缺少第 2 条"),
        (lambda lines: [*lines[:3], lines[3].replace("示例3", "示例9"), *lines[4:]], "第 3 条被改动过"),
        (lambda lines: [*lines[:3], "乱", *lines[4:]], "文件第 4 行读不出来"),
    ],
)
def test_what_was_done_to_a_file_is_named(store: Store, change: object, said: str) -> None:
    lines = list(written(store.audit.entries()))
    assert callable(change)
    assert said in check("".join(each.rstrip("\n") + "\n" for each in change(lines))).faults[0]


def test_lines_cut_off_a_file_change_its_code(store: Store) -> None:
    lines = list(written(store.audit.entries()))
    whole, cut = check("".join(lines)), check("".join(lines[:-1]))
    assert (whole.faults, cut.faults) == ((), ())
    assert whole.code != cut.code


def test_an_export_that_came_to_nothing_is_not_left_standing_in_the_log(store: Store, tmp_path: Path) -> None:
    (tmp_path / "堵").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(UserError):
        export_log(store, tmp_path / "堵" / "日志.txt", now=NOW, who=WHO)
    assert [each.act for each in store.audit.entries()][-2:] == ["导出操作记录", log_book.NOT_EXPORTED]


HEAD = next(iter(written([]))).rstrip("\n")


def test_a_line_with_odd_breaks_in_its_words_is_whole(store: Store) -> None:
    store.audit.note("办事", {"理由": "一\u2028二\x85三\x0b四\n五"}, at=NOW, who=WHO)
    assert check("".join(written(store.audit.entries()))).faults == ()
    assert check("".join(written(store.audit.entries())).replace("\n", "\r\n")).faults == ()


def test_a_log_of_many_years_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.setattr(log_book, "LARGEST", 10)
    path = tmp_path / "日志.txt"
    path.write_text("".join(written(store.audit.entries())), encoding="utf-8")
    with pytest.raises(FileUnreadable, match="太大"):
        check_exported(path)
    monkeypatch.undo()
    assert log_book.LARGEST > 100 * LARGEST_TEXT
    assert check_exported(path).value == ()


@pytest.mark.parametrize(
    "line",
    ['[1,"a","b","c","\\ud800","x"]', '["1",2,3,4,5,6]', "[true,2,3,4,5,6]", "[1,2]", "[-1,2,3,4,5,6]",
     "[" + "9" * 4300 + ",2,3,4,5,6]", "[1,{},[],null,1.5,6]", "null", "NaN"],
)  # fmt: skip
def test_an_odd_line_is_named(line: str) -> None:
    assert len(check(f"{HEAD}\n{line}\n{line}").faults) == 2


@pytest.mark.parametrize(
    "head", [HEAD[:20], '["刑执智检操作记录",1]', '["刑执智检操作记录",1,5]', HEAD.replace("hash", "h, a")]
)
def test_another_head_is_refused(head: str) -> None:
    with pytest.raises(FileUnreadable):
        check(f"{head}\n[1,2,3,4,5,6]")


@pytest.mark.parametrize("text", ["", "你好", "[]", "[1,2]\n", "{}"])
def test_any_other_file_is_refused_in_words(text: str, tmp_path: Path) -> None:
    path = tmp_path / "别的.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable):
        check_exported(path)


def test_a_file_without_a_line_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.write_text("".join(audit_proof.written([])), encoding="utf-8")
    with pytest.raises(UserError, match="没有操作记录"):
        check_exported(path)


@given(st.lists(st.text(max_size=30), max_size=6))
def test_whatever_stands_in_a_file_it_is_answered(lines: list[str]) -> None:
    head = next(iter(written([])))
    assert check(head + "\n".join(lines)).lines <= 6 * 31
