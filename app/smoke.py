"""The smoke run: one pass through the whole program on artificial data, to prove that this copy of it works."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app import __version__
from app.core import paths
from app.core.actions.issue import issue
from app.core.actions.law import law_in_force
from app.core.actions.order import Order
from app.core.actions.practice import DAY
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.settings import read_office
from app.core.checks.reduction.review import DESK
from app.core.jobs import Jobs, Ticket
from app.core.settings import Settings
from app.core.side_by_side import SideBySide
from app.core.store.database import Store

SAMPLE = paths.RESOURCES / "samples" / "减刑" / "提请减刑假释案件名册.xlsx"
NOW, WHO = f"{DAY}T09:00:00", "自检"
DOCUMENT = "review_report"
TURNS = 20  # of the event loop, enough for the first painting
WORKERS = 2


def run() -> int:
    """Do it, print what was seen as one line of JSON, and give the exit status: 0 when everything worked."""
    begun = time.monotonic()
    with Store.temporary() as store, tempfile.TemporaryDirectory(prefix="xzzj-") as folder:
        said = {
            "version": __version__,
            "built": bool(getattr(sys, "frozen", False)),
            **_work(store, Path(folder)),
            **_window(store),
            "other_process": _other_process(),
            "seconds": round(time.monotonic() - begun, 1),
        }
    ok = all((said["accepted"], said["cases"], said["written"], said["visible"], said["other_process"]))
    print(json.dumps({"ok": ok, **said}, ensure_ascii=False), flush=True)
    return 0 if ok else 1


def _work(store: Store, folder: Path) -> dict[str, Any]:
    """Import a sample, review it, fill one document."""
    ticket = Ticket()
    plans, _ = look([SAMPLE], ticket=ticket)
    results = receive(store, plans, now=NOW, who=WHO, ticket=ticket).value
    law = law_in_force(store)
    review(store, law, DESK, DAY, now=NOW, who=WHO, ticket=ticket)
    ids = sorted(store.casebook.case_of(DESK).values())
    order = Order(folder, read_office(store), DAY, NOW, WHO)
    issued = issue(store, ids[:1], [DOCUMENT], order, ticket=ticket).value
    return {
        "law": law.edition,
        "accepted": sum(each.accepted for each in results),
        "cases": len(ids),
        "written": sum(each.stat().st_size > 0 for each in issued.files),
    }


def _window(store: Store) -> dict[str, Any]:
    """Show the main window on the store and let it paint."""
    from app.ui.main_window import MainWindow
    from app.ui.session import Session
    from app.ui.start import dress

    settings = Settings()
    app = dress(settings)
    session = Session(store, Jobs(), settings)
    window = MainWindow(session)
    window.show()
    for _ in range(TURNS):
        app.processEvents()
    said = {
        "visible": window.isVisible(),
        "tabs": [window.tabs.tabText(place) for place in range(window.tabs.count())],
        "size": [window.width(), window.height()],
        "scale": window.devicePixelRatio(),
        "platform": app.platformName(),
        "font": window.fontInfo().family(),
    }
    window.close()
    session.jobs.close()
    return said


def _other_process() -> bool:
    """Whether this copy can start another process of itself and get an answer from it."""
    with SideBySide(_number, WORKERS) as crew:
        return os.getpid() not in set(crew.answers(None, range(WORKERS), Ticket()))


def _number(state: None, portion: int) -> int:
    """The number of the process that is asked; SideBySide does here what no other process would do."""
    return os.getpid()
