"""A store as this version of the program writes it, kept at every release and opened by every later version.

Run as `python -m tests.core.store.released --keep` when a version is released; the file goes into `stores/` under the
number of the version and is committed. What must be read from such a store, by whatever version, is `told`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.core.findings import Level
from app.core.store.database import Rooms, Store
from app.core.store.keys import StoreKey
from app.core.store.whole import whole
from tests.core.store.samples import NOW, OPINIONS, WHO, not_evaluated, put, review, stored_batch, stored_cases, verdict

STORES = Path(__file__).with_name("stores")
KEY = StoreKey(bytes(range(32)), bytes(range(16)))  # of artificial people only
RECORDS, CASES = 25, 4


def write(path: Path) -> None:
    """A store with something in every room: rows, cases, reviews, findings, documents, settings, mappings, the log."""
    with whole(path) as beside, Store(beside, KEY) as store:
        stored_batch(store, RECORDS)
        ids = stored_cases(store, CASES)
        put(
            store,
            *(
                (case, review(n, verdict("甲", Level.UNLAWFUL, "早了"), not_evaluated("乙")))
                for n, case in enumerate(ids, 1)
            ),
        )
        store.papers.reserve(OPINIONS, now=NOW)
        paper = store.papers.reserve_for(
            ids[0], "opinion", OPINIONS, "例检意〔2026〕{}号".format, template="甲", now=NOW, who=WHO
        )
        store.papers.void(paper.id, why="试验", now=NOW, who=WHO)
        store.settings.set("office.name", "例县人民检察院")
        store.mappings.remember("f1", "例县监狱", "R1", {"姓名": "name"})
        store.audit.note("导入", {"batch": 1}, at=NOW, who=WHO)


def told(store: Rooms) -> dict[str, object]:
    """What every version must read from such a store."""
    rows = store.views.case_rows(store.views.case_ids("reduction"))
    return {
        "records": [str(each["name"]) for each in store.batches.records()],
        "cases": sorted((each.name, each.prisoner_no, str(each.conclusion)) for each in rows),
        "papers": [(each.number, str(each.state)) for each in store.papers.all()],
        "office": store.settings.get("office.name"),
        "mappings": [tuple(each) for each in store.mappings.known()],
        "log": store.audit.verify(),
    }


def main(argv: Sequence[str]) -> int:
    """Keep the store of this version; a version that was kept is never written again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", required=True)
    parser.parse_args(argv)
    path = STORES / f"{__version__}.db"
    if path.exists():
        print(f"{path.name} was kept before")
        return 1
    write(path)
    print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
