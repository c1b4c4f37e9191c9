"""How fast documents are filled beside a plain docxtpl loop over the same template, and what a whole run costs.

Run as `python -m tests.bench.documents [--cases 1000] [--loop 40]`; it prints figures and judges nothing. docxtpl is
measured through its own public calls, as its manual shows them: open, render, save, for every document. Each part is
a process of its own, so that the peak of its memory is its own too.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core.actions.case_files import CaseFiles
from app.core.actions.drafts import Drafting
from app.core.actions.issue import issue
from app.core.actions.order import Order
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.documents.context import Office
from app.core.documents.dictionary import dictionary
from app.core.documents.fill import compile_template
from app.core.documents.kinds import kind
from app.core.documents.syntax import environment
from app.core.documents.templates import find_template
from app.core.documents.words import prepare
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.bench.intake import PROPOSALS, write

ROOT = Path(__file__).parents[2]
DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "测速"
KINDS = ("review_report", "opinion", "receipt")
OFFICE = Office("例县人民检察院", "例县", "执检", "驻例县监狱检察室", "某检察官")


def reviewed(store: Store, folder: Path, cases: int) -> list[int]:
    """A store with reviewed cases; their ids."""
    write(folder / "名册.xlsx", cases, PROPOSALS)
    plans, _ = look([folder / "名册.xlsx"], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
    return sorted(store.casebook.case_of("reduction").values())


def filling(folder: Path, cases: int, loop: int) -> str:
    """Documents a second: ours with the reading back, and the plain loop; the same words for both."""
    from docxtpl import DocxTemplate

    with Store.temporary() as store:
        files = CaseFiles(store, DAY, ids := reviewed(store, folder, cases))
        drafting = Drafting(files, OFFICE, DAY)
        words = [{**drafting.whole(files.open(each)), "文号": f"第{each}号"} for each in ids]
    mine = theirs = 0.0
    said = []
    for kind_id in KINDS:
        path = find_template(kind(kind_id), ())
        template = compile_template(path)
        begin = time.perf_counter()
        for each in words:
            template.fill(each)
        ours = (time.perf_counter() - begin) / len(words)
        ready = [prepare(template.use, dictionary(), each).words for each in words[:loop]]
        begin = time.perf_counter()
        for each in ready:
            book = DocxTemplate(path)
            book.render(each, environment())
            book.save(io.BytesIO())
        plain = (time.perf_counter() - begin) / len(ready)
        mine, theirs = mine + ours, theirs + plain
        said.append(f"{path.stem} {1 / ours:.0f}/s against {1 / plain:.1f}/s: {plain / ours:.0f} times")
    all_ = f"all {len(KINDS) / mine:.0f}/s against {len(KINDS) / theirs:.1f}/s: {theirs / mine:.0f} times (wanted: 40)"
    return "filled and read back, beside plain docxtpl: " + "; ".join((*said, all_))


def run(folder: Path, cases: int) -> str:
    """The whole action on a store on the disk."""
    with Store.create(folder / "数据.db", "测速用的口令一二三") as store:
        ids = reviewed(store, folder, cases)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        order = Order(folder / "文书", OFFICE, DAY, NOW, WHO)
        begin, cpu = time.perf_counter(), time.process_time()
        said = issue(store, ids, KINDS, order, ticket=Ticket()).says
        wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{said}: {wall:.1f} s (processor {cpu:.1f} s), peak {peak:.0f} MB (before it {before:.0f} MB)"


def main(argv: Sequence[str]) -> int:
    """Fill beside the plain loop, then make a tenth and all of the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--loop", type=int, default=40, help="documents of a kind the plain loop makes")
    parser.add_argument("--only", choices=("filling", "run"), help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.only:
        with tempfile.TemporaryDirectory() as folder:
            part = (Path(folder), words.cases)
            print(filling(*part, words.loop) if words.only == "filling" else run(*part))
        return 0
    for only, cases in (("filling", words.cases), ("run", words.cases // 10), ("run", words.cases)):
        call = [sys.executable, "-m", "tests.bench.documents", "--only", only, "--cases", str(cases)]
        subprocess.run([*call, "--loop", str(words.loop)], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
