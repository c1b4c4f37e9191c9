"""Files from outside: what is too large, too deep, packed too well or leads out of its folder is refused in words."""

from __future__ import annotations

import io
import json
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import untrusted
from app.core.errors import FileUnreadable


def zipped(*files: tuple[str, bytes], packed: bool = True) -> bytes:
    """An archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def test_an_ordinary_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "映射.json"
    path.write_bytes("\ufeff{}".encode())
    assert untrusted.read_json(untrusted.read_bytes(path), path.name) == {}


def test_what_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "大.json"
    path.write_bytes(bytes(100))
    assert len(untrusted.read_bytes(path, 100)) == 100
    os.truncate(path, 4 << 20)
    with pytest.raises(FileUnreadable, match="超过 3 MB"):
        untrusted.read_bytes(path, 3 << 20)
    with pytest.raises(FileUnreadable, match="不是普通文件"):
        untrusted.read_bytes(tmp_path)
    with pytest.raises(FileUnreadable, match="打不开"):
        untrusted.read_bytes(tmp_path / "没有.json")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are made on POSIX only")
def test_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.json")
    with pytest.raises(FileUnreadable, match="不是普通文件"):
        untrusted.read_bytes(tmp_path / "管道.json")


JSON = {
    "half a text": b'{"a": [1, 2',
    "not UTF-8": "映射".encode("gb18030"),
    "very deep": b"[" * 200_000 + b"]" * 200_000,
    "deep enough to be odd": b"[" * 60 + b"]" * 60,
    "deep by keys": b'{"a":' * 60 + b"1" + b"}" * 60,
    "a key twice": b'{"a": 1, "a": 2}',
    "no number": b'{"a": NaN}',
    "an endless number": b'{"a": Infinity}',
    "a number of many digits": b'{"a": ' + b"1" * 5000 + b"}",
}
TOML = {
    "half a text": b'a = "',
    "not UTF-8": "a = '映射'".encode("gb18030"),
    "very deep": b"a = " + b"[" * 200_000 + b"]" * 200_000,
    "deep enough to be odd": b"a = " + b"[" * 60 + b"]" * 60,
    "a key of many parts": b"a" + b".a" * 400_000 + b" = 1",
    "a key twice": b"a = 1\na = 2",
    "a number of many digits": b"a = " + b"1" * 5000,
    "a day that is none": b"a = 2026-02-30",
}


@pytest.mark.parametrize("case", JSON)
def test_odd_json_is_refused(case: str) -> None:
    with pytest.raises(FileUnreadable, match=r"x\.json"):
        untrusted.read_json(JSON[case], "x.json")


@pytest.mark.parametrize("case", TOML)
def test_odd_toml_is_refused(case: str) -> None:
    with pytest.raises(FileUnreadable, match=r"x\.toml"):
        untrusted.read_toml(TOML[case], "x.toml")


def test_sound_texts_say_what_they_say() -> None:
    assert untrusted.read_json('{"甲": [1, 2.5, "二", null]}'.encode(), "x") == {"甲": [1, 2.5, "二", None]}
    assert untrusted.read_toml(
        "[甲]\n乙 = 1".encode().replace("甲".encode(), b"a").replace("乙".encode(), b"b"), "x"
    ) == {"a": {"b": 1}}


def test_an_archive_is_unpacked() -> None:
    files = {"说明.txt": b"x" * 10, "图/一.png": b"y"}
    assert untrusted.unpack(zipped(*files.items()), "x.zip") == files


ARCHIVES = {
    "none": b"PK\x03\x04" + bytes(40),
    "half": zipped(("a", bytes(1000)), packed=False)[:600],
    "out of the folder": zipped(("../a.txt", b"")),
    "out of the folder, as on Windows": zipped(("..\\a.txt", b"")),
    "a path of its own": zipped(("/etc/a.txt", b"")),
    "a drive": zipped(("C:\\a.txt", b"")),
    "two of a name": zipped(("a.txt", b""), ("A.TXT", b"")),
    "too many": zipped(*((f"{each}.txt", b"") for each in range(untrusted.MOST_MEMBERS + 1))),
    "packed too well": zipped(("a", bytes(40 << 20))),
}


@pytest.mark.parametrize("case", ARCHIVES)
def test_odd_archives_are_refused(case: str) -> None:
    with pytest.raises(FileUnreadable, match=r"x\.zip"):
        untrusted.unpack(ARCHIVES[case], "x.zip")


def test_a_file_that_is_longer_than_it_says_ends_the_reading() -> None:
    data = zipped(("a", b"z" * 5000))
    place = data.rindex((5000).to_bytes(4, "little"))
    lying = data[:place] + (10).to_bytes(4, "little") + data[place + 4 :]
    with pytest.raises(FileUnreadable):
        untrusted.unpack(lying, "x.zip")
    with pytest.raises(FileUnreadable, match="大得不正常"):
        untrusted.unpack(data, "x.zip", largest=4999)


def test_a_link_in_an_archive_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a")
        link.external_attr = 0xA1FF << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileUnreadable, match="文件夹以外"):
        untrusted.unpack(stream.getvalue(), "x.zip")


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_whatever_the_bytes_are_the_answer_is_a_value_or_a_sentence(head: bytes, tail: bytes) -> None:
    sound = json.dumps({"a": [1, {"b": "c"}]}).encode()
    for read in (untrusted.read_json, untrusted.read_toml, untrusted.unpack):
        for data in (head, head + sound + tail, zipped(("a", head)) + tail):
            with suppress(FileUnreadable):
                read(data, "x")


@given(st.text(alphabet="ab./\\:\x00甲", max_size=12))
def test_a_name_that_stays_inside_does_stay_inside(name: str) -> None:
    if untrusted.stays_inside(name):
        folder = Path("/folder")
        assert Path(os.path.normpath(folder / name)).is_relative_to(folder)
        assert not name.startswith(("/", "\\"))
