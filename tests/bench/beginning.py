"""A start as the program does it, until its first window has painted; timed from outside by `tests.bench.window`.

Run as `python -m tests.bench.beginning STORE [ask]`. Nothing is loaded that the program itself would not load.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.store.keys import StoreKey

READY = "ready"


def key() -> StoreKey:
    """The key of the store, the same in every process."""
    from app.core.store.keys import StoreKey

    return StoreKey(bytes(range(32)), bytes(range(16)))


def start(path: Path, *, asks: bool) -> None:
    """Show the passphrase's window, or at once the program's."""
    from app import __main__ as door

    door.stand_guard()
    door.collect_rarely()
    from app.core.settings import Settings
    from app.ui.start import Program, dress

    app = dress(Settings())
    program = Program(app, Settings(), None)
    if not asks:
        from app.core.store.database import Store

        program.open_window(Store(path, key()), remember=False)
    else:
        program.begin(path)
    app.processEvents()
    (program.window or program.sign_in).grab()
    print(READY, flush=True)
    os._exit(0)  # how it ends is not what is timed


if __name__ == "__main__":
    start(Path(sys.argv[1]), asks="ask" in sys.argv[2:])
