"""The desks told in stories."""

from __future__ import annotations

from pathlib import Path

from installer.samples.stories.story import Desk

HERE = Path(__file__).resolve().parent
# People are numbered in the order of their files: add new files, and new stories in a file, at the end.
CORRECTION = Desk(
    "correction",
    "社区矫正",
    HERE / "correction",
    surnames="示范表",
    serial=200,
    files=("handover", "terms", "discharge", "supervision", "other_kinds", "elsewhere"),
    chain="probation",
)
DEPRIVATION = Desk(
    "deprivation",
    "剥夺政治权利",
    HERE / "deprivation",
    surnames="试设",
    serial=400,
    files=("release", "running", "judgments", "posts", "again"),
    chain="release",
)
DESKS = (CORRECTION, DEPRIVATION)
