"""Printing goes on after a file that fails, and PDF is made where an office suite is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from app.core.actions import printing
from app.core.actions.printing import make_pdf, print_all
from app.core.errors import UserError
from app.core.jobs import Ticket


def papers(folder: Path, count: int) -> list[Path]:
    made = [folder / f"文书{n}.docx" for n in range(count)]
    for each in made:
        each.write_bytes(b"")
    return made


def printer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing program that jams at one name and notes the others."""
    log, program = folder / "log.txt", folder / "lp"
    program.write_text(f'#!/bin/sh\ncase "$1" in *文书1.docx) exit 3;; esac\necho "$1" >> "{log}"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return log


@pytest.mark.skipif(os.name == "nt", reason="the fake printer is a shell script")
def test_the_queue_says_which_failed_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, made = printer(tmp_path, monkeypatch), papers(tmp_path, 4)
    done = print_all(made, copies=2, ticket=Ticket())
    assert done.says == "已把 3 个文件送去打印，每个 2 份，1 个没有成功"
    assert [each.name for each in done.value.done] == ["文书0.docx", "文书2.docx", "文书3.docx"]
    assert "文书1.docx" in str(done.value.failed[0])
    assert log.read_text("utf-8").count("文书2.docx") == 2


def test_without_an_office_suite_it_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing.shutil, "which", lambda *_, **__: None)
    with pytest.raises(UserError, match="没有能转换 PDF"):
        make_pdf(papers(tmp_path, 1), ticket=Ticket())


def test_a_document_that_is_not_converted_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(words: list[str], **_: object) -> None:
        folder, names = Path(words[words.index("--outdir") + 1]), words[words.index("--outdir") + 2 :]
        for each in names:
            if "文书1" not in each:
                (folder / f"{Path(each).stem}.pdf").write_bytes(b"%PDF")

    monkeypatch.setattr(printing.shutil, "which", lambda name, **_: name)
    monkeypatch.setattr(subprocess, "run", convert)
    done = make_pdf(papers(tmp_path, 3), ticket=Ticket())
    assert done.says == "转换 PDF 2 份，1 个没有成功"
    assert sorted(each.name for each in tmp_path.glob("*.pdf")) == ["文书0.pdf", "文书2.pdf"]
