"""Searches everything the program leaves on the disk for names and identity numbers, byte by byte, after a kill too.

Run as `python -m tests.tools.find_bytes [--people 200] [--kills 10]`. A process with a home and a temporary folder of
its own imports, reviews, decides, lets somebody in, sends and takes in an exchange file, copies, puts back, mends,
destroys and has a fault with a crash report; it is killed on its way, or ends. What it was given (the workbook) and
what it hands out in the open (the certificate) lie elsewhere and are not searched.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from app.core import log, paths
from app.core.actions import safekeep
from app.core.actions.accounts import add_account
from app.core.actions.decide import decide
from app.core.actions.destroy import WORD, Wish, destroy
from app.core.actions.exchange_in import look_in, take_in
from app.core.actions.exchange_out import send
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.settings import write_office
from app.core.documents.context import Office
from app.core.errors import UserError
from app.core.files import write_whole
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.rights import Role
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.health import Report
from tests.core.workbooks import proposals
from tests.tools.kill_base import quick_stretching
from tests.tools.power_cut import DAY, NOW, WHO

ROOT = Path(__file__).parents[2]
PASSPHRASE, OTHER = "逐字查找用的口令", "逐字查找用的另一个口令"
SHORTEST = 6  # bytes: four stand in a hundred megabytes of encrypted ones by chance
BEGUN, ROUND = "begun", "round"
CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
SURNAMES, GIVEN = "欧阳上官司徒", "琳琅璀璨峥嵘逶迤"
BOOK = "名册.xlsx"


def person(number: int) -> dict[str, str]:
    """An artificial person whose name and numbers stand nowhere in the program."""
    name = f"{SURNAMES[number % 6]}{GIVEN[number % 8]}{GIVEN[number // 8 % 8]}{chr(0x4E00 + 7 * number)}"
    return {"罪犯编号": f"77{number:08}", "姓名": name, "身份证号": f"9901011980{1 + number % 9:02}15{number:04}"[:18]}


def secrets(people: int) -> Iterator[str]:
    """What must not be found."""
    for number in range(people):
        each = person(number)
        yield each["姓名"]
        yield each["身份证号"]
        yield each["罪犯编号"]
    yield from (PASSPHRASE, OTHER, "欧琳")


def work(folder: Path, people: int) -> None:
    """Everything that may leave something on the disk, again and again."""
    ring = log.start(paths.log_folder())
    print(BEGUN, flush=True)
    store_file = paths.default_store()
    with Store.open(store_file, PASSPHRASE) if store_file.exists() else Store.create(store_file, PASSPHRASE) as store:
        for turn in range(3):
            plans, _ = look([folder / BOOK], ticket=Ticket())
            receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
            review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
            store.reader().views.case_rows(store.views.case_ids("reduction"))
            said_of_all(store, turn)
            exchanged(store, store_file.parent)
            made = safekeep.back_up(store, Why.ASKED, now=f"2026-11-21T1{turn}:00:00", who=WHO, ticket=Ticket())
            safekeep.put_back(store, made.value.path, now=NOW, who=WHO, ticket=Ticket())
            safekeep.repair(store, Report(structure=("试验",)), now=NOW, who=WHO, ticket=Ticket())
            if turn == 2:
                wish = Wish((store.batches.all()[0].id,), "一张表", "试验", WORD, copies_too=True)
                destroy(store, wish, folder / "证明.docx", now=f"2026-11-21T1{turn}:30:00", who=WHO, ticket=Ticket())
            try:
                raise LookupError(f"{person(turn)}")
            except LookupError as fault:
                logging.getLogger("app.trial").exception("出错 %s", person(turn)["身份证号"])
                report = log.crash_report(log.traceback_text(fault), "0", ring.lines())
                write_whole(paths.data_folder() / f"出错报告{turn}.txt", report.encode("utf-8-sig"))
            print(ROUND, flush=True)
    log.stop()


def said_of_all(store: Store, turn: int) -> None:
    """A word on every finding, and somebody let in; what is said has a name in it."""
    for each in store.casebook.findings():
        if each.state is State.OPEN:
            decide(store, each.key, State.EXCLUDED, why=f"与{person(turn)['姓名']}无关", now=NOW, who=WHO)
    with suppress(UserError):  # put back since, the people stay
        add_account(store, person(turn)["姓名"], {Role.LOOK}, f"{OTHER}{turn}", now=NOW, who=WHO)


def exchanged(store: Store, folder: Path) -> None:
    """An exchange file written beside the store, which is locked, and taken in by another store."""
    write_office(store, Office(name="例县人民检察院"), now=NOW, who=WHO)
    file = folder / "移送.jhwj"
    ids = store.views.case_ids("reduction")
    send(store, ids, file, OTHER, words=True, papers=True, now=NOW, who=WHO, ticket=Ticket())
    with Store.temporary() as other:
        take_in(other, look_in(other, file, OTHER, ticket=Ticket()), now=NOW, who=WHO, ticket=Ticket())


def found_in(places: Sequence[Path], people: int) -> tuple[list[str], int]:
    """Every secret that stands in a file of these folders, and how many bytes were looked through."""
    coded = [(each, each.encode(coding)) for each in secrets(people) for coding in CODINGS]
    needles = [each for each in coded if len(each[1]) >= SHORTEST]
    said, size = [], 0
    for place in places:
        for path in sorted(each for each in place.rglob("*") if each.is_file()):
            content = path.read_bytes()
            size += len(content)
            said += [f"{each} in {path.name}" for each, needle in needles if needle in content]
            said += [f"{path.name}: the name of a file" for each, _ in needles if each in path.name]
    return sorted(set(said)), size


def run(folder: Path, people: int, seconds: float | None) -> tuple[list[str], int, float]:
    """Let a process work, killed after so many seconds from its beginning; what was found, bytes searched, its time."""
    home, temporary = folder / "家", folder / "临时"
    for each in (home, temporary):
        each.mkdir(exist_ok=True)
    env = {**os.environ, "XZZJ_HOME": str(home), "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "tests.tools.find_bytes", "--work", str(folder), "--people", str(people)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        begun = time.monotonic()
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        rest = process.stdout.read()
        process.wait()
    found, size = found_in((home, temporary), people)
    if seconds is None and rest.count(ROUND) != 3:
        found.append("the work itself failed")
    return found, size, time.monotonic() - begun


def search(kills: int, people: int, chance: random.Random, folder: Path) -> tuple[list[str], int]:
    """One whole run and so many killed ones, in fresh folders; what was found, and how many bytes were searched."""
    said, total, longest = [], 0, 0.0
    for number in range(kills + 1):
        place = folder / str(number)
        place.mkdir()
        proposals(place / BOOK, *map(person, range(people)))
        found, size, seconds = run(place, people, chance.uniform(0, longest) if number else None)
        longest = longest or seconds
        total += size
        said += [f"run {number}: {each}" for each in found]
    return said, total


def main(argv: Sequence[str]) -> int:
    """Search after so many kills; 1 when anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20_261_122)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.work:
        with quick_stretching():
            work(words.work, words.people)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        said, size = search(words.kills, words.people, random.Random(words.seed), Path(folder))
    for each in said:
        print(each)
    looked_for = len(list(secrets(words.people))) * len(CODINGS)
    print(f"{words.kills} kills, {size:,} bytes searched for {looked_for} strings: {len(said)} found")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
