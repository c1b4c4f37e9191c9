"""What is killed: importing, reviewing, issuing, copying, restoring, upgrading, changing the passphrase."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

from app.core.actions import safekeep
from app.core.actions.issue import issue, resume
from app.core.actions.order import Order
from app.core.actions.review import review
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store import backup, migrations
from app.core.store.backup import Why
from app.core.store.database import Store
from app.core.store.link import Link
from tests.core.store.samples import OPINIONS, facts, records
from tests.tools.kill_base import (
    CASES,
    DESK,
    KEY,
    PASSPHRASES,
    Say,
    opened,
    opens,
    prepare,
    quick_stretching,
    sound,
    store_of,
)
from tests.tools.power_cut import DAY, KINDS, NOW, OFFICE, WHO, faults

ROWS, RECORDS = 300, "records"
SECOND = "第二份"


def do_import(folder: Path, say: Say) -> None:
    """Batches and numbers, one after the other."""
    with opened(folder) as store:
        for _ in range(8):
            say(f"number {store.papers.reserve(OPINIONS, now=NOW)}")
            with store.atomic():
                batch = store.batches.add(facts(ROWS), now=NOW, who=WHO)
                store.batches.put_records(batch, records(ROWS))
                store.audit.note("导入", {"batch": batch}, at=NOW, who=WHO)
            say(f"batch {batch}")


def check_import(folder: Path, said: list[str]) -> list[str]:
    """Every batch and number that was said is there, and the next number is a new one."""
    with opened(folder) as store:
        there = {f"batch {each.id}" for each in store.batches.all()}
        lost = [each for each in said if each.startswith("batch") and each not in there]
        numbers = [int(each.split()[1]) for each in said if each.startswith("number")]
        following = store.papers.reserve(OPINIONS, now=NOW)
        return sound(store) + lost + ([f"number {following} again"] if numbers and following <= max(numbers) else [])


def do_review(folder: Path, say: Say) -> None:
    """Review all cases, twice."""
    with opened(folder) as store:
        for _ in range(2):
            review(store, shipped(), DESK, DAY, now=NOW, who=WHO, ticket=Ticket())
            say("reviewed")


def check_review(folder: Path, said: list[str]) -> list[str]:
    """A review that was said is whole; another one ends in the same state as ever."""
    with opened(folder) as store:
        found = sound(store)
        ids = store.views.case_ids(DESK)
        missing = [each.id for each in store.views.case_rows(ids) if not each.conclusion]
        if said and missing:
            found.append(f"{len(missing)} cases lost their conclusion")
        review(store, shipped(), DESK, DAY, now=NOW, who=WHO, ticket=Ticket())
        return found + sound(store) + [f"case {each.id}" for each in store.views.case_rows(ids) if not each.conclusion]


def do_issue(folder: Path, say: Say) -> None:
    """Make all documents."""
    with opened(folder) as store:
        ids = sorted(store.casebook.case_of(DESK).values())
        issue(store, ids, KINDS, Order(folder / "文书", OFFICE, DAY, NOW, WHO), ticket=Ticket())
        say("issued")


def check_issue(folder: Path, said: list[str]) -> list[str]:
    """The run is gone on with and ends with every document, each whole, under a number of its own."""
    with opened(folder) as store:
        before = {each.id: each.number for each in store.papers.all()}
        for run in store.runs.open():
            resume(store, run.id, now=NOW, who=WHO, ticket=Ticket())
        if not before and not store.papers.all():
            ids = sorted(store.casebook.case_of(DESK).values())
            issue(store, ids, KINDS, Order(folder / "文书", OFFICE, DAY, NOW, WHO), ticket=Ticket())
        found = faults(store, folder / "文书", CASES * len(KINDS)) + store.audit.verify()
        if not before.items() <= {each.id: each.number for each in store.papers.all()}.items():
            found.append("a number taken before is another now")
        return found + ([] if not said or before else ["the documents that were made are not entered"])


def prepare_backup(folder: Path) -> None:
    """Cases, and a second folder."""
    prepare(folder)
    (folder / SECOND).mkdir()


def do_backup(folder: Path, say: Say) -> None:
    """Copies, each also into a second folder."""
    with opened(folder) as store:
        for minute in range(4):
            now, second = f"2026-11-21T10:{minute:02}:00", folder / SECOND
            done = safekeep.back_up(store, Why.ASKED, str(second), now=now, who=WHO, ticket=Ticket())
            say(f"{2 if '另存到' in done.says else 1} {done.value.path.name}")


def check_backup(folder: Path, said: list[str]) -> list[str]:
    """Every file that bears the name of a copy is a sound one; those that were said are there, twice."""
    found = []
    with opened(folder) as store:
        found += sound(store)
        copies = safekeep.backups(store, str(folder / SECOND))
        found += [
            f"{each.path.name}: {fault}" for each in copies for fault in backup.problems_of(each.path, KEY, Ticket())
        ]
        names = Counter(each.path.name for each in copies)
        wanted = {each[2:]: int(each[0]) for each in said if each[0].isdigit()}
        found += [f"{name}: {names[name]} copies" for name, count in wanted.items() if names[name] != count]
        safekeep.back_up(store, Why.ASKED, now="2026-11-21T11:00:00", who=WHO, ticket=Ticket())
    return found


def do_restore(folder: Path, say: Say) -> None:
    """Go back to a copy, after numbers were taken and rows came in."""
    with opened(folder) as store:
        copy = store.back_up(Why.ASKED, now=NOW, ticket=Ticket()).path
        say(f"batches {len(store.batches.all())}")
        with store.atomic():
            batch = store.batches.add(facts(ROWS), now=NOW, who=WHO)
            store.batches.put_records(batch, records(ROWS))
        for _ in range(3):
            say(f"number {store.papers.reserve(OPINIONS, now=NOW)}")
        safekeep.put_back(store, copy, now=NOW, who=WHO, ticket=Ticket())
        say("back")


def check_restore(folder: Path, said: list[str]) -> list[str]:
    """The state before or the state of the copy, nothing between; numbers stay taken."""
    with opened(folder) as store:
        found, batches = sound(store), len(store.batches.all())
        if said[-1:] == ["back"] and f"batches {batches}" != [each for each in said if each.startswith("batches")][-1]:
            found.append("it was put back and is not")
        taken = [int(each.split()[1]) for each in said if each.startswith("number")]
        following = store.papers.reserve(OPINIONS, now=NOW)
        return found + ([f"number {following} again"] if taken and following <= max(taken) else [])


def prepare_old(folder: Path) -> None:
    """A store as an older version left it: the last three steps were never taken."""
    link = Link(store_of(folder), KEY)
    migrations.steps().apply(link.db, stop_before=migrations.STEPS[-3][0])
    columns = (
        "file, sha256, sheet, kind, header_row, mapping, unmapped, rows, accepted, rejected, imported_at, imported_by"
    )
    values = ("旧.xlsx", "aa", "名册", "R1", 1, '{"姓名":"name"}', "[]", ROWS, ROWS, 0, NOW, "")
    link.change(f"INSERT INTO batches ({columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", values)
    cells = [(row, '["x赵样一"]') for row in range(ROWS)]
    link.change_many(f"INSERT INTO {RECORDS} (batch_id, row, cells) VALUES (1, ?, ?)", cells)
    link.close()


def do_migration(folder: Path, say: Say) -> None:
    """Open an old store, which upgrades it."""
    with opened(folder):
        say("upgraded")


def check_migration(folder: Path, said: list[str]) -> list[str]:
    """It opens, upgraded now at the latest, with all rows; the copy made before is sound."""
    with opened(folder) as store:
        found = sound(store)
        if len(list(store.batches.records())) != ROWS:
            found.append("rows lost")
        copies = safekeep.backups(store)
        return found + [fault for each in copies for fault in backup.problems_of(each.path, KEY, Ticket())]


def do_passphrase(folder: Path, say: Say) -> None:
    """Change the passphrase again and again, from where it stands."""
    with quick_stretching():
        place = next(place for place, each in enumerate(PASSPHRASES) if opens(folder, each))
        with Store.open(store_of(folder), PASSPHRASES[place]) as store:
            for old, new in pairwise(PASSPHRASES[place:]):
                store.locks.change(old, new, now=NOW)
                say(f"passphrase {PASSPHRASES.index(new)}")


def check_passphrase(folder: Path, said: list[str]) -> list[str]:
    """The last passphrase that was said opens the store, or the one after it; no other does."""
    last = max((int(each.split()[1]) for each in said if each.startswith("passphrase")), default=0)
    opening, found = [], []
    with quick_stretching():
        for place, each in enumerate(PASSPHRASES):
            if opens(folder, each):
                opening.append(place)
                with Store.open(store_of(folder), each) as store:
                    found += sound(store)
    expected = ([last], [last + 1])
    return found + ([] if opening in expected else [f"passphrase {last} was set, opened by {opening}"])
