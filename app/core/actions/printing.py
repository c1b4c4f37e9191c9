"""Finished documents to the printer, or into PDF: one that fails is told, and the next follows."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.core import files
from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket

SUITES = ("soffice", "libreoffice")
WINDOWS_PLACES = ("C:/Program Files/LibreOffice/program", "C:/Program Files (x86)/LibreOffice/program")
AT_ONCE = 20  # documents a start of the office suite converts
SECONDS_EACH = 30
PAINTER = "pdftoppm"
DOTS, MOST_PICTURES = 110, 30  # to an inch; pages


@dataclass(slots=True)
class Sent:
    """What went through, and what did not and why."""

    done: list[Path] = field(default_factory=list)
    failed: list[UserError] = field(default_factory=list)


def print_all(paths: Sequence[Path], *, copies: int = 1, pages: str = "", ticket: Ticket) -> Done:
    """Hand files to the system's printing program in their order, each so many times; `pages` such as 1-3,5."""
    sent = Sent()
    for number, path in enumerate(paths):
        ticket.step(number, len(paths), f"送去打印 {number + 1}/{len(paths)}：{path.name}")
        try:
            if pages:
                files.print_pages(path, pages, copies)
            else:
                for _ in range(copies):
                    files.open_with_system(path, "print")
        except UserError as fault:
            sent.failed.append(fault)
            continue
        sent.done.append(path)
    times = f"，每个 {copies} 份" if copies > 1 else ""
    return Done(f"已把 {len(sent.done)} 个文件送去打印{times}{_missed(sent)}", value=sent)


def office_suite() -> str:
    """The program that makes PDF without a window; UserError when there is none on this computer."""
    places = WINDOWS_PLACES if sys.platform == "win32" else ()
    for name in SUITES:
        found = shutil.which(name) or next((found for each in places if (found := shutil.which(name, path=each))), None)
        if found:
            return found
    raise UserError(
        "这台电脑上没有能转换 PDF 的办公软件（LibreOffice）",
        do="请在 Word 或 WPS 中打开文书，另存为 PDF；或者直接打印",
    )


def make_pdf(paths: Sequence[Path], *, ticket: Ticket) -> Done:
    """A PDF beside each document; UserError when no office suite is there."""
    suite, sent = office_suite(), Sent()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for first in range(0, len(paths), AT_ONCE):
            some = paths[first : first + AT_ONCE]
            ticket.step(first, len(paths), f"转换 PDF {first + 1}/{len(paths)}")
            for folder in dict.fromkeys(each.parent for each in some):
                _convert(suite, profile, folder, [each for each in some if each.parent == folder], sent)
    return Done(f"转换 PDF {len(sent.done)} 份{_missed(sent)}", value=sent)


def page_pictures(path: Path, *, ticket: Ticket) -> list[bytes]:
    """Its first pages as they are printed, as PNG; none where the programs that make them are not on this computer."""
    painter = shutil.which(PAINTER)
    try:
        suite = office_suite()
    except UserError:
        return []
    if painter is None:
        return []
    ticket.step(0, 0, path.name)
    sent = Sent()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as aside,
    ):
        copy = Path(aside, path.name)
        shutil.copyfile(path, copy)
        _convert(suite, profile, Path(aside), [copy], sent)
        if not sent.done:
            return []
        ticket.step(0, 0, path.name)
        words = [painter, "-png", "-r", str(DOTS), "-l", str(MOST_PICTURES), str(sent.done[0]), str(Path(aside, "p"))]
        with suppress(OSError, subprocess.SubprocessError):  # what is missing is not shown
            subprocess.run(words, check=True, timeout=SECONDS_EACH, stdin=subprocess.DEVNULL, capture_output=True)
        return [each.read_bytes() for each in sorted(Path(aside).glob("p-*.png"))]


def _convert(suite: str, profile: str, folder: Path, paths: Sequence[Path], sent: Sent) -> None:
    """Convert documents of one folder; PDFs appear under their names only when they are whole."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as aside:
        own = f"-env:UserInstallation={Path(profile).as_uri()}"  # a suite that is open already would take the job away
        words = [suite, "--headless", own, "--convert-to", "pdf", "--outdir", aside, *map(str, paths)]
        wait = SECONDS_EACH * len(paths) + SECONDS_EACH
        with suppress(OSError, subprocess.SubprocessError):  # what is missing afterwards is told file by file
            subprocess.run(words, check=True, timeout=wait, stdin=subprocess.DEVNULL, capture_output=True)
        for path in paths:
            made, pdf = Path(aside, f"{path.stem}.pdf"), folder / f"{path.stem}.pdf"
            if not made.exists():
                sent.failed.append(UserError(f"“{path.name}”没有转换成 PDF", do="请用 Word 或 WPS 打开后另存为 PDF"))
                continue
            try:
                files.write_whole(pdf, made.read_bytes())
            except UserError as fault:
                sent.failed.append(fault)
                continue
            sent.done.append(pdf)


def _missed(sent: Sent) -> str:
    return f"，{len(sent.failed)} 个没有成功" if sent.failed else ""
