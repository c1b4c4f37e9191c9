"""Pictures of every page and dialog of the window, made on sample data: `python -m installer.pictures [--out FOLDER]`.

Runs in the program's own environment, offscreen; each dress is a process of its own: Qt reads screen and scale once.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QWidget

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples" / "减刑"
SMALL, USUAL = (1366, 768), (1920, 1080)  # screens before scaling
DRESSES = {  # theme, scale, screen, points of the letters: 22 is the most the settings offer
    "light": ("浅色", 1.0, SMALL, 11),
    "dark": ("深色", 1.0, SMALL, 11),
    "contrast": ("高对比", 1.0, SMALL, 11),
    "large": ("浅色", 1.5, USUAL, 11),
    "letters": ("浅色", 1.0, SMALL, 22),
    "scaled": ("浅色", 2.25, USUAL, 11),
}
SHOWN = "32"  # the picture's number
IN_README = ROOT / "resources" / "manual" / "window.png"
TASK_BAR, TITLE, TURNS = 48, 32, 8  # points that Windows keeps; turns of the event loop until every layout has settled


def main(argv: Sequence[str]) -> int:
    """Make the pictures of every dress; the exit status is that of the worst."""
    parser = argparse.ArgumentParser(prog="python -m installer.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "pictures", help="where the pictures go")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="the workbooks to show")
    parser.add_argument("--dress", choices=list(DRESSES), help="only this one")
    parser.add_argument("--readme", action="store_true", help="renew the picture in the README, from the light dress")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.inside:
        return take(words.out / words.dress, words.samples, words.dress)
    worst = 0
    for dress in [words.dress] if words.dress else DRESSES:
        command = [sys.executable, "-m", "installer.pictures", "--inside", "--dress", dress]
        command += ["--out", str(words.out), "--samples", str(words.samples)]
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(command, cwd=ROOT, env={**os.environ, **screen(dress, Path(folder))}, check=False)
        worst = max(worst, done.returncode)
    if words.readme and worst == 0:
        renew(next((words.out / "light").glob(f"{SHOWN}_*.png")))
    return worst


def renew(picture: Path) -> None:
    """Put a picture into the README's place, in 256 of its colours (like ones taken together), to keep it small."""
    from PySide6.QtGui import QImage

    from installer.few_colours import in_few_colours

    IN_README.parent.mkdir(parents=True, exist_ok=True)
    in_few_colours(QImage(str(picture)), 256).save(str(IN_README))
    print(IN_README)


def screen(dress: str, folder: Path) -> dict[str, str]:
    """The environment that gives Qt a drawn screen of the dress's size and scale."""
    _, scale, (width, height), _ = DRESSES[dress]
    free = height - round(TASK_BAR * scale)
    screens = [{"name": dress, "x": 0, "y": 0, "width": width, "height": free, "logicalDpi": 96, "dpr": 1}]
    (folder / "screen.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screen.json'}", "QT_SCALE_FACTOR": str(scale)}


def take(folder: Path, samples: Path, dress_name: str) -> int:
    """Drive the real window over the samples and save what it shows."""
    from PySide6.QtCore import QSize

    from app.core import log
    from app.core.jobs import Jobs
    from app.core.offline import stand_guard
    from app.core.settings import Settings, Theme
    from app.core.store.database import Store
    from app.ui.start import dress
    from installer.picture_classes import dialog_classes
    from installer.picture_tour import Tour

    stand_guard()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    theme, *_, points = DRESSES[dress_name]
    settings = Settings(theme=Theme(theme), font_size=points)
    app = dress(settings)
    log.start(None)
    room = app.primaryScreen().availableSize() - QSize(0, TITLE)
    seen, beyond = set(), {}

    def keep(name: str, widget: QWidget) -> None:
        for _ in range(TURNS):
            app.processEvents()
        widget.grab().save(str(folder / f"{name}.png"))
        seen.add(type(widget).__name__)
        if widget.width() > room.width() or widget.height() > room.height():
            beyond[name] = f"{widget.width()}x{widget.height()}"

    answer_boxes(keep)
    with tempfile.TemporaryDirectory() as scratch, Store.temporary() as store:
        jobs = Jobs()
        settings.folder = str(Path(scratch) / "文书")
        for name, widget in Tour(app.processEvents, store, jobs, settings, samples).stops(*room.toTuple()):
            keep(name, widget)
        jobs.close()
    lacking = sorted(dialog_classes() - seen)
    print(f"{folder}: {len(list(folder.glob('*.png')))}", *(["without a picture:", *lacking] if lacking else []))
    if beyond:
        print(f"larger than {room.width()}x{room.height()}, the room of the screen:", beyond)
    return 1 if lacking or beyond else 0


def answer_boxes(keep: Callable[[str, QWidget], None]) -> None:
    """Nobody is there to answer a message box: it is kept as a picture, then its first button is pressed."""
    from PySide6.QtWidgets import QMessageBox

    asked = itertools.count(90)

    def press_first(box: QMessageBox) -> int:
        box.show()
        keep(f"{next(asked)}_对话框", box)
        box.buttons()[0].click()
        return 0

    QMessageBox.exec = press_first  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
