"""Exchange files: locked, told apart when damaged, newer or opened with a wrong passphrase, and readable by nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from app.core.errors import FileUnreadable, StoreTooNew, UserError, WrongPassphrase
from app.core.jobs import Ticket
from app.core.store import exchange_file, keys

PHRASE = "电话约定的口令"
PARTS = {"manifest": {"office": "例县人民检察院"}, "records": [[0, 3, "赵样一的行"]]}


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passphrases are stretched next to not at all."""
    with patch.multiple(keys, ARGON_PASSES=1, ARGON_KIBIBYTES=64, ARGON_LANES=1):
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    each = tmp_path / "交换.jhwj"
    exchange_file.write(each, f"{PHRASE} 一", PARTS, ticket=Ticket())
    return each


def read(path: Path, phrase: str = f"{PHRASE} 一") -> object:
    return exchange_file.read(path, phrase, ticket=Ticket())[0]


def test_it_holds_what_was_put_in_and_nobody_reads_it(path: Path) -> None:
    assert read(path) == PARTS
    assert "赵样一".encode() not in path.read_bytes()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_code_is_the_same_on_both_sides(tmp_path: Path) -> None:
    code = exchange_file.write(tmp_path / "a.jhwj", "足够长的交换口令", PARTS, ticket=Ticket())
    assert exchange_file.read(tmp_path / "a.jhwj", "足够长的交换口令", ticket=Ticket())[1] == code


def test_a_wrong_passphrase_is_told_as_such(path: Path) -> None:
    with pytest.raises(WrongPassphrase, match="交换口令不正确"):
        read(path, "别的口令别的口令")


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="太短"):
        exchange_file.write(tmp_path / "a.jhwj", "短", PARTS, ticket=Ticket())
    assert not list(tmp_path.iterdir())


def test_damage_and_a_file_cut_short_are_told_as_such(path: Path) -> None:
    data = path.read_bytes()
    for spoilt in (data[:-1], data[:-5000], data[:9000] + b"\x00" + data[9001:] + b"x"):
        path.write_bytes(spoilt)
        with pytest.raises(FileUnreadable, match="不完整或者被改动过"):
            read(path)
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(FileUnreadable, match="不是本程序的交换文件"):
        read(path)


def test_a_newer_one_is_refused_with_a_sentence(path: Path) -> None:
    line, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps(json.loads(line) | {"version": 2}).encode() + b"\n" + body)
    with pytest.raises(StoreTooNew, match="更新版本"):
        read(path)


def test_a_head_that_was_changed_to_fit_the_body_does_not_pass(path: Path) -> None:
    line, _, body = path.read_bytes().partition(b"\n")
    other = json.loads(line) | {"sha256": "0" * 64}
    path.write_bytes(json.dumps(other).encode() + b"\n" + body)
    with pytest.raises(FileUnreadable):
        read(path)
    path.write_bytes(json.dumps(json.loads(line) | {"seal": "0" * 64}).encode() + b"\n" + body)
    with pytest.raises(WrongPassphrase):
        read(path)
