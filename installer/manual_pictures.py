"""The manual's pictures, taken from the real window on the sample data: `python -m installer.manual_pictures`.

They are committed, small and in few colours: the program is built on machines that draw no window, and a manual of the
exe's size would be too dear. A stop of the tour in `installer.pictures` is a picture here, whole or one part of it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from installer import model_pictures, pictures

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

FOLDER = pictures.ROOT / "resources" / "manual"
DRESS, COLOURS, WIDEST = "light", 32, 960  # points
SMALLEST = 0  # the quality of a PNG: it is pressed the harder
WANTED = {  # the tour's stop → the picture's name, and the part of the window it shows ("" for the whole)
    "20_导入_第一张表": ("图-导入", ""),
    "32_建议调整幅度": ("图-审查结果", ""),
    "33_不能判断": ("图-为什么没有判断", "detail"),
    "40_生成文书": ("图-生成文书", ""),
}


def main(argv: Sequence[str]) -> int:
    """Take the pictures in a process of its own; the exit status is that of it."""
    parser = argparse.ArgumentParser(prog="python -m installer.manual_pictures", description=__doc__)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args(argv).inside:
        return take()
    command = [sys.executable, "-m", "installer.manual_pictures", "--inside"]
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, **pictures.screen(DRESS, Path(folder))}
        done = subprocess.run(command, cwd=pictures.ROOT, env=env, check=False).returncode
    return done or model_pictures.main()


def take() -> int:
    """Go through the tour and keep what is wanted; 1 when a stop is not there."""
    from app.core import log
    from app.core.jobs import Jobs
    from app.core.settings import Settings, Theme
    from app.core.store.database import Store
    from app.ui import talk
    from app.ui.start import dress
    from installer.few_colours import in_few_colours
    from installer.picture_tour import Tour

    talk.error = lambda _parent, fault: print(fault)  # nobody is there to answer
    theme, _, (width, height), _ = pictures.DRESSES[DRESS]
    settings = Settings(theme=Theme(theme))
    app = dress(settings)
    log.start(None)
    missing = dict(WANTED)
    with tempfile.TemporaryDirectory() as scratch, Store.temporary() as store:
        jobs = Jobs()
        settings.folder = str(Path(scratch) / "文书")
        tour = Tour(app.processEvents, store, jobs, settings, pictures.SAMPLES)
        for stop, widget in tour.stops(width, height - pictures.TASK_BAR):
            if stop not in missing:
                continue
            for _ in range(pictures.TURNS):
                app.processEvents()
            name, part = missing.pop(stop)
            target = FOLDER / f"{name}.png"
            in_few_colours(narrowed(part_of(widget, part).grab().toImage()), COLOURS).save(str(target), "PNG", SMALLEST)
            print(target.name, target.stat().st_size)
            if not missing:
                break
        jobs.close()
    print(f"没有这一站：{'、'.join(missing)}" if missing else "ok")
    return 1 if missing else 0


def part_of(window: QWidget, part: str) -> QWidget:
    """The part of a window that is shown; of the main window the answer looked at."""
    return window.tabs.currentWidget().panel.detail.widget() if part == "detail" else window


def narrowed(picture: QImage) -> QImage:
    """A wide picture as wide as the page of the help shows it."""
    from PySide6.QtCore import Qt

    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.scaledToWidth(WIDEST, smooth) if picture.width() > WIDEST else picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
