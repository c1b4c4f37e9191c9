"""Packages: what is copied is whole, what is no .docx is refused in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.core.documents.package import Member, part_names, read_package, read_template, write_package
from app.core.errors import FileUnreadable, TemplateFault
from tests.core.documents.papers import docx, p, parts, saved


def test_copied_and_new_members_come_back_whole() -> None:
    members = [*read_package(docx(p("甲"))), Member.pack("附/新文件.xml", "乙".encode() * 1000)]
    packed = write_package(members)
    assert parts(packed) == {each.name: each.plain() for each in members}
    with zipfile.ZipFile(io.BytesIO(packed)) as box:
        assert {each.date_time for each in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_stored_and_bzip2_members_are_understood() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("[Content_Types].xml", "<Types/>", zipfile.ZIP_STORED)
        box.writestr("b.xml", "<b/>" * 100, zipfile.ZIP_BZIP2)
        box.mkdir("empty")
    members = read_package(out.getvalue())
    assert [each.plain() for each in members] == [b"<Types/>", b"<b/>" * 100]


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no zip at all", docx(p("甲"))[:-40], docx(p("甲"))[:300]])
def test_what_is_no_package_is_refused(raw: bytes) -> None:
    with pytest.raises(TemplateFault, match="docx"):
        read_package(raw)


def test_a_zip_without_word_in_it_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("a.txt", "a")
    with pytest.raises(TemplateFault, match=r"不是 \.docx 文档"):
        read_package(out.getvalue())


def test_old_word_and_passwords_are_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"旧版 \.doc（或者 \.wps）文件"):
        read_template(saved(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1"))
    with pytest.raises(TemplateFault, match="加了打开密码"):
        read_template(saved(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1" + "EncryptedPackage".encode("utf-16-le")))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"没有\.docx"):
        read_template(tmp_path / "没有.docx")


def test_parts_are_found_by_type_not_by_name() -> None:
    members = read_package(docx(p("甲"), header=p("乙")))
    assert part_names(members, "document.main+xml", "header+xml") == ["word/document.xml", "word/header1.xml"]


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE t [<!ENTITY a "boom">]><Types xmlns="x">&a;</Types>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("[Content_Types].xml", bomb)
    with pytest.raises(TemplateFault, match="DTD"):
        part_names(read_package(out.getvalue()), "document.main+xml")
