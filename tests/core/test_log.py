"""The log never holds a whole identity number, in the file, in memory or in a saved report."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import log

NUMBER = "110101199001010015"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "日志"
    log.stop()


def test_file_and_memory_are_masked(folder: Path) -> None:
    ring = log.start(folder)
    logging.getLogger("app.ui").info("导入 %s", NUMBER)
    try:
        raise ValueError(NUMBER)
    except ValueError:
        logging.getLogger("app").exception("出错")
    text = (folder / "运行日志.txt").read_text(encoding="utf-8")
    assert "导入 11" in text
    assert NUMBER not in text
    assert NUMBER not in "\n".join(ring.lines())
    assert len(ring.lines()) == 2


def test_without_a_folder_the_log_is_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "是文件"
    blocked.write_text("x", encoding="utf-8")
    ring = log.start(blocked / "日志")
    logging.getLogger("app").info("一行")
    log.stop()
    assert len(ring.lines()) == 1


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"号码{NUMBER}。", "号码11" + "*" * 16 + "。"),
        ("11010119900101001X", "11" + "*" * 16),
        ("110101900101001", "11" + "*" * 13),
        ("文号20261121、编号4105000001", "文号20261121、编号4105000001"),
        ("sha 0a110101199001010015", "sha 0a110101199001010015"),
    ],
)
def test_mask(text: str, masked: str) -> None:
    assert log.mask(text) == masked


def test_crash_report_is_masked_and_says_the_version() -> None:
    report = log.crash_report(f"ValueError: {NUMBER}", "0.1.0", ["一", NUMBER])
    assert NUMBER not in report
    assert "0.1.0" in report


def test_what_a_fault_says_is_hidden_and_where_it_was_is_kept() -> None:
    def inner() -> None:
        raise KeyError("张样三")

    try:
        try:
            inner()
        except KeyError as fault:
            raise ValueError(f"行 7 {NUMBER} 李样四 field_x") from fault
    except ValueError as fault:
        text, place = log.traceback_text(fault), log.place_of(fault)
    assert "样" not in text.replace("张样三", "", 1).replace("李样四", "", 1)  # once each, in this very source
    assert NUMBER not in text
    for kept in ("KeyError", "ValueError", "inner", "field_x", "test_log.py"):
        assert kept in text
    assert place.startswith("ValueError（test_log.py 第 ")


def test_files_are_read_back_as_entries_newest_first(folder: Path) -> None:
    log.start(folder)
    (folder / "运行日志.txt.1").write_text("2026-11-20 08:00:00,001 INFO app.ui.start 更早的一条\n", encoding="utf-8")
    logging.getLogger("app.ui").info("导入表格：完成，1.0 秒")
    try:
        raise ValueError(NUMBER)
    except ValueError:
        logging.getLogger("app.ui").exception("出错")
    logging.getLogger("app.ui").warning("设置没有保存")
    found = log.entries(["没有开头的一行", *log.lines()])
    assert [each.level for each in found] == ["注意", "出错", "一般", "一般"]
    assert found[-1] == log.Entry("2026-11-20 08:00:00", "一般", "更早的一条")
    assert found[1].text.startswith("出错\n")
    assert "ValueError" in found[1].text


def test_without_files_the_entries_are_those_in_memory() -> None:
    log.start(None)
    logging.getLogger("app.ui").info("一条\n两行")
    assert [each.text for each in log.entries(log.lines())] == ["一条\n两行"]
    log.stop()


def test_the_name_in_the_users_folder_does_not_leave_the_computer() -> None:
    assert log.to_hand_on(f"File {Path.home()}/app.py {NUMBER}") == "File ~/app.py 11" + "*" * 16
