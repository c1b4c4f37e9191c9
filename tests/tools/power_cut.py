"""Kills a run of documents at random moments and looks what is left: numbers, files, and whether it goes on.

Run as `python -m tests.tools.power_cut [--cuts 30] [--cases 40] [--folder F]`. Each cut has a store of its own; a
second process makes documents until it is killed (SIGKILL), then the run is gone on with here, sometimes cut again.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core.actions.issue import issue, resume
from app.core.actions.order import Order
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.writer import paper_path
from app.core.documents.context import Office
from app.core.documents.package import read_package
from app.core.errors import TemplateFault
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from app.core.store.rows import PaperState
from tests.core.workbooks import proposals

ROOT = Path(__file__).parents[2]
PASSPHRASE = "断电试验用口令"
DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "试验"
KINDS = ("review_report", "opinion", "receipt")
OFFICE = Office("例县人民检察院", "例县", "执检", "驻例县监狱检察室", "某检察官")
BEGUN = "begun"
CHUNK = 4  # many transactions in a small batch


def faults(store: Store, folder: Path, papers: int) -> list[str]:
    """What is wrong after a run came to its end: `papers` documents are expected, each whole, under its own number."""
    said = list(store.problems())
    found = store.papers.all()
    if len(found) != papers or any(each.state is not PaperState.ISSUED for each in found):
        said.append(f"{papers} papers wanted: {Counter(each.state for each in found)}")
    numbers: dict[tuple[str, int, str], list[int]] = {}
    for each in found:
        if each.series is not None:
            numbers.setdefault(tuple(each.series), []).append(each.n or 0)
    said += [
        f"numbers of {series}: {sorted(got)}"
        for series, got in numbers.items()
        if sorted(got) != list(range(1, len(got) + 1))
    ]
    entered = {paper_path(folder, each) for each in found}
    there = {each for each in folder.rglob("*") if each.is_file() and each.parent.name != "合并打印"}
    said += [f"not entered: {each.name}" for each in there - entered]
    said += [f"not there: {each.name}" for each in entered - there]
    for each in there:
        try:
            read_package(each.read_bytes())
        except TemplateFault:
            said.append(f"half a file: {each.name}")
    return said


def prepare(folder: Path, cases: int) -> None:
    """A store with reviewed cases."""
    with Store.create(folder / "数据.db", PASSPHRASE) as store:
        prepared(store, folder, cases)


def prepared(store: Store, folder: Path, cases: int, *, reviewed: bool = True) -> None:
    """Let a store have so many cases, which come from a workbook in the folder."""
    people = [{"罪犯编号": f"90000{n:05}", "姓名": f"测试{n:03}"} for n in range(cases)]
    plans, _ = look([proposals(folder / "名册.xlsx", *people)], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    if reviewed:
        review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())


def work(folder: Path) -> None:
    """Make the documents, or go on making them; to be killed meanwhile."""
    import app.core.actions.issue as action

    action.CHUNK = CHUNK
    with Store.open(folder / "数据.db", PASSPHRASE) as store:
        print(BEGUN, flush=True)
        if runs := store.runs.open():
            resume(store, runs[0].id, now=NOW, who=WHO, ticket=Ticket())
            return
        ids = sorted(store.casebook.case_of("reduction").values())
        issue(store, ids, KINDS, Order(folder / "文书", OFFICE, DAY, NOW, WHO), ticket=Ticket())


def _start(folder: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.tools.power_cut", "--work", str(folder)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def cut(folder: Path, cases: int, chance: random.Random) -> tuple[str, list[str]]:
    """One cut, or two; says how far the run had come, and every fault found after going on."""
    prepare(folder, cases)
    told = []
    for _ in range(chance.choice((1, 1, 2))):
        process = _start(folder)
        files, seen = chance.randrange(cases * len(KINDS)), time.monotonic()
        # The moment is set by what lies on the disk, so that a slow machine is cut at every stage too.
        while process.poll() is None and time.monotonic() - seen < 60:
            if sum(1 for _ in (folder / "文书").rglob("*.docx")) >= files:
                break
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        told.append(str(sum(1 for _ in (folder / "文书").rglob("*.docx"))))
    with Store.open(folder / "数据.db", PASSPHRASE) as store:
        before = {each.id: each.number for each in store.papers.all()}
        for run in store.runs.open():
            resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
        if not before:
            ids = sorted(store.casebook.case_of("reduction").values())
            if not store.papers.all():
                issue(store, ids, KINDS, Order(folder / "文书", OFFICE, DAY, NOW, WHO), ticket=Ticket())
        said = faults(store, folder / "文书", cases * len(KINDS))
        if not before.items() <= {each.id: each.number for each in store.papers.all()}.items():
            said.append("a number taken before the cut is another now")
    return f"cut at {' and '.join(told)} files, {len(before)} numbers taken", said


def main(argv: Sequence[str]) -> int:
    """Cut so many times; 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=30)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20_261_121)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.work:
        work(words.work)
        return 0
    chance, bad = random.Random(words.seed), 0
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(words.cuts):
            folder = (words.folder or Path(temporary)) / str(number)
            folder.mkdir()
            told, said = cut(folder, words.cases, chance)
            bad += bool(said)
            print(f"{number + 1}: {told}: {'; '.join(said) or 'sound'}", flush=True)
    print(f"{words.cuts} cuts, {bad} with faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
